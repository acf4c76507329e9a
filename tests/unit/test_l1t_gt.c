// SPDX-License-Identifier: GPL-3.0-or-later
// The interpreter of the global trigger on events and conditions made by hand: above all the rules
// that no published test vector reaches.
#include "gt/l1t_gt.h"
#include "gt/l1t_gt_cuts.h"
#include "l1t_test.h"

static struct l1t_gt_event event[5]; // two crossings before and after event[2]
static struct l1t_gt_leg leg[L1T_GT_LEGS + 1];
static struct l1t_gt_condition condition;
static struct l1t_gt_code code;

// ---- tables by the formulas of the specification, in plain loops ----

enum { N_PT = 2048, N_ETA = 920, N_PHI = 289, N_TRIG = 576 };

static uint32_t pt[2][N_PT], upt[256], deta[2][N_ETA], dphi[2][N_PHI], cosh_of[2][N_ETA];
static int32_t cos_of[2][N_PHI], cos_phi[2][N_TRIG], sin_phi[2][N_TRIG];
static uint64_t inverse[2][232 * 145];

static double rounded(double x)
{
    return x < 0 ? -floor(-x + 0.5) : floor(x + 0.5);
}

static void make_grid(int g, double eta_step, double phi_step, double math)
{
    for (int i = 0; i < N_ETA; i++) {
        deta[g][i] = (uint32_t)rounded(i * eta_step * 1000.0);
        cosh_of[g][i] = (uint32_t)rounded(cosh(i * eta_step) * math);
    }
    for (int i = 0; i < N_PHI; i++) {
        dphi[g][i] = (uint32_t)rounded(i * phi_step * 1000.0);
        cos_of[g][i] = (int32_t)rounded(cos(i * phi_step) * math);
    }
    for (int i = 0; i < N_TRIG; i++) {
        cos_phi[g][i] = (int32_t)rounded(cos((i + 0.5) * phi_step) * math);
        sin_phi[g][i] = (int32_t)rounded(sin((i + 0.5) * phi_step) * math);
    }
    const double se = g == 0 ? eta_step : 2 * eta_step, sp = g == 0 ? phi_step : 2 * phi_step;
    for (int e = 0; e < 232; e++)
        for (int p = 0; p < 145; p++)
            inverse[g][145 * e + p] =
                e + p == 0 ? 0
                           : (uint64_t)rounded(1e5 / ((e * se) * (e * se) + (p * sp) * (p * sp)));
}

static void make_tables(void)
{
    struct l1t_gt_tables *t = &code.tables;
    const double pi = acos(-1.0);
    make_grid(0, 0.0435, 2 * pi / 144, 1000);
    make_grid(1, 0.010875, 2 * pi / 576, 10000);
    for (int n = 0; n < N_PT; n++) {
        pt[0][n] = (uint32_t)rounded((n * 0.5 + 0.25) * 10);
        pt[1][n] = n == 0 ? 0 : (uint32_t)rounded(((n - 1) * 0.5 + 0.25) * 10);
    }
    for (int n = 0; n < 256; n++)
        upt[n] = n == 0 ? 0 : (uint32_t)rounded((n - 0.5) * 10);
    for (int type = 0; type < L1T_GT_TYPES; type++) {
        t->pt[type] = pt[type == L1T_GT_MU];
        t->n_pt[type] = type == L1T_GT_MU ? 512 : N_PT;
    }
    t->upt = upt;
    t->n_upt = 256;
    for (int p = 0; p < L1T_GT_PAIRS; p++) {
        const int g = p != L1T_GT_CALO_CALO;
        t->pair[p] = (struct l1t_gt_pair_tables){
            .n_eta = g ? N_ETA : 230,
            .n_phi = g ? N_PHI : 73,
            .deta = deta[g],
            .dphi = dphi[g],
            .cosh = cosh_of[g],
            .cos = cos_of[g],
            .mass_t_one = g ? 10000 : 1000,
            .inv_dr2 = inverse[g],
            .n_inv_eta = 232,
            .n_inv_phi = 145,
            .tbpt_scale = g ? 100000000 : 1000000,
            .n_trig = g ? 576 : 144,
            .cos_phi = cos_phi[g],
            .sin_phi = sin_phi[g],
        };
    }
}

// ---- one condition ----

static void start(enum l1t_gt_kind kind, unsigned n_legs, enum l1t_gt_type type)
{
    memset(event, 0, sizeof event);
    memset(&condition, 0, sizeof condition);
    condition.kind = (uint8_t)kind;
    condition.n_legs = (uint8_t)n_legs;
    for (unsigned k = 0; k <= L1T_GT_LEGS; k++) {
        leg[k] = (struct l1t_gt_leg){.type = (uint8_t)type,
                                     .threshold = 1,
                                     .slice_last = 11,
                                     .quality_mask = 0xffff,
                                     .iso_mask = 0xf,
                                     .ip_mask = 0xf,
                                     .upt_high = 255};
        condition.leg[k] = (uint16_t)k;
    }
    code.leg = leg;
    code.n_legs = L1T_GT_LEGS + 1;
    if (code.tables.upt == NULL)
        make_tables();
}

static struct l1t_gt_object *object(enum l1t_gt_type type, unsigned place)
{
    return &event[2].object[l1t_gt_first_slot[type] + place];
}

static bool fires(void)
{
    struct l1t_gt_around around;
    for (unsigned i = 0; i < 5; i++)
        around.event[i] = &event[i];
    return l1t_gt_condition_fires(&code, &condition, &around);
}

// ---- one object ----

static void thresholds_are_at_least_or_equal(void)
{
    start(L1T_GT_COMB, 1, L1T_GT_EG);
    leg[0].threshold = 20;
    object(L1T_GT_EG, 11)->et = 19;
    CU_ASSERT_FALSE(fires());
    object(L1T_GT_EG, 11)->et = 20;
    CU_ASSERT_TRUE(fires());
    leg[0].equal = true;
    CU_ASSERT_TRUE(fires());
    object(L1T_GT_EG, 11)->et = 21;
    CU_ASSERT_FALSE(fires());
    leg[0].equal = false;
    object(L1T_GT_EG, 11)->et = 511; // overflow is a large number
    CU_ASSERT_TRUE(fires());
}

static void empty_slots_pass_a_threshold_of_zero_but_towers_are_counted(void)
{
    start(L1T_GT_COMB, 12, L1T_GT_JET);
    for (unsigned k = 0; k < 12; k++)
        leg[k].threshold = 0;
    CU_ASSERT_TRUE(fires());
    start(L1T_GT_COMB, 1, L1T_GT_TOWERCOUNT);
    leg[0].threshold = 0;
    CU_ASSERT_FALSE(fires());
    object(L1T_GT_TOWERCOUNT, 0)->et = 1;
    CU_ASSERT_TRUE(fires());
}

static void windows_of_a_kind_are_alternatives_and_may_wrap(void)
{
    start(L1T_GT_COMB, 1, L1T_GT_JET);
    object(L1T_GT_JET, 0)->et = 5;
    struct l1t_gt_object *jet = object(L1T_GT_JET, 0);
    leg[0].n_eta = 2;
    leg[0].eta[0] = (struct l1t_gt_window){-49, -30};
    leg[0].eta[1] = (struct l1t_gt_window){29, 48};
    leg[0].n_phi = 1;
    leg[0].phi[0] = (struct l1t_gt_window){140, 3};
    for (int eta = -115; eta <= 114; eta++)
        for (unsigned phi = 0; phi < 144; phi++) {
            jet->eta = (int16_t)eta;
            jet->phi = (uint16_t)phi;
            const bool expected = ((eta >= -49 && eta <= -30) || (eta >= 29 && eta <= 48)) &&
                                  (phi >= 140 || phi <= 3);
            CU_ASSERT_EQUAL(fires(), expected);
        }
    leg[0].n_eta = 1; // limits swapped, as a menu of 2024 had them
    leg[0].eta[0] = (struct l1t_gt_window){30, -30};
    jet->phi = 0;
    jet->eta = -30;
    CU_ASSERT_TRUE(fires());
    jet->eta = 0;
    CU_ASSERT_FALSE(fires());
}

static void codes_of_muons_and_jets_are_selected(void)
{
    start(L1T_GT_COMB, 1, L1T_GT_MU);
    struct l1t_gt_object *mu = object(L1T_GT_MU, 4);
    *mu = (struct l1t_gt_object){.et = 9, .quality = 12, .iso = 1, .ip = 2, .upt = 30, .index = 36};
    CU_ASSERT_TRUE(fires());
#define REJECTS(member, cut, value)                                                                \
    do {                                                                                           \
        const struct l1t_gt_leg saved = leg[0];                                                    \
        leg[0].member = (value);                                                                   \
        CU_ASSERT_FALSE(fires());                                                                  \
        leg[0].member = (cut);                                                                     \
        CU_ASSERT_TRUE(fires());                                                                   \
        leg[0] = saved;                                                                            \
    } while (0)
    REJECTS(quality_mask, 1 << 12, 0xefff);
    REJECTS(iso_mask, 2, 0xd);
    REJECTS(ip_mask, 4, 0xb);
    REJECTS(upt_low, 30, 31);
    REJECTS(upt_high, 30, 29);
    REJECTS(slice_first, 4, 5);
    REJECTS(slice_last, 4, 3);
    leg[0].n_index = 1;
    leg[0].index[0] = (struct l1t_gt_window){36, 36};
    CU_ASSERT_TRUE(fires());
    leg[0].index[0].low = leg[0].index[0].high = 37;
    CU_ASSERT_FALSE(fires());
    leg[0].n_index = 0;
    for (unsigned charge = 0; charge < 4; charge++) {
        mu->charge = (uint8_t)charge;
        leg[0].charge = L1T_GT_CHARGE_POSITIVE;
        CU_ASSERT_EQUAL(fires(), charge == 2);
        leg[0].charge = L1T_GT_CHARGE_NEGATIVE;
        CU_ASSERT_EQUAL(fires(), charge == 3);
    }
    start(L1T_GT_COMB, 1, L1T_GT_JET);
    object(L1T_GT_JET, 0)->et = 1;
    leg[0].displaced = L1T_GT_DISPLACED_NO;
    CU_ASSERT_TRUE(fires());
    leg[0].displaced = L1T_GT_DISPLACED_YES;
    CU_ASSERT_FALSE(fires());
    object(L1T_GT_JET, 0)->displaced = 1;
    CU_ASSERT_TRUE(fires());
}

// ---- distinct objects ----

// Plain: every way to hand out objects, one digit a leg.
static bool some_assignment(unsigned n, const unsigned *allowed, unsigned used)
{
    if (n == 0)
        return true;
    for (unsigned i = 0; i < 12; i++)
        if ((allowed[0] & ~used) >> i & 1 && some_assignment(n - 1, allowed + 1, used | 1U << i))
            return true;
    return false;
}

static void combinations_find_distinct_objects_whatever_the_order(void)
{
    uint64_t random = 12345;
    unsigned yes = 0;
    for (unsigned trial = 0; trial < 3000; trial++) {
        const unsigned n = 1 + trial % 5;
        unsigned allowed[5] = {0};
        start(L1T_GT_COMB, n, L1T_GT_JET);
        for (unsigned i = 0; i < 4; i++) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            object(L1T_GT_JET, i)->et = (uint16_t)(random >> 60);
        }
        for (unsigned k = 0; k < n; k++) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            leg[k].threshold = (uint16_t)(1 + (random >> 60));
            leg[k].slice_first = (uint8_t)(random >> 40 & 1);
            for (unsigned i = leg[k].slice_first; i < 12; i++)
                allowed[k] |= (unsigned)(object(L1T_GT_JET, i)->et >= leg[k].threshold) << i;
        }
        const bool expected = some_assignment(n, allowed, 0);
        yes += expected;
        CU_ASSERT_EQUAL(fires(), expected);
    }
    CU_ASSERT(yes > 300 && yes < 2700);
}

static void twelve_equal_legs_with_eleven_objects_are_decided_at_once(void)
{
    start(L1T_GT_COMB, 12, L1T_GT_TAU);
    for (unsigned i = 0; i < 11; i++)
        object(L1T_GT_TAU, i)->et = 40;
    CU_ASSERT_FALSE(fires());
    object(L1T_GT_TAU, 11)->et = 1;
    CU_ASSERT_TRUE(fires());
}

static void charges_are_of_all_muons_of_the_combination(void)
{
    for (unsigned n = 2; n <= 4; n++)
        for (unsigned charges = 0; charges < 1U << 2 * n; charges++) {
            start(L1T_GT_COMB, n, L1T_GT_MU);
            bool valid = true, alike = true;
            for (unsigned i = 0; i < n; i++) {
                const unsigned charge = charges >> 2 * i & 3;
                object(L1T_GT_MU, 2 * (i % 4))->et = 7;
                object(L1T_GT_MU, 2 * (i % 4))->charge = (uint8_t)charge;
                valid = valid && (charge & L1T_GT_SIGN_VALID) != 0;
                alike = alike && charge == (charges & 3);
            }
            condition.cuts.which = L1T_GT_CUT_LIKE_SIGN;
            CU_ASSERT_EQUAL(fires(), valid && alike);
            condition.cuts.which = L1T_GT_CUT_OPPOSITE_SIGN;
            CU_ASSERT_EQUAL(fires(), valid && !alike);
        }
}

// ---- pairs ----

static void an_object_is_no_pair_with_itself_but_with_its_place_elsewhere(void)
{
    start(L1T_GT_PAIR, 2, L1T_GT_EG);
    object(L1T_GT_EG, 0)->et = 50;
    condition.cuts.which = L1T_GT_CUT_DETA;
    condition.cuts.deta = (struct l1t_gt_limits){0, 10};
    CU_ASSERT_FALSE(fires());
    leg[1].bx = -1;
    CU_ASSERT_FALSE(fires());
    event[1].object[L1T_GT_FIRST_EG].et = 50; // the previous crossing, same place
    CU_ASSERT_TRUE(fires());
    leg[1].bx = 1;
    CU_ASSERT_FALSE(fires());
}

static void windows_include_both_limits(void)
{
    start(L1T_GT_PAIR, 2, L1T_GT_JET);
    leg[0].threshold = leg[1].threshold = 5;
    *object(L1T_GT_JET, 0) = (struct l1t_gt_object){.et = 9, .eta = -3, .phi = 143};
    *object(L1T_GT_JET, 1) = (struct l1t_gt_object){.et = 9, .eta = 2, .phi = 1};
    // 5 * 0.0435 * 1000 is 217.49999 in double; 2 bins of phi are 87.27
    condition.cuts.which = L1T_GT_CUT_DETA | L1T_GT_CUT_DPHI | L1T_GT_CUT_DR;
    condition.cuts.deta = (struct l1t_gt_limits){217, 217};
    condition.cuts.dphi = (struct l1t_gt_limits){87, 87};
    condition.cuts.dr2 = (struct l1t_gt_limits){217 * 217 + 87 * 87, 217 * 217 + 87 * 87};
    CU_ASSERT_TRUE(fires());
    condition.cuts.dr2.low++;
    condition.cuts.dr2.high++;
    CU_ASSERT_FALSE(fires());
}

static void distances_around_the_turn_are_the_shorter_ones(void)
{
    start(L1T_GT_PAIR, 2, L1T_GT_EG);
    for (unsigned phi = 0; phi < 144; phi++) {
        struct l1t_gt_object a = {.phi = 5}, b = {.phi = (uint16_t)((5 + phi) % 144)};
        const unsigned bins = phi <= 72 ? phi : 144 - phi;
        L1T_ASSERT_INT(l1t_gt_dphi(&code.tables, L1T_GT_CALO_CALO,
                                   (struct l1t_gt_pick){&a, L1T_GT_EG},
                                   (struct l1t_gt_pick){&b, L1T_GT_EG}),
                       dphi[0][bins]);
    }
}

static void a_calorimeter_object_moves_to_the_grid_of_the_muon(void)
{
    start(L1T_GT_PAIR, 2, L1T_GT_MU);
    leg[1].type = L1T_GT_JET;
    condition.pair = L1T_GT_CALO_MU;
    *object(L1T_GT_MU, 0) = (struct l1t_gt_object){.et = 9, .eta = -10, .phi = 574};
    *object(L1T_GT_JET, 3) = (struct l1t_gt_object){.et = 9, .eta = -3, .phi = 0};
    condition.cuts.which = L1T_GT_CUT_DETA | L1T_GT_CUT_DPHI;
    condition.cuts.deta = (struct l1t_gt_limits){0, 0};   // -3 is -10 there
    condition.cuts.dphi = (struct l1t_gt_limits){44, 44}; // 0 is 2: four bins of 10.9
    CU_ASSERT_TRUE(fires());
    object(L1T_GT_JET, 3)->eta = -2;
    CU_ASSERT_FALSE(fires());
}

static void masses_are_the_products_of_the_tables(void)
{
    start(L1T_GT_PAIR, 2, L1T_GT_EG);
    *object(L1T_GT_EG, 0) = (struct l1t_gt_object){.et = 40, .eta = 0, .phi = 0};
    *object(L1T_GT_EG, 1) = (struct l1t_gt_object){.et = 40, .eta = 0, .phi = 72};
    // 20.25 GeV are 203 tenths; back to back: 203^2 (1000 + 1000)
    const uint64_t mass = UINT64_C(203) * 203 * 2000;
    for (int kind = 0; kind < 2; kind++) {
        condition.cuts.which = kind == 0 ? L1T_GT_CUT_MASS : L1T_GT_CUT_MASS_T;
        condition.cuts.mass = (struct l1t_gt_limits){mass, mass};
        CU_ASSERT_TRUE(fires());
        condition.cuts.mass.low++;
        condition.cuts.mass.high++;
        CU_ASSERT_FALSE(fires());
    }
    start(L1T_GT_PAIR, 2, L1T_GT_MU);
    condition.pair = L1T_GT_MU_MU;
    *object(L1T_GT_MU, 0) = (struct l1t_gt_object){.et = 9, .upt = 21, .phi = 0};
    *object(L1T_GT_MU, 1) = (struct l1t_gt_object){.et = 9, .upt = 11, .phi = 288};
    condition.cuts.which = L1T_GT_CUT_MASS_UPT;
    condition.cuts.mass.low = condition.cuts.mass.high = UINT64_C(205) * 105 * 20000;
    CU_ASSERT_TRUE(fires());
    object(L1T_GT_MU, 1)->upt = 0; // no value: mass 0
    CU_ASSERT_FALSE(fires());
}

static void the_mass_of_three_is_the_sum_of_the_pairs(void)
{
    start(L1T_GT_TRIPLE, 3, L1T_GT_MU);
    condition.pair = L1T_GT_MU_MU;
    *object(L1T_GT_MU, 0) = (struct l1t_gt_object){.et = 11, .phi = 0};
    *object(L1T_GT_MU, 1) = (struct l1t_gt_object){.et = 11, .phi = 288};
    *object(L1T_GT_MU, 2) = (struct l1t_gt_object){.et = 21, .phi = 0};
    // pt 53, 53, 103 tenths; pairs 01 and 12 are back to back, 02 has no mass
    const uint64_t mass = UINT64_C(20000) * (53 * 53 + 53 * 103);
    condition.cuts.which = L1T_GT_CUT_MASS;
    condition.cuts.mass = (struct l1t_gt_limits){mass, mass};
    CU_ASSERT_TRUE(fires());
    condition.cuts.mass.high = condition.cuts.mass.low = mass - 1;
    CU_ASSERT_FALSE(fires());
}

static void mass_over_distance_needs_two_words_and_half_resolution(void)
{
    start(L1T_GT_PAIR, 2, L1T_GT_MU);
    condition.pair = L1T_GT_MU_MU;
    *object(L1T_GT_MU, 0) = (struct l1t_gt_object){.et = 401, .eta = -1, .phi = 1};
    *object(L1T_GT_MU, 1) = (struct l1t_gt_object){.et = 401, .eta = 1, .phi = 0};
    const struct l1t_gt_pick a = {object(L1T_GT_MU, 0), L1T_GT_MU};
    const struct l1t_gt_pick b = {object(L1T_GT_MU, 1), L1T_GT_MU};
    uint64_t ratio[2];
    // halves of -1 and 1 are -1 and 0: one bin; the mass keeps two bins of eta and one of phi
    l1t_gt_mass_dr(&code.tables, L1T_GT_MU_MU, a, b, ratio);
    const uint64_t mass = UINT64_C(2003) * 2003 * (cosh_of[1][2] - (uint32_t)cos_of[1][1]);
    const uint64_t one_bin = (uint64_t)rounded(1e5 / (0.02175 * 0.02175));
    CU_ASSERT(ratio[0] == mass * one_bin && ratio[1] == 0);
    condition.cuts.which = L1T_GT_CUT_MASS_DR;
    condition.cuts.mass_dr_low[0] = ratio[0];
    CU_ASSERT_TRUE(fires());
    condition.cuts.mass_dr_low[0]++;
    CU_ASSERT_FALSE(fires());
    object(L1T_GT_MU, 1)->eta = -1; // the same bin of half resolution: true for any limit
    condition.cuts.mass_dr_low[1] = UINT64_MAX;
    CU_ASSERT_TRUE(fires());
    object(L1T_GT_MU, 0)->phi = 575; // beside phi 0 around the turn
    l1t_gt_mass_dr(&code.tables, L1T_GT_MU_MU, a, b, ratio);
    const uint64_t narrow = UINT64_C(2003) * 2003 * (10000 - (uint32_t)cos_of[1][1]);
    CU_ASSERT(ratio[0] == narrow * inverse[1][1] && ratio[1] == 0);
    // The largest product of calorimeter objects.
    struct l1t_gt_object far = {.et = 2046, .eta = 114}, near = {.et = 2046, .eta = -115};
    l1t_gt_mass_dr(&code.tables, L1T_GT_CALO_CALO, (struct l1t_gt_pick){&far, L1T_GT_JET},
                   (struct l1t_gt_pick){&near, L1T_GT_JET}, ratio);
    const double product =
        10233.0 * 10233.0 * (cosh_of[0][229] - 1000.0) * (double)inverse[0][145 * 229];
    L1T_ASSERT_NEAR(ldexp((double)ratio[1], 64) + (double)ratio[0], product, 1e-12);
}

static void the_pt_of_a_pair_is_the_vector_sum(void)
{
    start(L1T_GT_COMB, 2, L1T_GT_EG);
    *object(L1T_GT_EG, 0) = (struct l1t_gt_object){.et = 100, .phi = 10};
    *object(L1T_GT_EG, 1) = (struct l1t_gt_object){.et = 60, .phi = 46}; // a quarter turn on
    condition.cuts.which = L1T_GT_CUT_TBPT;
    const int64_t scalar =
        (int64_t)cos_phi[0][10] * cos_phi[0][46] + (int64_t)sin_phi[0][10] * sin_phi[0][46];
    condition.cuts.tbpt2_low =
        (uint64_t)((503 * 503 + 303 * 303) * INT64_C(1000000) + 2 * 503 * 303 * scalar);
    L1T_ASSERT_NEAR(sqrt((double)condition.cuts.tbpt2_low) / 10000, hypot(50.3, 30.3), 1e-3);
    CU_ASSERT_TRUE(fires());
    condition.cuts.tbpt2_low++;
    CU_ASSERT_FALSE(fires());
    *object(L1T_GT_EG, 1) = (struct l1t_gt_object){.et = 100, .phi = 82}; // back to back
    condition.cuts.tbpt2_low = UINT64_C(10000000000);                     // 10 GeV
    CU_ASSERT_FALSE(fires());
    condition.cuts.tbpt2_low = 0;
    CU_ASSERT_TRUE(fires());
    for (uint16_t phi = 0; phi < 72; phi++) { // rounding leaves some pairs less than nothing
        struct l1t_gt_object a = {.et = 100, .phi = phi};
        struct l1t_gt_object b = {.et = 100, .phi = (uint16_t)(phi + 72)};
        CU_ASSERT(l1t_gt_tbpt2(&code.tables, L1T_GT_CALO_CALO, (struct l1t_gt_pick){&a, L1T_GT_EG},
                               (struct l1t_gt_pick){&b, L1T_GT_EG}) < UINT64_C(1) << 32);
    }
}

// ---- overlap removal ----

// Jets 0 and 1, taus 0 and 1; jet 0 lies on tau 0, jet 1 on tau 1.
static void set_overlaps(enum l1t_gt_overlap overlap)
{
    start(L1T_GT_PAIR, 2, L1T_GT_JET);
    leg[2].type = L1T_GT_TAU;
    condition.overlap = (uint8_t)overlap;
    condition.overlap_cuts.which = L1T_GT_CUT_DR;
    condition.overlap_cuts.dr2 = (struct l1t_gt_limits){0, 40000};
    condition.cuts.which = L1T_GT_CUT_DETA;
    condition.cuts.deta = (struct l1t_gt_limits){0, UINT64_MAX};
    *object(L1T_GT_JET, 0) = (struct l1t_gt_object){.et = 60, .eta = 0, .phi = 0};
    *object(L1T_GT_JET, 1) = (struct l1t_gt_object){.et = 50, .eta = 0, .phi = 40};
    *object(L1T_GT_JET, 2) = (struct l1t_gt_object){.et = 40, .eta = 0, .phi = 80};
    *object(L1T_GT_TAU, 0) = (struct l1t_gt_object){.et = 60, .eta = 1, .phi = 0};
    *object(L1T_GT_TAU, 1) = (struct l1t_gt_object){.et = 30, .eta = 1, .phi = 40};
}

static void overlap_removal_has_two_meanings(void)
{
    set_overlaps(L1T_GT_OVERLAP_EXISTS);
    CU_ASSERT_TRUE(fires()); // tau 0 leaves jets 1 and 2
    set_overlaps(L1T_GT_OVERLAP_ALL);
    CU_ASSERT_FALSE(fires()); // both together leave jet 2 alone
    leg[2].threshold = 40;    // tau 1 does not pass
    CU_ASSERT_TRUE(fires());
    leg[2].threshold = 100; // no reference, no trigger
    CU_ASSERT_FALSE(fires());
    set_overlaps(L1T_GT_OVERLAP_EXISTS);
    leg[2].threshold = 100;
    CU_ASSERT_FALSE(fires());
    set_overlaps(L1T_GT_OVERLAP_EXISTS);
    leg[1].threshold = 45; // jets 0 and 1: each is removed by one tau
    leg[0].threshold = 45;
    CU_ASSERT_FALSE(fires());
    condition.overlap_cuts.dr2.low = 1000000; // nothing overlaps
    CU_ASSERT_TRUE(fires());
}

static void any_overlap_cut_removes(void)
{
    set_overlaps(L1T_GT_OVERLAP_EXISTS);
    condition.overlap_cuts.which = L1T_GT_CUT_DETA | L1T_GT_CUT_DPHI;
    condition.overlap_cuts.dphi = (struct l1t_gt_limits){0, 1};
    condition.overlap_cuts.deta = (struct l1t_gt_limits){0, 1};
    CU_ASSERT_TRUE(fires());
    condition.overlap_cuts.deta.high = 44; // one bin: all jets now
    CU_ASSERT_FALSE(fires());
}

static void a_lone_leg_is_cut_against_the_reference(void)
{
    set_overlaps(L1T_GT_OVERLAP_EXISTS);
    condition.n_legs = 1;
    condition.leg[1] = 2;
    condition.cuts.which = L1T_GT_CUT_DPHI;
    condition.cuts.dphi = (struct l1t_gt_limits){1700, 1800}; // 40 bins
    CU_ASSERT_TRUE(fires()); // jet 0 and tau 1, which do not overlap
    leg[2].threshold = 100;
    CU_ASSERT_FALSE(fires());
    leg[2].threshold = 40; // tau 0 alone: jet 1
    CU_ASSERT_TRUE(fires());
    leg[0].threshold = 55; // jet 0 alone, which lies on tau 0
    CU_ASSERT_FALSE(fires());
}

// ---- expressions ----

static void expressions_are_postfix_over_conditions(void)
{
    static const struct l1t_gt_node node[] = {
        {L1T_GT_OP_CONDITION, 0}, {L1T_GT_OP_CONDITION, 1}, {L1T_GT_OP_AND, 0}, // 0: a AND b
        {L1T_GT_OP_CONDITION, 0}, {L1T_GT_OP_CONDITION, 1}, {L1T_GT_OP_OR, 0},  // 3: a OR b
        {L1T_GT_OP_CONDITION, 0}, {L1T_GT_OP_CONDITION, 1}, {L1T_GT_OP_XOR, 0}, // 6: a XOR b
        {L1T_GT_OP_CONDITION, 0}, {L1T_GT_OP_NOT, 0},                           // 9: NOT a
        {L1T_GT_OP_CONDITION, 2}};                                              // 11: unsupported
    static const struct l1t_gt_algorithm algorithm[] = {
        {0, true, 0, 3}, {63, true, 3, 3}, {64, true, 6, 3}, {511, true, 9, 2}, {7, false, 11, 1}};
    const struct l1t_gt_condition conditions[] = {
        {.kind = L1T_GT_EXTERNAL, .channel = 70, .bx = -2},
        {.kind = L1T_GT_SIGNAL, .channel = L1T_GT_MUSOOT1, .bx = 1},
        {.kind = L1T_GT_UNSUPPORTED}};
    struct l1t_gt_around around;
    memset(event, 0, sizeof event);
    code.condition = conditions;
    code.node = node;
    code.algorithm = algorithm;
    code.n_algorithms = 5;
    for (unsigned i = 0; i < 5; i++)
        around.event[i] = &event[i];
    for (unsigned ab = 0; ab < 4; ab++) {
        const unsigned a = ab & 1, b = ab >> 1;
        uint64_t bits[L1T_GT_WORDS];
        event[0].external[1] = (uint64_t)a << 6;
        event[3].signal = b << L1T_GT_MUSOOT1;
        l1t_gt_decide(&code, &around, bits);
        L1T_ASSERT_INT(bits[0] & 1, a & b);
        L1T_ASSERT_INT(bits[0] >> 63, a | b);
        L1T_ASSERT_INT(bits[1], a ^ b);
        L1T_ASSERT_INT(bits[7] >> 63, !a);
        L1T_ASSERT_INT(bits[0] & 128, 0);
    }
}

L1T_TEST_MAIN("l1t_gt", {"thresholds are at least, or equal", thresholds_are_at_least_or_equal},
              {"empty slots pass a threshold of zero, but towers are counted",
               empty_slots_pass_a_threshold_of_zero_but_towers_are_counted},
              {"windows of a kind are alternatives and may wrap",
               windows_of_a_kind_are_alternatives_and_may_wrap},
              {"codes of muons and jets are selected", codes_of_muons_and_jets_are_selected},
              {"combinations find distinct objects whatever the order",
               combinations_find_distinct_objects_whatever_the_order},
              {"twelve equal legs with eleven objects are decided at once",
               twelve_equal_legs_with_eleven_objects_are_decided_at_once},
              {"charges are of all muons of the combination",
               charges_are_of_all_muons_of_the_combination},
              {"an object is no pair with itself, but with its place elsewhere",
               an_object_is_no_pair_with_itself_but_with_its_place_elsewhere},
              {"windows include both limits", windows_include_both_limits},
              {"distances around the turn are the shorter ones",
               distances_around_the_turn_are_the_shorter_ones},
              {"a calorimeter object moves to the grid of the muon",
               a_calorimeter_object_moves_to_the_grid_of_the_muon},
              {"masses are the products of the tables", masses_are_the_products_of_the_tables},
              {"the mass of three is the sum of the pairs",
               the_mass_of_three_is_the_sum_of_the_pairs},
              {"mass over distance needs two words and half resolution",
               mass_over_distance_needs_two_words_and_half_resolution},
              {"the pt of a pair is the vector sum", the_pt_of_a_pair_is_the_vector_sum},
              {"overlap removal has two meanings", overlap_removal_has_two_meanings},
              {"any overlap cut removes", any_overlap_cut_removes},
              {"a lone leg is cut against the reference", a_lone_leg_is_cut_against_the_reference},
              {"expressions are postfix over conditions", expressions_are_postfix_over_conditions})

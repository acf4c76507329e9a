// SPDX-License-Identifier: GPL-3.0-or-later
#include "gt_build.h"
#include "l1t_test.h"

static struct l1t_diag diag;

// The double after x, 1 <= x < 2: 1.4 as the CMS editor writes it.
#define DUST(x) ((x) + 0x1p-52)

static struct l1t_gt_code *compiled(const char *expression)
{
    struct l1t_gt_code *code = NULL;
    L1T_ASSERT_OK(gt_build_code(expression, gt_build_cuts, &code, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(code);
    return code;
}

// ---- objects ----

static const struct {
    const char *text;
    enum l1t_gt_type type;
    unsigned threshold;
} thresholds[] = {
    {"MU22", L1T_GT_MU, 45},
    {"EG22", L1T_GT_EG, 44},
    {"EG7p5", L1T_GT_EG, 15},
    {"MU0", L1T_GT_MU, 1},
    {"JET0", L1T_GT_JET, 0},
    {"TAU20", L1T_GT_TAU, 40},
    {"ETMHF90", L1T_GT_ETMHF, 180},
    {"NETETMHF90", L1T_GT_HTM, 180},
    {"HTMHF90", L1T_GT_HTMHF, 180},
    {"ETTEM10", L1T_GT_ETTEM, 20},
    {"MBT1HFM2", L1T_GT_MBT1HFM, 2},
    {"ZDCP50", L1T_GT_ZDCP, 50},
    {"ASYMHT8", L1T_GT_ASYMHT, 8},
    {"TOWERCOUNT115", L1T_GT_TOWERCOUNT, 115},
    {"TOWERCOUNT0", L1T_GT_TOWERCOUNT, 1}, // no towers never fire
    {"CICADA[CICADA-CSCORE_113]", L1T_GT_CICADA, 29056},
    {"MBT0HFP1[MBT0HFP-COUNT_3]", L1T_GT_MBT0HFP, 3},
};

static void thresholds_in_hardware_units(void)
{
    for (size_t i = 0; i < sizeof thresholds / sizeof thresholds[0]; i++) {
        struct l1t_gt_code *const code = compiled(thresholds[i].text);
        const struct l1t_gt_leg *const leg = code->leg;
        L1T_CHECK(leg->type == thresholds[i].type && leg->threshold == thresholds[i].threshold,
                  "%s: type %u, threshold %u", thresholds[i].text, leg->type, leg->threshold);
        // Without cuts everything else is open.
        L1T_CHECK(leg->n_eta == 0 && leg->n_phi == 0 && leg->n_index == 0 && !leg->equal &&
                      leg->quality_mask == 0xffff && leg->iso_mask == 0xf && leg->ip_mask == 0xf &&
                      leg->upt_low == 0 && leg->upt_high == 255 && leg->charge == 0 &&
                      leg->displaced == 0 && leg->slice_first == 0 &&
                      leg->slice_last + 1 == l1t_gt_type_slots[leg->type],
                  "%s is not open", thresholds[i].text);
        L1T_ASSERT_INT(code->types, 1U << thresholds[i].type);
        l1t_gt_code_free(code);
    }
}

static void cuts_of_objects(void)
{
    struct l1t_gt_code *code = compiled(
        "MU.eq.3-2[MU-QLTY_SNGL, MU-ETA_BMTF, MU-ETA_2p1, MU-PHI_TOP, MU-PHI_WRAP, MU-INDEX_1, "
        "MU-INDEX_2, MU-IP_123, MU-UPT_10, MU-CHG_NEG, MU-SLICE_0_3]");
    const struct l1t_gt_leg *leg = code->leg;
    CU_ASSERT_TRUE(leg->equal);
    L1T_ASSERT_INT(leg->threshold, 7);
    L1T_ASSERT_INT(leg->bx, -2);
    L1T_ASSERT_INT(leg->quality_mask, 0xf000);
    L1T_ASSERT_INT(leg->n_eta, 2); // in order of their lower ends
    L1T_ASSERT_INT(leg->eta[0].low, -193);
    L1T_ASSERT_INT(leg->eta[0].high, 193);
    L1T_ASSERT_INT(leg->eta[1].low, -74);
    L1T_ASSERT_INT(leg->eta[1].high, 74);
    L1T_ASSERT_INT(leg->n_phi, 2);
    L1T_ASSERT_INT(leg->phi[0].low, 0);
    L1T_ASSERT_INT(leg->phi[0].high, 287);
    L1T_ASSERT_INT(leg->phi[1].low, 528); // through 0
    L1T_ASSERT_INT(leg->phi[1].high, 47);
    L1T_ASSERT_INT(leg->n_index, 2);
    L1T_ASSERT_INT(leg->index[0].high, 17);
    L1T_ASSERT_INT(leg->index[1].low, 36);
    L1T_ASSERT_INT(leg->ip_mask, 0xe);
    L1T_ASSERT_INT(leg->upt_low, 11);
    L1T_ASSERT_INT(leg->upt_high, 255);
    L1T_ASSERT_INT(leg->charge, L1T_GT_CHARGE_NEGATIVE);
    L1T_ASSERT_INT(leg->slice_last, 3);
    L1T_ASSERT_INT(code->bx_past, 2);
    L1T_ASSERT_INT(code->bx_future, 0);
    l1t_gt_code_free(code);
    code = compiled("EG7p5[EG-ETA_2p13, EG-ISO_0xA]");
    L1T_ASSERT_INT(code->leg->eta[0].low, -49);
    L1T_ASSERT_INT(code->leg->eta[0].high, 48);
    L1T_ASSERT_INT(code->leg->iso_mask, 0xa);
    l1t_gt_code_free(code);
    // Swapped by an editing mistake: outside of the window.
    code = compiled("MU3[MU-ETA_SWAPPED, MU-CHG_POS]");
    L1T_ASSERT_INT(code->leg->eta[0].low, 110);
    L1T_ASSERT_INT(code->leg->eta[0].high, -110);
    L1T_ASSERT_INT(code->leg->charge, L1T_GT_CHARGE_POSITIVE);
    l1t_gt_code_free(code);
    code = compiled("comb{JET3[JET-DISP_1], JET3[JET-DISP_0]} AND ETM80[ETM-PHI_x]");
    L1T_ASSERT_INT(code->leg[0].displaced, L1T_GT_DISPLACED_YES);
    L1T_ASSERT_INT(code->leg[1].displaced, L1T_GT_DISPLACED_NO);
    L1T_ASSERT_INT(code->leg[2].phi[0].high, 71);
    l1t_gt_code_free(code);
}

// ---- cuts between objects ----

static const struct l1t_gt_condition *condition_of(struct l1t_gt_code **code,
                                                   const char *expression)
{
    l1t_gt_code_free(*code);
    *code = compiled(expression);
    return (*code)->condition;
}

static void limits_of_differences(void)
{
    static const struct {
        double limit;
        unsigned dr2;
    } radii[] = {{DUST(1.4), 1961000}, {0.5, 250000},  {0.4, 161000},
                 {DUST(1.2), 1441000}, {1.6, 2561000}, {0.2, 41000}};
    for (size_t i = 0; i < sizeof radii / sizeof radii[0]; i++) {
        const struct gt_cut cut[] = {{"DR", "DR", "DR", 0.4, radii[i].limit, NULL},
                                     {NULL, NULL, NULL, 0, 0, NULL}};
        struct l1t_gt_code *code = NULL;
        L1T_ASSERT_OK(gt_build_code("dist{MU3, MU3}[DR]", cut, &code, &diag), diag);
        CU_ASSERT_PTR_NOT_NULL_FATAL(code);
        L1T_ASSERT_INT(code->condition->cuts.dr2.high, radii[i].dr2);
        L1T_ASSERT_INT(code->condition->cuts.dr2.low, 160000);
        l1t_gt_code_free(code);
    }
    struct l1t_gt_code *code = NULL;
    const struct l1t_gt_condition *c =
        condition_of(&code, "dist{EG3, MU3+1}[DETA_MAX_1p8, DPHI_2p618]");
    L1T_ASSERT_INT(c->kind, L1T_GT_PAIR);
    L1T_ASSERT_INT(c->pair, L1T_GT_CALO_MU);
    L1T_ASSERT_INT(c->n_legs, 2);
    L1T_ASSERT_INT(c->overlap, L1T_GT_OVERLAP_NONE);
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_DETA | L1T_GT_CUT_DPHI);
    L1T_ASSERT_INT(c->cuts.deta.low, 0);
    L1T_ASSERT_INT(c->cuts.deta.high, 1800);
    L1T_ASSERT_INT(c->cuts.dphi.low, 2618);
    L1T_ASSERT_INT(c->cuts.dphi.high, 3142);
    L1T_ASSERT_INT(code->bx_future, 1);
    l1t_gt_code_free(code);
}

// A limit below 0 lets all or nothing pass; a huge one is the largest number.
static void limits_at_the_ends(void)
{
    static const struct {
        double minimum, maximum;
        uint64_t low, high;
    } cases[] = {{-1, 2, 0, 2000},
                 {-2, -1, 1, 0},
                 {0, 1e30, 0, UINT64_MAX},
                 {1e30, 1e30, UINT64_MAX, UINT64_MAX},
                 {0.0001, 0.0001, 0, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct gt_cut cut[] = {
            {"x", "DETA", "DETA", cases[i].minimum, cases[i].maximum, NULL},
            {"y", "MASS", "MASS", 0, 1e30, NULL},
            {NULL, NULL, NULL, 0, 0, NULL}};
        struct l1t_gt_code *code = NULL;
        L1T_ASSERT_OK(gt_build_code("mass_inv{MU3, MU3}[x, y]", cut, &code, &diag), diag);
        CU_ASSERT_PTR_NOT_NULL_FATAL(code);
        const struct l1t_gt_limits got = code->condition->cuts.deta;
        // 2^63, the largest whole number taken, is not scaled by anything here
        const uint64_t most = cases[i].high == UINT64_MAX ? UINT64_C(1) << 63 : cases[i].high;
        const uint64_t least = cases[i].low == UINT64_MAX ? UINT64_C(1) << 63 : cases[i].low;
        L1T_CHECK(got.low == least && got.high == most, "%g to %g: %llu to %llu", cases[i].minimum,
                  cases[i].maximum, (unsigned long long)got.low, (unsigned long long)got.high);
        CU_ASSERT_EQUAL(code->condition->cuts.mass.high, UINT64_MAX);
        l1t_gt_code_free(code);
    }
}

static void limits_of_masses(void)
{
    struct l1t_gt_code *code = NULL;
    // 7^2 / 2 = 24.5 -> 245 tenths, times 10^(2 + 4 - 1); 18^2 / 2 = 162
    const struct l1t_gt_condition *c =
        condition_of(&code, "mass_inv{MU3, MU3}[MASS_7to18, CHGCOR_OS, TBPT_25]");
    L1T_ASSERT_INT(c->pair, L1T_GT_MU_MU);
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_MASS | L1T_GT_CUT_OPPOSITE_SIGN | L1T_GT_CUT_TBPT);
    L1T_ASSERT_INT(c->cuts.mass.low, 24500000);
    L1T_ASSERT_INT(c->cuts.mass.high, 162000000);
    L1T_ASSERT_INT(c->cuts.tbpt2_low, 6250000000000); // 625 * 10^(2 + 8)
    c = condition_of(&code, "mass{JET3, JET3}[MASS_MIN_620, TBPT_25]");
    L1T_ASSERT_INT(c->pair, L1T_GT_CALO_CALO);
    L1T_ASSERT_INT(c->cuts.mass.low, 19220000000); // 620^2 / 2 * 10^5
    L1T_ASSERT_INT(c->cuts.mass.high, 9800000000000);
    L1T_ASSERT_INT(c->cuts.tbpt2_low, 62500000000); // 625 * 10^(2 + 6)
    c = condition_of(&code, "mass_trv{MU3, ETMHF30}[MASS_7to18]");
    L1T_ASSERT_INT(c->pair, L1T_GT_CALO_MU);
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_MASS_T);
    L1T_ASSERT_INT(c->cuts.mass.low, 24500000);
    c = condition_of(&code, "mass_inv_upt{MU3, MU3}[MASSUPT_1, CHGCOR_LS]");
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_MASS_UPT | L1T_GT_CUT_LIKE_SIGN);
    L1T_ASSERT_INT(c->cuts.mass.low, 500000);
    // floor(0.18 * 10) = 1 tenth, times 10^(2 + 4 + 5 - 1); calorimeter 10^(2 + 3 + 5 - 1)
    c = condition_of(&code, "mass_inv_dr{MU3, MU3}[MASSDR_0p6]");
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_MASS_DR);
    L1T_ASSERT_INT(c->cuts.mass_dr_low[0], 10000000000);
    L1T_ASSERT_INT(c->cuts.mass_dr_low[1], 0);
    c = condition_of(&code, "mass_inv_dr{JET3, JET3}[MASSDR_0p6]");
    L1T_ASSERT_INT(c->cuts.mass_dr_low[0], 1000000000);
    c = condition_of(&code, "mass_inv_3{MU3, MU3, MU0}[MASS_7to18]");
    L1T_ASSERT_INT(c->kind, L1T_GT_TRIPLE);
    L1T_ASSERT_INT(c->n_legs, 3);
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_MASS);
    l1t_gt_code_free(code);
}

// A large limit of mass over deltaR is beyond 64 bits.
static void a_limit_of_two_words(void)
{
    const struct gt_cut cut[] = {{"x", "MASSDR", "MASSDR", 1e6, 0, NULL},
                                 {NULL, NULL, NULL, 0, 0, NULL}};
    struct l1t_gt_code *code = NULL;
    L1T_ASSERT_OK(gt_build_code("mass_inv_dr{MU3, MU3}[x]", cut, &code, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(code);
    // (10^6)^2 / 2 * 10 tenths, times 10^10: 5 * 10^22 = 2710 * 2^64 + 9323560247115120640
    CU_ASSERT_EQUAL(code->condition->cuts.mass_dr_low[1], UINT64_C(2710));
    CU_ASSERT_EQUAL(code->condition->cuts.mass_dr_low[0], UINT64_C(9323560247115120640));
    l1t_gt_code_free(code);
}

static void overlap_removal(void)
{
    struct l1t_gt_code *code = NULL;
    const struct l1t_gt_condition *c =
        condition_of(&code, "mass_inv_orm{JET35, JET30, TAU45}[MASS_MIN_620, ORMDR_0p2]");
    L1T_ASSERT_INT(c->kind, L1T_GT_PAIR);
    L1T_ASSERT_INT(c->n_legs, 2);
    L1T_ASSERT_INT(c->overlap, L1T_GT_OVERLAP_EXISTS);
    L1T_ASSERT_INT(c->overlap_pair, L1T_GT_CALO_CALO);
    L1T_ASSERT_INT(c->leg[2], 2);
    L1T_ASSERT_INT(code->leg[2].type, L1T_GT_TAU);
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_MASS);
    L1T_ASSERT_INT(c->overlap_cuts.which, L1T_GT_CUT_DR);
    L1T_ASSERT_INT(c->overlap_cuts.dr2.high, 41000);
    c = condition_of(&code, "comb_orm{TAU20, TAU20, TAU10, JET5}[ORMDETA_0p3, ORMDR_0p2]");
    L1T_ASSERT_INT(c->kind, L1T_GT_COMB);
    L1T_ASSERT_INT(c->n_legs, 3);
    L1T_ASSERT_INT(c->leg[0], c->leg[1]);
    L1T_ASSERT_INT(c->overlap_cuts.which, L1T_GT_CUT_DR | L1T_GT_CUT_DETA);
    L1T_ASSERT_INT(c->overlap_cuts.deta.high, 300);
    c = condition_of(&code, "dist_orm{EG20, JET30}[DR_1p4, ORMDR_0p2]"); // one leg
    L1T_ASSERT_INT(c->n_legs, 1);
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_DR);
    c = condition_of(&code, "mass_trv_orm{EG20, TAU20, JET30}[MASS_7to18, ORMDR_0p2]");
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_MASS_T);
    l1t_gt_code_free(code);
    // The menu decides, or its scale set.
    static const struct {
        enum l1t_gt_overlap says, is;
        const char *scales;
    } cases[] = {{L1T_GT_OVERLAP_ALL, L1T_GT_OVERLAP_ALL, "scales_2024_05_15"},
                 {L1T_GT_OVERLAP_EXISTS, L1T_GT_OVERLAP_EXISTS, "scales_2017_05_23"},
                 {L1T_GT_OVERLAP_NONE, L1T_GT_OVERLAP_ALL, "scales_2017_05_23"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_menu *const menu = gt_build_menu();
        (void)snprintf(menu->scales.name, sizeof menu->scales.name, "%s", cases[i].scales);
        menu->overlap = cases[i].says;
        L1T_ASSERT_OK(
            gt_build_add(menu, 0, "comb_orm{TAU20, JET5}[ORMDR_0p2]", gt_build_cuts, &diag), diag);
        L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
        L1T_ASSERT_INT(code->condition->overlap, cases[i].is);
        l1t_gt_code_free(code);
        l1t_gt_menu_free(menu);
    }
}

// ---- the whole ----

static void expressions_in_postfix(void)
{
    struct l1t_gt_menu *const menu = gt_build_menu();
    struct l1t_gt_code *code = NULL;
    L1T_ASSERT_OK(gt_build_add(menu, 300, "MU3 AND NOT EXT_ZeroBias+2 AND MU3 XOR CENT3-1",
                               gt_build_cuts, &diag),
                  diag);
    L1T_ASSERT_OK(gt_build_add(menu, 7, "AXO[AXO-SCORE_1] OR MU3", gt_build_cuts, &diag), diag);
    L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
    L1T_ASSERT_INT(code->n_algorithms, 2);
    L1T_ASSERT_INT(code->n_conditions, 4); // MU3 once
    L1T_ASSERT_INT(code->n_legs, 1);
    L1T_ASSERT_INT(code->bx_past, 1);
    L1T_ASSERT_INT(code->bx_future, 2);
    L1T_ASSERT_INT(code->algorithm[0].bit, 7); // by bit
    CU_ASSERT_FALSE(code->algorithm[0].supported);
    CU_ASSERT_TRUE(code->algorithm[1].supported);
    static const struct l1t_gt_node expected[] = {
        {L1T_GT_OP_CONDITION, 0}, {L1T_GT_OP_CONDITION, 1}, {L1T_GT_OP_NOT, 0},
        {L1T_GT_OP_AND, 0},       {L1T_GT_OP_CONDITION, 0}, {L1T_GT_OP_AND, 0},
        {L1T_GT_OP_CONDITION, 2}, {L1T_GT_OP_XOR, 0}};
    const struct l1t_gt_algorithm *const a = &code->algorithm[1];
    L1T_ASSERT_INT(a->n_nodes, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const struct l1t_gt_node node = code->node[a->first_node + i];
        L1T_CHECK(node.op == expected[i].op && node.condition == expected[i].condition,
                  "node %zu: %u %u", i, node.op, node.condition);
    }
    const struct l1t_gt_condition *const c = code->condition;
    L1T_ASSERT_INT(c[1].kind, L1T_GT_EXTERNAL);
    L1T_ASSERT_INT(c[1].channel, 70);
    L1T_ASSERT_INT(c[1].bx, 2);
    L1T_ASSERT_INT(c[2].kind, L1T_GT_SIGNAL);
    L1T_ASSERT_INT(c[2].channel, L1T_GT_CENT0 + 3);
    L1T_ASSERT_INT(c[2].bx, -1);
    L1T_ASSERT_INT(c[3].kind, L1T_GT_UNSUPPORTED);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
}

// The specification's numbers, and the shape of each kind of pair.
static void tables(void)
{
    struct l1t_gt_code *const code = compiled("MU3");
    const struct l1t_gt_tables *const t = &code->tables;
    const struct l1t_gt_pair_tables *const calo = &t->pair[L1T_GT_CALO_CALO],
                                           *mixed = &t->pair[L1T_GT_CALO_MU],
                                           *mu = &t->pair[L1T_GT_MU_MU];
    L1T_ASSERT_INT(calo->deta[5], 217); // a tie in decimal, not in double
    L1T_ASSERT_INT(calo->deta[1], 44);
    L1T_ASSERT_INT(calo->n_eta, 230);
    L1T_ASSERT_INT(mu->n_eta, 451);
    L1T_ASSERT_INT(mixed->n_eta, 920);
    L1T_ASSERT_INT(calo->n_phi, 73);
    L1T_ASSERT_INT(mu->n_phi, 289);
    L1T_ASSERT_INT(mixed->n_phi, 289);
    L1T_ASSERT_INT(calo->cosh[229], 10597282);
    L1T_ASSERT_INT(mixed->cosh[919], 109487199);
    L1T_ASSERT_INT(calo->cosh[0], 1000);
    L1T_ASSERT_INT(mu->cosh[0], 10000);
    L1T_ASSERT_INT(calo->cos[72], -1000);
    L1T_ASSERT_INT(mu->cos[288], -10000);
    L1T_ASSERT_INT(calo->cos[36], 0);
    L1T_ASSERT_INT(calo->cos[41], -216);
    L1T_ASSERT_INT(calo->dphi[72], 3142);
    L1T_ASSERT_INT(mu->dphi[288], 3142);
    L1T_ASSERT_INT(calo->mass_t_one, 1000);
    L1T_ASSERT_INT(mixed->mass_t_one, 10000);
    static const unsigned pts[] = {3, 8, 13, 18};
    for (unsigned i = 0; i < 4; i++) {
        L1T_ASSERT_INT(t->pt[L1T_GT_EG][i], pts[i]);
        L1T_ASSERT_INT(t->pt[L1T_GT_ETMHF][i], pts[i]);
        L1T_ASSERT_INT(t->pt[L1T_GT_MU][i + 1], pts[i]);
        L1T_ASSERT_INT(t->upt[i + 1], 5 + 10 * i);
    }
    L1T_ASSERT_INT(t->pt[L1T_GT_MU][0], 0);
    L1T_ASSERT_INT(t->upt[0], 0);
    L1T_ASSERT_INT(t->n_pt[L1T_GT_EG], 512); // overflow codes as well
    L1T_ASSERT_INT(t->n_pt[L1T_GT_JET], 2048);
    L1T_ASSERT_INT(t->n_pt[L1T_GT_ETM], 4096);
    L1T_ASSERT_INT(t->pt[L1T_GT_EG][511], 2558);
    CU_ASSERT_PTR_NULL(t->pt[L1T_GT_ETT]);
    L1T_ASSERT_INT(t->n_upt, 256);
    // deltaR of one bin in eta: 10^5 / 0.0435^2 and, at half resolution, 10^5 / 0.02175^2
    L1T_ASSERT_INT(calo->inv_dr2[calo->n_inv_phi], 52847140);
    L1T_ASSERT_INT(calo->inv_dr2[1], 52524902);
    L1T_ASSERT_INT(mu->inv_dr2[mu->n_inv_phi], 211388559);
    L1T_ASSERT_INT(calo->n_inv_eta, 230);
    L1T_ASSERT_INT(calo->inv_dr2[calo->n_inv_eta * calo->n_inv_phi - 1], 917);
    L1T_ASSERT_INT(mu->n_inv_eta, 226);
    L1T_ASSERT_INT(mu->n_inv_phi, 145);
    L1T_ASSERT_INT(mu->inv_dr2[mu->n_inv_eta * mu->n_inv_phi - 1], 2957);
    L1T_ASSERT_INT(mixed->n_inv_eta, 0);
    L1T_ASSERT_INT(calo->tbpt_scale, 1000000);
    L1T_ASSERT_INT(mixed->tbpt_scale, 100000000);
    L1T_ASSERT_INT(calo->n_trig, 144);
    L1T_ASSERT_INT(mixed->n_trig, 576);
    L1T_ASSERT_INT(calo->cos_phi[0], 1000);
    L1T_ASSERT_INT(calo->sin_phi[0], 22);
    L1T_ASSERT_INT(mu->cos_phi[0], 10000);
    L1T_ASSERT_INT(mu->sin_phi[575], -55);
    l1t_gt_code_free(code);
}

// Four muons, and twelve jets of one threshold, are well.
static void takes_large_combinations(void)
{
    struct l1t_gt_code *code = NULL;
    const struct l1t_gt_condition *c = condition_of(
        &code, "comb{JET3, JET3, JET3, JET3, JET3, JET3, JET3, JET3, JET3, JET3, JET3, JET3}");
    L1T_ASSERT_INT(c->kind, L1T_GT_COMB);
    L1T_ASSERT_INT(c->n_legs, 12);
    L1T_ASSERT_INT(code->n_legs, 1);
    c = condition_of(&code, "comb{MU3[MU-QLTY_SNGL], MU3, MU3, MU3}[CHGCOR_OS]");
    L1T_ASSERT_INT(c->n_legs, 4);
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_OPPOSITE_SIGN);
    c = condition_of(&code, "comb{EG3, EG3}[TBPT_25]");
    L1T_ASSERT_INT(c->cuts.which, L1T_GT_CUT_TBPT);
    L1T_ASSERT_INT(c->pair, L1T_GT_CALO_CALO);
    l1t_gt_code_free(code);
}

// Fewer digits of all pairs are well: limits and tables follow.
static void follows_precisions(void)
{
    struct l1t_gt_menu *const menu = gt_build_menu();
    struct l1t_gt_code *code = NULL;
    for (size_t k = 0; k < menu->scales.n; k++) {
        struct l1t_gt_scale *const scale = &menu->scales.scale[k];
        if (strcmp(scale->object, "PRECISION") == 0 && strstr(scale->type, "-Delta") != NULL)
            scale->n_bits = 2;
    }
    L1T_ASSERT_OK(
        gt_build_add(menu, 0, "dist{MU3, MU3}[DR_0p5, DETA_MAX_1p8]", gt_build_cuts, &diag), diag);
    L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
    L1T_ASSERT_INT(code->condition->cuts.dr2.high, 2500);
    L1T_ASSERT_INT(code->condition->cuts.deta.high, 180);
    L1T_ASSERT_INT(code->tables.pair[L1T_GT_MU_MU].dphi[288], 314);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
}

L1T_TEST_MAIN("gt_compile", {"thresholds in hardware units", thresholds_in_hardware_units},
              {"cuts of objects", cuts_of_objects},
              {"limits of differences", limits_of_differences},
              {"limits at the ends", limits_at_the_ends}, {"limits of masses", limits_of_masses},
              {"a limit of two words", a_limit_of_two_words}, {"overlap removal", overlap_removal},
              {"expressions in postfix", expressions_in_postfix}, {"tables", tables},
              {"takes large combinations", takes_large_combinations},
              {"follows precisions", follows_precisions})

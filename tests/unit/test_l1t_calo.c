// SPDX-License-Identifier: GPL-3.0-or-later
// The fast models of clusters, e/gamma, taus and sums against the plain ones, with random tables,
// on generated and on adversarial events; and single rules on hand-made events.
#include "calo_plain.h"
#include "jet_plain.h"
#include "l1t/tower_gen.h"
#include "l1t_formats.h"
#include "l1t_test.h"

#include <math.h>

enum { SEED = 20183, EVENTS = 60, CORNERS = 600, TABLES = 8 };

static struct l1t_calo_config config;
static struct l1t_towers towers;
static struct l1t_calo_result fast, plain;

// ---- fast against plain ----

static bool same_clusters(void)
{
    if (fast.clusters.n != plain.clusters.n || fast.ntt != plain.ntt)
        return false;
    for (unsigned i = 0; i < fast.clusters.n; i++) {
        const struct l1t_cluster *a = &fast.clusters.cluster[i], *b = &plain.clusters.cluster[i];
        if (a->m != b->m || a->phi != b->phi || a->flags != b->flags || a->et != b->et ||
            a->em != b->em || a->had != b->had || a->fg_eta != b->fg_eta ||
            a->fg_phi != b->fg_phi || a->hoe != b->hoe || a->fg != b->fg)
            return false;
    }
    return true;
}

static bool same_output(const struct l1t_egtau_result *a, const struct l1t_egtau_result *b)
{
    return a->n_gt == b->n_gt && memcmp(a->mp, b->mp, sizeof a->mp) == 0 &&
           memcmp(a->gt, b->gt, sizeof a->gt) == 0;
}

static bool same_egamma(void)
{
    for (unsigned i = 0; i < fast.egamma.n; i++) {
        const struct l1t_egamma_cand *a = &fast.egamma.cand[i], *b = &plain.egamma.cand[i];
        if (a->shape != b->shape || a->trimmed != b->trimmed || a->quality != b->quality ||
            a->iso != b->iso || a->accepted != b->accepted || a->fine_eta != b->fine_eta ||
            a->fine_phi != b->fine_phi || a->raw != b->raw || a->pt != b->pt || a->cal != b->cal ||
            a->footprint != b->footprint || a->iso_et != b->iso_et)
            return false;
    }
    return fast.egamma.n == plain.egamma.n && same_output(&fast.egamma.out, &plain.egamma.out);
}

static bool same_taus(void)
{
    for (unsigned i = 0; i < fast.tau.n; i++) {
        const struct l1t_tau_cand *a = &fast.tau.cand[i], *b = &plain.tau.cand[i];
        if (a->cluster != b->cluster || a->active != b->active || a->site != b->site ||
            a->secondary != b->secondary || a->flags != b->flags || a->em != b->em ||
            a->iso != b->iso || a->fine_eta != b->fine_eta || a->fine_phi != b->fine_phi ||
            a->raw != b->raw || a->pt != b->pt || a->iso_et != b->iso_et)
            return false;
    }
    return fast.tau.n == plain.tau.n && same_output(&fast.tau.out, &plain.tau.out);
}

static bool same_sum(const struct l1t_vector_sum *a, const struct l1t_vector_sum *b)
{
    return a->et == b->et && a->x == b->x && a->y == b->y;
}

static bool same_sums(void)
{
    for (int side = 0; side < L1T_SIDES; side++) {
        const struct l1t_sums_side *a = &fast.sums.side[side], *b = &plain.sums.side[side];
        if (!same_sum(&a->et, &b->et) || !same_sum(&a->et_hf, &b->et_hf) ||
            !same_sum(&a->ht, &b->ht) || !same_sum(&a->ht_hf, &b->ht_hf) || a->em != b->em ||
            a->mb[0] != b->mb[0] || a->mb[1] != b->mb[1] || a->towers != b->towers)
            return false;
    }
    return true;
}

static void compare(const char *what, unsigned event)
{
    l1t_calo(&config, &towers, &fast);
    plain.jet = fast.jet; // the jets have their own test
    calo_plain(&config, &towers, &plain);
    L1T_CHECK(same_clusters(), "%s event %u: clusters", what, event);
    L1T_CHECK(same_egamma(), "%s event %u: e/gamma", what, event);
    L1T_CHECK(same_taus(), "%s event %u: taus", what, event);
    L1T_CHECK(same_sums(), "%s event %u: sums", what, event);
}

// Bits that the generator leaves alone: feature, fine grain, and now and then the other three.
static void add_flags(unsigned event)
{
    uint16_t *w = &towers.w[0][0][0];
    for (unsigned i = 0; i < L1T_SIDES * L1T_RINGS * L1T_PHIS; i++) {
        const uint32_t hash = (i + 1) * 2654435761u ^ (event + 1) * 2246822519u;
        const uint32_t mixed = (hash ^ hash >> 15) * 3266489917u;
        w[i] = (uint16_t)(w[i] ^ ((mixed >> 28 == 0 ? mixed >> 4 & 0xffu : 0u) << 8 & 0xfe00u));
    }
}

static void agrees_with_the_plain_models_on_generated_events(void)
{
    struct l1t_diag diag = {""};
    struct l1t_tower_gen_params params;
    struct l1t_tower_gen *gen;
    l1t_tower_gen_defaults(&params);
    L1T_ASSERT_OK(l1t_tower_gen_new(&params, SEED, &gen, &diag), diag);
    for (unsigned e = 0; e < EVENTS; e++) {
        if (e % (EVENTS / TABLES) == 0)
            calo_random_config(SEED + e, &config);
        l1t_tower_gen_event(gen, e, &towers);
        add_flags(e);
        compare("generated", e);
    }
    l1t_tower_gen_free(gen);
}

static void agrees_with_the_plain_models_on_adversarial_events(void)
{
    for (unsigned e = 0; e < CORNERS; e++) {
        if (e % (CORNERS / TABLES) == 0)
            calo_random_config(SEED + e, &config);
        l1t_tower_corner(SEED, e, e, &towers);
        if (e / l1t_tower_corner_kinds() % 2 != 0)
            add_flags(e);
        compare("adversarial", e);
    }
}

// ---- single rules ----

static void put(int m, int phi, unsigned et)
{
    towers.w[m < 0][(m < 0 ? -m : m) - 1][(phi + 71) % 72] = (uint16_t)et;
}

static void fresh(void)
{
    memset(&towers, 0, sizeof towers);
    calo_random_config(SEED, &config);
}

// The rule spelled out in the documentation, at both signs of eta.
static void of_two_equal_towers_one_is_the_seed(void)
{
    for (int m = -20; m <= 20; m += 40)
        for (int de = -1; de <= 1; de++)
            for (int dp = -4; dp <= 4; dp++) {
                if (de == 0 && dp == 0)
                    continue;
                fresh();
                put(m, 36, 40);
                put(m + de, 36 + dp, 40);
                l1t_calo(&config, &towers, &fast);
                const bool other = dp >= 2 || (dp == 1 && de >= 0) || (dp == 0 && de == 1) ||
                                   (dp == -1 && de == 1);
                L1T_ASSERT_INT(fast.clusters.n, 1);
                L1T_ASSERT_INT(fast.clusters.cluster[0].phi, other ? 36 + dp : 36);
                L1T_ASSERT_INT(fast.clusters.cluster[0].m, other ? m + de : m);
            }
}

static void hf_towers_veto_and_join_but_are_no_seeds(void)
{
    fresh();
    put(28, 10, 40);
    put(29, 10, 30); // ieta 30
    l1t_calo(&config, &towers, &fast);
    L1T_ASSERT_INT(fast.clusters.n, 1);
    L1T_ASSERT_INT(fast.clusters.cluster[0].et, 70);
    put(29, 10, 50);
    l1t_calo(&config, &towers, &fast);
    L1T_ASSERT_INT(fast.clusters.n, 0);
}

static void a_satellite_is_merged_and_shared_towers_count_once(void)
{
    fresh();
    put(10, 30, 100);
    put(10, 31, 20); // member of both
    put(10, 32, 10); // second member of the main cluster, first of the secondary
    put(10, 33, 30);
    l1t_calo(&config, &towers, &fast);
    L1T_ASSERT_INT(fast.tau.n, 1);
    L1T_ASSERT_INT(fast.tau.cand[0].site, 0);
    L1T_ASSERT_INT(fast.tau.cand[0].raw, 160);
    L1T_ASSERT_INT(fast.clusters.cluster[0].et, 130);
}

static void the_slip_of_tied_sites_loses_the_other_group(void)
{
    fresh();
    put(10, 30, 100);
    put(10, 33, 60); // site 0, the larger one
    put(9, 28, 20);  // sites 4 and 6
    put(11, 28, 20);
    l1t_calo(&config, &towers, &fast);
    const struct l1t_tau_cand *t = NULL;
    for (unsigned i = 0; i < fast.tau.n; i++)
        if (fast.clusters.cluster[fast.tau.cand[i].cluster].phi == 30)
            t = &fast.tau.cand[i];
    CU_ASSERT_PTR_NOT_NULL_FATAL(t);
    L1T_ASSERT_INT(t->active, 1 << 0 | 1 << 4 | 1 << 6);
    L1T_ASSERT_INT(t->site, 4);
    put(11, 28, 21); // no tie: the larger group wins
    l1t_calo(&config, &towers, &fast);
    for (unsigned i = 0; i < fast.tau.n; i++)
        if (fast.clusters.cluster[fast.tau.cand[i].cluster].phi == 30)
            L1T_ASSERT_INT(fast.tau.cand[i].site, 0);
}

static void a_large_egamma_needs_no_id(void)
{
    fresh();
    for (int i = 0; i < 4096; i++)
        config.egamma.calibration[i] = 256; // factor 1, not a shower's shape
    put(5, 20, 255);
    l1t_calo(&config, &towers, &fast);
    L1T_ASSERT_INT(fast.egamma.out.n_gt, 0);
    put(5, 20, 256);
    l1t_calo(&config, &towers, &fast);
    L1T_ASSERT_INT(fast.egamma.out.n_gt, 1);
    L1T_ASSERT_INT(l1t_egamma_gt_et(fast.egamma.out.gt[0]), 256);
    L1T_ASSERT_INT(l1t_egamma_gt_quality(fast.egamma.out.gt[0]), 7);
}

static void saturated_towers_saturate_their_sums(void)
{
    for (unsigned et = 508; et <= 511; et++) {
        fresh();
        put(35, 7, et);
        l1t_calo(&config, &towers, &fast);
        const struct l1t_sums_side *s = &fast.sums.side[0];
        L1T_ASSERT_INT(s->et.et, 0);
        L1T_ASSERT_INT(s->et_hf.et, et == 508 ? 508 : 65535);
        L1T_ASSERT_INT(s->et_hf.x == INT32_MAX, et != 508);
        // 508 * 1023 / 1024
        L1T_ASSERT_INT(l1t_sum_methf_gt_et(fast.sums.gt[4]), et == 508 ? 507 : 4095);
        L1T_ASSERT_INT(fast.sums.total.centrality, et == 508 ? 0 : 0x80);
        put(35, 7, 0);
        put(-3, 7, et);
        l1t_calo(&config, &towers, &fast);
        L1T_ASSERT_INT(fast.sums.side[1].et.et, et == 508 ? 508 : 65535);
        L1T_ASSERT_INT(fast.sums.side[1].em == 65535, et >= 510);
    }
}

static void a_vector_saturates_only_above_its_threshold(void)
{
    fresh();
    for (int i = 0; i < 2048; i++)
        config.sums.met_min[i] = 510;
    put(20, 7, 510);
    l1t_calo(&config, &towers, &fast);
    L1T_ASSERT_INT(fast.sums.side[0].et.et, 65535);
    L1T_ASSERT_INT(fast.sums.side[0].et.x, 0);
    put(20, 7, 511);
    l1t_calo(&config, &towers, &fast);
    L1T_ASSERT_INT(fast.sums.side[0].et.x, INT32_MAX);
}

// Every fine code of every tower: positions rise from west to east, stay inside the tower and
// mirror at eta 0; half a tower in phi wraps.
static void fine_positions_lie_in_their_tower(void)
{
    for (int m = 1; m <= 28; m++) {
        const int west = l1t_egtau_gt_eta(m, 1), centre = l1t_egtau_gt_eta(m, 2);
        const int east = l1t_egtau_gt_eta(m, 3);
        L1T_CHECK(west <= centre && centre <= east && east <= west + 2, "ring %d", m);
        L1T_CHECK(m == 28 || east <= l1t_egtau_gt_eta(m + 1, 1), "rings %d and the next", m);
        L1T_CHECK(l1t_egtau_gt_eta(-m, 3) == -west && l1t_egtau_gt_eta(-m, 2) == -centre &&
                      l1t_egtau_gt_eta(-m, 1) == -east,
                  "ring -%d", m);
    }
    for (unsigned phi = 1; phi <= 72; phi++) {
        L1T_ASSERT_INT(l1t_egtau_gt_phi(phi, 2), 2 * phi - 1);
        L1T_ASSERT_INT(l1t_egtau_gt_phi(phi, 1), 2 * phi % 144);
        L1T_ASSERT_INT(l1t_egtau_gt_phi(phi, 3), 2 * phi - 2);
    }
}

// The trigonometric table is 1023 times the cosine, to within rounding and one flaw.
static void the_trigonometric_table_is_one(void)
{
    int flaws = 0;
    for (int phi = 1; phi <= 72; phi++) {
        const double angle = (phi - 1) * acos(-1) / 36;
        L1T_CHECK(fabs(l1t_sums_cos(phi) - 1023 * cos(angle)) <= 1, "cos of column %d", phi);
        L1T_CHECK(fabs(l1t_sums_sin(phi) - 1023 * sin(angle)) <= 1, "sin of column %d", phi);
        flaws += l1t_sums_cos(phi) != -l1t_sums_cos((phi + 35) % 72 + 1);
        L1T_ASSERT_INT(l1t_sums_sin(phi), -l1t_sums_sin((phi + 35) % 72 + 1));
    }
    L1T_ASSERT_INT(flaws, 2); // seen from both ends of the same pair
}

// |a - b| / (a + b) in 1/256, for sums that are not small. The reciprocal comes from a table of at
// least 64, rounded, and is cut to at least 128: together 1/64 of the result. One unit is cut at
// the end, and the whole quotient wraps.
static void asymmetry_is_the_quotient(void)
{
    for (uint32_t sum = 600; sum < 131072; sum = sum * 9 / 8)
        for (uint32_t plus = 0; plus <= sum; plus += sum / 40) {
            const uint32_t minus = sum - plus;
            const double exact = 256 * fabs((double)plus - minus) / sum;
            const double found = l1t_sums_asymmetry(plus, minus);
            L1T_CHECK((exact > 251 && found < 2) || fabs(found - exact) <= exact / 63 + 1,
                      "%u %u: %g, %g", plus, minus, found, exact);
        }
    L1T_ASSERT_INT(l1t_sums_asymmetry(0, 0), 0);
    for (uint32_t a = 0; a < 3000; a += 7)
        L1T_ASSERT_INT(l1t_sums_asymmetry(a, 1234), l1t_sums_asymmetry(1234, a));
}

L1T_TEST_MAIN(
    "l1t_calo",
    {"agrees with the plain models on generated events",
     agrees_with_the_plain_models_on_generated_events},
    {"agrees with the plain models on adversarial events",
     agrees_with_the_plain_models_on_adversarial_events},
    {"of two equal towers one is the seed", of_two_equal_towers_one_is_the_seed},
    {"hf towers veto and join but are no seeds", hf_towers_veto_and_join_but_are_no_seeds},
    {"a satellite is merged and shared towers count once",
     a_satellite_is_merged_and_shared_towers_count_once},
    {"the slip of tied sites loses the other group", the_slip_of_tied_sites_loses_the_other_group},
    {"a large egamma needs no id", a_large_egamma_needs_no_id},
    {"saturated towers saturate their sums", saturated_towers_saturate_their_sums},
    {"a vector saturates only above its threshold", a_vector_saturates_only_above_its_threshold},
    {"fine positions lie in their tower", fine_positions_lie_in_their_tower},
    {"the trigonometric table is one", the_trigonometric_table_is_one},
    {"asymmetry is the quotient", asymmetry_is_the_quotient})

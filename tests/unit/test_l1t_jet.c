// SPDX-License-Identifier: GPL-3.0-or-later
// The fast jet model against the plain one, on generated and on adversarial events, and single
// rules of the algorithm on hand-made ones.
#include "jet_plain.h"
#include "l1t/jet_config.h"
#include "l1t/tower_gen.h"
#include "l1t/twin.h"
#include "l1t_formats.h"
#include "l1t_test.h"

#if defined(__SANITIZE_ADDRESS__) // five times slower, and there for memory errors only
enum { SEED = 20181, EVENTS = 50, CORNERS = 240 };
#else
enum { SEED = 20181, EVENTS = 600, CORNERS = 2400 };
#endif

static struct l1t_jet_setup setup;

static const struct l1t_jet_config *config(enum l1t_jet_pus pus)
{
    if (setup.model.seed_min == 0) {
        struct l1t_diag diag = {""};
        L1T_ASSERT_OK(l1t_jet_setup_load("configs/paths/jet.yaml", NULL, &setup, &diag), diag);
    }
    setup.model.pus = pus;
    return &setup.model;
}

static struct l1t_towers towers;
static struct l1t_jet_result fast, plain;

static bool same(void)
{
    if (fast.n_cand != plain.n_cand || fast.n_gt != plain.n_gt)
        return false;
    for (unsigned i = 0; i < fast.n_cand; i++) {
        const struct l1t_jet_cand *a = &fast.cand[i], *b = &plain.cand[i];
        if (a->m != b->m || a->phi != b->phi || a->keep != b->keep || a->seed != b->seed ||
            a->raw != b->raw || memcmp(a->flap, b->flap, sizeof a->flap) != 0 || a->pu != b->pu ||
            a->et != b->et || a->et_ht != b->et_ht || a->et_cal != b->et_cal)
            return false;
    }
    return memcmp(fast.reg, plain.reg, sizeof fast.reg) == 0 &&
           memcmp(fast.mp, plain.mp, sizeof fast.mp) == 0 &&
           memcmp(fast.gt, plain.gt, sizeof fast.gt) == 0;
}

static void compare(enum l1t_jet_pus pus, const char *what, unsigned event)
{
    l1t_jet(config(pus), &towers, &fast);
    jet_plain(config(pus), &towers, &plain);
    L1T_CHECK(same(), "%s event %u, pile-up mode %d", what, event, (int)pus);
}

static void agrees_with_the_plain_model_on_generated_events(void)
{
    struct l1t_diag diag = {""};
    struct l1t_tower_gen_params params;
    struct l1t_tower_gen *gen;
    l1t_tower_gen_defaults(&params);
    L1T_ASSERT_OK(l1t_tower_gen_new(&params, SEED, &gen, &diag), diag);
    for (unsigned e = 0; e < EVENTS; e++) {
        l1t_tower_gen_event(gen, e, &towers);
        compare(e % 2 == 0 ? L1T_JET_PUS_DONUT : L1T_JET_PUS_PHI_RING, "generated", e);
    }
    l1t_tower_gen_free(gen);
}

static void agrees_with_the_plain_model_on_adversarial_events(void)
{
    for (unsigned e = 0; e < CORNERS; e++) {
        l1t_tower_corner(SEED, e, e, &towers);
        compare(e / l1t_tower_corner_kinds() % 2 == 0 ? L1T_JET_PUS_DONUT : L1T_JET_PUS_PHI_RING,
                "adversarial", e);
    }
}

static void put(int m, int phi, unsigned et)
{
    towers.w[m < 0][(m < 0 ? -m : m) - 1][phi - 1] = (uint16_t)et;
}

static void of_two_equal_towers_the_later_on_the_diagonal_wins(void)
{
    for (int de = -4; de <= 4; de++)
        for (int dp = -4; dp <= 4; dp++) {
            if (de == 0 && dp == 0)
                continue;
            memset(&towers, 0, sizeof towers);
            put(20, 36, 40);
            put(20 + de, 36 + dp, 40);
            l1t_jet(config(L1T_JET_PUS_DONUT), &towers, &fast);
            const bool other = de + dp > 0 || (de + dp == 0 && de > 0);
            L1T_ASSERT_INT(fast.n_cand, 1);
            L1T_ASSERT_INT(fast.cand[0].m, other ? 20 + de : 20);
            L1T_ASSERT_INT(fast.cand[0].phi, other ? 36 + dp : 36);
        }
}

static void rings_of_both_sides_are_neighbours_at_zero(void)
{
    memset(&towers, 0, sizeof towers);
    put(1, 1, 40);
    put(-1, 72, 39);
    put(-4, 1, 20); // four rings from ring 1
    put(-5, 1, 10); // five: outside
    l1t_jet(config(L1T_JET_PUS_DONUT), &towers, &fast);
    L1T_ASSERT_INT(fast.n_cand, 1);
    L1T_ASSERT_INT(fast.cand[0].m, 1);
    L1T_ASSERT_INT(fast.cand[0].raw, 40 + 39 + 20);
}

static void a_saturated_seed_skips_pile_up_and_saturates(void)
{
    memset(&towers, 0, sizeof towers);
    put(-30, 5, 509);
    put(-30, 11, 100);
    l1t_jet(config(L1T_JET_PUS_DONUT), &towers, &fast);
    L1T_ASSERT_INT(fast.cand[0].seed, 509);
    L1T_ASSERT_INT(fast.cand[0].pu, 0);
    L1T_ASSERT_INT(fast.cand[0].et, 65535);
    L1T_ASSERT_INT(fast.cand[0].et_ht, 65535);
    L1T_ASSERT_INT(l1t_jet_gt_et(fast.gt[0]), 2047);
}

static void six_of_a_ring_are_kept(void)
{
    memset(&towers, 0, sizeof towers);
    for (int i = 0; i < 7; i++)
        put(10, 1 + 10 * i, 40);
    l1t_jet(config(L1T_JET_PUS_PHI_RING), &towers, &fast);
    L1T_ASSERT_INT(fast.n_cand, 7);
    int kept = 0;
    for (unsigned i = 0; i < fast.n_cand; i++)
        kept += fast.cand[i].keep;
    L1T_ASSERT_INT(kept, 6);
    L1T_ASSERT_INT(fast.n_gt, 6);
}

// Every record of the packed stages read back by lane is the candidate's.
static void packed_stages_hold_the_result(void)
{
    static uint32_t words[L1T_JET_STAGE_WORDS];
    const struct l1t_twin *twin = l1t_twin_find("jet");
    l1t_tower_corner(SEED, 4, 4, &towers);
    l1t_jet(config(L1T_JET_PUS_DONUT), &towers, &fast);
    l1t_jet_pack_stages(&fast, words);
    size_t at[L1T_JET_STAGES + 1] = {0};
    for (size_t s = 0; s < twin->n_stages; s++)
        at[s + 1] = at[s] + l1t_stage_event_words(&twin->stages[s]);
    L1T_ASSERT_INT(at[L1T_JET_STAGES], L1T_JET_STAGE_WORDS);
    CU_ASSERT(fast.n_cand > 0);
    for (unsigned i = 0; i < fast.n_cand; i++) {
        const struct l1t_jet_cand *c = &fast.cand[i];
        const unsigned ring = (unsigned)(c->m < 0 ? -c->m : c->m) - 1, side = c->m < 0;
        const unsigned lane = side * 18 + (c->phi - 1u) / 4;
        uint64_t record[L1T_JET_STAGES];
        for (size_t s = L1T_JET_STAGE_MAX; s <= L1T_JET_STAGE_SELECT; s++)
            record[s] = l1t_stage_record(
                &twin->stages[s], words + at[s] + ring * l1t_stage_row_words(&twin->stages[s]),
                s == L1T_JET_STAGE_MAX ? side * 72 + c->phi - 1u : lane);
        L1T_ASSERT_INT(record[L1T_JET_STAGE_MAX], 1);
        L1T_ASSERT_INT(l1t_jet_raw_phi(record[L1T_JET_STAGE_RAW]), c->phi);
        L1T_ASSERT_INT(l1t_jet_raw_raw(record[L1T_JET_STAGE_RAW]), c->raw);
        L1T_ASSERT_INT(l1t_jet_flaps_eta_down(record[L1T_JET_STAGE_FLAPS]), c->flap[3]);
        L1T_ASSERT_INT(l1t_jet_pus_et(record[L1T_JET_STAGE_PUS]), c->et);
        L1T_ASSERT_INT(l1t_jet_cal_et_ht(record[L1T_JET_STAGE_CAL]), c->et_ht);
        L1T_ASSERT_INT(record[L1T_JET_STAGE_SELECT], c->keep);
    }
    for (unsigned i = 0; i < 12; i++)
        L1T_ASSERT_INT(l1t_stage_record(&twin->stages[L1T_JET_STAGE_DEMUX],
                                        words + at[L1T_JET_STAGE_DEMUX], i),
                       fast.gt[i]);
}

L1T_TEST_MAIN("l1t_jet",
              {"agrees with the plain model on generated events",
               agrees_with_the_plain_model_on_generated_events},
              {"agrees with the plain model on adversarial events",
               agrees_with_the_plain_model_on_adversarial_events},
              {"of two equal towers the later on the diagonal wins",
               of_two_equal_towers_the_later_on_the_diagonal_wins},
              {"rings of both sides are neighbours at zero",
               rings_of_both_sides_are_neighbours_at_zero},
              {"a saturated seed skips pile-up and saturates",
               a_saturated_seed_skips_pile_up_and_saturates},
              {"six of a ring are kept", six_of_a_ring_are_kept},
              {"packed stages hold the result", packed_stages_hold_the_result})

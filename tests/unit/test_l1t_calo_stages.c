// SPDX-License-Identifier: GPL-3.0-or-later
// Packed stages of the e/gamma, tau and sum paths: sizes are those that the stage tables give, and
// every record, read back by row and lane, is the result's.
#include "calo_plain.h"
#include "l1t/tower_gen.h"
#include "l1t/twin.h"
#include "l1t_formats.h"
#include "l1t_test.h"

enum { SEED = 20184, LANES = 36 };

static struct l1t_calo_config config;
static struct l1t_calo_result result;

// clang-format off
static const struct l1t_stage egamma_stages[L1T_EGAMMA_STAGES] = {
    [L1T_EGAMMA_STAGE_NTT] = {"ntt", "ntt", 1, 1},
    [L1T_EGAMMA_STAGE_CLUSTER] = {"cluster", "cluster_cand", L1T_CLUSTER_RINGS, LANES},
    [L1T_EGAMMA_STAGE_CAND] = {"cand", "egamma_cand", L1T_CLUSTER_RINGS, LANES},
    [L1T_EGAMMA_STAGE_SORT] = {"sort", "egtau_mp", 1, 12},
    [L1T_EGAMMA_STAGE_DEMUX] = {"demux", "egamma_gt", 1, 12},
};

static const struct l1t_stage tau_stages[L1T_TAU_STAGES] = {
    [L1T_TAU_STAGE_NTT] = {"ntt", "ntt", 1, 1},
    [L1T_TAU_STAGE_CLUSTER] = {"cluster", "cluster_cand", L1T_CLUSTER_RINGS, LANES},
    [L1T_TAU_STAGE_CAND] = {"cand", "tau_cand", L1T_TAU_RINGS, LANES},
    [L1T_TAU_STAGE_SORT] = {"sort", "egtau_mp", 1, 12},
    [L1T_TAU_STAGE_DEMUX] = {"demux", "tau_gt", 1, 12},
};

static const struct l1t_stage sums_stages[L1T_SUMS_STAGES] = {
    [L1T_SUMS_STAGE_NTT] = {"ntt", "ntt", 1, 1},
    [L1T_SUMS_STAGE_SCALAR] = {"scalar", "sum_scalar_mp", 1, 8},
    [L1T_SUMS_STAGE_VECTOR] = {"vector", "sum_vector_mp", 1, 16},
    [L1T_SUMS_STAGE_MB] = {"mb", "sum_mb_mp", 1, 1},
    [L1T_SUMS_STAGE_COUNT] = {"count", "sum_count_mp", 1, 1},
    [L1T_SUMS_STAGE_FRAME] = {"et", "sum_et_gt", 1, 1},
    {"ht", "sum_ht_gt", 1, 1},
    {"met", "sum_met_gt", 1, 1},
    {"mht", "sum_mht_gt", 1, 1},
    {"methf", "sum_methf_gt", 1, 1},
    {"mhthf", "sum_mhthf_gt", 1, 1},
};
// clang-format on

static void make_result(void)
{
    static struct l1t_towers towers;
    struct l1t_diag diag = {""};
    struct l1t_tower_gen_params params;
    struct l1t_tower_gen *gen;
    l1t_tower_gen_defaults(&params);
    L1T_ASSERT_OK(l1t_tower_gen_new(&params, SEED, &gen, &diag), diag);
    l1t_tower_gen_event(gen, 1, &towers);
    l1t_tower_gen_free(gen);
    for (int i = 0; i < L1T_SIDES * L1T_RINGS * L1T_PHIS; i += 5) // feature and fine-grain bits
        (&towers.w[0][0][0])[i] ^= (uint16_t)(i % 2 == 0 ? 0x4000 : 0x8000);
    calo_random_config(SEED, &config);
    l1t_calo(&config, &towers, &result);
    CU_ASSERT(result.clusters.n > 20 && result.tau.n > 20 && result.egamma.out.n_gt > 0);
}

static uint64_t record_of(const uint32_t *words, const struct l1t_stage *stages, unsigned stage,
                          unsigned row, unsigned lane)
{
    for (unsigned s = 0; s < stage; s++)
        words += l1t_stage_event_words(&stages[s]);
    return l1t_stage_record(&stages[stage], words + row * l1t_stage_row_words(&stages[stage]),
                            lane);
}

static size_t words_of(const struct l1t_stage *stages, unsigned n)
{
    size_t words = 0;
    for (unsigned s = 0; s < n; s++)
        words += l1t_stage_event_words(&stages[s]);
    return words;
}

static unsigned row_of(const struct l1t_cluster *c)
{
    return (unsigned)abs(c->m) - 1;
}

static unsigned lane_of(const struct l1t_cluster *c)
{
    return (c->m < 0 ? 18u : 0u) + (c->phi - 1u) / 4;
}

static void check_cluster(uint64_t record, const struct l1t_cluster *c)
{
    CU_ASSERT(l1t_cluster_cand_phi(record) == c->phi && l1t_cluster_cand_et(record) == c->et &&
              l1t_cluster_cand_flags(record) == c->flags && l1t_cluster_cand_em(record) == c->em &&
              l1t_cluster_cand_had(record) == c->had &&
              l1t_cluster_cand_fg_eta(record) == c->fg_eta &&
              l1t_cluster_cand_hoe(record) == c->hoe && l1t_cluster_cand_fg(record) == c->fg);
}

static void egamma_stages_hold_the_result(void)
{
    static uint32_t w[L1T_EGAMMA_STAGE_WORDS];
    L1T_ASSERT_INT(words_of(egamma_stages, L1T_EGAMMA_STAGES), L1T_EGAMMA_STAGE_WORDS);
    make_result();
    l1t_egamma_pack_stages(result.ntt, &result.clusters, &result.egamma, w);
    L1T_ASSERT_INT(record_of(w, egamma_stages, L1T_EGAMMA_STAGE_NTT, 0, 0), result.ntt);
    for (unsigned i = 0; i < result.egamma.n; i++) {
        const struct l1t_cluster *c = &result.clusters.cluster[i];
        const struct l1t_egamma_cand *g = &result.egamma.cand[i];
        check_cluster(record_of(w, egamma_stages, L1T_EGAMMA_STAGE_CLUSTER, row_of(c), lane_of(c)),
                      c);
        const uint64_t r =
            record_of(w, egamma_stages, L1T_EGAMMA_STAGE_CAND, row_of(c), lane_of(c));
        CU_ASSERT(l1t_egamma_cand_raw(r) == g->raw && l1t_egamma_cand_pt(r) == g->pt &&
                  l1t_egamma_cand_quality(r) == g->quality && l1t_egamma_cand_iso(r) == g->iso &&
                  l1t_egamma_cand_iso_et(r) == g->iso_et && l1t_egamma_cand_shape(r) == g->shape &&
                  l1t_egamma_cand_trimmed(r) == g->trimmed &&
                  l1t_egamma_cand_fine_eta(r) == g->fine_eta &&
                  l1t_egamma_cand_fine_phi(r) == g->fine_phi);
    }
    for (unsigned i = 0; i < 12; i++) {
        L1T_ASSERT_INT(record_of(w, egamma_stages, L1T_EGAMMA_STAGE_SORT, 0, i),
                       result.egamma.out.mp[i / 6][i % 6]);
        L1T_ASSERT_INT(record_of(w, egamma_stages, L1T_EGAMMA_STAGE_DEMUX, 0, i),
                       result.egamma.out.gt[i]);
    }
}

static void tau_stages_hold_the_result(void)
{
    static uint32_t w[L1T_TAU_STAGE_WORDS];
    L1T_ASSERT_INT(words_of(tau_stages, L1T_TAU_STAGES), L1T_TAU_STAGE_WORDS);
    make_result();
    l1t_tau_pack_stages(result.ntt, &result.clusters, &result.tau, w);
    L1T_ASSERT_INT(record_of(w, tau_stages, L1T_TAU_STAGE_NTT, 0, 0), result.ntt);
    for (unsigned i = 0; i < result.tau.n; i++) {
        const struct l1t_tau_cand *t = &result.tau.cand[i];
        const struct l1t_cluster *c = &result.clusters.cluster[t->cluster];
        check_cluster(record_of(w, tau_stages, L1T_TAU_STAGE_CLUSTER, row_of(c), lane_of(c)), c);
        const uint64_t r = record_of(w, tau_stages, L1T_TAU_STAGE_CAND, row_of(c), lane_of(c));
        const bool merged = t->site != L1T_TAU_NO_SITE;
        CU_ASSERT(l1t_tau_cand_raw(r) == t->raw && l1t_tau_cand_pt(r) == t->pt &&
                  l1t_tau_cand_merged(r) == merged &&
                  l1t_tau_cand_site(r) == (merged ? t->site : 0) && l1t_tau_cand_em(r) == t->em &&
                  l1t_tau_cand_iso_et(r) == t->iso_et && l1t_tau_cand_iso(r) == t->iso);
    }
    for (unsigned i = 0; i < 12; i++) {
        L1T_ASSERT_INT(record_of(w, tau_stages, L1T_TAU_STAGE_SORT, 0, i),
                       result.tau.out.mp[i / 6][i % 6]);
        L1T_ASSERT_INT(record_of(w, tau_stages, L1T_TAU_STAGE_DEMUX, 0, i), result.tau.out.gt[i]);
    }
}

static void check_sum(const uint32_t *w, unsigned side, unsigned kind,
                      const struct l1t_vector_sum *sum, uint32_t em)
{
    const unsigned lane = side * 4 + kind;
    const uint64_t scalar = record_of(w, sums_stages, L1T_SUMS_STAGE_SCALAR, 0, lane);
    const uint64_t x = record_of(w, sums_stages, L1T_SUMS_STAGE_VECTOR, 0, 2 * lane);
    const uint64_t y = record_of(w, sums_stages, L1T_SUMS_STAGE_VECTOR, 0, 2 * lane + 1);
    L1T_ASSERT_INT(l1t_sum_scalar_mp_et(scalar), sum->et);
    L1T_ASSERT_INT(l1t_sum_scalar_mp_em(scalar), em);
    L1T_ASSERT_INT(l1t_sum_vector_mp_v(x), sum->x);
    L1T_ASSERT_INT(l1t_sum_vector_mp_v(y), sum->y);
}

static void sum_stages_hold_the_result(void)
{
    uint32_t w[L1T_SUMS_STAGE_WORDS];
    L1T_ASSERT_INT(words_of(sums_stages, L1T_SUMS_STAGES), L1T_SUMS_STAGE_WORDS);
    make_result();
    l1t_sums_pack_stages(result.ntt, &result.sums, w);
    L1T_ASSERT_INT(record_of(w, sums_stages, L1T_SUMS_STAGE_NTT, 0, 0), result.ntt);
    for (unsigned side = 0; side < L1T_SIDES; side++) {
        const struct l1t_sums_side *s = &result.sums.side[side];
        check_sum(w, side, 0, &s->et_hf, 0);
        check_sum(w, side, 1, &s->et, s->em);
        check_sum(w, side, 2, &s->ht_hf, 0);
        check_sum(w, side, 3, &s->ht, 0);
    }
    const uint64_t mb = record_of(w, sums_stages, L1T_SUMS_STAGE_MB, 0, 0);
    L1T_ASSERT_INT(l1t_sum_mb_mp_mb0_plus(mb), result.sums.side[0].mb[0]);
    L1T_ASSERT_INT(l1t_sum_mb_mp_mb0_minus(mb), result.sums.side[1].mb[0]);
    L1T_ASSERT_INT(l1t_sum_mb_mp_mb1_plus(mb), result.sums.side[0].mb[1]);
    L1T_ASSERT_INT(l1t_sum_mb_mp_mb1_minus(mb), result.sums.side[1].mb[1]);
    L1T_ASSERT_INT(record_of(w, sums_stages, L1T_SUMS_STAGE_COUNT, 0, 0), result.sums.total.towers);
    for (unsigned i = 0; i < L1T_SUMS_FRAMES; i++)
        L1T_ASSERT_INT(record_of(w, sums_stages, L1T_SUMS_STAGE_FRAME + i, 0, 0),
                       result.sums.gt[i]);
    L1T_ASSERT_INT(l1t_sum_mht_gt_asymmetry(result.sums.gt[3]), result.sums.total.asym_ht);
    L1T_ASSERT_INT(l1t_sum_mhthf_gt_centrality(result.sums.gt[5]),
                   result.sums.total.centrality >> 4);
}

L1T_TEST_MAIN("l1t_calo_stages", {"egamma stages hold the result", egamma_stages_hold_the_result},
              {"tau stages hold the result", tau_stages_hold_the_result},
              {"sum stages hold the result", sum_stages_hold_the_result})

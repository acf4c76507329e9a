// SPDX-License-Identifier: Apache-2.0
// The stages of the e/gamma, tau and sum paths, and of all together, as the RTL's probes show them:
// rows of records packed from bit 0 upwards.
#include "../l1t_formats.h"
#include "l1t_calo.h"

#include <string.h>

#define ROW_WORDS(lanes, bits) (((lanes) * (bits) + 31) / 32)

enum {
    LANES = L1T_SIDES * L1T_CLUSTER_SLOTS,
    CLUSTER_ROW = ROW_WORDS(LANES, l1t_cluster_cand_bits),
    EGAMMA_ROW = ROW_WORDS(LANES, l1t_egamma_cand_bits),
    TAU_ROW = ROW_WORDS(LANES, l1t_tau_cand_bits),
    SORT_BITS = L1T_SIDES * L1T_EGTAU_PER_SIDE * l1t_egtau_mp_bits,
    AT_CLUSTER = 1, // behind nTT
    FRONT_WORDS = AT_CLUSTER + L1T_CLUSTER_RINGS * CLUSTER_ROW,
    EGAMMA_CANDS = L1T_CLUSTER_RINGS * EGAMMA_ROW,
    TAU_CANDS = L1T_TAU_RINGS * TAU_ROW
};

// A ring's record goes into the lane of its side and phi slot.
static void put_cand(uint32_t *stage, unsigned row_words, const struct l1t_cluster *c,
                     unsigned bits, uint64_t record)
{
    const unsigned ring = (unsigned)(c->m < 0 ? -c->m : c->m);
    const unsigned lane = (c->m < 0 ? L1T_CLUSTER_SLOTS : 0u) + (c->phi - 1u) / 4;
    l1t_bits_put(stage, (ring - 1) * row_words * 32 + lane * bits, bits, record);
}

// nTT and clusters.
static void pack_front(unsigned ntt, const struct l1t_cluster_result *clusters, uint32_t *words)
{
    uint32_t *stage = &words[AT_CLUSTER];
    words[0] = (uint32_t)l1t_ntt_n_put(ntt);
    for (unsigned i = 0; i < clusters->n; i++) {
        const struct l1t_cluster *c = &clusters->cluster[i];
        const uint64_t record = l1t_cluster_cand_phi_put(c->phi) | l1t_cluster_cand_et_put(c->et) |
                                l1t_cluster_cand_flags_put(c->flags) |
                                l1t_cluster_cand_em_put(c->em) | l1t_cluster_cand_had_put(c->had) |
                                l1t_cluster_cand_fg_eta_put(c->fg_eta) |
                                l1t_cluster_cand_hoe_put(c->hoe) | l1t_cluster_cand_fg_put(c->fg);
        put_cand(stage, CLUSTER_ROW, c, l1t_cluster_cand_bits, record);
    }
}

static void pack_output(const struct l1t_egtau_result *out, uint32_t *stage)
{
    for (unsigned side = 0; side < L1T_SIDES; side++)
        for (unsigned i = 0; i < L1T_EGTAU_PER_SIDE; i++)
            stage[side * L1T_EGTAU_PER_SIDE + i] = out->mp[side][i];
    for (unsigned i = 0; i < L1T_EGTAU_OUT; i++)
        l1t_bits_put(stage, SORT_BITS + i * l1t_egamma_gt_bits, l1t_egamma_gt_bits, out->gt[i]);
}

static void pack_egamma(const struct l1t_cluster_result *clusters,
                        const struct l1t_egamma_result *result, uint32_t *stage)
{
    for (unsigned i = 0; i < result->n; i++) {
        const struct l1t_egamma_cand *g = &result->cand[i];
        const uint64_t record =
            l1t_egamma_cand_raw_put(g->raw) | l1t_egamma_cand_pt_put(g->pt) |
            l1t_egamma_cand_quality_put(g->quality) | l1t_egamma_cand_iso_put(g->iso) |
            l1t_egamma_cand_iso_et_put(g->iso_et) | l1t_egamma_cand_shape_put(g->shape) |
            l1t_egamma_cand_trimmed_put(g->trimmed) | l1t_egamma_cand_fine_eta_put(g->fine_eta) |
            l1t_egamma_cand_fine_phi_put(g->fine_phi);
        put_cand(stage, EGAMMA_ROW, &clusters->cluster[i], l1t_egamma_cand_bits, record);
    }
    pack_output(&result->out, &stage[EGAMMA_CANDS]);
}

static void pack_tau(const struct l1t_cluster_result *clusters, const struct l1t_tau_result *result,
                     uint32_t *stage)
{
    for (unsigned i = 0; i < result->n; i++) {
        const struct l1t_tau_cand *t = &result->cand[i];
        const unsigned merged = t->site != L1T_TAU_NO_SITE;
        const uint64_t record = l1t_tau_cand_raw_put(t->raw) | l1t_tau_cand_pt_put(t->pt) |
                                l1t_tau_cand_merged_put(merged) |
                                l1t_tau_cand_site_put(merged ? t->site : 0) |
                                l1t_tau_cand_em_put(t->em) | l1t_tau_cand_iso_et_put(t->iso_et) |
                                l1t_tau_cand_iso_put(t->iso);
        put_cand(stage, TAU_ROW, &clusters->cluster[t->cluster], l1t_tau_cand_bits, record);
    }
    pack_output(&result->out, &stage[TAU_CANDS]);
}

void l1t_egamma_pack_stages(unsigned ntt, const struct l1t_cluster_result *clusters,
                            const struct l1t_egamma_result *result,
                            uint32_t words[L1T_EGAMMA_STAGE_WORDS])
{
    memset(words, 0, L1T_EGAMMA_STAGE_WORDS * sizeof words[0]);
    pack_front(ntt, clusters, words);
    pack_egamma(clusters, result, &words[FRONT_WORDS]);
}

void l1t_tau_pack_stages(unsigned ntt, const struct l1t_cluster_result *clusters,
                         const struct l1t_tau_result *result, uint32_t words[L1T_TAU_STAGE_WORDS])
{
    memset(words, 0, L1T_TAU_STAGE_WORDS * sizeof words[0]);
    pack_front(ntt, clusters, words);
    pack_tau(clusters, result, &words[FRONT_WORDS]);
}

// All but nTT.
static void pack_sums(const struct l1t_sums_result *result, uint32_t *words)
{
    enum { KINDS = 4, SCALARS = L1T_SIDES * KINDS };
    uint32_t *scalar = words, *vector = &words[SCALARS], *rest = &words[3 * SCALARS];
    for (unsigned side = 0; side < L1T_SIDES; side++) {
        const struct l1t_sums_side *s = &result->side[side];
        const struct l1t_vector_sum *kind[KINDS] = {&s->et_hf, &s->et, &s->ht_hf, &s->ht};
        for (unsigned k = 0; k < KINDS; k++) {
            const uint32_t em = kind[k] == &s->et ? s->em : 0;
            scalar[side * KINDS + k] =
                (uint32_t)(l1t_sum_scalar_mp_et_put(kind[k]->et) | l1t_sum_scalar_mp_em_put(em));
            *vector++ = (uint32_t)kind[k]->x;
            *vector++ = (uint32_t)kind[k]->y;
        }
    }
    rest[0] = (uint32_t)(l1t_sum_mb_mp_mb0_plus_put(result->side[0].mb[0]) |
                         l1t_sum_mb_mp_mb0_minus_put(result->side[1].mb[0]) |
                         l1t_sum_mb_mp_mb1_plus_put(result->side[0].mb[1]) |
                         l1t_sum_mb_mp_mb1_minus_put(result->side[1].mb[1]));
    rest[1] = (uint32_t)l1t_sum_count_mp_towers_put(result->total.towers);
    memcpy(&rest[2], result->gt, sizeof result->gt);
}

void l1t_sums_pack_stages(unsigned ntt, const struct l1t_sums_result *result,
                          uint32_t words[L1T_SUMS_STAGE_WORDS])
{
    words[0] = (uint32_t)l1t_ntt_n_put(ntt);
    pack_sums(result, &words[1]);
}

void l1t_calo_pack_stages(const struct l1t_calo_result *result,
                          uint32_t words[L1T_CALO_STAGE_WORDS])
{
    enum {
        AT_TAU = L1T_EGAMMA_STAGE_WORDS,
        AT_JET = AT_TAU + L1T_TAU_STAGE_WORDS - FRONT_WORDS,
        AT_SUMS = AT_JET + L1T_JET_STAGE_WORDS
    };
    l1t_egamma_pack_stages(result->ntt, &result->clusters, &result->egamma, words);
    memset(&words[AT_TAU], 0, (AT_JET - AT_TAU) * sizeof words[0]);
    pack_tau(&result->clusters, &result->tau, &words[AT_TAU]);
    l1t_jet_pack_stages(&result->jet, &words[AT_JET]);
    pack_sums(&result->sums, &words[AT_SUMS]);
}

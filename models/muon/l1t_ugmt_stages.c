// SPDX-License-Identifier: Apache-2.0
// The crossing as the board receives it, and the stages as the RTL's probes show them.
#include "../l1t_formats.h"
#include "l1t_ugmt.h"

#include <stddef.h>
#include <string.h>

enum { SUM_BITS = 5, SUMS_PER_FRAME = 6, SERVICE_BIT = 31 };

void l1t_ugmt_unpack(const uint32_t in[L1T_UGMT_IN_WORDS], struct l1t_ugmt_event *event)
{
    const uint32_t data = ~(UINT32_C(1) << SERVICE_BIT);
    for (unsigned frame = 0; frame < L1T_UGMT_FRAMES; frame++) {
        const uint32_t *calo = in + (size_t)frame * L1T_UGMT_FRAME_WORDS;
        for (unsigned ring = 0; ring < L1T_UGMT_ETA_REGIONS; ring++)
            for (unsigned i = 0; i < SUMS_PER_FRAME; i++)
                event->sum[L1T_UGMT_PHI_REGIONS * ring + SUMS_PER_FRAME * frame + i] =
                    (uint8_t)(calo[ring] >> (SUM_BITS * i) & 31);
    }
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const unsigned link = i / L1T_UGMT_SLOTS, frame = 2 * (i % L1T_UGMT_SLOTS);
        const uint32_t *low =
            in + (size_t)frame * L1T_UGMT_FRAME_WORDS + L1T_UGMT_ETA_REGIONS + link;
        const uint32_t *high = low + L1T_UGMT_FRAME_WORDS;
        event->muon[i] = (uint64_t)(*high & data) << 32 | (*low & data);
    }
}

void l1t_ugmt_pack(const struct l1t_ugmt_event *event, uint32_t in[L1T_UGMT_IN_WORDS])
{
    memset(in, 0, L1T_UGMT_IN_WORDS * sizeof in[0]);
    for (unsigned k = 0; k < L1T_UGMT_SUMS; k++) {
        const unsigned ring = k / L1T_UGMT_PHI_REGIONS, phi = k % L1T_UGMT_PHI_REGIONS;
        in[phi / SUMS_PER_FRAME * L1T_UGMT_FRAME_WORDS + ring] |=
            (uint32_t)event->sum[k] << (SUM_BITS * (phi % SUMS_PER_FRAME));
    }
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const unsigned link = i / L1T_UGMT_SLOTS, frame = 2 * (i % L1T_UGMT_SLOTS);
        uint32_t *low = in + (size_t)frame * L1T_UGMT_FRAME_WORDS + L1T_UGMT_ETA_REGIONS + link;
        low[0] = (uint32_t)event->muon[i];
        low[L1T_UGMT_FRAME_WORDS] = (uint32_t)(event->muon[i] >> 32);
    }
}

// ---- stages ----

static void put_lane(uint32_t *row, unsigned lane, unsigned bits, uint64_t record)
{
    l1t_bits_put(row, lane * bits, bits, record);
}

static uint32_t *next_row(uint32_t *row, unsigned lanes, unsigned bits)
{
    return row + ((size_t)lanes * bits + 31) / 32;
}

static uint64_t decode_record(const struct l1t_ugmt_cand *c)
{
    return l1t_muon_dec_valid_put(1) | l1t_muon_dec_pt_put(c->pt) |
           l1t_muon_dec_quality_put(c->quality) | l1t_muon_dec_eta_put(c->eta) |
           l1t_muon_dec_phi_put(c->phi) | l1t_muon_dec_fine_put(c->fine) |
           l1t_muon_dec_sign_put(c->sign) | l1t_muon_dec_sign_valid_put(c->sign_valid) |
           l1t_muon_dec_pt_u_put(c->pt_u) | l1t_muon_dec_dxy_put(c->dxy);
}

static uint32_t *pack_cands(const struct l1t_ugmt_result *result, uint32_t *row)
{
    uint32_t *decode = row;
    uint32_t *cancel = next_row(decode, L1T_UGMT_IN, l1t_muon_dec_bits);
    uint32_t *ext = next_row(cancel, L1T_UGMT_IN, l1t_muon_cancel_bits);
    uint32_t *rank = next_row(ext, L1T_UGMT_IN, l1t_muon_ext_bits);
    for (unsigned i = 0; i < result->n; i++) {
        const struct l1t_ugmt_cand *c = &result->cand[i];
        put_lane(decode, c->index, l1t_muon_dec_bits, decode_record(c));
        put_lane(cancel, c->index, l1t_muon_cancel_bits, c->cancel);
        put_lane(ext, c->index, l1t_muon_ext_bits,
                 l1t_muon_ext_deta_put(c->deta) | l1t_muon_ext_dphi_put(c->dphi));
        put_lane(rank, c->index, l1t_muon_rank_bits, c->rank);
    }
    return next_row(rank, L1T_UGMT_IN, l1t_muon_rank_bits);
}

static uint32_t *pack_first(const struct l1t_ugmt_result *result, uint32_t *row)
{
    for (unsigned group = 0; group < L1T_UGMT_GROUPS; group++)
        for (unsigned k = 0; k < result->n_kept[group]; k++) {
            const unsigned place = l1t_ugmt_place[group] + k;
            const struct l1t_ugmt_cand *c = &result->cand[result->kept[place]];
            put_lane(row, place, l1t_muon_kept_bits,
                     l1t_muon_kept_valid_put(1) | l1t_muon_kept_index_put(c->index) |
                         l1t_muon_kept_rank_put(c->rank));
        }
    return next_row(row, L1T_UGMT_KEPT, l1t_muon_kept_bits);
}

static uint32_t *pack_final(const struct l1t_ugmt_result *result, uint32_t *row)
{
    for (unsigned i = 0; i < result->n_final; i++) {
        const struct l1t_ugmt_final *f = &result->final[i];
        const struct l1t_ugmt_cand *c = &result->cand[f->cand];
        put_lane(row, i, l1t_muon_final_bits,
                 l1t_muon_final_valid_put(1) | l1t_muon_final_index_put(c->index) |
                     l1t_muon_final_eta_vtx_put(f->eta_vtx) |
                     l1t_muon_final_phi_vtx_put(f->phi_vtx) |
                     l1t_muon_final_eta_region_put(f->eta_region) |
                     l1t_muon_final_phi_region_put(f->phi_region) | l1t_muon_final_sum_put(f->sum) |
                     l1t_muon_final_rank_put(c->rank) | l1t_muon_final_iso_put(f->iso));
    }
    return next_row(row, L1T_UGMT_OUT, l1t_muon_final_bits);
}

static uint32_t *pack_words(const uint64_t *word, unsigned n, uint32_t *row)
{
    for (unsigned i = 0; i < n; i++) {
        row[2 * (size_t)i] = (uint32_t)word[i];
        row[2 * (size_t)i + 1] = (uint32_t)(word[i] >> 32);
    }
    return row + 2 * (size_t)n;
}

void l1t_ugmt_pack_stages(const struct l1t_ugmt_result *result,
                          uint32_t words[L1T_UGMT_STAGE_WORDS])
{
    memset(words, 0, L1T_UGMT_STAGE_WORDS * sizeof words[0]);
    words = pack_cands(result, words);
    words = pack_first(result, words);
    words = pack_final(result, words);
    words = pack_words(result->mid, L1T_UGMT_KEPT, words);
    words = pack_words(result->gt, L1T_UGMT_OUT, words);
    memcpy(words, result->eta_pair, sizeof result->eta_pair);
}

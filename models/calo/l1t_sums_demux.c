// SPDX-License-Identifier: Apache-2.0
// Sums of the two sides at the demultiplexer and their words.
// Twin: rtl/calo/l1t_sums_demux.sv, l1t_sums_asymmetry.sv
#include "../l1t_fixed.h"
#include "../l1t_formats.h"
#include "l1t_cordic.h"
#include "l1t_sums.h"

enum { SCALAR_BITS = 12, SCALAR_MAX = 4095 };

// ---- missing energy ----

// The length loses the scale of the trigonometric table (1/1024) and, for jets, of the 16 that was
// taken off before (1/64).
static struct l1t_missing missing(const struct l1t_vector_sum *a, const struct l1t_vector_sum *b,
                                  unsigned shift)
{
    struct l1t_missing out = {SCALAR_MAX, 0};
    const int32_t full = L1T_SUMS_VECTOR_SATURATED;
    if (a->x == full || a->y == full || b->x == full || b->y == full)
        return out;
    const struct l1t_polar polar = l1t_cordic(a->x + b->x, a->y + b->y);
    out.et = polar.length >> shift;
    out.phi = l1t_wrap_u(l1t_shr(polar.phi, 4), 8);
    return out;
}

// ---- asymmetry ----

// Rounded 2^24 / i^2 in 24 bits, a ROM of 512 entries in the hardware.
static uint32_t reciprocal_square(uint32_t i)
{
    const uint32_t square = i * i;
    return i == 0 ? 0 : l1t_clip_u(((INT64_C(1) << 24) + square / 2) / square, 24);
}

// The quotient num / den by one step of a series around den's upper half: with den = h + l,
// 1 / den is about (h - l) / h^2. The scale is set so that 256 would be 1, which wraps to 0; small
// sums are coarse. Widths and order of the cuts are the reference's.
unsigned l1t_sums_asymmetry(uint32_t plus, uint32_t minus)
{
    enum { DEN_BITS = 18, LOW_BITS = 9, MAX_SHIFT = 9 };
    const uint64_t num = plus > minus ? plus - minus : minus - plus;
    uint32_t den = l1t_wrap_u((int64_t)plus + minus, DEN_BITS);
    unsigned shift = 0;
    while (shift < MAX_SHIFT && !(den >> (DEN_BITS - 1) & 1)) {
        den = l1t_wrap_u((int64_t)den << 1, DEN_BITS);
        shift++;
    }
    const uint32_t low = l1t_wrap_u(den, LOW_BITS), high = den - low;
    const uint64_t inverse = (uint64_t)(high - low) * reciprocal_square(den >> LOW_BITS) >> 17;
    const uint64_t quotient = (num * inverse << 2) >> (MAX_SHIFT - shift);
    return l1t_wrap_u((int64_t)quotient, DEN_BITS) >> 10;
}

// ---- centrality ----

static unsigned centrality(const struct l1t_sums_config *config, uint32_t ett, uint32_t ett_hf)
{
    if (ett >= L1T_SUMS_SATURATED || ett_hf >= L1T_SUMS_SATURATED)
        return 0x80;
    const int32_t hf = (int32_t)ett_hf - (int32_t)ett;
    unsigned bits = 0;
    for (unsigned i = 0; i < L1T_SUMS_CENTRALITIES; i++)
        if (hf >= config->centrality_lower[i] && hf <= config->centrality_upper[i])
            bits |= 1u << i;
    return bits;
}

// ---- words ----

static uint32_t clip(uint32_t value)
{
    return l1t_clip_u(value, SCALAR_BITS);
}

static uint32_t met_frame(const struct l1t_missing *met, unsigned asymmetry, unsigned last)
{
    return (uint32_t)(l1t_sum_met_gt_et_put(clip(met->et)) | l1t_sum_met_gt_phi_put(met->phi) |
                      l1t_sum_met_gt_asymmetry_put(asymmetry) | l1t_sum_met_gt_mb1_plus_put(last));
}

static void pack(const struct l1t_sums_total *t, const struct l1t_sums_side side[L1T_SIDES],
                 uint32_t gt[L1T_SUMS_FRAMES])
{
    gt[0] = (uint32_t)(l1t_sum_et_gt_et_put(t->ett) | l1t_sum_et_gt_em_put(t->em) |
                       l1t_sum_et_gt_mb0_plus_put(side[0].mb[0]));
    gt[1] = (uint32_t)(l1t_sum_ht_gt_et_put(t->ht) | l1t_sum_ht_gt_towers_put(clip(t->towers)) |
                       l1t_sum_ht_gt_mb0_minus_put(side[1].mb[0]));
    gt[2] = met_frame(&t->met, t->asym_et, side[0].mb[1]);
    gt[3] = met_frame(&t->mht, t->asym_ht, side[1].mb[1]);
    gt[4] = met_frame(&t->met_hf, t->asym_et_hf, t->centrality & 15u);
    gt[5] = met_frame(&t->mht_hf, t->asym_ht_hf, t->centrality >> 4);
}

void l1t_sums_demux(const struct l1t_sums_config *config, struct l1t_sums_result *result)
{
    enum { MET_SHIFT = 10, MHT_SHIFT = 6 };
    const struct l1t_sums_side *p = &result->side[0], *n = &result->side[1];
    struct l1t_sums_total *t = &result->total;
    t->ett = clip(p->et.et + n->et.et);
    t->ett_hf = clip(p->et_hf.et + n->et_hf.et);
    t->em = clip(p->em + n->em);
    t->ht = clip(p->ht.et + n->ht.et);
    t->ht_hf = clip(p->ht_hf.et + n->ht_hf.et);
    t->met = missing(&p->et, &n->et, MET_SHIFT);
    t->met_hf = missing(&p->et_hf, &n->et_hf, MET_SHIFT);
    t->mht = missing(&p->ht, &n->ht, MHT_SHIFT);
    t->mht_hf = missing(&p->ht_hf, &n->ht_hf, MHT_SHIFT);
    t->towers = (uint32_t)p->towers + n->towers;
    t->asym_et = (uint8_t)l1t_sums_asymmetry(p->et.et, n->et.et);
    t->asym_et_hf = (uint8_t)l1t_sums_asymmetry(p->et_hf.et, n->et_hf.et);
    t->asym_ht = (uint8_t)l1t_sums_asymmetry(p->ht.et, n->ht.et);
    t->asym_ht_hf = (uint8_t)l1t_sums_asymmetry(p->ht_hf.et, n->ht_hf.et);
    t->centrality = (uint8_t)centrality(config, p->et.et + n->et.et, p->et_hf.et + n->et_hf.et);
    pack(t, result->side, result->gt);
}

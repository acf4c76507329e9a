// SPDX-License-Identifier: Apache-2.0
// Pile-up subtraction. Chunky donut: the three smallest of the four strips around the window.
// Phi ring: the nine rings of the window all around, scaled by 9/72. A saturated seed skips both.
// Twin: rtl/calo/l1t_jet_pus.sv
#include "../l1t_fixed.h"
#include "../l1t_formats.h"
#include "l1t_jet.h"

enum { HALF = 4, FIRST_SATURATED = 509, ALL_RINGS = L1T_SIDES * L1T_RINGS };

// Sum of the four minus the largest is the sum of the three smallest.
static unsigned donut(const uint16_t flap[4])
{
    unsigned sum = 0, largest = 0;
    for (int i = 0; i < 4; i++) {
        sum += flap[i];
        if (flap[i] > largest)
            largest = flap[i];
    }
    return sum - largest;
}

// Rings in signed order, m = -40 first, 1 right after -1.
static void sum_rings(const struct l1t_towers *towers, uint32_t ring_sum[ALL_RINGS])
{
    const uint16_t mask = (uint16_t)l1t_bits_mask(l1t_tower_et_width);
    for (int side = 0; side < L1T_SIDES; side++)
        for (int ring = 0; ring < L1T_RINGS; ring++) {
            const uint16_t *w = towers->w[side][ring];
            uint32_t sum = 0;
            for (int p = 0; p < L1T_PHIS; p++)
                sum += (uint32_t)(w[p] & mask);
            ring_sum[side == 0 ? L1T_RINGS + ring : L1T_RINGS - 1 - ring] = sum;
        }
}

// (S * 9) / 72 is S / 8. Rings beyond the detector count as empty, but still as rings.
static unsigned phi_ring(const uint32_t ring_sum[ALL_RINGS], int m)
{
    const int centre = m > 0 ? L1T_RINGS + m - 1 : L1T_RINGS + m;
    uint32_t sum = 0;
    for (int i = centre - HALF; i <= centre + HALF; i++)
        if (i >= 0 && i < ALL_RINGS)
            sum += ring_sum[i];
    return sum / 8;
}

void l1t_jet_pus(const struct l1t_jet_config *config, const struct l1t_towers *towers,
                 struct l1t_jet_result *result)
{
    uint32_t ring_sum[ALL_RINGS];
    if (config->pus == L1T_JET_PUS_PHI_RING)
        sum_rings(towers, ring_sum);
    for (unsigned i = 0; i < result->n_cand; i++) {
        struct l1t_jet_cand *cand = &result->cand[i];
        if (cand->seed >= FIRST_SATURATED) {
            cand->pu = 0;
            cand->et = L1T_JET_SATURATED;
            continue;
        }
        const unsigned pu =
            config->pus == L1T_JET_PUS_PHI_RING ? phi_ring(ring_sum, cand->m) : donut(cand->flap);
        cand->pu = (uint16_t)l1t_clip_u(pu, 16);
        cand->et = (uint16_t)l1t_clip_u((int64_t)cand->raw - cand->pu, 16);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Isolation window, fine position, sorter and demultiplexer of e/gamma and tau.
// Twin: rtl/calo/l1t_egtau_sort.sv, l1t_egtau_demux.sv; window: l1t_cluster.sv
#include "l1t_egtau.h"

#include "../l1t_fixed.h"
#include "../l1t_formats.h"
#include "../l1t_sort.h"

#include <string.h>

// ---- fine position ----

unsigned l1t_fine_eta(unsigned lean)
{
    static const uint8_t code[3] = {L1T_FINE_ETA_CENTRE, L1T_FINE_WEST, L1T_FINE_EAST};
    return code[lean];
}

unsigned l1t_fine_phi(unsigned lean)
{
    static const uint8_t code[3] = {L1T_FINE_PHI_CENTRE, L1T_FINE_SMALLER_PHI, L1T_FINE_LARGER_PHI};
    return code[lean];
}

// Units of 0.087/2. Up to |ieta| 20 all towers are two units wide; the table holds the rest.
int l1t_egtau_gt_eta(int m, unsigned fine_eta)
{
    enum { FIRST_WIDE = 21 };
    static const uint8_t wide[L1T_CLUSTER_RINGS - FIRST_WIDE + 1][3] = {
        {41, 41, 42}, {43, 43, 44}, {45, 46, 46}, {48, 48, 49},
        {51, 52, 53}, {54, 55, 56}, {58, 59, 60}, {62, 63, 64}};
    const int ring = m < 0 ? -m : m;
    // inner 0, centre 1, outer 2: east is outer at positive eta and inner at negative eta
    const int third = m < 0 ? L1T_FINE_EAST - (int)fine_eta : (int)fine_eta - L1T_FINE_WEST;
    const int eta = ring < FIRST_WIDE ? 2 * ring - 2 + third : wide[ring - FIRST_WIDE][third];
    return m < 0 ? -eta : eta;
}

unsigned l1t_egtau_gt_phi(unsigned phi, unsigned fine_phi)
{
    const unsigned half = 2 * phi - 1 + L1T_FINE_PHI_CENTRE - fine_phi; // larger phi has the code 1
    return half == 2 * L1T_PHIS ? 0 : half;
}

// ---- isolation ----

unsigned l1t_egtau_window(const struct l1t_grid *grid, int at, unsigned cluster_flags)
{
    enum { AWAY = 2, KEPT = 3, PHI = 4 };
    const int west = cluster_flags & L1T_CLUSTER_RIGHT ? AWAY : KEPT;
    int sum = 0;
    for (int de = -west; de <= AWAY + KEPT - west; de++) {
        const int16_t *row = grid->et + at + l1t_grid_step(de, -PHI);
        for (int i = 0; i <= 2 * PHI; i++)
            sum += row[i];
    }
    return (unsigned)sum;
}

// ---- main-processor sorter ----

void l1t_egtau_sort(const struct l1t_egtau *object, unsigned n, struct l1t_egtau_result *result)
{
    struct l1t_item reg[L1T_SIDES][L1T_EGTAU_PER_SIDE];
    memset(reg, 0, sizeof reg);
    unsigned next = 0;
    while (next < n) {
        const int8_t m = object[next].m;
        struct l1t_item slot[L1T_SORT_SLOTS];
        memset(slot, 0, sizeof slot);
        for (; next < n && object[next].m == m; next++) {
            const uint32_t mp = object[next].mp;
            const unsigned to = (L1T_PHIS - (unsigned)l1t_egtau_mp_phi(mp)) / 4;
            if (l1t_egtau_mp_et(mp) != 0) {
                slot[to].key = (uint16_t)l1t_egtau_mp_et(mp);
                slot[to].payload = mp;
            }
        }
        l1t_sort_slots(slot);
        l1t_sort_chain(reg[m < 0], L1T_EGTAU_PER_SIDE, slot, L1T_SORT_SLOTS);
    }
    for (int side = 0; side < L1T_SIDES; side++)
        for (int i = 0; i < L1T_EGTAU_PER_SIDE; i++)
            result->mp[side][i] = reg[side][i].payload;
}

// ---- demultiplexer ----

static uint32_t gt_word(uint32_t mp, int side, unsigned quality)
{
    const int ring = (int)l1t_egtau_mp_ring(mp);
    const int eta = l1t_egtau_gt_eta(side == 0 ? ring : -ring, (unsigned)l1t_egtau_mp_fine_eta(mp));
    const unsigned phi =
        l1t_egtau_gt_phi((unsigned)l1t_egtau_mp_phi(mp), (unsigned)l1t_egtau_mp_fine_phi(mp));
    return (
        uint32_t)(l1t_egamma_gt_et_put(l1t_clip_u(l1t_egtau_mp_et(mp), l1t_egamma_gt_et_width)) |
                  l1t_egamma_gt_eta_put(eta) | l1t_egamma_gt_phi_put(phi) |
                  l1t_egamma_gt_iso_put(l1t_egtau_mp_iso(mp)) | l1t_egamma_gt_quality_put(quality));
}

// Sorting key: pt, then phi, then signed eta. Two objects never agree in all three.
static uint32_t rank_of(uint32_t gt)
{
    return (uint32_t)(l1t_egamma_gt_et(gt) << 16 | l1t_egamma_gt_phi(gt) << 8 |
                      (l1t_egamma_gt_eta(gt) + 128));
}

void l1t_egtau_demux(unsigned quality, struct l1t_egtau_result *result)
{
    uint32_t *gt = result->gt;
    unsigned n = 0;
    memset(gt, 0, sizeof result->gt);
    for (int side = 0; side < L1T_SIDES; side++)
        for (int i = 0; i < L1T_EGTAU_PER_SIDE; i++) {
            if (result->mp[side][i] == 0)
                continue;
            const uint32_t word = gt_word(result->mp[side][i], side, quality);
            unsigned j = n++;
            for (; j > 0 && rank_of(gt[j - 1]) < rank_of(word); j--)
                gt[j] = gt[j - 1];
            gt[j] = word;
        }
    result->n_gt = n;
}

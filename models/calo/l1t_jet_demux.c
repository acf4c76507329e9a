// SPDX-License-Identifier: Apache-2.0
// Demultiplexer: both sides' jets in one list, sorted by a bitonic network of just its length on
// the ET before saturation, and coded for the global trigger. Twin: rtl/calo/l1t_jet_demux.sv
#include "../l1t_fixed.h"
#include "../l1t_formats.h"
#include "../l1t_sort.h"
#include "l1t_jet.h"

#include <string.h>

// Global-trigger eta of |m|: the middle of the tower in units of 0.087/2. HF rings carry the eta of
// tower |m|, one tower lower than their own; ring 40 has 116 here and 114 in the firmware of 2017.
static const uint8_t gt_eta[L1T_RINGS + 1] = {
    0,  1,  3,  5,  7,  9,  11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31,  33,  35,  37, 39,
    41, 43, 46, 48, 52, 55, 59, 63, 69, 74, 78, 82, 86, 90, 94, 98, 102, 106, 110, 116};

enum { NEGATIVE = 1 << 30 }; // side of a jet in transit, above the 30 bits of jet_mp

static uint32_t gt_word(uint32_t jet)
{
    const int64_t eta = gt_eta[l1t_jet_mp_ring(jet)];
    return (uint32_t)(l1t_jet_gt_et_put(l1t_clip_u(l1t_jet_mp_et(jet), l1t_jet_gt_et_width)) |
                      l1t_jet_gt_eta_put(jet & NEGATIVE ? -eta : eta) |
                      l1t_jet_gt_phi_put(2 * l1t_jet_mp_phi(jet) - 1));
}

void l1t_jet_demux(struct l1t_jet_result *result)
{
    struct l1t_item item[L1T_JET_OUT];
    unsigned n = 0;
    for (int side = 0; side < L1T_SIDES; side++)
        for (int i = 0; i < L1T_JET_PER_SIDE; i++) {
            const uint32_t jet = result->mp[side][i];
            if (jet == 0)
                continue;
            item[n].key = (uint16_t)l1t_jet_mp_et(jet);
            item[n++].payload = jet | (side == 1 ? (uint32_t)NEGATIVE : 0);
        }
    l1t_bitonic_down(item, n);
    memset(result->gt, 0, sizeof result->gt);
    for (unsigned i = 0; i < n; i++)
        result->gt[i] = gt_word(item[i].payload);
    result->n_gt = n;
}

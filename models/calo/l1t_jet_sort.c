// SPDX-License-Identifier: Apache-2.0
// Main-processor sorter: ring by ring from the centre outward, a side's jets lie in 18 phi slots,
// go through the 18-slot network and then through seven registers. A jet calibrated to 0 is an
// empty slot. Twin: rtl/calo/l1t_jet_sort.sv
#include "../l1t_formats.h"
#include "../l1t_sort.h"
#include "l1t_jet.h"

#include <string.h>

static struct l1t_item item_of(const struct l1t_jet_cand *cand)
{
    const struct l1t_item item = {
        cand->et_cal, (uint32_t)(l1t_jet_mp_ring_put(cand->m < 0 ? -cand->m : cand->m) |
                                 l1t_jet_mp_phi_put(cand->phi) | l1t_jet_mp_et_put(cand->et_cal))};
    return item;
}

// The seventh register breaks one kind of tie: same ET, same ring, larger phi replaces the sixth.
static void finish_side(const struct l1t_item reg[L1T_JET_REGISTERS],
                        uint32_t out_reg[L1T_JET_REGISTERS], uint32_t mp[L1T_JET_PER_SIDE])
{
    for (int i = 0; i < L1T_JET_REGISTERS; i++)
        out_reg[i] = reg[i].payload;
    memcpy(mp, out_reg, L1T_JET_PER_SIDE * sizeof mp[0]);
    const uint32_t sixth = out_reg[5], seventh = out_reg[6];
    if (reg[5].key == reg[6].key && l1t_jet_mp_ring(sixth) == l1t_jet_mp_ring(seventh) &&
        l1t_jet_mp_phi(seventh) > l1t_jet_mp_phi(sixth))
        mp[5] = seventh;
}

void l1t_jet_sort(struct l1t_jet_result *result)
{
    struct l1t_item reg[L1T_SIDES][L1T_JET_REGISTERS];
    memset(reg, 0, sizeof reg);
    unsigned next = 0;
    while (next < result->n_cand) {
        const int8_t m = result->cand[next].m;
        struct l1t_item slot[L1T_SORT_SLOTS];
        memset(slot, 0, sizeof slot);
        for (; next < result->n_cand && result->cand[next].m == m; next++) {
            const struct l1t_jet_cand *cand = &result->cand[next];
            if (cand->keep && cand->et_cal != 0)
                slot[(L1T_PHIS - cand->phi) / 4] = item_of(cand);
        }
        l1t_sort_slots(slot);
        l1t_sort_chain(reg[m < 0], L1T_JET_REGISTERS, slot, L1T_SORT_SLOTS);
    }
    for (int side = 0; side < L1T_SIDES; side++)
        finish_side(reg[side], result->reg[side], result->mp[side]);
}

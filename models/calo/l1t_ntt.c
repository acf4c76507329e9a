// SPDX-License-Identifier: Apache-2.0
// Towers with energy around eta = 0. Twin: rtl/calo/l1t_ntt.sv
#include "l1t_ntt.h"

#include "../l1t_formats.h"

unsigned l1t_ntt(const struct l1t_towers *towers)
{
    const uint16_t mask = (uint16_t)l1t_bits_mask(l1t_tower_et_width);
    unsigned n = 0;
    for (int side = 0; side < L1T_SIDES; side++)
        for (int ring = 0; ring < L1T_NTT_RINGS; ring++)
            for (int p = 0; p < L1T_PHIS; p++)
                n += (towers->w[side][ring][p] & mask) != 0;
    return n;
}

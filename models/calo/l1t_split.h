/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tower's ET split back into its electromagnetic part E and hadronic part H. The word holds the
 * rounded logarithm of their ratio, so a part is share * ET / 128 with one of eight shares. Both
 * parts are cut to eight bits and wrap: E = 300 becomes 44 (the firmware of 2017 keeps nine bits).
 *
 * Twin: rtl/calo/l1t_split_pkg.sv
 */
#ifndef L1T_SPLIT_H
#define L1T_SPLIT_H

#include "../l1t_fixed.h"
#include "../l1t_formats.h"

#include <stdint.h>

/* Share of E in 1/128 by ratio (2:0), zero (3) and em (4) of the tower word. */
static inline unsigned l1t_split_share(uint16_t word)
{
    static const uint8_t share[32] = {
        64,  43,  26,  14,  8,   4,   2,   1,   /* E < H, both there */
        0,   0,   0,   0,   0,   0,   0,   0,   /* H alone */
        64,  85,  102, 114, 120, 124, 126, 127, /* E >= H, both there */
        128, 128, 128, 128, 128, 128, 128, 128  /* E alone */
    };
    return share[word >> l1t_tower_ratio_lsb & 31];
}

static inline unsigned l1t_split_e(uint16_t word)
{
    return l1t_wrap_u(l1t_split_share(word) * l1t_tower_et(word) >> 7, 8);
}

static inline unsigned l1t_split_h(uint16_t word)
{
    return l1t_wrap_u((128 - l1t_split_share(word)) * l1t_tower_et(word) >> 7, 8);
}

#endif

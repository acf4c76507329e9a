/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One event of calorimeter towers, in the order the hardware streams them:
 * side 0 is positive eta, side 1 negative; ring r holds compact ring |m| = r + 1
 * (so r 0..27 is |ieta| 1..28, r 28..39 is |ieta| 30..41: ring 29 does not
 * exist); column p holds iphi = p + 1. Each clock a main processor receives
 * w[0][r] and w[1][r], the centre first.
 */
#ifndef L1T_TOWERS_H
#define L1T_TOWERS_H

#include <stdint.h>

enum { L1T_SIDES = 2, L1T_RINGS = 40, L1T_PHIS = 72 };

struct l1t_towers {
    uint16_t w[L1T_SIDES][L1T_RINGS][L1T_PHIS]; /* tower words, l1t_formats.def "tower" */
};

/* Compact ring |m| (1..40) of a calorimeter |ieta| (1..28, 30..41); 0 if there is none. */
static inline int l1t_ring_of_ieta(int abs_ieta)
{
    if (abs_ieta >= 1 && abs_ieta <= 28)
        return abs_ieta;
    return abs_ieta >= 30 && abs_ieta <= 41 ? abs_ieta - 1 : 0;
}

/* Calorimeter |ieta| of a compact ring |m| (1..40). */
static inline int l1t_ieta_of_ring(int ring)
{
    return ring <= 28 ? ring : ring + 1;
}

#endif

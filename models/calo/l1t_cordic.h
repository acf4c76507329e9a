/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Length and direction of a vector by eight CORDIC steps: the vector is turned towards the x axis
 * by angles whose tangent is a power of two, with shifts and additions only. The direction is the
 * one opposite to the vector, because what is missing is opposite to what is seen.
 *
 * Angles are counted in 1/2304 of a turn. For vectors longer than L1T_CORDIC_LONG the angle is good
 * to L1T_CORDIC_PHI_ERROR units: eight steps leave up to 2.9, the rotations are whole units
 * (together up to 1.6 off the arc tangents), and the shifts lose up to 0.7. The length is good to
 * 0.2 %, nearly all of it lost by the shifts. Shorter vectors are coarser; tiny ones reach angles
 * beyond a turn, which are passed on as they are.
 *
 * Twin: rtl/calo/l1t_cordic.sv
 */
#ifndef L1T_CORDIC_H
#define L1T_CORDIC_H

#include <stdint.h>

enum {
    L1T_CORDIC_TURN = 2304,
    L1T_CORDIC_STEPS = 8,
    L1T_CORDIC_LONG = 4096,  /* vectors for which the errors below hold */
    L1T_CORDIC_PHI_ERROR = 6 /* 0.94 degrees */
};

struct l1t_polar {
    uint32_t length;
    int32_t phi; /* 0..L1T_CORDIC_TURN and a little beyond */
};

/* Components up to 2^30 in size. The zero vector gives length 0 and phi 0. */
struct l1t_polar l1t_cordic(int32_t x, int32_t y);

#endif

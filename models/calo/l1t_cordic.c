// SPDX-License-Identifier: Apache-2.0
// CORDIC in vectoring mode, with the quadrant handled before and the gain after.
// Twin: rtl/calo/l1t_cordic.sv
#include "l1t_cordic.h"

#include "../l1t_fixed.h"

#include <stdbool.h>

// 1 / (product of sqrt(1 + 4^-k)) in 2^-17.
enum { GAIN = 79595, GAIN_BITS = 17 };

struct quadrant {
    int32_t phi; // where the rotations start
    bool flip;   // and whether they count backwards
};

static struct quadrant quadrant_of(int32_t x, int32_t y)
{
    static const struct quadrant of[4] = {
        {L1T_CORDIC_TURN / 2, false}, // x >= 0, y >= 0
        {L1T_CORDIC_TURN, true},      // x < 0, y >= 0
        {L1T_CORDIC_TURN / 2, true},  // x >= 0, y < 0
        {0, false},                   // x < 0, y < 0
    };
    return of[(x < 0) + 2 * (y < 0)];
}

struct l1t_polar l1t_cordic(int32_t x, int32_t y)
{
    static const int16_t rotation[L1T_CORDIC_STEPS] = {288, 170, 90, 46, 23, 11, 6, 3};
    struct l1t_polar out = {0, 0};
    if (x == 0 && y == 0)
        return out;
    const struct quadrant q = quadrant_of(x, y);
    int64_t a = x < 0 ? -(int64_t)x : x;
    int64_t b = y < 0 ? -(int64_t)y : y;
    out.phi = q.phi;
    for (unsigned k = 0; k < L1T_CORDIC_STEPS; k++) {
        const bool below = b < 0;
        const int64_t a_part = l1t_shr(a, k), b_part = l1t_shr(b, k);
        out.phi += below == q.flip ? rotation[k] : -rotation[k];
        a += below ? -b_part : b_part;
        b += below ? a_part : -a_part;
    }
    out.length = (uint32_t)(a * GAIN >> GAIN_BITS);
    return out;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// CORDIC against hypot and atan2 of the mathematical library, within the error that its header
// states, to the bit against a form in floating point, and at the edges.
#include "calo/l1t_cordic.h"
#include "l1t/rng.h"
#include "l1t_test.h"

#include <math.h>

enum { SEED = 4711, VECTORS = 200000, LARGEST = 1 << 29 };

// Difference of two angles in units, -half turn to half turn.
static double angle_between(double a, double b)
{
    return remainder(a - b, L1T_CORDIC_TURN);
}

static void check(int32_t x, int32_t y, double *worst_phi, double *worst_length)
{
    const struct l1t_polar polar = l1t_cordic(x, y);
    const double unit = 2 * acos(-1) / L1T_CORDIC_TURN;
    const double missing = atan2(-(double)y, -(double)x) / unit;
    const double phi = fabs(angle_between(polar.phi, missing));
    const double length = fabs(polar.length / hypot(x, y) - 1);
    *worst_phi = fmax(*worst_phi, phi);
    *worst_length = fmax(*worst_length, length);
}

// A vector whose length is spread over all powers of two from 2^12 to 2^29.
static void is_atan2_and_hypot_within_its_error(void)
{
    double worst_phi = 0, worst_length = 0;
    for (uint64_t i = 0; i < VECTORS; i++) {
        uint32_t u[4];
        l1t_rng_words(SEED, L1T_STREAM_TEST, i, 0, u);
        const double angle = 2 * acos(-1) * u[0] / 4294967296.0;
        const double length = L1T_CORDIC_LONG * pow(2, 17.0 * u[1] / 4294967296.0);
        check((int32_t)(length * cos(angle)), (int32_t)(length * sin(angle)), &worst_phi,
              &worst_length);
    }
    printf("\nphi within %.2f units, length within %.3g %%\n", worst_phi, 100 * worst_length);
    L1T_CHECK(worst_phi <= L1T_CORDIC_PHI_ERROR, "phi is off by %g units", worst_phi);
    L1T_CHECK(worst_length <= 0.002, "length is off by %g", worst_length);
}

static void every_direction_of_one_length(void)
{
    double worst_phi = 0, worst_length = 0;
    for (int i = 0; i < 36000; i++) {
        const double angle = acos(-1) / 18000 * i;
        check((int32_t)lround(1e6 * cos(angle)), (int32_t)lround(1e6 * sin(angle)), &worst_phi,
              &worst_length);
    }
    L1T_CHECK(worst_phi <= L1T_CORDIC_PHI_ERROR, "phi is off by %g units", worst_phi);
}

static void zero_has_no_direction(void)
{
    L1T_ASSERT_INT(l1t_cordic(0, 0).length, 0);
    L1T_ASSERT_INT(l1t_cordic(0, 0).phi, 0);
}

static void points_away_from_the_vector(void)
{
    L1T_CHECK(fabs(angle_between(l1t_cordic(1000000, 0).phi, 1152)) <= 6, "+x");
    L1T_CHECK(fabs(angle_between(l1t_cordic(0, 1000000).phi, 1728)) <= 6, "+y");
    L1T_CHECK(fabs(angle_between(l1t_cordic(-1000000, 0).phi, 0)) <= 6, "-x");
    L1T_CHECK(fabs(angle_between(l1t_cordic(0, -1000000).phi, 576)) <= 6, "-y");
}

// The same in floating point, whose constants come from their definitions: rotations are arc
// tangents in whole units, the gain is the product of the steps' stretches in 2^-17. Exact for
// components below 2^26: no number needs more than 53 bits.
static struct l1t_polar plain(double x, double y)
{
    const double unit = 2 * acos(-1) / L1T_CORDIC_TURN;
    const bool flip = (x < 0) != (y < 0);
    double a = fabs(x), b = fabs(y), turned = 0, stretch = 1;
    for (int k = 0; k < L1T_CORDIC_STEPS; k++) {
        const double sign = b < 0 ? -1 : 1, part = pow(2, -k), old = a;
        turned += sign * round(atan(part) / unit);
        a += sign * floor(b * part);
        b -= sign * floor(old * part);
        stretch *= sqrt(1 + part * part);
    }
    const int start = x < 0 ? (y < 0 ? 0 : 2304) : 1152;
    const struct l1t_polar out = {(uint32_t)floor(a * round(131072 / stretch) / 131072),
                                  start + (int)(flip ? -turned : turned)};
    return out;
}

static void is_the_textbook_form_to_the_bit(void)
{
    for (uint64_t i = 0; i < 100000; i++) {
        uint32_t u[4];
        l1t_rng_words(SEED, L1T_STREAM_TEST, i, 2, u);
        const uint32_t mask = UINT32_MAX >> (6 + u[2] % 26);
        const int32_t x = (int32_t)(u[0] & mask) * (u[3] & 1 ? 1 : -1);
        const int32_t y = (int32_t)(u[1] & mask) * (u[3] & 2 ? 1 : -1);
        if (x == 0 && y == 0)
            continue;
        const struct l1t_polar a = l1t_cordic(x, y), b = plain(x, y);
        L1T_CHECK(a.length == b.length && a.phi == b.phi, "(%d, %d): %u at %d, expected %u at %d",
                  x, y, a.length, a.phi, b.length, b.phi);
    }
}

// Mirrored vectors have the same length: the quadrant is taken off before anything is rounded.
static void quadrants_are_alike(void)
{
    for (uint64_t i = 0; i < 1000; i++) {
        uint32_t u[4];
        l1t_rng_words(SEED, L1T_STREAM_TEST, i, 1, u);
        const int32_t x = (int32_t)(u[0] % LARGEST), y = (int32_t)(u[1] % LARGEST);
        const uint32_t length = l1t_cordic(x, y).length;
        L1T_ASSERT_INT(l1t_cordic(-x, y).length, length);
        L1T_ASSERT_INT(l1t_cordic(x, -y).length, length);
        L1T_ASSERT_INT(l1t_cordic(-x, -y).length, length);
    }
}

L1T_TEST_MAIN("l1t_cordic",
              {"is atan2 and hypot within its error", is_atan2_and_hypot_within_its_error},
              {"is the textbook form to the bit", is_the_textbook_form_to_the_bit},
              {"every direction of one length", every_direction_of_one_length},
              {"zero has no direction", zero_has_no_direction},
              {"points away from the vector", points_away_from_the_vector},
              {"quadrants are alike", quadrants_are_alike})

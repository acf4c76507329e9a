// SPDX-License-Identifier: GPL-3.0-or-later
// Factors on weights by pile-up, as whole numbers, so that sums stay exact.
#include "sample_internal.h"

#include <math.h>

enum { WEIGHT_BITS = 31, COARSE_BITS = 15 };

static unsigned bits_of(uint64_t value)
{
    return value == 0 ? 0 : 64 - (unsigned)__builtin_clzll(value);
}

void l1t_sample_factors_make(const double weight[L1T_SAMPLE_PILEUP_MAX + 1], int64_t heaviest,
                             struct l1t_sample_factors *factors)
{
    const unsigned have = bits_of((uint64_t)heaviest);
    double largest = 0;
    int exponent = 0;
    for (size_t k = 0; k <= L1T_SAMPLE_PILEUP_MAX; k++)
        largest = fmax(largest, weight[k]);
    (void)frexp(largest, &exponent); // largest < 2^exponent
    factors->shift = have > COARSE_BITS ? have - COARSE_BITS : 0;
    const int up = WEIGHT_BITS - (int)(have > COARSE_BITS ? COARSE_BITS + 1 : have) - exponent;
    for (size_t k = 0; k <= L1T_SAMPLE_PILEUP_MAX; k++)
        factors->factor[k] = (uint64_t)llround(ldexp(weight[k], up));
    factors->unit = ldexp(1, (int)factors->shift - up);
    factors->on = true;
}

// To the nearest, so that no sum drifts.
int64_t l1t_sample_coarse(const struct l1t_sample_factors *factors, int64_t weight)
{
    const unsigned shift = factors->shift;
    return shift == 0 ? weight : (weight + (INT64_C(1) << (shift - 1))) >> shift;
}

void l1t_sample_reweight(struct l1t_sample *sample, const struct l1t_sample_factors *factors)
{
    sample->factors = *factors;
    if (factors->on)
        sample->info.weight_unit *= factors->unit;
}

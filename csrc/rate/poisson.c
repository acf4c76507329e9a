// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Small means: the sum of probabilities is gone through from 0 up. Others: transformed rejection
 * (W. Hoermann, "The transformed rejection method for generating Poisson random variables",
 * Insurance: Mathematics and Economics 12, 39, 1993), which needs one or two pairs of uniforms
 * whatever the mean.
 */
#include "poisson.h"

#include "l1t/rng.h"

#include <math.h>

static const double small_mean = 10; // the method's limit
static const double two_pi = 6.28318530717958647693;

static uint64_t search(double mean, double u)
{
    double p = exp(-mean), sum = p;
    uint64_t k = 0;
    while (u > sum && k < 200) {
        k++;
        p *= mean / (double)k;
        sum += p;
    }
    return k;
}

// log of the probability of k; Stirling's series is good to 1e-10 from 10 on.
static double log_probability(double mean, double k)
{
    if (k < 10) {
        double factorial = 1;
        for (int i = 2; i <= (int)k; i++)
            factorial *= i;
        return k * log(mean) - mean - log(factorial);
    }
    const double r = 1 / k;
    const double series = r * (1.0 / 12 - r * r * (1.0 / 360 - r * r / 1260));
    return k * log(mean / k) + (k - mean) - 0.5 * log(two_pi * k) - series;
}

// One try with uniforms u, v; -1: rejected.
static double attempt(double mean, double u, double v)
{
    const double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    const double centred = u - 0.5, us = 0.5 - fabs(centred);
    const double k = floor((2 * a / us + b) * centred + mean + 0.43);
    if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2))
        return k;
    if (k < 0 || (us < 0.013 && v > us))
        return -1;
    const double height = v * (1.1239 + 1.1328 / (b - 3.4)) / (a / (us * us) + b);
    return log(height) <= log_probability(mean, k) ? k : -1;
}

uint64_t l1t_poisson(double mean, uint64_t seed, uint32_t stream, uint64_t event, uint32_t number)
{
    for (uint32_t i = 0; i < L1T_POISSON_TRIES; i++) {
        uint32_t w[4];
        l1t_rng_words(seed, stream, event, number * L1T_POISSON_TRIES + i, w);
        const double u = l1t_rng_uniform(w[0], w[1]);
        if (mean < small_mean)
            return search(mean, u);
        const double k = attempt(mean, u, l1t_rng_uniform(w[2], w[3]));
        if (k >= 0)
            return (uint64_t)k;
    }
    return (uint64_t)mean; // one in 1e20: the method accepts 70 % at least
}

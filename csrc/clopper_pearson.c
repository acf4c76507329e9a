// SPDX-License-Identifier: GPL-3.0-or-later
#include "clopper_pearson.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

// Where the beta distribution's probability up to x is p. GSL has the inverse, but it does not
// always converge; halving does.
static double beta_quantile(double p, double a, double b)
{
    double low = 0, high = 1;
    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2, below = gsl_cdf_beta_P(middle, a, b);
        if (isnan(below)) { // counts of some millions: as good as normal
            const double mean = a / (a + b);
            return mean + gsl_cdf_ugaussian_Pinv(p) * sqrt(mean * (1 - mean) / (a + b + 1));
        }
        if (below < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

void l1t_clopper_pearson(double k, double n, double *low, double *high)
{
    // A standard deviation's tail on each side: (1 - erf(1 / sqrt 2)) / 2.
    const double tail = 0.15865525393145707;
    *low = k > 0 ? beta_quantile(tail, k, n - k + 1) : 0;
    *high = k < n ? beta_quantile(1 - tail, k + 1, n - k) : 1;
}

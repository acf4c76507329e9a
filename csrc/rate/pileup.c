// SPDX-License-Identifier: GPL-3.0-or-later
// Rates for another distribution of pile-up than the sample's: bin by bin, or by weights.
#include "l1t/beam.h"

#include <math.h>

// A bin can be used when it has weight; negative weights may have eaten it up.
static bool usable(const struct l1t_sum *all)
{
    return all->n > 0 && all->w > 0 && all->w2 > 0;
}

// Share of the target where the sample has crossings.
static double covered(const struct l1t_sum all[L1T_TALLY_PILEUPS],
                      const struct l1t_pileup_target *target)
{
    double sum = 0;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        if (usable(&all[k]))
            sum += target->share[k];
    return sum;
}

// Exactly 0 when no bin is missed, whatever the rounding of the sum.
static double missed(const struct l1t_sum all[L1T_TALLY_PILEUPS],
                     const struct l1t_pileup_target *target)
{
    double sum = 0;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        if (!usable(&all[k]))
            sum += target->share[k];
    return sum;
}

// Variance of the efficiency in a bin: e (1 - e) / (n - 1) is what has e (1 - e) / n as its mean; a
// bin of one crossing, from which no spread can be seen, counts as Poisson.
static double variance(const struct l1t_sum *fired, const struct l1t_sum *all)
{
    const double share = fired->w / all->w;
    const double n = all->w * all->w / all->w2;
    const double poisson = fired->w2 / (all->w * all->w);
    return n < 2 ? poisson : fmax(0, poisson - share * share / n) * n / (n - 1);
}

struct l1t_rate l1t_pileup_binned(const struct l1t_sum fired[L1T_TALLY_PILEUPS],
                                  const struct l1t_sum all[L1T_TALLY_PILEUPS],
                                  const struct l1t_pileup_target *target, double crossings_hz,
                                  double *missing)
{
    const double norm = covered(all, target);
    *missing = missed(all, target);
    if (!(norm > 0))
        return (struct l1t_rate){NAN, NAN, NAN, NAN, NAN};
    double sum = 0, error2 = 0, seen = 0, each = 0;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++) {
        if (!usable(&all[k]) || !(target->share[k] > 0))
            continue;
        const double share = target->share[k] / norm;
        sum += share * fired[k].w / all[k].w;
        error2 += share * share * variance(&fired[k], &all[k]);
        seen += fired[k].w2;
        each += share * share * all[k].w2 / (all[k].w * all[k].w);
    }
    // Where nothing was seen: 1 / each is how many crossings of one pile-up would say as much.
    if (!(seen > 0))
        return l1t_rate_none(crossings_hz * each);
    return (struct l1t_rate){crossings_hz * sum, crossings_hz * sqrt(error2), NAN, NAN, NAN};
}

void l1t_pileup_weights(const struct l1t_sum all[L1T_TALLY_PILEUPS],
                        const struct l1t_pileup_target *target, double weight[L1T_TALLY_PILEUPS],
                        double *missing)
{
    double sample = 0;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        sample += all[k].w;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        weight[k] = usable(&all[k]) ? target->share[k] * sample / all[k].w : 0;
    *missing = missed(all, target);
}

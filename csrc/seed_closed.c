// SPDX-License-Identifier: GPL-3.0-or-later
// Closed form of a seed's probability per crossing. Processes are independent, so the probability
// that none gives an object is a product; seeds of two objects follow by inclusion and exclusion.
#include "l1t/predict.h"

#include <math.h>

// Probability that a leg of the process is an object at or above the code.
static double leg_above(const struct l1t_process *p, size_t i, enum l1t_object o, unsigned code)
{
    return p->spec.leg[i].object == o ? p->tail[i][code] : 0;
}

// At least one object o at or above the code, given that the process fires.
static double one_above(const struct l1t_process *p, enum l1t_object o, unsigned code)
{
    double none = 1;
    for (size_t i = 0; i < p->spec.n_legs; i++)
        none *= 1 - leg_above(p, i, o, code);
    return 1 - none;
}

static double single(const struct l1t_processes *all, enum l1t_object o, unsigned code)
{
    double log_none = 0; // keeps small probabilities exact
    for (size_t k = 0; k < all->n; k++)
        log_none += log1p(-all->process[k].probability * one_above(&all->process[k], o, code));
    return -expm1(log_none);
}

// Either of two different objects.
static double either(const struct l1t_processes *all, enum l1t_object o0, unsigned c0,
                     enum l1t_object o1, unsigned c1)
{
    double log_none = 0;
    for (size_t k = 0; k < all->n; k++) {
        const struct l1t_process *p = &all->process[k];
        double none = 1;
        for (size_t i = 0; i < p->spec.n_legs; i++)
            none *= 1 - leg_above(p, i, o0, c0) - leg_above(p, i, o1, c1);
        log_none += log1p(-p->probability * (1 - none));
    }
    return -expm1(log_none);
}

// Exactly one object, and that at or above the high code; none other above the low one.
static double one_and_no_more(const struct l1t_process *p, enum l1t_object o, unsigned high,
                              unsigned low)
{
    if (p->spec.n_legs == 1)
        return leg_above(p, 0, o, high);
    return leg_above(p, 0, o, high) * (1 - leg_above(p, 1, o, low)) +
           leg_above(p, 1, o, high) * (1 - leg_above(p, 0, o, low));
}

/*
 * Two objects of one kind, high >= low. It fires unless no object is above high, or exactly one
 * is and none other above low:
 *     P = P(one above high) - sum_k P(k gives exactly that one) prod_{j != k} P(j gives none above
 * low)
 */
static double twin(const struct l1t_processes *all, enum l1t_object o, unsigned high, unsigned low)
{
    double log_quiet = 0; // all processes: nothing above low
    for (size_t k = 0; k < all->n; k++)
        log_quiet += log1p(-all->process[k].probability * one_above(&all->process[k], o, low));
    double lonely = 0;
    for (size_t k = 0; k < all->n; k++) {
        const struct l1t_process *p = &all->process[k];
        const double quiet = p->probability * one_above(p, o, low);
        lonely +=
            p->probability * one_and_no_more(p, o, high, low) * exp(log_quiet - log1p(-quiet));
    }
    return fmax(0, single(all, o, high) - lonely);
}

double l1t_seed_probability(const struct l1t_processes *processes, const struct l1t_seed *seed)
{
    const enum l1t_object o0 = seed->leg[0].object;
    const unsigned c0 = l1t_threshold_code(seed->leg[0].threshold_gev);
    if (seed->n_legs == 1)
        return single(processes, o0, c0);
    const enum l1t_object o1 = seed->leg[1].object;
    const unsigned c1 = l1t_threshold_code(seed->leg[1].threshold_gev);
    if (o0 == o1)
        return twin(processes, o0, c0 > c1 ? c0 : c1, c0 > c1 ? c1 : c0);
    return fmax(0, single(processes, o0, c0) + single(processes, o1, c1) -
                       either(processes, o0, c0, o1, c1));
}

// SPDX-License-Identifier: GPL-3.0-or-later
// From whole numbers to sums of weights.
#include "tally_internal.h"

#include "gt/l1t_gt_final.h"

#include <math.h>

static double square_of(const struct tally_sum *s)
{
    return ldexp((double)s->w2[2], 128) + ldexp((double)s->w2[1], 64) + (double)s->w2[0];
}

struct l1t_sum tally_sum_read(const struct tally_sum *s, double unit)
{
    return (struct l1t_sum){s->n, (double)s->w * unit, square_of(s) * unit * unit};
}

struct l1t_sum tally_sum_read_share(const struct tally_sum *s, double unit)
{
    return (struct l1t_sum){s->n, ldexp((double)s->w, -L1T_SHARE_BITS) * unit,
                            ldexp(square_of(s), -L1T_SHARE2_BITS) * unit * unit};
}

static const struct tally_sum *at(const struct l1t_tally *tally, enum tally_part part, size_t i)
{
    l1t_tally_settle(tally);
    return tally_part((struct l1t_tally *)tally, part) + i;
}

static struct l1t_sum exact(const struct l1t_tally *tally, enum tally_part part, size_t i)
{
    return tally_sum_read(at(tally, part, i), tally->unit);
}

static struct l1t_sum share(const struct l1t_tally *tally, enum tally_part part, size_t i)
{
    return tally_sum_read_share(at(tally, part, i), tally->unit);
}

// Of both modes: in exact mode a count of crossings.
static struct l1t_sum either(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                             enum tally_part part, size_t i)
{
    return mode == L1T_TALLY_EXACT
               ? exact(tally, part, i)
               : share(tally, part + (TALLY_EXPECTED_TOTAL - TALLY_EXACT_TOTAL), i);
}

struct l1t_sum l1t_tally_all(const struct l1t_tally *tally)
{
    struct tally_sum all = {0};
    for (size_t p = 0; p < L1T_TALLY_PILEUPS; p++)
        tally_sum_merge(&all, at(tally, TALLY_PILEUP_ALL, p));
    return tally_sum_read(&all, tally->unit);
}

struct l1t_sum l1t_tally_before(const struct l1t_tally *tally, size_t i)
{
    return exact(tally, TALLY_BEFORE, i);
}

struct l1t_sum l1t_tally_after(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                               size_t column, size_t i)
{
    const struct tally_plan *plan = &tally_live(tally)->plan;
    const unsigned b = plan->bit[i];
    const uint32_t factor = plan->column[column].factor[b];
    const double p = plan->column[column].p[b];
    struct l1t_sum before = l1t_tally_before(tally, i);
    if (factor == 0)
        return (struct l1t_sum){0, 0, 0};
    if (mode == L1T_TALLY_EXPECTED)
        return (struct l1t_sum){0, before.w * p, before.w2 * p * p};
    return factor == L1T_GT_PRESCALE_ONE ? before : exact(tally, TALLY_AFTER, column * plan->n + i);
}

struct l1t_sum l1t_tally_pure(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                              size_t column, size_t i)
{
    return either(tally, mode, TALLY_EXACT_PURE, column * tally->n + i);
}

struct l1t_sum l1t_tally_proportional(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                                      size_t column, size_t i)
{
    const enum tally_part part =
        mode == L1T_TALLY_EXACT ? TALLY_EXACT_PROPORTIONAL : TALLY_EXPECTED_PROPORTIONAL;
    return share(tally, part, column * tally->n + i);
}

struct l1t_sum l1t_tally_total(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                               size_t column)
{
    return either(tally, mode, TALLY_EXACT_TOTAL, column);
}

struct l1t_sum l1t_tally_set_or(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                                size_t column, size_t set)
{
    return either(tally, mode, TALLY_EXACT_SET_OR, column * tally->n_sets + set);
}

struct l1t_sum l1t_tally_set_pure(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                                  size_t column, size_t set)
{
    return either(tally, mode, TALLY_EXACT_SET_PURE, column * tally->n_sets + set);
}

struct l1t_sum l1t_tally_overlap(const struct l1t_tally *tally, size_t i, size_t j)
{
    if (i == j)
        return l1t_tally_after(tally, L1T_TALLY_EXACT, tally->focus, i);
    if (!tally->overlap)
        return (struct l1t_sum){0, 0, 0};
    return exact(tally, TALLY_OVERLAP, (i < j ? i : j) * tally->n + (i < j ? j : i));
}

struct l1t_sum l1t_tally_pileup_all(const struct l1t_tally *tally, unsigned pileup)
{
    return exact(tally, TALLY_PILEUP_ALL, pileup);
}

struct l1t_sum l1t_tally_pileup_before(const struct l1t_tally *tally, size_t i, unsigned pileup)
{
    return exact(tally, TALLY_PILEUP_BEFORE, i * L1T_TALLY_PILEUPS + pileup);
}

struct l1t_sum l1t_tally_pileup_total(const struct l1t_tally *tally, unsigned pileup)
{
    return exact(tally, TALLY_PILEUP_TOTAL, pileup);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a specification means for a crossing: which bits count, what a column keeps always, by its
 * counter, never; and what a column is expected to keep of a word.
 */
#ifndef L1T_TALLY_PLAN_H
#define L1T_TALLY_PLAN_H

#include "gauss.h"
#include "l1t/tally.h"

/* Expected factors are whole numbers of 2^-40, their squares of 2^-60. */
enum { L1T_SHARE_BITS = 40, L1T_SHARE2_BITS = 60 };
#define L1T_SHARE_ONE (UINT64_C(1) << L1T_SHARE_BITS)

__extension__ typedef unsigned __int128 tally_uint128;

/* Of a factor in 2^-40, in 2^-60. */
static inline uint64_t tally_square(uint64_t factor)
{
    return (uint64_t)(((tally_uint128)factor * factor) >> (2 * L1T_SHARE_BITS - L1T_SHARE2_BITS));
}

struct tally_column {
    uint64_t always[L1T_GT_WORDS];  /* prescale 1 */
    uint64_t divided[L1T_GT_WORDS]; /* above 1 */
    uint32_t factor[L1T_GT_ALGORITHMS];
    double p[L1T_GT_ALGORITHMS]; /* 100 / factor, of the divided */
};

struct tally_plan {
    size_t n, n_columns, focus, n_sets;
    bool overlap;
    uint16_t bit[L1T_GT_ALGORITHMS];
    uint16_t index[L1T_GT_ALGORITHMS]; /* by bit */
    uint64_t menu[L1T_GT_WORDS];       /* all of spec.bit */
    uint64_t part[L1T_GT_WORDS];       /* in the final OR; one that vetoes too never makes it */
    uint64_t veto[L1T_GT_WORDS];
    uint64_t (*open)[L1T_GT_WORDS]; /* NULL: all */
    uint64_t (*set)[L1T_GT_WORDS];
    uint64_t member[L1T_GT_ALGORITHMS]; /* by bit: of which sets */
    struct tally_column *column;
    /* Of k algorithms each, in 2^-40, and its square in 2^-60; 0 of none. */
    uint64_t share[L1T_GT_ALGORITHMS + 1], square[L1T_GT_ALGORITHMS + 1];
    struct l1t_gauss gauss;
    double unit;
};

enum l1t_err l1t_tally_plan_make(const struct l1t_tally_spec *spec, double weight_unit,
                                 struct tally_plan *plan, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_tally_plan_free(struct tally_plan *plan);

/* What of a crossing reaches the prescalers. */
static inline void tally_open(const struct tally_plan *plan, const struct l1t_decided *block,
                              size_t e, uint64_t open[L1T_GT_WORDS])
{
    const uint64_t *gate = plan->menu;
    if (plan->open != NULL)
        gate = plan->open[block->crossing[e] % L1T_GT_ORBIT];
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        open[w] = block->bits[e][w] & gate[w];
}

/*
 * Prescale counters of a column from a block's first crossing on, by bit: 100 times the requests so
 * far, modulo the factor.
 */
struct tally_counters {
    uint32_t at[L1T_GT_ALGORITHMS];
};
void l1t_tally_counters(const struct tally_plan *plan, size_t column,
                        const uint64_t before[L1T_GT_ALGORITHMS], struct tally_counters *counters);
/* One request of algorithm b: whether its counter, which is not of prescale 1, accepts it. */
static inline bool tally_accept(const struct tally_column *column, struct tally_counters *counters,
                                unsigned b)
{
    const uint32_t sum = counters->at[b] + 100;
    const bool accepted = sum >= column->factor[b];
    counters->at[b] = accepted ? sum - column->factor[b] : sum;
    return accepted;
}
/* One crossing: what the column keeps. */
void l1t_tally_keep(const struct tally_plan *plan, size_t column, struct tally_counters *counters,
                    const uint64_t open[L1T_GT_WORDS], uint64_t kept[L1T_GT_WORDS]);

/* Expected factors of one word in one column, in 2^-40; of algorithms by bit, those open only. */
struct tally_expected {
    uint64_t total;
    uint64_t pure[L1T_GT_ALGORITHMS], proportional[L1T_GT_ALGORITHMS];
    uint64_t set_or[L1T_TALLY_SETS], set_pure[L1T_TALLY_SETS];
};
void l1t_tally_expect(struct tally_plan *plan, size_t column, const uint64_t open[L1T_GT_WORDS],
                      struct tally_expected *expected);
/* Its total alone. */
uint64_t l1t_tally_expect_total(const struct tally_plan *plan, size_t column,
                                const uint64_t open[L1T_GT_WORDS]);

/* ---- words ---- */

/* Bits that are set, ascending; returns how many. */
static inline size_t tally_bits(const uint64_t words[L1T_GT_WORDS], uint16_t bit[L1T_GT_ALGORITHMS])
{
    size_t n = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        for (uint64_t left = words[w]; left != 0; left &= left - 1)
            bit[n++] = (uint16_t)(64 * w + (unsigned)__builtin_ctzll(left));
    return n;
}

static inline bool tally_meet(const uint64_t *a, const uint64_t *b)
{
    uint64_t any = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        any |= a[w] & b[w];
    return any != 0;
}

static inline void tally_and(const uint64_t *a, const uint64_t *b, uint64_t *to)
{
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        to[w] = a[w] & b[w];
}

static inline unsigned tally_popcount(const uint64_t *a)
{
    unsigned n = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        n += (unsigned)__builtin_popcountll(a[w]);
    return n;
}

#endif

// SPDX-License-Identifier: GPL-3.0-or-later
// Adding decided crossings.
#include "tally_internal.h"

#include <string.h>

void l1t_tally_requests(const struct l1t_tally *tally, const struct l1t_decided *block,
                        uint64_t requests[L1T_GT_ALGORITHMS])
{
    const struct tally_plan *plan = &tally_live(tally)->plan;
    for (size_t e = 0; e < block->n_fired; e++) {
        uint64_t open[L1T_GT_WORDS];
        tally_open(plan, block, e, open);
        FOR_EACH_BIT(b, w, open)
        requests[b]++;
    }
}

static void add_one(struct tally_sum *s, int64_t weight)
{
    tally_sum_add(s, 1, weight, (l1t_int128)weight * weight);
}

static void add_share(struct tally_sum *s, uint64_t share, int64_t weight, uint64_t n)
{
    tally_sum_share(s, (int64_t)share, n, weight, (l1t_int128)weight * weight);
}

static void add_before(struct l1t_tally *t, const struct tally_plan *plan, const uint64_t *open,
                       int64_t weight, unsigned pileup)
{
    FOR_EACH_BIT(b, w, open)
    {
        const size_t i = plan->index[b];
        add_one(tally_part(t, TALLY_BEFORE) + i, weight);
        add_one(tally_part(t, TALLY_PILEUP_BEFORE) + i * L1T_TALLY_PILEUPS + pileup, weight);
    }
}

static void add_sets(struct l1t_tally *t, const struct tally_plan *plan, size_t column,
                     const uint64_t *part, int64_t weight)
{
    for (size_t s = 0; s < plan->n_sets; s++) {
        const size_t at = column * plan->n_sets + s;
        uint64_t outside = 0;
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            outside |= part[w] & ~plan->set[s][w];
        if (!tally_meet(part, plan->set[s]))
            continue;
        add_one(tally_part(t, TALLY_EXACT_SET_OR) + at, weight);
        if (outside == 0)
            add_one(tally_part(t, TALLY_EXACT_SET_PURE) + at, weight);
    }
}

static void add_exact(struct l1t_tally *t, const struct tally_plan *plan, size_t column,
                      const uint64_t *kept, int64_t weight, unsigned pileup)
{
    const size_t row = column * plan->n;
    uint64_t part[L1T_GT_WORDS];
    FOR_EACH_BIT(b, w, kept)
    if (plan->column[column].divided[w] >> b % 64 & 1)
        add_one(tally_part(t, TALLY_AFTER) + row + plan->index[b], weight);
    tally_and(kept, plan->part, part);
    const unsigned k = tally_popcount(part);
    if (k == 0 || tally_meet(kept, plan->veto))
        return;
    add_one(tally_part(t, TALLY_EXACT_TOTAL) + column, weight);
    if (column == plan->focus)
        add_one(tally_part(t, TALLY_PILEUP_TOTAL) + pileup, weight);
    const uint64_t share = (L1T_SHARE_ONE + k / 2) / k;
    FOR_EACH_BIT(b, w, part)
    {
        const size_t i = row + plan->index[b];
        if (k == 1)
            add_one(tally_part(t, TALLY_EXACT_PURE) + i, weight);
        add_share(tally_part(t, TALLY_EXACT_PROPORTIONAL) + i, share, weight, 1);
    }
    add_sets(t, plan, column, part, weight);
}

static void add_overlap(struct l1t_tally *t, const struct tally_plan *plan, const uint64_t *kept,
                        int64_t weight)
{
    size_t index[L1T_GT_ALGORITHMS], n = 0;
    FOR_EACH_BIT(b, w, kept)
    index[n++] = plan->index[b];
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            add_one(tally_part(t, TALLY_OVERLAP) + index[i] * plan->n + index[j], weight);
}

static void add_expected(struct l1t_tally *t, struct tally_plan *plan, size_t column,
                         const uint64_t *open, int64_t weight)
{
    struct tally_expected e;
    uint64_t part[L1T_GT_WORDS];
    l1t_tally_expect(plan, column, open, &e);
    add_share(tally_part(t, TALLY_EXPECTED_TOTAL) + column, e.total, weight, 0);
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        part[w] = open[w] & plan->part[w] &
                  (plan->column[column].always[w] | plan->column[column].divided[w]);
    FOR_EACH_BIT(b, w, part)
    {
        const size_t i = column * plan->n + plan->index[b];
        add_share(tally_part(t, TALLY_EXPECTED_PURE) + i, e.pure[b], weight, 0);
        add_share(tally_part(t, TALLY_EXPECTED_PROPORTIONAL) + i, e.proportional[b], weight, 0);
    }
    for (size_t s = 0; s < plan->n_sets; s++) {
        const size_t i = column * plan->n_sets + s;
        add_share(tally_part(t, TALLY_EXPECTED_SET_OR) + i, e.set_or[s], weight, 0);
        add_share(tally_part(t, TALLY_EXPECTED_SET_PURE) + i, e.set_pure[s], weight, 0);
    }
}

static void add_all(struct l1t_tally *t, const struct l1t_decided *block)
{
    for (size_t p = 0; p < L1T_TALLY_PILEUPS; p++)
        if (block->count[p] > 0)
            tally_sum_add(tally_part(t, TALLY_PILEUP_ALL) + p, block->count[p], block->weight[p],
                          block->weight2[p]);
}

void l1t_tally_add(struct l1t_tally *tally, const struct l1t_decided *block,
                   const uint64_t before[L1T_GT_ALGORITHMS])
{
    struct tally_plan *plan = &tally_live(tally)->plan;
    struct tally_counters counters[L1T_TALLY_COLUMNS];
    for (size_t c = 0; c < plan->n_columns; c++)
        l1t_tally_counters(plan, c, before, &counters[c]);
    add_all(tally, block);
    for (size_t e = 0; e < block->n_fired; e++) {
        const int64_t weight = block->fired_weight[e];
        uint64_t open[L1T_GT_WORDS], kept[L1T_GT_WORDS];
        tally_open(plan, block, e, open);
        add_before(tally, plan, open, weight, block->pileup[e]);
        for (size_t c = 0; c < plan->n_columns; c++) {
            l1t_tally_keep(plan, c, &counters[c], open, kept);
            add_exact(tally, plan, c, kept, weight, block->pileup[e]);
            add_expected(tally, plan, c, open, weight);
            if (c == plan->focus && plan->overlap)
                add_overlap(tally, plan, kept, weight);
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Adding decided crossings. Crossings of weight 1, which most samples have only, go to small
 * counters (tally_wait.c), whole blocks at a time where that is quicker; others straight to the
 * sums. Both are whole numbers, so it is the same.
 */
#include "tally_internal.h"

#include "l1t/sample.h"

#include <string.h>

/*
 * Two ways to count pairs of algorithms: one by one, or of all that fired by masks of a block. A
 * pair of masks costs as much as this many single ones.
 */
enum { PAIRS_OF_MASKS = 12 };

enum { CHUNK = 1024 };

struct adding {
    struct l1t_tally *tally;
    struct tally_plan *plan;
    struct tally_waiting *waiting;
    const struct l1t_decided *block;
};

// The words of a crossing that are not zero.
struct crossing {
    unsigned n, at[L1T_GT_WORDS];
    uint64_t open[L1T_GT_WORDS];
    int64_t weight;
};

// ---- before prescales ----

// Crossings by bit that the masks leave of a part of a block.
static void count_open(const struct tally_plan *plan, const struct l1t_decided *block, size_t first,
                       size_t end, uint32_t count[L1T_GT_ALGORITHMS])
{
    uint64_t open[CHUNK][L1T_GT_WORDS];
    for (size_t e = first; e < end; e++)
        tally_open(plan, block, e, open[e - first]);
    l1t_tally_positional((const uint64_t(*)[L1T_GT_WORDS])open, end - first, count);
}

void l1t_tally_requests(const struct l1t_tally *tally, const struct l1t_decided *block,
                        uint64_t requests[L1T_GT_ALGORITHMS])
{
    const struct tally_plan *plan = &tally_live(tally)->plan;
    const size_t each = plan->open != NULL ? CHUNK : L1T_SAMPLE_BLOCK;
    for (size_t first = 0; first < block->n_fired; first += each) {
        const size_t end = block->n_fired < first + each ? block->n_fired : first + each;
        uint32_t count[L1T_GT_ALGORITHMS];
        if (plan->open != NULL)
            count_open(plan, block, first, end, count);
        else
            l1t_tally_positional((const uint64_t(*)[L1T_GT_WORDS])block->bits + first, end - first,
                                 count);
        for (size_t i = 0; i < plan->n; i++)
            requests[plan->bit[i]] += count[plan->bit[i]];
    }
}

static void add_one(struct tally_sum *s, int64_t weight)
{
    tally_sum_add(s, 1, weight, (l1t_int128)weight * weight);
}

static bool one_pileup(const struct l1t_decided *block)
{
    for (size_t e = 1; e < block->n_fired; e++)
        if (block->pileup[e] != block->pileup[0])
            return false;
    return true;
}

static void count_before(const struct adding *a)
{
    const struct tally_plan *plan = a->plan;
    uint32_t *before = a->waiting->count + a->tally->part[TALLY_BEFORE];
    uint32_t *by_pileup = a->waiting->count + a->tally->part[TALLY_PILEUP_BEFORE];
    const bool one = one_pileup(a->block);
    uint32_t count[L1T_GT_ALGORITHMS];
    l1t_tally_positional((const uint64_t(*)[L1T_GT_WORDS])a->waiting->open, a->block->n_fired,
                         count);
    for (size_t i = 0; i < plan->n; i++) {
        before[i] += count[plan->bit[i]];
        if (one)
            by_pileup[i * L1T_TALLY_PILEUPS + a->block->pileup[0]] += count[plan->bit[i]];
    }
    for (size_t e = 0; !one && e < a->block->n_fired; e++) {
        uint16_t bit[L1T_GT_ALGORITHMS];
        const size_t n = tally_bits(a->waiting->open[e], bit);
        for (size_t k = 0; k < n; k++)
            by_pileup[(size_t)plan->index[bit[k]] * L1T_TALLY_PILEUPS + a->block->pileup[e]]++;
    }
}

static void weigh_before(const struct adding *a)
{
    struct tally_sum *before = tally_part(a->tally, TALLY_BEFORE);
    struct tally_sum *by_pileup = tally_part(a->tally, TALLY_PILEUP_BEFORE);
    for (size_t e = 0; e < a->block->n_fired; e++) {
        const int64_t weight = a->block->fired_weight[e];
        uint16_t bit[L1T_GT_ALGORITHMS];
        const size_t n = tally_bits(a->waiting->open[e], bit);
        for (size_t k = 0; k < n; k++) {
            const size_t i = a->plan->index[bit[k]];
            add_one(&before[i], weight);
            add_one(&by_pileup[i * L1T_TALLY_PILEUPS + a->block->pileup[e]], weight);
        }
    }
}

// ---- after exact prescales ----

static inline void add(const struct adding *a, bool weighted, enum tally_part part, size_t i,
                       int64_t weight)
{
    if (weighted)
        add_one(tally_part(a->tally, part) + i, weight);
    else
        a->waiting->count[a->tally->part[part] + i]++;
}

// What the column keeps, by word of the crossing; how many of it may make the final OR.
static inline unsigned keep(const struct adding *a, bool weighted, size_t c,
                            struct tally_counters *counters, const struct crossing *x,
                            uint64_t *kept, bool *veto)
{
    const struct tally_column *column = &a->plan->column[c];
    unsigned k = 0;
    uint64_t vetoes = 0;
    for (unsigned j = 0; j < x->n; j++) {
        const unsigned w = x->at[j];
        kept[j] = x->open[j] & column->always[w];
        for (uint64_t left = x->open[j] & column->divided[w]; left != 0; left &= left - 1) {
            const unsigned b = 64 * w + (unsigned)__builtin_ctzll(left);
            if (!tally_accept(column, counters, b))
                continue;
            kept[j] |= left & -left;
            add(a, weighted, TALLY_AFTER, c * a->plan->n + a->plan->index[b], x->weight);
        }
        vetoes |= kept[j] & a->plan->veto[w];
        k += (unsigned)__builtin_popcountll(kept[j] & a->plan->part[w]);
    }
    *veto = vetoes != 0;
    return k;
}

// Sets of which one algorithm at least, and of which all were kept.
static inline void add_sets(const struct adding *a, bool weighted, size_t c, uint64_t in,
                            uint64_t pure, int64_t weight)
{
    for (; in != 0; in &= in - 1) {
        const size_t s = (size_t)__builtin_ctzll(in);
        add(a, weighted, TALLY_EXACT_SET_OR, c * a->plan->n_sets + s, weight);
        if ((pure >> s & 1) != 0)
            add(a, weighted, TALLY_EXACT_SET_PURE, c * a->plan->n_sets + s, weight);
    }
}

static inline void add_share(const struct adding *a, bool weighted, size_t i, unsigned k,
                             int64_t weight)
{
    if (weighted) {
        tally_sum_share(tally_part(a->tally, TALLY_EXACT_PROPORTIONAL) + i,
                        (int64_t)a->plan->share[k], 1, weight, (l1t_int128)weight * weight);
        return;
    }
    if (k == 1) // a count is enough
        return;
    struct tally_shares *s = &a->waiting->shares[i];
    s->n++;
    s->share += a->plan->share[k];
    s->square += a->plan->square[k];
}

static inline void add_kept(const struct adding *a, bool weighted, size_t c,
                            const struct crossing *x, const uint64_t *kept, unsigned k)
{
    uint64_t in = 0, pure = UINT64_MAX;
    add(a, weighted, TALLY_EXACT_TOTAL, c, x->weight);
    for (unsigned j = 0; j < x->n; j++) {
        const unsigned w = x->at[j];
        for (uint64_t left = kept[j] & a->plan->part[w]; left != 0; left &= left - 1) {
            const unsigned b = 64 * w + (unsigned)__builtin_ctzll(left);
            const size_t i = c * a->plan->n + a->plan->index[b];
            if (k == 1)
                add(a, weighted, TALLY_EXACT_PURE, i, x->weight);
            add_share(a, weighted, i, k, x->weight);
            in |= a->plan->member[b];
            pure &= a->plan->member[b];
        }
    }
    add_sets(a, weighted, c, in, pure, x->weight);
}

static inline void add_column(const struct adding *a, bool weighted, size_t c,
                              struct tally_counters *counters, const struct crossing *x, size_t e)
{
    uint64_t kept[L1T_GT_WORDS];
    bool veto;
    const unsigned k = keep(a, weighted, c, counters, x, kept, &veto);
    const bool total = k > 0 && !veto;
    if (total)
        add_kept(a, weighted, c, x, kept, k);
    if (c != a->plan->focus)
        return;
    if (total)
        add(a, weighted, TALLY_PILEUP_TOTAL, a->block->pileup[e], x->weight);
    uint64_t *to = a->waiting->kept[e];
    memset(to, 0, sizeof a->waiting->kept[e]);
    for (unsigned j = 0; j < x->n; j++)
        to[x->at[j]] = kept[j];
}

static inline void add_crossings(const struct adding *a, bool weighted,
                                 struct tally_counters *counters)
{
    for (size_t e = 0; e < a->block->n_fired; e++) {
        struct crossing x = {.weight = a->block->fired_weight[e]};
        const uint64_t *open = a->waiting->open[e];
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            if (open[w] != 0) {
                x.open[x.n] = open[w];
                x.at[x.n++] = w;
            }
        l1t_tally_wait_word(a->tally, open, x.weight);
        for (size_t c = 0; c < a->plan->n_columns; c++)
            add_column(a, weighted, c, &counters[c], &x, e);
    }
}

// ---- pairs ----

static size_t list_kept(const struct adding *a, size_t e, size_t *index)
{
    uint16_t bit[L1T_GT_ALGORITHMS];
    const size_t n = tally_bits(a->waiting->kept[e], bit);
    for (size_t k = 0; k < n; k++)
        index[k] = a->plan->index[bit[k]];
    return n;
}

static void count_overlap(const struct adding *a)
{
    uint32_t *pair = a->waiting->count + a->tally->part[TALLY_OVERLAP];
    uint64_t any[L1T_GT_WORDS] = {0}, pairs = 0;
    for (size_t e = 0; e < a->block->n_fired; e++) {
        const uint64_t k = tally_popcount(a->waiting->kept[e]);
        pairs += k * (k + 1) / 2;
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            any[w] |= a->waiting->kept[e][w];
    }
    const uint64_t rows = tally_popcount(any);
    if (pairs > PAIRS_OF_MASKS * rows * (rows + 1) / 2) {
        l1t_tally_pairs(a->plan, (const uint64_t(*)[L1T_GT_WORDS])a->waiting->kept,
                        a->block->n_fired, a->waiting->mask, pair);
        return;
    }
    for (size_t e = 0; e < a->block->n_fired; e++) {
        size_t index[L1T_GT_ALGORITHMS];
        const size_t n = list_kept(a, e, index);
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                pair[index[i] * a->plan->n + index[j]]++;
    }
}

static void weigh_overlap(const struct adding *a)
{
    struct tally_sum *pair = tally_part(a->tally, TALLY_OVERLAP);
    for (size_t e = 0; e < a->block->n_fired; e++) {
        size_t index[L1T_GT_ALGORITHMS];
        const size_t n = list_kept(a, e, index);
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                add_one(&pair[index[i] * a->plan->n + index[j]], a->block->fired_weight[e]);
    }
}

// ---- a block ----

static void add_all(struct l1t_tally *t, const struct l1t_decided *block)
{
    for (size_t p = 0; p < L1T_TALLY_PILEUPS; p++)
        if (block->count[p] > 0)
            tally_sum_add(tally_part(t, TALLY_PILEUP_ALL) + p, block->count[p], block->weight[p],
                          block->weight2[p]);
}

static bool all_of_weight_one(const struct l1t_decided *block)
{
    for (size_t e = 0; e < block->n_fired; e++)
        if (block->fired_weight[e] != 1)
            return false;
    return true;
}

void l1t_tally_add(struct l1t_tally *tally, const struct l1t_decided *block,
                   const uint64_t before[L1T_GT_ALGORITHMS])
{
    struct tally_live *live = tally_live(tally);
    const struct adding a = {tally, &live->plan, live->waiting, block};
    struct tally_counters counters[L1T_TALLY_COLUMNS];
    add_all(tally, block);
    if (block->n_fired == 0)
        return;
    for (size_t c = 0; c < a.plan->n_columns; c++)
        l1t_tally_counters(a.plan, c, before, &counters[c]);
    for (size_t e = 0; e < block->n_fired; e++)
        tally_open(a.plan, block, e, a.waiting->open[e]);
    if (all_of_weight_one(block)) {
        count_before(&a);
        add_crossings(&a, false, counters);
        if (a.plan->overlap)
            count_overlap(&a);
    } else {
        weigh_before(&a);
        add_crossings(&a, true, counters);
        if (a.plan->overlap)
            weigh_overlap(&a);
    }
    tally->pending += block->n_fired;
    if (tally->pending >= TALLY_WAIT)
        l1t_tally_settle(tally);
}

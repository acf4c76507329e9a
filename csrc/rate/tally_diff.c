// SPDX-License-Identifier: GPL-3.0-or-later
// Two menus on the same crossings: what one keeps and the other does not.
#include "tally_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Sums of the whole menus, then five of each match.
enum { TOTAL_A, TOTAL_B, TOTAL_EXPECTED, MATCHES };
enum { BEFORE_A, BEFORE_B, BEFORE_BOTH, AFTER_A, AFTER_B, OF_MATCH };

// Flat, without pointers; what lies in front of it is the process's own.
struct l1t_tally_diff {
    uint64_t size, n; // bytes; matches
    double unit;
};

struct menu {
    struct tally_plan plan;
    uint64_t matched[L1T_GT_WORDS];
    uint16_t match[L1T_GT_ALGORITHMS]; // by bit
};

struct live {
    struct menu menu[2];
    uint16_t bit_a[L1T_GT_ALGORITHMS]; // of the first menu, by the second's bit
};

enum { ALIGN = 16, LIVE = (sizeof(struct live) + ALIGN - 1) / ALIGN * ALIGN };
enum { HEAD = (sizeof(struct l1t_tally_diff) + 15) / 16 * 16 };

static struct live *live_of(const struct l1t_tally_diff *diff)
{
    return (struct live *)((char *)diff - LIVE);
}

static struct tally_sum *sums(const struct l1t_tally_diff *diff)
{
    return (struct tally_sum *)((char *)diff + HEAD);
}

static struct tally_sum *of_match(const struct l1t_tally_diff *diff, size_t k)
{
    return sums(diff) + MATCHES + OF_MATCH * k;
}

static size_t n_sums(size_t matches)
{
    return MATCHES + OF_MATCH * matches;
}

static enum l1t_err add_match(struct live *live, const struct l1t_tally_match *match, size_t k,
                              struct l1t_diag *diag)
{
    const uint16_t index[2] = {match->a, match->b};
    for (size_t m = 0; m < 2; m++) {
        struct menu *menu = &live->menu[m];
        if (index[m] >= menu->plan.n)
            return l1t_fail(diag, L1T_E_INPUT, "comparison: algorithm %u of %zu", index[m],
                            menu->plan.n);
        const unsigned b = menu->plan.bit[index[m]];
        if ((menu->matched[b / 64] >> b % 64 & 1) != 0)
            return l1t_fail(diag, L1T_E_INPUT, "comparison: algorithm %u is matched twice",
                            index[m]);
        menu->matched[b / 64] |= UINT64_C(1) << b % 64;
        menu->match[b] = (uint16_t)k;
    }
    live->bit_a[live->menu[1].plan.bit[match->b]] = live->menu[0].plan.bit[match->a];
    return L1T_OK;
}

enum l1t_err l1t_tally_diff_open(const struct l1t_tally_spec *a, const struct l1t_tally_spec *b,
                                 const struct l1t_tally_match *match, size_t n_matches,
                                 double weight_unit, struct l1t_tally_diff **diff,
                                 struct l1t_diag *diag)
{
    *diff = NULL;
    if (n_matches > L1T_GT_ALGORITHMS)
        return l1t_fail(diag, L1T_E_INPUT, "comparison: %zu algorithms, at most %d", n_matches,
                        L1T_GT_ALGORITHMS);
    const size_t size = HEAD + n_sums(n_matches) * sizeof(struct tally_sum);
    char *memory = calloc(1, LIVE + size);
    if (memory == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "comparison: out of memory");
    struct l1t_tally_diff *made = (struct l1t_tally_diff *)(memory + LIVE);
    *made = (struct l1t_tally_diff){size, n_matches, weight_unit};
    struct live *live = live_of(made);
    enum l1t_err err = l1t_tally_plan_make(a, weight_unit, &live->menu[0].plan, diag);
    if (err == L1T_OK)
        err = l1t_tally_plan_make(b, weight_unit, &live->menu[1].plan, diag);
    for (size_t k = 0; err == L1T_OK && k < n_matches; k++)
        err = add_match(live, &match[k], k, diag);
    if (err == L1T_OK)
        *diff = made;
    else
        l1t_tally_diff_close(made);
    // cppcheck-suppress memleak ; close frees it from its beginning
    return err;
}

void l1t_tally_diff_close(struct l1t_tally_diff *diff)
{
    if (diff == NULL)
        return;
    struct live *live = live_of(diff);
    l1t_tally_plan_free(&live->menu[0].plan);
    l1t_tally_plan_free(&live->menu[1].plan);
    free(live);
}

void l1t_tally_diff_merge(struct l1t_tally_diff *to, const struct l1t_tally_diff *from)
{
    for (size_t i = 0; i < n_sums(to->n); i++)
        tally_sum_merge(&sums(to)[i], &sums(from)[i]);
}

void *l1t_tally_diff_bytes(struct l1t_tally_diff *diff, size_t *size)
{
    *size = diff->size;
    return diff;
}

// ---- adding ----

// A crossing as both menus see it.
struct seen {
    int64_t weight;
    uint64_t open[2][L1T_GT_WORDS], kept[2][L1T_GT_WORDS];
};

static void add_weight(struct tally_sum *s, int64_t weight)
{
    tally_sum_add(s, 1, weight, (l1t_int128)weight * weight);
}

// Bits of the second menu where the first has the same algorithms.
static void translate(const struct live *live, const uint64_t *from, uint64_t *to)
{
    const uint64_t *matched = live->menu[1].matched;
    memset(to, 0, L1T_GT_WORDS * sizeof *to);
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        for (uint64_t left = from[w] & matched[w]; left != 0; left &= left - 1) {
            const unsigned b = live->bit_a[64 * w + (unsigned)__builtin_ctzll(left)];
            to[b / 64] |= UINT64_C(1) << b % 64;
        }
}

static void add_words(struct l1t_tally_diff *diff, const uint64_t *words, int which, int64_t weight)
{
    const struct menu *first = &live_of(diff)->menu[0];
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        for (uint64_t left = words[w]; left != 0; left &= left - 1)
            add_weight(of_match(diff, first->match[64 * w + (unsigned)__builtin_ctzll(left)]) +
                           which,
                       weight);
}

static void add_matches(struct l1t_tally_diff *diff, const struct seen *s)
{
    const struct live *live = live_of(diff);
    const uint64_t *matched = live->menu[0].matched;
    uint64_t open[L1T_GT_WORDS], kept[L1T_GT_WORDS], words[OF_MATCH][L1T_GT_WORDS];
    translate(live, s->open[1], open);
    translate(live, s->kept[1], kept);
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        const uint64_t open_a = s->open[0][w] & matched[w], kept_a = s->kept[0][w] & matched[w];
        words[BEFORE_A][w] = open_a & ~open[w];
        words[BEFORE_B][w] = open[w] & ~open_a;
        words[BEFORE_BOTH][w] = open_a & open[w];
        words[AFTER_A][w] = kept_a & ~kept[w];
        words[AFTER_B][w] = kept[w] & ~kept_a;
    }
    for (int i = 0; i < OF_MATCH; i++)
        add_words(diff, words[i], i, s->weight);
}

static void add_totals(struct l1t_tally_diff *diff, const struct seen *s)
{
    bool on[2];
    int64_t expected[2];
    for (size_t m = 0; m < 2; m++) {
        const struct tally_plan *plan = &live_of(diff)->menu[m].plan;
        on[m] = tally_meet(s->kept[m], plan->part) && !tally_meet(s->kept[m], plan->veto);
        expected[m] = (int64_t)l1t_tally_expect_total(plan, plan->focus, s->open[m]);
    }
    if (on[0] != on[1])
        add_weight(sums(diff) + (on[0] ? TOTAL_A : TOTAL_B), s->weight);
    if (expected[0] != expected[1])
        tally_sum_share(sums(diff) + TOTAL_EXPECTED, expected[0] - expected[1], 0, s->weight,
                        (l1t_int128)s->weight * s->weight);
}

void l1t_tally_diff_add(struct l1t_tally_diff *diff, const struct l1t_decided *a,
                        const uint64_t before_a[L1T_GT_ALGORITHMS], const struct l1t_decided *b,
                        const uint64_t before_b[L1T_GT_ALGORITHMS])
{
    const struct l1t_decided *const block[2] = {a, b};
    const uint64_t *const before[2] = {before_a, before_b};
    const struct live *live = live_of(diff);
    struct tally_counters counters[2];
    size_t at[2] = {0, 0};
    for (size_t m = 0; m < 2; m++)
        l1t_tally_counters(&live->menu[m].plan, live->menu[m].plan.focus, before[m], &counters[m]);
    while (at[0] < a->n_fired || at[1] < b->n_fired) {
        // The next crossing in which either fires.
        const unsigned next_a = at[0] < a->n_fired ? a->offset[at[0]] : UINT32_MAX;
        const unsigned next_b = at[1] < b->n_fired ? b->offset[at[1]] : UINT32_MAX;
        const unsigned next = next_a < next_b ? next_a : next_b;
        struct seen s = {0};
        for (size_t m = 0; m < 2; m++) {
            const struct tally_plan *plan = &live->menu[m].plan;
            if (at[m] == block[m]->n_fired || block[m]->offset[at[m]] != next)
                continue;
            tally_open(plan, block[m], at[m], s.open[m]);
            l1t_tally_keep(plan, plan->focus, &counters[m], s.open[m], s.kept[m]);
            s.weight = block[m]->fired_weight[at[m]++];
        }
        add_matches(diff, &s);
        add_totals(diff, &s);
    }
}

// ---- reading ----

static struct l1t_delta only(const struct tally_sum *a, const struct tally_sum *b, double unit)
{
    struct l1t_delta d = {tally_sum_read(a, unit), tally_sum_read(b, unit), 0, 0};
    d.w = d.a_only.w - d.b_only.w;
    d.w2 = d.a_only.w2 + d.b_only.w2;
    return d;
}

struct l1t_delta l1t_tally_diff_total(const struct l1t_tally_diff *diff, enum l1t_tally_mode mode)
{
    if (mode == L1T_TALLY_EXACT)
        return only(sums(diff) + TOTAL_A, sums(diff) + TOTAL_B, diff->unit);
    const struct l1t_sum s = tally_sum_read_share(sums(diff) + TOTAL_EXPECTED, diff->unit);
    return (struct l1t_delta){.w = s.w, .w2 = s.w2};
}

struct l1t_delta l1t_tally_diff_before(const struct l1t_tally_diff *diff, size_t k)
{
    const struct tally_sum *s = of_match(diff, k);
    return only(s + BEFORE_A, s + BEFORE_B, diff->unit);
}

static double expected_share(const struct menu *menu, size_t k)
{
    for (size_t i = 0; i < menu->plan.n; i++) {
        const unsigned b = menu->plan.bit[i];
        if ((menu->matched[b / 64] >> b % 64 & 1) != 0 && menu->match[b] == k)
            return menu->plan.column[menu->plan.focus].p[b];
    }
    return 0;
}

struct l1t_delta l1t_tally_diff_after(const struct l1t_tally_diff *diff, enum l1t_tally_mode mode,
                                      size_t k)
{
    const struct tally_sum *s = of_match(diff, k);
    if (mode == L1T_TALLY_EXACT)
        return only(s + AFTER_A, s + AFTER_B, diff->unit);
    const double a = expected_share(&live_of(diff)->menu[0], k);
    const double b = expected_share(&live_of(diff)->menu[1], k);
    const struct l1t_sum only_a = tally_sum_read(s + BEFORE_A, diff->unit);
    const struct l1t_sum only_b = tally_sum_read(s + BEFORE_B, diff->unit);
    const struct l1t_sum both = tally_sum_read(s + BEFORE_BOTH, diff->unit);
    return (struct l1t_delta){.w = a * only_a.w - b * only_b.w + (a - b) * both.w,
                              .w2 = a * a * only_a.w2 + b * b * only_b.w2 +
                                    (a - b) * (a - b) * both.w2};
}

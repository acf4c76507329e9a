// SPDX-License-Identifier: GPL-3.0-or-later
// Distinct decisions with their numbers of crossings, and Poisson replicas of sums over them.
#include "l1t/tally_bootstrap.h"
#include "poisson.h"
#include "tally_plan.h"

#include "../shards.h"
#include "l1t/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    uint64_t open[L1T_GT_WORDS];
    int64_t weight;
    uint64_t first, n; // crossing; n 0: a free place
};

struct l1t_words {
    struct tally_plan plan;
    size_t most, n, places; // places: a power of two, twice n at least
    struct entry *entry;
};

enum l1t_err l1t_words_open(const struct l1t_tally_spec *spec, double weight_unit, size_t most,
                            struct l1t_words **words, struct l1t_diag *diag)
{
    *words = NULL;
    if (most < 1 || most > L1T_WORDS_MOST)
        return l1t_fail(diag, L1T_E_INPUT, "bootstrap: %zu distinct decisions, must be 1 .. %d",
                        most, L1T_WORDS_MOST);
    struct l1t_words *w = calloc(1, sizeof *w);
    if (w == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "bootstrap: out of memory");
    w->most = most;
    w->places = 1024;
    w->entry = calloc(w->places, sizeof *w->entry);
    enum l1t_err err = l1t_tally_plan_make(spec, weight_unit, &w->plan, diag);
    if (err == L1T_OK && w->entry == NULL)
        err = l1t_fail(diag, L1T_E_NOMEM, "bootstrap: out of memory");
    if (err == L1T_OK)
        *words = w;
    else
        l1t_words_close(w);
    return err;
}

void l1t_words_close(struct l1t_words *words)
{
    if (words == NULL)
        return;
    l1t_tally_plan_free(&words->plan);
    free(words->entry);
    free(words);
}

size_t l1t_words_count(const struct l1t_words *words)
{
    return words->n;
}

// ---- the table ----

static uint64_t hash(const uint64_t *open, int64_t weight)
{
    uint64_t h = (uint64_t)weight;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        h = (h ^ open[w]) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    return h;
}

static struct entry *place_of(struct entry *table, size_t places, const uint64_t *open,
                              int64_t weight)
{
    size_t i = hash(open, weight) & (places - 1);
    while (table[i].n != 0 &&
           (table[i].weight != weight || memcmp(table[i].open, open, sizeof table[i].open) != 0))
        i = (i + 1) & (places - 1);
    return &table[i];
}

static enum l1t_err grow(struct l1t_words *w, struct l1t_diag *diag)
{
    struct entry *larger = calloc(2 * w->places, sizeof *larger);
    if (larger == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "bootstrap: out of memory for %zu distinct decisions",
                        w->n);
    for (size_t i = 0; i < w->places; i++)
        if (w->entry[i].n != 0)
            *place_of(larger, 2 * w->places, w->entry[i].open, w->entry[i].weight) = w->entry[i];
    free(w->entry);
    w->entry = larger;
    w->places *= 2;
    return L1T_OK;
}

static enum l1t_err put(struct l1t_words *w, const struct entry *e, struct l1t_diag *diag)
{
    struct entry *place = place_of(w->entry, w->places, e->open, e->weight);
    if (place->n != 0) {
        place->n += e->n;
        place->first = e->first < place->first ? e->first : place->first;
        return L1T_OK;
    }
    if (w->n == w->most)
        return l1t_fail(diag, L1T_E_INPUT,
                        "bootstrap: more than %zu distinct decisions by crossing %llu; use fewer "
                        "crossings, or errors by formula",
                        w->most, (unsigned long long)e->first);
    *place = *e;
    w->n++;
    return 2 * w->n >= w->places ? grow(w, diag) : L1T_OK;
}

enum l1t_err l1t_words_add(struct l1t_words *words, const struct l1t_decided *block,
                           struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < block->n_fired; i++) {
        struct entry e = {
            .weight = block->fired_weight[i], .first = block->first + block->offset[i], .n = 1};
        tally_open(&words->plan, block, i, e.open);
        if (e.weight != 0 && tally_popcount(e.open) != 0)
            err = put(words, &e, diag);
    }
    return err;
}

enum l1t_err l1t_words_merge(struct l1t_words *to, const struct l1t_words *from,
                             struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < from->places; i++)
        if (from->entry[i].n != 0)
            err = put(to, &from->entry[i], diag);
    return err;
}

// ---- replicas ----

// What an entry gives to the statistics.
struct share {
    const struct entry *entry;
    uint64_t *factor; // [n statistics], in 2^-40
};

struct task {
    const struct l1t_words *words;
    size_t n, n_shares;
    struct share *share;
    uint64_t seed;
    double *replica;
};

static double in_weights(const struct l1t_words *words, l1t_int128 sum)
{
    return ldexp((double)sum, -L1T_SHARE_BITS) * words->plan.unit;
}

// A part of the statistics that fits the stack; all of one replica.
enum { PART = 64 };

static void resample(const struct task *t, size_t r, size_t first, size_t n)
{
    l1t_int128 sum[PART] = {0};
    for (size_t i = 0; i < t->n_shares; i++) {
        const struct entry *e = t->share[i].entry;
        const uint64_t times =
            l1t_poisson((double)e->n, t->seed, L1T_STREAM_WORDS, e->first, (uint32_t)r);
        const l1t_int128 weight = (l1t_int128)e->weight * (int64_t)times;
        for (size_t k = 0; k < n; k++)
            sum[k] += weight * (int64_t)t->share[i].factor[first + k];
    }
    for (size_t k = 0; k < n; k++)
        t->replica[r * t->n + first + k] = in_weights(t->words, sum[k]);
}

static void work(void *context, unsigned shard, size_t first, size_t count)
{
    const struct task *t = context;
    (void)shard;
    for (size_t r = first; r < first + count; r++)
        for (size_t k = 0; k < t->n; k += PART)
            resample(t, r, k, t->n - k < PART ? t->n - k : PART);
}

static bool is_open(const struct tally_plan *plan, const uint64_t *open, size_t column, size_t i)
{
    const unsigned b = plan->bit[i];
    const struct tally_column *c = &plan->column[column];
    const uint64_t part = plan->part[b / 64] & (c->always[b / 64] | c->divided[b / 64]);
    return (open[b / 64] & part) >> b % 64 & 1;
}

// Columns are gone through once each, whatever the order of the statistics.
static void factors(struct tally_plan *plan, const struct l1t_statistic *s, size_t n,
                    const uint64_t *open, uint64_t *factor)
{
    struct tally_expected e;
    for (size_t c = 0; c < plan->n_columns; c++) {
        bool ready = false;
        for (size_t k = 0; k < n; k++) {
            if (s[k].column != c)
                continue;
            if (!ready)
                l1t_tally_expect(plan, c, open, &e);
            ready = true;
            if (s[k].kind == L1T_STATISTIC_TOTAL)
                factor[k] = e.total;
            else if (!is_open(plan, open, c, s[k].algorithm))
                factor[k] = 0;
            else
                factor[k] =
                    (s[k].kind == L1T_STATISTIC_PURE ? e.pure
                                                     : e.proportional)[plan->bit[s[k].algorithm]];
        }
    }
}

static enum l1t_err check(const struct l1t_words *words, const struct l1t_statistic *s, size_t n,
                          size_t replicas, struct l1t_diag *diag)
{
    if (replicas > L1T_REPLICAS_MOST)
        return l1t_fail(diag, L1T_E_INPUT, "bootstrap: %zu replicas, at most %d", replicas,
                        L1T_REPLICAS_MOST);
    for (size_t k = 0; k < n; k++)
        if (s[k].column >= words->plan.n_columns ||
            (s[k].kind != L1T_STATISTIC_TOTAL && s[k].algorithm >= words->plan.n))
            return l1t_fail(diag, L1T_E_INPUT, "bootstrap: column %zu of %zu, algorithm %zu of %zu",
                            s[k].column, words->plan.n_columns, s[k].algorithm, words->plan.n);
    return L1T_OK;
}

enum l1t_err l1t_words_resample(const struct l1t_words *words,
                                const struct l1t_statistic *statistic, size_t n, size_t replicas,
                                uint64_t seed, unsigned threads, double *value, double *replica,
                                struct l1t_diag *diag)
{
    const enum l1t_err err = check(words, statistic, n, replicas, diag);
    if (err != L1T_OK)
        return err;
    struct task t = {words, n, 0, calloc(words->n + 1, sizeof *t.share), seed, replica};
    uint64_t *factor = calloc(words->n * n + 1, sizeof *factor);
    struct l1t_gauss gauss;
    if (t.share == NULL || factor == NULL || l1t_gauss_init(&gauss) != 0) {
        free(t.share);
        free(factor);
        return l1t_fail(diag, L1T_E_NOMEM, "bootstrap: out of memory for %zu decisions", words->n);
    }
    // Rules are made as they are needed: in a plan of this call's own.
    struct tally_plan plan = words->plan;
    plan.gauss = gauss;
    for (size_t i = 0; i < words->places; i++) {
        const struct entry *e = &words->entry[i];
        if (e->n == 0)
            continue;
        factors(&plan, statistic, n, e->open, factor + t.n_shares * n);
        t.share[t.n_shares] = (struct share){e, factor + t.n_shares * n};
        t.n_shares++;
    }
    for (size_t k = 0; k < n; k++) {
        l1t_int128 sum = 0;
        for (size_t i = 0; i < t.n_shares; i++)
            sum += (l1t_int128)t.share[i].entry->weight * (int64_t)t.share[i].entry->n *
                   (int64_t)t.share[i].factor[k];
        value[k] = in_weights(words, sum);
    }
    l1t_shards_run(threads, replicas, work, &t);
    l1t_gauss_free(&plan.gauss);
    free(t.share);
    free(factor);
    return L1T_OK;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The Monte Carlo pass: crossings in shards, fired seeds kept as one word a crossing, accounting
// afterwards in event order. Threads decide nothing but the time it takes.
#include "l1t/predict.h"
#include "l1t/clock.h"

#include "predict_internal.h"
#include "shards.h"

#include <math.h>
#include <stdlib.h>

enum { round_crossings = 1 << 27 }; // crossings between two accountings: bounds the memory

struct cut { // a compiled seed
    enum l1t_object o[2];
    uint16_t c[2];
    size_t n_legs;
};

struct shard {
    struct l1t_crossings batch;
    struct l1t_code_counts counts;
    uint64_t *fired; // one word for every crossing in which a seed fired, in order
    size_t n, size;
    uint64_t nonempty;
    int failed;
};

struct pass {
    const struct l1t_processes *processes;
    struct cut cut[L1T_MAX_SEEDS];
    size_t n_seeds;
    uint64_t seed, first; // first crossing of the round
    struct shard *shard;
    unsigned threads;
    uint64_t crossings; // of all rounds
    const struct l1t_predict_progress *progress;
};

static uint16_t code_of(double threshold)
{
    return (uint16_t)l1t_threshold_code(threshold);
}

static struct cut compile(const struct l1t_seed *s)
{
    struct cut c = {{s->leg[0].object, s->leg[1].object}, {0, 0}, s->n_legs};
    c.c[0] = code_of(s->leg[0].threshold_gev);
    c.c[1] = s->n_legs == 2 ? code_of(s->leg[1].threshold_gev) : 0;
    if (s->n_legs == 2 && c.o[0] == c.o[1] && c.c[0] < c.c[1]) { // the leading object first
        const uint16_t low = c.c[0];
        c.c[0] = c.c[1];
        c.c[1] = low;
    }
    return c;
}

static uint64_t fired_seeds(const struct pass *p, const struct l1t_crossings *x, size_t i)
{
    uint64_t fired = 0;
    for (size_t s = 0; s < p->n_seeds; s++) {
        const struct cut *c = &p->cut[s];
        uint64_t yes = x->leading[c->o[0]][i] >= c->c[0];
        if (c->n_legs == 2)
            yes &= (c->o[0] == c->o[1] ? x->second[c->o[1]][i] : x->leading[c->o[1]][i]) >= c->c[1];
        fired |= yes << s;
    }
    return fired;
}

static void keep(struct shard *s, uint64_t fired)
{
    if (s->n == s->size) { // rare: the size was estimated with room to spare
        uint64_t *bigger = realloc(s->fired, (2 * s->size + 1024) * sizeof *bigger);
        if (bigger == NULL) {
            s->failed = 1;
            return;
        }
        s->fired = bigger;
        s->size = 2 * s->size + 1024;
    }
    s->fired[s->n++] = fired;
}

static void take(const struct pass *p, struct shard *s)
{
    const struct l1t_crossings *x = &s->batch;
    for (size_t i = 0; i < x->n; i++) {
        for (int o = 0; o < L1T_OBJECTS; o++) {
            s->counts.n[o][0][x->leading[o][i]]++;
            s->counts.n[o][1][x->second[o][i]]++;
        }
        const uint64_t fired = fired_seeds(p, x, i);
        if (fired != 0)
            keep(s, fired);
    }
    s->nonempty += x->n;
}

// The last shard is worked on by the caller's own thread; the others are about as far.
static void tell(const struct pass *p, unsigned number, size_t done, size_t count)
{
    enum { BATCHES = 64 }; // between two calls
    if (p->progress == NULL || number + 1 != p->threads || done / L1T_BATCH % BATCHES != 0)
        return;
    const uint64_t left = p->crossings - p->first;
    const double round = left < round_crossings ? (double)left : (double)round_crossings;
    p->progress->at(p->progress->user, (double)p->first + round * (double)done / (double)count,
                    (double)p->crossings);
}

static void work(void *context, unsigned number, size_t first, size_t count)
{
    const struct pass *p = context;
    struct shard *s = &p->shard[number];
    s->n = 0;
    for (size_t done = 0; done < count; done += L1T_BATCH) {
        const size_t n = count - done < L1T_BATCH ? count - done : L1T_BATCH;
        l1t_crossings_make(p->processes, p->seed, p->first + first + done, n, &s->batch);
        take(p, s);
        tell(p, number, done, count);
    }
}

static int reserve(struct pass *p, unsigned threads, uint64_t crossings)
{
    const double each = (double)crossings / threads * p->processes->any;
    p->shard = calloc(threads, sizeof *p->shard);
    if (p->shard == NULL)
        return -1;
    for (unsigned t = 0; t < threads; t++) {
        struct shard *s = &p->shard[t];
        s->size = (size_t)(each + 8 * sqrt(each)) + 1024;
        s->fired = malloc(s->size * sizeof *s->fired);
        if (s->fired == NULL)
            return -1;
    }
    return 0;
}

static void release(struct pass *p, unsigned threads)
{
    for (unsigned t = 0; p->shard != NULL && t < threads; t++)
        free(p->shard[t].fired);
    free(p->shard);
}

static int run_rounds(struct pass *p, uint64_t crossings, unsigned threads,
                      struct l1t_account *account)
{
    for (p->first = 0; p->first < crossings; p->first += round_crossings) {
        const uint64_t left = crossings - p->first;
        const size_t n = left < round_crossings ? (size_t)left : round_crossings;
        l1t_shards_run(threads, n, work, p);
        for (unsigned t = 0; t < threads; t++) {
            if (p->shard[t].failed)
                return -1;
            for (size_t i = 0; i < p->shard[t].n; i++)
                l1t_account_add(account, p->shard[t].fired[i]);
        }
    }
    return 0;
}

static void merge(const struct pass *p, unsigned threads, struct l1t_code_counts *counts,
                  uint64_t *nonempty)
{
    for (unsigned t = 0; t < threads; t++) {
        const struct shard *s = &p->shard[t];
        *nonempty += s->nonempty;
        for (int o = 0; o < L1T_OBJECTS; o++)
            for (int k = 0; k < 2; k++)
                for (int c = 1; c < L1T_CODES; c++)
                    counts->n[o][k][c] += s->counts.n[o][k][c];
    }
}

struct work_space {
    struct l1t_account account;
    struct l1t_code_counts counts;
};

static enum l1t_err run(struct pass *p, const struct l1t_menu *menu, unsigned threads,
                        struct work_space *w, struct l1t_prediction *out, struct l1t_diag *diag)
{
    const double started = l1t_seconds();
    const uint64_t in_round =
        out->crossings < round_crossings ? out->crossings : (uint64_t)round_crossings;
    l1t_account_init(&w->account, menu);
    if (reserve(p, threads, in_round) != 0 ||
        run_rounds(p, out->crossings, threads, &w->account) != 0)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for %llu crossings a round",
                        (unsigned long long)in_round);
    merge(p, threads, &w->counts, &out->nonempty);
    l1t_make_rates(menu, p->processes, &w->account, out);
    l1t_closed_total(menu, p->processes, &out->closed_total_khz, &out->coincidence_khz);
    out->seconds = l1t_seconds() - started;
    out->crossings_per_s = (double)out->crossings / fmax(out->seconds, 1e-9);
    return l1t_make_curves(p->processes, &w->counts, out, diag);
}

static enum l1t_err prepare(const struct l1t_menu *menu, uint64_t crossings,
                            struct l1t_prediction *out, struct work_space **space,
                            struct l1t_diag *diag)
{
    *out = (struct l1t_prediction){.n_seeds = menu->n, .crossings = crossings};
    if (crossings < 1 || crossings > UINT64_C(1) << 53)
        return l1t_fail(diag, L1T_E_INPUT, "%llu crossings; 1 to 2^53",
                        (unsigned long long)crossings);
    out->seed = calloc(menu->n, sizeof *out->seed);
    out->overlap_khz = calloc(menu->n * menu->n, sizeof *out->overlap_khz);
    *space = calloc(1, sizeof **space);
    if (out->seed == NULL || out->overlap_khz == NULL || *space == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for a prediction");
    return L1T_OK;
}

enum l1t_err l1t_predict(const struct l1t_menu *menu, const struct l1t_processes *processes,
                         uint64_t seed, uint64_t crossings, unsigned threads,
                         const struct l1t_predict_progress *progress,
                         struct l1t_prediction *prediction, struct l1t_diag *diag)
{
    *prediction = (struct l1t_prediction){0};
    struct work_space *space = NULL;
    threads = threads < 1 ? 1 : threads > L1T_MAX_THREADS ? L1T_MAX_THREADS : threads;
    enum l1t_err err = l1t_menu_check(menu, processes, diag);
    if (err == L1T_OK)
        err = prepare(menu, crossings, prediction, &space, diag);
    if (err == L1T_OK) {
        struct pass p = {.processes = processes,
                         .n_seeds = menu->n,
                         .seed = seed,
                         .threads = threads,
                         .crossings = crossings,
                         .progress = progress};
        for (size_t i = 0; i < menu->n; i++)
            p.cut[i] = compile(&menu->seed[i]);
        err = run(&p, menu, threads, space, prediction, diag);
        release(&p, threads);
    }
    free(space);
    if (err != L1T_OK)
        l1t_prediction_free(prediction);
    return err;
}

void l1t_prediction_free(struct l1t_prediction *prediction)
{
    for (size_t i = 0; i < prediction->n_curves; i++)
        free(prediction->curve[i].threshold_gev);
    free(prediction->curve);
    free(prediction->overlap_khz);
    free(prediction->seed);
    *prediction = (struct l1t_prediction){0};
}

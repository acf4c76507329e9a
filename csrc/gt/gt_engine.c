// SPDX-License-Identifier: GPL-3.0-or-later
// Batches over threads. Each thread has a batch's memory of its own and takes whole batches; only
// the words of a mask in which two batches meet are written by two, bit by bit, in any order.
#include "l1t/gt_engine.h"
#include "../shards.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64 };

struct worker {
    void *memory;
    struct l1t_gt_mask *result; // by algorithm
    uint64_t count[L1T_GT_ALGORITHMS];
};

struct l1t_gt_engine {
    struct l1t_gt_plan *plan;
    unsigned n_workers;
    struct worker *worker;
};

struct job {
    struct l1t_gt_engine *engine;
    const struct l1t_gt_crossings *crossings;
    const struct l1t_gt_decisions *decisions;
};

static void *aligned(size_t size)
{
    return aligned_alloc(ALIGN, (size + ALIGN - 1) / ALIGN * ALIGN + ALIGN);
}

enum l1t_err l1t_gt_engine_open(const struct l1t_gt_code *code, unsigned threads,
                                struct l1t_gt_engine **engine, struct l1t_diag *diag)
{
    *engine = NULL;
    struct l1t_gt_engine *e = calloc(1, sizeof *e);
    if (e == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "global trigger: out of memory");
    enum l1t_err err = l1t_gt_plan_make(code, &e->plan, diag);
    e->n_workers = threads < 1 ? 1 : threads > L1T_MAX_THREADS ? L1T_MAX_THREADS : threads;
    if (err == L1T_OK && (e->worker = calloc(e->n_workers, sizeof *e->worker)) == NULL)
        err = l1t_fail(diag, L1T_E_NOMEM, "global trigger: out of memory");
    for (unsigned i = 0; err == L1T_OK && e->worker != NULL && i < e->n_workers; i++) {
        struct worker *w = &e->worker[i];
        w->memory = aligned(l1t_gt_batch_size(e->plan));
        w->result = aligned(code->n_algorithms * sizeof *w->result);
        if (w->memory == NULL || w->result == NULL)
            err = l1t_fail(diag, L1T_E_NOMEM, "global trigger: out of memory for %u threads",
                           e->n_workers);
    }
    if (err == L1T_OK)
        *engine = e;
    else
        l1t_gt_engine_close(e);
    return err;
}

void l1t_gt_engine_close(struct l1t_gt_engine *engine)
{
    if (engine == NULL)
        return;
    for (unsigned i = 0; engine->worker != NULL && i < engine->n_workers; i++) {
        free(engine->worker[i].memory);
        free(engine->worker[i].result);
    }
    free(engine->worker);
    l1t_gt_plan_free(engine->plan);
    free(engine);
}

// ---- neighbours ----

static const struct l1t_gt_words no_words;
static const struct l1t_gt_event no_event;

enum { ABSENT = -1 };

// Crossing of an offset from another one, in its ring or between open ends.
static ptrdiff_t neighbour(const struct l1t_gt_crossings *c, size_t i, int offset)
{
    const ptrdiff_t first = c->orbit == 0 ? 0 : (ptrdiff_t)(i / c->orbit * c->orbit);
    const ptrdiff_t end = c->orbit == 0 || c->n - (size_t)first < c->orbit
                              ? (ptrdiff_t)c->n
                              : first + (ptrdiff_t)c->orbit;
    ptrdiff_t at = (ptrdiff_t)i + offset;
    if (c->orbit == 0)
        return at >= 0 && at < end ? at : ABSENT;
    const ptrdiff_t length = end - first;
    at = (at - first) % length;
    return first + (at < 0 ? at + length : at);
}

/*
 * Rings that begin or end within a batch: the rows of a column are shared by neighbours, so a batch
 * holds crossings that follow each other, and a ring's last batch is a short one.
 */
struct span {
    size_t first, n;
};

static size_t ring_of(const struct l1t_gt_crossings *c)
{
    return c->orbit == 0 || c->orbit > c->n ? c->n : c->orbit;
}

static size_t batches_of_ring(size_t ring)
{
    return (ring + L1T_GT_BATCH - 1) / L1T_GT_BATCH;
}

static size_t n_batches(const struct l1t_gt_crossings *c)
{
    const size_t ring = ring_of(c);
    return ring == 0 ? 0 : c->n / ring * batches_of_ring(ring) + batches_of_ring(c->n % ring);
}

static struct span batch_at(const struct l1t_gt_crossings *c, size_t number)
{
    const size_t ring = ring_of(c), each = batches_of_ring(ring);
    const size_t begin = number / each * ring;
    const size_t length = c->n - begin < ring ? c->n - begin : ring;
    const size_t offset = number % each * L1T_GT_BATCH;
    const size_t left = length - offset;
    return (struct span){begin + offset, left < L1T_GT_BATCH ? left : L1T_GT_BATCH};
}

// ---- a batch ----

static void fill(const struct l1t_gt_engine *engine, const struct l1t_gt_crossings *c,
                 struct span span, void *memory)
{
    const struct l1t_gt_words *words[L1T_GT_FILL];
    const struct l1t_gt_event *events[L1T_GT_FILL];
    for (size_t i = 0; i < L1T_GT_FILL; i++) {
        // Neighbours of the first and the last crossing; beyond a short batch nothing matters.
        const size_t last = span.first + span.n - 1;
        const ptrdiff_t offset = (ptrdiff_t)i - L1T_GT_BX_REACH;
        ptrdiff_t at = ABSENT;
        if (offset < 0)
            at = neighbour(c, span.first, (int)offset);
        else if ((size_t)offset < span.n)
            at = (ptrdiff_t)(span.first + (size_t)offset);
        else if ((size_t)offset < span.n + L1T_GT_BX_REACH)
            at = neighbour(c, last, (int)((size_t)offset - span.n + 1));
        words[i] = at >= 0 && c->words != NULL ? &c->words[at] : &no_words;
        events[i] = at >= 0 && c->words == NULL ? &c->events[at] : &no_event;
    }
    if (c->words != NULL)
        l1t_gt_batch_fill_words(engine->plan, words, memory);
    else
        l1t_gt_batch_fill_events(engine->plan, events, memory);
}

static void add_counts(const struct l1t_gt_code *code, struct worker *w)
{
    for (size_t a = 0; a < code->n_algorithms; a++)
        w->count[code->algorithm[a].bit] += l1t_gt_batch_count(&w->result[a]);
}

static void put_bits(const struct l1t_gt_code *code, const struct worker *w, struct span span,
                     uint64_t (*bits)[L1T_GT_WORDS])
{
    memset(bits[span.first], 0, span.n * sizeof *bits);
    for (size_t a = 0; a < code->n_algorithms; a++) {
        const unsigned bit = code->algorithm[a].bit;
        for (unsigned i = 0; i < L1T_GT_BATCH / 64; i++)
            for (uint64_t left = w->result[a].word[i]; left != 0; left &= left - 1)
                bits[span.first + (size_t)64 * i + (unsigned)__builtin_ctzll(left)][bit / 64] |=
                    UINT64_C(1) << bit % 64;
    }
}

// Rings need not begin at a multiple of 64, so bits go where they belong one word at a time.
static void put_masks(const struct l1t_gt_code *code, const struct worker *w, struct span span,
                      const struct l1t_gt_decisions *d)
{
    const size_t word = span.first / 64, shift = span.first % 64;
    for (size_t a = 0; a < code->n_algorithms; a++) {
        uint64_t *to = d->mask + (size_t)code->algorithm[a].bit * d->mask_words + word;
        for (size_t i = 0; 64 * i < span.n; i++) {
            const uint64_t bits = w->result[a].word[i];
            if (bits << shift != 0)
                (void)__atomic_fetch_or(&to[i], bits << shift, __ATOMIC_RELAXED);
            if (shift > 0 && bits >> (64 - shift) != 0)
                (void)__atomic_fetch_or(&to[i + 1], bits >> (64 - shift), __ATOMIC_RELAXED);
        }
    }
}

static void run_shard(void *context, unsigned shard, size_t first, size_t count)
{
    const struct job *job = context;
    const struct l1t_gt_decisions *d = job->decisions;
    const struct l1t_gt_code *code = job->engine->plan->code;
    struct worker *w = &job->engine->worker[shard];
    memset(w->count, 0, sizeof w->count);
    for (size_t b = first; b < first + count; b++) {
        const struct span span = batch_at(job->crossings, b);
        fill(job->engine, job->crossings, span, w->memory);
        l1t_gt_batch_decide(job->engine->plan, w->memory, span.n, job->crossings->independent,
                            w->result);
        add_counts(code, w);
        if (d->bits != NULL)
            put_bits(code, w, span, d->bits);
        if (d->mask != NULL)
            put_masks(code, w, span, d);
    }
}

void l1t_gt_engine_run(struct l1t_gt_engine *engine, const struct l1t_gt_crossings *crossings,
                       const struct l1t_gt_decisions *decisions)
{
    struct job job = {engine, crossings, decisions};
    if (decisions->mask != NULL)
        memset(decisions->mask, 0,
               L1T_GT_ALGORITHMS * decisions->mask_words * sizeof *decisions->mask);
    l1t_shards_run(engine->n_workers, n_batches(crossings), run_shard, &job);
    if (decisions->count == NULL)
        return;
    memset(decisions->count, 0, L1T_GT_ALGORITHMS * sizeof *decisions->count);
    for (unsigned i = 0; i < engine->n_workers; i++)
        for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
            decisions->count[b] += engine->worker[i].count[b];
}

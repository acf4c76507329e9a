// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Accounting in waves. The blocks of a wave are decided in parallel, on all threads of all ranks;
 * how often each prescale counter is asked in them is summed in the order of the blocks, so that
 * every block knows where its counters stand; then the blocks are added to tallies in parallel.
 * Whole numbers only: who did what does not show.
 */
#include "rate_internal.h"

#include "../shards.h"
#include "l1t/rate_ranks.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCKS_A_THREAD = 4 };

struct requests {
    uint64_t of[RATE_MENUS][L1T_GT_ALGORITHMS];
};

// What ranks tell each other of a wave.
struct news {
    struct requests requests;
    uint64_t fired;
    int err;
    struct l1t_diag diag;
};

struct thread {
    struct l1t_tally *tally[RATE_MENUS];
    struct l1t_tally_diff *diff;
    enum l1t_err err;
    struct l1t_diag diag;
};

struct wave {
    struct rate_source *source;
    const struct rate_account_options *options;
    const struct rate_sample *sample;
    const struct rate_match *match;
    struct l1t_sample_factors factors;
    unsigned threads;
    size_t room, n; /* blocks of this rank */
    uint64_t first; /* of them, over all samples */
    struct rate_block *block;
    struct requests *requests; /* by block: its own, then those of all before it */
    uint64_t *fired;           /* by block */
    struct thread *thread;
    struct news *news; /* by rank */
    struct requests before;
};

// ---- a block ----

static enum l1t_err decide_one(struct wave *w, unsigned thread, size_t i, struct l1t_diag *diag)
{
    struct rate_block *block = &w->block[i];
    const enum l1t_err err = w->source->get(w->source, thread, w->first + i, block, diag);
    if (err != L1T_OK)
        return err;
    memset(&w->requests[i], 0, sizeof w->requests[i]);
    for (size_t m = 0; m < w->source->n_menus; m++) {
        rate_apply_factors(&w->factors, &block->menu[m]);
        l1t_tally_requests(w->thread[thread].tally[m], &block->menu[m], w->requests[i].of[m]);
    }
    w->fired[i] = block->menu[0].n_fired;
    return L1T_OK;
}

static void decide_shard(void *context, unsigned thread, size_t first, size_t count)
{
    struct wave *w = context;
    struct thread *t = &w->thread[thread];
    t->err = L1T_OK;
    for (size_t i = first; t->err == L1T_OK && i < first + count; i++)
        t->err = decide_one(w, thread, i, &t->diag);
}

static void add_shard(void *context, unsigned thread, size_t first, size_t count)
{
    struct wave *w = context;
    const struct thread *t = &w->thread[thread];
    for (size_t i = first; i < first + count; i++) {
        const struct requests *before = &w->requests[i];
        for (size_t m = 0; m < w->source->n_menus; m++)
            l1t_tally_add(t->tally[m], &w->block[i].menu[m], before->of[m]);
        if (t->diff != NULL)
            l1t_tally_diff_add(t->diff, &w->block[i].menu[0], before->of[0], &w->block[i].menu[1],
                               before->of[1]);
    }
}

// ---- a wave ----

static void add_requests(struct requests *to, const struct requests *more)
{
    for (size_t m = 0; m < RATE_MENUS; m++)
        for (size_t b = 0; b < L1T_GT_ALGORITHMS; b++)
            to->of[m][b] += more->of[m][b];
}

// Each block's own requests become those of all blocks before it.
static void order(struct wave *w, struct requests at)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct requests own = w->requests[i];
        w->requests[i] = at;
        add_requests(&at, &own);
    }
}

static void tell(struct wave *w)
{
    struct news *mine = &w->news[rate_ranks(w->options->comm)];
    memset(mine, 0, sizeof *mine);
    for (unsigned t = 0; t < w->threads && mine->err == L1T_OK; t++) {
        mine->err = (int)w->thread[t].err;
        mine->diag = w->thread[t].diag;
    }
    for (size_t i = 0; i < w->n && mine->err == L1T_OK; i++) {
        add_requests(&mine->requests, &w->requests[i]);
        mine->fired += w->fired[i];
    }
    rate_gather(w->options->comm, mine, sizeof *mine, w->news);
}

static enum l1t_err run_wave(struct wave *w, uint64_t *fired, struct l1t_diag *diag)
{
    struct requests mine = w->before;
    l1t_shards_run(w->threads, w->n, decide_shard, w);
    tell(w);
    for (int r = 0; r < rate_ranks(w->options->comm); r++) {
        const struct news *news = &w->news[r];
        if (news->err != L1T_OK)
            return l1t_fail(diag, (enum l1t_err)news->err, "%s", news->diag.text);
        if (r == rate_rank(w->options->comm))
            mine = w->before;
        add_requests(&w->before, &news->requests);
        *fired += news->fired;
    }
    order(w, mine);
    l1t_shards_run(w->threads, w->n, add_shard, w);
    return L1T_OK;
}

static void show(const struct wave *w, uint64_t done)
{
    const struct rate_account_options *o = w->options;
    if (o->progress != NULL && rate_rank(o->comm) == 0)
        o->progress(o->user, w->sample->name, (double)done, (double)w->sample->n);
}

static enum l1t_err run_waves(struct wave *w, uint64_t *fired, struct l1t_diag *diag)
{
    const uint64_t step = w->room * (uint64_t)rate_ranks(w->options->comm);
    enum l1t_err err = L1T_OK;
    for (uint64_t b = 0; err == L1T_OK && b < w->sample->n; b += step) {
        const uint64_t start = b + w->room * (uint64_t)rate_rank(w->options->comm);
        const uint64_t left = start < w->sample->n ? w->sample->n - start : 0;
        w->first = w->sample->first + start;
        w->n = left < w->room ? (size_t)left : w->room;
        err = run_wave(w, fired, diag);
        show(w, b + step < w->sample->n ? b + step : w->sample->n);
    }
    return err;
}

// ---- a sample ----

static enum l1t_err open_threads(struct wave *w, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    const double unit = w->sample->info.weight_unit * w->factors.unit;
    for (unsigned t = 0; err == L1T_OK && t < w->threads; t++) {
        for (size_t m = 0; err == L1T_OK && m < w->source->n_menus; m++) {
            struct l1t_tally_spec spec = w->options->menu[m].spec;
            spec.overlap = w->options->overlap && m == 0 && !w->sample->signal;
            err = l1t_tally_open(&spec, unit, &w->thread[t].tally[m], diag);
        }
        if (err == L1T_OK && w->source->n_menus > 1)
            err = l1t_tally_diff_open(&w->options->menu[0].spec, &w->options->menu[1].spec,
                                      w->match->match, w->match->n, unit, &w->thread[t].diff, diag);
    }
    return err;
}

static void close_threads(struct wave *w)
{
    for (unsigned t = 0; t < w->threads; t++) {
        for (size_t m = 0; m < RATE_MENUS; m++)
            l1t_tally_close(w->thread[t].tally[m]);
        l1t_tally_diff_close(w->thread[t].diff);
        memset(&w->thread[t], 0, sizeof w->thread[t]);
    }
}

static void merge_tally(void *to, const void *from)
{
    l1t_tally_merge(to, from);
}

static void merge_diff(void *to, const void *from)
{
    l1t_tally_diff_merge(to, from);
}

// What other ranks have arrives as flat memory.
static enum l1t_err reduce(struct l1t_comm *comm, void *to, void *mine, size_t size,
                           void (*merge)(void *to, const void *from), struct l1t_diag *diag)
{
    if (rate_ranks(comm) == 1)
        return L1T_OK;
    if (rate_rank(comm) > 0) {
        comm->send(comm, mine, size);
        return L1T_OK;
    }
    void *theirs = aligned_alloc(64, (size + 63) / 64 * 64);
    if (theirs == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (int r = 1; r < comm->size; r++) {
        comm->receive(comm, r, theirs, size);
        merge(to, theirs);
    }
    free(theirs);
    return L1T_OK;
}

// All threads' into the first's, all ranks' into rank 0's.
static enum l1t_err collect(struct wave *w, size_t s, struct rate_accounts *accounts,
                            struct l1t_diag *diag)
{
    struct thread *to = &w->thread[0];
    enum l1t_err err = L1T_OK;
    for (unsigned t = 1; t < w->threads; t++) {
        for (size_t m = 0; m < w->source->n_menus; m++)
            l1t_tally_merge(to->tally[m], w->thread[t].tally[m]);
        if (to->diff != NULL)
            l1t_tally_diff_merge(to->diff, w->thread[t].diff);
    }
    size_t size = 0;
    for (size_t m = 0; err == L1T_OK && m < w->source->n_menus; m++) {
        void *mine = l1t_tally_bytes(to->tally[m], &size);
        err = reduce(w->options->comm, to->tally[m], mine, size, merge_tally, diag);
    }
    if (err == L1T_OK && to->diff != NULL) {
        void *mine = l1t_tally_diff_bytes(to->diff, &size);
        err = reduce(w->options->comm, to->diff, mine, size, merge_diff, diag);
    }
    for (size_t m = 0; m < w->source->n_menus; m++) {
        accounts->tally[m][s] = to->tally[m];
        to->tally[m] = NULL;
    }
    if (accounts->diff != NULL) {
        accounts->diff[s] = to->diff;
        to->diff = NULL;
    }
    return err;
}

static enum l1t_err run_sample(struct wave *w, size_t s, struct rate_accounts *accounts,
                               struct l1t_diag *diag)
{
    w->sample = &w->source->sample[s];
    memset(&w->before, 0, sizeof w->before);
    enum l1t_err err =
        rate_find_factors(w->source, w->sample, w->options, &w->factors, &accounts->missing, diag);
    accounts->reweighted[s] = w->factors.on;
    if (err == L1T_OK)
        err = open_threads(w, diag);
    err = l1t_ranks_agree(w->options->comm, err, diag);
    if (err == L1T_OK)
        err = run_waves(w, &accounts->fired[s], diag);
    if (err == L1T_OK)
        err = collect(w, s, accounts, diag);
    close_threads(w);
    return err;
}

// ---- memory ----

static enum l1t_err make_accounts(const struct rate_source *source, struct rate_accounts *a,
                                  struct l1t_diag *diag)
{
    const size_t n = source->n_samples;
    bool good = true;
    for (size_t m = 0; m < source->n_menus; m++) {
        a->tally[m] = calloc(n, sizeof(struct l1t_tally *));
        good = good && a->tally[m] != NULL;
    }
    a->fired = calloc(n, sizeof *a->fired);
    a->reweighted = calloc(n, sizeof *a->reweighted);
    if (source->n_menus > 1)
        a->diff = calloc(n, sizeof(struct l1t_tally_diff *));
    good = good && a->fired != NULL && a->reweighted != NULL &&
           (source->n_menus == 1 || a->diff != NULL);
    return good ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static enum l1t_err make_wave(struct wave *w, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    w->room = (size_t)BLOCKS_A_THREAD * w->threads;
    w->block = calloc(w->room, sizeof *w->block);
    w->requests = calloc(w->room, sizeof *w->requests);
    w->fired = calloc(w->room, sizeof *w->fired);
    w->thread = calloc(w->threads, sizeof *w->thread);
    w->news = calloc((size_t)rate_ranks(w->options->comm) + 1, sizeof *w->news);
    if (w->block == NULL || w->requests == NULL || w->fired == NULL || w->thread == NULL ||
        w->news == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; err == L1T_OK && i < w->room; i++)
        err = rate_block_make(&w->block[i], w->source->n_menus, diag);
    return err;
}

static void free_wave(struct wave *w)
{
    for (size_t i = 0; w->block != NULL && i < w->room; i++)
        rate_block_free(&w->block[i]);
    free(w->block);
    free(w->requests);
    free(w->fired);
    free(w->thread);
    free(w->news);
}

enum l1t_err rate_account(struct rate_source *source, const struct rate_account_options *options,
                          struct rate_accounts *accounts, struct l1t_diag *diag)
{
    memset(accounts, 0, sizeof *accounts);
    rate_match_menus(options->menu, &accounts->match);
    struct wave *w = calloc(1, sizeof *w);
    if (w == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    w->source = source;
    w->options = options;
    w->match = &accounts->match;
    w->threads = source->threads;
    enum l1t_err err = make_accounts(source, accounts, diag);
    if (err == L1T_OK)
        err = make_wave(w, diag);
    for (size_t s = 0; err == L1T_OK && s < source->n_samples; s++)
        err = run_sample(w, s, accounts, diag);
    free_wave(w);
    free(w);
    return err;
}

void rate_accounts_free(struct rate_accounts *accounts, const struct rate_source *source)
{
    for (size_t m = 0; m < RATE_MENUS; m++) {
        for (size_t s = 0; accounts->tally[m] != NULL && s < source->n_samples; s++)
            l1t_tally_close(accounts->tally[m][s]);
        free(accounts->tally[m]);
    }
    for (size_t s = 0; accounts->diff != NULL && s < source->n_samples; s++)
        l1t_tally_diff_close(accounts->diff[s]);
    free(accounts->diff);
    free(accounts->fired);
    free(accounts->reweighted);
    memset(accounts, 0, sizeof *accounts);
}

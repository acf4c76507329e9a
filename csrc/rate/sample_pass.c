// SPDX-License-Identifier: GPL-3.0-or-later
// All blocks of a sample on several threads.
#include "sample_pass.h"

#include "../shards.h"
#include "l1t/gt_engine.h"

#include <stdlib.h>
#include <string.h>

enum { REACH = L1T_GT_BX_REACH, ROOM = L1T_SAMPLE_BLOCK + 2 * REACH };

// What a thread has of its own.
struct worker {
    struct l1t_sample_reader *reader;
    struct l1t_gt_engine **engine;      // by code
    uint64_t (**decided)[L1T_GT_WORDS]; // by code: of a block and its neighbours
    const uint64_t (**bits)[L1T_GT_WORDS];
    struct l1t_gt_event lone;
    enum l1t_err err;
    struct l1t_diag diag;
};

struct job {
    const struct l1t_pass *pass;
    struct worker *worker;
    bool following;
    uint64_t n;
};

struct l1t_gt_around l1t_pass_around(const struct l1t_pass_block *b, size_t i)
{
    const struct l1t_gt_event *const here = &b->block->event[i];
    struct l1t_gt_around around;
    if (!b->following) { // as the batch engine has it
        memcpy(b->lone->external, here->external, sizeof here->external);
        b->lone->signal = here->signal;
    }
    for (int bx = -REACH; bx <= REACH; bx++)
        around.event[REACH + bx] = b->following || bx == 0 ? here + bx : b->lone;
    return around;
}

static enum l1t_err open_worker(const struct l1t_pass *pass, struct worker *w)
{
    w->engine = calloc(pass->n_codes + 1, sizeof *w->engine);
    w->decided = calloc(pass->n_codes + 1, sizeof *w->decided);
    w->bits = calloc(pass->n_codes + 1, sizeof *w->bits);
    if (w->engine == NULL || w->decided == NULL || w->bits == NULL)
        return l1t_fail(&w->diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = l1t_sample_reader_open(pass->sample, &w->reader, &w->diag);
    for (size_t i = 0; err == L1T_OK && i < pass->n_codes; i++) {
        w->decided[i] = calloc(ROOM, sizeof *w->decided[i]);
        if (w->decided[i] == NULL)
            return l1t_fail(&w->diag, L1T_E_NOMEM, "out of memory");
        err = l1t_gt_engine_open(pass->code[i], 1, &w->engine[i], &w->diag);
    }
    return err;
}

static void close_worker(const struct l1t_pass *pass, struct worker *w)
{
    for (size_t i = 0; i < pass->n_codes; i++) {
        if (w->engine != NULL)
            l1t_gt_engine_close(w->engine[i]);
        if (w->decided != NULL)
            free(w->decided[i]);
    }
    free(w->engine);
    free(w->decided);
    free((void *)w->bits);
    l1t_sample_reader_close(w->reader);
}

// Crossings that follow each other are decided with their neighbours on both sides.
static void decide(const struct job *job, struct worker *w, const struct l1t_sample_block *block)
{
    const size_t reach = job->following ? REACH : 0;
    const struct l1t_gt_crossings crossings = {
        .events = block->event - reach, .n = block->n + 2 * reach, .independent = !job->following};
    for (size_t i = 0; i < job->pass->n_codes; i++) {
        const struct l1t_gt_decisions wanted = {.bits = w->decided[i]};
        l1t_gt_engine_run(w->engine[i], &crossings, &wanted);
        w->bits[i] = (const uint64_t(*)[L1T_GT_WORDS])w->decided[i] + reach;
    }
}

static enum l1t_err take_block(const struct job *job, struct worker *w, unsigned shard, size_t at)
{
    struct l1t_sample_block block;
    const uint64_t first = (uint64_t)at * L1T_SAMPLE_BLOCK;
    const uint64_t left = job->n - first;
    enum l1t_err err =
        l1t_sample_read(w->reader, first, left < L1T_SAMPLE_BLOCK ? (size_t)left : L1T_SAMPLE_BLOCK,
                        &block, &w->diag);
    if (err != L1T_OK)
        return err;
    decide(job, w, &block);
    const struct l1t_pass_block decided = {&block, w->bits, job->following, &w->lone};
    return job->pass->take(job->pass->user, shard, &decided, &w->diag);
}

static void run_shard(void *context, unsigned shard, size_t first, size_t count)
{
    const struct job *job = context;
    struct worker *const w = &job->worker[shard];
    w->err = open_worker(job->pass, w);
    for (size_t i = first; w->err == L1T_OK && i < first + count; i++)
        w->err = take_block(job, w, shard, i);
    close_worker(job->pass, w);
}

enum l1t_err l1t_pass_run(const struct l1t_pass *pass, struct l1t_diag *diag)
{
    const struct l1t_sample_info *const info = l1t_sample_info(pass->sample);
    struct job job = {.pass = pass, .following = info->following, .n = info->n};
    job.worker = calloc(pass->threads, sizeof *job.worker);
    if (job.worker == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory for %u threads", pass->threads);
    l1t_shards_run(pass->threads, (size_t)((info->n + L1T_SAMPLE_BLOCK - 1) / L1T_SAMPLE_BLOCK),
                   run_shard, &job);
    enum l1t_err err = L1T_OK;
    for (unsigned i = 0; err == L1T_OK && i < pass->threads; i++) {
        err = job.worker[i].err;
        if (err != L1T_OK)
            *diag = job.worker[i].diag;
    }
    free(job.worker);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// One shard of a study: its range of blocks, decided and written in order.
#include "shard_file.h"

#include "../shards.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCKS_A_THREAD = 4 };

struct wave {
    struct rate_source *source;
    struct rate_block *block;
    size_t room;
    uint64_t first;
    enum l1t_err err[L1T_MAX_THREADS];
    struct l1t_diag *diag; /* by thread */
};

static void decide(void *context, unsigned thread, size_t first, size_t count)
{
    struct wave *w = context;
    enum l1t_err err = L1T_OK;
    for (size_t i = first; err == L1T_OK && i < first + count; i++)
        err = w->source->get(w->source, thread, w->first + i, &w->block[i], &w->diag[thread]);
    w->err[thread] = err;
}

static void copy(char *to, size_t size, const char *from)
{
    (void)snprintf(to, size, "%s", from != NULL ? from : "");
}

static enum l1t_err make_head(const struct l1t_rates *rates,
                              const struct l1t_rates_options *options, unsigned shard,
                              unsigned shards, struct shard_head *h, struct l1t_diag *diag)
{
    const struct l1t_rates_work *work = rates->work;
    const struct rate_source *source = &work->source;
    const char *study = rates->study->study->path;
    memset(h, 0, sizeof *h);
    if (strlen(study) >= SHARD_TEXT ||
        (options->menu != NULL && strlen(options->menu) >= SHARD_TEXT))
        return l1t_fail(diag, L1T_E_INPUT, "%.100s...: a path of over %d bytes", study,
                        SHARD_TEXT - 1);
    copy(h->program, sizeof h->program, l1t_version());
    copy(h->configuration, sizeof h->configuration, rates->config);
    copy(h->study, sizeof h->study, study);
    copy(h->menu, sizeof h->menu, options->menu);
    copy(h->sample, sizeof h->sample, options->sample);
    for (size_t m = 0; m < source->n_menus; m++)
        copy(h->decides[m], sizeof h->decides[m], work->menu[m].decides);
    h->shard = shard;
    h->shards = shards;
    h->first = l1t_shard_start((size_t)source->n_blocks, shards, shard - 1);
    h->n = l1t_shard_start((size_t)source->n_blocks, shards, shard) - h->first;
    h->total = source->n_blocks;
    h->n_menus = source->n_menus;
    h->n_samples = source->n_samples;
    h->n_signals = source->n_signals;
    for (size_t s = 0; s < source->n_samples; s++) {
        copy(h->sample_info[s].name, L1T_SAMPLE_NAME, source->sample[s].name);
        h->sample_info[s].info = source->sample[s].info;
    }
    return L1T_OK;
}

// A file that is there: the same shard, one that has to be made again, or somebody else's.
static enum l1t_err look_at(const char *path, const struct shard_head *wanted, bool *same,
                            struct l1t_diag *diag)
{
    struct shard_file *file = NULL;
    *same = false;
    if (access(path, F_OK) != 0)
        return L1T_OK;
    const enum l1t_err err = shard_open(path, &file, diag);
    if (err != L1T_OK)
        return l1t_fail_at(diag, err, "not written over");
    const struct shard_head *h = shard_head(file);
    *same = strcmp(h->program, wanted->program) == 0 &&
            strcmp(h->configuration, wanted->configuration) == 0 && h->shard == wanted->shard &&
            h->shards == wanted->shards && h->first == wanted->first && h->n == wanted->n &&
            strcmp(h->sample, wanted->sample) == 0;
    shard_close(file);
    return L1T_OK;
}

static enum l1t_err run_wave(struct wave *w, size_t n, struct shard_writer *writer,
                             struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    l1t_shards_run(w->source->threads, n, decide, w);
    for (unsigned t = 0; err == L1T_OK && t < w->source->threads; t++)
        if (w->err[t] != L1T_OK)
            err = l1t_fail(diag, w->err[t], "%s", w->diag[t].text);
    for (size_t i = 0; err == L1T_OK && i < n; i++)
        err = shard_append(writer, &w->block[i], diag);
    return err;
}

static enum l1t_err run_waves(struct wave *w, const struct shard_head *h,
                              const struct l1t_rates_options *options, struct shard_writer *writer,
                              struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (uint64_t b = 0; err == L1T_OK && b < h->n; b += w->room) {
        const size_t n = h->n - b < w->room ? (size_t)(h->n - b) : w->room;
        w->first = h->first + b;
        err = run_wave(w, n, writer, diag);
        if (options->progress != NULL)
            options->progress(options->user, "shard", (double)(b + n), (double)h->n);
    }
    return err;
}

static enum l1t_err write_all(struct rate_source *source, const struct shard_head *h,
                              const struct l1t_rates_options *options, const char *path,
                              struct l1t_diag *diag)
{
    struct shard_writer *writer = NULL;
    struct wave w = {.source = source, .room = (size_t)BLOCKS_A_THREAD * source->threads};
    enum l1t_err err = L1T_OK;
    w.block = calloc(w.room, sizeof *w.block);
    w.diag = calloc(source->threads, sizeof *w.diag);
    if (w.block == NULL || w.diag == NULL)
        err = l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; err == L1T_OK && i < w.room; i++)
        err = rate_block_make(&w.block[i], source->n_menus, diag);
    if (err == L1T_OK)
        err = shard_create(path, h, &writer, diag);
    if (err == L1T_OK)
        err = run_waves(&w, h, options, writer, diag);
    if (err == L1T_OK)
        err = shard_commit(writer, diag);
    else
        shard_abort(writer);
    for (size_t i = 0; w.block != NULL && i < w.room; i++)
        rate_block_free(&w.block[i]);
    free(w.block);
    free(w.diag);
    return err;
}

static enum l1t_err make_shard(struct l1t_rates *rates, const struct l1t_rates_options *options,
                               unsigned shard, unsigned shards, const char *path, bool *existed,
                               struct l1t_diag *diag)
{
    struct shard_head *h = malloc(sizeof *h);
    if (h == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = make_head(rates, options, shard, shards, h, diag);
    if (err == L1T_OK)
        err = look_at(path, h, existed, diag);
    if (err == L1T_OK && !*existed)
        err = write_all(&rates->work->source, h, options, path, diag);
    free(h);
    return err;
}

enum l1t_err l1t_rates_shard(struct l1t_rate_study *study, const struct l1t_rates_options *options,
                             unsigned shard, unsigned shards, const char *path, bool *existed,
                             struct l1t_diag *diag)
{
    struct l1t_rates rates;
    *existed = false;
    enum l1t_err err = rate_open(study, options, &rates, diag);
    if (err == L1T_OK)
        err = rate_open_samples(options, &rates, diag);
    if (err == L1T_OK)
        err = make_shard(&rates, options, shard, shards, path, existed, diag);
    l1t_rates_free(&rates);
    return err;
}

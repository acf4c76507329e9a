// SPDX-License-Identifier: GPL-3.0-or-later
// Shards put together: they must be of one study, program and partition, and all be there; then the
// accounting is that of one process.
#include "shard_file.h"

#include "../shards.h"

#include <stdlib.h>
#include <string.h>

struct l1t_parts {
    size_t n;
    struct shard_file **file; /* by shard */
};

// ---- do they go together? ----

static int by_shard(const void *a, const void *b)
{
    const unsigned x = shard_head(*(struct shard_file *const *)a)->shard;
    const unsigned y = shard_head(*(struct shard_file *const *)b)->shard;
    return x < y ? -1 : x > y;
}

static enum l1t_err check_one(const struct shard_file *file, const struct shard_file *first,
                              struct l1t_diag *diag)
{
    const struct shard_head *h = shard_head(file), *to = shard_head(first);
    if (strcmp(h->program, l1t_version()) != 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: made by l1twin %s; this is %s", shard_path(file),
                        h->program, l1t_version());
    if (strcmp(h->configuration, to->configuration) != 0)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: of another configuration, %.12s, than %s, %.12s: study, menu or "
                        "samples differ",
                        shard_path(file), h->configuration, shard_path(first), to->configuration);
    if (h->shards != to->shards || h->total != to->total)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: shard %u of %u does not go with %s, shard %u of %u: their ranges "
                        "overlap",
                        shard_path(file), h->shard, h->shards, shard_path(first), to->shard,
                        to->shards);
    return L1T_OK;
}

// "3", "3 and 5", "3, 5 and 7": those that are not there.
static enum l1t_err missing(const struct l1t_parts *parts, struct l1t_diag *diag)
{
    const unsigned shards = shard_head(parts->file[0])->shards;
    char text[300] = "";
    size_t n = 0, at = 0, used = 0;
    const size_t absent = shards - parts->n;
    for (unsigned s = 1; s <= shards; s++) {
        if (at < parts->n && shard_head(parts->file[at])->shard == s) {
            at++;
            continue;
        }
        n++;
        if (used + 16 < sizeof text)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%u",
                                     n == 1        ? ""
                                     : n == absent ? " and "
                                                   : ", ",
                                     s);
        else if (n == absent)
            (void)snprintf(text + sizeof text - 8, 8, " ...");
    }
    return l1t_fail(diag, L1T_E_INPUT, "shard%s %s of %u %s missing", n > 1 ? "s" : "", text,
                    shards, n > 1 ? "are" : "is");
}

static enum l1t_err check(struct l1t_parts *parts, struct l1t_diag *diag)
{
    for (size_t i = 0; i < parts->n; i++) {
        const enum l1t_err err = check_one(parts->file[i], parts->file[0], diag);
        if (err != L1T_OK)
            return err;
    }
    qsort(parts->file, parts->n, sizeof(struct shard_file *), by_shard);
    const unsigned shards = shard_head(parts->file[0])->shards;
    for (size_t i = 0; i < parts->n; i++) {
        const struct shard_head *h = shard_head(parts->file[i]);
        const uint64_t first = l1t_shard_start((size_t)h->total, shards, h->shard - 1);
        if (i > 0 && h->shard == shard_head(parts->file[i - 1])->shard)
            return l1t_fail(diag, L1T_E_INPUT, "%s and %s overlap: both are shard %u of %u",
                            shard_path(parts->file[i - 1]), shard_path(parts->file[i]), h->shard,
                            shards);
        if (h->first != first ||
            h->n != l1t_shard_start((size_t)h->total, shards, h->shard) - first)
            return l1t_fail(diag, L1T_E_INPUT, "%s: its range is not that of shard %u of %u",
                            shard_path(parts->file[i]), h->shard, shards);
    }
    return parts->n == shards ? L1T_OK : missing(parts, diag);
}

enum l1t_err l1t_parts_open(char *const *paths, size_t n, struct l1t_parts **parts,
                            struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    *parts = NULL;
    struct l1t_parts *p = calloc(1, sizeof *p);
    if (p != NULL)
        p->file = calloc(n + 1, sizeof(struct shard_file *));
    if (p == NULL || p->file == NULL) {
        free(p);
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    }
    for (size_t i = 0; err == L1T_OK && i < n; i++) {
        err = shard_open(paths[i], &p->file[i], diag);
        p->n += err == L1T_OK;
    }
    if (err == L1T_OK)
        err = check(p, diag);
    if (err == L1T_OK)
        *parts = p;
    else
        l1t_parts_close(p);
    return err;
}

void l1t_parts_close(struct l1t_parts *parts)
{
    if (parts == NULL)
        return;
    for (size_t i = 0; i < parts->n; i++)
        shard_close(parts->file[i]);
    free(parts->file);
    free(parts);
}

static const char *or_null(const char *text)
{
    return *text != '\0' ? text : NULL;
}

void l1t_parts_asked(const struct l1t_parts *parts, const char **study, const char **menu,
                     const char **sample)
{
    const struct shard_head *h = shard_head(parts->file[0]);
    *study = h->study;
    *menu = or_null(h->menu);
    *sample = or_null(h->sample);
}

// ---- a source of blocks ----

static enum l1t_err read_block(const struct rate_source *source, uint64_t number, bool head_only,
                               struct rate_block *block, struct l1t_diag *diag)
{
    const struct l1t_parts *parts = source->context;
    const struct rate_sample *sample = rate_source_sample(source, number);
    const uint64_t first = (number - sample->first) * L1T_SAMPLE_BLOCK;
    const uint64_t left = sample->info.n - first;
    size_t i = 0, end = parts->n;
    while (end - i > 1) {
        const size_t middle = i + (end - i) / 2;
        if (shard_head(parts->file[middle])->first <= number)
            i = middle;
        else
            end = middle;
    }
    return shard_read(parts->file[i], number - shard_head(parts->file[i])->first, first,
                      left < L1T_SAMPLE_BLOCK ? (size_t)left : L1T_SAMPLE_BLOCK, head_only, block,
                      diag);
}

static enum l1t_err get(struct rate_source *source, unsigned thread, uint64_t number,
                        struct rate_block *block, struct l1t_diag *diag)
{
    (void)thread;
    return read_block(source, number, false, block, diag);
}

static enum l1t_err head(struct rate_source *source, unsigned thread, uint64_t number,
                         struct rate_block *block, struct l1t_diag *diag)
{
    (void)thread;
    return read_block(source, number, true, block, diag);
}

static void close_source(struct rate_source *source)
{
    free(source->sample);
}

static const struct l1t_study_sample *find(const struct l1t_rate_study *study, const char *name,
                                           bool signal)
{
    const size_t n = signal ? study->n_signals : study->rates.n_samples;
    const struct l1t_study_sample *all = signal ? study->signal : study->rates.sample;
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].name, name) == 0)
            return &all[i];
    return NULL;
}

static enum l1t_err open_source(const struct l1t_rate_study *study, struct l1t_parts *parts,
                                unsigned threads, struct rate_source *source, struct l1t_diag *diag)
{
    const struct shard_head *h = shard_head(parts->file[0]);
    source->sample = calloc(h->n_samples, sizeof *source->sample);
    source->close = close_source;
    if (source->sample == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    source->context = parts;
    source->get = get;
    source->head = head;
    source->n_menus = h->n_menus;
    source->n_signals = h->n_signals;
    source->threads = threads < 1 ? 1 : threads > L1T_MAX_THREADS ? L1T_MAX_THREADS : threads;
    for (size_t s = 0; s < h->n_samples; s++) {
        const bool signal = s >= h->n_samples - h->n_signals;
        const struct l1t_study_sample *of = find(study, h->sample_info[s].name, signal);
        if (of == NULL)
            return l1t_fail(diag, L1T_E_INPUT, "%s: study %s has no %s '%s'",
                            shard_path(parts->file[0]), study->study->path,
                            signal ? "signal" : "sample", h->sample_info[s].name);
        source->sample[source->n_samples++] = (struct rate_sample){
            .name = of->name, .signal = signal, .study = of, .info = h->sample_info[s].info};
    }
    rate_source_count(source);
    return L1T_OK;
}

// Another menu or study is welcome as long as it decides the same: prescales, masks and groups are
// for the accounting.
static enum l1t_err check_config(const struct l1t_rates *rates, const struct l1t_parts *parts,
                                 bool other, struct l1t_diag *diag)
{
    const struct shard_head *h = shard_head(parts->file[0]);
    const struct l1t_rates_work *work = rates->work;
    if (!other && strcmp(rates->config, h->configuration) != 0)
        return l1t_fail(diag, L1T_E_INPUT,
                        "study %s or its menu has changed since the shards were made (now %.12s, "
                        "then %.12s); --study or --menu accounts anew",
                        rates->study->study->path, rates->config, h->configuration);
    for (size_t m = 0; m < RATE_MENUS; m++) {
        const bool has = work->menu[m].menu != NULL;
        if (has != (m < h->n_menus))
            return l1t_fail(diag, L1T_E_INPUT, "the shards were made %s a menu to compare to",
                            has ? "without" : "with");
        if (has && strcmp(work->menu[m].decides, h->decides[m]) != 0)
            return l1t_fail(diag, L1T_E_INPUT,
                            "menu %s does not decide as the one of the shards: bits, expressions, "
                            "cuts or scales differ; prescales, masks and groups may",
                            work->menu[m].menu->path);
    }
    return L1T_OK;
}

enum l1t_err l1t_rates_merge(struct l1t_rate_study *study, struct l1t_parts *parts, bool other,
                             const struct l1t_rates_options *options, struct l1t_rates *rates,
                             struct l1t_diag *diag)
{
    enum l1t_err err = rate_open(study, options, rates, diag);
    if (err == L1T_OK)
        err = open_source(study, parts, options->threads, &rates->work->source, diag);
    if (err == L1T_OK)
        err = rate_config_digest(study, rates->work, rates->config, diag);
    if (err == L1T_OK)
        err = check_config(rates, parts, other, diag);
    return err == L1T_OK ? rate_finish(options, rates, diag) : err;
}

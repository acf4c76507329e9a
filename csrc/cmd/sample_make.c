// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin sample make`: any sample into a store. Threads read blocks, which are appended in order.
#include "cmd/sample_parts.h"
#include "l1t/beam.h"
#include "l1t/io.h"
#include "l1t/rng.h"
#include "shards.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLOW_BLOCK = 64 }; // crossings of a block that takes long: of emulated ones

struct make {
    struct l1t_sample_arguments *a;
    struct l1t_gt_menu *menu;
    struct l1t_store_writer *writer;
    double weight_unit;
    bool weighted, drawn;
    struct l1t_alias pileup; // when drawn
    unsigned threads;
    struct l1t_progress progress;
    uint64_t done;
    // A wave: a block for each thread.
    uint64_t first, n; // of the sample
    size_t block;
    struct l1t_sample_reader **reader;
    struct l1t_sample_block *blocks;
    enum l1t_err *err;
    struct l1t_diag *diag;
};

// ---- what the menu says ----

static enum l1t_err find_external(struct make *m, const char *name)
{
    for (size_t i = 0; i < m->menu->n_externals; i++)
        if (strcmp(m->menu->external[i].name, name) == 0) {
            const unsigned channel = m->menu->external[i].channel;
            m->a->spec.external[channel / 64] |= UINT64_C(1) << channel % 64;
            return L1T_OK;
        }
    return l1t_fail(&m->a->p.diag, L1T_E_INPUT, "menu %s has no external signal '%.60s'",
                    m->menu->name, name);
}

static enum l1t_err load_menu(struct make *m)
{
    struct l1t_sample_arguments *a = m->a;
    char *found = NULL;
    enum l1t_err err = L1T_OK;
    if (a->menu == NULL)
        err = l1t_config_path("menus/run3.yaml", &found, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_gt_menu_load(a->menu != NULL ? a->menu : found, &m->menu, &a->p.diag);
    free(found);
    for (size_t i = 0; err == L1T_OK && i < a->n_externals; i++)
        err = find_external(m, a->external[i]);
    if (err == L1T_OK)
        a->spec.scales = &m->menu->scales;
    return err;
}

// ---- pile-up from a target: labels, the objects do not know of them ----

static enum l1t_err load_pileup(struct make *m)
{
    struct l1t_pileup_target target;
    if (m->a->pileup == NULL)
        return L1T_OK;
    const enum l1t_err err = l1t_pileup_target_parse(m->a->pileup, NULL, &target, &m->a->p.diag);
    if (err != L1T_OK)
        return err;
    if (l1t_alias_init(&m->pileup, target.share, sizeof target.share / sizeof target.share[0]) != 0)
        return l1t_fail(&m->a->p.diag, L1T_E_NOMEM, "out of memory");
    m->drawn = true;
    return L1T_OK;
}

static void draw_pileup(const struct make *m, struct l1t_sample_block *block)
{
    for (size_t i = 0; i < block->n; i++) {
        uint32_t word[4];
        l1t_rng_words(m->a->spec.seed, L1T_STREAM_SAMPLE_PILEUP, block->first + i, 0, word);
        block->pileup[i] = (uint8_t)l1t_alias_draw(&m->pileup, word[0]);
    }
}

// ---- waves ----

static void read_blocks(void *context, unsigned shard, size_t first, size_t count)
{
    struct make *m = context;
    (void)first;
    if (count == 0)
        return;
    const uint64_t at = m->first + (uint64_t)shard * m->block;
    const uint64_t left = at < m->n ? m->n - at : 0;
    const size_t n = left < m->block ? (size_t)left : m->block;
    m->blocks[shard].n = 0;
    m->err[shard] =
        n == 0 ? L1T_OK
               : l1t_sample_read(m->reader[shard], at, n, &m->blocks[shard], &m->diag[shard]);
    if (m->drawn && m->err[shard] == L1T_OK)
        draw_pileup(m, &m->blocks[shard]);
}

// In the store's unit; with one store of weights that is the sample's own.
static void scale_weights(const struct make *m, struct l1t_sample_block *block, double unit)
{
    const double factor = unit / m->weight_unit;
    for (size_t i = 0; m->weighted && (factor < 1 || factor > 1) && i < block->n; i++)
        block->weight[i] = llrint((double)block->weight[i] * factor);
}

static enum l1t_err append_wave(struct make *m, double unit)
{
    enum l1t_err err = L1T_OK;
    for (unsigned t = 0; err == L1T_OK && t < m->threads; t++) {
        if (m->err[t] != L1T_OK) {
            m->a->p.diag = m->diag[t];
            return m->err[t];
        }
        if (m->blocks[t].n == 0)
            continue;
        scale_weights(m, &m->blocks[t], unit);
        err = l1t_store_append(m->writer, &m->blocks[t], m->weight_unit, &m->a->p.diag);
        m->done += m->blocks[t].n;
    }
    l1t_progress_at(&m->progress, (double)m->done);
    return err;
}

static enum l1t_err append_sample(struct make *m, const struct l1t_sample *sample)
{
    const struct l1t_sample_info *info = l1t_sample_info(sample);
    enum l1t_err err = L1T_OK;
    unsigned opened = 0;
    m->n = info->n;
    m->block = m->a->spec.kind == L1T_SAMPLE_EMULATION ? SLOW_BLOCK : L1T_SAMPLE_BLOCK;
    for (; err == L1T_OK && opened < m->threads; opened++)
        err = l1t_sample_reader_open(sample, &m->reader[opened], &m->a->p.diag);
    for (m->first = 0; err == L1T_OK && m->first < m->n;
         m->first += (uint64_t)m->threads * m->block) {
        l1t_shards_run(m->threads, m->threads, read_blocks, m);
        err = append_wave(m, info->weight_unit);
    }
    for (unsigned t = 0; t < opened; t++)
        l1t_sample_reader_close(m->reader[t]);
    return err;
}

// ---- one or several samples ----

// What the columns of the store are: those that any of the samples has.
static enum l1t_err look_at(struct make *m, struct l1t_sample *const *sample, size_t n,
                            struct l1t_store_options *options)
{
    uint64_t total = 0;
    double coarsest = 0;
    for (size_t i = 0; i < n; i++) {
        const struct l1t_sample_info *info = l1t_sample_info(sample[i]);
        options->weight |= info->has_weight;
        options->pileup |= info->has_pileup;
        options->section |= info->has_section;
        options->crossing |= info->has_crossing;
        options->following |= info->following;
        total += info->n;
        coarsest = fmax(coarsest, info->has_weight ? info->weight_unit : 0);
    }
    if (options->following && n > 1)
        return l1t_fail(&m->a->p.diag, L1T_E_INPUT,
                        "crossings that follow each other cannot be joined with others");
    options->pileup |= m->drawn;
    m->weighted = options->weight;
    for (size_t i = 0; i < n && m->weighted; i++)
        if (!l1t_sample_info(sample[i])->has_weight && coarsest > 1)
            // Ones would be nothing in that unit.
            return l1t_fail(&m->a->p.diag, L1T_E_INPUT,
                            "crossings without weights cannot be joined with weights above 2^31");
    m->weight_unit = m->weighted ? coarsest : 1;
    l1t_progress_start(&m->progress, "crossings", (double)total);
    return L1T_OK;
}

static enum l1t_err write_store(struct make *m, struct l1t_sample *const *sample, size_t n)
{
    struct l1t_store_options options = {.scales = &m->menu->scales};
    struct l1t_diag *diag = &m->a->p.diag;
    enum l1t_err err = look_at(m, sample, n, &options);
    if (err != L1T_OK)
        return err;
    options.origin = l1t_sample_info(sample[0])->origin;
    err = l1t_store_create(m->a->out, &options, &m->writer, diag);
    for (size_t i = 0; err == L1T_OK && i < n; i++)
        err = append_sample(m, sample[i]);
    if (err == L1T_OK)
        err = l1t_store_commit(m->writer, diag);
    l1t_store_abort(m->writer);
    l1t_progress_end(&m->progress);
    return err;
}

static enum l1t_err open_samples(struct make *m, struct l1t_sample **sample, size_t n)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < n; i++) {
        if (i > 0)
            m->a->spec.path = m->a->file[i - 1];
        err = l1t_sample_open(&m->a->spec, &sample[i], &m->a->p.diag);
    }
    return err;
}

enum l1t_err l1t_sample_cmd_make(struct l1t_sample_arguments *a)
{
    const size_t n = 1 + (size_t)a->n_files;
    struct make m = {.a = a, .threads = (unsigned)a->p.threads};
    struct l1t_sample **sample = calloc(n, sizeof(struct l1t_sample *));
    m.reader = calloc(m.threads, sizeof(struct l1t_sample_reader *));
    m.blocks = calloc(m.threads, sizeof *m.blocks);
    m.err = calloc(m.threads, sizeof *m.err);
    m.diag = calloc(m.threads, sizeof *m.diag);
    enum l1t_err err = L1T_OK;
    if (sample == NULL || m.reader == NULL || m.blocks == NULL || m.err == NULL || m.diag == NULL)
        err = l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    if (err == L1T_OK)
        err = load_menu(&m);
    if (err == L1T_OK)
        err = load_pileup(&m);
    if (err == L1T_OK)
        err = open_samples(&m, sample, n);
    if (err == L1T_OK)
        err = write_store(&m, sample, n);
    for (size_t i = 0; sample != NULL && i < n; i++)
        l1t_sample_close(sample[i]);
    l1t_gt_menu_free(m.menu);
    l1t_alias_free(&m.pileup);
    free(sample);
    free(m.reader);
    free(m.blocks);
    free(m.err);
    free(m.diag);
    return err;
}

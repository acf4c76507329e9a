// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin sample show`: what is in a store. Every crossing is read, which checks it, too.
#include "cmd/sample_parts.h"
#include "shards.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Counts of one thread, all whole numbers: their sums do not depend on who counted what.
struct counts {
    uint64_t with[L1T_GT_TYPES], objects[L1T_GT_TYPES];
    unsigned most[L1T_GT_TYPES];
    unsigned highest[L1T_GT_TYPES]; // code
    uint64_t pileup[L1T_SAMPLE_PILEUP_MAX + 1];
    uint64_t external;
    int64_t weight;
    uint64_t weight2[2];  // sum of squares: of their lower and upper 32 bits
    uint32_t sections[2]; // first and last
    enum l1t_err err;
    struct l1t_diag diag;
};

struct show {
    const struct l1t_sample *sample;
    struct counts *counts; // by thread
};

static void count_event(struct counts *c, const struct l1t_gt_event *event)
{
    bool external = false;
    for (unsigned t = 0; t < L1T_GT_TYPES; t++) {
        const struct l1t_gt_object *object = &event->object[l1t_gt_first_slot[t]];
        unsigned n = 0;
        for (unsigned s = 0; s < l1t_gt_type_slots[t]; s++) {
            n += object[s].et > 0;
            c->highest[t] = object[s].et > c->highest[t] ? object[s].et : c->highest[t];
        }
        c->with[t] += n > 0;
        c->objects[t] += n;
        c->most[t] = n > c->most[t] ? n : c->most[t];
    }
    for (unsigned w = 0; w < L1T_GT_EXTERNALS / 64; w++)
        external = external || event->external[w] != 0;
    c->external += external;
}

static void count_block(struct counts *c, const struct l1t_sample_block *b)
{
    for (size_t i = 0; i < b->n; i++) {
        count_event(c, &b->event[i]);
        c->pileup[b->pileup[i]]++;
        c->weight += b->weight[i];
        const uint64_t size = (uint64_t)(b->weight[i] < 0 ? -b->weight[i] : b->weight[i]);
        c->weight2[0] += size * size & UINT32_MAX;
        c->weight2[1] += size * size >> 32;
        c->sections[0] = b->section[i] < c->sections[0] ? b->section[i] : c->sections[0];
        c->sections[1] = b->section[i] > c->sections[1] ? b->section[i] : c->sections[1];
    }
}

static void count_blocks(void *context, unsigned shard, size_t first, size_t count)
{
    const struct show *show = context;
    struct counts *c = &show->counts[shard];
    const uint64_t n = l1t_sample_info(show->sample)->n;
    struct l1t_sample_reader *reader = NULL;
    struct l1t_sample_block block;
    c->sections[0] = UINT32_MAX;
    if (count == 0)
        return;
    c->err = l1t_sample_reader_open(show->sample, &reader, &c->diag);
    for (size_t i = first; c->err == L1T_OK && i < first + count; i++) {
        const uint64_t at = (uint64_t)i * L1T_SAMPLE_BLOCK;
        const size_t now = n - at < L1T_SAMPLE_BLOCK ? (size_t)(n - at) : L1T_SAMPLE_BLOCK;
        c->err = l1t_sample_read(reader, at, now, &block, &c->diag);
        if (c->err == L1T_OK)
            count_block(c, &block);
    }
    l1t_sample_reader_close(reader);
}

static void add(struct counts *to, const struct counts *c)
{
    for (unsigned t = 0; t < L1T_GT_TYPES; t++) {
        to->with[t] += c->with[t];
        to->objects[t] += c->objects[t];
        to->most[t] = c->most[t] > to->most[t] ? c->most[t] : to->most[t];
        to->highest[t] = c->highest[t] > to->highest[t] ? c->highest[t] : to->highest[t];
    }
    for (unsigned p = 0; p <= L1T_SAMPLE_PILEUP_MAX; p++)
        to->pileup[p] += c->pileup[p];
    to->external += c->external;
    to->weight += c->weight;
    to->weight2[0] += c->weight2[0];
    to->weight2[1] += c->weight2[1];
    to->sections[0] = c->sections[0] < to->sections[0] ? c->sections[0] : to->sections[0];
    to->sections[1] = c->sections[1] > to->sections[1] ? c->sections[1] : to->sections[1];
}

// ---- tables ----

static struct l1t_table *table_of_sample(struct l1t_sample_arguments *a,
                                         const struct l1t_sample_info *info, const struct counts *c)
{
    static const struct l1t_column columns[] = {{"what", "", L1T_CELL_TEXT, 0},
                                                {"value", "", L1T_CELL_TEXT, 0}};
    struct l1t_table *t = l1t_physics_table(&a->p, "sample", columns, 2);
    char text[100];
    if (t == NULL)
        return NULL;
#define ROW(what, ...)                                                                             \
    do {                                                                                           \
        (void)snprintf(text, sizeof text, __VA_ARGS__);                                            \
        l1t_table_text(t, what);                                                                   \
        l1t_table_text(t, text);                                                                   \
    } while (0)
    ROW("crossings", "%llu", (unsigned long long)info->n);
    ROW("digest", "%s", info->digest);
    ROW("crossings follow each other", "%s", info->following ? "yes" : "no");
    ROW("with an external signal", "%llu", (unsigned long long)c->external);
    ROW("weights", "%s", info->has_weight ? "yes" : "no, all 1");
    if (info->has_weight) {
        const double unit = info->weight_unit, sum = (double)c->weight * unit;
        const double sum2 = (double)c->weight2[0] + 0x1p32 * (double)c->weight2[1];
        ROW("sum of weights", "%.10g", sum);
        ROW("effective crossings", "%.6g", sum * sum / (sum2 * unit * unit));
        ROW("negative weights", "%llu", (unsigned long long)info->n_negative);
        ROW("weights of zero", "%llu", (unsigned long long)info->n_zero);
    }
    if (info->has_section)
        ROW("luminosity sections", "%u to %u", c->sections[0], c->sections[1]);
    ROW("bunch crossings", "%s", info->has_crossing ? "yes" : "no, counted through the orbit");
#undef ROW
    return t;
}

static struct l1t_table *table_of_objects(struct l1t_sample_arguments *a,
                                          const struct l1t_sample_info *info,
                                          const struct counts *c)
{
    static const struct l1t_column columns[] = {
        {"object", "", L1T_CELL_TEXT, 0}, {"crossings", "", L1T_CELL_INT, 0},
        {"objects", "", L1T_CELL_INT, 0}, {"mean", "", L1T_CELL_REAL, 5},
        {"most", "", L1T_CELL_INT, 0},    {"highest_code", "", L1T_CELL_INT, 0}};
    struct l1t_table *t = l1t_physics_table(&a->p, "objects", columns, 6);
    for (unsigned i = 0; t != NULL && i < L1T_GT_TYPES; i++) {
        if (c->objects[i] == 0)
            continue;
        l1t_table_text(t, l1t_gt_type_name((enum l1t_gt_type)i));
        l1t_table_int(t, (long long)c->with[i]);
        l1t_table_int(t, (long long)c->objects[i]);
        l1t_table_real(t, (double)c->objects[i] / (double)info->n);
        l1t_table_int(t, c->most[i]);
        l1t_table_int(t, c->highest[i]);
    }
    return t;
}

static struct l1t_table *table_of_pileup(struct l1t_sample_arguments *a,
                                         const struct l1t_sample_info *info, const struct counts *c)
{
    static const struct l1t_column columns[] = {{"pileup", "", L1T_CELL_INT, 0},
                                                {"crossings", "", L1T_CELL_INT, 0},
                                                {"share", "", L1T_CELL_REAL, 5}};
    struct l1t_table *t = l1t_physics_table(&a->p, "pile-up", columns, 3);
    for (unsigned p = 0; t != NULL && p <= L1T_SAMPLE_PILEUP_MAX; p++) {
        if (c->pileup[p] == 0)
            continue;
        l1t_table_int(t, p);
        l1t_table_int(t, (long long)c->pileup[p]);
        l1t_table_real(t, (double)c->pileup[p] / (double)info->n);
    }
    return t;
}

static enum l1t_err print(struct l1t_sample_arguments *a, const struct l1t_sample_info *info,
                          const struct counts *c)
{
    struct l1t_table *t[3] = {table_of_sample(a, info, c), table_of_objects(a, info, c), NULL};
    size_t n = 2;
    if (info->has_pileup)
        t[n++] = table_of_pileup(a, info, c);
    bool good = true;
    for (size_t i = 0; i < n; i++)
        good = good && t[i] != NULL;
    memcpy(a->p.provenance.config, info->digest, sizeof a->p.provenance.config);
    a->p.provenance.no_seed = 1;
    const enum l1t_err err = good ? l1t_physics_print(&a->p, t, n) : L1T_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        l1t_table_free(t[i]);
    return err;
}

// ---- all ----

static enum l1t_err count_all(struct l1t_sample_arguments *a, const struct l1t_sample *sample,
                              struct counts *counts, unsigned threads)
{
    struct show show = {sample, counts};
    const uint64_t n = l1t_sample_info(sample)->n;
    l1t_shards_run(threads, (size_t)((n + L1T_SAMPLE_BLOCK - 1) / L1T_SAMPLE_BLOCK), count_blocks,
                   &show);
    for (unsigned t = 0; t < threads; t++) {
        if (counts[t].err != L1T_OK) {
            a->p.diag = counts[t].diag;
            return counts[t].err;
        }
        if (t > 0)
            add(&counts[0], &counts[t]);
    }
    return L1T_OK;
}

enum l1t_err l1t_sample_cmd_show(struct l1t_sample_arguments *a)
{
    struct l1t_sample *sample = NULL;
    const unsigned threads = (unsigned)a->p.threads;
    struct counts *counts = calloc(threads, sizeof *counts);
    a->spec.kind = L1T_SAMPLE_STORE;
    a->spec.path = a->file[0];
    if (a->out != NULL)
        a->p.out = a->out;
    if (counts == NULL)
        return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = l1t_sample_open(&a->spec, &sample, &a->p.diag);
    if (err == L1T_OK)
        err = count_all(a, sample, counts, threads);
    if (err == L1T_OK)
        err = print(a, l1t_sample_info(sample), &counts[0]);
    l1t_sample_close(sample);
    free(counts);
    return err;
}

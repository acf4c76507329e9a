// SPDX-License-Identifier: GPL-3.0-or-later
// One pass over every sample: what fires of the menu as it is, and up to which threshold what moves
// still fires. Words of threads are merged and put in order, so the number of threads does not
// show.
#include "budget_setup.h"

#include "sample_pass.h"

#include <stdlib.h>
#include <string.h>

struct part {
    struct l1t_budget_table *table;
    uint64_t n;
    l1t_int128 w, w2;
};

struct collect {
    const struct l1t_budget_setup *setup;
    struct part *part;
    uint64_t items[L1T_GT_WORDS];  // their bits
    size_t code[L1T_BUDGET_ITEMS]; // number of the item's code in the pass
};

static uint16_t level_of(const struct collect *c, const struct l1t_pass_block *b, size_t i,
                         size_t item, const uint64_t *open)
{
    const struct l1t_budget_item *const x = &c->setup->budget.item[item];
    const struct l1t_budget_source *const source = &c->setup->source[item];
    if (source->scan == NULL)
        return (open[x->bit / 64] >> x->bit % 64 & 1) != 0;
    if ((b->bits[c->code[item]][i][0] & 1) == 0)
        return 0;
    const struct l1t_gt_around around = l1t_pass_around(b, i);
    const int highest = l1t_scan_highest(source->scan, &around);
    const int code = highest < source->axis.to ? highest : source->axis.to;
    return (uint16_t)(1 + (code - source->axis.from) / source->axis.step);
}

// Algorithms whose mask by crossing is closed do not fire, whatever their threshold.
static bool is_closed(const struct l1t_gate *gate, unsigned crossing, unsigned bit)
{
    return gate->open != NULL &&
           (gate->open[crossing % L1T_GT_ORBIT][bit / 64] >> bit % 64 & 1) == 0;
}

static enum l1t_err add_crossing(const struct collect *c, struct part *p,
                                 const struct l1t_pass_block *b, size_t i, struct l1t_diag *diag)
{
    const struct l1t_gate *const gate = &c->setup->opened->gate;
    const struct l1t_budget *const budget = &c->setup->budget;
    const int64_t weight = b->block->weight[i];
    uint64_t open[L1T_GT_WORDS];
    uint16_t level[L1T_BUDGET_ITEMS] = {0};
    struct l1t_budget_word word;
    l1t_gate_mask(gate, b->block->crossing[i], b->bits[0][i], open);
    for (size_t k = 0; k < budget->n_items; k++)
        if (!is_closed(gate, b->block->crossing[i], budget->item[k].bit))
            level[k] = level_of(c, b, i, k, open);
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        open[w] &= ~c->items[w];
    if (!l1t_budget_reduce(budget, open, level, &word))
        return L1T_OK;
    word.n = 1;
    word.w = weight;
    word.w2 = (l1t_int128)weight * weight;
    return l1t_budget_table_add(p->table, &word, diag);
}

static bool fires(const struct collect *c, const struct l1t_pass_block *b, size_t i)
{
    uint64_t any = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        any |= b->bits[0][i][w];
    for (size_t k = 0; k < c->setup->budget.n_items; k++)
        if (c->setup->source[k].scan != NULL)
            any |= b->bits[c->code[k]][i][0] & 1;
    return any != 0;
}

static enum l1t_err take(void *user, unsigned shard, const struct l1t_pass_block *b,
                         struct l1t_diag *diag)
{
    const struct collect *const c = user;
    struct part *const p = &c->part[shard];
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < b->block->n; i++) {
        p->n++;
        p->w += b->block->weight[i];
        p->w2 += (l1t_int128)b->block->weight[i] * b->block->weight[i];
        if (fires(c, b, i))
            err = add_crossing(c, p, b, i, diag);
    }
    return err;
}

static enum l1t_err merge(const struct collect *c, struct l1t_budget_sample *sample,
                          struct l1t_diag *diag)
{
    struct part *const first = &c->part[0];
    enum l1t_err err = L1T_OK;
    for (unsigned t = 1; err == L1T_OK && t < c->setup->threads; t++) {
        first->n += c->part[t].n;
        first->w += c->part[t].w;
        first->w2 += c->part[t].w2;
        err = l1t_budget_table_merge(first->table, c->part[t].table, diag);
    }
    if (err != L1T_OK)
        return err;
    sample->all = (struct l1t_sum){first->n, (double)first->w * sample->unit,
                                   (double)first->w2 * sample->unit * sample->unit};
    l1t_budget_table_take(first->table, sample);
    return L1T_OK;
}

static enum l1t_err collect_sample(struct collect *c, const struct l1t_sample *from,
                                   struct l1t_budget_sample *to, struct l1t_diag *diag)
{
    const struct l1t_budget *const budget = &c->setup->budget;
    const struct l1t_gt_code *code[1 + L1T_BUDGET_ITEMS] = {c->setup->opened->code};
    struct l1t_pass pass = {from, code, 1, c->setup->threads, take, c};
    enum l1t_err err = L1T_OK;
    for (size_t k = 0; k < budget->n_items; k++)
        if (c->setup->source[k].scan != NULL) {
            c->code[k] = pass.n_codes;
            code[pass.n_codes++] = l1t_scan_lowest(c->setup->source[k].scan);
        }
    c->part = calloc(c->setup->threads, sizeof *c->part);
    if (c->part == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory for %u threads", c->setup->threads);
    for (unsigned t = 0; err == L1T_OK && t < c->setup->threads; t++)
        err = l1t_budget_table_open(budget->n_items, &c->part[t].table, diag);
    to->unit = l1t_sample_info(from)->weight_unit;
    if (err == L1T_OK)
        err = l1t_pass_run(&pass, diag);
    if (err == L1T_OK)
        err = merge(c, to, diag);
    for (unsigned t = 0; t < c->setup->threads; t++)
        l1t_budget_table_close(c->part[t].table);
    free(c->part);
    return err;
}

enum l1t_err l1t_budget_collect(struct l1t_budget_setup *setup, struct l1t_diag *diag)
{
    const struct l1t_study_opened *const o = setup->opened;
    struct collect c = {.setup = setup};
    const size_t n = o->rate.rates.n_samples;
    enum l1t_err err = L1T_OK;
    for (size_t k = 0; k < setup->budget.n_items; k++)
        c.items[setup->budget.item[k].bit / 64] |= UINT64_C(1) << setup->budget.item[k].bit % 64;
    for (size_t k = 0; err == L1T_OK && k < setup->budget.n_samples; k++) {
        struct l1t_budget_sample *const to = &setup->budget.sample[k];
        err = collect_sample(&c, k < n ? o->sample[k] : o->signal[k - n], to, diag);
        if (err == L1T_OK && k < n)
            err = l1t_study_scale(o, k, &to->all, &to->scale, diag);
        if (err == L1T_OK && k < n)
            to->all = l1t_norm_all(&o->rate.rates.sample[k].norm, &to->all);
        if (err == L1T_OK && k >= n && !(to->all.w > 0))
            err =
                l1t_fail(diag, L1T_E_INPUT, "%s: signal %s has no weight", o->study.path, to->name);
    }
    return err;
}

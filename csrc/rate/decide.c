// SPDX-License-Identifier: GPL-3.0-or-later
// Crossings of a sample, decided by one menu or two, in blocks.
#include "rate_internal.h"

#include <stdlib.h>
#include <string.h>

enum { MARGIN = L1T_GT_BX_REACH, ROOM = L1T_SAMPLE_BLOCK + 2 * MARGIN };

// ---- memory of a block ----

struct arrays {
    uint64_t bits[L1T_SAMPLE_BLOCK][L1T_GT_WORDS];
    int64_t weight[L1T_SAMPLE_BLOCK];
    uint16_t offset[L1T_SAMPLE_BLOCK], crossing[L1T_SAMPLE_BLOCK];
    uint8_t pileup[L1T_SAMPLE_BLOCK];
};

enum l1t_err rate_block_make(struct rate_block *block, size_t n_menus, struct l1t_diag *diag)
{
    memset(block, 0, sizeof *block);
    struct arrays *a = malloc(n_menus * sizeof *a);
    if (a == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    block->memory = a;
    for (size_t m = 0; m < n_menus; m++) {
        struct l1t_decided *d = &block->menu[m];
        d->bits = a[m].bits;
        d->fired_weight = a[m].weight;
        d->offset = a[m].offset;
        d->crossing = a[m].crossing;
        d->pileup = a[m].pileup;
    }
    return L1T_OK;
}

void rate_block_free(struct rate_block *block)
{
    free(block->memory);
    memset(block, 0, sizeof *block);
}

// ---- deciders ----

enum l1t_err rate_decider_make(struct rate_decider *d, const struct rate_menu menu[RATE_MENUS],
                               struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    memset(d, 0, sizeof *d);
    for (size_t m = 0; err == L1T_OK && m < RATE_MENUS && menu[m].menu != NULL; m++)
        err = l1t_gt_engine_open(menu[m].code, 1, &d->engine[m], diag);
    if (err != L1T_OK)
        return err;
    d->bits = malloc(ROOM * sizeof *d->bits);
    return d->bits != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

void rate_decider_free(struct rate_decider *d)
{
    l1t_sample_reader_close(d->reader);
    for (size_t m = 0; m < RATE_MENUS; m++)
        l1t_gt_engine_close(d->engine[m]);
    free(d->bits);
    memset(d, 0, sizeof *d);
}

static enum l1t_err use_sample(struct rate_decider *d, const struct l1t_sample *sample,
                               struct l1t_diag *diag)
{
    if (d->sample == sample)
        return L1T_OK;
    l1t_sample_reader_close(d->reader);
    d->reader = NULL;
    d->sample = NULL;
    const enum l1t_err err = l1t_sample_reader_open(sample, &d->reader, diag);
    if (err == L1T_OK)
        d->sample = sample;
    return err;
}

static void add_sums(struct rate_block *block, const struct l1t_sample_block *in)
{
    struct l1t_decided *d = &block->menu[0];
    block->heaviest = 0;
    memset(d->count, 0, sizeof d->count);
    memset(d->weight, 0, sizeof d->weight);
    memset(d->weight2, 0, sizeof d->weight2);
    for (size_t e = 0; e < in->n; e++) {
        const int64_t w = in->weight[e], size = w < 0 ? -w : w;
        d->count[in->pileup[e]]++;
        d->weight[in->pileup[e]] += w;
        d->weight2[in->pileup[e]] += (l1t_int128)w * w;
        block->heaviest = size > block->heaviest ? size : block->heaviest;
    }
}

static bool any_bit(const uint64_t *bits)
{
    uint64_t any = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        any |= bits[w];
    return any != 0;
}

static void take_fired(struct l1t_decided *d, const struct l1t_sample_block *in,
                       uint64_t (*bits)[L1T_GT_WORDS])
{
    size_t n = 0;
    for (size_t e = 0; e < in->n; e++) {
        if (!any_bit(bits[e]))
            continue;
        memcpy(d->bits[n], bits[e], sizeof d->bits[n]);
        d->offset[n] = (uint16_t)e;
        d->fired_weight[n] = in->weight[e];
        d->pileup[n] = in->pileup[e];
        d->crossing[n] = in->crossing[e];
        n++;
    }
    d->first = in->first;
    d->n = in->n;
    d->n_fired = n;
}

// Crossings that follow each other are decided with their neighbours on both sides.
static void decide(struct rate_decider *d, size_t m, const struct l1t_sample_block *in,
                   bool following)
{
    const size_t margin = following ? MARGIN : 0;
    const struct l1t_gt_crossings crossings = {
        .events = in->event - margin, .n = in->n + 2 * margin, .independent = !following};
    l1t_gt_engine_run(d->engine[m], &crossings, &(struct l1t_gt_decisions){.bits = d->bits});
}

static enum l1t_err read_block(struct rate_decider *d, const struct rate_sample *sample,
                               uint64_t number, struct l1t_sample_block *in, struct l1t_diag *diag)
{
    const uint64_t first = number * L1T_SAMPLE_BLOCK, left = sample->info.n - first;
    const size_t n = left < L1T_SAMPLE_BLOCK ? (size_t)left : L1T_SAMPLE_BLOCK;
    const enum l1t_err err = use_sample(d, sample->sample, diag);
    return err == L1T_OK ? l1t_sample_read(d->reader, first, n, in, diag) : err;
}

enum l1t_err rate_decide_head(struct rate_decider *d, const struct rate_sample *sample,
                              uint64_t number, struct rate_block *block, struct l1t_diag *diag)
{
    struct l1t_sample_block in;
    const enum l1t_err err = read_block(d, sample, number, &in, diag);
    if (err == L1T_OK)
        add_sums(block, &in);
    return err;
}

enum l1t_err rate_decide(struct rate_decider *d, const struct rate_sample *sample, uint64_t number,
                         struct rate_block *block, struct l1t_diag *diag)
{
    struct l1t_sample_block in;
    const enum l1t_err err = read_block(d, sample, number, &in, diag);
    if (err != L1T_OK)
        return err;
    add_sums(block, &in);
    for (size_t m = 0; m < RATE_MENUS && d->engine[m] != NULL; m++) {
        decide(d, m, &in, sample->info.following);
        if (m > 0) {
            memcpy(block->menu[m].count, block->menu[0].count, sizeof block->menu[m].count);
            memcpy(block->menu[m].weight, block->menu[0].weight, sizeof block->menu[m].weight);
            memcpy(block->menu[m].weight2, block->menu[0].weight2, sizeof block->menu[m].weight2);
        }
        take_fired(&block->menu[m], &in, d->bits + (sample->info.following ? MARGIN : 0));
    }
    return L1T_OK;
}

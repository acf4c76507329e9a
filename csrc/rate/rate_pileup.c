// SPDX-License-Identifier: GPL-3.0-or-later
// Another distribution of pile-up: factors on the weights of decided blocks (sample/factors.c).
#include "rate_internal.h"

#include "../shards.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct head {
    l1t_int128 w[L1T_TALLY_PILEUPS], w2[L1T_TALLY_PILEUPS];
    uint64_t n[L1T_TALLY_PILEUPS];
    int64_t heaviest;
    int err;
    struct l1t_diag diag;
};

struct heads {
    struct rate_source *source;
    uint64_t first;
    struct head *head; /* by thread */
};

static void add_head(struct head *to, const struct rate_block *block)
{
    const struct l1t_decided *d = &block->menu[0];
    for (size_t k = 0; k < L1T_TALLY_PILEUPS; k++) {
        to->n[k] += d->count[k];
        to->w[k] += d->weight[k];
        to->w2[k] += d->weight2[k];
    }
    if (block->heaviest > to->heaviest)
        to->heaviest = block->heaviest;
}

static void read_shard(void *context, unsigned thread, size_t first, size_t count)
{
    const struct heads *h = context;
    struct head *mine = &h->head[thread];
    struct rate_block *block = calloc(1, sizeof *block);
    mine->err = block != NULL ? L1T_OK : L1T_E_NOMEM;
    for (size_t i = first; mine->err == L1T_OK && i < first + count; i++) {
        mine->err = (int)h->source->head(h->source, thread, h->first + i, block, &mine->diag);
        if (mine->err == L1T_OK)
            add_head(mine, block);
    }
    free(block);
}

static enum l1t_err merge(struct head *to, const struct head *from, struct l1t_diag *diag)
{
    if (from->err != L1T_OK)
        return l1t_fail(diag, (enum l1t_err)from->err, "%s",
                        from->diag.text[0] != '\0' ? from->diag.text : "out of memory");
    for (size_t k = 0; k < L1T_TALLY_PILEUPS; k++) {
        to->n[k] += from->n[k];
        to->w[k] += from->w[k];
        to->w2[k] += from->w2[k];
    }
    if (from->heaviest > to->heaviest)
        to->heaviest = from->heaviest;
    return L1T_OK;
}

// The sample's pile-up, read by every rank for itself.
static enum l1t_err read_heads(struct rate_source *source, const struct rate_sample *sample,
                               struct head *all, struct l1t_diag *diag)
{
    struct heads h = {source, sample->first, calloc(source->threads, sizeof(struct head))};
    enum l1t_err err = L1T_OK;
    if (h.head == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    l1t_shards_run(source->threads, (size_t)sample->n, read_shard, &h);
    for (unsigned t = 0; err == L1T_OK && t < source->threads; t++)
        err = merge(all, &h.head[t], diag);
    free(h.head);
    return err;
}

enum l1t_err rate_find_factors(struct rate_source *source, const struct rate_sample *sample,
                               const struct rate_account_options *options,
                               struct l1t_sample_factors *factors, double *missing,
                               struct l1t_diag *diag)
{
    memset(factors, 0, sizeof *factors);
    factors->unit = 1;
    if (!options->study->rates.has_target || sample->signal || !sample->info.has_pileup)
        return L1T_OK;
    struct head *all = calloc(1, sizeof *all);
    if (all == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = read_heads(source, sample, all, diag);
    if (err == L1T_OK) {
        struct l1t_sum sums[L1T_TALLY_PILEUPS];
        double weight[L1T_TALLY_PILEUPS], missed = 0;
        for (size_t k = 0; k < L1T_TALLY_PILEUPS; k++)
            sums[k] = (struct l1t_sum){all->n[k], (double)all->w[k], (double)all->w2[k]};
        l1t_pileup_weights(sums, &options->study->rates.target, weight, &missed);
        l1t_sample_factors_make(weight, all->heaviest, factors);
        *missing = fmax(*missing, missed);
    }
    free(all);
    return err;
}

void rate_apply_factors(const struct l1t_sample_factors *factors, struct l1t_decided *d)
{
    if (!factors->on)
        return;
    const unsigned shift = factors->shift;
    for (size_t k = 0; k < L1T_TALLY_PILEUPS; k++) {
        const l1t_int128 f = (l1t_int128)factors->factor[k];
        d->weight[k] = (int64_t)(l1t_sample_coarse(factors, d->weight[k]) * f);
        d->weight2[k] = (d->weight2[k] >> 2 * shift) * f * f;
    }
    for (size_t e = 0; e < d->n_fired; e++)
        d->fired_weight[e] =
            l1t_sample_coarse(factors, d->fired_weight[e]) * (int64_t)factors->factor[d->pileup[e]];
}

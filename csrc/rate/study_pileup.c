// SPDX-License-Identifier: GPL-3.0-or-later
// A study's pile-up target on a sample that scans and budgets read: its weights are reweighted.
#include "sample_pass.h"
#include "study_open.h"

#include "../shards.h"

#include <math.h>
#include <stdlib.h>

struct head {
    l1t_int128 w[L1T_TALLY_PILEUPS], w2[L1T_TALLY_PILEUPS];
    uint64_t n[L1T_TALLY_PILEUPS];
    int64_t heaviest;
};

static enum l1t_err take(void *user, unsigned shard, const struct l1t_pass_block *b,
                         struct l1t_diag *diag)
{
    struct head *head = (struct head *)user + shard;
    (void)diag;
    for (size_t i = 0; i < b->block->n; i++) {
        const int64_t w = b->block->weight[i];
        const unsigned k = b->block->pileup[i];
        head->n[k]++;
        head->w[k] += w;
        head->w2[k] += (l1t_int128)w * w;
        if (llabs(w) > head->heaviest)
            head->heaviest = llabs(w);
    }
    return L1T_OK;
}

static void find(const struct head *head, unsigned n, const struct l1t_pileup_target *target,
                 struct l1t_sample_factors *factors, double *missing)
{
    struct l1t_sum sums[L1T_TALLY_PILEUPS] = {{0}};
    double weight[L1T_TALLY_PILEUPS];
    int64_t heaviest = 0;
    for (size_t k = 0; k < L1T_TALLY_PILEUPS; k++) {
        l1t_int128 w = 0, w2 = 0;
        for (unsigned t = 0; t < n; t++) {
            sums[k].n += head[t].n[k];
            w += head[t].w[k];
            w2 += head[t].w2[k];
            heaviest = head[t].heaviest > heaviest ? head[t].heaviest : heaviest;
        }
        sums[k].w = (double)w;
        sums[k].w2 = (double)w2;
    }
    l1t_pileup_weights(sums, target, weight, missing);
    l1t_sample_factors_make(weight, heaviest, factors);
}

enum l1t_err l1t_study_reweight(struct l1t_study_opened *o, size_t sample, unsigned threads,
                                struct l1t_diag *diag)
{
    struct l1t_sample_factors factors = {.on = false};
    double missing = 0;
    if (!o->rate.rates.has_target || !l1t_sample_info(o->sample[sample])->has_pileup)
        return L1T_OK;
    const unsigned n = threads < 1 ? 1 : threads > L1T_MAX_THREADS ? L1T_MAX_THREADS : threads;
    struct head *head = calloc(n, sizeof *head);
    if (head == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const struct l1t_pass pass = {
        .sample = o->sample[sample], .threads = n, .take = take, .user = head};
    const enum l1t_err err = l1t_pass_run(&pass, diag);
    if (err == L1T_OK) {
        find(head, n, &o->rate.rates.target, &factors, &missing);
        l1t_sample_reweight(o->sample[sample], &factors);
        o->missing_pileup = fmax(o->missing_pileup, missing);
    }
    free(head);
    return err;
}

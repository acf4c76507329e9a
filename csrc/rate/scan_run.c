// SPDX-License-Identifier: GPL-3.0-or-later
// Threshold scans over a sample: the batch engine says with the lowest thresholds which crossings
// matter, these are asked for their highest threshold. Sums are whole numbers: the same for any
// number of threads.
#include "scan_run.h"

#include "sample_pass.h"

#include <stdlib.h>
#include <string.h>

// Sums of one thread.
struct part {
    uint64_t n;
    l1t_int128 w, w2;
    struct l1t_scan_sums *fired[L1T_SCAN_RUN_MAX], *alone[L1T_SCAN_RUN_MAX];
};

struct run {
    const struct l1t_scan_job *job;
    struct part *part;
};

static void add_all(struct part *p, const struct l1t_sample_block *block)
{
    for (size_t i = 0; i < block->n; i++) {
        p->n++;
        p->w += block->weight[i];
        p->w2 += (l1t_int128)block->weight[i] * block->weight[i];
    }
}

// Probability that the crossing is not vetoed and that no other algorithm is kept, in 1 / SHARE.
static int64_t alone(const struct l1t_scan_job *job, size_t s, const struct l1t_sample_block *block,
                     size_t i, const uint64_t *bits)
{
    uint64_t open[L1T_GT_WORDS];
    l1t_gate_mask(job->gate, block->crossing[i], bits, open);
    const double no_veto = l1t_gate_none(job->gate, open, job->gate->veto);
    open[job->bit[s] / 64] &= ~(UINT64_C(1) << job->bit[s] % 64);
    return (int64_t)(no_veto * l1t_gate_none(job->gate, open, job->gate->finor) * L1T_SCAN_SHARE +
                     0.5);
}

static void add_crossing(const struct l1t_scan_job *job, struct part *p, size_t s,
                         const struct l1t_pass_block *b, size_t i)
{
    const int64_t weight = b->block->weight[i];
    const int64_t share = alone(job, s, b->block, i, b->bits[0][i]) * weight;
    const struct l1t_gt_around around = l1t_pass_around(b, i);
    if (job->n_axes[s] == 1) {
        const int highest = l1t_scan_highest(job->scan[s], &around);
        l1t_scan_sums_add(p->fired[s], highest, weight);
        l1t_scan_sums_add(p->alone[s], highest, share);
        return;
    }
    struct l1t_scan_corner corner[L1T_SCAN_CORNERS];
    const size_t n = l1t_scan_staircase(job->scan[s], &around, corner);
    l1t_scan_sums_add_corners(p->fired[s], corner, n, weight);
    l1t_scan_sums_add_corners(p->alone[s], corner, n, share);
}

static enum l1t_err take(void *user, unsigned shard, const struct l1t_pass_block *b,
                         struct l1t_diag *diag)
{
    const struct run *const run = user;
    struct part *const p = &run->part[shard];
    (void)diag;
    add_all(p, b->block);
    for (size_t s = 0; s < run->job->n; s++)
        for (size_t i = 0; i < b->block->n; i++)
            if ((b->bits[1 + s][i][0] & 1) != 0) // bit 0: the algorithm at its lowest
                add_crossing(run->job, p, s, b, i);
    return L1T_OK;
}

static enum l1t_err open_part(const struct l1t_scan_job *job, struct part *p, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (size_t s = 0; err == L1T_OK && s < job->n; s++) {
        err = l1t_scan_sums_open(job->axis[s], job->n_axes[s], &p->fired[s], diag);
        if (err == L1T_OK)
            err = l1t_scan_sums_open(job->axis[s], job->n_axes[s], &p->alone[s], diag);
    }
    return err;
}

static void close_part(struct part *p)
{
    for (size_t s = 0; s < L1T_SCAN_RUN_MAX; s++) {
        l1t_scan_sums_close(p->fired[s]);
        l1t_scan_sums_close(p->alone[s]);
    }
}

// Into the first part; its sums go to the counts.
static void collect(const struct run *run, double unit, struct l1t_scan_counts *counts)
{
    struct part *const first = &run->part[0];
    for (unsigned t = 1; t < run->job->threads; t++) {
        const struct part *const p = &run->part[t];
        first->n += p->n;
        first->w += p->w;
        first->w2 += p->w2;
        for (size_t s = 0; s < run->job->n; s++) {
            l1t_scan_sums_merge(first->fired[s], p->fired[s]);
            l1t_scan_sums_merge(first->alone[s], p->alone[s]);
        }
    }
    counts->unit = unit;
    counts->all =
        (struct l1t_sum){first->n, (double)first->w * unit, (double)first->w2 * unit * unit};
    for (size_t s = 0; s < run->job->n; s++) {
        l1t_scan_sums_finish(first->fired[s]);
        l1t_scan_sums_finish(first->alone[s]);
        counts->fired[s] = first->fired[s];
        counts->alone[s] = first->alone[s];
        first->fired[s] = first->alone[s] = NULL;
    }
}

enum l1t_err l1t_scan_run(const struct l1t_scan_job *job, const struct l1t_sample *sample,
                          struct l1t_scan_counts *counts, struct l1t_diag *diag)
{
    const struct l1t_gt_code *code[1 + L1T_SCAN_RUN_MAX] = {job->menu};
    struct run run = {job, calloc(job->threads, sizeof *run.part)};
    const struct l1t_pass pass = {sample, code, 1 + job->n, job->threads, take, &run};
    memset(counts, 0, sizeof *counts);
    if (run.part == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory for %u threads", job->threads);
    enum l1t_err err = L1T_OK;
    for (size_t s = 0; s < job->n; s++)
        code[1 + s] = l1t_scan_lowest(job->scan[s]);
    for (unsigned t = 0; err == L1T_OK && t < job->threads; t++)
        err = open_part(job, &run.part[t], diag);
    if (err == L1T_OK)
        err = l1t_pass_run(&pass, diag);
    if (err == L1T_OK)
        collect(&run, l1t_sample_info(sample)->weight_unit, counts);
    for (unsigned t = 0; t < job->threads; t++)
        close_part(&run.part[t]);
    free(run.part);
    return err;
}

void l1t_scan_counts_free(struct l1t_scan_counts *counts)
{
    for (size_t s = 0; s < L1T_SCAN_RUN_MAX; s++) {
        l1t_scan_sums_close(counts->fired[s]);
        l1t_scan_sums_close(counts->alone[s]);
        counts->fired[s] = counts->alone[s] = NULL;
    }
}

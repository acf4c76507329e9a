// SPDX-License-Identifier: GPL-3.0-or-later
// Bootstrap of a mean. Resample r draws its indices from the words of events r*B .. r*B + B - 1,
// B = n/4 rounded up, so each resample stands alone and threads cannot show.
#include "l1t/classify.h"
#include "l1t/rng.h"

#include "shards.h"

#include <math.h>
#include <stdlib.h>

enum { chunk = 512 };

struct task {
    const double *value;
    size_t n;
    uint64_t seed;
    double *mean; // of each resample
};

static double sum_picked(const double *value, size_t n, const uint32_t *word, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[((uint64_t)word[i] * n) >> 32]; // n < 2^32: off by less than n/2^32
    return sum;
}

static double resample(const struct task *t, size_t r)
{
    const size_t blocks = (t->n + 3) / 4;
    double sum = 0;
    for (size_t done = 0; done < blocks; done += chunk) {
        const size_t m = blocks - done < chunk ? blocks - done : chunk;
        uint32_t w[4][chunk];
        l1t_rng_batch(t->seed, L1T_STREAM_BOOTSTRAP, (uint64_t)r * blocks + done, 0, m, w[0], w[1],
                      w[2], w[3]);
        for (size_t lane = 0; lane < 4; lane++) {
            // Of n indices, number 4 i + lane is word `lane` of block i; the last may be to spare.
            const size_t in_lane = (t->n + 3 - lane) / 4;
            const size_t end = in_lane < done + m ? in_lane : done + m;
            sum += sum_picked(t->value, t->n, w[lane], end - done);
        }
    }
    return sum / (double)t->n;
}

static void work(void *context, unsigned shard, size_t first, size_t count)
{
    const struct task *t = context;
    (void)shard;
    for (size_t r = first; r < first + count; r++)
        t->mean[r] = resample(t, r);
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const double *sorted, size_t n, double p)
{
    const double at = p * (double)(n - 1);
    const size_t i = (size_t)at;
    return i + 1 < n ? sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

void l1t_bootstrap_describe(double *replica, size_t n, double level,
                            struct l1t_bootstrap *bootstrap)
{
    double sum = 0;
    double squares = 0;
    for (size_t r = 0; r < n; r++)
        sum += replica[r];
    for (size_t r = 0; r < n; r++)
        squares += (replica[r] - sum / (double)n) * (replica[r] - sum / (double)n);
    bootstrap->standard_error = sqrt(squares / (double)(n - 1));
    qsort(replica, n, sizeof *replica, ascending);
    bootstrap->low = quantile(replica, n, 0.5 * (1 - level));
    bootstrap->high = quantile(replica, n, 0.5 * (1 + level));
}

enum l1t_err l1t_bootstrap_mean(const double *value, size_t n, size_t resamples, double level,
                                uint64_t seed, unsigned threads, struct l1t_bootstrap *bootstrap,
                                struct l1t_diag *diag)
{
    *bootstrap = (struct l1t_bootstrap){NAN, NAN, NAN, NAN};
    if (n < 2 || n > UINT32_MAX || resamples < 2 || !(level > 0 && level < 1))
        return l1t_fail(diag, L1T_E_INPUT,
                        "bootstrap of %zu values, %zu resamples, level %g: needs 2 or more of both "
                        "and a level within (0, 1)",
                        n, resamples, level);
    double *mean = malloc(resamples * sizeof *mean);
    if (mean == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for %zu resamples", resamples);
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    bootstrap->mean = sum / (double)n;
    struct task task = {value, n, seed, mean};
    l1t_shards_run(threads, resamples, work, &task);
    l1t_bootstrap_describe(mean, resamples, level, bootstrap);
    free(mean);
    return L1T_OK;
}

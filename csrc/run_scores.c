// SPDX-License-Identifier: GPL-3.0-or-later
// Scores of generated events: four efficiencies added, for events that should not fire and events
// that should.
#include "run_parts.h"

#include <math.h>
#include <stdlib.h>

enum { BINS_PER_UNIT = 20, RESAMPLES = 9999 };
static const double confidence = 0.6827;

static void fill_histogram(double *bins, const double *score, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int b = (int)(score[i] * BINS_PER_UNIT);
        b = b < 0 ? 0 : (b >= L1T_RUN_BINS ? L1T_RUN_BINS - 1 : b);
        bins[b] += 1.0 / (double)n;
    }
}

static double deviation(const double *score, size_t n, double mean)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (score[i] - mean) * (score[i] - mean);
    return sqrt(squares / (double)n);
}

static enum l1t_err make_scores(const struct l1t_generator *generator, enum l1t_kind kind,
                                const struct l1t_study *study, unsigned threads, double *store,
                                double *score, size_t *clamped, struct l1t_diag *diag)
{
    const size_t n = (size_t)study->scores;
    double *const pt[L1T_OBJECTS] = {store, store + n, store + 2 * n, store + 3 * n};
    const enum l1t_err err =
        l1t_generate_gev(generator, kind, (uint64_t)study->seed, 0, n, threads, pt, diag);
    if (err == L1T_OK)
        *clamped += l1t_scores(
            generator, (const double *const[L1T_OBJECTS]){pt[0], pt[1], pt[2], pt[3]}, n, score);
    return err;
}

// score[0..n) are positive, score[n..2n) null.
static enum l1t_err judge(struct l1t_run_scores *scores, const double *score,
                          const struct l1t_study *study, unsigned threads, struct l1t_diag *diag)
{
    const size_t n = scores->n;
    const uint64_t seed = (uint64_t)study->seed;
    const double *const positive = score;
    const double *const null = score + n;
    fill_histogram(scores->positive, positive, n);
    fill_histogram(scores->null, null, n);
    enum l1t_err err = l1t_svm_train(&score, 1, n, 2 * n, &scores->svm, diag);
    if (err == L1T_OK)
        err = l1t_separate(positive, n, null, n, &scores->separation, diag);
    if (err == L1T_OK)
        err = l1t_bootstrap_mean(positive, n, RESAMPLES, confidence, seed, threads,
                                 &scores->positive_mean, diag);
    if (err == L1T_OK)
        err = l1t_bootstrap_mean(null, n, RESAMPLES, confidence, seed, threads, &scores->null_mean,
                                 diag);
    if (err == L1T_OK) {
        scores->positive_std = deviation(positive, n, scores->positive_mean.mean);
        scores->null_std = deviation(null, n, scores->null_mean.mean);
    }
    return err;
}

enum l1t_err l1t_run_make_scores(struct l1t_run *run, const struct l1t_generator *generator,
                                 unsigned threads, struct l1t_diag *diag)
{
    struct l1t_run_scores *scores = &run->scores;
    const size_t n = (size_t)run->study.scores;
    scores->n = n;
    double *store = malloc(6 * n * sizeof *store);
    if (store == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "scores: out of memory");
    double *score = store + 4 * n;
    for (int b = 0; b <= L1T_RUN_BINS; b++)
        scores->edge[b] = (double)b / BINS_PER_UNIT;
    enum l1t_err err = make_scores(generator, L1T_KIND_POSITIVE, &run->study, threads, store, score,
                                   &scores->clamped, diag);
    if (err == L1T_OK)
        err = make_scores(generator, L1T_KIND_NULL, &run->study, threads, store, score + n,
                          &scores->clamped, diag);
    if (err == L1T_OK)
        err = judge(scores, score, &run->study, threads, diag);
    free(store);
    return err;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rates of a menu of single- and double-object seeds from the processes of the physical mode:
 * Monte Carlo beside the closed form. Rates in kHz, always with their statistical error.
 */
#ifndef L1T_PREDICT_H
#define L1T_PREDICT_H

#include "l1t/processes.h"

#include <stddef.h>
#include <stdint.h>

enum { L1T_MAX_SEEDS = 64 };

struct l1t_seed_leg {
    enum l1t_object object;
    double threshold_gev; /* fires at or above; hardware compares codes of 0.5 GeV */
};

struct l1t_seed {
    char name[L1T_NAME_SIZE];
    char group[L1T_NAME_SIZE]; /* "" when none */
    long long bit;             /* position in the trigger word; -1 when not given */
    size_t n_legs;             /* 1 or 2 */
    struct l1t_seed_leg leg[2];
    double prescale; /* 0 off, else >= 1; two decimals as the hardware keeps them */
};

struct l1t_menu {
    char name[L1T_NAME_SIZE];
    double budget_khz; /* 0 when not given */
    size_t n;
    struct l1t_seed seed[L1T_MAX_SEEDS];
};

/*
 * Can every seed be predicted? Each needs a calibrated process with its objects and thresholds at
 * or below its own; otherwise L1T_E_INPUT with the seed, the range and what is missing.
 */
enum l1t_err l1t_menu_check(const struct l1t_menu *menu, const struct l1t_processes *processes,
                            struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Probability per filled crossing that a seed fires before its prescale: exact within the model,
 * coincidences of independent processes included.
 */
double l1t_seed_probability(const struct l1t_processes *processes, const struct l1t_seed *seed);

/* A seed's rates. "after" is after the prescale. */
struct l1t_seed_rate {
    double before_khz, before_err; /* Monte Carlo, before the prescale */
    double closed_before_khz;      /* closed form, before the prescale */
    double pull; /* (Monte Carlo - closed) / binomial error expected from the closed form */
    double rate_khz, err; /* Monte Carlo after the hardware's prescale counter; err NAN when nothing
                             was seen: then upper_khz says how little is known */
    double expected_khz;  /* Monte Carlo before, divided by the prescale: no counter noise */
    double closed_khz;    /* closed form divided by the prescale */
    double pure_khz, pure_err; /* no other seed fired in the crossing (after prescale) */
    double proportional_khz, proportional_err; /* 1/k of crossings where k seeds fired */
    double upper_khz;         /* 84 % upper limit when nothing was seen (1.84 events), else NAN */
    uint64_t fired, accepted; /* crossings before and after the prescale counter */
    int extrapolated;         /* a threshold lies above the calibrated range */
};

/* Rate at or above each threshold, all from one pass over the crossings. */
struct l1t_rate_curve {
    enum l1t_object object;
    int legs; /* 1: the leading object decides; 2: the second */
    size_t n;
    double *threshold_gev;  /* ascending by 0.5 GeV from the lowest calibrated threshold */
    double *rate_khz, *err; /* Monte Carlo */
    double *closed_khz;
    double calibrated_to_gev; /* above it the law is an extrapolation */
};

struct l1t_prediction {
    size_t n_seeds;
    struct l1t_seed_rate *seed;  /* in menu order */
    double *overlap_khz;         /* n_seeds x n_seeds: both accepted; diagonal = rate_khz */
    double total_khz, total_err; /* at least one seed accepted, counters */
    double expected_total_khz, expected_total_err; /* weight 1 - prod(1 - 1/prescale) */
    double closed_total_khz; /* processes one at a time: coincidences of two not merged */
    double coincidence_khz;  /* rate of crossings with two or more processes: bounds the former */
    double sum_khz;          /* sum of the seeds' rate_khz: what the OR is not */
    double budget_khz, margin_khz; /* budget - total; NAN without a budget */
    uint64_t crossings, accepted, nonempty;
    double seconds, crossings_per_s; /* wall clock; not part of the result proper */
    double live_seconds;             /* LHC time the crossings stand for */
    size_t n_curves;
    struct l1t_rate_curve *curve; /* singles, then doubles, of every calibrated object */
};

/* Called by the calling thread now and then, with the crossings made so far, about. */
struct l1t_predict_progress {
    void (*at)(void *user, double done, double total);
    void *user;
};

/*
 * n filled crossings (first .. first + n - 1). Same numbers for any number of threads: prescale
 * counters run over the fired crossings in their order. progress may be NULL. Free with
 * l1t_prediction_free.
 */
enum l1t_err l1t_predict(const struct l1t_menu *menu, const struct l1t_processes *processes,
                         uint64_t seed, uint64_t crossings, unsigned threads,
                         const struct l1t_predict_progress *progress,
                         struct l1t_prediction *prediction, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_prediction_free(struct l1t_prediction *prediction);

#endif

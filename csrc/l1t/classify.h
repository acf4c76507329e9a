/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Telling accepted events from the rest by their scores: linear support vectors, exact
 * rank statistics, and the bootstrap of a mean.
 */
#ifndef L1T_CLASSIFY_H
#define L1T_CLASSIFY_H

#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>

enum { L1T_MAX_FEATURES = 8 };

/* decision = sum weight[f] x[f] + bias; positive when > 0. */
struct l1t_svm {
    size_t n_features;
    double weight[L1T_MAX_FEATURES];
    double bias;
    double accuracy; /* of the events it was trained on */
    double cut;      /* one feature: where the decision changes sign; else NAN */
};

/*
 * liblinear, L2-regularised squared hinge loss in the primal (L2R_L2LOSS_SVC), C = 1, bias term 1:
 * what scikit-learn's LinearSVC minimises. feature[f][i]; the first n_positive of n events are
 * positive, the rest negative; both at least 1.
 */
enum l1t_err l1t_svm_train(const double *const *feature, size_t n_features, size_t n_positive,
                           size_t n, struct l1t_svm *svm, struct l1t_diag *diag) L1T_MUST_USE;

/* One number against one cut. */
struct l1t_separation {
    double auc;      /* probability that a positive outranks a negative, ties count half: exact */
    double best_cut; /* value > best_cut is positive: the most accurate single cut */
    double best_accuracy;
};
enum l1t_err l1t_separate(const double *positive, size_t n_positive, const double *negative,
                          size_t n_negative, struct l1t_separation *separation,
                          struct l1t_diag *diag) L1T_MUST_USE;

/* Bootstrap of the mean of n values. Same result for any number of threads. */
struct l1t_bootstrap {
    double mean;           /* of the values */
    double standard_error; /* spread of the resampled means */
    double low, high;      /* percentile interval */
};
enum l1t_err l1t_bootstrap_mean(const double *value, size_t n, size_t resamples, double level,
                                uint64_t seed, unsigned threads, struct l1t_bootstrap *bootstrap,
                                struct l1t_diag *diag) L1T_MUST_USE;
/* Spread and percentile interval of n >= 2 replicas, which are sorted; not the mean. */
void l1t_bootstrap_describe(double *replica, size_t n, double level,
                            struct l1t_bootstrap *bootstrap);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of l1t_predict: one pass over crossings, accounting in event order, curves. */
#ifndef L1T_PREDICT_INTERNAL_H
#define L1T_PREDICT_INTERNAL_H

#include "l1t/predict.h"
#include "prescale.h"

/* Leading and second codes of every object, filled by the pass. Code 0 (none) is not counted. */
struct l1t_code_counts {
    uint64_t n[L1T_OBJECTS][2][L1T_CODES];
};

/* Counts in event order, after the pass. */
struct l1t_account {
    size_t n_seeds;
    struct l1t_prescaler prescaler[L1T_MAX_SEEDS];
    double pass[L1T_MAX_SEEDS]; /* expected accepted fraction */
    uint64_t fired[L1T_MAX_SEEDS], accepted[L1T_MAX_SEEDS];
    uint64_t sharing[L1T_MAX_SEEDS][L1T_MAX_SEEDS + 1]; /* accepted while k seeds were */
    uint64_t both[L1T_MAX_SEEDS][L1T_MAX_SEEDS];
    uint64_t total;
    double weight, weight2; /* expected prescales: sums of 1 - prod(1 - pass) and its square */
};

void l1t_account_init(struct l1t_account *account, const struct l1t_menu *menu);
/* One crossing: bit i set when seed i fired. */
void l1t_account_add(struct l1t_account *account, uint64_t fired);

/* Expected total of one process at a time, kHz, and the rate of two or more processes. */
void l1t_closed_total(const struct l1t_menu *menu, const struct l1t_processes *processes,
                      double *total_khz, double *coincidence_khz);

/* Fills prediction->curve from the counts of prediction->crossings. */
enum l1t_err l1t_make_curves(const struct l1t_processes *processes,
                             const struct l1t_code_counts *counts,
                             struct l1t_prediction *prediction, struct l1t_diag *diag) L1T_MUST_USE;

/* Fills the rates of the prediction from the account. */
void l1t_make_rates(const struct l1t_menu *menu, const struct l1t_processes *processes,
                    const struct l1t_account *account, struct l1t_prediction *prediction);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rates and efficiencies for the solver's search: floating point, with sums that are changed by
 * what a step changes. The answer is computed again by l1t_budget_rates.
 */
#ifndef L1T_BUDGET_EVAL_H
#define L1T_BUDGET_EVAL_H

#include "l1t/budget.h"

/* A setting with prescales that need not be hundredths. */
struct budget_point {
    uint16_t point[L1T_BUDGET_ITEMS];
    double factor[L1T_BUDGET_ITEMS]; /* 100 * prescale */
};

/* Sums of weights and squares of the final OR of the limits. */
struct budget_sums {
    double w[L1T_BUDGET_SAMPLES][L1T_BUDGET_LIMITS], w2[L1T_BUDGET_SAMPLES][L1T_BUDGET_LIMITS];
};

struct budget_eval;
enum l1t_err l1t_budget_eval_open(const struct l1t_budget *budget, struct budget_eval **eval,
                                  struct l1t_diag *diag);
void l1t_budget_eval_close(struct budget_eval *eval); /* accepts NULL */
/* Crossings that depend on the setting. */
size_t l1t_budget_eval_size(const struct budget_eval *eval);

void l1t_budget_eval_all(const struct budget_eval *eval, const struct budget_point *at,
                         struct budget_sums *sums);
/* The sums of `at` become those of `to`, which differs from it in one item. */
void l1t_budget_eval_step(const struct budget_eval *eval, const struct budget_point *at,
                          const struct budget_point *to, size_t item, struct budget_sums *sums);

/* Rate plus margin over the limit, less 1; at most 0 is within it. */
double l1t_budget_over(const struct l1t_budget *budget, const struct budget_sums *sums,
                       size_t limit);
/* Sum of what is over. */
double l1t_budget_excess(const struct l1t_budget *budget, const struct budget_sums *sums);
/* The objective; of equal efficiencies what is nearer to the menu is a little better. */
double l1t_budget_value(const struct l1t_budget *budget, const struct budget_sums *sums,
                        const struct budget_point *at);

/* csrc/rate/budget_prescale.c: better prescales with the same thresholds, where they are free. */
enum l1t_err l1t_budget_prescales(const struct l1t_budget *budget, const struct budget_eval *eval,
                                  struct budget_point *at, size_t *tried, struct l1t_diag *diag);

#endif

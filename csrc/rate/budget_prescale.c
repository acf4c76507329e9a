// SPDX-License-Identifier: GPL-3.0-or-later
// Prescales with thresholds as they are: continuous by COBYLA (NLopt) in their logarithms, then
// rounded upward to hundredths, which only lowers rates, and each loosened again as far as the
// limits allow.
#include "budget_eval.h"

#include <math.h>
#include <nlopt.h>
#include <string.h>

enum { EVALUATIONS = 150 /* a variable */ };

struct problem {
    const struct l1t_budget *budget;
    const struct budget_eval *eval;
    struct budget_point at;
    size_t n, item[L1T_BUDGET_ITEMS];
    size_t tried;
    // of the last x
    double x[L1T_BUDGET_ITEMS];
    struct budget_sums sums;
};

static void evaluate(struct problem *p, unsigned n, const double *x)
{
    if (p->tried > 0 && memcmp(x, p->x, n * sizeof *x) == 0)
        return;
    memcpy(p->x, x, n * sizeof *x);
    for (size_t k = 0; k < n; k++)
        p->at.factor[p->item[k]] = 100 * exp(x[k]);
    l1t_budget_eval_all(p->eval, &p->at, &p->sums);
    p->tried++;
}

static double objective(unsigned n, const double *x, double *gradient, void *data)
{
    struct problem *const p = data;
    (void)gradient; // COBYLA has no use for one
    evaluate(p, n, x);
    return l1t_budget_value(p->budget, &p->sums, &p->at);
}

static void limits(unsigned m, double *result, unsigned n, const double *x, double *gradient,
                   void *data)
{
    struct problem *const p = data;
    (void)gradient;
    evaluate(p, n, x);
    for (unsigned c = 0; c < m; c++)
        result[c] = l1t_budget_over(p->budget, &p->sums, c);
}

static enum l1t_err optimise(struct problem *p, double *x, struct l1t_diag *diag)
{
    double low[L1T_BUDGET_ITEMS], high[L1T_BUDGET_ITEMS], tolerance[L1T_BUDGET_LIMITS] = {0};
    double best = 0;
    nlopt_opt opt = nlopt_create(NLOPT_LN_COBYLA, (unsigned)p->n);
    if (opt == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory for the prescales");
    for (size_t k = 0; k < p->n; k++) {
        low[k] = log(p->budget->item[p->item[k]].low / 100.0);
        high[k] = log(p->budget->item[p->item[k]].high / 100.0);
        x[k] = fmin(fmax(x[k], low[k]), high[k]);
    }
    bool good = nlopt_set_max_objective(opt, objective, p) == NLOPT_SUCCESS;
    good = good && nlopt_set_lower_bounds(opt, low) == NLOPT_SUCCESS;
    good = good && nlopt_set_upper_bounds(opt, high) == NLOPT_SUCCESS;
    good = good && nlopt_add_inequality_mconstraint(opt, (unsigned)p->budget->n_limits, limits, p,
                                                    tolerance) == NLOPT_SUCCESS;
    good = good && nlopt_set_maxeval(opt, EVALUATIONS * (int)p->n) == NLOPT_SUCCESS;
    good = good && nlopt_set_xtol_rel(opt, 1e-5) == NLOPT_SUCCESS;
    // What it ends with is looked at by the caller, however it ended.
    if (good)
        (void)nlopt_optimize(opt, x, &best);
    nlopt_destroy(opt);
    return good ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "NLopt refuses the prescales' problem");
}

static double rounded_up(const struct l1t_budget_item *item, double factor)
{
    return fmin(fmax(ceil(factor - 1e-6), item->low), item->high);
}

// The smallest prescale of an item that keeps the limits: they fall with it.
static void loosen(struct problem *p, size_t i)
{
    uint32_t low = p->budget->item[i].low, high = (uint32_t)p->at.factor[i];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        struct budget_sums sums = p->sums;
        struct budget_point to = p->at;
        to.factor[i] = middle;
        l1t_budget_eval_step(p->eval, &p->at, &to, i, &sums);
        p->tried++;
        if (l1t_budget_excess(p->budget, &sums) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct budget_point to = p->at;
    to.factor[i] = high;
    struct budget_sums sums = p->sums;
    l1t_budget_eval_step(p->eval, &p->at, &to, i, &sums);
    if (l1t_budget_value(p->budget, &sums, &to) > l1t_budget_value(p->budget, &p->sums, &p->at)) {
        p->at = to;
        p->sums = sums;
    }
}

static void take_if_better(struct problem *p, const struct budget_point *before)
{
    struct budget_sums sums;
    l1t_budget_eval_all(p->eval, before, &sums);
    l1t_budget_eval_all(p->eval, &p->at, &p->sums);
    const bool better =
        l1t_budget_excess(p->budget, &p->sums) <= 0 &&
        (l1t_budget_excess(p->budget, &sums) > 0 || l1t_budget_value(p->budget, &p->sums, &p->at) >
                                                        l1t_budget_value(p->budget, &sums, before));
    if (!better) {
        p->at = *before;
        p->sums = sums;
    }
}

enum l1t_err l1t_budget_prescales(const struct l1t_budget *budget, const struct budget_eval *eval,
                                  struct budget_point *at, size_t *tried, struct l1t_diag *diag)
{
    struct problem p = {.budget = budget, .eval = eval, .at = *at};
    double x[L1T_BUDGET_ITEMS];
    for (size_t i = 0; i < budget->n_items; i++)
        if (budget->item[i].low < budget->item[i].high && budget->item[i].step == 0) {
            x[p.n] = log(at->factor[i] / 100);
            p.item[p.n++] = i;
        }
    if (p.n == 0)
        return L1T_OK;
    const enum l1t_err err = optimise(&p, x, diag);
    if (err != L1T_OK)
        return err;
    for (size_t k = 0; k < p.n; k++)
        p.at.factor[p.item[k]] = rounded_up(&budget->item[p.item[k]], 100 * exp(x[k]));
    take_if_better(&p, at);
    for (size_t k = 0; k < p.n && l1t_budget_excess(budget, &p.sums) <= 0; k++)
        loosen(&p, p.item[k]);
    *tried += p.tried;
    *at = p.at;
    return L1T_OK;
}

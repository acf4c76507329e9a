// SPDX-License-Identifier: GPL-3.0-or-later
// Slope and height from rates against threshold, by maximum likelihood on independent cells.
// The counts between neighbouring thresholds, and above the last, follow Poisson laws with means
// N p_i(lambda), sum p_i = 1. The likelihood separates: N is the count above the first threshold,
// and lambda solves sum n_i dln p_i/dlambda = 0, which falls monotonically.
#include "l1t/spectrum.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

enum { max_iterations = 200 };

double l1t_crossing_rate_hz(const struct l1t_beam *beam)
{
    return beam->revolution_hz * (double)beam->bunches;
}

struct cells {
    const struct l1t_rate_point *point;
    size_t n;
};

static double start(const struct cells *c, size_t i)
{
    return c->point[i].threshold_gev - c->point[0].threshold_gev;
}

static double counts(const struct cells *c, size_t i)
{
    return c->point[i].counts - (i + 1 < c->n ? c->point[i + 1].counts : 0);
}

// Probability of cell i and the derivative of its logarithm.
static double probability(const struct cells *c, size_t i, double lambda, double *dlog)
{
    const double a = start(c, i);
    if (i + 1 == c->n) {
        *dlog = -a;
        return exp(-lambda * a);
    }
    const double h = start(c, i + 1) - a;
    *dlog = h / expm1(lambda * h) - a;
    return exp(-lambda * a) * -expm1(-lambda * h);
}

static double score(double log_lambda, void *context)
{
    const struct cells *c = context;
    double sum = 0;
    for (size_t i = 0; i < c->n; i++) {
        double dlog;
        probability(c, i, exp(log_lambda), &dlog);
        sum += counts(c, i) * dlog;
    }
    return sum;
}

static enum l1t_err check_points(const struct l1t_rate_point *p, size_t n, struct l1t_diag *diag)
{
    if (n < 2)
        return l1t_fail(diag, L1T_E_INPUT, "%zu rate point%s; a slope needs at least 2", n,
                        n == 1 ? "" : "s");
    for (size_t i = 0; i < n; i++) {
        if (!(p[i].rate_khz > 0 && p[i].counts > 0))
            return l1t_fail(diag, L1T_E_INPUT,
                            "point at %.9g GeV: rate and counts must be positive",
                            p[i].threshold_gev);
        if (i == 0)
            continue;
        if (!(p[i].threshold_gev > p[i - 1].threshold_gev))
            return l1t_fail(diag, L1T_E_INPUT, "threshold %.9g GeV after %.9g GeV; must increase",
                            p[i].threshold_gev, p[i - 1].threshold_gev);
        if (p[i].counts > p[i - 1].counts)
            return l1t_fail(diag, L1T_E_INPUT,
                            "%.9g counts above %.9g GeV but %.9g above %.9g GeV; the counts are "
                            "nested and cannot rise",
                            p[i].counts, p[i].threshold_gev, p[i - 1].counts,
                            p[i - 1].threshold_gev);
        // One scale turns counts into rates; 2 % leaves room for printed digits.
        const double scale = p[i].rate_khz / p[i].counts * p[0].counts / p[0].rate_khz;
        if (!(fabs(scale - 1) < 0.02))
            return l1t_fail(diag, L1T_E_INPUT,
                            "point at %.9g GeV: rate over counts is %.4g times that of the first "
                            "point; all must come from one sample",
                            p[i].threshold_gev, scale);
    }
    if (!(p[n - 1].counts < p[0].counts))
        return l1t_fail(diag, L1T_E_NOSOLUTION, "the rate does not fall with the threshold");
    return L1T_OK;
}

static double solve(struct cells *c)
{
    const double width = start(c, c->n - 1);
    gsl_set_error_handler_off(); // GSL would abort the program; here every status is looked at
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (solver == NULL)
        return NAN;
    gsl_function function = {score, c};
    double root = NAN;
    int status = gsl_root_fsolver_set(solver, &function, log(1e-9 / width), log(1e3 / width));
    for (int i = 0; i < max_iterations && status == GSL_SUCCESS; i++) {
        status = gsl_root_fsolver_iterate(solver);
        root = exp(gsl_root_fsolver_root(solver));
        if (gsl_root_fsolver_x_upper(solver) - gsl_root_fsolver_x_lower(solver) < 1e-14)
            break;
    }
    gsl_root_fsolver_free(solver);
    return root;
}

static void describe(const struct cells *c, struct l1t_rate_fit *fit)
{
    const double total = c->point[0].counts;
    double information = 0;
    for (size_t i = 0; i < c->n; i++) {
        double dlog;
        const double expected = total * probability(c, i, fit->lambda, &dlog);
        information += expected * dlog * dlog;
        fit->chi2 += (counts(c, i) - expected) * (counts(c, i) - expected) / expected;
    }
    fit->lambda_err = 1 / sqrt(information);
    fit->rate_khz = c->point[0].rate_khz;
    fit->rate_err = fit->rate_khz / sqrt(total);
    fit->ndf = c->n - 2;
    fit->scale = fit->ndf > 0 ? fmax(1, sqrt(fit->chi2 / (double)fit->ndf)) : 1;
}

enum l1t_err l1t_fit_rates(const struct l1t_rate_point *points, size_t n, struct l1t_rate_fit *fit,
                           struct l1t_diag *diag)
{
    *fit = (struct l1t_rate_fit){.lambda = NAN};
    const enum l1t_err err = check_points(points, n, diag);
    if (err != L1T_OK)
        return err;
    struct cells c = {points, n};
    fit->from_gev = points[0].threshold_gev;
    fit->to_gev = points[n - 1].threshold_gev;
    fit->lambda = solve(&c);
    if (!isfinite(fit->lambda))
        return l1t_fail(diag, L1T_E_NOSOLUTION, "no exponential describes these rates");
    describe(&c, fit);
    return L1T_OK;
}

static enum l1t_err check_range(const struct l1t_rate_fit *fit, double threshold, int extrapolate,
                                struct l1t_diag *diag)
{
    if (!extrapolate && !(threshold >= fit->from_gev && threshold <= fit->to_gev))
        return l1t_fail(diag, L1T_E_INPUT,
                        "threshold %.9g GeV is outside the calibrated range %.9g..%.9g GeV",
                        threshold, fit->from_gev, fit->to_gev);
    return L1T_OK;
}

enum l1t_err l1t_rate_at(const struct l1t_rate_fit *fit, double threshold_gev, int extrapolate,
                         double *rate_khz, double *err, struct l1t_diag *diag)
{
    const enum l1t_err status = check_range(fit, threshold_gev, extrapolate, diag);
    if (status != L1T_OK)
        return status;
    const double above = threshold_gev - fit->from_gev;
    *rate_khz = fit->rate_khz * exp(-fit->lambda * above);
    if (err != NULL)
        *err = *rate_khz * hypot(fit->rate_err / fit->rate_khz, above * fit->lambda_err);
    return L1T_OK;
}

enum l1t_err l1t_total_rate(const struct l1t_rate_fit *fit, const struct l1t_acceptance *acceptance,
                            double threshold_gev, int extrapolate, double *total_khz,
                            struct l1t_diag *diag)
{
    double rate;
    const enum l1t_err err = l1t_rate_at(fit, threshold_gev, extrapolate, &rate, NULL, diag);
    if (err == L1T_OK)
        *total_khz = rate / l1t_acceptance_at(acceptance, fit->lambda, NULL);
    return err;
}

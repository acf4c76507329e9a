// SPDX-License-Identifier: GPL-3.0-or-later
// All lambda with F(lambda) = share. F(lambda) - share = lambda * integral of exp(-lambda x)
// (eff(x) - share) dx: by Descartes' rule for Laplace transforms it has no more roots than eff -
// share has changes of sign. A rising curve with a flat tail gives one; cut off at its last point
// it gives two.
#include "l1t/spectrum.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

enum { grid = 48, max_extrema = L1T_MAX_ROOTS - 1, max_iterations = 200 };

struct search {
    const struct l1t_acceptance *acceptance;
    double share;
    size_t evaluations;
};

static double derivative(double log_lambda, void *context)
{
    struct search *s = context;
    double slope;
    l1t_acceptance_at(s->acceptance, exp(log_lambda), &slope);
    s->evaluations++;
    return slope;
}

static double excess(double log_lambda, void *context)
{
    struct search *s = context;
    s->evaluations++;
    return l1t_acceptance_at(s->acceptance, exp(log_lambda), NULL) - s->share;
}

// The bracket [low, high] holds a change of sign.
static double bracketed_root(double (*f)(double, void *), struct search *s, double low, double high)
{
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (solver == NULL)
        return NAN;
    gsl_function function = {f, s};
    double root = NAN;
    if (gsl_root_fsolver_set(solver, &function, low, high) == GSL_SUCCESS) {
        for (int i = 0; i < max_iterations; i++) {
            if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS)
                break;
            root = gsl_root_fsolver_root(solver);
            const double width =
                gsl_root_fsolver_x_upper(solver) - gsl_root_fsolver_x_lower(solver);
            if (fabs(width) < 4e-15 * fmax(1, fabs(root)))
                break;
        }
    }
    gsl_root_fsolver_free(solver);
    return root;
}

// Ends of the range and, between them, every extremum: F is monotone from one to the next.
static size_t find_extrema(struct search *s, double low, double high, double *stations)
{
    size_t n = 0;
    stations[n++] = low;
    double before = low;
    double slope_before = derivative(low, s);
    for (int i = 1; i <= grid; i++) {
        const double here = low + (high - low) * i / grid;
        const double slope = derivative(here, s);
        // Equal zeros (an underflown tail) are no extremum.
        if (slope_before * slope < 0 && n <= max_extrema)
            stations[n++] = bracketed_root(derivative, s, before, here);
        if (slope != 0) {
            before = here;
            slope_before = slope;
        }
    }
    stations[n++] = high;
    return n;
}

static void find_roots(struct search *s, const double *stations, size_t n,
                       struct l1t_slope_fit *fit)
{
    double before = excess(stations[0], s);
    fit->max_accepted = before + s->share;
    fit->max_lambda = exp(stations[0]);
    for (size_t i = 1; i < n; i++) {
        const double here = excess(stations[i], s);
        if (here + s->share > fit->max_accepted) {
            fit->max_accepted = here + s->share;
            fit->max_lambda = exp(stations[i]);
        }
        const int crosses = (before < 0) != (here < 0);
        if (crosses && fit->n_roots < L1T_MAX_ROOTS)
            fit->root[fit->n_roots++] =
                exp(bracketed_root(excess, s, stations[i - 1], stations[i]));
        before = here;
    }
}

static enum l1t_err no_solution(const struct l1t_slope_fit *fit, struct l1t_diag *diag)
{
    if (fit->share > fit->max_accepted)
        return l1t_fail(diag, L1T_E_NOSOLUTION,
                        "share %.9g is out of reach: no exponential spectrum has more than %.6g of "
                        "itself accepted by this curve (at lambda %.4g/GeV)",
                        fit->share, fit->max_accepted, fit->max_lambda);
    return l1t_fail(diag, L1T_E_NOSOLUTION, "share %.9g: no solution for lambda in %.3g..%.3g/GeV",
                    fit->share, fit->from, fit->to);
}

enum l1t_err l1t_fit_slope(const struct l1t_acceptance *acceptance, double share,
                           struct l1t_slope_fit *fit, struct l1t_diag *diag)
{
    *fit = (struct l1t_slope_fit){.share = share, .lambda = NAN, .residual = NAN};
    if (!(share > 0 && share < 1))
        return l1t_fail(diag, L1T_E_INPUT, "share %.9g must be within (0, 1)", share);
    gsl_set_error_handler_off(); // GSL would abort the program; here every status is looked at
    fit->from = 1e-6 / acceptance->tail_from;
    fit->to = 100 / fmax(acceptance->x50, 1e-9 * acceptance->tail_from);
    struct search s = {acceptance, share, 0};
    double stations[L1T_MAX_ROOTS + 2];
    const size_t n = find_extrema(&s, log(fit->from), log(fit->to), stations);
    find_roots(&s, stations, n, fit);
    fit->evaluations = s.evaluations;
    if (fit->n_roots == 0)
        return no_solution(fit, diag);
    fit->lambda = fit->root[fit->n_roots - 1];
    fit->residual = l1t_acceptance_at(acceptance, fit->lambda, NULL) - share;
    return L1T_OK;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Rate against pile-up: a polynomial without constant term by weighted least squares.
#include "l1t/beam.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

enum { max_rounds = 30 };

// Bins of the fit; everything as efficiencies, the rate's scale comes at the end.
struct points {
    size_t n;
    double pileup[L1T_TALLY_PILEUPS], efficiency[L1T_TALLY_PILEUPS];
    double crossings[L1T_TALLY_PILEUPS]; // effective
    double slope;                        // of efficiency = slope * pileup through all of them
};

static void collect(const struct l1t_sum *fired, const struct l1t_sum *all, double from, double to,
                    struct points *p)
{
    double sum = 0, pileups = 0;
    p->n = 0;
    for (unsigned k = 1; k < L1T_TALLY_PILEUPS; k++) {
        if (k < from || k > to || all[k].n == 0 || !(all[k].w > 0) || !(all[k].w2 > 0))
            continue;
        p->pileup[p->n] = k;
        p->efficiency[p->n] = fired[k].w / all[k].w;
        p->crossings[p->n] = all[k].w * all[k].w / all[k].w2;
        sum += p->crossings[p->n] * p->efficiency[p->n];
        pileups += p->crossings[p->n] * k;
        p->n++;
    }
    p->slope = pileups > 0 ? sum / pileups : 0;
}

struct workspace {
    gsl_multifit_linear_workspace *gsl;
    gsl_matrix *powers, *covariance;
    gsl_vector *weight, *efficiency, *coefficient;
};

static void close_workspace(struct workspace *w)
{
    if (w->gsl != NULL)
        gsl_multifit_linear_free(w->gsl);
    gsl_matrix_free(w->powers); // these accept NULL
    gsl_matrix_free(w->covariance);
    gsl_vector_free(w->weight);
    gsl_vector_free(w->efficiency);
    gsl_vector_free(w->coefficient);
}

static bool open_workspace(struct workspace *w, size_t n, size_t degree)
{
    *w = (struct workspace){
        .gsl = gsl_multifit_linear_alloc(n, degree),
        .powers = gsl_matrix_alloc(n, degree),
        .covariance = gsl_matrix_alloc(degree, degree),
        .weight = gsl_vector_alloc(n),
        .efficiency = gsl_vector_alloc(n),
        .coefficient = gsl_vector_alloc(degree),
    };
    return w->gsl != NULL && w->powers != NULL && w->covariance != NULL && w->weight != NULL &&
           w->efficiency != NULL && w->coefficient != NULL;
}

// Pile-up in units of the highest, so that the columns are of one size.
static void fill(const struct points *p, struct workspace *w, size_t degree, double unit)
{
    for (size_t i = 0; i < p->n; i++) {
        double power = 1;
        gsl_vector_set(w->efficiency, i, p->efficiency[i]);
        for (size_t j = 0; j < degree; j++)
            gsl_matrix_set(w->powers, i, j, power *= p->pileup[i] / unit);
    }
}

// What the polynomial says, kept off 0 and 1, where it would claim to know the rate exactly.
static double predicted(const struct points *p, const struct workspace *w, size_t degree, size_t i)
{
    double sum = 0;
    for (size_t j = 0; j < degree; j++)
        sum += gsl_vector_get(w->coefficient, j) * gsl_matrix_get(w->powers, i, j);
    return fmin(fmax(sum, p->slope * p->pileup[i] / 10), 1 - 1e-3);
}

// chi2 of the best polynomial, NAN if it cannot be found.
static double solve(const struct points *p, struct workspace *w, size_t degree)
{
    double chi2 = NAN, before = 0;
    for (int round = 0; round < max_rounds; round++) {
        for (size_t i = 0; i < p->n; i++) {
            const double e =
                round == 0 ? fmin(p->slope * p->pileup[i], 0.5) : predicted(p, w, degree, i);
            gsl_vector_set(w->weight, i, p->crossings[i] / (e * (1 - e)));
        }
        if (gsl_multifit_wlinear(w->powers, w->weight, w->efficiency, w->coefficient, w->covariance,
                                 &chi2, w->gsl) != GSL_SUCCESS)
            return NAN;
        if (round > 0 && fabs(chi2 - before) <= 1e-12 * (1 + chi2))
            break;
        before = chi2;
    }
    return chi2;
}

// Back to powers of pile-up, and to rates.
static void describe(const struct workspace *w, double unit, double crossings_hz,
                     struct l1t_pileup_fit *fit)
{
    for (int j = 0; j < fit->degree; j++) {
        const double scale = crossings_hz / pow(unit, j + 1);
        for (int i = 0; i < fit->degree; i++)
            fit->covariance[j][i] = scale * crossings_hz / pow(unit, i + 1) *
                                    gsl_matrix_get(w->covariance, (size_t)j, (size_t)i);
        fit->coefficient[j] = scale * gsl_vector_get(w->coefficient, (size_t)j);
        fit->error[j] = sqrt(fit->covariance[j][j]);
    }
}

static enum l1t_err run(const struct points *p, int degree, double crossings_hz,
                        struct l1t_pileup_fit *fit, struct l1t_diag *diag)
{
    gsl_set_error_handler_off(); // GSL would abort the program; here every status is looked at
    struct workspace w;
    enum l1t_err err = L1T_OK;
    const double unit = p->pileup[p->n - 1];
    if (!open_workspace(&w, p->n, (size_t)degree)) {
        err = l1t_fail(diag, L1T_E_NOMEM, "no memory for a fit of %zu bins", p->n);
    } else {
        fill(p, &w, (size_t)degree, unit);
        const double chi2 = solve(p, &w, (size_t)degree);
        if (isfinite(chi2)) {
            *fit = (struct l1t_pileup_fit){.degree = degree,
                                           .chi2 = chi2,
                                           .ndf = (int)p->n - degree,
                                           .from = p->pileup[0],
                                           .to = unit};
            describe(&w, unit, crossings_hz, fit);
        }
    }
    close_workspace(&w);
    return err;
}

enum l1t_err l1t_pileup_fit(const struct l1t_sum fired[L1T_TALLY_PILEUPS],
                            const struct l1t_sum all[L1T_TALLY_PILEUPS], double crossings_hz,
                            int degree, double from, double to, struct l1t_pileup_fit *fit,
                            struct l1t_diag *diag)
{
    struct points p;
    *fit = (struct l1t_pileup_fit){0};
    if (degree < 1 || degree > L1T_PILEUP_FIT_MAX)
        return l1t_fail(diag, L1T_E_INPUT, "a fit of degree %d against pile-up; want 1..%d", degree,
                        L1T_PILEUP_FIT_MAX);
    if (!(from >= 1 && from <= to && to < L1T_TALLY_PILEUPS))
        return l1t_fail(diag, L1T_E_INPUT,
                        "a fit over pile-up %.9g to %.9g; want 1 <= FROM <= TO <= %d", from, to,
                        L1T_TALLY_PILEUPS - 1);
    collect(fired, all, from, to, &p);
    // A slope of 0 or less: nothing fired, or negative weights have eaten it up.
    if (p.n < (size_t)degree || !(p.slope > 0))
        return L1T_OK;
    return run(&p, degree, crossings_hz, fit, diag);
}

double l1t_pileup_fit_at(const struct l1t_pileup_fit *fit, double pileup, double *err)
{
    double sum = 0, variance = 0;
    for (int j = 0; j < fit->degree; j++) {
        sum += fit->coefficient[j] * pow(pileup, j + 1);
        for (int i = 0; i < fit->degree; i++)
            variance += pow(pileup, i + j + 2) * fit->covariance[j][i];
    }
    if (err != NULL)
        *err = fit->degree > 0 ? sqrt(fmax(0, variance)) : NAN;
    return fit->degree > 0 ? sum : NAN;
}

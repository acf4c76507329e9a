// SPDX-License-Identifier: GPL-3.0-or-later
// The parametric turn-on through measured points by maximum likelihood: each point is a binomial
// number. Parameters are transformed so that every value of the search is a legal curve.
#include "l1t/efficiency.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>
#include <math.h>

enum { PARAMETERS = 6, STARTS = 4, ITERATIONS = 4000 };

static double expit(double x)
{
    return 1 / (1 + exp(-x));
}

static double logit(double p)
{
    return log(p / (1 - p));
}

static struct l1t_parametric curve_of(const gsl_vector *v, double threshold)
{
    const double t = threshold; // energies in its units, so that all steps are of order one
    return (struct l1t_parametric){
        .threshold_gev = t,
        .plateau = expit(gsl_vector_get(v, 0)),
        .core = expit(gsl_vector_get(v, 1)),
        .mean_gev = t * exp(gsl_vector_get(v, 2)),
        .width_gev = t * exp(gsl_vector_get(v, 3)),
        .median_gev = t * exp(gsl_vector_get(v, 4)),
        .log_width = exp(gsl_vector_get(v, 5)),
    };
}

// k ln(k / m) with 0 ln 0 = 0
static double part(double k, double m)
{
    return k > 0 ? k * log(k / fmax(m, 1e-12)) : 0;
}

static double deviance(const struct l1t_turn_on *t, const struct l1t_parametric *curve)
{
    double sum = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct l1t_share *s = &t->point[i].efficiency;
        const double n = (double)s->n, k = (double)s->k;
        const double p = fmin(1 - 1e-9, fmax(1e-9, l1t_parametric_at(curve, t->point[i].pt_gev)));
        sum += 2 * (part(k, n * p) + part(n - k, n * (1 - p)));
    }
    return sum;
}

static double objective(const gsl_vector *v, void *context)
{
    const struct l1t_turn_on *t = context;
    const struct l1t_parametric curve = curve_of(v, t->threshold_gev);
    // A weak pull keeps parameters that the points do not see (a core of all) at home.
    double pull = 0;
    for (size_t i = 0; i < PARAMETERS; i++)
        pull += 1e-4 * gsl_vector_get(v, i) * gsl_vector_get(v, i);
    return deviance(t, &curve) + pull;
}

// First point of at least half of the efficiency at the end, and that efficiency.
static void guess(const struct l1t_turn_on *t, gsl_vector *v)
{
    double k = 0, n = 0, half = t->threshold_gev;
    for (size_t i = t->n - t->n / 5 - 1; i < t->n; i++) {
        k += (double)t->point[i].efficiency.k;
        n += (double)t->point[i].efficiency.n;
    }
    const double plateau = (k + 0.5) / (n + 1);
    for (size_t i = t->n; i-- > 0;)
        if (t->point[i].efficiency.value >= plateau / 2)
            half = t->point[i].pt_gev;
    gsl_vector_set(v, 0, logit(plateau));
    gsl_vector_set(v, 1, 1);
    gsl_vector_set(v, 2, log(half / t->threshold_gev));
    gsl_vector_set(v, 3, log(0.06));
    gsl_vector_set(v, 4, log(1.05 * half / t->threshold_gev));
    gsl_vector_set(v, 5, log(0.2));
}

static void minimise(struct l1t_turn_on *t, gsl_multimin_fminimizer *m, gsl_vector *v,
                     gsl_vector *step)
{
    gsl_multimin_function f = {objective, PARAMETERS, t};
    for (int start = 0; start < STARTS; start++) { // again from where it stopped, with new steps
        gsl_vector_set_all(step, start == 0 ? 0.3 : 0.1);
        if (gsl_multimin_fminimizer_set(m, &f, v, step) != GSL_SUCCESS)
            return;
        for (int i = 0; i < ITERATIONS; i++)
            if (gsl_multimin_fminimizer_iterate(m) != GSL_SUCCESS ||
                gsl_multimin_fminimizer_size(m) < 1e-6)
                break;
        gsl_vector_memcpy(v, gsl_multimin_fminimizer_x(m));
    }
    t->fit = curve_of(v, t->threshold_gev);
    t->fitted = true;
}

// Where the fit reaches a part of its plateau; it rises everywhere.
static double reaches(const struct l1t_parametric *curve, double share)
{
    double low = 0, high = 100 * curve->threshold_gev;
    for (int i = 0; i < 100; i++) {
        const double middle = (low + high) / 2;
        if (l1t_parametric_at(curve, middle) >= share * curve->plateau)
            high = middle;
        else
            low = middle;
    }
    return high;
}

// Points below and above the rise, and enough of them for six parameters.
static bool can_be_fitted(const struct l1t_turn_on *t)
{
    if (t->n < PARAMETERS + 2)
        return false;
    const double first = t->point[0].efficiency.value, last = t->point[t->n - 1].efficiency.value;
    return last > 0.2 && first < last / 2;
}

void l1t_turn_on_fit(struct l1t_turn_on *t)
{
    t->fitted = false;
    t->deviance = t->half_gev = t->full_gev = NAN;
    t->ndf = 0;
    if (!can_be_fitted(t))
        return;
    gsl_set_error_handler_off(); // GSL would abort the program; every status is looked at
    gsl_multimin_fminimizer *m =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, PARAMETERS);
    gsl_vector *v = gsl_vector_alloc(PARAMETERS), *step = gsl_vector_alloc(PARAMETERS);
    if (m != NULL && v != NULL && step != NULL) {
        guess(t, v);
        minimise(t, m, v, step);
    }
    if (t->fitted) {
        t->deviance = deviance(t, &t->fit);
        t->ndf = t->n - PARAMETERS;
        t->half_gev = reaches(&t->fit, 0.5);
        t->full_gev = reaches(&t->fit, 0.95);
    }
    gsl_multimin_fminimizer_free(m);
    gsl_vector_free(v);
    gsl_vector_free(step);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The accepted fraction F(lambda): Gauss-Legendre on every panel of the curve, where the integrand
// is a cubic times an exponential, plus an explicit tail. The closed antiderivative is not used:
// for small lambda it cancels catastrophically and invents roots.
#include "l1t/spectrum.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>

enum { many_nodes = 16, few_nodes = 8 };

const char *const l1t_object_names[L1T_OBJECTS + 1] = {"jet", "muon", "egamma", "tau", NULL};

unsigned l1t_object_full_scale(enum l1t_object object)
{
    return object == L1T_JET ? 2047 : 511;
}

double l1t_fraction_below(double lambda, double threshold_gev)
{
    return -expm1(-lambda * threshold_gev);
}

struct builder {
    struct l1t_acceptance *out;
    const struct l1t_curve *curve;
    enum l1t_below below;
    const gsl_integration_glfixed_table *many, *few;
    double narrow; // panels this narrow are never split
    size_t panels, size;
};

static double efficiency(const struct builder *b, double x)
{
    return b->below == L1T_BELOW_EXTRAPOLATE ? l1t_curve_eval_extrapolated(b->curve, x)
                                             : l1t_curve_eval(b->curve, x);
}

static int grow(struct builder *b)
{
    if (b->panels < b->size)
        return 0;
    const size_t size = b->size == 0 ? 64 : 2 * b->size;
    double *x = realloc(b->out->x, size * many_nodes * sizeof *x);
    if (x == NULL)
        return -1;
    b->out->x = x;
    double *w = realloc(b->out->w, size * many_nodes * sizeof *w);
    if (w == NULL)
        return -1;
    b->out->w = w;
    b->size = size;
    return 0;
}

// Panels that are narrow for where they stand take fewer nodes: with lambda*width = z the error of
// eight is below 1e-13 up to z = 4, beyond which the panel weighs less than exp(-16).
static int add_panel(struct builder *b, double low, double high)
{
    if (grow(b) != 0)
        return -1;
    b->panels++;
    const int narrow = 4 * (high - low) <= low;
    const gsl_integration_glfixed_table *rule = narrow ? b->few : b->many;
    for (size_t i = 0; i < rule->n; i++) {
        double x;
        double w;
        gsl_integration_glfixed_point(low, high, i, &x, &w, rule);
        b->out->x[b->out->n] = x;
        b->out->w[b->out->n] = w * efficiency(b, x);
        b->out->n++;
    }
    return 0;
}

// A panel that reaches beyond twice its beginning is halved. Then lambda*width <= lambda*beginning:
// either the exponential is tame inside the panel, or the panel no longer matters.
static int add_split(struct builder *b, double low, double high)
{
    double from = low;
    while (from < high) {
        double to = high;
        while (to > 2 * from && to - from > b->narrow)
            to = from + 0.5 * (to - from);
        if (add_panel(b, from, to) != 0)
            return -1;
        from = to;
    }
    return 0;
}

static int add_all(struct builder *b, double from)
{
    const struct l1t_curve *c = b->curve;
    if (from < c->x[0] && add_split(b, from, c->x[0]) != 0)
        return -1;
    for (size_t i = 0; i + 1 < c->n; i++) {
        const double low = fmax(c->x[i], from);
        if (low < c->x[i + 1] && add_split(b, low, c->x[i + 1]) != 0)
            return -1;
    }
    return 0;
}

static double highest(const struct l1t_curve *c)
{
    double top = 0;
    for (size_t i = 0; i < c->n; i++)
        top = fmax(top, c->y[i]);
    return top;
}

// An efficiency of zero adds nothing to F, and half of the nodes of a steep curve are such.
static void drop_zeros(struct l1t_acceptance *a)
{
    size_t kept = 0;
    for (size_t i = 0; i < a->n; i++) {
        a->x[kept] = a->x[i];
        a->w[kept] = a->w[i];
        kept += a->w[i] != 0;
    }
    a->n = kept;
}

static enum l1t_err check(const struct l1t_curve *curve, const struct l1t_acceptance_options *o,
                          struct l1t_diag *diag)
{
    const double last = curve->x[curve->n - 1];
    if (!(o->from >= 0 && o->from < last))
        return l1t_fail(diag, L1T_E_INPUT,
                        "integral from %.9g GeV; must be at least 0 and below the curve's last "
                        "point, %.9g GeV",
                        o->from, last);
    if (!(highest(curve) > 0))
        return l1t_fail(diag, L1T_E_INPUT, "the curve is zero everywhere");
    return L1T_OK;
}

enum l1t_err l1t_acceptance_init(struct l1t_acceptance *acceptance, const struct l1t_curve *curve,
                                 const struct l1t_acceptance_options *options,
                                 struct l1t_diag *diag)
{
    static const struct l1t_acceptance_options sound = {L1T_TAIL_FLAT, L1T_BELOW_CLAMP, 0};
    const struct l1t_acceptance_options *o = options != NULL ? options : &sound;
    *acceptance = (struct l1t_acceptance){0};
    const enum l1t_err err = check(curve, o, diag);
    if (err != L1T_OK)
        return err;
    acceptance->x50 = l1t_curve_crossing(curve, 0.5 * highest(curve));
    acceptance->tail_from = curve->x[curve->n - 1];
    acceptance->tail_height = o->tail == L1T_TAIL_FLAT ? curve->y[curve->n - 1] : 0;
    // A curve may begin at its plateau, x50 = 0: the second term keeps the number of panels finite.
    const double narrow = fmax(acceptance->x50, 1e-9 * acceptance->tail_from) / 8;
    gsl_set_error_handler_off(); // GSL would abort the program; here every status is looked at
    gsl_integration_glfixed_table *many = gsl_integration_glfixed_table_alloc(many_nodes);
    gsl_integration_glfixed_table *few = gsl_integration_glfixed_table_alloc(few_nodes);
    struct builder b = {acceptance, curve, o->below, many, few, narrow, 0, 0};
    const int failed = many == NULL || few == NULL || add_all(&b, o->from) != 0;
    if (many != NULL)
        gsl_integration_glfixed_table_free(many);
    if (few != NULL)
        gsl_integration_glfixed_table_free(few);
    if (failed) {
        l1t_acceptance_free(acceptance);
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for the nodes of a curve");
    }
    drop_zeros(acceptance);
    return L1T_OK;
}

void l1t_acceptance_free(struct l1t_acceptance *acceptance)
{
    free(acceptance->x);
    free(acceptance->w);
    *acceptance = (struct l1t_acceptance){0};
}

double l1t_acceptance_at(const struct l1t_acceptance *acceptance, double lambda, double *slope)
{
    double sum = 0;
    double moment = 0;
    for (size_t i = 0; i < acceptance->n; i++) {
        const double term = acceptance->w[i] * exp(-lambda * acceptance->x[i]);
        sum += term;
        moment += term * acceptance->x[i];
    }
    const double tail = acceptance->tail_height * exp(-lambda * acceptance->tail_from);
    if (slope != NULL)
        *slope = sum - lambda * moment - acceptance->tail_from * tail;
    return lambda * sum + tail;
}

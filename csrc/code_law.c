// SPDX-License-Identifier: GPL-3.0-or-later
// Probabilities of hardware codes: differences of exponentials, and Gauss-Legendre between the
// points of the curve and the edges of the codes.
#include "code_law.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>

// Probability of [low, high) under lambda exp(-lambda x).
static double between(double lambda, double low, double high)
{
    return isinf(high) ? exp(-lambda * low) : exp(-lambda * low) * -expm1(-lambda * (high - low));
}

void l1t_code_law(double lambda, double low, double high, size_t top, double *p)
{
    const double all = between(lambda, low, high);
    for (size_t c = 0; c <= top; c++) {
        const double from = fmax(low, L1T_CODE_GEV * (double)c);
        const double to = c == top ? high : fmin(high, L1T_CODE_GEV * (double)(c + 1));
        p[c] = from < to ? between(lambda, from, to) / all : 0;
    }
}

static const double piece_gev = 4;

// Integral over [from, to), which lies between two neighbouring points of the curve.
static double smooth_piece(double lambda, const struct l1t_curve *curve, double from, double to,
                           const gsl_integration_glfixed_table *rule)
{
    double sum = 0;
    for (size_t i = 0; i < rule->n; i++) {
        double x;
        double w;
        gsl_integration_glfixed_point(from, to, i, &x, &w, rule);
        sum += w * lambda * exp(-lambda * x) * l1t_curve_eval(curve, x);
    }
    return sum;
}

static double accepted(double lambda, const struct l1t_curve *curve, double from, double to,
                       const gsl_integration_glfixed_table *rule)
{
    const size_t last = curve->n - 1;
    double sum = 0;
    if (from < curve->x[0])
        sum += curve->y[0] * between(lambda, from, fmin(to, curve->x[0]));
    for (size_t i = 0; i < last; i++) {
        const double low = fmax(from, curve->x[i]);
        const double high = fmin(to, curve->x[i + 1]);
        // A code is narrow; the last one, which holds all the rest, is cut to pieces.
        for (int k = 0; low + k * piece_gev < high; k++)
            sum += smooth_piece(lambda, curve, low + k * piece_gev,
                                fmin(high, low + (k + 1) * piece_gev), rule);
    }
    if (to > curve->x[last])
        sum += curve->y[last] * between(lambda, fmax(from, curve->x[last]), to);
    return sum;
}

int l1t_code_law_accepted(double lambda, const struct l1t_curve *curve, size_t top, double *p)
{
    gsl_set_error_handler_off();
    gsl_integration_glfixed_table *rule = gsl_integration_glfixed_table_alloc(8);
    if (rule == NULL)
        return -1;
    double sum = 0;
    for (size_t c = 1; c <= top; c++) {
        const double to = c == top ? INFINITY : L1T_CODE_GEV * (double)(c + 1);
        p[c] = accepted(lambda, curve, L1T_CODE_GEV * (double)c, to, rule);
        sum += p[c];
    }
    p[0] = fmax(0, 1 - sum);
    gsl_integration_glfixed_table_free(rule);
    return 0;
}

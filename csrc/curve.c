// SPDX-License-Identifier: GPL-3.0-or-later
// Piecewise cubic Hermite interpolation with the slopes of Fritsch and Butland: no overshoot
// between points, so an efficiency stays an efficiency.
#include "l1t/curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int sign_of(double v)
{
    return (v > 0) - (v < 0);
}

// Weighted harmonic mean of the two secants; 0 at a local extremum or beside a flat piece.
static double inner_slope(double h0, double h1, double m0, double m1)
{
    if (sign_of(m0) * sign_of(m1) <= 0)
        return 0;
    const double w0 = 2 * h1 + h0;
    const double w1 = h1 + 2 * h0;
    return (w0 + w1) / (w0 / m0 + w1 / m1);
}

// Three-point estimate at an end, held back where it would break the shape.
static double end_slope(double h0, double h1, double m0, double m1)
{
    const double d = ((2 * h0 + h1) * m0 - h0 * m1) / (h0 + h1);
    if (sign_of(d) != sign_of(m0))
        return 0;
    if (sign_of(m0) != sign_of(m1) && fabs(d) > 3 * fabs(m0))
        return 3 * m0;
    return d;
}

static double secant(const struct l1t_curve *c, size_t i)
{
    return (c->y[i + 1] - c->y[i]) / (c->x[i + 1] - c->x[i]);
}

static double step(const struct l1t_curve *c, size_t i)
{
    return c->x[i + 1] - c->x[i];
}

static void make_slopes(struct l1t_curve *c)
{
    const size_t n = c->n;
    if (n == 2) {
        c->d[0] = c->d[1] = secant(c, 0);
        return;
    }
    c->d[0] = end_slope(step(c, 0), step(c, 1), secant(c, 0), secant(c, 1));
    for (size_t i = 1; i + 1 < n; i++)
        c->d[i] = inner_slope(step(c, i - 1), step(c, i), secant(c, i - 1), secant(c, i));
    c->d[n - 1] = end_slope(step(c, n - 2), step(c, n - 3), secant(c, n - 2), secant(c, n - 3));
}

static enum l1t_err check_points(const double *x, const double *y, size_t n, struct l1t_diag *diag)
{
    if (n < 2)
        return l1t_fail(diag, L1T_E_INPUT, "curve of %zu point%s; need at least 2", n,
                        n == 1 ? "" : "s");
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return l1t_fail(diag, L1T_E_INPUT, "curve point %zu: not a finite number", i);
        if (i > 0 && !(x[i] > x[i - 1]))
            return l1t_fail(diag, L1T_E_INPUT,
                            "curve point %zu: x = %.9g after %.9g; must increase", i, x[i],
                            x[i - 1]);
        if (y[i] < 0 || y[i] > 1)
            return l1t_fail(diag, L1T_E_INPUT, "curve point %zu: efficiency %.9g is outside [0, 1]",
                            i, y[i]);
    }
    return L1T_OK;
}

enum l1t_err l1t_curve_init(struct l1t_curve *curve, const double *x, const double *y, size_t n,
                            struct l1t_diag *diag)
{
    *curve = (struct l1t_curve){0, NULL, NULL, NULL};
    const enum l1t_err err = check_points(x, y, n, diag);
    if (err != L1T_OK)
        return err;
    double *all = malloc(3 * n * sizeof *all); // one block: x, y, d
    if (all == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "no memory for a curve of %zu points", n);
    memcpy(all, x, n * sizeof *all);
    memcpy(all + n, y, n * sizeof *all);
    curve->n = n;
    curve->x = all;
    curve->y = all + n;
    curve->d = all + 2 * n;
    make_slopes(curve);
    return L1T_OK;
}

void l1t_curve_free(struct l1t_curve *curve)
{
    free(curve->x); // y and d stand in the same block
    *curve = (struct l1t_curve){0, NULL, NULL, NULL};
}

// Segment i with x[i] <= x < x[i+1]; the end segments also stand for what is outside.
static size_t segment(const struct l1t_curve *c, double x)
{
    size_t low = 0;
    size_t high = c->n - 1;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (x >= c->x[middle])
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double cubic(const struct l1t_curve *c, size_t i, double x)
{
    const double h = step(c, i);
    const double m = secant(c, i);
    const double t = x - c->x[i];
    const double a = (c->d[i] + c->d[i + 1] - 2 * m) / (h * h);
    const double b = (3 * m - 2 * c->d[i] - c->d[i + 1]) / h;
    return c->y[i] + t * (c->d[i] + t * (b + t * a));
}

double l1t_curve_eval_extrapolated(const struct l1t_curve *curve, double x)
{
    return cubic(curve, segment(curve, x), x);
}

double l1t_curve_eval(const struct l1t_curve *curve, double x)
{
    const size_t last = curve->n - 1;
    if (x <= curve->x[0])
        return curve->y[0];
    if (x >= curve->x[last])
        return curve->y[last];
    // The cubic is monotone between its points; only rounding could step outside [0, 1].
    return fmin(1, fmax(0, cubic(curve, segment(curve, x), x)));
}

double l1t_curve_crossing(const struct l1t_curve *curve, double level)
{
    if (isnan(level))
        return NAN;
    if (curve->y[0] >= level)
        return curve->x[0];
    size_t i = 1;
    while (i < curve->n && curve->y[i] < level)
        i++;
    if (i == curve->n)
        return NAN;
    double low = curve->x[i - 1];
    double high = curve->x[i];
    for (;;) { // monotone inside the segment: halve until neighbouring numbers are left
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return high;
        if (cubic(curve, i - 1, middle) >= level)
            high = middle;
        else
            low = middle;
    }
}

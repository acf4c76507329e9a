/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Turn-on curves: efficiency of a trigger condition against the offline quantity,
 * interpolated by PCHIP (cubic Hermite; slopes of Fritsch and Butland, SIAM J. Sci.
 * Stat. Comput. 5 (1984) 300; three-point shape-preserving ends). Local extrema are
 * allowed (slope 0 there). Outside the table the curve is clamped to its end values,
 * and the number of clamped look-ups is counted where it matters.
 */
#ifndef L1T_CURVE_H
#define L1T_CURVE_H

#include "l1t/err.h"

#include <stddef.h>

struct l1t_curve {
    size_t n;  /* points, at least 2 */
    double *x; /* strictly increasing, GeV */
    double *y; /* efficiency, 0..1 */
    double *d; /* slope at each point, 1/GeV */
};

/* Copies and checks n points: finite, x strictly increasing, y in [0,1]. */
enum l1t_err l1t_curve_init(struct l1t_curve *curve, const double *x, const double *y, size_t n,
                            struct l1t_diag *diag) L1T_MUST_USE;

/*
 * CSV of two columns (optional header, '#' comments, CRLF, blanks around fields, gzip). Refuses,
 * with the line number, non-increasing x, y outside [0,1], blank or extra fields, NaN, fewer than 2
 * points.
 */
enum l1t_err l1t_curve_load(struct l1t_curve *curve, const char *path,
                            struct l1t_diag *diag) L1T_MUST_USE;
/* Same from text, which is changed; name stands for the path in messages. */
enum l1t_err l1t_curve_parse(struct l1t_curve *curve, const char *name, char *text,
                             struct l1t_diag *diag) L1T_MUST_USE;
void l1t_curve_free(struct l1t_curve *curve);

/* Clamped outside [x[0], x[n-1]]. */
double l1t_curve_eval(const struct l1t_curve *curve, double x);

/* The end cubics continued outside the table, as the founding notebook did; for comparison only. */
double l1t_curve_eval_extrapolated(const struct l1t_curve *curve, double x);

/* Smallest x where the curve reaches level (absolute efficiency); NAN if it never does. */
double l1t_curve_crossing(const struct l1t_curve *curve, double level);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Turn-on curves in closed form and their tables:
 *     eff(x) = plateau * (core * Phi((x - mean)/width) + (1 - core) * Phi(ln(x/median)/log_width))
 */
#ifndef L1T_PARAMETRIC_H
#define L1T_PARAMETRIC_H

#include "l1t/err.h"

#include <stdio.h>

struct l1t_parametric {
    double threshold_gev;
    double plateau, core;
    double mean_gev, width_gev;
    double median_gev, log_width;
};

/* Efficiency at x GeV; 0 at x <= 0 except for the core's lower tail. */
double l1t_parametric_at(const struct l1t_parametric *curve, double x_gev);

/* The curve called name of a file of such (configs/curves/parametric.yaml). */
enum l1t_err l1t_parametric_load(struct l1t_parametric *curve, const char *path, const char *name,
                                 struct l1t_diag *diag) L1T_MUST_USE;

/*
 * CSV as l1t_curve_load reads it, six decimals: from 0 to twice the threshold in steps of a
 * fortieth of it, then to four times in steps of a tenth. The formula and its numbers stand in the
 * header.
 */
void l1t_parametric_write(FILE *out, const char *name, const struct l1t_parametric *curve);

#endif

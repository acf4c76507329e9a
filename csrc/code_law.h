/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exact probability of every hardware code of an exponential spectrum: what the alias
 * tables are made from and what Monte Carlo is checked against.
 */
#ifndef L1T_CODE_LAW_H
#define L1T_CODE_LAW_H

#include "l1t/curve.h"

#include <stddef.h>

/* Energy of a count of the hardware transverse momentum, GeV. */
#define L1T_CODE_GEV 0.5

/*
 * p[0..top] of x = floor + Exp(lambda), or of that law cut to [low, high) and normalised.
 * Code c holds c/2 <= x < (c+1)/2 GeV; code top holds everything above. high may be INFINITY.
 */
void l1t_code_law(double lambda, double low, double high, size_t top, double *p);

/* Same from 0, seen through a turn-on: code 0 also holds what is not accepted. Sum 1. */
int l1t_code_law_accepted(double lambda, const struct l1t_curve *curve, size_t top, double *p);

#endif

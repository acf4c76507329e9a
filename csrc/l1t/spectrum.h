/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spectra of trigger objects: exponential in transverse momentum, f(x) = lambda exp(-lambda x), x
 * in GeV from 0, seen through a turn-on curve. Two ways to find lambda:
 *
 *   share mode     the accepted fraction F(lambda) = integral of f(x) eff(x) dx equals the object's
 *                  share of the menu (the founding notebook's way; a toy scale);
 *   physical mode  slope and height from published rates against threshold, in kHz.
 *
 * docs/spectra.md has the equations with numbers.
 */
#ifndef L1T_SPECTRUM_H
#define L1T_SPECTRUM_H

#include "l1t/curve.h"
#include "l1t/err.h"

#include <stddef.h>

/* The four objects, in the order of every array over objects. */
enum l1t_object { L1T_JET, L1T_MUON, L1T_EGAMMA, L1T_TAU };
#define L1T_OBJECTS 4

extern const char *const l1t_object_names[L1T_OBJECTS + 1]; /* "jet" ... "tau", NULL */

/* Full scale of the hardware transverse momentum, 0.5 GeV a count: 2047 for jets, 511 for the
 * others. */
unsigned l1t_object_full_scale(enum l1t_object object);

/* ---- share mode --------------------------------------------------------------------------------
 */

/* Above the last point of the curve. */
enum l1t_tail {
    L1T_TAIL_FLAT, /* efficiency stays at its last value: eff_last exp(-lambda x_last) is added */
    L1T_TAIL_NONE  /* the integral stops at the last point, as the founding notebook's does */
};

/* Between the lower limit and the first point of the curve. */
enum l1t_below {
    L1T_BELOW_CLAMP,      /* efficiency of the first point */
    L1T_BELOW_EXTRAPOLATE /* the first cubic continued, as the founding notebook does */
};

struct l1t_acceptance_options {
    enum l1t_tail tail;
    enum l1t_below below;
    double from; /* lower limit of the integral, GeV; >= 0 and below the last point */
};

/* F(lambda) made ready: Gauss-Legendre nodes and efficiencies, computed once per curve. */
struct l1t_acceptance {
    size_t n;
    double *x;          /* nodes, GeV */
    double *w;          /* weight times efficiency at the node, GeV */
    double tail_from;   /* last point of the curve, GeV */
    double tail_height; /* its efficiency, 0 without a tail */
    double x50; /* where half of the highest efficiency is reached, GeV: a scale for lambda */
};

/* options may be NULL: flat tail, clamped, from 0. */
enum l1t_err l1t_acceptance_init(struct l1t_acceptance *acceptance, const struct l1t_curve *curve,
                                 const struct l1t_acceptance_options *options,
                                 struct l1t_diag *diag) L1T_MUST_USE;
void l1t_acceptance_free(struct l1t_acceptance *acceptance);

/* F(lambda), lambda >= 0 in 1/GeV; *slope (may be NULL) is dF/dlambda. */
double l1t_acceptance_at(const struct l1t_acceptance *acceptance, double lambda, double *slope);

enum { L1T_MAX_ROOTS = 16 };

struct l1t_slope_fit {
    double share;               /* what was asked */
    size_t n_roots;             /* 0 when there is none */
    double root[L1T_MAX_ROOTS]; /* ascending, 1/GeV */
    double lambda;              /* the one to use: the steepest, NAN when there is none */
    double residual;            /* F(lambda) - share */
    double max_accepted;        /* largest F over the range searched ... */
    double max_lambda;          /* ... and where */
    double from, to;            /* range of lambda searched, 1/GeV */
    size_t evaluations;
};

/*
 * All solutions of F(lambda) = share. Between neighbouring extrema F is monotone, so that
 * bracketing between them misses none. L1T_E_NOSOLUTION above the reachable maximum (*fit is filled
 * all the same). The share is within (0, 1).
 */
enum l1t_err l1t_fit_slope(const struct l1t_acceptance *acceptance, double share,
                           struct l1t_slope_fit *fit, struct l1t_diag *diag) L1T_MUST_USE;

/* Fraction of the spectrum below a threshold: 1 - exp(-lambda threshold). */
double l1t_fraction_below(double lambda, double threshold_gev);

/* ---- physical mode ------------------------------------------------------------------------------
 */

/* What the rates were measured under; they mean nothing without it. */
struct l1t_beam {
    double luminosity;    /* cm-2 s-1 */
    double pileup;        /* mean interactions per crossing */
    double revolution_hz; /* 11245.6 for the LHC */
    long long bunches;    /* colliding */
};

double l1t_crossing_rate_hz(const struct l1t_beam *beam); /* filled crossings per second */

/* One published point: rate of objects at or above the threshold. */
struct l1t_rate_point {
    double threshold_gev, rate_khz;
    double counts; /* events behind it; nested: those above 25 GeV are also above 24 */
};

/* R(T) = rate_khz exp(-lambda (T - from_gev)), calibrated for from_gev <= T <= to_gev. */
struct l1t_rate_fit {
    double lambda, lambda_err; /* 1/GeV; statistical */
    double rate_khz, rate_err; /* at from_gev; statistical */
    double correlation;        /* of the two */
    double from_gev, to_gev;
    double chi2;  /* of the independent cells */
    size_t ndf;   /* cells - 2; may be 0 */
    double scale; /* sqrt(chi2/ndf), at least 1: the factor by which the errors
                     would have to grow for the law to describe the points */
};

/*
 * Fit of the points (at least 2, thresholds ascending, rates and counts not ascending). The cells
 * between neighbouring thresholds and the one above the last are independent Poisson counts; the
 * nested totals are not.
 */
enum l1t_err l1t_fit_rates(const struct l1t_rate_point *points, size_t n, struct l1t_rate_fit *fit,
                           struct l1t_diag *diag) L1T_MUST_USE;

/* R(T) and its statistical error (may be NULL). Outside the calibrated range: L1T_E_INPUT unless
 * extrapolate is set. */
enum l1t_err l1t_rate_at(const struct l1t_rate_fit *fit, double threshold_gev, int extrapolate,
                         double *rate_khz, double *err, struct l1t_diag *diag) L1T_MUST_USE;

/*
 * R_tot of R(T) = R_tot * integral of lambda exp(-lambda x) eff_T(x) dx for a curve measured at
 * threshold_gev. Refuses a curve outside the calibrated range unless extrapolate is set.
 */
enum l1t_err l1t_total_rate(const struct l1t_rate_fit *fit, const struct l1t_acceptance *acceptance,
                            double threshold_gev, int extrapolate, double *total_khz,
                            struct l1t_diag *diag) L1T_MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From sums over a sample to rates: normalisation by bunches or by luminosity sections, pile-up,
 * extrapolation in luminosity, errors and limits.
 *
 * Source: docs/rates.md, "Normalisation", "Luminosity"
 */
#ifndef L1T_BEAM_H
#define L1T_BEAM_H

#include "l1t/err.h"
#include "l1t/tally.h"

#include <stdbool.h>
#include <stddef.h>

#define L1T_REVOLUTION_HZ  11245.6                                  /* of the LHC */
#define L1T_SECTION_ORBITS 262144                                   /* 2^18 */
#define L1T_SECTION_S      (L1T_SECTION_ORBITS / L1T_REVOLUTION_HZ) /* 23.311 s */

/* Rate study's `beam:`; zero: not given. */
struct l1t_rate_beam {
    double luminosity;         /* cm-2 s-1 */
    double bunches;            /* colliding */
    double revolution_hz;      /* default L1T_REVOLUTION_HZ */
    double sigma_inelastic_mb; /* default 80: pile-up from luminosity */
    double pileup;             /* mean; 0: from luminosity */
};

/* Mean interactions of a crossing: as given, else sigma L / (f bunches); NAN: neither is known. */
double l1t_beam_pileup(const struct l1t_rate_beam *beam);
/* Filled crossings a second, f bunches; 0: no bunches given. */
double l1t_beam_crossings_hz(const struct l1t_rate_beam *beam);

/* What a sample stands for. */
enum l1t_norm_kind {
    L1T_NORM_ZERO_BIAS,    /* a crossing is one of the filled ones: f * bunches / sum of weights */
    L1T_NORM_SECTIONS,     /* triggered: prescale / (sections * 23.31 s) */
    L1T_NORM_CROSS_SECTION /* simulated: sigma * L / sum of weights */
};
struct l1t_norm {
    enum l1t_norm_kind kind;
    double sections; /* SECTIONS: luminosity sections recorded */
    double prescale; /* SECTIONS: of the recording trigger, L1 times HLT; default 1 */
    double fraction; /* SECTIONS: of the recorded events that the sample holds; default 1 */
    double bunches;  /* SECTIONS: of the recording; 0: as the beam's. Rates go with bunches */
    double cross_section_mb; /* CROSS_SECTION */
};

/* Hz for a weight of 1. L1T_E_INPUT: no weight at all, or nothing to normalise with. */
enum l1t_err l1t_norm_scale(const struct l1t_norm *norm, const struct l1t_rate_beam *beam,
                            const struct l1t_sum *all, double *hz,
                            struct l1t_diag *diag) L1T_MUST_USE;

/*
 * All crossings, as l1t_rate_of() is to see them. How many a trigger records in its sections is
 * chance itself, so their rates have Poisson errors: there w is 0 and the second term goes.
 */
struct l1t_sum l1t_norm_all(const struct l1t_norm *norm, const struct l1t_sum *all);

/*
 * A rate with its error; when nothing was seen (no crossing with a weight), err is NAN and upper
 * says how little is known.
 */
struct l1t_rate {
    double hz, err;
    double upper84, upper90, upper95; /* limits when nothing was seen, else NAN */
};
/*
 * sum: of crossings that fired, all: l1t_norm_all(). sigma = scale * sqrt(w2 - w^2 / N_eff).
 * Upper limits of 0 seen: 1.84, 2.30, 3.00 crossings of the mean square weight.
 */
struct l1t_rate l1t_rate_of(const struct l1t_sum *sum, const struct l1t_sum *all, double scale);
/* Nothing seen, where one crossing would have been hz_each. */
struct l1t_rate l1t_rate_none(double hz_each);
/*
 * Efficiency k of n with weights, Clopper-Pearson at 68.27 %, k_eff = eff * N_eff; with negative
 * weights k_eff is kept in 0..N_eff. No weight at all: NAN and 0..1.
 */
struct l1t_fraction {
    double value, low, high;
};
struct l1t_fraction l1t_fraction_of(const struct l1t_sum *sum, const struct l1t_sum *all);

/* ---- pile-up ---- */

/* A distribution over pile-up 1..255, normalised; none at 0, which means "not known". */
struct l1t_pileup_target {
    double share[L1T_TALLY_PILEUPS];
};
/*
 * "gauss(52,4)", "poisson(52)", "flat(40,60)", "52", or a CSV file of pileup,share whose name ends
 * in .csv or .csv.gz; a relative one is beside the file `beside` (NULL: the working folder). What
 * lies outside 1..255 is cut off; more than 10 % there is refused.
 */
enum l1t_err l1t_pileup_target_parse(const char *text, const char *beside,
                                     struct l1t_pileup_target *target,
                                     struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Binned: R = f bunches sum_k share_k eff_k, with eff_k from the sample's crossings of pile-up k.
 * missing: share of the target in bins where the sample has no crossing (a warning when > 0); the
 * others' shares are made to add up to 1. Error: bin by bin eff (1 - eff) / (N_eff - 1).
 */
struct l1t_rate l1t_pileup_binned(const struct l1t_sum fired[L1T_TALLY_PILEUPS],
                                  const struct l1t_sum all[L1T_TALLY_PILEUPS],
                                  const struct l1t_pileup_target *target, double crossings_hz,
                                  double *missing);

/*
 * Reweighting: the factor on the weight of crossings of pile-up k that turns the sample's pile-up
 * into the target's, share_k / (all_k.w / all.w); 0 where either has none. Their mean over the
 * sample is 1, unless the sample misses part of the target.
 */
void l1t_pileup_weights(const struct l1t_sum all[L1T_TALLY_PILEUPS],
                        const struct l1t_pileup_target *target, double weight[L1T_TALLY_PILEUPS],
                        double *missing);

enum { L1T_PILEUP_FIT_MAX = 3 };
/*
 * Rate against pile-up, R = a mu + b mu^2 (+ c mu^3), weighted least squares. The weights are those
 * of the efficiencies that the fit predicts, found by repeating it, so that bins in which nothing
 * fired count as they should.
 */
struct l1t_pileup_fit {
    int degree; /* 1..3; 0: too few bins, or nothing fired */
    double coefficient[L1T_PILEUP_FIT_MAX], error[L1T_PILEUP_FIT_MAX]; /* Hz; [0] of mu */
    double covariance[L1T_PILEUP_FIT_MAX][L1T_PILEUP_FIT_MAX];
    double chi2;
    int ndf;
    double from, to; /* pile-up of the first and the last bin in it */
};
/* from, to: pile-up that may be used, 1..255. L1T_E_INPUT: not such a range, or degree. */
enum l1t_err l1t_pileup_fit(const struct l1t_sum fired[L1T_TALLY_PILEUPS],
                            const struct l1t_sum all[L1T_TALLY_PILEUPS], double crossings_hz,
                            int degree, double from, double to, struct l1t_pileup_fit *fit,
                            struct l1t_diag *diag) L1T_MUST_USE;
/* Hz at a pile-up; err, not NULL: of the coefficients. NAN when there is no fit. */
double l1t_pileup_fit_at(const struct l1t_pileup_fit *fit, double pileup, double *err);

/* ---- luminosity ---- */

enum l1t_scaling {
    L1T_SCALE_LINEAR,      /* with luminosity */
    L1T_SCALE_BUNCHES,     /* with bunches, at the same pile-up */
    L1T_SCALE_MU,          /* with pile-up, at the same bunches */
    L1T_SCALE_EXPONENTIAL, /* bunches, and exp(k (mu2 - mu1)) */
    L1T_SCALE_FIT,         /* bunches, and the fit against pile-up at mu2 over that at mu1 */
    L1T_SCALINGS
};
const char *l1t_scaling_name(enum l1t_scaling scaling);

/*
 * Factor from one beam to another. why, not NULL, is filled with the reason when a scaling does not
 * apply ("the fit against pile-up has a term in mu^2 of 3.1 sigma: not linear"), and false is
 * returned; then the factor is still what the formula says, or NAN when a number is missing.
 *
 * What `to` does not say is as in `from`, but luminosity, bunches and pile-up hang together:
 * with a luminosity the pile-up follows, from that of `from` in proportion to luminosity a bunch.
 * fit may be NULL; k: 1 / pile-up, EXPONENTIAL.
 */
bool l1t_scale_rate(enum l1t_scaling scaling, const struct l1t_rate_beam *from,
                    const struct l1t_rate_beam *to, const struct l1t_pileup_fit *fit, double k,
                    double *factor, char why[200]);

#endif

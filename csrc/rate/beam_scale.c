// SPDX-License-Identifier: GPL-3.0-or-later
// Factors from one beam to another, and why a given one should not be used.
#include "l1t/beam.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

// Standard deviations from which on a term or a difference is taken for real.
static const double significant = 2;

// Values that differ by less are the same: people write 2.0e34 and 48.4.
static const double same = 1e-3;

static const char *const names[L1T_SCALINGS] = {"linear", "bunches", "mu", "exponential", "fit"};

const char *l1t_scaling_name(enum l1t_scaling scaling)
{
    return names[scaling];
}

// One beam, with all that follows from what was given; NAN where nothing follows.
struct state {
    double luminosity, bunches, mu;
};

static double given(double value)
{
    return value > 0 ? value : NAN;
}

static struct state state_of(const struct l1t_rate_beam *beam)
{
    return (struct state){given(beam->luminosity), given(beam->bunches), l1t_beam_pileup(beam)};
}

// What `to` does not say, from `from`: mu goes with the luminosity of a bunch.
static struct state state_after(const struct state *from, const struct l1t_rate_beam *to)
{
    struct state s = {given(to->luminosity), given(to->bunches), given(to->pileup)};
    if (isnan(s.bunches))
        s.bunches = from->bunches;
    // Without bunches on both sides they are the same on both.
    const double bunches = isnan(s.bunches) ? 1 : s.bunches / from->bunches;
    if (isnan(s.luminosity))
        s.luminosity = from->luminosity * bunches * (isnan(s.mu) ? 1 : s.mu / from->mu);
    if (isnan(s.mu))
        s.mu = from->mu * s.luminosity / from->luminosity / bunches;
    if (isnan(s.mu)) // no luminosity to compare with: by the cross-section alone
        s.mu = l1t_beam_pileup(to);
    return s;
}

static bool L1T_PRINTF(2, 3) reason(char why[200], const char *fmt, ...)
{
    va_list args;
    if (why == NULL)
        return false;
    va_start(args, fmt);
    (void)vsnprintf(why, 200, fmt, args);
    va_end(args);
    return false;
}

// Not known on one side is not different: nothing was said to change.
static bool differ(double a, double b)
{
    return fabs(a - b) > same * fmax(fabs(a), fabs(b));
}

// Does the fit have a term beyond the one in mu?
static bool straight(const struct l1t_pileup_fit *fit, char why[200])
{
    for (int i = 1; fit != NULL && i < fit->degree; i++) {
        const double sigma = fabs(fit->coefficient[i]) / fit->error[i];
        if (sigma > significant)
            return reason(why,
                          "the fit against pile-up has a term in mu^%d of %.1f sigma: not linear",
                          i + 1, sigma);
    }
    return true;
}

static bool linear_applies(const struct state *a, const struct state *b,
                           const struct l1t_pileup_fit *fit, char why[200])
{
    if (isnan(b->luminosity / a->luminosity))
        return reason(why, "no luminosity is given");
    // With as much pile-up in a bunch, only the number of bunches changes.
    const bool pileup =
        isnan(b->mu - a->mu) ? differ(a->luminosity, b->luminosity) : differ(a->mu, b->mu);
    return !pileup || straight(fit, why);
}

static bool bunches_applies(const struct state *a, const struct state *b, char why[200])
{
    if (isnan(b->bunches / a->bunches))
        return reason(why, "no bunches are given");
    if (differ(a->mu, b->mu))
        return reason(why, "the pile-up changes from %.4g to %.4g: bunches are not all", a->mu,
                      b->mu);
    return true;
}

static bool mu_applies(const struct state *a, const struct state *b,
                       const struct l1t_pileup_fit *fit, char why[200])
{
    if (isnan(b->mu / a->mu))
        return reason(why, "no pile-up is given, and none follows from luminosity and bunches");
    if (differ(a->bunches, b->bunches))
        return reason(why, "the bunches change from %.6g to %.6g: pile-up is not all", a->bunches,
                      b->bunches);
    return !differ(a->mu, b->mu) || straight(fit, why);
}

// d ln R / d mu of the fit, halfway.
static double log_slope(const struct l1t_pileup_fit *fit, double at, double *err)
{
    double sum = 0, variance = 0;
    const double rate = l1t_pileup_fit_at(fit, at, NULL);
    for (int i = 0; i < fit->degree; i++)
        sum += fit->coefficient[i] * (i + 1) * pow(at, i);
    // d (sum / rate) / d coefficient of a power
    const double slope = sum / rate;
    for (int i = 0; i < fit->degree; i++)
        for (int j = 0; j < fit->degree; j++)
            variance += (i + 1 - slope * at) * (j + 1 - slope * at) * pow(at, i + j) *
                        fit->covariance[i][j] / (rate * rate);
    *err = sqrt(fmax(0, variance));
    return slope;
}

static bool exponential_applies(const struct state *a, const struct state *b,
                                const struct l1t_pileup_fit *fit, double k, char why[200])
{
    if (isnan(b->mu / a->mu))
        return reason(why, "no pile-up is given, and none follows from luminosity and bunches");
    if (isnan(k) || k == 0)
        return reason(why, "no slope of the exponential is given");
    if (fit == NULL || fit->degree < 1 || !differ(a->mu, b->mu))
        return true;
    double err;
    const double slope = log_slope(fit, (a->mu + b->mu) / 2, &err);
    if (!(fabs(slope - k) <= significant * err + same * fabs(k)))
        return reason(why, "k is %.3g but the fit against pile-up rises by %.3g +- %.1g at %.4g", k,
                      slope, err, (a->mu + b->mu) / 2);
    return true;
}

static bool fit_applies(const struct state *a, const struct state *b,
                        const struct l1t_pileup_fit *fit, char why[200])
{
    if (isnan(b->mu / a->mu))
        return reason(why, "no pile-up is given, and none follows from luminosity and bunches");
    if (fit == NULL || fit->degree < 1)
        return reason(why, "there is no fit against pile-up: too few bins, or nothing fired");
    if (!(l1t_pileup_fit_at(fit, a->mu, NULL) > 0 && l1t_pileup_fit_at(fit, b->mu, NULL) > 0))
        return reason(why, "the fit against pile-up is not positive at %.4g and %.4g", a->mu,
                      b->mu);
    for (int i = 0; i < 2; i++) {
        const double at = i == 0 ? a->mu : b->mu;
        if (at < fit->from || at > fit->to)
            return reason(why, "pile-up %.4g is outside of the fit's %.4g to %.4g", at, fit->from,
                          fit->to);
    }
    // A chi2 of its mean and three deviations
    if (fit->chi2 > fit->ndf + 3 * sqrt(2.0 * fit->ndf))
        return reason(why, "the fit against pile-up is bad: chi2 %.4g for %d", fit->chi2, fit->ndf);
    return true;
}

bool l1t_scale_rate(enum l1t_scaling scaling, const struct l1t_rate_beam *from,
                    const struct l1t_rate_beam *to, const struct l1t_pileup_fit *fit, double k,
                    double *factor, char why[200])
{
    const struct state a = state_of(from), b = state_after(&a, to);
    const double more = isnan(b.bunches / a.bunches) ? 1 : b.bunches / a.bunches;
    if (why != NULL)
        why[0] = '\0';
    switch (scaling) {
    case L1T_SCALE_LINEAR:
        *factor = b.luminosity / a.luminosity;
        return linear_applies(&a, &b, fit, why);
    case L1T_SCALE_BUNCHES:
        *factor = b.bunches / a.bunches;
        return bunches_applies(&a, &b, why);
    case L1T_SCALE_MU:
        *factor = b.mu / a.mu;
        return mu_applies(&a, &b, fit, why);
    case L1T_SCALE_EXPONENTIAL:
        *factor = more * exp(k * (b.mu - a.mu));
        return exponential_applies(&a, &b, fit, k, why);
    case L1T_SCALE_FIT:
        *factor = fit == NULL ? NAN
                              : more * l1t_pileup_fit_at(fit, b.mu, NULL) /
                                    l1t_pileup_fit_at(fit, a.mu, NULL);
        return fit_applies(&a, &b, fit, why);
    case L1T_SCALINGS:
        break;
    }
    *factor = NAN;
    return reason(why, "no such scaling");
}

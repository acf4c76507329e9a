// SPDX-License-Identifier: GPL-3.0-or-later
// Normalisation: from sums of weights to rates with errors and limits.
#include "l1t/beam.h"

#include "clopper_pearson.h"

#include <math.h>

// Millibarn to cm2.
#define MB_CM2 1e-27

static const double default_sigma_mb = 80;

static double revolution(const struct l1t_rate_beam *beam)
{
    return beam->revolution_hz > 0 ? beam->revolution_hz : L1T_REVOLUTION_HZ;
}

double l1t_beam_crossings_hz(const struct l1t_rate_beam *beam)
{
    return beam->bunches > 0 ? revolution(beam) * beam->bunches : 0;
}

double l1t_beam_pileup(const struct l1t_rate_beam *beam)
{
    if (beam->pileup > 0)
        return beam->pileup;
    const double sigma = beam->sigma_inelastic_mb > 0 ? beam->sigma_inelastic_mb : default_sigma_mb;
    const double crossings = l1t_beam_crossings_hz(beam);
    return beam->luminosity > 0 && crossings > 0 ? sigma * MB_CM2 * beam->luminosity / crossings
                                                 : NAN;
}

// ---- normalisation ----

// Weights that cancel out are no sample either.
static enum l1t_err check_weight(const struct l1t_sum *all, struct l1t_diag *diag)
{
    if (all->n == 0)
        return l1t_fail(diag, L1T_E_INPUT, "the sample has no crossing: there is no rate to give");
    if (!(all->w > 0) || !isfinite(all->w))
        return l1t_fail(diag, L1T_E_INPUT,
                        "the weights of the sample's %llu crossings add up to %.9g; a rate needs "
                        "more than 0",
                        (unsigned long long)all->n, all->w);
    return L1T_OK;
}

static enum l1t_err zero_bias_scale(const struct l1t_rate_beam *beam, const struct l1t_sum *all,
                                    double *hz, struct l1t_diag *diag)
{
    if (!(beam->bunches > 0))
        return l1t_fail(diag, L1T_E_INPUT,
                        "a sample of filled crossings is normalised with the beam's 'bunches', "
                        "which are not given");
    *hz = l1t_beam_crossings_hz(beam) / all->w;
    return L1T_OK;
}

static enum l1t_err sections_scale(const struct l1t_norm *norm, const struct l1t_rate_beam *beam,
                                   double *hz, struct l1t_diag *diag)
{
    if (!(norm->sections > 0))
        return l1t_fail(diag, L1T_E_INPUT,
                        "a triggered sample is normalised with 'sections', the luminosity sections "
                        "of %.3f s that it was recorded in; found %.9g",
                        L1T_SECTION_S, norm->sections);
    if (!(norm->prescale >= 0 && norm->fraction >= 0 && norm->fraction <= 1))
        return l1t_fail(diag, L1T_E_INPUT,
                        "a triggered sample of prescale %.9g and fraction %.9g; want a prescale of "
                        "at least 1 and a fraction in 0..1",
                        norm->prescale, norm->fraction);
    const double prescale = norm->prescale > 0 ? norm->prescale : 1;
    const double fraction = norm->fraction > 0 ? norm->fraction : 1;
    *hz = prescale / (norm->sections * L1T_SECTION_ORBITS / revolution(beam) * fraction);
    if (norm->bunches > 0 && beam->bunches > 0)
        *hz *= beam->bunches / norm->bunches;
    return L1T_OK;
}

static enum l1t_err cross_section_scale(const struct l1t_norm *norm,
                                        const struct l1t_rate_beam *beam, const struct l1t_sum *all,
                                        double *hz, struct l1t_diag *diag)
{
    if (!(norm->cross_section_mb > 0))
        return l1t_fail(diag, L1T_E_INPUT, "a simulated sample needs a cross-section above 0");
    if (!(beam->luminosity > 0))
        return l1t_fail(diag, L1T_E_INPUT,
                        "a sample with a cross-section is normalised with the beam's 'luminosity', "
                        "which is not given");
    *hz = norm->cross_section_mb * MB_CM2 * beam->luminosity / all->w;
    return L1T_OK;
}

enum l1t_err l1t_norm_scale(const struct l1t_norm *norm, const struct l1t_rate_beam *beam,
                            const struct l1t_sum *all, double *hz, struct l1t_diag *diag)
{
    const enum l1t_err err = check_weight(all, diag);
    if (err != L1T_OK)
        return err;
    switch (norm->kind) {
    case L1T_NORM_ZERO_BIAS:
        return zero_bias_scale(beam, all, hz, diag);
    case L1T_NORM_SECTIONS:
        return sections_scale(norm, beam, hz, diag);
    case L1T_NORM_CROSS_SECTION:
        return cross_section_scale(norm, beam, all, hz, diag);
    }
    return l1t_fail(diag, L1T_E_INPUT, "no such normalisation");
}

struct l1t_sum l1t_norm_all(const struct l1t_norm *norm, const struct l1t_sum *all)
{
    return (struct l1t_sum){all->n, norm->kind == L1T_NORM_SECTIONS ? 0 : all->w, all->w2};
}

// ---- rates and efficiencies ----

struct l1t_rate l1t_rate_none(double hz_each)
{
    // -ln(1 - CL): 1.84, 2.30, 3.00
    return (struct l1t_rate){
        .hz = 0,
        .err = NAN,
        .upper84 = -log(0.15865525393145707) * hz_each,
        .upper90 = -log(0.10) * hz_each,
        .upper95 = -log(0.05) * hz_each,
    };
}

struct l1t_rate l1t_rate_of(const struct l1t_sum *sum, const struct l1t_sum *all, double scale)
{
    if (!(sum->w2 > 0)) // not n: an expected sum counts no crossings
        return l1t_rate_none(all->n > 0 ? scale * sqrt(all->w2 / (double)all->n) : NAN);
    // w^2 / N_eff, N_eff = all.w^2 / all.w2
    const double share = all->w > 0 ? sum->w / all->w : 0;
    const double variance = fmax(0, sum->w2 - share * share * all->w2);
    return (struct l1t_rate){scale * sum->w, scale * sqrt(variance), NAN, NAN, NAN};
}

struct l1t_fraction l1t_fraction_of(const struct l1t_sum *sum, const struct l1t_sum *all)
{
    struct l1t_fraction f = {NAN, 0, 1};
    if (!(all->w > 0 && all->w2 > 0))
        return f;
    f.value = sum->w / all->w;
    const double n = all->w * all->w / all->w2;
    l1t_clopper_pearson(fmin(fmax(f.value, 0), 1) * n, n, &f.low, &f.high);
    return f;
}

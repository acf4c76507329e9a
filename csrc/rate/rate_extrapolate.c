// SPDX-License-Identifier: GPL-3.0-or-later
// Rates against pile-up, at other luminosities, and with dead time.
#include "rate_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEGREE = 2 }; // R = a mu + b mu^2

// ---- fits ----

struct curve {
    struct l1t_sum all[L1T_TALLY_PILEUPS], fired[L1T_TALLY_PILEUPS];
};

static enum l1t_err fit(const struct l1t_rates *rates, struct curve *curve, size_t algorithm,
                        struct l1t_pileup_fit *to, struct l1t_diag *diag)
{
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        curve->fired[k] = algorithm < rates->n ? l1t_tally_pileup_before(rates->curve, algorithm, k)
                                               : l1t_tally_pileup_total(rates->curve, k);
    return l1t_pileup_fit(curve->fired, curve->all, rates->curve_hz, DEGREE, 1,
                          L1T_SAMPLE_PILEUP_MAX, to, diag);
}

// Of the first sample that knows its pile-up.
static void find_curve(struct l1t_rates *rates)
{
    for (size_t s = 0; s < rates->n_samples && rates->curve == NULL; s++) {
        const struct l1t_rates_sample *sample = &rates->sample[s];
        if (sample->signal || !sample->info.has_pileup)
            continue;
        rates->curve = rates->work->accounts.tally[0][s];
        rates->curve_sample = sample->name;
        rates->curve_hz = sample->scale_hz * sample->all.w;
    }
}

static enum l1t_err make_fits(struct l1t_rates *rates, struct l1t_diag *diag)
{
    find_curve(rates);
    if (rates->curve == NULL)
        return L1T_OK;
    struct curve *curve = calloc(1, sizeof *curve);
    if (curve == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        curve->all[k] = l1t_tally_pileup_all(rates->curve, k);
    enum l1t_err err = fit(rates, curve, rates->n, &rates->total_fit, diag);
    for (size_t i = 0; err == L1T_OK && i < rates->n; i++)
        err = fit(rates, curve, i, &rates->algorithm[i].fit, diag);
    free(curve);
    return err;
}

// ---- other beams ----

static struct l1t_rate times(const struct l1t_rate *rate, double factor)
{
    return (struct l1t_rate){rate->hz * factor, rate->err * factor, rate->upper84 * factor,
                             rate->upper90 * factor, rate->upper95 * factor};
}

static enum l1t_err scale_one(struct l1t_rates *rates, struct l1t_rates_beam *to, int scaling,
                              struct l1t_diag *diag)
{
    const struct l1t_rate_study *study = rates->study;
    const struct l1t_rate_beam *from = &study->rates.beam;
    const enum l1t_scaling kind = (enum l1t_scaling)scaling;
    struct l1t_rates_scaled *scaled = &to->scaled[scaling];
    const double k = study->rates.exponential_k;
    scaled->applies = l1t_scale_rate(kind, from, &to->beam,
                                     rates->total_fit.degree > 0 ? &rates->total_fit : NULL, k,
                                     &scaled->factor, scaled->why);
    scaled->total = times(&rates->column[rates->focus].total[L1T_TALLY_EXACT], scaled->factor);
    to->algorithm_hz[scaling] = calloc(rates->n + 1, sizeof **to->algorithm_hz);
    to->algorithm_applies[scaling] = calloc(rates->n + 1, sizeof **to->algorithm_applies);
    if (to->algorithm_hz[scaling] == NULL || to->algorithm_applies[scaling] == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < rates->n; i++) {
        const struct l1t_rates_algorithm *a = &rates->algorithm[i];
        double factor = NAN;
        to->algorithm_applies[scaling][i] = l1t_scale_rate(
            kind, from, &to->beam, a->fit.degree > 0 ? &a->fit : NULL, k, &factor, NULL);
        to->algorithm_hz[scaling][i] = a->before.hz * factor;
    }
    return L1T_OK;
}

static enum l1t_err make_beams(struct l1t_rates *rates, struct l1t_diag *diag)
{
    const struct l1t_rate_study *study = rates->study;
    enum l1t_err err = L1T_OK;
    rates->n_beams = study->rates.n_beams;
    rates->beam = calloc(rates->n_beams + 1, sizeof *rates->beam);
    if (rates->beam == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t b = 0; b < rates->n_beams; b++) {
        rates->beam[b].beam = study->rates.to[b];
        rates->beam[b].pileup = l1t_beam_pileup(&study->rates.to[b]);
        for (int s = 0; err == L1T_OK && s < L1T_SCALINGS; s++)
            err = scale_one(rates, &rates->beam[b], s, diag);
    }
    return err;
}

// ---- dead time ----

static enum l1t_err make_dead_time(struct l1t_rates *rates, unsigned threads, struct l1t_diag *diag)
{
    const struct l1t_rate_study *study = rates->study;
    const double hz = rates->column[rates->focus].total[L1T_TALLY_EXACT].hz;
    struct l1t_diag why = {""};
    if (study->rates.rules.n == 0)
        return L1T_OK;
    if (!(hz > 0)) {
        rate_warn(rates, "dead time: nothing is accepted, so there is none");
        return L1T_OK;
    }
    const enum l1t_err err =
        l1t_deadtime_simulate(&study->rates.rules, &study->rates.filling, hz,
                              study->rates.beam.revolution_hz, (uint64_t)study->rates.orbits,
                              (uint64_t)study->study->seed, threads, &rates->dead_time, &why);
    if (err == L1T_E_INPUT) { // more requests than crossings: a result, though a useless one
        rate_warn(rates, "dead time: %s", why.text);
        return L1T_OK;
    }
    rates->has_dead_time = err == L1T_OK;
    return err == L1T_OK ? err : l1t_fail(diag, err, "%s", why.text);
}

enum l1t_err rate_extrapolate(struct l1t_rates *rates, unsigned threads, struct l1t_diag *diag)
{
    enum l1t_err err = make_fits(rates, diag);
    if (err == L1T_OK)
        err = make_beams(rates, diag);
    return err == L1T_OK ? make_dead_time(rates, threads, diag) : err;
}

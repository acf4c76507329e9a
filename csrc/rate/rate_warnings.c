// SPDX-License-Identifier: GPL-3.0-or-later
// What a result should not be read without, each with its number.
#include "rate_internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

// Without memory there is one warning less.
void rate_warn(struct l1t_rates *rates, const char *fmt, ...)
{
    char(*more)[L1T_RATES_TEXT] =
        realloc(rates->warning, (rates->n_warnings + 1) * sizeof *rates->warning);
    va_list args;
    if (more == NULL)
        return;
    rates->warning = more;
    va_start(args, fmt);
    (void)vsnprintf(more[rates->n_warnings++], L1T_RATES_TEXT, fmt, args);
    va_end(args);
}

static unsigned long long big(uint64_t n)
{
    return (unsigned long long)n;
}

static void about_sample(struct l1t_rates *rates, size_t s)
{
    const struct l1t_rates_sample *sample = &rates->sample[s];
    const struct l1t_sample_info *info = &sample->info;
    const struct l1t_rate_study *study = rates->study;
    if (info->n_negative > 0)
        rate_warn(rates, "%s: %llu of %llu weights are negative; errors count them as others do",
                  sample->name, big(info->n_negative), big(info->n));
    if (info->n_zero > 0)
        rate_warn(rates, "%s: %llu of %llu weights are 0: crossings that count nothing",
                  sample->name, big(info->n_zero), big(info->n));
    if (rates->work->menu[0].neighbours && !info->following)
        rate_warn(rates,
                  "%s: its crossings do not follow each other; algorithms that look at other "
                  "crossings see none there",
                  sample->name);
    if (study->rates.has_target && !sample->signal && !info->has_pileup)
        rate_warn(rates, "%s: does not know its pile-up: the target is not applied", sample->name);
    if (sample->signal || !(sample->all.w2 > 0))
        return;
    const double total = rates->column[rates->focus].total[L1T_TALLY_EXACT].hz;
    const double each = sample->scale_hz * sample->all.w2 / sample->all.w;
    if (each > 0.01 * total && total > 0)
        rate_warn(rates,
                  "%s: one crossing weighs %.3g Hz, %.2g %% of the total rate; rates below "
                  "are single crossings",
                  sample->name, each, 100 * each / total);
}

static void about_menu(struct l1t_rates *rates)
{
    size_t unsupported = 0, starved = 0, first = 0;
    for (size_t i = 0; i < rates->n; i++) {
        const struct l1t_rates_algorithm *a = &rates->algorithm[i];
        unsupported += !a->supported;
        if (a->prescale > 0 && a->fired > 0 && a->accepted == 0) {
            first = starved == 0 ? i : first;
            starved++;
        }
    }
    if (unsupported > 0)
        rate_warn(rates, "menu %s: %zu of %zu algorithms cannot be evaluated and never fire here",
                  rates->menu->name, unsupported, rates->n);
    if (starved > 0)
        rate_warn(rates,
                  "%zu algorithm(s) fired less often than their prescale, %s %llu times of %g: "
                  "read the expected rate, the exact one is 0",
                  starved, rates->algorithm[first].def->name, big(rates->algorithm[first].fired),
                  rates->algorithm[first].prescale);
}

static void about_beam(struct l1t_rates *rates)
{
    const struct l1t_rate_beam *beam = &rates->study->rates.beam;
    struct l1t_rate_beam other = *beam;
    other.pileup = 0;
    const double follows = beam->luminosity > 0 ? l1t_beam_pileup(&other) : NAN;
    if (beam->pileup > 0 && fabs(follows / beam->pileup - 1) > 0.1)
        rate_warn(rates,
                  "beam: a pile-up of %g is given, but luminosity, bunches and cross-section make "
                  "it %.1f",
                  beam->pileup, follows);
    if (rates->missing_pileup > 0)
        rate_warn(rates,
                  "pile-up: %.3g %% of the target lies where the sample has no crossing; the rest "
                  "was scaled up for it",
                  100 * rates->missing_pileup);
}

void rate_warnings(struct l1t_rates *rates)
{
    about_menu(rates);
    for (size_t s = 0; s < rates->n_samples; s++)
        about_sample(rates, s);
    about_beam(rates);
}

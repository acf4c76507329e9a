// SPDX-License-Identifier: GPL-3.0-or-later
// Rates as tables: for people what fits on 100 columns, for machines every error.
#include "cmd/rate_parts.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { EXACT = L1T_TALLY_EXACT, EXPECTED = L1T_TALLY_EXPECTED };

static double khz(double hz)
{
    return hz / 1e3;
}

static void rate(struct l1t_table *t, const struct l1t_rate *r)
{
    l1t_table_real(t, khz(r->hz));
    l1t_table_real(t, khz(r->err));
}

// For people: 1, 2200.5; 0 is off.
static void prescale(struct l1t_table *t, double value)
{
    char text[40];
    (void)snprintf(text, sizeof text, "%8.10g", value);
    l1t_table_text(t, value > 0 ? text : "     off");
}

// For people: an error, or where nothing was seen the limit that it is below of.
static void error_or_limit(struct l1t_table *t, const struct l1t_rate *r, bool on)
{
    char text[40];
    if (on && isnan(r->err) && isfinite(r->upper95))
        (void)snprintf(text, sizeof text, "< %-6.2g", khz(r->upper95));
    else
        (void)snprintf(text, sizeof text, isnan(r->err) ? "       -" : "%8.2g", khz(r->err));
    l1t_table_text(t, text);
}

#define TEXT(name)                                                                                 \
    {                                                                                              \
        name, "", L1T_CELL_TEXT, 0                                                                 \
    }
#define INT(name)                                                                                  \
    {                                                                                              \
        name, "", L1T_CELL_INT, 0                                                                  \
    }
#define REAL(name, digits)                                                                         \
    {                                                                                              \
        name, "", L1T_CELL_REAL, digits                                                            \
    }
#define KHZ(name)                                                                                  \
    {                                                                                              \
        name, "kHz", L1T_CELL_REAL, 4                                                              \
    }
#define ERR(name)                                                                                  \
    {                                                                                              \
        name, "kHz", L1T_CELL_REAL, 2                                                              \
    }

// ---- algorithms ----

static struct l1t_table *algorithms_people(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("algorithm"),
        TEXT("prescale"),
        KHZ("before"),
        KHZ("rate"),
        {"error", "kHz", L1T_CELL_TEXT, 0},
        KHZ("expected"),
        KHZ("pure"),
        KHZ("proportional"),
    };
    struct l1t_table *t = l1t_table_new("Algorithms", columns, COUNT(columns));
    for (size_t i = 0; t != NULL && i < rates->n; i++) {
        const struct l1t_rates_algorithm *a = &rates->algorithm[i];
        l1t_table_text(t, a->def->name);
        prescale(t, a->prescale);
        l1t_table_real(t, khz(a->before.hz));
        l1t_table_real(t, khz(a->after[EXACT].hz));
        error_or_limit(t, &a->after[EXACT], a->prescale > 0);
        l1t_table_real(t, khz(a->after[EXPECTED].hz));
        l1t_table_real(t, khz(a->pure[EXACT].hz));
        l1t_table_real(t, khz(a->proportional[EXACT].hz));
    }
    return t;
}

static struct l1t_table *algorithms(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("algorithm"),
        INT("bit"),
        TEXT("group"),
        TEXT("objects"),
        REAL("prescale", 8),
        INT("fired"),
        INT("accepted"),
        KHZ("before"),
        ERR("before_error"),
        KHZ("before_below95"),
        KHZ("rate"),
        ERR("rate_error"),
        KHZ("rate_below95"),
        KHZ("expected"),
        ERR("expected_error"),
        KHZ("pure"),
        ERR("pure_error"),
        KHZ("pure_expected"),
        ERR("pure_expected_error"),
        KHZ("proportional"),
        ERR("proportional_error"),
        KHZ("proportional_expected"),
        ERR("proportional_expected_error"),
    };
    struct l1t_table *t = l1t_table_new("algorithms", columns, COUNT(columns));
    for (size_t i = 0; t != NULL && i < rates->n; i++) {
        const struct l1t_rates_algorithm *a = &rates->algorithm[i];
        l1t_table_text(t, a->def->name);
        l1t_table_int(t, a->def->bit);
        l1t_table_text(t, a->def->group);
        l1t_table_text(t, a->objects);
        l1t_table_real(t, a->prescale);
        l1t_table_int(t, (long long)a->fired);
        l1t_table_int(t, (long long)a->accepted);
        rate(t, &a->before);
        l1t_table_real(t, khz(a->before.upper95));
        rate(t, &a->after[EXACT]);
        l1t_table_real(t, khz(a->after[EXACT].upper95));
        rate(t, &a->after[EXPECTED]);
        for (int m = 0; m < L1T_RATES_MODES; m++)
            rate(t, &a->pure[m]);
        for (int m = 0; m < L1T_RATES_MODES; m++)
            rate(t, &a->proportional[m]);
    }
    return t;
}

// ---- sets, totals ----

static struct l1t_table *sets(const struct l1t_rates *rates, bool objects)
{
    static const struct l1t_column columns[] = {
        TEXT("set"),       INT("algorithms"),   KHZ("rate"),
        ERR("error"),      KHZ("expected"),     KHZ("pure"),
        ERR("pure_error"), KHZ("proportional"), {"share", "%", L1T_CELL_REAL, 3},
    };
    struct l1t_table *t = l1t_table_new(objects ? "Objects" : "Groups", columns, COUNT(columns));
    const double total = rates->column[rates->focus].total[EXACT].hz;
    for (size_t k = 0; t != NULL && k < rates->n_sets; k++) {
        const struct l1t_rates_set *set = &rates->set[k];
        if (set->objects != objects)
            continue;
        l1t_table_text(t, set->name);
        l1t_table_int(t, (long long)set->n);
        rate(t, &set->total[EXACT]);
        l1t_table_real(t, khz(set->total[EXPECTED].hz));
        rate(t, &set->pure[EXACT]);
        l1t_table_real(t, khz(set->proportional_hz[EXACT]));
        l1t_table_real(t, total > 0 ? 100 * set->proportional_hz[EXACT] / total : NAN);
    }
    return t;
}

static struct l1t_table *totals(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("column"),  INT("algorithms"),     KHZ("total"),   ERR("error"),
        KHZ("expected"), ERR("expected_error"), KHZ("below95"), TEXT("focus"),
    };
    struct l1t_table *t = l1t_table_new("Totals by prescale column", columns, COUNT(columns));
    for (size_t c = 0; t != NULL && c < rates->n_columns; c++) {
        const struct l1t_rates_column *column = &rates->column[c];
        l1t_table_text(t, column->name);
        l1t_table_int(t, (long long)column->n_on);
        rate(t, &column->total[EXACT]);
        rate(t, &column->total[EXPECTED]);
        l1t_table_real(t, khz(column->total[EXACT].upper95));
        l1t_table_text(t, c == rates->focus ? "*" : "");
    }
    return t;
}

// A row an algorithm and column, so that any number of columns stays readable.
static struct l1t_table *all_columns(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("algorithm"), TEXT("column"),  REAL("prescale", 8),   KHZ("rate"),
        ERR("error"),      KHZ("expected"), ERR("expected_error"),
    };
    struct l1t_table *t =
        l1t_table_new("Algorithms in all prescale columns", columns, COUNT(columns));
    for (size_t i = 0; t != NULL && i < rates->n; i++)
        for (size_t c = 0; c < rates->n_columns; c++) {
            const struct l1t_gt_algorithm_def *def = rates->algorithm[i].def;
            l1t_table_text(t, def->name);
            l1t_table_text(t, rates->column[c].name);
            l1t_table_real(t, rates->menu->n_columns > 0 ? def->prescale[c] : 1);
            rate(t, &rates->column[c].after[EXACT][i]);
            rate(t, &rates->column[c].after[EXPECTED][i]);
        }
    return t;
}

// ---- overlap ----

static struct l1t_table *overlap(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("algorithm"),
        TEXT("and"),
        KHZ("rate"),
        ERR("error"),
        {"of_first", "%", L1T_CELL_REAL, 3},
        {"of_second", "%", L1T_CELL_REAL, 3},
    };
    struct l1t_table *t = l1t_table_new("Overlap", columns, COUNT(columns));
    for (size_t i = 0; t != NULL && i < rates->n; i++)
        for (size_t k = i + 1; k < rates->n; k++) {
            const struct l1t_rate *both = &rates->overlap[i * rates->n + k];
            const double a = rates->algorithm[i].after[EXACT].hz;
            const double b = rates->algorithm[k].after[EXACT].hz;
            if (both->hz == 0)
                continue;
            l1t_table_text(t, rates->algorithm[i].def->name);
            l1t_table_text(t, rates->algorithm[k].def->name);
            rate(t, both);
            l1t_table_real(t, 100 * both->hz / a);
            l1t_table_real(t, 100 * both->hz / b);
        }
    return t;
}

// ---- samples, signals ----

static struct l1t_table *samples(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("sample"),     TEXT("from"), INT("crossings"),
        REAL("weights", 6), INT("fired"), {"a_crossing", "Hz", L1T_CELL_REAL, 4},
    };
    struct l1t_table *t = l1t_table_new("Samples", columns, COUNT(columns));
    for (size_t s = 0; t != NULL && s < rates->n_samples; s++) {
        const struct l1t_rates_sample *sample = &rates->sample[s];
        if (sample->signal)
            continue;
        l1t_table_text(t, sample->name);
        l1t_table_text(t, sample->info.origin);
        l1t_table_int(t, (long long)sample->info.n);
        l1t_table_real(t, sample->all.w);
        l1t_table_int(t, (long long)sample->fired);
        l1t_table_real(t,
                       sample->all.w > 0 ? sample->scale_hz * sample->all.w2 / sample->all.w : NAN);
    }
    return t;
}

static struct l1t_table *signals(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("signal"), INT("crossings"), REAL("efficiency", 4),
        REAL("low", 4), REAL("high", 4),  REAL("expected", 4),
    };
    struct l1t_table *t =
        l1t_table_new("Signals: efficiency of the final OR", columns, COUNT(columns));
    for (size_t s = 0; t != NULL && s < rates->n_samples; s++) {
        const struct l1t_rates_sample *sample = &rates->sample[s];
        if (!sample->signal)
            continue;
        l1t_table_text(t, sample->name);
        l1t_table_int(t, (long long)sample->info.n);
        l1t_table_real(t, sample->total[EXACT].value);
        l1t_table_real(t, sample->total[EXACT].low);
        l1t_table_real(t, sample->total[EXACT].high);
        l1t_table_real(t, sample->total[EXPECTED].value);
    }
    return t;
}

// ---- luminosity, dead time ----

static struct l1t_table *beams(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        {"luminosity", "cm-2 s-1", L1T_CELL_REAL, 4},
        REAL("bunches", 4),
        REAL("pileup", 4),
        TEXT("scaling"),
        REAL("factor", 4),
        KHZ("total"),
        ERR("error"),
        TEXT("does not apply"),
    };
    struct l1t_table *t = l1t_table_new("Total at other beams", columns, COUNT(columns));
    for (size_t b = 0; t != NULL && b < rates->n_beams; b++)
        for (int s = 0; s < L1T_SCALINGS; s++) {
            const struct l1t_rates_beam *beam = &rates->beam[b];
            l1t_table_real(t, beam->beam.luminosity > 0 ? beam->beam.luminosity : NAN);
            l1t_table_real(t, beam->beam.bunches);
            l1t_table_real(t, beam->pileup);
            l1t_table_text(t, l1t_scaling_name((enum l1t_scaling)s));
            l1t_table_real(t, beam->scaled[s].factor);
            rate(t, &beam->scaled[s].total);
            l1t_table_text(t, beam->scaled[s].applies ? "" : beam->scaled[s].why);
        }
    return t;
}

static struct l1t_table *fits(const struct l1t_rates *rates, bool people)
{
    static const struct l1t_column columns[] = {
        TEXT("algorithm"),
        {"a", "Hz", L1T_CELL_REAL, 4},
        {"a_error", "Hz", L1T_CELL_REAL, 2},
        {"b", "Hz", L1T_CELL_REAL, 4},
        {"b_error", "Hz", L1T_CELL_REAL, 2},
        REAL("chi2", 4),
        INT("ndf"),
        REAL("from", 3),
        REAL("to", 3),
    };
    struct l1t_table *t = l1t_table_new("Rate against pile-up, a mu + b mu^2 (before prescales; "
                                        "total: exact)",
                                        columns, COUNT(columns));
    for (size_t i = 0; t != NULL && i <= rates->n; i++) {
        const struct l1t_pileup_fit *fit =
            i == 0 ? &rates->total_fit : &rates->algorithm[i - 1].fit;
        if (fit->degree < 2 || (people && i > 0))
            continue;
        l1t_table_text(t, i == 0 ? "total" : rates->algorithm[i - 1].def->name);
        for (int k = 0; k < 2; k++) {
            l1t_table_real(t, fit->coefficient[k]);
            l1t_table_real(t, fit->error[k]);
        }
        l1t_table_real(t, fit->chi2);
        l1t_table_int(t, fit->ndf);
        l1t_table_real(t, fit->from);
        l1t_table_real(t, fit->to);
    }
    return t;
}

static struct l1t_table *dead_time(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("rule"),
        {"lost", "%", L1T_CELL_REAL, 4},
        {"up to it", "%", L1T_CELL_REAL, 4},
        KHZ("requested"),
        KHZ("accepted"),
    };
    const struct l1t_deadtime *d = &rates->dead_time;
    const struct l1t_trigger_rules *rules = &rates->study->rates.rules;
    struct l1t_table *t = l1t_table_new("Dead time", columns, COUNT(columns));
    const double n = d->requests > 0 ? (double)d->requests : NAN;
    for (size_t k = 0; t != NULL && k < rules->n; k++) {
        char name[60];
        (void)snprintf(name, sizeof name, "%u in %u", rules->rule[k].accepts,
                       rules->rule[k].window);
        l1t_table_text(t, name);
        l1t_table_real(t, 100 * (double)d->lost[k] / n);
        l1t_table_real(t, 100 * (double)d->lost_alone[k + 1] / n);
        l1t_table_real(t, NAN);
        l1t_table_real(t, NAN);
    }
    if (t != NULL && rules->depth > 0) {
        l1t_table_text(t, "buffer");
        l1t_table_real(t, 100 * (double)d->lost[rules->n] / n);
        l1t_table_real(t, 100 * (double)d->lost_alone[rules->n + 1] / n);
        l1t_table_real(t, NAN);
        l1t_table_real(t, NAN);
    }
    if (t != NULL) {
        l1t_table_text(t, "all");
        l1t_table_real(t, 100 * d->loss);
        l1t_table_real(t, 100 * d->loss);
        l1t_table_real(t, khz(d->requested_hz));
        l1t_table_real(t, khz(d->accepted_hz));
    }
    return t;
}

// ---- another menu ----

static void delta_row(struct l1t_table *t, const char *name, const char *what,
                      const struct l1t_rates_delta *before, const struct l1t_rates_delta *after)
{
    l1t_table_text(t, name);
    l1t_table_text(t, what);
    l1t_table_real(t, before != NULL ? khz(before->hz) : NAN);
    l1t_table_real(t, before != NULL ? khz(before->err) : NAN);
    l1t_table_real(t, khz(after[EXACT].menu.hz));
    l1t_table_real(t, khz(after[EXACT].other.hz));
    for (int m = 0; m < L1T_RATES_MODES; m++) {
        l1t_table_real(t, khz(after[m].hz));
        l1t_table_real(t, khz(after[m].err));
    }
}

static const char *state_of(const struct l1t_rates_pair *pair)
{
    if (pair->menu == NULL)
        return "new";
    if (pair->other == NULL)
        return "gone";
    return pair->changed ? "changed" : "same";
}

// People see what differs; the total is the first row.
static struct l1t_table *difference(const struct l1t_rates *rates, bool people)
{
    static const struct l1t_column columns[] = {
        TEXT("algorithm"), TEXT("state"),         KHZ("before"), ERR("+-"),
        KHZ("rate"),       KHZ("other"),          KHZ("delta"),  ERR("delta_error"),
        KHZ("expected"),   ERR("expected_error"),
    };
    const struct l1t_rates_difference *d = &rates->difference;
    char title[200];
    (void)snprintf(title, sizeof title, "Menu %.60s minus this one", d->other->name);
    struct l1t_table *t = l1t_table_new(title, columns, COUNT(columns));
    if (t == NULL)
        return t;
    delta_row(t, "total", "", NULL, d->total);
    for (size_t i = 0; i < d->n; i++) {
        const struct l1t_rates_pair *pair = &d->pair[i];
        const bool same = pair->menu != NULL && pair->other != NULL && !pair->changed;
        if (!people || !same || pair->before.hz != 0 || pair->after[EXACT].hz != 0)
            delta_row(t, pair->name, state_of(pair), &pair->before, pair->after);
    }
    return t;
}

static struct l1t_table *difference_signals(const struct l1t_rates *rates)
{
    static const struct l1t_column columns[] = {
        TEXT("signal"), REAL("efficiency", 4), REAL("other", 4), REAL("delta", 3), REAL("error", 2),
    };
    struct l1t_table *t =
        l1t_table_new("Efficiency with the other menu, expected", columns, COUNT(columns));
    size_t n = 0;
    for (size_t s = 0; t != NULL && s < rates->n_samples; s++) {
        if (!rates->sample[s].signal)
            continue;
        l1t_table_text(t, rates->sample[s].name);
        l1t_table_real(t, rates->difference.signal[n].menu);
        l1t_table_real(t, rates->difference.signal[n].other);
        l1t_table_real(t, rates->difference.signal[n].delta);
        l1t_table_real(t, rates->difference.signal[n].err);
        n++;
    }
    return t;
}

size_t l1t_rate_tables(const struct l1t_rate_cmd *r, const struct l1t_rates *rates, bool people,
                       struct l1t_table *table[L1T_RATE_TABLES])
{
    bool has_signals = false, groups = false;
    size_t n = 0;
    for (size_t s = 0; s < rates->n_samples; s++)
        has_signals = has_signals || rates->sample[s].signal;
    for (size_t k = 0; k < rates->n_sets; k++)
        groups = groups || !rates->set[k].objects;
    table[n++] = people ? algorithms_people(rates) : algorithms(rates);
    if (groups)
        table[n++] = sets(rates, false);
    table[n++] = sets(rates, true);
    table[n++] = totals(rates);
    if (r->all_columns)
        table[n++] = all_columns(rates);
    if (rates->overlap != NULL)
        table[n++] = overlap(rates);
    table[n++] = samples(rates);
    if (has_signals)
        table[n++] = signals(rates);
    if (rates->total_fit.degree > 0)
        table[n++] = fits(rates, people);
    if (rates->n_beams > 0)
        table[n++] = beams(rates);
    if (rates->has_dead_time)
        table[n++] = dead_time(rates);
    if (rates->difference.other != NULL) {
        table[n++] = difference(rates, people);
        if (has_signals)
            table[n++] = difference_signals(rates);
    }
    return n;
}

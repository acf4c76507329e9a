// SPDX-License-Identifier: GPL-3.0-or-later
// From tallies of samples to the rates of a menu.
#include "rate_internal.h"
#include "rates_add.h"

#include "gt/l1t_gt_final.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// One sample of those that make rates.
struct part {
    const struct l1t_tally *tally;
    const struct l1t_rates_sample *sample;
    struct l1t_sum all; /* l1t_norm_all() */
};

static void add(struct l1t_rate *to, struct l1t_sum sum, const struct part *part)
{
    const struct l1t_rate one = l1t_rate_of(&sum, &part->all, part->sample->scale_hz);
    l1t_rates_add(to, &one);
}

// ---- a binned pile-up target: the same value, with the error of the bins ----

static void binned(const struct l1t_rates *rates, const struct part *part,
                   const struct l1t_sum fired[L1T_TALLY_PILEUPS], struct l1t_rate *rate)
{
    const struct l1t_rate_study *study = rates->study;
    struct l1t_sum all[L1T_TALLY_PILEUPS];
    double missing = 0;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        all[k] = l1t_tally_pileup_all(part->tally, k);
    const struct l1t_rate b = l1t_pileup_binned(fired, all, &study->rates.target, 1, &missing);
    const double hz = part->sample->scale_hz * part->sample->all.w;
    if (!isnan(rate->err) && !isnan(b.err))
        rate->err = b.err * hz;
}

// Recorded samples keep their Poisson errors; those of efficiencies would be too small.
static bool is_binned(const struct l1t_rates *rates, size_t s)
{
    return rates->study->rates.has_target && rates->study->rates.pileup_binned &&
           rates->work->accounts.reweighted[s] &&
           rates->work->source.sample[s].study->norm.kind != L1T_NORM_SECTIONS;
}

static void add_before(const struct l1t_rates *rates, const struct part *part, size_t s, size_t i,
                       struct l1t_rate *to)
{
    const struct l1t_sum sum = l1t_tally_before(part->tally, i);
    struct l1t_rate one = l1t_rate_of(&sum, &part->all, part->sample->scale_hz);
    if (is_binned(rates, s)) {
        struct l1t_sum fired[L1T_TALLY_PILEUPS];
        for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
            fired[k] = l1t_tally_pileup_before(part->tally, i, k);
        binned(rates, part, fired, &one);
    }
    l1t_rates_add(to, &one);
}

static void add_total(const struct l1t_rates *rates, const struct part *part, size_t s, int mode,
                      size_t c, struct l1t_rate *to)
{
    const struct l1t_sum sum = l1t_tally_total(part->tally, (enum l1t_tally_mode)mode, c);
    struct l1t_rate one = l1t_rate_of(&sum, &part->all, part->sample->scale_hz);
    if (is_binned(rates, s) && mode == L1T_TALLY_EXACT && c == rates->focus) {
        struct l1t_sum fired[L1T_TALLY_PILEUPS];
        for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
            fired[k] = l1t_tally_pileup_total(part->tally, k);
        binned(rates, part, fired, &one);
    }
    l1t_rates_add(to, &one);
}

// ---- tables ----

static void add_algorithms(struct l1t_rates *rates, const struct part *part, size_t s)
{
    for (size_t i = 0; i < rates->n; i++) {
        struct l1t_rates_algorithm *a = &rates->algorithm[i];
        a->fired += l1t_tally_before(part->tally, i).n;
        a->accepted += l1t_tally_after(part->tally, L1T_TALLY_EXACT, rates->focus, i).n;
        add_before(rates, part, s, i, &a->before);
        for (int m = 0; m < L1T_RATES_MODES; m++) {
            const enum l1t_tally_mode mode = (enum l1t_tally_mode)m;
            add(&a->after[m], l1t_tally_after(part->tally, mode, rates->focus, i), part);
            add(&a->pure[m], l1t_tally_pure(part->tally, mode, rates->focus, i), part);
            add(&a->proportional[m], l1t_tally_proportional(part->tally, mode, rates->focus, i),
                part);
        }
    }
}

static void add_sets(struct l1t_rates *rates, const struct part *part)
{
    for (size_t k = 0; k < rates->n_sets; k++)
        for (int m = 0; m < L1T_RATES_MODES; m++) {
            const enum l1t_tally_mode mode = (enum l1t_tally_mode)m;
            add(&rates->set[k].total[m], l1t_tally_set_or(part->tally, mode, rates->focus, k),
                part);
            add(&rates->set[k].pure[m], l1t_tally_set_pure(part->tally, mode, rates->focus, k),
                part);
        }
}

static void add_columns(struct l1t_rates *rates, const struct part *part, size_t s)
{
    for (size_t c = 0; c < rates->n_columns; c++)
        for (int m = 0; m < L1T_RATES_MODES; m++) {
            add_total(rates, part, s, m, c, &rates->column[c].total[m]);
            for (size_t i = 0; i < rates->n; i++)
                add(&rates->column[c].after[m][i],
                    l1t_tally_after(part->tally, (enum l1t_tally_mode)m, c, i), part);
        }
}

static void add_overlaps(struct l1t_rates *rates, const struct part *part)
{
    for (size_t i = 0; rates->overlap != NULL && i < rates->n; i++)
        for (size_t k = 0; k < rates->n; k++)
            add(&rates->overlap[i * rates->n + k], l1t_tally_overlap(part->tally, i, k), part);
}

// Shares of the algorithms in a set; of those outside of the final OR they are 0.
static void share_sets(struct l1t_rates *rates)
{
    const struct rate_menu *menu = &rates->work->menu[0];
    for (size_t k = 0; k < rates->n_sets; k++)
        for (size_t i = 0; i < rates->n; i++) {
            const unsigned bit = rates->algorithm[i].def->bit;
            if ((menu->set[k].bits[bit / 64] >> bit % 64 & 1) == 0)
                continue;
            rates->set[k].n++;
            for (int m = 0; m < L1T_RATES_MODES; m++)
                rates->set[k].proportional_hz[m] += rates->algorithm[i].proportional[m].hz;
        }
}

// ---- samples ----

static enum l1t_err fill_sample(struct l1t_rates *rates, size_t s, struct l1t_diag *diag)
{
    const struct l1t_rates_work *work = rates->work;
    const struct rate_sample *from = &work->source.sample[s];
    const struct l1t_tally *tally = work->accounts.tally[0][s];
    struct l1t_rates_sample *to = &rates->sample[s];
    *to = (struct l1t_rates_sample){.name = from->name,
                                    .signal = from->signal,
                                    .info = from->info,
                                    .all = l1t_tally_all(tally),
                                    .fired = work->accounts.fired[s]};
    for (int m = 0; m < L1T_RATES_MODES; m++) {
        const struct l1t_sum sum = l1t_tally_total(tally, (enum l1t_tally_mode)m, rates->focus);
        to->total[m] = l1t_fraction_of(&sum, &to->all);
    }
    to->algorithm = calloc(rates->n + 1, sizeof *to->algorithm);
    if (to->algorithm == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < rates->n; i++) {
        const struct l1t_sum sum = l1t_tally_before(tally, i);
        to->algorithm[i] = l1t_fraction_of(&sum, &to->all);
    }
    if (to->signal && to->all.w > 0)
        return L1T_OK;
    struct l1t_diag why = {""};
    const enum l1t_err err = l1t_norm_scale(&from->study->norm, &rates->study->rates.beam, &to->all,
                                            &to->scale_hz, &why);
    to->scale_hz *= from->study->weight;
    return err == L1T_OK
               ? err
               : l1t_yaml_fail(rates->study->study->yaml, from->study->node, diag, "%s", why.text);
}

static void fill_algorithm(struct l1t_rates *rates, size_t i)
{
    const struct rate_menu *menu = &rates->work->menu[0];
    struct l1t_rates_algorithm *a = &rates->algorithm[i];
    a->def = &menu->menu->algorithm[i];
    a->supported = menu->supported[i];
    a->objects = menu->objects[i];
    a->prescale = (double)menu->spec.factor[rates->focus][a->def->bit] / L1T_GT_PRESCALE_ONE;
    a->before = l1t_rates_none();
    for (int m = 0; m < L1T_RATES_MODES; m++)
        a->after[m] = a->pure[m] = a->proportional[m] = l1t_rates_none();
}

static enum l1t_err make_columns(struct l1t_rates *rates, struct l1t_diag *diag)
{
    const struct rate_menu *menu = &rates->work->menu[0];
    for (size_t c = 0; c < rates->n_columns; c++) {
        struct l1t_rates_column *column = &rates->column[c];
        column->name = menu->menu->n_columns > 0 ? menu->menu->column[c] : "all 1";
        for (size_t i = 0; i < rates->n; i++)
            column->n_on += menu->spec.factor[c][menu->menu->algorithm[i].bit] > 0;
        for (int m = 0; m < L1T_RATES_MODES; m++) {
            column->total[m] = l1t_rates_none();
            column->after[m] = calloc(rates->n + 1, sizeof *column->after[m]);
            if (column->after[m] == NULL)
                return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
            for (size_t i = 0; i < rates->n; i++)
                column->after[m][i] = l1t_rates_none();
        }
    }
    return L1T_OK;
}

static void fill_set(struct l1t_rates *rates, size_t k)
{
    const struct rate_menu *menu = &rates->work->menu[0];
    struct l1t_rates_set *set = &rates->set[k];
    memcpy(set->name, menu->set[k].name, sizeof set->name);
    set->objects = k >= menu->n_groups;
    for (int m = 0; m < L1T_RATES_MODES; m++)
        set->total[m] = set->pure[m] = l1t_rates_none();
}

static enum l1t_err make(struct l1t_rates *rates, bool overlap, struct l1t_diag *diag)
{
    const struct l1t_rates_work *work = rates->work;
    rates->menu = work->menu[0].menu;
    rates->focus = work->menu[0].spec.focus;
    rates->n = rates->menu->n;
    rates->n_columns = work->menu[0].spec.n_columns;
    rates->n_sets = work->menu[0].spec.n_sets;
    rates->n_samples = work->source.n_samples;
    rates->missing_pileup = work->accounts.missing;
    rates->algorithm = calloc(rates->n + 1, sizeof *rates->algorithm);
    rates->set = calloc(rates->n_sets + 1, sizeof *rates->set);
    rates->column = calloc(rates->n_columns, sizeof *rates->column);
    rates->sample = calloc(rates->n_samples, sizeof *rates->sample);
    if (overlap)
        rates->overlap = calloc(rates->n * rates->n + 1, sizeof *rates->overlap);
    if (rates->algorithm == NULL || rates->set == NULL || rates->column == NULL ||
        rates->sample == NULL || (overlap && rates->overlap == NULL))
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < rates->n; i++)
        fill_algorithm(rates, i);
    for (size_t k = 0; k < rates->n_sets; k++)
        fill_set(rates, k);
    for (size_t i = 0; overlap && i < rates->n * rates->n; i++)
        rates->overlap[i] = l1t_rates_none();
    return make_columns(rates, diag);
}

enum l1t_err rate_results(struct l1t_rates *rates, bool overlap, struct l1t_diag *diag)
{
    enum l1t_err err = make(rates, overlap, diag);
    for (size_t s = 0; err == L1T_OK && s < rates->n_samples; s++) {
        err = fill_sample(rates, s, diag);
        if (err != L1T_OK || rates->sample[s].signal)
            continue;
        const struct part part = {
            rates->work->accounts.tally[0][s], &rates->sample[s],
            l1t_norm_all(&rates->work->source.sample[s].study->norm, &rates->sample[s].all)};
        add_algorithms(rates, &part, s);
        add_sets(rates, &part);
        add_columns(rates, &part, s);
        add_overlaps(rates, &part);
    }
    if (err == L1T_OK)
        share_sets(rates);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Two menus on the same crossings: what the other one costs more or less, with correlated errors.
#include "rate_internal.h"
#include "rates_add.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int find(const struct l1t_gt_menu *menu, const char *name)
{
    for (size_t i = 0; i < menu->n; i++)
        if (strcmp(menu->algorithm[i].name, name) == 0)
            return (int)i;
    return -1;
}

// Algorithms are the same when their names are.
void rate_match_menus(const struct rate_menu menu[RATE_MENUS], struct rate_match *match)
{
    memset(match, 0, sizeof *match);
    for (size_t i = 0; menu[1].menu != NULL && i < menu[0].menu->n; i++) {
        const int k = find(menu[1].menu, menu[0].menu->algorithm[i].name);
        if (k >= 0)
            match->match[match->n++] = (struct l1t_tally_match){(uint16_t)i, (uint16_t)k};
    }
}

// ---- sums over samples ----

typedef struct l1t_sum reader(const struct l1t_tally *tally, int mode, size_t column, size_t i);

static struct l1t_sum read_before(const struct l1t_tally *tally, int mode, size_t column, size_t i)
{
    (void)mode;
    (void)column;
    return l1t_tally_before(tally, i);
}

static struct l1t_sum read_after(const struct l1t_tally *tally, int mode, size_t column, size_t i)
{
    return l1t_tally_after(tally, (enum l1t_tally_mode)mode, column, i);
}

static struct l1t_sum read_total(const struct l1t_tally *tally, int mode, size_t column, size_t i)
{
    (void)i;
    return l1t_tally_total(tally, (enum l1t_tally_mode)mode, column);
}

static struct l1t_rate rate_of(const struct l1t_rates *rates, size_t menu, reader *read, int mode,
                               size_t i)
{
    const struct l1t_rates_work *work = rates->work;
    struct l1t_rate rate = l1t_rates_none();
    for (size_t s = 0; s < rates->n_samples; s++) {
        if (rates->sample[s].signal)
            continue;
        const struct l1t_tally *tally = work->accounts.tally[menu][s];
        const struct l1t_sum sum = read(tally, mode, work->menu[menu].spec.focus, i);
        const struct l1t_sum sample = l1t_tally_all(tally);
        const struct l1t_sum all = l1t_norm_all(&work->source.sample[s].study->norm, &sample);
        const struct l1t_rate one = l1t_rate_of(&sum, &all, rates->sample[s].scale_hz);
        l1t_rates_add(&rate, &one);
    }
    return rate;
}

enum what { BEFORE, AFTER, TOTAL };

// The first menu is A: what its algorithm takes alone is lost with the other one.
static void add_deltas(const struct l1t_rates *rates, enum what what, int mode, size_t k,
                       struct l1t_rates_delta *to)
{
    double variance = 0;
    for (size_t s = 0; s < rates->n_samples; s++) {
        if (rates->sample[s].signal)
            continue;
        const struct l1t_tally_diff *diff = rates->work->accounts.diff[s];
        const double scale = rates->sample[s].scale_hz;
        const struct l1t_delta d = what == BEFORE ? l1t_tally_diff_before(diff, k)
                                   : what == AFTER
                                       ? l1t_tally_diff_after(diff, (enum l1t_tally_mode)mode, k)
                                       : l1t_tally_diff_total(diff, (enum l1t_tally_mode)mode);
        to->hz -= scale * d.w;
        variance += scale * scale * d.w2;
        to->n_menu += d.a_only.n;
        to->n_other += d.b_only.n;
    }
    to->err = variance > 0 ? sqrt(variance) : NAN;
}

static void alone(struct l1t_rates_delta *d)
{
    d->hz = d->other.hz - d->menu.hz;
    d->err = d->other.hz != 0 ? d->other.err : d->menu.err;
}

static void fill_pair(const struct l1t_rates *rates, struct l1t_rates_pair *pair, int i, int k,
                      int match)
{
    for (int mode = -1; mode < L1T_RATES_MODES; mode++) {
        struct l1t_rates_delta *d = mode < 0 ? &pair->before : &pair->after[mode];
        reader *read = mode < 0 ? read_before : read_after;
        if (i >= 0)
            d->menu = rate_of(rates, 0, read, mode, (size_t)i);
        if (k >= 0)
            d->other = rate_of(rates, 1, read, mode, (size_t)k);
        if (match >= 0)
            add_deltas(rates, mode < 0 ? BEFORE : AFTER, mode, (size_t)match, d);
        else
            alone(d);
    }
}

static bool has_changed(const struct l1t_rates *rates, const struct l1t_gt_algorithm_def *a,
                        const struct l1t_gt_algorithm_def *b)
{
    const struct rate_menu *m = rates->work->menu;
    char *ours = l1t_gt_expression_text(a), *theirs = l1t_gt_expression_text(b);
    const bool same = ours != NULL && theirs != NULL && strcmp(ours, theirs) == 0;
    free(ours);
    free(theirs);
    const bool as_open =
        a->masked == b->masked && a->veto == b->veto && a->n_closed == b->n_closed &&
        (a->n_closed == 0 || memcmp(a->closed, b->closed, a->n_closed * sizeof *a->closed) == 0);
    return !same || !as_open ||
           m[0].spec.factor[m[0].spec.focus][a->bit] != m[1].spec.factor[m[1].spec.focus][b->bit];
}

static void fill_signals(struct l1t_rates *rates)
{
    struct l1t_rates_difference *d = &rates->difference;
    const struct l1t_rates_work *work = rates->work;
    size_t n = 0;
    for (size_t s = 0; s < rates->n_samples; s++) {
        if (!rates->sample[s].signal)
            continue;
        const struct l1t_sum all = l1t_tally_all(work->accounts.tally[0][s]);
        const struct l1t_delta delta =
            l1t_tally_diff_total(work->accounts.diff[s], L1T_TALLY_EXPECTED);
        for (size_t m = 0; m < RATE_MENUS; m++) {
            const struct l1t_sum sum = l1t_tally_total(
                work->accounts.tally[m][s], L1T_TALLY_EXPECTED, work->menu[m].spec.focus);
            *(m == 0 ? &d->signal[n].menu : &d->signal[n].other) = sum.w / all.w;
        }
        d->signal[n].delta = (0 - delta.w) / all.w; // never -0
        d->signal[n].err = sqrt(delta.w2) / all.w;
        n++;
    }
}

enum l1t_err rate_difference(struct l1t_rates *rates, struct l1t_diag *diag)
{
    const struct rate_menu *menu = rates->work->menu;
    struct l1t_rates_difference *d = &rates->difference;
    if (menu[1].menu == NULL)
        return L1T_OK;
    d->pair = calloc(menu[0].menu->n + menu[1].menu->n, sizeof *d->pair);
    if (d->pair == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    d->other = menu[1].menu;
    d->column = menu[1].menu->n_columns > 0 ? menu[1].menu->column[menu[1].spec.focus] : "";
    for (int mode = 0; mode < L1T_RATES_MODES; mode++) {
        d->total[mode].menu = rate_of(rates, 0, read_total, mode, 0);
        d->total[mode].other = rate_of(rates, 1, read_total, mode, 0);
        add_deltas(rates, TOTAL, mode, 0, &d->total[mode]);
    }
    int match = 0;
    for (size_t i = 0; i < menu[0].menu->n; i++) {
        struct l1t_rates_pair *pair = &d->pair[d->n++];
        const int k = find(menu[1].menu, menu[0].menu->algorithm[i].name);
        pair->menu = &menu[0].menu->algorithm[i];
        pair->other = k >= 0 ? &menu[1].menu->algorithm[k] : NULL;
        pair->name = pair->menu->name;
        pair->changed = k >= 0 && has_changed(rates, pair->menu, pair->other);
        fill_pair(rates, pair, (int)i, k, k >= 0 ? match++ : -1);
    }
    for (size_t k = 0; k < menu[1].menu->n; k++) {
        if (find(menu[0].menu, menu[1].menu->algorithm[k].name) >= 0)
            continue;
        struct l1t_rates_pair *pair = &d->pair[d->n++];
        pair->other = &menu[1].menu->algorithm[k];
        pair->name = pair->other->name;
        fill_pair(rates, pair, -1, (int)k, -1);
    }
    fill_signals(rates);
    return L1T_OK;
}

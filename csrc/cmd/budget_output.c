// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of a budget's answer.
#include "cmd/budget_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS(array) array, sizeof(array) / sizeof(array)[0]

// ---- budgets ----

static const struct l1t_column limit_columns[] = {
    {"budget_of", "", L1T_CELL_TEXT, 0},     {"before", "kHz", L1T_CELL_REAL, 5},
    {"before_err", "kHz", L1T_CELL_REAL, 2}, {"after", "kHz", L1T_CELL_REAL, 5},
    {"after_err", "kHz", L1T_CELL_REAL, 2},  {"budget", "kHz", L1T_CELL_REAL, 5},
    {"room", "kHz", L1T_CELL_REAL, 3},       {"binds", "", L1T_CELL_TEXT, 0},
};

static struct l1t_table *limits(struct l1t_physics *p, const struct l1t_budget_found *f)
{
    const struct l1t_budget *const b = &f->setup->budget;
    char title[200];
    (void)snprintf(title, sizeof title,
                   "rates of the final OR, expected prescales; %g standard deviations below the "
                   "budget (%s)",
                   b->margin, f->answer.exhaustive ? "all settings were tried" : "found by search");
    struct l1t_table *const t = l1t_physics_table(p, title, COLUMNS(limit_columns));
    for (size_t c = 0; t != NULL && c < b->n_limits; c++) {
        const struct l1t_rate before = l1t_budget_account_limit(f->setup, &f->before, c);
        const struct l1t_rate after = l1t_budget_account_limit(f->setup, &f->after, c);
        const double err = isnan(after.err) ? 0 : after.err;
        l1t_table_text(t, b->limit[c].name);
        l1t_table_real(t, before.hz / 1e3);
        l1t_table_real(t, before.err / 1e3);
        l1t_table_real(t, after.hz / 1e3);
        l1t_table_real(t, after.err / 1e3);
        l1t_table_real(t, b->limit[c].hz / 1e3);
        l1t_table_real(t, (b->limit[c].hz - after.hz - b->margin * err) / 1e3);
        l1t_table_text(t, f->answer.binding == c ? "yes" : "no");
    }
    return t;
}

// ---- what moved ----

static const struct l1t_column setting_columns[] = {
    {"algorithm", "", L1T_CELL_TEXT, 0}, {"moves", "", L1T_CELL_TEXT, 0},
    {"from", "", L1T_CELL_REAL, 7},      {"to", "", L1T_CELL_REAL, 7},
    {"before", "", L1T_CELL_REAL, 7},    {"after", "", L1T_CELL_REAL, 7},
};

static void setting_row(struct l1t_table *t, const struct l1t_budget_found *f, size_t i,
                        bool prescale)
{
    const struct l1t_budget_item *const item = &f->setup->budget.item[i];
    const struct l1t_budget_setting *const to = &f->answer.setting;
    l1t_table_text(t, item->name);
    l1t_table_text(t, prescale ? "prescale" : "GeV");
    l1t_table_real(t, prescale ? item->low / 100.0 : item->threshold[0]);
    l1t_table_real(t, prescale ? item->high / 100.0 : item->threshold[item->n_points - 1]);
    l1t_table_real(t, prescale ? item->factor / 100.0 : item->nominal);
    l1t_table_real(t, prescale ? to->factor[i] / 100.0 : item->threshold[to->point[i]]);
}

static struct l1t_table *settings(struct l1t_physics *p, const struct l1t_budget_found *f)
{
    const struct l1t_budget *const b = &f->setup->budget;
    struct l1t_table *const t = l1t_physics_table(p, "what may move", COLUMNS(setting_columns));
    for (size_t i = 0; t != NULL && i < b->n_items; i++) {
        if (f->setup->source[i].scan != NULL)
            setting_row(t, f, i, false);
        if (b->item[i].low < b->item[i].high)
            setting_row(t, f, i, true);
    }
    return t;
}

static const struct l1t_column rate_columns[] = {
    {"algorithm", "", L1T_CELL_TEXT, 0},     {"before", "kHz", L1T_CELL_REAL, 4},
    {"before_err", "kHz", L1T_CELL_REAL, 2}, {"after", "kHz", L1T_CELL_REAL, 4},
    {"after_err", "kHz", L1T_CELL_REAL, 2},  {"unique_was", "kHz", L1T_CELL_REAL, 3},
    {"unique", "kHz", L1T_CELL_REAL, 3},     {"unique_err", "kHz", L1T_CELL_REAL, 2},
};

static struct l1t_table *rate_table(struct l1t_physics *p, const struct l1t_budget_found *f)
{
    const struct l1t_budget *const b = &f->setup->budget;
    struct l1t_table *const t =
        l1t_physics_table(p, "rates of what may move, after prescales", COLUMNS(rate_columns));
    for (size_t i = 0; t != NULL && i < b->n_items; i++) {
        const unsigned bit = b->item[i].bit;
        struct l1t_rate rate[4];
        for (int k = 0; k < 4; k++)
            rate[k] = l1t_budget_account_rate(f->setup, k % 2 == 0 ? &f->before : &f->after,
                                              k < 2 ? L1T_BUDGET_AFTER : L1T_BUDGET_PURE, bit);
        l1t_table_text(t, b->item[i].name);
        for (int k = 0; k < 4; k++) {
            l1t_table_real(t, rate[k].hz / 1e3);
            if (k != 2)
                l1t_table_real(t, rate[k].err / 1e3);
        }
    }
    return t;
}

// ---- signals ----

static const struct l1t_column signal_columns[] = {
    {"signal", "", L1T_CELL_TEXT, 0}, {"weight", "", L1T_CELL_REAL, 4},
    {"before", "", L1T_CELL_REAL, 5}, {"after", "", L1T_CELL_REAL, 5},
    {"low", "", L1T_CELL_REAL, 5},    {"high", "", L1T_CELL_REAL, 5},
};

static struct l1t_table *signals(struct l1t_physics *p, const struct l1t_budget_found *f)
{
    const struct l1t_budget *const b = &f->setup->budget;
    struct l1t_table *const t =
        l1t_physics_table(p, "efficiency of the final OR", COLUMNS(signal_columns));
    for (size_t k = 0; t != NULL && k < b->n_signals; k++) {
        const struct l1t_budget_sample *const s = &b->sample[b->n_samples - b->n_signals + k];
        const struct l1t_fraction before = l1t_budget_account_efficiency(f->setup, &f->before, k);
        const struct l1t_fraction after = l1t_budget_account_efficiency(f->setup, &f->after, k);
        l1t_table_text(t, s->name);
        l1t_table_real(t, s->weight);
        l1t_table_real(t, before.value);
        l1t_table_real(t, after.value);
        l1t_table_real(t, after.low);
        l1t_table_real(t, after.high);
    }
    return t;
}

// ---- prices ----

static const struct l1t_column price_columns[] = {
    {"algorithm", "", L1T_CELL_TEXT, 0},   {"step_to", "", L1T_CELL_REAL, 7},
    {"moves", "", L1T_CELL_TEXT, 0},       {"total", "kHz", L1T_CELL_REAL, 3},
    {"per_unit", "kHz", L1T_CELL_REAL, 3}, {"efficiency", "", L1T_CELL_REAL, 3},
    {"per_kHz", "", L1T_CELL_REAL, 3},     {"allowed", "", L1T_CELL_TEXT, 0},
};

static double weighted(const struct l1t_budget *b, const struct l1t_budget_rates *r)
{
    double sum = 0;
    for (size_t k = 0; k < b->n_signals; k++)
        sum += b->sample[b->n_samples - b->n_signals + k].weight * r->efficiency[k].value;
    return b->n_signals > 0 ? sum : NAN;
}

// One step from the answer: what changes, all of it rate that no other algorithm has.
static void price_row(struct l1t_table *t, const struct l1t_budget_found *f, size_t i,
                      bool prescale, const struct l1t_budget_setting *to)
{
    const struct l1t_budget *const b = &f->setup->budget;
    const struct l1t_budget_item *const item = &b->item[i];
    const struct l1t_budget_setting *const from = &f->answer.setting;
    struct l1t_budget_rates rates;
    l1t_budget_rates(b, to, &rates);
    const double khz = (rates.limit[0].hz - f->answer.rates.limit[0].hz) / 1e3;
    const double efficiency = weighted(b, &rates) - weighted(b, &f->answer.rates);
    const double before = prescale ? from->factor[i] / 100.0 : item->threshold[from->point[i]];
    const double after = prescale ? to->factor[i] / 100.0 : item->threshold[to->point[i]];
    l1t_table_text(t, item->name);
    l1t_table_real(t, after);
    l1t_table_text(t, prescale ? "prescale" : "GeV");
    l1t_table_real(t, khz);
    l1t_table_real(t, fabs(khz) > 0 ? khz / (after - before) : 0); // no "-0"
    l1t_table_real(t, efficiency);
    l1t_table_real(t, fabs(khz) > 0 ? efficiency / khz : NAN);
    l1t_table_text(t, rates.feasible ? "yes" : "no");
}

static void threshold_prices(struct l1t_table *t, const struct l1t_budget_found *f, size_t i)
{
    for (int direction = -1; direction <= 1; direction += 2) {
        struct l1t_budget_setting to = f->answer.setting;
        const int point = to.point[i] + direction;
        if (point < 0 || point >= (int)f->setup->budget.item[i].n_points)
            continue;
        to.point[i] = (uint16_t)point;
        price_row(t, f, i, false, &to);
    }
}

// A tenth up or down.
static void prescale_prices(struct l1t_table *t, const struct l1t_budget_found *f, size_t i)
{
    const struct l1t_budget_item *const item = &f->setup->budget.item[i];
    for (int direction = -1; direction <= 1; direction += 2) {
        struct l1t_budget_setting to = f->answer.setting;
        const double factor = to.factor[i] * (direction < 0 ? 1 / 1.1 : 1.1);
        to.factor[i] = (uint32_t)lround(fmin(fmax(factor, item->low), item->high));
        if (to.factor[i] != f->answer.setting.factor[i])
            price_row(t, f, i, true, &to);
    }
}

static struct l1t_table *prices(struct l1t_physics *p, const struct l1t_budget_found *f)
{
    const struct l1t_budget *const b = &f->setup->budget;
    struct l1t_table *const t = l1t_physics_table(
        p, "one step from here: change of the total, by GeV or unit of prescale, of the efficiency",
        COLUMNS(price_columns));
    for (size_t i = 0; t != NULL && i < b->n_items; i++) {
        if (f->setup->source[i].scan != NULL)
            threshold_prices(t, f, i);
        if (b->item[i].low < b->item[i].high)
            prescale_prices(t, f, i);
    }
    return t;
}

enum l1t_err l1t_budget_print(struct l1t_physics *p, const struct l1t_budget_found *found)
{
    struct l1t_table *const t[] = {limits(p, found), settings(p, found), rate_table(p, found),
                                   signals(p, found), prices(p, found)};
    enum { TABLES = sizeof t / sizeof t[0], SIGNALS = 3 };
    struct l1t_table *shown[TABLES];
    size_t n = 0;
    bool good = true;
    for (size_t i = 0; i < TABLES; i++) {
        good = good && t[i] != NULL;
        if (i != SIGNALS || found->setup->budget.n_signals > 0)
            shown[n++] = t[i];
    }
    const enum l1t_err err = good ? l1t_physics_print(p, shown, n) : L1T_E_NOMEM;
    for (size_t i = 0; i < TABLES; i++)
        l1t_table_free(t[i]);
    return err;
}

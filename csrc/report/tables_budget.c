// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of threshold scans and of the budget's answer.
#include "rate/budget_setup.h"
#include "rate/scan_study.h"
#include "tables.h"

#include <math.h>

#define N(array) (sizeof(array) / sizeof(array)[0])

static void scan_row(struct l1t_table *table, const struct l1t_scans *scans, size_t scan, size_t i,
                     size_t j)
{
    const struct l1t_scan_asked *asked = &scans->asked[scan];
    const struct l1t_rate rate = l1t_scans_rate(scans, scan, i, j, false);
    const struct l1t_rate alone = l1t_scans_rate(scans, scan, i, j, true);
    l1t_table_text(table, scans->opened->menu->algorithm[asked->algorithm].name);
    l1t_table_int(table, (long long)(asked->axis[0].from + i * asked->axis[0].step));
    l1t_table_real(table, l1t_scans_threshold(scans, scan, 0, i));
    l1t_table_real(table, asked->n_axes > 1 ? l1t_scans_threshold(scans, scan, 1, j) : (double)NAN);
    l1t_table_real(table, rate.hz);
    l1t_table_real(table, rate.err);
    l1t_table_real(table, rate.upper84);
    l1t_table_real(table, alone.hz);
    l1t_table_real(table, alone.err);
}

struct l1t_table *l1t_table_of_scans(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"algorithm", "", L1T_CELL_TEXT, 0},    {"code", "", L1T_CELL_INT, 0},
        {"threshold", "GeV", L1T_CELL_REAL, 6}, {"second_threshold", "GeV", L1T_CELL_REAL, 6},
        {"rate", "Hz", L1T_CELL_REAL, 6},       {"rate_err", "Hz", L1T_CELL_REAL, 3},
        {"below", "Hz", L1T_CELL_REAL, 3},      {"unique", "Hz", L1T_CELL_REAL, 6},
        {"unique_err", "Hz", L1T_CELL_REAL, 3}};
    const struct l1t_scans *scans = run->scans;
    struct l1t_table *table = l1t_table_new("rate against threshold", columns, N(columns));
    for (size_t s = 0; s < scans->n && table != NULL; s++) {
        const struct l1t_scan_asked *asked = &scans->asked[s];
        const size_t second = asked->n_axes > 1 ? l1t_scan_points(&asked->axis[1]) : 1;
        for (size_t i = 0; i < l1t_scan_points(&asked->axis[0]); i++)
            for (size_t j = 0; j < second; j++)
                scan_row(table, scans, s, i, j);
    }
    return table;
}

static void move_row(struct l1t_table *table, const struct l1t_budget_found *f, size_t i,
                     bool prescale)
{
    const struct l1t_budget_item *item = &f->setup->budget.item[i];
    const struct l1t_budget_setting *to = &f->answer.setting;
    l1t_table_text(table, item->name);
    l1t_table_text(table, prescale ? "prescale" : "threshold");
    l1t_table_real(table, prescale ? item->factor / 100.0 : item->nominal);
    l1t_table_real(table, prescale ? to->factor[i] / 100.0 : item->threshold[to->point[i]]);
}

struct l1t_table *l1t_table_of_budget_moves(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"algorithm", "", L1T_CELL_TEXT, 0},
                                                {"moves", "", L1T_CELL_TEXT, 0},
                                                {"before", "", L1T_CELL_REAL, 8},
                                                {"after", "", L1T_CELL_REAL, 8}};
    const struct l1t_budget_found *f = run->budget;
    struct l1t_table *table = l1t_table_new("what the budget moves", columns, N(columns));
    for (size_t i = 0; i < f->setup->budget.n_items && table != NULL; i++) {
        if (f->setup->source[i].scan != NULL)
            move_row(table, f, i, false);
        if (f->setup->budget.item[i].low < f->setup->budget.item[i].high)
            move_row(table, f, i, true);
    }
    return table;
}

struct l1t_table *l1t_table_of_budget(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"budget_of", "", L1T_CELL_TEXT, 0},    {"before", "Hz", L1T_CELL_REAL, 6},
        {"before_err", "Hz", L1T_CELL_REAL, 3}, {"after", "Hz", L1T_CELL_REAL, 6},
        {"after_err", "Hz", L1T_CELL_REAL, 3},  {"budget", "Hz", L1T_CELL_REAL, 6},
        {"binds", "", L1T_CELL_INT, 0}};
    const struct l1t_budget_found *f = run->budget;
    struct l1t_table *table = l1t_table_new("budgets, before and after", columns, N(columns));
    for (size_t c = 0; c < f->setup->budget.n_limits && table != NULL; c++) {
        const struct l1t_rate before = l1t_budget_account_limit(f->setup, &f->before, c);
        const struct l1t_rate after = l1t_budget_account_limit(f->setup, &f->after, c);
        l1t_table_text(table, f->setup->budget.limit[c].name);
        l1t_table_real(table, before.hz);
        l1t_table_real(table, before.err);
        l1t_table_real(table, after.hz);
        l1t_table_real(table, after.err);
        l1t_table_real(table, f->setup->budget.limit[c].hz);
        l1t_table_int(table, f->answer.binding == c);
    }
    return table;
}

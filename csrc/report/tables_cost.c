// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of what the global trigger's menu costs.
#include "l1t/rates.h"
#include "tables.h"

#include <math.h>

#define N(array) (sizeof(array) / sizeof(array)[0])

static void put_rate(struct l1t_table *table, const struct l1t_rate *rate)
{
    l1t_table_real(table, rate->hz);
    l1t_table_real(table, rate->err);
}

struct l1t_table *l1t_table_of_cost(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"bit", "", L1T_CELL_INT, 0},
                                                {"algorithm", "", L1T_CELL_TEXT, 0},
                                                {"group", "", L1T_CELL_TEXT, 0},
                                                {"objects", "", L1T_CELL_TEXT, 0},
                                                {"evaluated", "", L1T_CELL_INT, 0},
                                                {"prescale", "", L1T_CELL_REAL, 8},
                                                {"fired", "", L1T_CELL_INT, 0},
                                                {"accepted", "", L1T_CELL_INT, 0},
                                                {"before", "Hz", L1T_CELL_REAL, 6},
                                                {"before_err", "Hz", L1T_CELL_REAL, 3},
                                                {"rate", "Hz", L1T_CELL_REAL, 6},
                                                {"rate_err", "Hz", L1T_CELL_REAL, 3},
                                                {"below", "Hz", L1T_CELL_REAL, 3},
                                                {"expected", "Hz", L1T_CELL_REAL, 6},
                                                {"expected_err", "Hz", L1T_CELL_REAL, 3},
                                                {"pure", "Hz", L1T_CELL_REAL, 6},
                                                {"pure_err", "Hz", L1T_CELL_REAL, 3},
                                                {"proportional", "Hz", L1T_CELL_REAL, 6},
                                                {"proportional_err", "Hz", L1T_CELL_REAL, 3}};
    const struct l1t_rates *rates = run->costs;
    struct l1t_table *table =
        l1t_table_new("rates of the global trigger's menu", columns, N(columns));
    for (size_t i = 0; i < rates->n && table != NULL; i++) {
        const struct l1t_rates_algorithm *a = &rates->algorithm[i];
        l1t_table_int(table, a->def->bit);
        l1t_table_text(table, a->def->name);
        l1t_table_text(table, a->def->group);
        l1t_table_text(table, a->objects);
        l1t_table_int(table, a->supported);
        l1t_table_real(table, a->prescale);
        l1t_table_int(table, (long long)a->fired);
        l1t_table_int(table, (long long)a->accepted);
        put_rate(table, &a->before);
        put_rate(table, &a->after[L1T_TALLY_EXACT]);
        l1t_table_real(table, a->after[L1T_TALLY_EXACT].upper84);
        put_rate(table, &a->after[L1T_TALLY_EXPECTED]);
        put_rate(table, &a->pure[L1T_TALLY_EXACT]);
        put_rate(table, &a->proportional[L1T_TALLY_EXACT]);
    }
    return table;
}

struct l1t_table *l1t_table_of_cost_groups(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"kind", "", L1T_CELL_TEXT, 0},           {"group", "", L1T_CELL_TEXT, 0},
        {"algorithms", "", L1T_CELL_INT, 0},      {"rate", "Hz", L1T_CELL_REAL, 6},
        {"rate_err", "Hz", L1T_CELL_REAL, 3},     {"expected", "Hz", L1T_CELL_REAL, 6},
        {"expected_err", "Hz", L1T_CELL_REAL, 3}, {"pure", "Hz", L1T_CELL_REAL, 6},
        {"pure_err", "Hz", L1T_CELL_REAL, 3},     {"proportional", "Hz", L1T_CELL_REAL, 6}};
    const struct l1t_rates *rates = run->costs;
    struct l1t_table *table = l1t_table_new("rates of groups", columns, N(columns));
    for (size_t i = 0; i < rates->n_sets && table != NULL; i++) {
        const struct l1t_rates_set *set = &rates->set[i];
        l1t_table_text(table, set->objects ? "objects" : "group");
        l1t_table_text(table, set->name);
        l1t_table_int(table, (long long)set->n);
        put_rate(table, &set->total[L1T_TALLY_EXACT]);
        put_rate(table, &set->total[L1T_TALLY_EXPECTED]);
        put_rate(table, &set->pure[L1T_TALLY_EXACT]);
        l1t_table_real(table, set->proportional_hz[L1T_TALLY_EXACT]);
    }
    return table;
}

struct l1t_table *l1t_table_of_cost_columns(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"column", "", L1T_CELL_TEXT, 0},     {"on", "", L1T_CELL_INT, 0},
        {"total", "Hz", L1T_CELL_REAL, 6},    {"total_err", "Hz", L1T_CELL_REAL, 3},
        {"expected", "Hz", L1T_CELL_REAL, 6}, {"expected_err", "Hz", L1T_CELL_REAL, 3}};
    const struct l1t_rates *rates = run->costs;
    struct l1t_table *table =
        l1t_table_new("total rate by column of prescales", columns, N(columns));
    for (size_t i = 0; i < rates->n_columns && table != NULL; i++) {
        l1t_table_text(table, rates->column[i].name);
        l1t_table_int(table, (long long)rates->column[i].n_on);
        put_rate(table, &rates->column[i].total[L1T_TALLY_EXACT]);
        put_rate(table, &rates->column[i].total[L1T_TALLY_EXPECTED]);
    }
    return table;
}

// As prescale spreadsheets have them: a row an algorithm, a column each.
struct l1t_table *l1t_table_of_cost_prescales(const struct l1t_run *run)
{
    const struct l1t_gt_menu *menu = run->costs->menu;
    struct l1t_column columns[L1T_GT_COLUMNS_MAX + 3] = {{"Index", "", L1T_CELL_INT, 0},
                                                         {"Name", "", L1T_CELL_TEXT, 0}};
    for (size_t c = 0; c < menu->n_columns; c++)
        columns[c + 2] = (struct l1t_column){menu->column[c], "", L1T_CELL_REAL, 8};
    columns[menu->n_columns + 2] = (struct l1t_column){"Comment", "", L1T_CELL_TEXT, 0};
    struct l1t_table *table = l1t_table_new("prescales by column", columns, menu->n_columns + 3);
    for (size_t i = 0; i < menu->n && table != NULL; i++) {
        l1t_table_int(table, menu->algorithm[i].bit);
        l1t_table_text(table, menu->algorithm[i].name);
        for (size_t c = 0; c < menu->n_columns; c++)
            l1t_table_real(table, menu->algorithm[i].prescale[c]);
        l1t_table_text(table, menu->algorithm[i].comment);
    }
    return table;
}

struct l1t_table *l1t_table_of_cost_overlap(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"algorithm", "", L1T_CELL_TEXT, 0},
                                                {"with", "", L1T_CELL_TEXT, 0},
                                                {"rate", "Hz", L1T_CELL_REAL, 6},
                                                {"rate_err", "Hz", L1T_CELL_REAL, 3}};
    const struct l1t_rates *rates = run->costs;
    struct l1t_table *table =
        l1t_table_new("rate of pairs of algorithms, after prescales", columns, N(columns));
    for (size_t i = 0; i < rates->n && table != NULL && rates->overlap != NULL; i++)
        for (size_t j = i; j < rates->n; j++) {
            const struct l1t_rate *both = &rates->overlap[i * rates->n + j];
            if (!(both->hz > 0))
                continue;
            l1t_table_text(table, rates->algorithm[i].def->name);
            l1t_table_text(table, rates->algorithm[j].def->name);
            put_rate(table, both);
        }
    return table;
}

double l1t_cost_crossings(const struct l1t_run *run)
{
    double crossings = 0;
    for (size_t i = 0; i < run->costs->n_samples; i++)
        crossings += (double)run->costs->sample[i].info.n;
    return crossings;
}

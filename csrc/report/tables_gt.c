// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the global trigger's menu on generated crossings.
#include "tables.h"

#include <math.h>

struct l1t_table *l1t_table_of_gt(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"bit", "", L1T_CELL_INT, 0},       {"algorithm", "", L1T_CELL_TEXT, 0},
        {"group", "", L1T_CELL_TEXT, 0},    {"prescale", "", L1T_CELL_REAL, 8},
        {"evaluated", "", L1T_CELL_INT, 0}, {"fired", "", L1T_CELL_INT, 0},
        {"accepted", "", L1T_CELL_INT, 0},  {"pure", "", L1T_CELL_INT, 0}};
    const struct l1t_gt_menu *menu = run->gt.menu;
    struct l1t_table *table = l1t_table_new("menu of the global trigger on generated crossings",
                                            columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < menu->n && table != NULL; i++) {
        const struct l1t_gt_algorithm_def *a = &menu->algorithm[i];
        l1t_table_int(table, a->bit);
        l1t_table_text(table, a->name);
        l1t_table_text(table, a->group);
        l1t_table_real(table, menu->n_columns > 0 ? a->prescale[run->gt.column] : 1);
        l1t_table_int(table, run->gt.supported[a->bit]);
        l1t_table_int(table, (long long)run->gt.fired[a->bit]);
        l1t_table_int(table, (long long)run->gt.accepted[a->bit]);
        l1t_table_int(table, (long long)run->gt.pure[a->bit]);
    }
    return table;
}

struct l1t_table *l1t_table_of_gt_total(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"menu", "", L1T_CELL_TEXT, 0},
                                                {"column", "", L1T_CELL_TEXT, 0},
                                                {"crossings", "", L1T_CELL_INT, 0},
                                                {"final_or", "", L1T_CELL_INT, 0},
                                                {"mean_firing", "", L1T_CELL_REAL, 6}};
    const struct l1t_gt_menu *menu = run->gt.menu;
    struct l1t_table *table = l1t_table_new("global trigger, all algorithms", columns,
                                            sizeof columns / sizeof columns[0]);
    if (table == NULL)
        return NULL;
    l1t_table_text(table, menu->name);
    l1t_table_text(table, menu->n_columns > 0 ? menu->column[run->gt.column] : "");
    l1t_table_int(table, (long long)run->gt.crossings);
    l1t_table_int(table, (long long)run->gt.finor);
    l1t_table_real(table, (double)run->gt.firing / (double)run->gt.crossings);
    return table;
}

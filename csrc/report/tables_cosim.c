// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the co-simulation. Without one they have no rows.
#include "tables.h"

struct l1t_table *l1t_table_of_cosim(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"stage", "", L1T_CELL_TEXT, 0},
                                                {"records", "", L1T_CELL_INT, 0},
                                                {"differing", "", L1T_CELL_INT, 0},
                                                {"rows_expected", "", L1T_CELL_INT, 0},
                                                {"rows_seen", "", L1T_CELL_INT, 0},
                                                {"latency_min", "clocks", L1T_CELL_INT, 0},
                                                {"latency_max", "clocks", L1T_CELL_INT, 0},
                                                {"latency_stated", "clocks", L1T_CELL_INT, 0}};
    const char *title = run->cosim.ran ? run->cosim.result.verdict : "co-simulation: not run";
    struct l1t_table *table = l1t_table_new(title, columns, sizeof columns / sizeof columns[0]);
    for (size_t s = 0; s < run->cosim.result.n_stages && table != NULL; s++) {
        const struct l1t_cosim_stage *stage = &run->cosim.result.stage[s];
        l1t_table_text(table, stage->name);
        l1t_table_int(table, (long long)stage->records);
        l1t_table_int(table, (long long)stage->differing);
        l1t_table_int(table, (long long)stage->rows_expected);
        l1t_table_int(table, (long long)stage->rows_seen);
        l1t_table_int(table, stage->latency_min);
        l1t_table_int(table, stage->latency_max);
        l1t_table_int(table, stage->latency_stated);
    }
    return table;
}

struct l1t_table *l1t_table_of_coverage(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"situation", "", L1T_CELL_TEXT, 0},
                                                {"events", "", L1T_CELL_INT, 0}};
    struct l1t_table *table = l1t_table_new("situations in the compared events", columns, 2);
    if (table == NULL || !run->cosim.ran || run->cosim.twin->cover_names == NULL)
        return table;
    for (size_t i = 0; run->cosim.twin->cover_names[i] != NULL; i++) {
        l1t_table_text(table, run->cosim.twin->cover_names[i]);
        l1t_table_int(table, (long long)run->cosim.result.bins[i]);
    }
    return table;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the emulator's turn-on curves. Without any they have no rows.
#include "tables.h"

struct l1t_table *l1t_table_of_turn_ons(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"object", "", L1T_CELL_TEXT, 0},         {"threshold", "GeV", L1T_CELL_REAL, 6},
        {"pt_low", "GeV", L1T_CELL_REAL, 6},      {"pt_high", "GeV", L1T_CELL_REAL, 6},
        {"pt_mean", "GeV", L1T_CELL_REAL, 6},     {"true_objects", "", L1T_CELL_INT, 0},
        {"passed", "", L1T_CELL_INT, 0},          {"efficiency", "", L1T_CELL_REAL, 4},
        {"efficiency_low", "", L1T_CELL_REAL, 4}, {"efficiency_high", "", L1T_CELL_REAL, 4}};
    struct l1t_table *table = l1t_table_new("turn-on curves of the emulator", columns,
                                            sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < run->n_turn_ons && table != NULL; i++)
        for (size_t k = 0; k < run->turn_on[i].curve.n; k++) {
            const struct l1t_turn_on_point *p = &run->turn_on[i].curve.point[k];
            l1t_table_text(table, l1t_object_names[run->turn_on[i].object]);
            l1t_table_real(table, run->turn_on[i].curve.threshold_gev);
            l1t_table_real(table, p->low_gev);
            l1t_table_real(table, p->high_gev);
            l1t_table_real(table, p->pt_gev);
            l1t_table_int(table, (long long)p->efficiency.n);
            l1t_table_int(table, (long long)p->efficiency.k);
            l1t_table_real(table, p->efficiency.value);
            l1t_table_real(table, p->efficiency.low);
            l1t_table_real(table, p->efficiency.high);
        }
    return table;
}

struct l1t_table *l1t_table_of_responses(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"object", "", L1T_CELL_TEXT, 0},     {"pt_low", "GeV", L1T_CELL_REAL, 6},
        {"pt_high", "GeV", L1T_CELL_REAL, 6}, {"objects", "", L1T_CELL_INT, 0},
        {"saturated", "", L1T_CELL_INT, 0},   {"mean", "", L1T_CELL_REAL, 4},
        {"mean_error", "", L1T_CELL_REAL, 4}, {"width", "", L1T_CELL_REAL, 4}};
    struct l1t_table *table = l1t_table_new("trigger pt over true pt in the emulator", columns,
                                            sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < run->n_turn_ons && table != NULL; i++)
        for (size_t k = 0; k < run->turn_on[i].n_response; k++) {
            const struct l1t_response *r = &run->turn_on[i].response[k];
            l1t_table_text(table, l1t_object_names[run->turn_on[i].object]);
            l1t_table_real(table, r->pt_low_gev);
            l1t_table_real(table, r->pt_high_gev);
            l1t_table_int(table, (long long)r->n);
            l1t_table_int(table, (long long)r->saturated);
            l1t_table_real(table, r->mean);
            l1t_table_real(table, r->mean_error);
            l1t_table_real(table, r->width);
        }
    return table;
}

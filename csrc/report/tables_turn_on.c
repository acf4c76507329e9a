// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the emulator's turn-on curves. Without any they have no rows.
#include "tables.h"

#include <math.h>

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

struct l1t_table *l1t_table_of_turn_on_fits(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"object", "", L1T_CELL_TEXT, 0},
                                                {"threshold", "GeV", L1T_CELL_REAL, 6},
                                                {"true_objects", "", L1T_CELL_INT, 0},
                                                {"found", "", L1T_CELL_INT, 0},
                                                {"at_50_percent", "GeV", L1T_CELL_REAL, 4},
                                                {"at_95_percent", "GeV", L1T_CELL_REAL, 4},
                                                {"plateau", "", L1T_CELL_REAL, 4},
                                                {"core", "", L1T_CELL_REAL, 4},
                                                {"mean", "GeV", L1T_CELL_REAL, 4},
                                                {"width", "GeV", L1T_CELL_REAL, 4},
                                                {"median", "GeV", L1T_CELL_REAL, 4},
                                                {"log_width", "", L1T_CELL_REAL, 4},
                                                {"deviance", "", L1T_CELL_REAL, 4},
                                                {"ndf", "", L1T_CELL_INT, 0},
                                                {"published_50_percent", "GeV", L1T_CELL_REAL, 4},
                                                {"published_plateau", "", L1T_CELL_REAL, 4}};
    struct l1t_table *table =
        l1t_table_new("turn-on curves of the emulator: fits; percent of the plateau", columns,
                      sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < run->n_turn_ons && table != NULL; i++) {
        const struct l1t_run_turn_on *to = &run->turn_on[i];
        const struct l1t_turn_on *on = &to->curve;
        const struct l1t_curve *published = run->object[to->object].curve;
        const double plateau = published->y[published->n - 1];
        const double fit[] = {on->half_gev,       on->full_gev,      on->fit.plateau,
                              on->fit.core,       on->fit.mean_gev,  on->fit.width_gev,
                              on->fit.median_gev, on->fit.log_width, on->deviance};
        l1t_table_text(table, l1t_object_names[to->object]);
        l1t_table_real(table, on->threshold_gev);
        l1t_table_int(table, (long long)to->truth);
        l1t_table_int(table, (long long)to->matched);
        for (size_t k = 0; k < sizeof fit / sizeof fit[0]; k++)
            l1t_table_real(table, on->fitted ? fit[k] : (double)NAN);
        l1t_table_int(table, (long long)on->ndf);
        l1t_table_real(table, l1t_curve_crossing(published, plateau / 2));
        l1t_table_real(table, plateau);
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

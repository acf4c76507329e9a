// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the physical mode: laws, menu, overlaps, rate against threshold.
#include "common.h"
#include "tables.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct l1t_table *l1t_table_of_laws(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"rate", "", L1T_CELL_TEXT, 0},
                                                {"object", "", L1T_CELL_TEXT, 0},
                                                {"legs", "", L1T_CELL_INT, 0},
                                                {"from", "GeV", L1T_CELL_REAL, 4},
                                                {"to", "GeV", L1T_CELL_REAL, 4},
                                                {"rate_at_from", "kHz", L1T_CELL_REAL, 5},
                                                {"rate_err", "kHz", L1T_CELL_REAL, 2},
                                                {"slope", "per_GeV", L1T_CELL_REAL, 5},
                                                {"slope_err", "per_GeV", L1T_CELL_REAL, 2},
                                                {"chi2", "", L1T_CELL_REAL, 4},
                                                {"ndf", "", L1T_CELL_INT, 0},
                                                {"error_scale", "", L1T_CELL_REAL, 3}};
    struct l1t_table *table =
        l1t_table_new("exponentials through published rates", columns, COUNT(columns));
    for (size_t i = 0; i < run->n_laws && table != NULL; i++) {
        const struct l1t_run_law *law = &run->law[i];
        l1t_table_text(table, law->name);
        l1t_table_text(table, l1t_object_names[law->object]);
        l1t_table_int(table, (long long)law->n_legs);
        l1t_table_real(table, law->fit.from_gev);
        l1t_table_real(table, law->fit.to_gev);
        l1t_table_real(table, law->fit.rate_khz);
        l1t_table_real(table, law->fit.rate_err);
        l1t_table_real(table, law->fit.lambda);
        l1t_table_real(table, law->fit.lambda_err);
        l1t_table_real(table, law->fit.chi2);
        l1t_table_int(table, (long long)law->fit.ndf);
        l1t_table_real(table, law->fit.scale);
    }
    return table;
}

static void add_rate(struct l1t_table *table, const struct l1t_seed *seed,
                     const struct l1t_seed_rate *rate)
{
    char legs[80];
    l1t_seed_text(seed, legs, sizeof legs);
    l1t_table_text(table, seed->name);
    l1t_table_text(table, legs);
    l1t_table_real(table, seed->prescale);
    l1t_table_int(table, (long long)rate->fired);
    l1t_table_int(table, (long long)rate->accepted);
    l1t_table_real(table, rate->before_khz);
    l1t_table_real(table, rate->before_err);
    l1t_table_real(table, rate->closed_before_khz);
    l1t_table_real(table, rate->pull);
    l1t_table_real(table, rate->rate_khz);
    l1t_table_real(table, rate->err);
    l1t_table_real(table, rate->expected_khz);
    l1t_table_real(table, rate->closed_khz);
    l1t_table_real(table, rate->pure_khz);
    l1t_table_real(table, rate->pure_err);
    l1t_table_real(table, rate->proportional_khz);
    l1t_table_real(table, rate->proportional_err);
    l1t_table_real(table, rate->upper_khz);
    l1t_table_int(table, rate->extrapolated);
}

struct l1t_table *l1t_table_of_menu(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"seed", "", L1T_CELL_TEXT, 0},
                                                {"fires_when", "GeV", L1T_CELL_TEXT, 0},
                                                {"prescale", "", L1T_CELL_REAL, 6},
                                                {"fired", "", L1T_CELL_INT, 0},
                                                {"accepted", "", L1T_CELL_INT, 0},
                                                {"before", "kHz", L1T_CELL_REAL, 5},
                                                {"before_err", "kHz", L1T_CELL_REAL, 2},
                                                {"closed_before", "kHz", L1T_CELL_REAL, 5},
                                                {"pull", "", L1T_CELL_REAL, 2},
                                                {"rate", "kHz", L1T_CELL_REAL, 5},
                                                {"rate_err", "kHz", L1T_CELL_REAL, 2},
                                                {"expected", "kHz", L1T_CELL_REAL, 5},
                                                {"closed", "kHz", L1T_CELL_REAL, 5},
                                                {"pure", "kHz", L1T_CELL_REAL, 5},
                                                {"pure_err", "kHz", L1T_CELL_REAL, 2},
                                                {"proportional", "kHz", L1T_CELL_REAL, 5},
                                                {"proportional_err", "kHz", L1T_CELL_REAL, 2},
                                                {"upper_84", "kHz", L1T_CELL_REAL, 3},
                                                {"extrapolated", "", L1T_CELL_INT, 0}};
    struct l1t_table *table = l1t_table_new("rates of the menu's seeds", columns, COUNT(columns));
    for (size_t i = 0; i < run->prediction.n_seeds && table != NULL; i++)
        add_rate(table, &run->menu.seed[i], &run->prediction.seed[i]);
    return table;
}

static void add_total(struct l1t_table *table, const char *quantity, double value, double error)
{
    l1t_table_text(table, quantity);
    l1t_table_real(table, value);
    l1t_table_real(table, error);
}

struct l1t_table *l1t_table_of_totals(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"quantity", "", L1T_CELL_TEXT, 0},
                                                {"rate", "kHz", L1T_CELL_REAL, 6},
                                                {"rate_err", "kHz", L1T_CELL_REAL, 2}};
    const struct l1t_prediction *p = &run->prediction;
    const double none = (double)NAN;
    struct l1t_table *table = l1t_table_new("rates of the whole menu", columns, COUNT(columns));
    if (table == NULL)
        return NULL;
    add_total(table, "total", p->total_khz, p->total_err);
    add_total(table, "expected total", p->expected_total_khz, p->expected_total_err);
    add_total(table, "closed total, processes one at a time", p->closed_total_khz, none);
    add_total(table, "crossings with two or more processes", p->coincidence_khz, none);
    add_total(table, "sum of seeds", p->sum_khz, none);
    add_total(table, "budget", p->budget_khz, none);
    add_total(table, "margin", p->margin_khz, p->total_err);
    return table;
}

struct l1t_table *l1t_table_of_overlap(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"seed", "", L1T_CELL_TEXT, 0},
                                                {"with", "", L1T_CELL_TEXT, 0},
                                                {"both", "kHz", L1T_CELL_REAL, 5}};
    const size_t n = run->prediction.n_seeds;
    struct l1t_table *table =
        l1t_table_new("rates of crossings that two seeds accepted", columns, COUNT(columns));
    for (size_t i = 0; i < n && table != NULL; i++) {
        for (size_t j = 0; j < n; j++) {
            l1t_table_text(table, run->menu.seed[i].name);
            l1t_table_text(table, run->menu.seed[j].name);
            l1t_table_real(table, run->prediction.overlap_khz[i * n + j]);
        }
    }
    return table;
}

struct l1t_table *l1t_table_of_thresholds(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"object", "", L1T_CELL_TEXT, 0},       {"legs", "", L1T_CELL_INT, 0},
        {"threshold", "GeV", L1T_CELL_REAL, 5}, {"rate", "kHz", L1T_CELL_REAL, 5},
        {"rate_err", "kHz", L1T_CELL_REAL, 2},  {"closed", "kHz", L1T_CELL_REAL, 5},
        {"extrapolated", "", L1T_CELL_INT, 0}};
    struct l1t_table *table =
        l1t_table_new("rate at or above a threshold", columns, COUNT(columns));
    for (size_t c = 0; c < run->prediction.n_curves && table != NULL; c++) {
        const struct l1t_rate_curve *curve = &run->prediction.curve[c];
        for (size_t i = 0; i < curve->n; i++) {
            l1t_table_text(table, l1t_object_names[curve->object]);
            l1t_table_int(table, curve->legs);
            l1t_table_real(table, curve->threshold_gev[i]);
            l1t_table_real(table, curve->rate_khz[i]);
            l1t_table_real(table, curve->err[i]);
            l1t_table_real(table, curve->closed_khz[i]);
            l1t_table_int(table, curve->threshold_gev[i] > curve->calibrated_to_gev);
        }
    }
    return table;
}

struct l1t_table *l1t_table_of_published(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"rate", "", L1T_CELL_TEXT, 0},
                                                {"threshold", "GeV", L1T_CELL_REAL, 5},
                                                {"published", "kHz", L1T_CELL_REAL, 5},
                                                {"counts", "", L1T_CELL_REAL, 6},
                                                {"fit", "kHz", L1T_CELL_REAL, 5}};
    struct l1t_table *table =
        l1t_table_new("published rates and the exponentials through them", columns, COUNT(columns));
    for (size_t i = 0; i < run->n_laws && table != NULL; i++) {
        const struct l1t_run_law *law = &run->law[i];
        for (size_t k = 0; k < law->n; k++) {
            const struct l1t_rate_point *point = &law->point[k];
            l1t_table_text(table, law->name);
            l1t_table_real(table, point->threshold_gev);
            l1t_table_real(table, point->rate_khz);
            l1t_table_real(table, point->counts);
            l1t_table_real(table, law->fit.rate_khz * exp(-law->fit.lambda * (point->threshold_gev -
                                                                              law->fit.from_gev)));
        }
    }
    return table;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the share mode: slopes, curves, shares, scores.
#include "common.h"
#include "tables.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct l1t_table *l1t_table_of_spectra(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"object", "", L1T_CELL_TEXT, 0},
                                                {"share", "", L1T_CELL_REAL, 4},
                                                {"threshold", "GeV", L1T_CELL_REAL, 4},
                                                {"slope", "per_GeV", L1T_CELL_REAL, 6},
                                                {"residual", "", L1T_CELL_REAL, 3},
                                                {"reachable_maximum", "", L1T_CELL_REAL, 4},
                                                {"maximum_at", "per_GeV", L1T_CELL_REAL, 4},
                                                {"below_threshold", "", L1T_CELL_REAL, 4},
                                                {"evaluations", "", L1T_CELL_INT, 0}};
    struct l1t_table *table = l1t_table_new("spectra fitted to shares", columns, COUNT(columns));
    for (int o = 0; o < L1T_OBJECTS && table != NULL; o++) {
        const struct l1t_run_object *object = &run->object[o];
        l1t_table_text(table, object->name);
        l1t_table_real(table, object->share);
        l1t_table_real(table, object->threshold_gev);
        l1t_table_real(table, object->lambda);
        l1t_table_real(table, object->fit.residual);
        l1t_table_real(table, object->fit.max_accepted);
        l1t_table_real(table, object->fit.max_lambda);
        l1t_table_real(table, l1t_fraction_below(object->lambda, object->threshold_gev));
        l1t_table_int(table, (long long)object->fit.evaluations);
    }
    return table;
}

struct l1t_table *l1t_table_of_slopes(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"object", "", L1T_CELL_TEXT, 0},
                                                {"integral", "", L1T_CELL_TEXT, 0},
                                                {"slope", "per_GeV", L1T_CELL_REAL, 6}};
    struct l1t_table *table =
        l1t_table_new("every slope that gives the share", columns, COUNT(columns));
    for (int o = 0; o < L1T_OBJECTS && table != NULL; o++) {
        const struct l1t_run_object *object = &run->object[o];
        for (size_t i = 0; i < object->fit.n_roots; i++) {
            l1t_table_text(table, object->name);
            l1t_table_text(table, "whole");
            l1t_table_real(table, object->fit.root[i]);
        }
        for (size_t i = 0; i < object->cut_fit.n_roots; i++) {
            l1t_table_text(table, object->name);
            l1t_table_text(table, "to the last point");
            l1t_table_real(table, object->cut_fit.root[i]);
        }
    }
    return table;
}

struct l1t_table *l1t_table_of_curves(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"object", "", L1T_CELL_TEXT, 0},       {"points", "", L1T_CELL_INT, 0},
        {"first", "GeV", L1T_CELL_REAL, 4},     {"last", "GeV", L1T_CELL_REAL, 4},
        {"at_threshold", "", L1T_CELL_REAL, 4}, {"x10", "GeV", L1T_CELL_REAL, 4},
        {"x50", "GeV", L1T_CELL_REAL, 4},       {"x90", "GeV", L1T_CELL_REAL, 4},
        {"plateau", "", L1T_CELL_REAL, 4}};
    struct l1t_table *table = l1t_table_new("turn-on curves", columns, COUNT(columns));
    for (int o = 0; o < L1T_OBJECTS && table != NULL; o++) {
        const struct l1t_curve *curve = run->object[o].curve;
        const double plateau = curve->y[curve->n - 1];
        l1t_table_text(table, run->object[o].name);
        l1t_table_int(table, (long long)curve->n);
        l1t_table_real(table, curve->x[0]);
        l1t_table_real(table, curve->x[curve->n - 1]);
        l1t_table_real(table, l1t_curve_eval(curve, run->object[o].threshold_gev));
        l1t_table_real(table, l1t_curve_crossing(curve, 0.1 * plateau));
        l1t_table_real(table, l1t_curve_crossing(curve, 0.5 * plateau));
        l1t_table_real(table, l1t_curve_crossing(curve, 0.9 * plateau));
        l1t_table_real(table, plateau);
    }
    return table;
}

struct l1t_table *l1t_table_of_curve_points(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"object", "", L1T_CELL_TEXT, 0},
                                                {"x", "GeV", L1T_CELL_REAL, 6},
                                                {"efficiency", "", L1T_CELL_REAL, 6},
                                                {"slope", "per_GeV", L1T_CELL_REAL, 6}};
    struct l1t_table *table =
        l1t_table_new("points of the turn-on curves and PCHIP slopes", columns, COUNT(columns));
    for (int o = 0; o < L1T_OBJECTS && table != NULL; o++) {
        const struct l1t_curve *curve = run->object[o].curve;
        for (size_t i = 0; i < curve->n; i++) {
            l1t_table_text(table, run->object[o].name);
            l1t_table_real(table, curve->x[i]);
            l1t_table_real(table, curve->y[i]);
            l1t_table_real(table, curve->d[i]);
        }
    }
    return table;
}

struct l1t_table *l1t_table_of_shares(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"outcome", "", L1T_CELL_TEXT, 0}, {"share", "", L1T_CELL_REAL, 4},
        {"jet", "", L1T_CELL_INT, 0},      {"muon", "", L1T_CELL_INT, 0},
        {"egamma", "", L1T_CELL_INT, 0},   {"tau", "", L1T_CELL_INT, 0}};
    struct l1t_table *table =
        l1t_table_new("exclusive shares of the published menu", columns, COUNT(columns));
    for (size_t i = 0; i < run->n_outcomes && table != NULL; i++) {
        l1t_table_text(table, run->outcome[i].label);
        l1t_table_real(table, run->outcome[i].share);
        for (unsigned o = 0; o < L1T_OBJECTS; o++)
            l1t_table_int(table, run->outcome[i].objects >> o & 1);
    }
    return table;
}

static void add_value(struct l1t_table *table, const char *quantity, double value, double error)
{
    l1t_table_text(table, quantity);
    l1t_table_real(table, value);
    l1t_table_real(table, error);
}

struct l1t_table *l1t_table_of_scores(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"quantity", "", L1T_CELL_TEXT, 0},
                                                {"value", "", L1T_CELL_REAL, 6},
                                                {"error", "", L1T_CELL_REAL, 3}};
    const struct l1t_run_scores *scores = &run->scores;
    const double none = (double)NAN;
    struct l1t_table *table = l1t_table_new("event scores", columns, COUNT(columns));
    if (table == NULL)
        return NULL;
    add_value(table, "events of each kind", (double)scores->n, none);
    add_value(table, "null mean", scores->null_mean.mean, scores->null_mean.standard_error);
    add_value(table, "null standard deviation", scores->null_std, none);
    add_value(table, "positive mean", scores->positive_mean.mean,
              scores->positive_mean.standard_error);
    add_value(table, "positive standard deviation", scores->positive_std, none);
    add_value(table, "classifier accuracy", scores->svm.accuracy, none);
    add_value(table, "classifier cut", scores->svm.cut, none);
    add_value(table, "best cut", scores->separation.best_cut, none);
    add_value(table, "best accuracy", scores->separation.best_accuracy, none);
    add_value(table, "area under ROC", scores->separation.auc, none);
    add_value(table, "efficiencies beyond a curve", (double)scores->clamped, none);
    return table;
}

struct l1t_table *l1t_table_of_score_histogram(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"from", "", L1T_CELL_REAL, 4},
                                                {"to", "", L1T_CELL_REAL, 4},
                                                {"null", "", L1T_CELL_REAL, 6},
                                                {"positive", "", L1T_CELL_REAL, 6}};
    struct l1t_table *table = l1t_table_new("score histogram, fractions", columns, COUNT(columns));
    for (size_t b = 0; b < L1T_RUN_BINS && table != NULL; b++) {
        l1t_table_real(table, run->scores.edge[b]);
        l1t_table_real(table, run->scores.edge[b + 1]);
        l1t_table_real(table, run->scores.null[b]);
        l1t_table_real(table, run->scores.positive[b]);
    }
    return table;
}

struct l1t_table *l1t_table_of_inputs(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"role", "", L1T_CELL_TEXT, 0},
                                                {"file", "", L1T_CELL_TEXT, 0},
                                                {"sha256", "", L1T_CELL_TEXT, 0}};
    struct l1t_table *table =
        l1t_table_new("files that decided the results", columns, COUNT(columns));
    for (size_t i = 0; i < run->n_inputs && table != NULL; i++) {
        l1t_table_text(table, run->input[i].role);
        l1t_table_text(table, run->input[i].name);
        l1t_table_text(table, run->input[i].sha256);
    }
    return table;
}

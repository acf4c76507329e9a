// SPDX-License-Identifier: GPL-3.0-or-later
// Writing the tables: one CSV each, and all of them as results.json.
#include "tables.h"

#include "l1t/io.h"
#include "l1t/report.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

// What a study may leave out.
enum part { ALWAYS, OF_EVENT, OF_GT, OF_COSTS, OF_SCANS, OF_BUDGET, OF_COSIM };

static const struct {
    const char *name;
    struct l1t_table *(*make)(const struct l1t_run *run);
    enum part part;
} makers[] = {
    {"spectra", l1t_table_of_spectra, ALWAYS},
    {"slopes", l1t_table_of_slopes, ALWAYS},
    {"curves", l1t_table_of_curves, ALWAYS},
    {"curve_points", l1t_table_of_curve_points, ALWAYS},
    {"shares", l1t_table_of_shares, ALWAYS},
    {"scores", l1t_table_of_scores, ALWAYS},
    {"score_histogram", l1t_table_of_score_histogram, ALWAYS},
    {"rate_laws", l1t_table_of_laws, ALWAYS},
    {"rate_published", l1t_table_of_published, ALWAYS},
    {"rate_menu", l1t_table_of_menu, ALWAYS},
    {"rate_total", l1t_table_of_totals, ALWAYS},
    {"rate_overlap", l1t_table_of_overlap, ALWAYS},
    {"rate_thresholds", l1t_table_of_thresholds, ALWAYS},
    {"turn_on", l1t_table_of_turn_ons, ALWAYS},
    {"turn_on_fit", l1t_table_of_turn_on_fits, ALWAYS},
    {"turn_on_response", l1t_table_of_responses, ALWAYS},
    {"event", l1t_table_of_event, OF_EVENT},
    {"event_objects", l1t_table_of_event_objects, OF_EVENT},
    {"event_truth", l1t_table_of_event_truth, OF_EVENT},
    {"event_sums", l1t_table_of_event_sums, OF_EVENT},
    {"event_towers", l1t_table_of_event_towers, OF_EVENT},
    {"gt_algorithms", l1t_table_of_gt, OF_GT},
    {"gt_total", l1t_table_of_gt_total, OF_GT},
    {"cost_algorithms", l1t_table_of_cost, OF_COSTS},
    {"cost_groups", l1t_table_of_cost_groups, OF_COSTS},
    {"cost_columns", l1t_table_of_cost_columns, OF_COSTS},
    {"cost_prescales", l1t_table_of_cost_prescales, OF_COSTS},
    {"cost_overlap", l1t_table_of_cost_overlap, OF_COSTS},
    {"scans", l1t_table_of_scans, OF_SCANS},
    {"budget", l1t_table_of_budget, OF_BUDGET},
    {"budget_moves", l1t_table_of_budget_moves, OF_BUDGET},
    {"cosim_stages", l1t_table_of_cosim, OF_COSIM},
    {"cosim_coverage", l1t_table_of_coverage, OF_COSIM},
    {"inputs", l1t_table_of_inputs, ALWAYS},
};

enum { N_TABLES = sizeof makers / sizeof makers[0] };

static enum l1t_err write_file(const char *dir, const char *name, enum l1t_format format,
                               struct l1t_table *const *tables, size_t n,
                               const struct l1t_provenance *provenance, struct l1t_diag *diag)
{
    char path[4096];
    struct l1t_out out;
    const int length = snprintf(path, sizeof path, "%s/%s", dir, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return l1t_fail(diag, L1T_E_IO, "%s: the name is too long", dir);
    enum l1t_err err = l1t_out_open(&out, path, diag);
    if (err != L1T_OK)
        return err;
    err = l1t_table_print(out.file, format, tables, n, provenance, diag);
    if (err == L1T_OK)
        return l1t_out_commit(&out, diag);
    l1t_out_abort(&out);
    return err;
}

// tables[i] belongs to makers[which[i]].
static enum l1t_err write_all(struct l1t_table *const *tables, const size_t *which, size_t n,
                              const char *dir, const struct l1t_provenance *provenance,
                              struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    char name[80];
    for (size_t i = 0; i < n && err == L1T_OK; i++) {
        snprintf(name, sizeof name, "%s.csv", makers[which[i]].name);
        err = write_file(dir, name, L1T_FORMAT_CSV, &tables[i], 1, provenance, diag);
    }
    if (err == L1T_OK)
        err = write_file(dir, "results.json", L1T_FORMAT_JSON, tables, n, provenance, diag);
    return err;
}

static struct l1t_provenance provenance_of(const struct l1t_run *run)
{
    struct l1t_provenance provenance = {.version = l1t_version(),
                                        .seed = (uint64_t)run->study.seed};
    memcpy(provenance.config, run->config, sizeof provenance.config);
    snprintf(provenance.command, sizeof provenance.command, "%s", run->command);
    return provenance;
}

static bool has(const struct l1t_run *run, enum part part)
{
    switch (part) {
    case OF_EVENT:
        return run->event.answer != NULL;
    case OF_GT:
        return run->gt.menu != NULL;
    case OF_COSTS:
        return run->costs != NULL;
    case OF_SCANS:
        return run->scans != NULL;
    case OF_BUDGET:
        return run->budget != NULL;
    case OF_COSIM:
        return run->cosim.ran;
    default:
        return true;
    }
}

enum l1t_err l1t_report_tables(const struct l1t_run *run, const char *dir, struct l1t_diag *diag)
{
    struct l1t_table *tables[N_TABLES] = {NULL};
    const struct l1t_provenance provenance = provenance_of(run);
    enum l1t_err err = L1T_OK;
    size_t which[N_TABLES];
    size_t n = 0;
    for (size_t i = 0; i < N_TABLES; i++) {
        if (!has(run, makers[i].part))
            continue;
        which[n] = i;
        tables[n] = makers[i].make(run);
        if (tables[n++] == NULL)
            err = l1t_fail(diag, L1T_E_NOMEM, "report: out of memory");
    }
    if (err == L1T_OK)
        err = write_all(tables, which, n, dir, &provenance, diag);
    for (size_t i = 0; i < n; i++)
        l1t_table_free(tables[i]);
    return err;
}

static void add_step(struct l1t_table *table, const char *step, double seconds, double events)
{
    l1t_table_text(table, step);
    l1t_table_real(table, seconds);
    l1t_table_real(table, events);
    l1t_table_real(table, seconds > 0 ? events / seconds : (double)NAN);
}

enum l1t_err l1t_report_timing(const struct l1t_run *run, const char *dir, struct l1t_diag *diag)
{
    static const struct l1t_column columns[] = {{"step", "", L1T_CELL_TEXT, 0},
                                                {"wall", "s", L1T_CELL_REAL, 3},
                                                {"events", "", L1T_CELL_REAL, 6},
                                                {"events_per_second", "", L1T_CELL_REAL, 3}};
    const struct l1t_provenance provenance = provenance_of(run);
    struct l1t_table *table = l1t_table_new("wall-clock time of this run", columns, 4);
    if (table == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "report: out of memory");
    add_step(table, "fits", run->timing.fits, (double)NAN);
    add_step(table, "scores", run->timing.scores, 2 * (double)run->scores.n);
    add_step(table, "rates", run->timing.rates, (double)run->prediction.crossings);
    if (run->n_turn_ons > 0)
        add_step(table, "efficiency", run->timing.efficiency,
                 (double)run->n_turn_ons * (double)run->study.efficiency.events);
    if (run->gt.menu != NULL)
        add_step(table, "gt", run->timing.gt, (double)run->gt.crossings);
    if (run->costs != NULL)
        add_step(table, "costs", run->timing.costs, l1t_cost_crossings(run));
    add_step(table, "cosim", run->timing.cosim, (double)run->cosim.result.events);
    add_step(table, "report", run->timing.report, (double)NAN);
    const enum l1t_err err =
        write_file(dir, "timing.json", L1T_FORMAT_JSON, &table, 1, &provenance, diag);
    l1t_table_free(table);
    return err;
}

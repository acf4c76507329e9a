// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of threshold scans.
#include "cmd/scan_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS(array) array, sizeof(array) / sizeof(array)[0]

enum { TABLES = 3 * L1T_SCAN_RUN_MAX + 4 * L1T_SCAN_RUN_MAX + 1, TERMINAL_COLUMNS = 9 };

struct output {
    struct l1t_physics *p;
    const struct l1t_scans *scans;
    bool people;
    size_t n;
    struct l1t_table *table[TABLES + L1T_SCAN_RUN_MAX * L1T_STUDY_SAMPLES];
};

static struct l1t_table *add(struct output *o, const char *title, const struct l1t_column *columns,
                             size_t n)
{
    struct l1t_table *const t = l1t_physics_table(o->p, title, columns, n);
    if (t != NULL)
        o->table[o->n++] = t;
    return t;
}

// The object whose published curve a type has; L1T_OBJECTS: none.
static unsigned object_of(enum l1t_gt_type type)
{
    switch (type) {
    case L1T_GT_JET:
        return L1T_JET;
    case L1T_GT_MU:
        return L1T_MUON;
    case L1T_GT_EG:
        return L1T_EGAMMA;
    case L1T_GT_TAU:
        return L1T_TAU;
    default:
        return L1T_OBJECTS;
    }
}

// Where the curve of a type has 95 % of its largest efficiency, over its threshold; NAN: no curve.
static double offline_factor(const struct output *o, enum l1t_gt_type type)
{
    const unsigned object = object_of(type);
    const struct l1t_spectra *const s = o->scans->spectra;
    if (s == NULL || !s->has_share || object == L1T_OBJECTS)
        return NAN;
    const struct l1t_share_object *const x = &s->object[object];
    double plateau = 0;
    for (size_t i = 0; i < x->curve.n; i++)
        plateau = fmax(plateau, x->curve.y[i]);
    return l1t_curve_crossing(&x->curve, 0.95 * plateau) / x->threshold_gev;
}

static const struct l1t_column curve_columns[] = {
    {"type", "", L1T_CELL_TEXT, 0},         {"curve", "", L1T_CELL_TEXT, 0},
    {"threshold", "GeV", L1T_CELL_REAL, 5}, {"plateau", "", L1T_CELL_REAL, 4},
    {"offline", "GeV", L1T_CELL_REAL, 4},   {"ratio", "", L1T_CELL_REAL, 4},
};

static void curve_row(struct output *o, struct l1t_table *t, enum l1t_gt_type type)
{
    const struct l1t_share_object *const x = &o->scans->spectra->object[object_of(type)];
    const char *const slash = strrchr(x->curve_path, '/');
    const double factor = offline_factor(o, type);
    double plateau = 0;
    for (size_t i = 0; i < x->curve.n; i++)
        plateau = fmax(plateau, x->curve.y[i]);
    l1t_table_text(t, l1t_gt_type_name(type));
    l1t_table_text(t, slash != NULL ? slash + 1 : x->curve_path);
    l1t_table_real(t, x->threshold_gev);
    l1t_table_real(t, plateau);
    l1t_table_real(t, factor * x->threshold_gev);
    l1t_table_real(t, factor);
}

// Which curve an offline threshold comes from: those in use, once each.
static bool curves(struct output *o)
{
    struct l1t_table *t = NULL;
    uint32_t seen = 0;
    for (size_t s = 0; s < o->scans->n; s++) {
        const enum l1t_gt_type type = o->scans->asked[s].axis[0].type;
        if (o->scans->asked[s].n_axes > 1 || (seen >> type & 1) != 0 ||
            isnan(offline_factor(o, type)))
            continue;
        seen |= UINT32_C(1) << type;
        if (t == NULL)
            t = add(o,
                    "offline thresholds: where the published turn-on curve has 95 % of its "
                    "plateau, in proportion to the threshold",
                    COLUMNS(curve_columns));
        if (t == NULL)
            return false;
        curve_row(o, t, type);
    }
    return true;
}

// ---- rates ----

static void title_of(const struct output *o, size_t scan, const char *what, char *to, size_t size)
{
    const struct l1t_study_opened *const x = o->scans->opened;
    const struct l1t_scan_asked *const a = &o->scans->asked[scan];
    char at[80] = "";
    for (size_t i = 0; i < a->n_axes; i++)
        l1t_cmd_append(at, sizeof at, "%s%g", i > 0 ? " and " : "",
                       l1t_study_gev(x, a->axis[i].type, l1t_scan_nominal(a->scan, i)));
    (void)snprintf(to, size, "%s%s; in menu %s, column %s: at %s",
                   x->menu->algorithm[a->algorithm].name, what, x->menu->name,
                   x->menu->n_columns > 0 ? x->menu->column[x->column] : "default", at);
}

static const struct l1t_column rate_columns[] = {
    {"code", "", L1T_CELL_INT, 0},        {"threshold", "GeV", L1T_CELL_REAL, 6},
    {"offline", "GeV", L1T_CELL_REAL, 4}, {"rate", "kHz", L1T_CELL_REAL, 5},
    {"error", "kHz", L1T_CELL_REAL, 2},   {"below", "kHz", L1T_CELL_REAL, 3},
    {"unique", "kHz", L1T_CELL_REAL, 5},  {"unique_err", "kHz", L1T_CELL_REAL, 2},
};

static bool rates(struct output *o, size_t scan)
{
    const struct l1t_scan_axis *const axis = &o->scans->asked[scan].axis[0];
    const double factor = offline_factor(o, axis->type);
    char title[300];
    title_of(o, scan, ": rate before its prescale", title, sizeof title);
    struct l1t_table *const t = add(o, title, COLUMNS(rate_columns));
    for (size_t i = 0; t != NULL && i < l1t_scan_points(axis); i++) {
        const struct l1t_rate rate = l1t_scans_rate(o->scans, scan, i, 0, false);
        const struct l1t_rate alone = l1t_scans_rate(o->scans, scan, i, 0, true);
        l1t_table_int(t, (long long)(axis->from + i * axis->step));
        l1t_table_real(t, l1t_scans_threshold(o->scans, scan, 0, i));
        l1t_table_real(t, factor * l1t_scans_threshold(o->scans, scan, 0, i));
        l1t_table_real(t, rate.hz / 1e3);
        l1t_table_real(t, rate.err / 1e3);
        l1t_table_real(t, rate.upper84 / 1e3);
        l1t_table_real(t, alone.hz / 1e3);
        l1t_table_real(t, alone.err / 1e3);
    }
    return t != NULL;
}

static const struct l1t_column efficiency_columns[] = {
    {"signal", "", L1T_CELL_TEXT, 0},       {"code", "", L1T_CELL_INT, 0},
    {"threshold", "GeV", L1T_CELL_REAL, 6}, {"efficiency", "", L1T_CELL_REAL, 5},
    {"low", "", L1T_CELL_REAL, 5},          {"high", "", L1T_CELL_REAL, 5},
};

static bool efficiencies(struct output *o, size_t scan)
{
    const struct l1t_scan_axis *const axis = &o->scans->asked[scan].axis[0];
    char title[300];
    if (o->scans->opened->rate.n_signals == 0)
        return true;
    title_of(o, scan, ": efficiency", title, sizeof title);
    struct l1t_table *const t = add(o, title, COLUMNS(efficiency_columns));
    for (size_t k = 0; t != NULL && k < o->scans->opened->rate.n_signals; k++)
        for (size_t i = 0; i < l1t_scan_points(axis); i++) {
            const struct l1t_fraction f = l1t_scans_efficiency(o->scans, k, scan, i, 0);
            l1t_table_text(t, o->scans->opened->rate.signal[k].name);
            l1t_table_int(t, (long long)(axis->from + i * axis->step));
            l1t_table_real(t, l1t_scans_threshold(o->scans, scan, 0, i));
            l1t_table_real(t, f.value);
            l1t_table_real(t, f.low);
            l1t_table_real(t, f.high);
        }
    return t != NULL;
}

// ---- grids ----

enum what { RATE, ERROR, UNIQUE, EFFICIENCY };

static double cell(const struct output *o, size_t scan, enum what what, size_t signal, size_t i,
                   size_t j)
{
    switch (what) {
    case RATE:
        return l1t_scans_rate(o->scans, scan, i, j, false).hz / 1e3;
    case ERROR:
        return l1t_scans_rate(o->scans, scan, i, j, false).err / 1e3;
    case UNIQUE:
        return l1t_scans_rate(o->scans, scan, i, j, true).hz / 1e3;
    default:
        return l1t_scans_efficiency(o->scans, signal, scan, i, j).value;
    }
}

// People get every n-th threshold of the second axis.
static bool grid(struct output *o, size_t scan, enum what what, size_t signal)
{
    static const char *const names[] = {": rate", ": error of the rate", ": unique rate",
                                        ": efficiency of "};
    const struct l1t_scan_axis *const axis = o->scans->asked[scan].axis;
    const size_t points = l1t_scan_points(&axis[1]);
    const size_t every = o->people ? (points + TERMINAL_COLUMNS - 1) / TERMINAL_COLUMNS : 1;
    const size_t n = 1 + (points + every - 1) / every;
    struct l1t_column *const columns = calloc(n, sizeof *columns);
    char(*name)[24] = calloc(n, sizeof *name);
    struct l1t_table *t = NULL;
    if (columns != NULL && name != NULL) {
        char title[400], what_text[100];
        columns[0] = (struct l1t_column){"threshold", "GeV", L1T_CELL_REAL, 6};
        for (size_t j = 1; j < n; j++) {
            (void)snprintf(name[j], sizeof name[j], "%.6g",
                           l1t_scans_threshold(o->scans, scan, 1, (j - 1) * every));
            columns[j] = (struct l1t_column){name[j], what == EFFICIENCY ? "" : "kHz",
                                             L1T_CELL_REAL, what == ERROR ? 2 : 4};
        }
        (void)snprintf(what_text, sizeof what_text, "%s%.60s", names[what],
                       what == EFFICIENCY ? o->scans->opened->rate.signal[signal].name : "");
        title_of(o, scan, what_text, title, sizeof title);
        t = add(o, title, columns, n);
    }
    for (size_t i = 0; t != NULL && i < l1t_scan_points(&axis[0]); i++) {
        l1t_table_real(t, l1t_scans_threshold(o->scans, scan, 0, i));
        for (size_t j = 0; j < n - 1; j++)
            l1t_table_real(t, cell(o, scan, what, signal, i, j * every));
    }
    free(columns);
    free(name);
    return t != NULL;
}

static bool grids(struct output *o, size_t scan)
{
    bool good = grid(o, scan, RATE, 0) && grid(o, scan, ERROR, 0) && grid(o, scan, UNIQUE, 0);
    for (size_t k = 0; good && k < o->scans->opened->rate.n_signals; k++)
        good = grid(o, scan, EFFICIENCY, k);
    return good;
}

enum l1t_err l1t_scan_print(struct l1t_physics *p, const struct l1t_scans *scans, bool people)
{
    struct output *const o = calloc(1, sizeof *o);
    if (o == NULL)
        return l1t_fail(&p->diag, L1T_E_NOMEM, "out of memory");
    o->p = p;
    o->scans = scans;
    o->people = people;
    bool good = true;
    for (size_t s = 0; good && s < scans->n; s++)
        good = scans->asked[s].n_axes == 1 ? rates(o, s) && efficiencies(o, s) : grids(o, s);
    good = good && curves(o);
    const enum l1t_err err = good ? l1t_physics_print(p, o->table, o->n) : L1T_E_NOMEM;
    for (size_t i = 0; i < o->n; i++)
        l1t_table_free(o->table[i]);
    free(o);
    return err;
}

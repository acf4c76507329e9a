// SPDX-License-Identifier: GPL-3.0-or-later
// Tables, curves and figures of `l1twin efficiency`.
#include "cmd/efficiency.h"

#include "l1t/io.h"
#include "l1t/plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// ---- tables ----

static const struct l1t_column summary_columns[] = {
    {"object", "", L1T_CELL_TEXT, 0},        {"isolation", "", L1T_CELL_TEXT, 0},
    {"events", "", L1T_CELL_INT, 0},         {"truth", "", L1T_CELL_INT, 0},
    {"matched", "", L1T_CELL_INT, 0},        {"matched_share", "", L1T_CELL_REAL, 4},
    {"trigger_objects", "", L1T_CELL_INT, 0}};

static const char *isolation_name(const struct l1t_efficiency_spec *s)
{
    return s->iso == 0 ? "none" : s->iso == 1 ? "tight" : "loose";
}

static struct l1t_table *summary_table(struct l1t_efficiency_report *r)
{
    struct l1t_table *t =
        l1t_physics_table(&r->p, "events", summary_columns, COUNT(summary_columns));
    if (t == NULL)
        return NULL;
    const struct l1t_efficiency_counts *c = &r->counts;
    l1t_table_text(t, l1t_efficiency_names[r->spec.object]);
    l1t_table_text(t, isolation_name(&r->spec));
    l1t_table_int(t, (long long)c->events);
    l1t_table_int(t, (long long)c->truth);
    l1t_table_int(t, (long long)c->matched);
    l1t_table_real(t, (double)c->matched / (double)c->truth);
    l1t_table_int(t, (long long)c->objects);
    return t;
}

static const struct l1t_column fit_columns[] = {{"curve", "", L1T_CELL_TEXT, 0},
                                                {"threshold", "GeV", L1T_CELL_REAL, 6},
                                                {"plateau", "", L1T_CELL_REAL, 4},
                                                {"at_50_percent", "GeV", L1T_CELL_REAL, 4},
                                                {"at_95_percent", "GeV", L1T_CELL_REAL, 4},
                                                {"core", "", L1T_CELL_REAL, 3},
                                                {"mean", "GeV", L1T_CELL_REAL, 4},
                                                {"width", "GeV", L1T_CELL_REAL, 3},
                                                {"median", "GeV", L1T_CELL_REAL, 4},
                                                {"log_width", "", L1T_CELL_REAL, 3},
                                                {"deviance", "", L1T_CELL_REAL, 4},
                                                {"ndf", "", L1T_CELL_INT, 0},
                                                {"published_50_percent", "GeV", L1T_CELL_REAL, 4},
                                                {"published_plateau", "", L1T_CELL_REAL, 4}};

static struct l1t_table *fit_table(struct l1t_efficiency_report *r)
{
    struct l1t_table *t = l1t_physics_table(&r->p, "turn-on fits; 50 and 95 percent of the plateau",
                                            fit_columns, COUNT(fit_columns));
    for (size_t i = 0; t != NULL && i < r->spec.n_thresholds; i++) {
        const struct l1t_turn_on *on = &r->turn_on[i];
        const struct l1t_curve *pub = &r->published[i];
        const double fit[] = {on->fit.plateau,    on->half_gev,      on->full_gev,
                              on->fit.core,       on->fit.mean_gev,  on->fit.width_gev,
                              on->fit.median_gev, on->fit.log_width, on->deviance};
        const double plateau = pub->n > 0 ? pub->y[pub->n - 1] : NAN;
        l1t_table_text(t, r->name[i]);
        l1t_table_real(t, on->threshold_gev);
        for (size_t k = 0; k < COUNT(fit); k++)
            l1t_table_real(t, on->fitted ? fit[k] : NAN);
        l1t_table_int(t, (long long)on->ndf);
        l1t_table_real(t, pub->n > 0 ? l1t_curve_crossing(pub, plateau / 2) : NAN);
        l1t_table_real(t, plateau);
    }
    return t;
}

static const struct l1t_column point_columns[] = {
    {"curve", "", L1T_CELL_TEXT, 0},      {"pt_low", "GeV", L1T_CELL_REAL, 5},
    {"pt_high", "GeV", L1T_CELL_REAL, 5}, {"pt", "GeV", L1T_CELL_REAL, 5},
    {"truth", "", L1T_CELL_INT, 0},       {"passed", "", L1T_CELL_INT, 0},
    {"efficiency", "", L1T_CELL_REAL, 4}, {"low", "", L1T_CELL_REAL, 4},
    {"high", "", L1T_CELL_REAL, 4},       {"fit", "", L1T_CELL_REAL, 4},
    {"published", "", L1T_CELL_REAL, 4}};

static struct l1t_table *point_table(struct l1t_efficiency_report *r)
{
    struct l1t_table *t = l1t_physics_table(&r->p, "turn-on: efficiency against truth pt",
                                            point_columns, COUNT(point_columns));
    for (size_t i = 0; t != NULL && i < r->spec.n_thresholds; i++)
        for (size_t k = 0; k < r->turn_on[i].n; k++) {
            const struct l1t_turn_on *on = &r->turn_on[i];
            const struct l1t_turn_on_point *p = &on->point[k];
            l1t_table_text(t, r->name[i]);
            l1t_table_real(t, p->low_gev);
            l1t_table_real(t, p->high_gev);
            l1t_table_real(t, p->pt_gev);
            l1t_table_int(t, (long long)p->efficiency.n);
            l1t_table_int(t, (long long)p->efficiency.k);
            l1t_table_real(t, p->efficiency.value);
            l1t_table_real(t, p->efficiency.low);
            l1t_table_real(t, p->efficiency.high);
            l1t_table_real(t, on->fitted ? l1t_parametric_at(&on->fit, p->pt_gev) : NAN);
            l1t_table_real(t, r->published[i].n > 0 ? l1t_curve_eval(&r->published[i], p->pt_gev)
                                                    : NAN);
        }
    return t;
}

static const struct l1t_column response_columns[] = {
    {"pt_low", "GeV", L1T_CELL_REAL, 5}, {"pt_high", "GeV", L1T_CELL_REAL, 5},
    {"eta_low", "", L1T_CELL_REAL, 4},   {"eta_high", "", L1T_CELL_REAL, 4},
    {"matched", "", L1T_CELL_INT, 0},    {"saturated", "", L1T_CELL_INT, 0},
    {"response", "", L1T_CELL_REAL, 4},  {"error", "", L1T_CELL_REAL, 2},
    {"width", "", L1T_CELL_REAL, 3}};

static struct l1t_table *response_table(struct l1t_efficiency_report *r)
{
    struct l1t_response one;
    struct l1t_table *t = l1t_physics_table(&r->p, "response: trigger pt over truth pt",
                                            response_columns, COUNT(response_columns));
    for (unsigned pt = 0; t != NULL && pt < L1T_RESPONSE_PT_BINS; pt++)
        for (unsigned eta = 0; eta <= L1T_RESPONSE_ETA_BINS; eta++) {
            if (!l1t_response_make(&r->spec, &r->counts, pt, eta, &one) ||
                one.n + one.saturated == 0)
                continue;
            l1t_table_real(t, one.pt_low_gev);
            l1t_table_real(t, one.pt_high_gev);
            l1t_table_real(t, one.eta_low);
            l1t_table_real(t, one.eta_high);
            l1t_table_int(t, (long long)one.n);
            l1t_table_int(t, (long long)one.saturated);
            l1t_table_real(t, one.mean);
            l1t_table_real(t, one.mean_error);
            l1t_table_real(t, one.width);
        }
    return t;
}

static const struct l1t_column isolation_columns[] = {
    {"isolation", "", L1T_CELL_TEXT, 0},  {"pt_low", "GeV", L1T_CELL_REAL, 5},
    {"pt_high", "GeV", L1T_CELL_REAL, 5}, {"matched", "", L1T_CELL_INT, 0},
    {"isolated", "", L1T_CELL_INT, 0},    {"efficiency", "", L1T_CELL_REAL, 4},
    {"low", "", L1T_CELL_REAL, 4},        {"high", "", L1T_CELL_REAL, 4}};

static struct l1t_table *isolation_table(struct l1t_efficiency_report *r)
{
    const unsigned bits = r->spec.object == L1T_EFFICIENCY_EGAMMA ? 2 : 1;
    struct l1t_response bin;
    struct l1t_table *t =
        l1t_physics_table(&r->p, "isolation: share of matched objects that have the bit",
                          isolation_columns, COUNT(isolation_columns));
    for (unsigned bit = 0; t != NULL && bit < bits; bit++)
        for (unsigned pt = 0; l1t_response_make(&r->spec, &r->counts, pt, 0, &bin); pt++) {
            const struct l1t_share s =
                l1t_isolation_of(&r->counts, bit, bin.pt_low_gev, bin.pt_high_gev);
            if (s.n == 0)
                continue;
            l1t_table_text(t, bit == 0 ? "tight" : "loose");
            l1t_table_real(t, bin.pt_low_gev);
            l1t_table_real(t, bin.pt_high_gev);
            l1t_table_int(t, (long long)s.n);
            l1t_table_int(t, (long long)s.k);
            l1t_table_real(t, s.value);
            l1t_table_real(t, s.low);
            l1t_table_real(t, s.high);
        }
    return t;
}

enum l1t_err l1t_efficiency_print(struct l1t_efficiency_report *r)
{
    const bool has_iso = r->spec.object != L1T_EFFICIENCY_JET;
    struct l1t_table *table[5] = {summary_table(r), fit_table(r), point_table(r), response_table(r),
                                  has_iso ? isolation_table(r) : NULL};
    const size_t n = has_iso ? 5 : 4;
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; i < n; i++)
        err = table[i] != NULL ? err : L1T_E_NOMEM;
    if (err == L1T_OK)
        err = l1t_physics_print(&r->p, table, n);
    for (size_t i = 0; i < n; i++)
        l1t_table_free(table[i]);
    return err;
}

// ---- files ----

static enum l1t_err open_in(struct l1t_efficiency_report *r, const char *dir, const char *name,
                            const char *ending, struct l1t_out *out)
{
    char path[4096];
    const int n = snprintf(path, sizeof path, "%s/%s%s", dir, name, ending);
    if (n < 0 || (size_t)n >= sizeof path)
        return l1t_fail(&r->p.diag, L1T_E_USAGE, "the name of the folder is too long");
    return l1t_out_open(out, path, &r->p.diag);
}

static enum l1t_err write_curve(struct l1t_efficiency_report *r, const char *dir, size_t i)
{
    struct l1t_out out = {NULL, NULL, NULL};
    char comment[400];
    l1t_digest_hex(r->p.digest, r->p.provenance.config);
    (void)snprintf(comment, sizeof comment, "l1twin %s, config %s, %s", l1t_version(),
                   r->p.provenance.config, r->p.provenance.command);
    const enum l1t_err err = open_in(r, dir, r->name[i], ".csv", &out);
    if (err != L1T_OK)
        return err;
    l1t_turn_on_write(out.file, r->name[i], comment, &r->turn_on[i]);
    return l1t_out_commit(&out, &r->p.diag);
}

// Draws and frees plot.
static enum l1t_err write_plot(struct l1t_efficiency_report *r, const char *dir, const char *name,
                               struct l1t_plot *plot, const char *alt)
{
    struct l1t_out out = {NULL, NULL, NULL};
    char *svg = NULL;
    if (plot == NULL)
        return l1t_fail(&r->p.diag, L1T_E_NOMEM, "no memory for a figure");
    enum l1t_err err = l1t_plot_svg(plot, name, alt, &svg, &r->p.diag);
    l1t_plot_free(plot);
    if (err == L1T_OK)
        err = open_in(r, dir, name, ".svg", &out);
    if (err == L1T_OK) {
        fputs(svg, out.file);
        err = l1t_out_commit(&out, &r->p.diag);
    }
    free(svg);
    return err;
}

enum { SAMPLES = 301 };

static struct l1t_plot *draw_turn_on(const struct l1t_efficiency_report *r, size_t i)
{
    const struct l1t_turn_on *on = &r->turn_on[i];
    const struct l1t_plot_frame frame = {
        .width = 640,
        .height = 420,
        .x = {"true transverse momentum", "GeV", false, 0, 4 * on->threshold_gev},
        .y = {"efficiency", "", false, 0, 1.08},
        .legend = L1T_LEGEND_BOTTOM_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    double x[SAMPLES], y[SAMPLES], pt[L1T_TURN_ON_POINTS], value[L1T_TURN_ON_POINTS],
        error[L1T_TURN_ON_POINTS];
    if (plot == NULL)
        return NULL;
    for (size_t k = 0; k < on->n; k++) {
        const struct l1t_share *s = &on->point[k].efficiency;
        pt[k] = on->point[k].pt_gev;
        value[k] = s->value;
        error[k] = (s->high - s->low) / 2;
    }
    for (size_t k = 0; k < SAMPLES; k++)
        x[k] = 4 * on->threshold_gev * (double)k / (SAMPLES - 1);
    l1t_plot_vertical(plot, "threshold", L1T_GREY, on->threshold_gev);
    if (r->published[i].n > 0) {
        for (size_t k = 0; k < SAMPLES; k++)
            y[k] = l1t_curve_eval(&r->published[i], x[k]);
        l1t_plot_dashed(plot, "published curve", L1T_VERMILION, x, y, SAMPLES);
    }
    for (size_t k = 0; k < SAMPLES && on->fitted; k++)
        y[k] = l1t_parametric_at(&on->fit, x[k]);
    if (on->fitted)
        l1t_plot_line(plot, "fit", L1T_BLUE, x, y, SAMPLES);
    l1t_plot_points(plot, "emulator", L1T_BLUE, pt, value, error, on->n);
    return plot;
}

static struct l1t_plot *draw_response(const struct l1t_efficiency_report *r)
{
    const struct l1t_plot_frame frame = {.width = 640,
                                         .height = 420,
                                         .x = {"true transverse momentum", "GeV", true, 0, 0},
                                         .y = {"trigger pt / true pt", "", false, 0.4, 1.6},
                                         .legend = L1T_LEGEND_TOP_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    for (unsigned eta = 0; plot != NULL && eta < L1T_RESPONSE_ETA_BINS; eta++) {
        double x[L1T_RESPONSE_PT_BINS], y[L1T_RESPONSE_PT_BINS], error[L1T_RESPONSE_PT_BINS];
        struct l1t_response one;
        char label[60] = "";
        size_t n = 0;
        for (unsigned pt = 0; l1t_response_make(&r->spec, &r->counts, pt, eta, &one); pt++) {
            if (one.n < 2)
                continue;
            x[n] = sqrt(one.pt_low_gev * one.pt_high_gev);
            y[n] = one.mean;
            error[n++] = one.mean_error;
            (void)snprintf(label, sizeof label, "|eta| %.3g to %.3g", one.eta_low, one.eta_high);
        }
        if (n > 0) {
            l1t_plot_line(plot, label, (enum l1t_colour)eta, x, y, n);
            l1t_plot_points(plot, NULL, (enum l1t_colour)eta, x, y, error, n);
        }
    }
    if (plot != NULL)
        l1t_plot_horizontal(plot, "", L1T_GREY, 1);
    return plot;
}

static enum l1t_err write_figures(struct l1t_efficiency_report *r, const char *dir)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; i < r->spec.n_thresholds && err == L1T_OK; i++)
        err = write_plot(r, dir, r->name[i], draw_turn_on(r, i),
                         "efficiency against true transverse momentum, with fit");
    if (err == L1T_OK)
        err = write_plot(r, dir, "response", draw_response(r),
                         "mean of trigger over true transverse momentum against the true one");
    return err;
}

enum l1t_err l1t_efficiency_write(struct l1t_efficiency_report *r, const char *dir, bool *figures)
{
    enum l1t_err err = l1t_make_dir(dir, &r->p.diag);
    for (size_t i = 0; i < r->spec.n_thresholds && err == L1T_OK; i++)
        err = write_curve(r, dir, i);
    if (err == L1T_OK)
        err = write_figures(r, dir);
    *figures = err != L1T_E_ENV;
    return *figures ? err : L1T_OK;
}

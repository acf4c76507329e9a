// SPDX-License-Identifier: GPL-3.0-or-later
// Turn-on curves and response of the emulator itself, beside the published curves.
#include "common.h"

#include <math.h>

static void write_efficiency(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_efficiency = {
    .order = 64, .id = "efficiency", .title = "Emulated turn-on", .write = write_efficiency};

enum { SAMPLES = 301 };

// What the published curve calls its quantity; truth takes its place here.
static const char *quantity_of(const struct l1t_run_turn_on *to)
{
    return to->object == L1T_JET   ? "true jet pt"
           : to->object == L1T_TAU ? "true visible tau pt"
                                   : "true electron pt";
}

static void draw_turn_on(struct l1t_html *html, const struct l1t_run *run,
                         const struct l1t_run_turn_on *to)
{
    const double threshold = to->curve.threshold_gev;
    const double end = 2.6 * threshold;
    const struct l1t_plot_frame frame = {.width = 560,
                                         .height = 350,
                                         .x = {quantity_of(to), "GeV", false, 0, end},
                                         .y = {"efficiency", "", false, 0, 1.08},
                                         .legend = L1T_LEGEND_BOTTOM_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    if (plot != NULL) {
        double x[SAMPLES], published[SAMPLES], fit[SAMPLES];
        double px[L1T_TURN_ON_POINTS], py[L1T_TURN_ON_POINTS], error[L1T_TURN_ON_POINTS];
        char mark[60];
        l1t_grid(x, SAMPLES, 0, end);
        for (size_t i = 0; i < SAMPLES; i++) {
            published[i] = l1t_curve_eval(run->object[to->object].curve, x[i]);
            fit[i] = to->curve.fitted ? l1t_parametric_at(&to->curve.fit, x[i]) : NAN;
        }
        for (size_t i = 0; i < to->curve.n; i++) {
            const struct l1t_turn_on_point *p = &to->curve.point[i];
            px[i] = p->pt_gev;
            py[i] = p->efficiency.value;
            error[i] = (p->efficiency.high - p->efficiency.low) / 2;
        }
        snprintf(mark, sizeof mark, "threshold %g", threshold);
        l1t_plot_vertical(plot, mark, L1T_GREY, threshold);
        l1t_plot_dashed(plot, "published", L1T_INK, x, published, SAMPLES);
        l1t_plot_line(plot, "fit", l1t_object_colour(to->object), x, fit, SAMPLES);
        l1t_plot_points(plot, "emulated", l1t_object_colour(to->object), px, py, error,
                        to->curve.n);
    }
    l1t_html_plot(html, plot, "efficiency of the emulator against the true pt, and published curve",
                  "Emulated %s%s at %g GeV: %llu true objects in pile-up. Bars are half of the 68 "
                  "%% Clopper-Pearson interval.",
                  l1t_object_label(to->object), to->spec.iso != 0 ? ", isolated," : "", threshold,
                  (unsigned long long)to->truth);
}

static void draw_response(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_plot_frame frame = {.width = 560,
                                         .height = 350,
                                         .x = {"true pt", "GeV", true, 5, 1000},
                                         .y = {"trigger pt / true pt", "", false, 0.6, 1.4},
                                         .legend = L1T_LEGEND_TOP_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    if (plot != NULL) {
        l1t_plot_horizontal(plot, "", L1T_GREY, 1);
        for (size_t i = 0; i < run->n_turn_ons; i++) {
            const struct l1t_run_turn_on *to = &run->turn_on[i];
            double x[L1T_RESPONSE_PT_BINS], y[L1T_RESPONSE_PT_BINS], e[L1T_RESPONSE_PT_BINS];
            for (size_t k = 0; k < to->n_response; k++) {
                x[k] = sqrt(to->response[k].pt_low_gev * to->response[k].pt_high_gev);
                y[k] = to->response[k].mean;
                e[k] = to->response[k].width;
            }
            l1t_plot_points(plot, l1t_object_label(to->object), l1t_object_colour(to->object), x, y,
                            e, to->n_response);
        }
    }
    l1t_html_plot(html, plot, "response of the emulator against the true pt",
                  "Response of matched objects: mean, and as bars the standard deviation of single "
                  "objects. Objects at full scale are left out.");
}

static void write_table(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {
        {"object", "", true},   {"threshold", "GeV", false},      {"true objects", "", false},
        {"found", "%", false},  {"50 %", "GeV", false},           {"95 %", "GeV", false},
        {"plateau", "", false}, {"published 50 %", "GeV", false}, {"published plateau", "", false}};
    l1t_html_table(html,
                   "Emulated against published. Percentages are of the plateau; found: matched "
                   "with any trigger object of the kind.",
                   columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < run->n_turn_ons; i++) {
        const struct l1t_run_turn_on *to = &run->turn_on[i];
        const struct l1t_curve *published = run->object[to->object].curve;
        const double plateau = published->y[published->n - 1];
        l1t_html(html, "<tr>");
        l1t_html_named(html, l1t_object_colour(to->object), l1t_object_label(to->object));
        l1t_html_number(html, to->curve.threshold_gev, 4);
        l1t_html_count(html, to->truth);
        l1t_html_number(html, 100 * (double)to->matched / (double)to->truth, 3);
        l1t_html_number(html, to->curve.half_gev, 4);
        l1t_html_number(html, to->curve.full_gev, 4);
        l1t_html_number(html, to->curve.fitted ? to->curve.fit.plateau : NAN, 3);
        l1t_html_number(html, l1t_curve_crossing(published, plateau / 2), 4);
        l1t_html_number(html, plateau, 3);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_efficiency(struct l1t_html *html, const struct l1t_run *run)
{
    if (run->n_turn_ons == 0) {
        l1t_html(html, "<p>The study has no <code>efficiency</code> section: the emulator's own "
                       "curves were not measured.</p>\n");
        return;
    }
    l1t_html(html,
             "<p>Electrons, taus and jets of known size were put into generated pile-up, emulated "
             "from towers to trigger objects and matched. The published curves belong to real "
             "data, other pile-up and the experiment's own tables, so the two need not agree; "
             "that ours rise at the right place with our own tables is the test.</p>\n"
             "<div class=\"two\">\n");
    for (size_t i = 0; i < run->n_turn_ons; i++)
        draw_turn_on(html, run, &run->turn_on[i]);
    draw_response(html, run);
    l1t_html(html, "</div>\n");
    write_table(html, run);
}

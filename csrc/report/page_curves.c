// SPDX-License-Identifier: GPL-3.0-or-later
// Turn-on curves: the published points and what lies between them.
#include "common.h"

#include <math.h>

static void write_curves(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_curves = {
    .order = 30, .id = "curves", .title = "Turn-on curves", .write = write_curves};

enum { SAMPLES = 601 };

// The part of a curve where something happens: up to 2.6 times the half-way point, at most its
// end.
static double interesting_end(const struct l1t_curve *curve)
{
    const double last = curve->x[curve->n - 1];
    const double half = l1t_curve_crossing(curve, 0.5 * curve->y[curve->n - 1]);
    const double wanted = isfinite(half) ? 2.6 * half : last;
    const double step = wanted > 300 ? 100 : 20;
    return fmin(last, step * ceil(wanted / step));
}

static void draw_curve(struct l1t_html *html, enum l1t_object o,
                       const struct l1t_run_object *object)
{
    static const char *const quantity[] = {"jet energy", "muon transverse momentum",
                                           "e/γ transverse energy", "tau transverse momentum"};
    const struct l1t_curve *curve = object->curve;
    const double end = interesting_end(curve);
    const struct l1t_plot_frame frame = {.width = 560,
                                         .height = 350,
                                         .x = {quantity[o], "GeV", false, 0, end},
                                         .y = {"efficiency", "", false, 0, 1.08},
                                         .legend = L1T_LEGEND_BOTTOM_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    if (plot != NULL) {
        double x[SAMPLES];
        double y[SAMPLES];
        char mark[60];
        l1t_grid(x, SAMPLES, 0, end);
        for (size_t i = 0; i < SAMPLES; i++)
            y[i] = l1t_curve_eval(curve, x[i]);
        snprintf(mark, sizeof mark, "threshold %g", object->threshold_gev);
        l1t_plot_vertical(plot, mark, L1T_GREY, object->threshold_gev);
        l1t_plot_line(plot, "PCHIP", l1t_object_colour(o), x, y, SAMPLES);
        l1t_plot_points(plot, "curve points", l1t_object_colour(o), curve->x, curve->y, NULL,
                        curve->n);
    }
    l1t_html_plot(html, plot, "efficiency against the offline quantity, points and interpolation",
                  "Efficiency of the %s trigger at %g GeV: %zu points and the cubic between them.",
                  l1t_object_label(o), object->threshold_gev, curve->n);
}

static void write_table(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {
        {"object", "", true},        {"points", "", false},       {"first … last", "GeV", false},
        {"threshold", "GeV", false}, {"at threshold", "", false}, {"10 %", "GeV", false},
        {"50 %", "GeV", false},      {"90 %", "GeV", false},      {"plateau", "", false}};
    l1t_html_table(
        html,
        "Where the curves rise. Percentages are of the plateau, the efficiency of the last point.",
        columns, sizeof columns / sizeof columns[0]);
    for (int o = 0; o < L1T_OBJECTS; o++) {
        const struct l1t_run_object *object = &run->object[o];
        const struct l1t_curve *curve = object->curve;
        const double plateau = curve->y[curve->n - 1];
        l1t_html(html, "<tr>");
        l1t_html_named(html, l1t_object_colour((enum l1t_object)o),
                       l1t_object_label((enum l1t_object)o));
        l1t_html_count(html, curve->n);
        l1t_html(html, "<td class=\"n\">%.3g … %.4g</td>", curve->x[0], curve->x[curve->n - 1]);
        l1t_html_number(html, object->threshold_gev, 4);
        l1t_html_number(html, l1t_curve_eval(curve, object->threshold_gev), 4);
        l1t_html_number(html, l1t_curve_crossing(curve, 0.1 * plateau), 4);
        l1t_html_number(html, l1t_curve_crossing(curve, 0.5 * plateau), 4);
        l1t_html_number(html, l1t_curve_crossing(curve, 0.9 * plateau), 4);
        l1t_html_number(html, plateau, 4);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_curves(struct l1t_html *html, const struct l1t_run *run)
{
    l1t_html(
        html,
        "<p>A turn-on curve gives the probability that an object of a given true size passes its "
        "trigger. Between the points the program uses a shape-preserving cubic (PCHIP); outside "
        "them it holds the end values, because a cubic continued past its last point leaves the "
        "range of efficiencies quickly.</p>\n<div class=\"two\">\n");
    for (int o = 0; o < L1T_OBJECTS; o++)
        draw_curve(html, (enum l1t_object)o, &run->object[o]);
    l1t_html(html, "</div>\n");
    write_table(html, run);
}

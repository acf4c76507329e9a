// SPDX-License-Identifier: GPL-3.0-or-later
// Which spectra explain the shares of the published menu: every slope that does, and the one used.
#include "common.h"

#include <math.h>

static void write_spectra(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_spectra = {
    .order = 20, .id = "spectra", .title = "Energy spectra", .write = write_spectra};

enum { SAMPLES = 401 };

static void sample(const struct l1t_acceptance *acceptance, const double *x, double *y)
{
    for (size_t i = 0; i < SAMPLES; i++)
        y[i] = l1t_acceptance_at(acceptance, x[i], NULL);
}

static void add_roots(struct l1t_plot *plot, enum l1t_colour colour, bool open,
                      const struct l1t_slope_fit *fit)
{
    double share[L1T_MAX_ROOTS];
    for (size_t i = 0; i < fit->n_roots; i++)
        share[i] = fit->share;
    if (open)
        l1t_plot_open_points(plot, NULL, colour, fit->root, share, NULL, fit->n_roots);
    else
        l1t_plot_points(plot, NULL, colour, fit->root, share, NULL, fit->n_roots);
}

static void draw_acceptance(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_plot_frame frame = {.width = 960,
                                         .height = 430,
                                         .x = {"slope λ of the spectrum", "1/GeV", true, 1e-4, 1},
                                         .y = {"accepted fraction F(λ)", "", false, 0, 1},
                                         .legend = L1T_LEGEND_TOP_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    double x[SAMPLES];
    double y[SAMPLES];
    l1t_log_grid(x, SAMPLES, frame.x.min, frame.x.max);
    for (int o = 0; o < L1T_OBJECTS && plot != NULL; o++) {
        const struct l1t_run_object *object = &run->object[o];
        const enum l1t_colour colour = l1t_object_colour((enum l1t_object)o);
        sample(&object->cut, x, y);
        l1t_plot_dashed(plot, NULL, colour, x, y, SAMPLES);
        sample(&object->acceptance, x, y);
        l1t_plot_line(plot, l1t_object_label((enum l1t_object)o), colour, x, y, SAMPLES);
        const double level[2] = {object->share, object->share};
        const double across[2] = {frame.x.min, object->lambda};
        l1t_plot_dotted(plot, NULL, colour, across, level, 2);
        add_roots(plot, colour, true, &object->cut_fit);
        add_roots(plot, colour, false, &object->fit);
    }
    l1t_html_plot(html, plot, "accepted fraction against slope for the four objects",
                  "Fraction of an exponential spectrum that each trigger accepts, against the "
                  "slope λ. Lines: the whole integral; the dot is where it "
                  "meets the object's share (dotted), the slope in use. Dashed: the integral "
                  "stopped at the curve's last point; "
                  "circles mark its solutions.");
}

static void draw_densities(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_plot_frame frame = {
        .width = 960,
        .height = 430,
        .x = {"transverse momentum or energy", "GeV", false, 0, 400},
        .y = {"probability density", "1/GeV", true, 1e-6, 0.2},
        .legend = L1T_LEGEND_TOP_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    double x[SAMPLES];
    double all[SAMPLES];
    double passed[SAMPLES];
    l1t_grid(x, SAMPLES, 0, frame.x.max);
    for (int o = 0; o < L1T_OBJECTS && plot != NULL; o++) {
        const struct l1t_run_object *object = &run->object[o];
        const enum l1t_colour colour = l1t_object_colour((enum l1t_object)o);
        const double lambda = object->lambda;
        double floor[SAMPLES];
        for (size_t i = 0; i < SAMPLES; i++) {
            all[i] = lambda * exp(-lambda * x[i]);
            passed[i] = fmax(all[i] * l1t_curve_eval(object->curve, x[i]), frame.y.min * 0.5);
            floor[i] = frame.y.min;
        }
        l1t_plot_band(plot, NULL, colour, x, floor, passed, SAMPLES);
        l1t_plot_line(plot, l1t_object_label((enum l1t_object)o), colour, x, all, SAMPLES);
    }
    l1t_html_plot(html, plot, "fitted spectra of the four objects, logarithmic",
                  "The four spectra on a logarithmic scale. Lines: all objects. Shaded: those that "
                  "pass the turn-on "
                  "curve; the shaded area is the share (on a linear scale).");
}

// All roots in one cell, the one in use in bold.
static void write_roots(struct l1t_html *html, const struct l1t_slope_fit *fit, double lambda)
{
    l1t_html(html, "<td class=\"n\">");
    for (size_t i = 0; i < fit->n_roots; i++) {
        const bool chosen = fit->root[i] >= lambda && fit->root[i] <= lambda;
        l1t_html(html, chosen ? "%s<b>%.6g</b>" : "%s%.6g", i > 0 ? ", " : "", fit->root[i]);
    }
    l1t_html(html, fit->n_roots == 0 ? "none</td>" : "</td>");
}

static void write_table(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {{"object", "", true},
                                                     {"share", "%", false},
                                                     {"slope λ", "1/GeV", false},
                                                     {"mean 1/λ", "GeV", false},
                                                     {"reachable", "%", false},
                                                     {"below threshold", "%", false},
                                                     {"λ, integral cut", "1/GeV", false},
                                                     {"reachable, cut", "%", false}};
    l1t_html_table(html,
                   "Every slope whose accepted fraction equals the share, in bold the one in use. "
                   "No slope explains a share above the "
                   "reachable fraction. Below threshold: the part of the spectrum under the "
                   "trigger's threshold.",
                   columns, sizeof columns / sizeof columns[0]);
    for (int o = 0; o < L1T_OBJECTS; o++) {
        const struct l1t_run_object *object = &run->object[o];
        l1t_html(html, "<tr>");
        l1t_html_named(html, l1t_object_colour((enum l1t_object)o),
                       l1t_object_label((enum l1t_object)o));
        l1t_html_number(html, 100 * object->share, 3);
        write_roots(html, &object->fit, object->lambda);
        l1t_html_number(html, 1 / object->lambda, 4);
        l1t_html_number(html, 100 * object->fit.max_accepted, 3);
        l1t_html_number(html, 100 * l1t_fraction_below(object->lambda, object->threshold_gev), 4);
        write_roots(html, &object->cut_fit, object->lambda);
        l1t_html_number(html, 100 * object->cut_fit.max_accepted, 3);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_spectra(struct l1t_html *html, const struct l1t_run *run)
{
    l1t_html(html, "<p>Each object is taken to have an exponential spectrum f(x) = λ "
                   "e<sup>−λx</sup>. Its turn-on curve accepts the fraction "
                   "F(λ) = ∫ f(x) ε(x) dx of it. <b>Share mode</b> asks for which λ that fraction "
                   "is the object's share of the published "
                   "menu. Far above its last point a turn-on curve stays on its plateau, so F "
                   "falls from the plateau to zero and there is one answer. "
                   "If the integral stops at the last point instead, F starts at zero, has a "
                   "maximum, and gives two answers or "
                   "none: the right one then depends on where a search begins.</p>\n");
    draw_acceptance(html, run);
    write_table(html, run);
    draw_densities(html, run);
    l1t_html(html, "<p class=\"note\">Share mode is a toy scale: its slopes come from fractions of "
                   "a total rate, not from rates in kHz. "
                   "<b>Physical mode</b>, used for the menu, fits slopes and heights to published "
                   "<a href=\"#thresholds\">rates against threshold</a>.</p>\n");
}

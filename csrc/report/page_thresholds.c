// SPDX-License-Identifier: GPL-3.0-or-later
// Rate against threshold: published points, the law through them, and the generated crossings.
#include "common.h"

#include <math.h>
#include <stdlib.h>

static void write_thresholds(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_thresholds = {
    .order = 60, .id = "thresholds", .title = "Rate against threshold", .write = write_thresholds};

static const char *curve_name(const struct l1t_rate_curve *curve, char *text, size_t size)
{
    snprintf(text, size, "%s%s", curve->legs == 2 ? "double " : "single ",
             l1t_object_label(curve->object));
    return text;
}

// Points of a curve worth drawing: up to a little beyond the calibrated range.
static size_t drawn_points(const struct l1t_rate_curve *curve, double reach)
{
    size_t n = 0;
    const double span = curve->calibrated_to_gev - curve->threshold_gev[0];
    while (n < curve->n &&
           curve->threshold_gev[n] <= curve->calibrated_to_gev + reach * span + 1e-9)
        n++;
    return n;
}

// Too few steps of 0.5 GeV in the calibrated range say nothing as a picture; the table has them.
static bool is_drawn(const struct l1t_rate_curve *curve)
{
    return curve->n > 1 && drawn_points(curve, 0) >= 6;
}

struct points {
    double x[L1T_MAX_POINTS], y[L1T_MAX_POINTS], error[L1T_MAX_POINTS];
};

static void take_points(const struct l1t_run_law *law, struct points *points)
{
    for (size_t i = 0; i < law->n; i++) {
        points->x[i] = law->point[i].threshold_gev;
        points->y[i] = law->point[i].rate_khz;
        points->error[i] = law->point[i].counts > 0 ? points->y[i] / sqrt(law->point[i].counts) : 0;
    }
}

static void draw_overview(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_plot_frame frame = {.width = 960,
                                         .height = 480,
                                         .x = {"threshold", "GeV", true, 18, 260},
                                         .y = {"rate at or above threshold", "kHz", true, 1, 30},
                                         .legend = L1T_LEGEND_TOP_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    char name[60];
    for (size_t c = 0; c < run->prediction.n_curves && plot != NULL; c++) {
        const struct l1t_rate_curve *curve = &run->prediction.curve[c];
        const enum l1t_colour colour = l1t_object_colour(curve->object);
        const size_t n = drawn_points(curve, 0.6);
        if (!is_drawn(curve))
            continue;
        curve_name(curve, name, sizeof name);
        if (curve->legs == 1)
            l1t_plot_line(plot, name, colour, curve->threshold_gev, curve->closed_khz, n);
        else
            l1t_plot_dashed(plot, name, colour, curve->threshold_gev, curve->closed_khz, n);
    }
    bool named = false;
    for (size_t i = 0; i < run->n_laws && plot != NULL; i++) {
        if (run->law[i].is_part)
            continue;
        struct points points;
        take_points(&run->law[i], &points);
        l1t_plot_open_points(plot, named ? NULL : "published", L1T_INK, points.x, points.y, NULL,
                             run->law[i].n);
        named = true;
    }
    l1t_html_plot(html, plot, "rate against threshold for all objects, logarithmic",
                  "Rate at or above each threshold. Lines: closed form of the calibrated processes "
                  "(dashed: two objects). Circles: "
                  "published CMS rates. Both axes are logarithmic.");
}

// The generated points, thinned to about one for each sixteenth of the range.
static void add_generated(struct l1t_plot *plot, const struct l1t_rate_curve *curve, size_t n,
                          enum l1t_colour colour)
{
    double x[64];
    double y[64];
    double error[64];
    const size_t step = n / 16 + 1;
    size_t used = 0;
    for (size_t i = 0; i < n && used < 64; i += step) {
        if (!(curve->rate_khz[i] > 0))
            continue;
        x[used] = curve->threshold_gev[i];
        y[used] = curve->rate_khz[i];
        error[used++] = curve->err[i];
    }
    l1t_plot_points(plot, "generated crossings", colour, x, y, error, used);
}

static const struct l1t_run_law *law_of(const struct l1t_run *run,
                                        const struct l1t_rate_curve *curve)
{
    for (size_t i = 0; i < run->n_laws; i++)
        if (!run->law[i].is_part && run->law[i].object == curve->object &&
            run->law[i].n_legs == (size_t)curve->legs)
            return &run->law[i];
    return NULL;
}

static void draw_curve(struct l1t_html *html, const struct l1t_run *run,
                       const struct l1t_rate_curve *curve)
{
    const struct l1t_run_law *law = law_of(run, curve);
    const size_t n = drawn_points(curve, 0.35);
    const enum l1t_colour colour = l1t_object_colour(curve->object);
    char name[60];
    double high = n > 0 ? curve->closed_khz[0] : 1;
    double low = n > 0 ? curve->closed_khz[n - 1] : 0.1;
    curve_name(curve, name, sizeof name);
    if (law != NULL && law->n > 0)
        high = fmax(high, law->point[0].rate_khz);
    const struct l1t_plot_frame frame = {.width = 560,
                                         .height = 350,
                                         .x = {"threshold", "GeV", false,
                                               floor(curve->threshold_gev[0] - 1),
                                               ceil(curve->threshold_gev[n > 0 ? n - 1 : 0] + 1)},
                                         .y = {"rate", "kHz", true, 0.6 * low, 1.15 * high},
                                         .legend = L1T_LEGEND_BOTTOM_LEFT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    if (plot != NULL && n > 0) {
        l1t_plot_line(plot, "closed form", L1T_GREY, curve->threshold_gev, curve->closed_khz, n);
        if (law != NULL) {
            struct points points;
            take_points(law, &points);
            l1t_plot_open_points(plot, "published", L1T_INK, points.x, points.y, points.error,
                                 law->n);
        }
        add_generated(plot, curve, n, colour);
        if (n < curve->n && curve->threshold_gev[n - 1] > curve->calibrated_to_gev)
            l1t_plot_vertical(plot, "calibrated to here", L1T_GREY, curve->calibrated_to_gev);
    }
    l1t_html_plot(html, plot, name,
                  "Rate of the %s against its threshold. Above %g GeV the law is an extrapolation.",
                  name, curve->calibrated_to_gev);
}

static void write_laws(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {
        {"rate", "", true},         {"points", "", false},       {"calibrated", "GeV", false},
        {"at start", "kHz", false}, {"slope λ", "1/GeV", false}, {"χ²", "", false},
        {"ndf", "", false},         {"error scale", "", false}};
    l1t_html_table(html,
                   "Physical mode: R(T) = R₀ exp(−λ (T − T₀)) fitted to published rates. Counts "
                   "above different thresholds "
                   "contain each other, so the fit uses the differences. The error scale is how "
                   "much the statistical errors "
                   "would have to grow for an exact exponential.",
                   columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < run->n_laws; i++) {
        const struct l1t_run_law *law = &run->law[i];
        l1t_html(html, "<tr>");
        l1t_html_named(html, l1t_object_colour(law->object), law->name);
        l1t_html_count(html, law->n);
        l1t_html(html, "<td class=\"n\">%g … %g</td>", law->fit.from_gev, law->fit.to_gev);
        l1t_html_measured(html, law->fit.rate_khz, law->fit.rate_err);
        l1t_html_measured(html, law->fit.lambda, law->fit.lambda_err);
        l1t_html_number(html, law->fit.chi2, 3);
        l1t_html_count(html, law->fit.ndf);
        l1t_html_number(html, law->fit.scale, 2);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
    l1t_html(html, "<p class=\"note\">The published points have kinks where a seed was the lowest "
                   "that ran unprescaled at the time: below it the "
                   "events come from other triggers and are biased low. Hence error scales far "
                   "above 1; the laws are good near the points, but not to "
                   "their last digit.</p>\n");
}

static void write_thresholds(struct l1t_html *html, const struct l1t_run *run)
{
    l1t_html(html, "<p>A threshold is the cheapest knob of a menu. Here is what turning it does: "
                   "each object's rate falls roughly "
                   "exponentially. The processes of the generator are calibrated to the published "
                   "points, within their range only; a menu "
                   "that asks for lower thresholds is refused.</p>\n");
    draw_overview(html, run);
    write_laws(html, run);
    l1t_html(html, "<div class=\"two\">\n");
    for (size_t c = 0; c < run->prediction.n_curves; c++)
        if (is_drawn(&run->prediction.curve[c]))
            draw_curve(html, run, &run->prediction.curve[c]);
    l1t_html(html, "</div>\n");
}

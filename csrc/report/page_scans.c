// SPDX-License-Identifier: GPL-3.0-or-later
// Rate against threshold of algorithms of the global trigger's menu.
#include "common.h"
#include "rate/scan_study.h"

#include <math.h>
#include <string.h>

static void write_scans(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_scans = {
    .order = 72, .id = "scans", .title = "Threshold scans", .write = write_scans};

enum { POINTS_MAX = 512 };

static const char *name_of(const struct l1t_scans *scans, size_t scan)
{
    return scans->opened->menu->algorithm[scans->asked[scan].algorithm].name;
}

static void draw_scan(struct l1t_html *html, const struct l1t_scans *scans, size_t scan)
{
    const struct l1t_plot_frame frame = {.width = 960,
                                         .height = 400,
                                         .x = {"online threshold", "GeV", false, 0, 0},
                                         .y = {"rate", "kHz", true, 0, 0},
                                         .legend = L1T_LEGEND_TOP_RIGHT};
    double x[POINTS_MAX], y[POINTS_MAX], error[POINTS_MAX], alone[POINTS_MAX];
    size_t n = 0;
    const size_t points = l1t_scan_points(&scans->asked[scan].axis[0]);
    for (size_t i = 0; i < points && n < POINTS_MAX; i++) {
        const struct l1t_rate rate = l1t_scans_rate(scans, scan, i, 0, false);
        const struct l1t_rate unique = l1t_scans_rate(scans, scan, i, 0, true);
        if (!(rate.hz > 0))
            continue;
        x[n] = l1t_scans_threshold(scans, scan, 0, i);
        y[n] = rate.hz / 1e3;
        error[n] = rate.err / 1e3;
        alone[n++] = unique.hz > 0 ? unique.hz / 1e3 : (double)NAN;
    }
    if (n < 2) {
        l1t_html(html, "<p>%s fires at fewer than two of the thresholds.</p>\n",
                 name_of(scans, scan));
        return;
    }
    struct l1t_plot *plot = l1t_plot_new(&frame);
    if (plot != NULL) {
        l1t_plot_points(plot, "rate before its prescale", L1T_BLUE, x, y, error, n);
        l1t_plot_dashed(plot, "unique: nothing else keeps the crossing", L1T_VERMILION, x, alone,
                        n);
        l1t_plot_vertical(plot, "menu", L1T_GREY,
                          l1t_study_gev(scans->opened, scans->asked[scan].axis[0].type,
                                        l1t_scan_nominal(scans->asked[scan].scan, 0)));
    }
    l1t_html_plot(html, plot, "rate against threshold",
                  "%s: rate at and above each online threshold, from one pass over the crossings, "
                  "with its statistical errors; legs that move together keep their distance.",
                  name_of(scans, scan));
}

static void write_scans(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_scans *scans = run->scans;
    if (scans == NULL) {
        l1t_html(html, "<p>The study has no <code>scans</code> section.</p>\n");
        return;
    }
    for (size_t s = 0; s < scans->n; s++) {
        if (scans->asked[s].n_axes == 1)
            draw_scan(html, scans, s);
        else
            l1t_html(html,
                     "<p>The grid of %s is in <code>scans.csv</code>, a row for each pair of "
                     "thresholds.</p>\n",
                     name_of(scans, s));
    }
}

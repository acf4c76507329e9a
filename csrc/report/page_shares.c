// SPDX-License-Identifier: GPL-3.0-or-later
// The published shares that the spectra have to explain: twelve exclusive slices, four inclusive
// sums.
#include "common.h"
#include "draw.h"

#include <stdlib.h>

static void write_shares(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_shares = {
    .order = 15, .id = "shares", .title = "Published rate shares", .write = write_shares};

// Largest first; equal shares keep the order of the file.
static int by_share(const void *a, const void *b)
{
    const struct l1t_run_outcome *const *const left = a;
    const struct l1t_run_outcome *const *const right = b;
    if ((*left)->share > (*right)->share)
        return -1;
    if ((*left)->share < (*right)->share)
        return 1;
    return (*left < *right) ? -1 : 1;
}

static unsigned fill_colours(unsigned objects, enum l1t_colour colour[4])
{
    unsigned n = 0;
    for (unsigned o = 0; o < L1T_OBJECTS; o++)
        if ((objects >> o & 1) != 0)
            colour[n++] = l1t_object_colour((enum l1t_object)o);
    return n;
}

static void draw_slices(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_run_outcome *sorted[L1T_MAX_OUTCOMES];
    struct l1t_bar bars[L1T_MAX_OUTCOMES];
    char text[L1T_MAX_OUTCOMES][24];
    for (size_t i = 0; i < run->n_outcomes; i++)
        sorted[i] = &run->outcome[i];
    qsort(sorted, run->n_outcomes, sizeof sorted[0], by_share);
    for (size_t i = 0; i < run->n_outcomes; i++) {
        snprintf(text[i], sizeof text[i], "%.1f %%", 100 * sorted[i]->share);
        bars[i] =
            (struct l1t_bar){.label = sorted[i]->label, .text = text[i], .value = sorted[i]->share};
        bars[i].n_colours = fill_colours(sorted[i]->objects, bars[i].colour);
    }
    l1t_html_figure_begin(html);
    l1t_draw_bars(html->out, "exclusive shares of the trigger rate, largest first", bars,
                  run->n_outcomes);
    l1t_html_figure_end(html, "Share of the total Level-1 rate of each exclusive slice of the "
                              "published menu. A bar's stripes are "
                              "the objects that fire in it: green jet, blue muon, red e/γ, purple "
                              "tau. The slices add up to 100 %%.");
}

static void write_inclusive(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {{"object", "", true},
                                                     {"inclusive", "%", false},
                                                     {"alone", "%", false},
                                                     {"with others", "%", false}};
    double sum = 0;
    double overlap = 0;
    l1t_html_table(html,
                   "Shares of each object: inclusive (all slices it fires in), and how much of "
                   "that is its own.",
                   columns, 4);
    for (unsigned o = 0; o < L1T_OBJECTS; o++) {
        double alone = 0;
        for (size_t i = 0; i < run->n_outcomes; i++)
            alone += run->outcome[i].objects == 1U << o ? run->outcome[i].share : 0;
        const double all = run->object[o].share;
        sum += all;
        overlap += alone;
        l1t_html(html, "<tr>");
        l1t_html_named(html, l1t_object_colour((enum l1t_object)o),
                       l1t_object_label((enum l1t_object)o));
        l1t_html(
            html,
            "<td class=\"n\">%.1f</td><td class=\"n\">%.1f</td><td class=\"n\">%.1f</td></tr>\n",
            100 * all, 100 * alone, 100 * (all - alone));
    }
    l1t_html(html,
             "<tr class=\"total\"><td>sum</td><td class=\"n\">%.1f</td><td "
             "class=\"n\">%.1f</td><td class=\"n\"></td></tr>\n",
             100 * sum, 100 * overlap);
    l1t_html_table_end(html);
    l1t_html(html,
             "<p>The inclusive shares add up to more than 100 %% because %.1f %% of the rate fires "
             "two or more objects.</p>\n",
             100 * (1 - overlap));
}

static void write_shares(struct l1t_html *html, const struct l1t_run *run)
{
    l1t_html(html, "<p class=\"lead\">A Level-1 trigger accepts about 100 kHz of the 28 million "
                   "filled crossings a second. This is how the "
                   "published menu divides that rate among its objects; the spectra below have to "
                   "explain it.</p>\n");
    draw_slices(html, run);
    write_inclusive(html, run);
}

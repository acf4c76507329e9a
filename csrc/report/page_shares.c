// SPDX-License-Identifier: GPL-3.0-or-later
// The published shares that the spectra have to explain: twelve exclusive slices, four inclusive
// sums.
#include "common.h"
#include "draw.h"

#include <stdlib.h>

static void write_shares(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_shares = {
    .order = 15, .id = "shares", .title = "Published rate shares", .write = write_shares};

// The slices in which the same objects fire stand in one bar.
struct group {
    unsigned objects;
    const char *label;
    double total;
    double part[L1T_MAX_OUTCOMES];
    size_t n_parts;
    char text[160]; // "14.8 + 9.8 = 24.6 %"
};

// Largest first; the sets of objects differ, so that no two are equal.
static int by_total(const void *a, const void *b)
{
    const struct group *left = a;
    const struct group *right = b;
    if (left->total > right->total)
        return -1;
    if (left->total < right->total)
        return 1;
    return (left->objects > right->objects) - (left->objects < right->objects);
}

static int descending(const void *a, const void *b)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;
    return (left < right) - (left > right);
}

static size_t find_groups(const struct l1t_run *run, struct group *groups)
{
    size_t n = 0;
    for (size_t i = 0; i < run->n_outcomes; i++) {
        size_t g = 0;
        while (g < n && groups[g].objects != run->outcome[i].objects)
            g++;
        if (g == n)
            groups[n++] =
                (struct group){.objects = run->outcome[i].objects, .label = run->outcome[i].label};
        groups[g].part[groups[g].n_parts++] = run->outcome[i].share;
        groups[g].total += run->outcome[i].share;
    }
    qsort(groups, n, sizeof *groups, by_total);
    return n;
}

static void name_shares(struct group *group)
{
    size_t used = 0;
    qsort(group->part, group->n_parts, sizeof group->part[0], descending);
    for (size_t i = 0; i < group->n_parts && group->n_parts > 1; i++)
        used += (size_t)snprintf(group->text + used, sizeof group->text - used, "%s%.1f",
                                 i > 0 ? " + " : "", 100 * group->part[i]);
    snprintf(group->text + used, sizeof group->text - used, "%s%.1f %%", used > 0 ? " = " : "",
             100 * group->total);
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
    struct group groups[L1T_MAX_OUTCOMES] = {{0}};
    struct l1t_bar bars[L1T_MAX_OUTCOMES];
    const size_t n = find_groups(run, groups);
    for (size_t g = 0; g < n; g++) {
        name_shares(&groups[g]);
        bars[g] = (struct l1t_bar){.label = groups[g].label,
                                   .text = groups[g].text,
                                   .value = groups[g].total,
                                   .part = groups[g].part,
                                   .n_parts = groups[g].n_parts};
        bars[g].n_colours = fill_colours(groups[g].objects, bars[g].colour);
    }
    l1t_html_figure_begin(html);
    l1t_draw_bars(html->out, "exclusive shares of the trigger rate, largest first", bars, n);
    l1t_html_figure_end(html,
                        "The %zu exclusive slices of the published menu as percent of its rate, by "
                        "the objects that fire. A bar's colours are its "
                        "objects (green jet, blue muon, orange e/γ, purple tau); cuts in a bar "
                        "separate slices with the same "
                        "objects, for instance one muon and several. All slices add up to 100 %%.",
                        run->n_outcomes);
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
    l1t_html(html,
             "<p class=\"lead\">The Level-1 trigger keeps about 100 kHz of the %.1f million filled "
             "crossings a second. This is how the "
             "published menu divides that rate among its objects. The spectra below have to "
             "explain it.</p>\n",
             l1t_crossing_rate_hz(&run->processes.beam) / 1e6);
    draw_slices(html, run);
    write_inclusive(html, run);
}

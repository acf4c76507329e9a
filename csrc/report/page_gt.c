// SPDX-License-Identifier: GPL-3.0-or-later
// A menu of the global trigger on generated crossings: what fired, and what was accepted.
#include "common.h"

static void write_gt(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_gt = {
    .order = 68, .id = "gt", .title = "Global trigger", .write = write_gt};

static void write_algorithms(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {{"algorithm", "", true}, {"group", "", true},
                                                     {"prescale", "", false}, {"fired", "", false},
                                                     {"accepted", "", false}, {"pure", "", false}};
    const struct l1t_gt_menu *menu = run->gt.menu;
    l1t_html_table(html,
                   "Crossings in which an algorithm fired; those that its prescale accepted; and "
                   "those of them in which it was the only one. Algorithms that never fired are "
                   "not shown.",
                   columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *a = &menu->algorithm[i];
        if (run->gt.fired[a->bit] == 0)
            continue;
        l1t_html(html, "<tr>");
        l1t_html_cell(html, a->name);
        l1t_html_cell(html, a->group);
        // A factor as it was written, two decimals at most.
        l1t_html(html, "<td class=\"n\">%.10g</td>",
                 menu->n_columns > 0 ? a->prescale[run->gt.column] : 1.0);
        l1t_html_count(html, run->gt.fired[a->bit]);
        l1t_html_count(html, run->gt.accepted[a->bit]);
        l1t_html_count(html, run->gt.pure[a->bit]);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_gt(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_run_gt *gt = &run->gt;
    size_t silent = 0, unsupported = 0;
    if (gt->menu == NULL) {
        l1t_html(html, "<p>The study has no <code>gt</code> section.</p>\n");
        return;
    }
    for (size_t i = 0; i < gt->menu->n; i++) {
        silent += gt->fired[gt->menu->algorithm[i].bit] == 0;
        unsupported += !gt->supported[gt->menu->algorithm[i].bit];
    }
    l1t_html(html,
             "<p>%llu generated crossings, towers%s, were emulated to the words that the global "
             "trigger receives, and decided by the menu <b>%s</b> (%zu algorithms, %zu of them "
             "never fired, %zu cannot be evaluated). The final OR is set in %llu crossings; %.3g "
             "algorithms fire in a crossing on average. These are counts of generated crossings, "
             "not rates of a collider: the generators make pile-up with jets, and muons of their "
             "own spectrum.</p>\n",
             (unsigned long long)gt->crossings, run->study.gt.muons != NULL ? " and muons" : "",
             gt->menu->name, gt->menu->n, silent, unsupported, (unsigned long long)gt->finor,
             (double)gt->firing / (double)gt->crossings);
    write_algorithms(html, run);
}

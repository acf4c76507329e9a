// SPDX-License-Identifier: GPL-3.0-or-later
// The event score: how well a single number tells events that fire from those that do not.
#include "common.h"

static void write_scores(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_scores = {
    .order = 40, .id = "scores", .title = "Event score", .write = write_scores};

static void draw_scores(struct l1t_html *html, const struct l1t_run_scores *scores)
{
    const struct l1t_plot_frame frame = {.width = 960,
                                         .height = 400,
                                         .x = {"score (sum of four efficiencies)", "", false, 0, 4},
                                         .y = {"fraction of events per 0.05", "", true, 1e-4, 1},
                                         .legend = L1T_LEGEND_TOP_RIGHT};
    struct l1t_plot *plot = l1t_plot_new(&frame);
    if (plot != NULL) {
        l1t_plot_steps(plot, "null: every object below threshold", L1T_SKY, true, scores->edge,
                       scores->null, L1T_RUN_BINS);
        l1t_plot_steps(plot, "positive: a slice of the menu fires", L1T_ORANGE, true, scores->edge,
                       scores->positive, L1T_RUN_BINS);
    }
    l1t_html_plot(html, plot, "score distributions of null and positive events",
                  "Score of null and positive events, %zu of each. The peaks near whole numbers "
                  "are events in which "
                  "one, two, … objects are far above their thresholds.",
                  scores->n);
}

static void write_row(struct l1t_html *html, const char *kind, size_t n,
                      const struct l1t_bootstrap *mean, double std)
{
    l1t_html(html, "<tr><td>%s</td>", kind);
    l1t_html_count(html, n);
    l1t_html_measured(html, mean->mean, mean->standard_error);
    l1t_html(html, "<td class=\"n\">%.4f … %.4f</td>", mean->low, mean->high);
    l1t_html_number(html, std, 4);
    l1t_html(html, "</tr>\n");
}

static void write_scores(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {{"events", "", true},
                                                     {"generated", "", false},
                                                     {"mean score", "± bootstrap", false},
                                                     {"interval", "68.3 %", false},
                                                     {"standard deviation", "", false}};
    const struct l1t_run_scores *scores = &run->scores;
    l1t_html(html,
             "<p>The score of an event is the sum of its four efficiencies, each between 0 and 1. "
             "<b>Null</b> events have "
             "every object below its threshold; <b>positive</b> events fire one slice of the menu. "
             "A linear "
             "support-vector classifier on this one number is right for <b>%.2f %%</b> of the "
             "events (it cuts at %.3f); "
             "the best single cut, at %.3f, for <b>%.2f %%</b>. A positive event outranks a null "
             "one with probability "
             "<b>%.4f</b> (area under the ROC curve).</p>\n",
             100 * scores->svm.accuracy, scores->svm.cut, scores->separation.best_cut,
             100 * scores->separation.best_accuracy, scores->separation.auc);
    draw_scores(html, scores);
    l1t_html_table(html, "Mean scores, errors from 9999 bootstrap samples.", columns, 5);
    write_row(html, "null", scores->n, &scores->null_mean, scores->null_std);
    write_row(html, "positive", scores->n, &scores->positive_mean, scores->positive_std);
    l1t_html_table_end(html);
    l1t_html(html,
             "<p class=\"note\">%zu of %zu efficiencies were asked for beyond the ends of a curve "
             "and took its end value; "
             "a cubic continued there gives scores far above 4.</p>\n",
             scores->clamped, 8 * scores->n);
}

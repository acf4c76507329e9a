// SPDX-License-Identifier: GPL-3.0-or-later
// What the menu costs: the budget, each seed's rate in four senses, and how seeds overlap.
#include "common.h"
#include "draw.h"

#include <math.h>
#include <string.h>

static void write_rates(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_rates = {
    .order = 50, .id = "rates", .title = "Menu rates", .write = write_rates};

// All seeds begin alike; the rest of the name fits better.
static const char *short_name(const struct l1t_seed *seed)
{
    return strncmp(seed->name, "L1_", 3) == 0 && seed->name[3] != '\0' ? seed->name + 3
                                                                       : seed->name;
}

static void draw_budget(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_prediction *prediction = &run->prediction;
    struct l1t_budget_part parts[L1T_MAX_SEEDS];
    for (size_t i = 0; i < prediction->n_seeds; i++)
        parts[i] = (struct l1t_budget_part){short_name(&run->menu.seed[i]),
                                            prediction->seed[i].proportional_khz,
                                            l1t_seed_colour(&run->menu.seed[i])};
    l1t_html_figure_begin(html);
    l1t_draw_budget(html->out, "the menu's rate against its budget, divided among seeds", parts,
                    prediction->n_seeds, prediction->total_err, prediction->budget_khz, "kHz");
    l1t_html_figure_end(html,
                        "The menu's total rate, %.2f ± %.2f kHz, against its budget. Each part is "
                        "a seed's proportional rate: a crossing in "
                        "which k seeds fire counts 1/k for each, so the parts add up to the total. "
                        "Colours are the objects "
                        "(green jet, blue muon, orange e/γ, purple tau).",
                        prediction->total_khz, prediction->total_err);
}

static void write_seed(struct l1t_html *html, const struct l1t_seed *seed,
                       const struct l1t_seed_rate *rate, double total)
{
    char legs[80];
    l1t_seed_text(seed, legs, sizeof legs);
    l1t_html(html, "<tr>");
    l1t_html_named(html, l1t_seed_colour(seed), seed->name);
    l1t_html(html, "<td class=\"keep\">%s</td><td class=\"n\">%g</td>", legs, seed->prescale);
    if (rate->accepted == 0 && isfinite(rate->upper_khz))
        l1t_html(html, "<td class=\"n\">&lt; %.3g</td>", rate->upper_khz);
    else
        l1t_html_measured(html, rate->rate_khz, rate->err);
    l1t_html_measured(html, rate->pure_khz, rate->pure_err);
    l1t_html_measured(html, rate->proportional_khz, rate->proportional_err);
    l1t_html(html, "<td class=\"n\">%.1f</td></tr>\n",
             total > 0 ? 100 * rate->proportional_khz / total : 0.0);
}

static void write_menu(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {
        {"seed", "", true},      {"fires when", "GeV", true}, {"prescale", "", false},
        {"rate", "kHz", false},  {"pure", "kHz", false},      {"proportional", "kHz", false},
        {"of total", "%", false}};
    const struct l1t_prediction *prediction = &run->prediction;
    l1t_html_table(html,
                   "Rates after prescale, with statistical errors of the generated crossings. "
                   "Pure: no other seed fired.",
                   columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < prediction->n_seeds; i++)
        write_seed(html, &run->menu.seed[i], &prediction->seed[i], prediction->total_khz);
    l1t_html(html, "<tr class=\"total\"><td>total (at least one)</td><td></td><td></td>");
    l1t_html_measured(html, prediction->total_khz, prediction->total_err);
    l1t_html(html, "<td></td>");
    l1t_html_measured(html, prediction->total_khz, prediction->total_err);
    l1t_html(html,
             "<td class=\"n\">100</td></tr>\n<tr><td>sum of the seeds</td><td></td><td></td>");
    l1t_html_number(html, prediction->sum_khz, 5);
    l1t_html(html, "<td></td><td></td><td></td></tr>\n");
    l1t_html_table_end(html);
}

// Monte Carlo beside the closed form: two roads to one number.
static void write_check(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {{"seed", "", true},
                                                     {"crossings fired", "", false},
                                                     {"Monte Carlo", "kHz", false},
                                                     {"closed form", "kHz", false},
                                                     {"pull", "σ", false},
                                                     {"range", "", true}};
    const struct l1t_prediction *prediction = &run->prediction;
    double chi2 = 0;
    for (size_t i = 0; i < prediction->n_seeds; i++)
        chi2 += isfinite(prediction->seed[i].pull)
                    ? prediction->seed[i].pull * prediction->seed[i].pull
                    : 0;
    l1t_html(html,
             "<details><summary>Monte Carlo against the closed form (sum of squared pulls %.1f for "
             "%zu seeds)</summary>\n",
             chi2, prediction->n_seeds);
    l1t_html_table(html,
                   "Rates before prescale. The closed form integrates the same spectra without "
                   "random numbers; the pull is the "
                   "difference in units of the expected statistical error.",
                   columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < prediction->n_seeds; i++) {
        const struct l1t_seed_rate *rate = &prediction->seed[i];
        l1t_html(html, "<tr>");
        l1t_html_named(html, l1t_seed_colour(&run->menu.seed[i]), run->menu.seed[i].name);
        l1t_html_count(html, rate->fired);
        l1t_html_measured(html, rate->before_khz, rate->before_err);
        l1t_html_number(html, rate->closed_before_khz, 5);
        l1t_html_number(html, rate->pull, 2);
        l1t_html_cell(html, rate->extrapolated ? "extrapolated" : "calibrated");
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
    l1t_html(html, "</details>\n");
}

// A matrix cell: the part of the row's rate that the column also takes, darker when larger.
static void write_overlap_cell(struct l1t_html *html, double fraction)
{
    if (!isfinite(fraction)) {
        l1t_html(html, "<td class=\"n\">–</td>");
        return;
    }
    const double shade = sqrt(fraction) * 0.75;
    l1t_html(html, "<td class=\"n\" style=\"background:rgba(11,79,125,%.2f)%s\">", shade,
             shade > 0.5 ? ";color:#fff" : "");
    l1t_html(html, fraction > 0 && fraction < 0.001 ? "&lt; 0.1</td>" : "%.1f</td>",
             100 * fraction);
}

static void write_overlap(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_prediction *prediction = &run->prediction;
    const size_t n = prediction->n_seeds;
    struct l1t_html_column columns[L1T_MAX_SEEDS + 1] = {{"seed", "", true}};
    char number[L1T_MAX_SEEDS][24];
    for (size_t i = 0; i < n; i++) {
        snprintf(number[i], sizeof number[i], "%zu", i + 1);
        columns[i + 1] = (struct l1t_html_column){number[i], "", false};
    }
    l1t_html(html, "<details><summary>Overlap of seeds</summary>\n");
    l1t_html_table(html,
                   "Percent of the row's rate in crossings that the column's seed also accepted; "
                   "columns are numbered like the rows.",
                   columns, n + 1);
    for (size_t i = 0; i < n; i++) {
        l1t_html(html, "<tr><td class=\"keep\">%zu %s</td>", i + 1, run->menu.seed[i].name);
        for (size_t j = 0; j < n; j++)
            write_overlap_cell(html,
                               prediction->overlap_khz[i * n + j] / prediction->seed[i].rate_khz);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
    l1t_html(html, "</details>\n");
}

static void write_rates(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_prediction *prediction = &run->prediction;
    char crossings[64];
    char lumi[40];
    l1t_count_text(prediction->crossings, crossings, sizeof crossings);
    snprintf(lumi, sizeof lumi, "%.1f", run->processes.beam.luminosity / 1e34);
    l1t_html(html,
             "<p>The menu <b>%s</b> has %zu seeds. Its rates come from %s generated filled "
             "crossings, %.2f s of the LHC with %lld "
             "colliding bunches at %s × 10<sup>34</sup> cm<sup>−2</sup> s<sup>−1</sup> and %g "
             "interactions per crossing. Every crossing holds the objects of independent "
             "processes, each calibrated to a published rate. Prescales count as the hardware "
             "counts.</p>\n",
             run->menu.name, run->menu.n, crossings, prediction->live_seconds,
             run->processes.beam.bunches, lumi, run->processes.beam.pileup);
    draw_budget(html, run);
    write_menu(html, run);
    l1t_html(html,
             "<p>Adding up the seeds gives %.2f kHz, %.2f kHz more than the menu costs, because "
             "crossings in which several seeds fire "
             "are read out once.</p>\n",
             prediction->sum_khz, prediction->sum_khz - prediction->total_khz);
    write_check(html, run);
    write_overlap(html, run);
}

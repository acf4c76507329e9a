// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of what a menu costs.
#include "cost.h"
#include "draw.h"
#include "draw_rates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BARS_MAX = 60, HEAT_MAX = 40 };

static enum l1t_colour group_colour(size_t i)
{
    static const enum l1t_colour colours[] = {L1T_BLUE,   L1T_VERMILION, L1T_GREEN, L1T_PURPLE,
                                              L1T_ORANGE, L1T_SKY,       L1T_GREY};
    return colours[i % (sizeof colours / sizeof colours[0])];
}

// Groups of the menu; kinds of objects where it has none.
static bool is_shown(const struct l1t_rates *rates, const struct l1t_rates_set *set)
{
    bool grouped = false;
    for (size_t i = 0; i < rates->n_sets; i++)
        grouped = grouped || !rates->set[i].objects;
    return set->objects != grouped;
}

static void draw_share(struct l1t_html *html, const struct l1t_rates *rates, double budget_hz)
{
    const struct l1t_rate *total = &rates->column[rates->focus].total[L1T_TALLY_EXACT];
    struct l1t_budget_part parts[L1T_TALLY_SETS];
    size_t n = 0;
    for (size_t i = 0; i < rates->n_sets && n < L1T_TALLY_SETS; i++)
        if (is_shown(rates, &rates->set[i])) {
            parts[n] = (struct l1t_budget_part){
                rates->set[i].name, rates->set[i].proportional_hz[L1T_TALLY_EXACT] / 1e3,
                group_colour(n)};
            n++;
        }
    l1t_html_figure_begin(html);
    l1t_draw_budget(html->out, "the total rate, divided among groups", parts, n, total->err / 1e3,
                    budget_hz / 1e3, "kHz");
    l1t_html_figure_end(html,
                        "The total rate, %.2f ± %.2f kHz%s Each part is the proportional rate "
                        "of a group: a crossing that k algorithms keep counts 1/k for each, so "
                        "the parts add up to the total.",
                        total->hz / 1e3, total->err / 1e3,
                        budget_hz > 0 ? ", against the budget of the study." : ".");
}

void l1t_cost_draw_groups(struct l1t_html *html, const struct l1t_rates *rates, double budget_hz)
{
    struct l1t_rate_bar bars[L1T_TALLY_SETS];
    size_t n = 0;
    draw_share(html, rates, budget_hz);
    for (size_t i = 0; i < rates->n_sets && n < L1T_TALLY_SETS; i++) {
        const struct l1t_rates_set *set = &rates->set[i];
        if (!is_shown(rates, set))
            continue;
        const struct l1t_rate *rate = &set->total[L1T_TALLY_EXACT];
        bars[n] = (struct l1t_rate_bar){.label = set->name,
                                        .hz = rate->hz,
                                        .error = rate->err,
                                        .inner_hz = set->pure[L1T_TALLY_EXACT].hz,
                                        .colour = group_colour(n)};
        n++;
    }
    l1t_html_figure_begin(html);
    l1t_draw_rate_bars(html->out, "rate of each group of algorithms", bars, n);
    l1t_html_figure_end(html, "Rate of each group after prescales: crossings that at least one of "
                              "its algorithms keeps; the dark part, those that no other group "
                              "keeps. Lines are statistical errors.");
}

// ---- algorithms ----

static int by_group(const void *a, const void *b)
{
    const struct l1t_rates_algorithm *const *x = a, *const *y = b;
    const int group = strcmp((*x)->def->group, (*y)->def->group);
    if (group != 0)
        return group;
    const double left = (*x)->after[L1T_TALLY_EXACT].hz, right = (*y)->after[L1T_TALLY_EXACT].hz;
    return left > right ? -1 : left < right ? 1 : (int)(*x)->def->bit - (int)(*y)->def->bit;
}

static int by_rate(const void *a, const void *b)
{
    const struct l1t_rates_algorithm *const *x = a, *const *y = b;
    const double left = (*x)->after[L1T_TALLY_EXACT].hz, right = (*y)->after[L1T_TALLY_EXACT].hz;
    return left > right ? -1 : left < right ? 1 : (int)(*x)->def->bit - (int)(*y)->def->bit;
}

// Those with a rate, the largest of them.
static size_t largest(const struct l1t_rates *rates, size_t max,
                      const struct l1t_rates_algorithm **chosen)
{
    const struct l1t_rates_algorithm *all[L1T_GT_ALGORITHMS] = {NULL};
    size_t n = 0;
    for (size_t i = 0; i < rates->n; i++)
        if (rates->algorithm[i].accepted > 0)
            all[n++] = &rates->algorithm[i];
    qsort(all, n, sizeof(const struct l1t_rates_algorithm *), by_rate);
    n = n < max ? n : max;
    memcpy(chosen, all, n * sizeof *chosen);
    return n;
}

void l1t_cost_draw_algorithms(struct l1t_html *html, const struct l1t_rates *rates)
{
    const struct l1t_rates_algorithm *shown[BARS_MAX];
    struct l1t_rate_bar bars[BARS_MAX];
    const size_t n = largest(rates, BARS_MAX, shown);
    if (n == 0)
        return;
    qsort(shown, n, sizeof(const struct l1t_rates_algorithm *), by_group);
    for (size_t i = 0; i < n; i++) {
        const struct l1t_rates_algorithm *a = shown[i];
        const bool begins = i == 0 || strcmp(a->def->group, shown[i - 1]->def->group) != 0;
        bars[i] = (struct l1t_rate_bar){.label = l1t_cost_name(a),
                                        .heading =
                                            begins && *a->def->group != '\0' ? a->def->group : NULL,
                                        .hz = a->after[L1T_TALLY_EXACT].hz,
                                        .error = a->after[L1T_TALLY_EXACT].err,
                                        .inner_hz = a->pure[L1T_TALLY_EXACT].hz,
                                        .colour = l1t_cost_colour(a->objects)};
    }
    l1t_html_figure_begin(html);
    l1t_draw_rate_bars(html->out, "rate of each algorithm after its prescale", bars, n);
    l1t_html_figure_end(html,
                        "Rate of %s algorithms after prescale, by group, with statistical errors; "
                        "the dark part is the pure rate. The scale is logarithmic. Colours are "
                        "the objects (blue muon, red e/γ, purple tau, green jet, light blue "
                        "sums, orange several).",
                        n == BARS_MAX ? "the 60 largest" : "all firing");
}

void l1t_cost_draw_overlap(struct l1t_html *html, const struct l1t_rates *rates)
{
    const struct l1t_rates_algorithm *shown[HEAT_MAX];
    const char *labels[HEAT_MAX];
    double fraction[HEAT_MAX * HEAT_MAX];
    const size_t n = largest(rates, HEAT_MAX, shown);
    if (n < 2)
        return;
    qsort(shown, n, sizeof(const struct l1t_rates_algorithm *), by_group);
    for (size_t i = 0; i < n; i++) {
        const size_t row = (size_t)(shown[i] - rates->algorithm);
        labels[i] = l1t_cost_name(shown[i]);
        for (size_t j = 0; j < n; j++) {
            const size_t column = (size_t)(shown[j] - rates->algorithm);
            const double own = rates->overlap[row * rates->n + row].hz;
            fraction[i * n + j] =
                own > 0 ? rates->overlap[row * rates->n + column].hz / own : (double)NAN;
        }
    }
    l1t_html_figure_begin(html);
    l1t_draw_heat(html->out, "overlap of algorithms", labels, fraction, n);
    l1t_html_figure_end(html, "Overlap: the fraction of the row's rate, after prescales, in "
                              "crossings that the column's algorithm keeps too; darker is more "
                              "(as the square root). Columns are numbered like the rows.");
}

// ---- pile-up ----

static size_t pileup_points(const struct l1t_rates *rates, size_t algorithm, double *x, double *y,
                            double *error)
{
    size_t n = 0;
    for (unsigned mu = 1; mu < L1T_TALLY_PILEUPS; mu++) {
        const struct l1t_sum all = l1t_tally_pileup_all(rates->curve, mu);
        const struct l1t_sum sum = algorithm == SIZE_MAX
                                       ? l1t_tally_pileup_total(rates->curve, mu)
                                       : l1t_tally_pileup_before(rates->curve, algorithm, mu);
        if (all.w <= 0 || sum.w <= 0)
            continue;
        x[n] = mu;
        y[n] = rates->curve_hz * sum.w / all.w / 1e3;
        error[n++] = rates->curve_hz * sqrt(sum.w2) / all.w / 1e3;
    }
    return n;
}

void l1t_cost_draw_pileup(struct l1t_html *html, const struct l1t_rates *rates)
{
    const struct l1t_plot_frame frame = {.width = 960,
                                         .height = 420,
                                         .x = {"mean interactions of a crossing", "", false, 0, 0},
                                         .y = {"rate", "kHz", false, 0, 0},
                                         .legend = L1T_LEGEND_TOP_LEFT};
    double x[L1T_TALLY_PILEUPS], y[L1T_TALLY_PILEUPS], error[L1T_TALLY_PILEUPS];
    size_t n = pileup_points(rates, SIZE_MAX, x, y, error);
    if (n < 2)
        return;
    struct l1t_plot *plot = l1t_plot_new(&frame);
    if (plot != NULL) {
        l1t_plot_points(plot, "final OR", L1T_INK, x, y, error, n);
        const struct l1t_pileup_fit *fit = &rates->total_fit;
        for (size_t i = 0; i < n; i++)
            y[i] = l1t_pileup_fit_at(fit, x[i], NULL) / 1e3;
        if (fit->degree > 0)
            l1t_plot_line(plot, "fit", L1T_VERMILION, x, y, n);
    }
    l1t_html_plot(html, plot, "rate against pile-up",
                  "Rate of the final OR against pile-up in the sample %s, with the polynomial "
                  "through the origin that describes it.",
                  rates->curve_sample);
}

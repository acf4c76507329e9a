// SPDX-License-Identifier: GPL-3.0-or-later
// What the global trigger's menu costs: rates of a sample, by group, algorithm and column.
#include "cost.h"

#include <math.h>
#include <string.h>

static void write_cost(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_cost = {
    .order = 70, .id = "cost", .title = "Menu costs", .write = write_cost};

enum l1t_colour l1t_cost_colour(const char *objects)
{
    static const struct {
        const char *objects;
        enum l1t_colour colour;
    } colours[] = {{"muon", L1T_BLUE}, {"e/gamma", L1T_VERMILION}, {"tau", L1T_PURPLE},
                   {"jet", L1T_GREEN}, {"sums", L1T_SKY},          {"cross", L1T_ORANGE},
                   {"other", L1T_GREY}};
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++)
        if (strcmp(colours[i].objects, objects) == 0)
            return colours[i].colour;
    return L1T_GREY;
}

const char *l1t_cost_name(const struct l1t_rates_algorithm *algorithm)
{
    const char *name = algorithm->def->name;
    return strncmp(name, "L1_", 3) == 0 && name[3] != '\0' ? name + 3 : name;
}

void l1t_cost_cell(struct l1t_html *html, const struct l1t_rate *rate)
{
    if (!isnan(rate->err))
        l1t_html_measured(html, rate->hz / 1e3, rate->err / 1e3);
    else if (isfinite(rate->upper84))
        l1t_html(html, "<td class=\"n\">&lt; %.3g</td>", rate->upper84 / 1e3);
    else
        l1t_html_number(html, NAN, 1);
}

static void write_totals(struct l1t_html *html, const struct l1t_rates *rates)
{
    const struct l1t_rates_column *column = &rates->column[rates->focus];
    const struct l1t_rate *total = column->total;
    double sum = 0;
    for (size_t i = 0; i < rates->n; i++)
        sum += rates->algorithm[i].after[L1T_TALLY_EXACT].hz;
    l1t_html(html,
             "<p>In the column <b>%s</b>, %zu of the %zu algorithms of <b>%s</b> are on. Their "
             "final OR costs <b>%.2f ± %.2f kHz</b> with the hardware's prescale counters, "
             "%.2f ± %.2f kHz with prescales as they are on average. Adding the algorithms up "
             "gives %.2f kHz: crossings in which several fire are read out once.</p>\n",
             column->name, column->n_on, rates->n, rates->menu->name, total[0].hz / 1e3,
             total[0].err / 1e3, total[1].hz / 1e3, total[1].err / 1e3, sum / 1e3);
    for (size_t i = 0; i < rates->n_warnings; i++)
        l1t_html(html, "<p class=\"note\">%s</p>\n", rates->warning[i]);
}

static void write_cost(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_rates *rates = run->costs;
    if (rates == NULL) {
        l1t_html(html, "<p>The study has no <code>rates</code> section.</p>\n");
        return;
    }
    const double budget = rates->study->budget.on ? rates->study->budget.total_hz : 0;
    write_totals(html, rates);
    l1t_cost_draw_groups(html, rates, budget);
    l1t_cost_draw_algorithms(html, rates);
    l1t_cost_write_algorithms(html, rates);
    if (rates->overlap != NULL)
        l1t_cost_draw_overlap(html, rates);
    l1t_cost_write_columns(html, rates);
    if (rates->curve != NULL)
        l1t_cost_draw_pileup(html, rates);
    if (rates->n_beams > 0)
        l1t_cost_write_beams(html, rates);
    if (rates->has_dead_time)
        l1t_cost_write_dead_time(html, rates);
    if (rates->difference.other != NULL)
        l1t_cost_write_difference(html, rates);
    l1t_cost_write_samples(html, rates);
}

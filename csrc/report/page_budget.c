// SPDX-License-Identifier: GPL-3.0-or-later
// The answer of the budget solver: what moved, what it buys, which budget binds.
#include "common.h"
#include "rate/budget_setup.h"

#include <math.h>

static void write_budget(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_budget = {
    .order = 74, .id = "budget", .title = "Budget", .write = write_budget};

#define N(array) (sizeof(array) / sizeof(array)[0])

static void put_rate(struct l1t_html *html, const struct l1t_rate *rate)
{
    if (isnan(rate->err))
        l1t_html_number(html, rate->hz / 1e3, 3);
    else
        l1t_html_measured(html, rate->hz / 1e3, rate->err / 1e3);
}

static void write_limits(struct l1t_html *html, const struct l1t_budget_found *f)
{
    static const struct l1t_html_column columns[] = {{"budget of", "", true},
                                                     {"before", "kHz", false},
                                                     {"after", "kHz", false},
                                                     {"budget", "kHz", false},
                                                     {"binds", "", true}};
    const struct l1t_budget *b = &f->setup->budget;
    l1t_html_table(html, "Rates with prescales as they are on average, before and after.", columns,
                   N(columns));
    for (size_t c = 0; c < b->n_limits; c++) {
        const struct l1t_rate before = l1t_budget_account_limit(f->setup, &f->before, c);
        const struct l1t_rate after = l1t_budget_account_limit(f->setup, &f->after, c);
        l1t_html(html, "<tr>");
        l1t_html_cell(html, b->limit[c].name);
        put_rate(html, &before);
        put_rate(html, &after);
        l1t_html_number(html, b->limit[c].hz / 1e3, 5);
        l1t_html_cell(html, f->answer.binding == c ? "yes" : "no");
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_move(struct l1t_html *html, const struct l1t_budget_found *f, size_t i,
                       bool prescale)
{
    const struct l1t_budget_item *item = &f->setup->budget.item[i];
    const struct l1t_budget_setting *to = &f->answer.setting;
    const double before = prescale ? item->factor / 100.0 : item->nominal;
    const double after = prescale ? to->factor[i] / 100.0 : item->threshold[to->point[i]];
    const struct l1t_rate rate =
        l1t_budget_account_rate(f->setup, &f->after, L1T_BUDGET_AFTER, item->bit);
    const struct l1t_rate pure =
        l1t_budget_account_rate(f->setup, &f->after, L1T_BUDGET_PURE, item->bit);
    l1t_html(html, "<tr>");
    l1t_html_cell(html, item->name);
    l1t_html_cell(html, prescale ? "prescale" : "threshold, GeV");
    l1t_html_number(html, before, 6);
    l1t_html(html,
             fabs(after - before) > 1e-9 ? "<td class=\"n\"><b>%.6g</b></td>"
                                         : "<td class=\"n\">%.6g</td>",
             after);
    put_rate(html, &rate);
    put_rate(html, &pure);
    l1t_html(html, "</tr>\n");
}

static void write_moves(struct l1t_html *html, const struct l1t_budget_found *f)
{
    static const struct l1t_html_column columns[] = {
        {"algorithm", "", true}, {"what moves", "", true},     {"before", "", false},
        {"after", "", false},    {"rate after", "kHz", false}, {"unique after", "kHz", false}};
    const struct l1t_budget *b = &f->setup->budget;
    l1t_html_table(html, "What was allowed to move; changes are bold.", columns, N(columns));
    for (size_t i = 0; i < b->n_items; i++) {
        if (f->setup->source[i].scan != NULL)
            write_move(html, f, i, false);
        if (b->item[i].low < b->item[i].high)
            write_move(html, f, i, true);
    }
    l1t_html_table_end(html);
}

static void write_signals(struct l1t_html *html, const struct l1t_budget_found *f)
{
    static const struct l1t_html_column columns[] = {
        {"signal", "", true}, {"before", "%", false}, {"after", "%", false}};
    const struct l1t_budget *b = &f->setup->budget;
    if (b->n_signals == 0)
        return;
    l1t_html_table(html, "Efficiency of the final OR.", columns, N(columns));
    for (size_t k = 0; k < b->n_signals; k++) {
        const struct l1t_fraction before = l1t_budget_account_efficiency(f->setup, &f->before, k);
        const struct l1t_fraction after = l1t_budget_account_efficiency(f->setup, &f->after, k);
        l1t_html(html, "<tr>");
        l1t_html_cell(html, b->sample[b->n_samples - b->n_signals + k].name);
        l1t_html_measured(html, 100 * before.value, 50 * (before.high - before.low));
        l1t_html_measured(html, 100 * after.value, 50 * (after.high - after.low));
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_budget(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_budget_found *f = run->budget;
    if (f == NULL) {
        l1t_html(html, "<p>The study has no <code>budget</code> section.</p>\n");
        return;
    }
    const struct l1t_budget *b = &f->setup->budget;
    l1t_html(html,
             "<p>Thresholds and prescales were moved so that every rate is %g standard deviations "
             "below its budget, %s. %s; the new menu was written, read back and run on all "
             "samples, with the same rates to the last bit.</p>\n",
             b->margin,
             b->objective == L1T_OBJECTIVE_KEEP ? "for the smallest change of the menu"
                                                : "for the largest efficiency of the signals",
             f->answer.exhaustive ? "All settings were tried" : "The answer was found by search");
    write_limits(html, f);
    write_moves(html, f);
    write_signals(html, f);
    l1t_html(html,
             "<p>%zu settings were looked at. <code>l1twin budget</code> writes the menu and "
             "lists what each step from here costs.</p>\n",
             f->answer.tried);
}

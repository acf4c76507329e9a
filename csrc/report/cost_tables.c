// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of what a menu costs, for people.
#include "cost.h"

#include <math.h>

#define N(array) (sizeof(array) / sizeof(array)[0])

// A prescale as it was written, two decimals at most.
static void put_prescale(struct l1t_html *html, double prescale)
{
    if (prescale > 0)
        l1t_html(html, "<td class=\"n\">%.10g</td>", prescale);
    else
        l1t_html(html, "<td class=\"n\">off</td>");
}

void l1t_cost_write_algorithms(struct l1t_html *html, const struct l1t_rates *rates)
{
    static const struct l1t_html_column columns[] = {
        {"algorithm", "", true},       {"prescale", "", false},    {"before", "kHz", false},
        {"rate", "kHz", false},        {"expected", "kHz", false}, {"pure", "kHz", false},
        {"proportional", "kHz", false}};
    size_t silent = 0;
    l1t_html(html, "<details open=\"open\"><summary>Algorithms</summary>\n");
    l1t_html_table(html,
                   "Rates of algorithms with statistical errors: before their prescale; after it, "
                   "counted as the hardware does and as expected on average; with no other "
                   "algorithm; shared with the others. Below: 84 % upper limit, nothing was seen.",
                   columns, N(columns));
    for (size_t i = 0; i < rates->n; i++) {
        const struct l1t_rates_algorithm *a = &rates->algorithm[i];
        if (a->fired == 0 && a->supported) {
            silent++;
            continue;
        }
        l1t_html(html, "<tr>");
        l1t_html_named(html, l1t_cost_colour(a->objects), l1t_cost_name(a));
        put_prescale(html, a->prescale);
        if (!a->supported) {
            l1t_html(html, "<td colspan=\"5\">cannot be evaluated</td></tr>\n");
            continue;
        }
        l1t_cost_cell(html, &a->before);
        l1t_cost_cell(html, &a->after[L1T_TALLY_EXACT]);
        l1t_cost_cell(html, &a->after[L1T_TALLY_EXPECTED]);
        l1t_cost_cell(html, &a->pure[L1T_TALLY_EXACT]);
        l1t_cost_cell(html, &a->proportional[L1T_TALLY_EXACT]);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
    if (silent > 0)
        l1t_html(html, "<p>%zu algorithms never fired and are not shown.</p>\n", silent);
    l1t_html(html, "</details>\n");
}

static void write_column_totals(struct l1t_html *html, const struct l1t_rates *rates)
{
    static const struct l1t_html_column columns[] = {{"column", "", true},
                                                     {"algorithms on", "", false},
                                                     {"total", "kHz", false},
                                                     {"expected", "kHz", false}};
    l1t_html_table(html, "Total rate in every column of prescales, from the same crossings.",
                   columns, N(columns));
    for (size_t c = 0; c < rates->n_columns; c++) {
        l1t_html(html, "<tr>");
        l1t_html_cell(html, rates->column[c].name);
        l1t_html_count(html, rates->column[c].n_on);
        l1t_cost_cell(html, &rates->column[c].total[L1T_TALLY_EXACT]);
        l1t_cost_cell(html, &rates->column[c].total[L1T_TALLY_EXPECTED]);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

void l1t_cost_write_columns(struct l1t_html *html, const struct l1t_rates *rates)
{
    struct l1t_html_column columns[L1T_TALLY_COLUMNS + 1] = {{"algorithm", "", true}};
    const struct l1t_gt_menu *menu = rates->menu;
    write_column_totals(html, rates);
    if (menu->n_columns == 0)
        return;
    for (size_t c = 0; c < menu->n_columns; c++)
        columns[c + 1] = (struct l1t_html_column){menu->column[c], "", false};
    l1t_html(html, "<details><summary>Prescales by column</summary>\n");
    l1t_html_table(html, "Prescales; an algorithm that is off in all columns decides nothing.",
                   columns, menu->n_columns + 1);
    for (size_t i = 0; i < rates->n; i++) {
        const struct l1t_rates_algorithm *a = &rates->algorithm[i];
        l1t_html(html, "<tr>");
        l1t_html_named(html, l1t_cost_colour(a->objects), l1t_cost_name(a));
        for (size_t c = 0; c < menu->n_columns; c++)
            put_prescale(html, a->def->prescale[c]);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
    l1t_html(html, "</details>\n");
}

void l1t_cost_write_beams(struct l1t_html *html, const struct l1t_rates *rates)
{
    static const struct l1t_html_column columns[] = {{"beam", "", true},
                                                     {"scaling", "", true},
                                                     {"factor", "", false},
                                                     {"total", "kHz", false},
                                                     {"applies", "", true}};
    l1t_html_table(html,
                   "The total rate in other beams, scaled in every way; a way that does not "
                   "apply says why.",
                   columns, N(columns));
    for (size_t b = 0; b < rates->n_beams; b++)
        for (int s = 0; s < L1T_SCALINGS; s++) {
            const struct l1t_rates_beam *beam = &rates->beam[b];
            const struct l1t_rates_scaled *scaled = &beam->scaled[s];
            char text[100];
            (void)snprintf(text, sizeof text, "%.3g cm-2 s-1, %.0f bunches, pile-up %.1f",
                           beam->beam.luminosity, beam->beam.bunches, beam->pileup);
            l1t_html(html, "<tr>");
            l1t_html_cell(html, text);
            l1t_html_cell(html, l1t_scaling_name((enum l1t_scaling)s));
            l1t_html_number(html, scaled->factor, 4);
            l1t_cost_cell(html, &scaled->total);
            l1t_html_cell(html, scaled->applies ? "yes" : scaled->why);
            l1t_html(html, "</tr>\n");
        }
    l1t_html_table_end(html);
}

void l1t_cost_write_dead_time(struct l1t_html *html, const struct l1t_rates *rates)
{
    static const struct l1t_html_column columns[] = {
        {"rule", "", true}, {"lost to it", "%", false}, {"rules so far, alone", "%", false}};
    const struct l1t_deadtime *dead = &rates->dead_time;
    const struct l1t_trigger_rules *rules = &rates->study->rates.rules;
    l1t_html(html,
             "<p>Trigger rules on the filling scheme (%u bunches, %llu orbits simulated): of "
             "%.2f kHz requested, <b>%.2f kHz</b> are accepted; %.3f ± %.3f %% are lost.</p>\n",
             rates->study->rates.filling.bunches, (unsigned long long)dead->orbits,
             dead->requested_hz / 1e3, dead->accepted_hz / 1e3, 100 * dead->loss,
             100 * dead->loss_err);
    l1t_html_table(html, "Requests lost to each rule, and with only the rules up to it.", columns,
                   N(columns));
    for (size_t r = 0; r < rules->n && dead->requests > 0; r++) {
        char text[60];
        (void)snprintf(text, sizeof text, "at most %u in %u crossings", rules->rule[r].accepts,
                       rules->rule[r].window);
        l1t_html(html, "<tr>");
        l1t_html_cell(html, text);
        l1t_html_number(html, 100 * (double)dead->lost[r] / (double)dead->requests, 3);
        l1t_html_number(html, 100 * (double)dead->lost_alone[r + 1] / (double)dead->requests, 3);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void put_delta(struct l1t_html *html, const struct l1t_rates_delta *delta)
{
    l1t_cost_cell(html, &delta->menu);
    l1t_cost_cell(html, &delta->other);
    if (isnan(delta->err))
        l1t_html_cell(html, "same crossings");
    else
        l1t_html_measured(html, delta->hz / 1e3, delta->err / 1e3);
}

void l1t_cost_write_difference(struct l1t_html *html, const struct l1t_rates *rates)
{
    static const struct l1t_html_column columns[] = {{"", "", true},
                                                     {"this menu", "kHz", false},
                                                     {"other", "kHz", false},
                                                     {"other - this", "kHz", false}};
    const struct l1t_rates_difference *d = &rates->difference;
    l1t_html_table(html,
                   "Beside another menu on the same crossings, after prescales. Errors of "
                   "differences are those of the crossings in which the menus differ.",
                   columns, N(columns));
    l1t_html(html, "<tr class=\"total\"><td>total (%s)</td>", d->other->name);
    put_delta(html, &d->total[L1T_TALLY_EXACT]);
    l1t_html(html, "</tr>\n");
    for (size_t i = 0; i < d->n; i++) {
        const struct l1t_rates_pair *pair = &d->pair[i];
        if (!pair->changed && pair->menu != NULL && pair->other != NULL)
            continue;
        l1t_html(html, "<tr>");
        l1t_html(html, "<td>%s%s</td>", pair->name,
                 pair->menu == NULL    ? " (only there)"
                 : pair->other == NULL ? " (only here)"
                                       : "");
        put_delta(html, &pair->after[L1T_TALLY_EXACT]);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

void l1t_cost_write_samples(struct l1t_html *html, const struct l1t_rates *rates)
{
    static const struct l1t_html_column columns[] = {{"sample", "", true},
                                                     {"from", "", true},
                                                     {"crossings", "", false},
                                                     {"with an algorithm", "", false},
                                                     {"one crossing is", "Hz", false},
                                                     {"final OR", "%", false}};
    l1t_html_table(html, "Samples of the rates, then signals with the efficiency of the final OR.",
                   columns, N(columns));
    for (size_t i = 0; i < rates->n_samples; i++) {
        const struct l1t_rates_sample *s = &rates->sample[i];
        const struct l1t_fraction *f = &s->total[L1T_TALLY_EXPECTED];
        l1t_html(html, "<tr>");
        l1t_html_cell(html, s->name);
        l1t_html_cell(html, s->info.origin);
        l1t_html_count(html, s->info.n);
        l1t_html_count(html, s->fired);
        l1t_html_number(html, s->signal ? (double)NAN : s->scale_hz, 4);
        l1t_html_measured(html, 100 * f->value, 50 * (f->high - f->low));
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

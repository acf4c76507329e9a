// SPDX-License-Identifier: GPL-3.0-or-later
// The three answers, for a reader with half a minute.
#include "common.h"

#include <math.h>
#include <string.h>

static void write_summary(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_summary = {
    .order = 10, .id = "summary", .title = "Summary", .write = write_summary};

static void write_fit_card(struct l1t_html *html, const struct l1t_run *run)
{
    unsigned found = 0;
    for (int o = 0; o < L1T_OBJECTS; o++)
        found += run->object[o].fit.n_roots > 0;
    l1t_html(html,
             "<div class=\"card %s\"><h3>Spectra</h3><p class=\"big\">%u of %d "
             "explained</p><p>mean energies ",
             found == L1T_OBJECTS ? "good" : "bad", found, (int)L1T_OBJECTS);
    for (int o = 0; o < L1T_OBJECTS; o++)
        l1t_html(html, "%s%s %.0f", o > 0 ? ", " : "", l1t_object_label((enum l1t_object)o),
                 1 / run->object[o].lambda);
    l1t_html(html, " GeV give the published shares</p></div>\n");
}

static void write_budget_card(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_prediction *prediction = &run->prediction;
    const bool within = !(prediction->margin_khz < 0);
    l1t_html(html, "<div class=\"card %s\"><h3>Menu rate</h3><p class=\"big\">%.1f ± %.1f kHz</p>",
             within ? "good" : "warn", prediction->total_khz, prediction->total_err);
    if (isfinite(prediction->margin_khz))
        l1t_html(html, "<p>%.0f %% of the %g kHz budget: %.1f kHz %s</p></div>\n",
                 100 * prediction->total_khz / prediction->budget_khz, prediction->budget_khz,
                 fabs(prediction->margin_khz), within ? "to spare" : "too much");
    else
        l1t_html(html, "<p>no budget given</p></div>\n");
}

static void write_cosim_card(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_cosim_result *result = &run->cosim.result;
    char records[64];
    char events[64];
    if (!run->cosim.ran) {
        l1t_html(html, "<div class=\"card\"><h3>Hardware twins</h3><p class=\"big\">not "
                       "compared</p><p>switched off for this run</p></div>\n");
        return;
    }
    l1t_count_text(result->records, records, sizeof records);
    l1t_count_text(result->events, events, sizeof events);
    const bool equal = result->differing_events == 0 && result->problems == 0;
    l1t_html(html, "<div class=\"card %s\"><h3>Hardware twins</h3>", equal ? "good" : "bad");
    if (equal)
        l1t_html(html,
                 "<p class=\"big\">RTL = C model</p><p>%s records at %zu stages of %s events, 0 "
                 "differences</p></div>\n",
                 records, result->n_stages, events);
    else
        l1t_html(html,
                 "<p class=\"big\">RTL ≠ C model</p><p>%llu of %s events differ, %u wrong strobe "
                 "counts or latencies</p></div>\n",
                 (unsigned long long)result->differing_events, events, result->problems);
}

static void write_summary(struct l1t_html *html, const struct l1t_run *run)
{
    l1t_html(html, "<div class=\"cards\">\n");
    write_fit_card(html, run);
    write_budget_card(html, run);
    write_cosim_card(html, run);
    l1t_html(html, "</div>\n");
    l1t_html(html, "<p class=\"lead\">Bunches cross at the LHC 40 million times a second; the "
                   "first trigger level may keep about 100 thousand of these crossings. "
                   "Questions answered on this page:</p>\n<ol>\n"
                   "<li><a href=\"#spectra\">Which energy spectra explain the published trigger "
                   "rates?</a> For each object one exponential slope, "
                   "found from its <a href=\"#shares\">share of the menu</a> and its <a "
                   "href=\"#curves\">turn-on curve</a>.</li>\n"
                   "<li><a href=\"#rates\">What would a small menu cost?</a> Rates with errors for "
                   "every seed, "
                   "<a href=\"#thresholds\">for every threshold</a>, against a budget.</li>\n");
    if (run->costs != NULL)
        l1t_html(html,
                 "<li><a href=\"#cost\">What does a whole menu cost, and what is to change?</a> "
                 "Rates of every algorithm and group, <a href=\"#scans\">of every "
                 "threshold</a>, and what <a href=\"#budget\">a budget</a> asks for.</li>\n");
    l1t_html(html, "<li><a href=\"#cosim\">Does the hardware do what was simulated?</a> The RTL is "
                   "compared with its C model on every stage of every event.</li>\n</ol>\n");
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict on the twins: every stage of every event, and where the generated events went.
#include "common.h"
#include "draw.h"
#include "l1t/io.h"

#include <string.h>

static void write_cosim(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_cosim = {
    .order = 80, .id = "cosim", .title = "Hardware twins", .write = write_cosim};

static void draw_stages(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_cosim_result *result = &run->cosim.result;
    struct l1t_draw_stage stages[L1T_DUT_MAX_STAGES];
    char records[64];
    for (size_t s = 0; s < result->n_stages; s++)
        stages[s] = (struct l1t_draw_stage){
            result->stage[s].name, result->stage[s].records, result->stage[s].differing,
            result->stage[s].latency_stated, l1t_cosim_stage_problem(&result->stage[s])};
    l1t_count_text(result->records, records, sizeof records);
    l1t_html_figure_begin(html);
    l1t_draw_twins(html->out, "stages of the C model and of the RTL, and whether they agree",
                   stages, result->n_stages);
    l1t_html_figure_end(html,
                        "The two twins of the %s path, stage by stage; the sign between them is "
                        "the outcome of comparing %s "
                        "records, counting rows and measuring latency. Latency, as the RTL states "
                        "it, counts clocks from an event's first row of input to the stage's first "
                        "row, both included.",
                        run->study.cosim.twin, records);
}

static void write_verdict(struct l1t_html *html, const char *problem)
{
    const char *kind = problem == NULL                      ? "good"
                       : strcmp(problem, "no latency") == 0 ? "warn"
                                                            : "bad";
    l1t_html(html, "<td><span class=\"pill %s\">%s%s</span></td></tr>\n", kind,
             problem == NULL ? "equal"
             : *kind == 'b'  ? "different "
                             : "equal, ",
             problem == NULL ? "" : problem);
}

static void write_stage_table(struct l1t_html *html, const struct l1t_cosim_result *result)
{
    static const struct l1t_html_column columns[] = {
        {"stage", "", true},          {"records compared", "", false},
        {"different", "", false},     {"rows seen", "", false},
        {"rows expected", "", false}, {"latency", "clocks", false},
        {"stated", "clocks", false},  {"verdict", "", true}};
    l1t_html_table(html,
                   "Every record of every stage, compared word by word. Rows are counted, so "
                   "nothing can be lost or added unseen; "
                   "the latency is measured on events without gaps in or right after them.",
                   columns, sizeof columns / sizeof columns[0]);
    for (size_t s = 0; s < result->n_stages; s++) {
        const struct l1t_cosim_stage *stage = &result->stage[s];
        const char *problem = l1t_cosim_stage_problem(stage);
        l1t_html(html, "<tr><td><code>%s</code></td>", stage->name);
        l1t_html_count(html, stage->records);
        l1t_html_count(html, stage->differing);
        l1t_html_count(html, stage->rows_seen);
        l1t_html_count(html, stage->rows_expected);
        if (stage->latency_min < 0)
            l1t_html(html, "<td class=\"n\">–</td>");
        else if (stage->latency_min == stage->latency_max)
            l1t_html(html, "<td class=\"n\">%d</td>", stage->latency_min);
        else
            l1t_html(html, "<td class=\"n\">%d … %d</td>", stage->latency_min, stage->latency_max);
        l1t_html(html, "<td class=\"n\">%d</td>", stage->latency_stated);
        write_verdict(html, problem);
    }
    l1t_html_table_end(html);
}

static void write_coverage(struct l1t_html *html, const struct l1t_run *run)
{
    static const struct l1t_html_column columns[] = {{"situation", "", true}, {"times", "", false}};
    const char *const *names = run->cosim.twin->cover_names;
    size_t n = 0;
    size_t met = 0;
    if (names == NULL)
        return;
    for (; names[n] != NULL; n++)
        met += run->cosim.result.bins[n] > 0;
    l1t_html(
        html,
        "<details><summary>What the generated events exercised: %zu of %zu situations</summary>\n",
        met, n);
    l1t_html_table(html,
                   "Situations that a twin can get wrong, and how often the generated events "
                   "contain them (seen by the C model).",
                   columns, 2);
    for (size_t i = 0; i < n; i++) {
        l1t_html(html, "<tr><td>%s</td>", names[i]);
        l1t_html_count(html, run->cosim.result.bins[i]);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
    l1t_html(html, "</details>\n");
}

// Folders of this machine stay out of the page: a file given by its whole path loses them.
static void write_config(struct l1t_html *html, const char *config)
{
    char word[4096];
    if (config == NULL)
        return;
    const char *name = *config == '/' ? strrchr(config, '/') + 1 : config;
    l1t_html(html, " --config %s", l1t_shell_word(name, word, sizeof word));
}

static void write_how(struct l1t_html *html, const struct l1t_run *run)
{
    static const char *const gaps[] = {"none", "between", "inside", "all"};
    const struct l1t_study *study = &run->study;
    l1t_html(html,
             "<h3>See it again, or see it fail</h3>\n<pre>%s cosim %s --n %lld --seed %lld "
             "--gaps %s",
             run->cosim.fault > 0 ? "l1twin-faulty" : "l1twin", study->cosim.twin,
             study->cosim.events, study->seed, gaps[study->cosim.gaps]);
    if (run->cosim.reset_every > 0)
        l1t_html(html, " --reset-every %llu", run->cosim.reset_every);
    write_config(html, study->cosim.config);
    if (run->cosim.fault > 0)
        l1t_html(html, " --fault %u", run->cosim.fault);
    l1t_html(html, "\nmake test        # also breaks the RTL in many places and requires that each "
                   "fault is found</pre>\n"
                   "<p>Any event can be made alone: event <i>e</i> depends on the seed and on "
                   "<i>e</i>, not on the events before it.</p>\n");
}

static void write_cosim(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_cosim_result *result = &run->cosim.result;
    char events[64];
    char words[64];
    if (!run->cosim.ran) {
        l1t_html(html, "<p>This run did not compare the twins: the study has no <code>cosim</code> "
                       "section, or it was switched off.</p>\n");
        return;
    }
    l1t_count_text(result->events, events, sizeof events);
    l1t_count_text(result->words, words, sizeof words);
    l1t_html(html, "<p class=\"lead\"><code>%s</code></p>\n", result->verdict);
    l1t_html(html,
             "<p>The trigger algorithm exists twice: as an integer C model, which the rest of the "
             "program uses, and as "
             "synthesizable SystemVerilog, simulated here by %s. Both got the same %s generated "
             "events (calorimeter towers with pile-up, jets "
             "and corner cases), %s%llu resets in the middle of events; %s words of 32 bits "
             "were compared, on the "
             "outputs and on every stage inside.</p>\n",
             run->cosim.simulator, events,
             run->study.cosim.gaps != L1T_GAPS_NONE ? "with idle clocks and "
                                                    : "back to back but for ",
             (unsigned long long)result->resets, words);
    draw_stages(html, run);
    write_stage_table(html, result);
    if (result->report != NULL && result->report[0] != '\0')
        l1t_html(html, "<pre>%s</pre>\n", result->report);
    write_coverage(html, run);
    write_how(html, run);
}

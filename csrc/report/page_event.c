// SPDX-License-Identifier: GPL-3.0-or-later
// One crossing as the trigger sees it: the towers, what was put in, what was found.
#include "common.h"
#include "draw_event.h"
#include "event.h"

static void write_event(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_event = {
    .order = 62, .id = "event", .title = "A crossing", .write = write_event};

#define PI 3.14159265358979323846

enum { LABEL = 24, LABELLED = 12, MAX_OBJECTS = 3 * 12 + L1T_TRUTH_MAX };

struct list {
    size_t n;
    struct l1t_draw_object object[MAX_OBJECTS];
    char label[MAX_OBJECTS][LABEL];
};

static void add(struct list *list, enum l1t_draw_shape shape, enum l1t_colour colour, double eta,
                double phi, const char *what, double pt)
{
    struct l1t_draw_object *o = &list->object[list->n];
    char *label = list->label[list->n++];
    if (pt > 0)
        snprintf(label, LABEL, "%s %.0f", what, pt);
    else
        snprintf(label, LABEL, "%s", what);
    *o = (struct l1t_draw_object){shape, colour, eta, phi, label};
}

static void add_words(struct list *list, enum l1t_draw_shape shape, const char *what,
                      const struct l1t_event_words *words)
{
    for (unsigned i = 0; i < words->n; i++) {
        const double pt = l1t_event_value(words, i, "et");
        add(list, shape, l1t_object_colour(words->object), l1t_event_value(words, i, "eta"),
            l1t_event_value(words, i, "phi"), pt >= LABELLED ? what : "", pt >= LABELLED ? pt : 0);
    }
}

// Squares first, so that they do not hide the small marks.
static void make_list(struct list *list, const struct l1t_run_event *event)
{
    struct l1t_event_words words[L1T_EVENT_KINDS];
    l1t_event_words(event->answer, words);
    list->n = 0;
    add_words(list, L1T_SHAPE_SQUARE, "jet", &words[2]);
    add_words(list, L1T_SHAPE_TRIANGLE, "τ", &words[1]);
    add_words(list, L1T_SHAPE_CIRCLE, "e/γ", &words[0]);
    for (size_t i = 0; i < event->n_truth; i++) {
        const struct l1t_truth *t = &event->truth[i];
        add(list, L1T_SHAPE_CROSS, L1T_INK, t->eta, t->phi < 0 ? t->phi + 2 * PI : t->phi, "", 0);
    }
}

static void draw_event(struct l1t_html *html, const struct l1t_run *run)
{
    static struct list list; // some 10 KiB, used from one thread
    struct l1t_event_sum sums[L1T_EVENT_SUMS];
    l1t_event_sums(run->event.answer, sums);
    const struct l1t_event_sum *met = &sums[5]; // with the forward calorimeter, as the map has it
    make_list(&list, &run->event);
    l1t_html_figure_begin(html);
    l1t_draw_event(html->out, "towers of one crossing in eta and phi with the objects found",
                   run->event.towers, list.object, list.n, met->et_gev, met->phi_rad);
    l1t_html_figure_end(
        html,
        "Crossing %lld of the generator. Circles: e/γ; triangles: taus; squares: jets with their "
        "windows of nine by nine towers; numbers: ET in GeV from %d GeV on. Crosses: what was put "
        "in. Dashed: where the forward calorimeter begins. The mark at the right edge is the "
        "direction of missing ET.",
        run->study.event.number, LABELLED);
}

static void write_truth(struct l1t_html *html, const struct l1t_run_event *event)
{
    static const struct l1t_html_column columns[] = {
        {"put in", "", true},  {"pt", "GeV", false},  {"η", "", false},     {"φ", "rad", false},
        {"e/γ", "GeV", false}, {"tau", "GeV", false}, {"jet", "GeV", false}};
    struct l1t_event_words words[L1T_EVENT_KINDS];
    l1t_event_words(event->answer, words);
    l1t_html_table(html,
                   "True objects, and the ET of the nearest trigger object of each kind within "
                   "0.4 in η and φ.",
                   columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < event->n_truth; i++) {
        const struct l1t_truth *t = &event->truth[i];
        l1t_html(html, "<tr><td>%s</td>", l1t_truth_names[t->kind]);
        l1t_html_number(html, t->pt_gev, 4);
        l1t_html_number(html, t->eta, 3);
        l1t_html_number(html, t->phi, 3);
        for (size_t kind = 0; kind < L1T_EVENT_KINDS; kind++)
            l1t_html_number(html, l1t_event_nearest(&words[kind], t), 4);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_sums(struct l1t_html *html, const struct l1t_run_event *event)
{
    struct l1t_event_sum sums[L1T_EVENT_SUMS];
    static const struct l1t_html_column columns[] = {{"sum", "", true}, {"ET", "GeV", false}};
    l1t_html_table(html, "Sums of the same crossing.", columns, 2);
    l1t_event_sums(event->answer, sums);
    for (size_t i = 0; i < L1T_EVENT_SUMS; i++) {
        l1t_html(html, "<tr><td>%s</td>", sums[i].label);
        l1t_html_number(html, sums[i].et_gev, 5);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_event(struct l1t_html *html, const struct l1t_run *run)
{
    const struct l1t_run_event *event = &run->event;
    if (event->answer == NULL) {
        l1t_html(html, "<p>The study names no <code>event</code> to show.</p>\n");
        return;
    }
    l1t_html(html,
             "<p>A generated crossing with pile-up, emulated from 5760 towers to the words that "
             "go to the global trigger: %u e/γ, %u taus, %u jets and the sums; %u clusters, nTT "
             "%u.</p>\n",
             event->answer->egamma.out.n_gt, event->answer->tau.out.n_gt, event->answer->jet.n_gt,
             event->answer->clusters.n, event->answer->ntt);
    draw_event(html, run);
    l1t_html(html, "<div class=\"two\">\n<div>\n");
    write_truth(html, event);
    l1t_html(html, "</div>\n<div>\n");
    write_sums(html, event);
    l1t_html(html, "</div>\n</div>\n");
}

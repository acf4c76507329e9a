// SPDX-License-Identifier: GPL-3.0-or-later
// One crossing as the trigger sees it: the towers, what was put in, what was found.
#include "common.h"
#include "draw_event.h"

#include "l1t/decode.h"
#include "l1t_formats.h"

#include <math.h>

static void write_event(struct l1t_html *html, const struct l1t_run *run);

const struct l1t_page l1t_page_event = {
    .order = 62, .id = "event", .title = "A crossing", .write = write_event};

#define PI   3.14159265358979323846
#define CONE 0.4 // in eta and phi

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

// Objects of one kind from the words that go to the global trigger.
static void add_words(struct list *list, enum l1t_draw_shape shape, enum l1t_colour colour,
                      const char *format_name, const char *what, const uint32_t *word, unsigned n)
{
    const struct l1t_word *format = l1t_word_find(format_name);
    for (unsigned i = 0; i < n; i++) {
        const double pt = l1t_decode_named(format, "et", word[i]);
        add(list, shape, colour, l1t_decode_named(format, "eta", word[i]),
            l1t_decode_named(format, "phi", word[i]), pt >= LABELLED ? what : "",
            pt >= LABELLED ? pt : 0);
    }
}

// Squares first, so that they do not hide the small marks.
static void make_list(struct list *list, const struct l1t_run_event *event)
{
    const struct l1t_calo_result *a = event->answer;
    list->n = 0;
    add_words(list, L1T_SHAPE_SQUARE, l1t_object_colour(L1T_JET), "jet_gt", "jet", a->jet.gt,
              a->jet.n_gt);
    add_words(list, L1T_SHAPE_TRIANGLE, l1t_object_colour(L1T_TAU), "tau_gt", "τ", a->tau.out.gt,
              a->tau.out.n_gt);
    add_words(list, L1T_SHAPE_CIRCLE, l1t_object_colour(L1T_EGAMMA), "egamma_gt", "e/γ",
              a->egamma.out.gt, a->egamma.out.n_gt);
    for (size_t i = 0; i < event->n_truth; i++) {
        const struct l1t_truth *t = &event->truth[i];
        add(list, L1T_SHAPE_CROSS, L1T_INK, t->eta, t->phi < 0 ? t->phi + 2 * PI : t->phi, "", 0);
    }
}

static void draw_event(struct l1t_html *html, const struct l1t_run *run)
{
    static struct list list; // some 10 KiB, used from one thread
    const struct l1t_calo_result *a = run->event.answer;
    const struct l1t_word *met = l1t_word_find("sum_methf_gt");
    make_list(&list, &run->event);
    l1t_html_figure_begin(html);
    l1t_draw_event(html->out, "towers of one crossing in eta and phi with the objects found",
                   run->event.towers, list.object, list.n,
                   l1t_decode_named(met, "et", a->sums.gt[4]),
                   l1t_decode_named(met, "phi", a->sums.gt[4]));
    l1t_html_figure_end(
        html,
        "Crossing %lld of the generator. Circles: e/γ; triangles: taus; squares: jets with their "
        "windows of nine by nine towers; numbers: ET in GeV from %d GeV on. Crosses: what was put "
        "in. Dashed: where the forward calorimeter begins. The mark at the right edge is the "
        "direction of missing ET.",
        run->study.event.number, LABELLED);
}

// The distance of a trigger object from a true one.
static double distance(const struct l1t_truth *t, double eta, double phi)
{
    const double dphi = remainder(phi - t->phi, 2 * PI);
    return hypot(eta - t->eta, dphi);
}

static void write_nearest(struct l1t_html *html, const struct l1t_truth *t, const char *format_name,
                          const uint32_t *word, unsigned n)
{
    const struct l1t_word *format = l1t_word_find(format_name);
    double best = CONE;
    const uint32_t *found = NULL;
    for (unsigned i = 0; i < n; i++) {
        const double d = distance(t, l1t_decode_named(format, "eta", word[i]),
                                  l1t_decode_named(format, "phi", word[i]));
        if (d < best) {
            best = d;
            found = &word[i];
        }
    }
    if (found == NULL)
        l1t_html(html, "<td class=\"n\">–</td>");
    else
        l1t_html_number(html, l1t_decode_named(format, "et", *found), 4);
}

static void write_truth(struct l1t_html *html, const struct l1t_run_event *event)
{
    static const struct l1t_html_column columns[] = {
        {"put in", "", true},  {"pt", "GeV", false},  {"η", "", false},     {"φ", "rad", false},
        {"e/γ", "GeV", false}, {"tau", "GeV", false}, {"jet", "GeV", false}};
    const struct l1t_calo_result *a = event->answer;
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
        write_nearest(html, t, "egamma_gt", a->egamma.out.gt, a->egamma.out.n_gt);
        write_nearest(html, t, "tau_gt", a->tau.out.gt, a->tau.out.n_gt);
        write_nearest(html, t, "jet_gt", a->jet.gt, a->jet.n_gt);
        l1t_html(html, "</tr>\n");
    }
    l1t_html_table_end(html);
}

static void write_sums(struct l1t_html *html, const struct l1t_run_event *event)
{
    static const char *const frame[][3] = {{"sum_et_gt", "et", "ETT"},
                                           {"sum_et_gt", "em", "ETT, ECAL part"},
                                           {"sum_ht_gt", "et", "HT"},
                                           {"sum_met_gt", "et", "MET"},
                                           {"sum_mht_gt", "et", "MHT"},
                                           {"sum_methf_gt", "et", "MET with HF"},
                                           {"sum_mhthf_gt", "et", "MHT with HF"}};
    static const unsigned number[] = {0, 0, 1, 2, 3, 4, 5};
    static const struct l1t_html_column columns[] = {{"sum", "", true}, {"ET", "GeV", false}};
    l1t_html_table(html, "Sums of the same crossing.", columns, 2);
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++) {
        l1t_html(html, "<tr><td>%s</td>", frame[i][2]);
        l1t_html_number(html,
                        l1t_decode_named(l1t_word_find(frame[i][0]), frame[i][1],
                                         event->answer->sums.gt[number[i]]),
                        5);
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

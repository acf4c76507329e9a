// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the crossing that the report shows. Without one they have no rows.
#include "event.h"
#include "tables.h"

#include "l1t_formats.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct l1t_table *l1t_table_of_event(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"crossing", "", L1T_CELL_INT, 0}, {"true_objects", "", L1T_CELL_INT, 0},
        {"egammas", "", L1T_CELL_INT, 0},  {"taus", "", L1T_CELL_INT, 0},
        {"jets", "", L1T_CELL_INT, 0},     {"clusters", "", L1T_CELL_INT, 0},
        {"ntt", "", L1T_CELL_INT, 0}};
    const struct l1t_calo_result *a = run->event.answer;
    struct l1t_table *table = l1t_table_new("the crossing shown", columns, COUNT(columns));
    if (table == NULL || a == NULL)
        return table;
    l1t_table_int(table, run->study.event.number);
    l1t_table_int(table, (long long)run->event.n_truth);
    l1t_table_int(table, a->egamma.out.n_gt);
    l1t_table_int(table, a->tau.out.n_gt);
    l1t_table_int(table, a->jet.n_gt);
    l1t_table_int(table, a->clusters.n);
    l1t_table_int(table, a->ntt);
    return table;
}

struct l1t_table *l1t_table_of_event_objects(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"object", "", L1T_CELL_TEXT, 0},
        {"et", "GeV", L1T_CELL_REAL, 6},
        {"eta", "", L1T_CELL_REAL, 4},
        {"phi", "rad", L1T_CELL_REAL, 4},
        {"isolation_bits", "", L1T_CELL_REAL, 1}, // jets have none
        {"word", "", L1T_CELL_INT, 0}};
    struct l1t_event_words words[L1T_EVENT_KINDS];
    struct l1t_table *table =
        l1t_table_new("the crossing shown: trigger objects", columns, COUNT(columns));
    if (table == NULL || run->event.answer == NULL)
        return table;
    l1t_event_words(run->event.answer, words);
    for (size_t kind = 0; kind < L1T_EVENT_KINDS; kind++)
        for (unsigned i = 0; i < words[kind].n; i++) {
            l1t_table_text(table, l1t_object_names[words[kind].object]);
            l1t_table_real(table, l1t_event_value(&words[kind], i, "et"));
            l1t_table_real(table, l1t_event_value(&words[kind], i, "eta"));
            l1t_table_real(table, l1t_event_value(&words[kind], i, "phi"));
            l1t_table_real(table, l1t_event_value(&words[kind], i, "iso"));
            l1t_table_int(table, words[kind].word[i]);
        }
    return table;
}

struct l1t_table *l1t_table_of_event_truth(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {
        {"true_object", "", L1T_CELL_TEXT, 0},  {"pt", "GeV", L1T_CELL_REAL, 6},
        {"eta", "", L1T_CELL_REAL, 4},          {"phi", "rad", L1T_CELL_REAL, 4},
        {"egamma_et", "GeV", L1T_CELL_REAL, 6}, {"tau_et", "GeV", L1T_CELL_REAL, 6},
        {"jet_et", "GeV", L1T_CELL_REAL, 6}};
    struct l1t_event_words words[L1T_EVENT_KINDS];
    struct l1t_table *table = l1t_table_new(
        "the crossing shown: true objects, ET of the nearest trigger object of each kind", columns,
        COUNT(columns));
    if (table == NULL || run->event.answer == NULL)
        return table;
    l1t_event_words(run->event.answer, words);
    for (size_t i = 0; i < run->event.n_truth; i++) {
        const struct l1t_truth *t = &run->event.truth[i];
        l1t_table_text(table, l1t_truth_names[t->kind]);
        l1t_table_real(table, t->pt_gev);
        l1t_table_real(table, t->eta);
        l1t_table_real(table, t->phi);
        for (size_t kind = 0; kind < L1T_EVENT_KINDS; kind++)
            l1t_table_real(table, l1t_event_nearest(&words[kind], t));
    }
    return table;
}

struct l1t_table *l1t_table_of_event_sums(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"sum", "", L1T_CELL_TEXT, 0},
                                                {"et", "GeV", L1T_CELL_REAL, 6},
                                                {"phi", "rad", L1T_CELL_REAL, 4},
                                                {"word", "", L1T_CELL_INT, 0}};
    struct l1t_event_sum sums[L1T_EVENT_SUMS];
    struct l1t_table *table = l1t_table_new("the crossing shown: sums", columns, COUNT(columns));
    if (table == NULL || run->event.answer == NULL)
        return table;
    l1t_event_sums(run->event.answer, sums);
    for (size_t i = 0; i < L1T_EVENT_SUMS; i++) {
        l1t_table_text(table, sums[i].name);
        l1t_table_real(table, sums[i].et_gev);
        l1t_table_real(table, sums[i].phi_rad);
        l1t_table_int(table, sums[i].word);
    }
    return table;
}

struct l1t_table *l1t_table_of_event_towers(const struct l1t_run *run)
{
    static const struct l1t_column columns[] = {{"ieta", "", L1T_CELL_INT, 0},
                                                {"iphi", "", L1T_CELL_INT, 0},
                                                {"et", "GeV", L1T_CELL_REAL, 6},
                                                {"word", "", L1T_CELL_INT, 0}};
    struct l1t_table *table =
        l1t_table_new("the crossing shown: towers with energy", columns, COUNT(columns));
    if (table == NULL || run->event.answer == NULL)
        return table;
    for (int side = L1T_SIDES - 1; side >= 0; side--)
        for (int i = 0; i < L1T_RINGS; i++) {
            const int ring = side == 1 ? L1T_RINGS - i : i + 1; // ieta ascends
            const int ieta = side == 1 ? -l1t_ieta_of_ring(ring) : l1t_ieta_of_ring(ring);
            const uint16_t *w = run->event.towers->w[side][ring - 1];
            for (int p = 0; p < L1T_PHIS; p++) {
                if (l1t_tower_et(w[p]) == 0)
                    continue;
                l1t_table_int(table, ieta);
                l1t_table_int(table, p + 1);
                l1t_table_real(table, 0.5 * (double)l1t_tower_et(w[p]));
                l1t_table_int(table, w[p]);
            }
        }
    return table;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ugmt_plain.h"

#include "l1t_formats.h"

#include <stdlib.h>
#include <string.h>

enum { EP, OP, B, ON, EN };

static int field(uint64_t word, int low, int width)
{
    return (int)(word >> low & ((UINT64_C(1) << width) - 1));
}

static int signed_field(uint64_t word, int low, int width)
{
    const int value = field(word, low, width);
    return value >= 1 << (width - 1) ? value - (1 << width) : value;
}

// ---- decoding ----

static void decode(const struct l1t_ugmt_config *config, int index, uint64_t w,
                   struct ugmt_plain_muon *m)
{
    static const int groups[5] = {6, 6, 12, 6, 6};
    memset(m, 0, sizeof *m);
    m->processor = index / 3;
    for (m->group = 0; m->processor >= groups[m->group]; m->group++)
        m->processor -= groups[m->group];
    m->pt = field(w, 0, 9);
    m->there = m->pt != 0;
    m->quality = field(w, 9, 4);
    m->eta = signed_field(w, 13, 9);
    m->hf = field(w, 22, 1);
    m->sign = field(w, 32, 1);
    m->sign_valid = field(w, 33, 1);
    const int local = signed_field(w, 23, 8);
    m->phi = m->group == B ? (48 * m->processor + local + 552) % 576
                           : (96 * m->processor + local + 600) % 576;
    const bool run3 = config->order == L1T_UGMT_ORDER_RUN3;
    if (m->group == B) {
        for (int k = 0; k < 4; k++)
            m->station[run3 ? k : 3 - k] = field(w, 36 + 4 * k, k == 3 ? 2 : 4);
        m->wheel = field(w, 52, 2);
        m->side = field(w, 54, 1);
        m->pt_u = run3 ? field(w, 55, 8) : 0;
        m->dxy = run3 ? field(w, 34, 2) : 0;
    } else if (m->group == EP || m->group == EN) {
        for (int k = 0; k < 4; k++) {
            m->segment[k] = field(w, 34 + 4 * k, 1);
            m->chamber[k] = field(w, 35 + 4 * k, 3);
        }
        m->pt_u = run3 ? field(w, 52, 8) : 0;
        m->dxy = run3 ? field(w, 61, 2) : 0;
    }
}

// ---- cancel-out ----

static bool is_near(const uint8_t *table, const struct ugmt_plain_muon *a,
                    const struct ugmt_plain_muon *b)
{
    const int around = abs(a->phi - b->phi);
    const int dphi = around > 288 ? 576 - around : around, deta = abs(a->eta - b->eta);
    const bool fine_a = a->hf != 0 || a->group == EP || a->group == EN;
    const bool fine_b = b->hf != 0 || b->group == EP || b->group == EN;
    return dphi <= 7 && deta <= 31 && table[(fine_a && fine_b ? 256 : 0) + 8 * deta + dphi] != 0;
}

// "2-0 3-1 ...": address of a, address of b.
static bool listed(const char *list, int a, int b)
{
    static const char digits[] = "0123456789ABCDEF";
    for (; *list != '\0'; list += list[3] == ' ' ? 4 : 3)
        if (list[0] == digits[a] && list[2] == digits[b])
            return true;
    return false;
}

static const char *run3_list(const struct ugmt_plain_muon *a, const struct ugmt_plain_muon *b)
{
    const bool same_side = a->side == b->side;
    if (same_side && a->wheel == b->wheel)
        return "2-0 3-1 0-4 1-5 A-8 B-9 8-C 9-D";
    if (same_side ? b->wheel == a->wheel + 1 : a->wheel == 0 && b->wheel == 1)
        return "A-0 B-1 8-4 9-5";
    if (same_side ? b->wheel == a->wheel - 1 : a->wheel == 1 && b->wheel == 0)
        return "2-8 3-9 0-C 1-D";
    return "";
}

static const char *run2_list(const struct ugmt_plain_muon *a, const struct ugmt_plain_muon *b)
{
    if (a->side != b->side)
        return a->wheel == 0 && b->wheel == 0 ? "8-A 9-B C-8 D-9" : "";
    if (a->wheel == b->wheel)
        return "0-2 1-3 4-0 5-1 8-A 9-B C-8 D-9";
    if (b->wheel == a->wheel + 1)
        return "0-A 1-B 4-8 5-9";
    return b->wheel == a->wheel - 1 ? "8-2 9-3 C-0 D-1" : "";
}

static bool same_barrel_track(const struct l1t_ugmt_config *config, const struct ugmt_plain_muon *a,
                              const struct ugmt_plain_muon *b)
{
    const bool run3 = config->barrel == L1T_UGMT_LISTS_RUN3;
    const char *list = run3 ? run3_list(a, b) : run2_list(a, b);
    for (int k = run3 ? 0 : 1; k < (run3 ? 3 : 4); k++)
        if (listed(list, a->station[k], b->station[k]))
            return true;
    return false;
}

static bool same_endcap_track(const struct ugmt_plain_muon *a, const struct ugmt_plain_muon *b)
{
    for (int k = 0; k < 4; k++)
        if (b->chamber[k] != 0 && a->chamber[k] == b->chamber[k] + (k == 0 ? 3 : 2) &&
            a->segment[k] == b->segment[k])
            return true;
    return false;
}

// What a, of the first set, and b, of the second, are compared by; false if they are not.
struct comparison {
    bool matches, a_loses_ties;
    unsigned why;
};

static bool compare_neighbours(const struct l1t_ugmt_config *config,
                               const struct ugmt_plain_muon *a, const struct ugmt_plain_muon *b,
                               struct comparison *c)
{
    static const int tables[5] = {L1T_UGMT_MATCH_EE_PLUS, L1T_UGMT_MATCH_OO_PLUS, 0,
                                  L1T_UGMT_MATCH_OO_MINUS, L1T_UGMT_MATCH_EE_MINUS};
    const bool endcap = a->group == EP || a->group == EN;
    const int sectors = a->group == B ? 12 : 6;
    const bool by_address = a->group == B || (endcap && config->endcap != 0);
    if (by_address ? b->processor != (a->processor + 1) % sectors
                   : a->processor != (b->processor + 1) % sectors)
        return false;
    c->why = L1T_UGMT_CANCEL_OWN;
    c->a_loses_ties = !by_address;
    if (a->group == B)
        c->matches = same_barrel_track(config, a, b);
    else if (by_address)
        c->matches = same_endcap_track(a, b);
    else
        c->matches = is_near(config->match[tables[a->group]], a, b);
    return true;
}

static bool compare(const struct l1t_ugmt_config *config, const struct ugmt_plain_muon *a,
                    const struct ugmt_plain_muon *b, struct comparison *c)
{
    if (a->group == b->group)
        return compare_neighbours(config, a, b, c);
    if (a->group != OP && a->group != ON)
        return false;
    const bool plus = a->group == OP;
    c->a_loses_ties = true;
    if (b->group == B) {
        c->why = plus ? L1T_UGMT_CANCEL_OB_PLUS : L1T_UGMT_CANCEL_OB_MINUS;
        c->matches =
            is_near(config->match[plus ? L1T_UGMT_MATCH_OB_PLUS : L1T_UGMT_MATCH_OB_MINUS], a, b);
        return (b->processor - 2 * a->processor + 12) % 12 < 4;
    }
    if (b->group != (plus ? EP : EN))
        return false;
    c->why = L1T_UGMT_CANCEL_OE;
    c->matches =
        is_near(config->match[plus ? L1T_UGMT_MATCH_OE_PLUS : L1T_UGMT_MATCH_OE_MINUS], a, b);
    return (b->processor - a->processor + 7) % 6 < 3;
}

static void cancel(const struct l1t_ugmt_config *config, struct ugmt_plain_muon *muon)
{
    struct comparison c;
    for (int i = 0; i < L1T_UGMT_IN; i++)
        for (int j = 0; j < L1T_UGMT_IN; j++) {
            struct ugmt_plain_muon *a = &muon[i], *b = &muon[j];
            if (!a->there || !b->there || !compare(config, a, b, &c) || !c.matches)
                continue;
            const bool a_loses =
                a->quality != b->quality ? a->quality < b->quality : c.a_loses_ties;
            (a_loses ? a : b)->cancel |= c.why;
        }
}

// ---- extrapolation and rank ----

static void look_up(const struct l1t_ugmt_config *config, struct ugmt_plain_muon *m)
{
    const int finder = m->group == B ? 0 : m->group == OP || m->group == ON ? 1 : 2;
    m->rank = config->rank[m->quality * 512 + m->pt];
    if (m->pt >= 1 << config->pt_bits)
        return;
    const int bins = 1 << (12 - config->pt_bits);
    const int bin = abs(m->eta) / (1 << config->eta_shift) % bins;
    const int address = bin * (1 << config->pt_bits) + m->pt;
    m->deta = config->eta_extrapolation[finder][address];
    m->dphi = config->phi_extrapolation[finder][address] * (1 << config->phi_shift);
    if (m->eta > 0)
        m->deta = -m->deta;
    if (m->sign == 1)
        m->dphi = -m->dphi;
}

// ---- sorters ----

// i is in front of j in the list.
static bool beats(const struct ugmt_plain_muon *muon, const int *list, int i, int j)
{
    const struct ugmt_plain_muon *a = &muon[list[i]], *b = &muon[list[j]];
    if (a->cancel != 0)
        return false;
    if (b->cancel != 0)
        return true;
    return i < j ? a->rank >= b->rank : a->rank > b->rank;
}

// The best of a list, by the number of wins.
static void sort(const struct ugmt_plain_muon *muon, const int *list, int n, int *best, int places)
{
    for (int k = 0; k < places; k++)
        best[k] = -1;
    for (int i = 0; i < n; i++) {
        int losses = n - 1;
        for (int j = 0; j < n; j++)
            losses -= j != i && beats(muon, list, i, j);
        if (muon[list[i]].cancel == 0 && losses < places)
            best[losses] = list[i];
    }
}

static void first_sort(struct ugmt_plain_result *r)
{
    static const int places[5] = {4, 4, 8, 4, 4};
    int *best = r->kept;
    for (int group = 0; group < 5; group++) {
        int list[36], n = 0;
        for (int i = 0; i < L1T_UGMT_IN; i++)
            if (r->muon[i].there && r->muon[i].group == group)
                list[n++] = i;
        sort(r->muon, list, n, best, places[group]);
        best += places[group];
    }
}

static void final_sort(struct ugmt_plain_result *r)
{
    int list[L1T_UGMT_KEPT], n = 0;
    for (int k = 0; k < L1T_UGMT_KEPT; k++)
        if (r->kept[k] >= 0)
            list[n++] = r->kept[k];
    sort(r->muon, list, n, r->final, L1T_UGMT_OUT);
}

// ---- isolation and words ----

static void isolate(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
                    struct ugmt_plain_result *r, int i)
{
    const struct ugmt_plain_muon *m = &r->muon[r->final[i]];
    r->eta_vtx[i] = m->eta + m->deta;
    r->phi_vtx[i] = (m->phi + m->dphi + 576) % 576;
    r->eta_region[i] = config->eta_region[r->eta_vtx[i] & 511];
    r->phi_region[i] = config->phi_region[r->phi_vtx[i]];
    r->sum[i] = event->sum[r->eta_region[i] * 36 + r->phi_region[i]];
    r->iso[i] = config->absolute[r->sum[i]] + 2 * config->relative[r->sum[i] * 512 + m->pt];
}

static uint64_t at(int value, int low, int width)
{
    return ((uint64_t)value & ((UINT64_C(1) << width) - 1)) << low;
}

static int quality_out(const struct ugmt_plain_muon *m)
{
    return (m->group == EP || m->group == EN) && m->hf ? 15 : m->quality & 12;
}

static uint64_t word_of(const struct l1t_ugmt_config *config, const struct ugmt_plain_result *r,
                        int index, int i)
{
    const struct ugmt_plain_muon *m = &r->muon[index];
    const bool final = i >= 0;
    uint64_t w = at(m->pt, 10, 9) | at(quality_out(m), 19, 4) | at(m->sign, 34, 1) |
                 at(m->sign_valid, 35, 1);
    if (final)
        w |= at(r->iso[i], 32, 2) | at(index, 36, 7);
    if (config->layout == L1T_UGMT_LAYOUT_2016)
        return w | at(m->phi, 0, 10) | at(m->eta, 23, 9);
    w |= at(m->phi, 43, 10);
    if (!final)
        return w | at(m->pt_u, 0, 8) | at(m->eta, 53, 9) | at(m->dxy, 62, 2);
    w |= at(r->phi_vtx[i], 0, 10) | at(r->eta_vtx[i], 23, 9);
    return config->layout == L1T_UGMT_LAYOUT_2017 ? w | at(m->eta, 53, 9)
                                                  : w | at(m->pt_u, 53, 8) | at(m->dxy, 62, 2);
}

static void words(const struct l1t_ugmt_config *config, struct ugmt_plain_result *r)
{
    memset(r->mid, 0, sizeof r->mid);
    memset(r->gt, 0, sizeof r->gt);
    memset(r->eta_pair, 0, sizeof r->eta_pair);
    for (int k = 0; k < L1T_UGMT_KEPT; k++)
        if (r->kept[k] >= 0)
            r->mid[k] = word_of(config, r, r->kept[k], -1);
    for (int i = 0; i < L1T_UGMT_OUT && r->final[i] >= 0; i++) {
        r->gt[i] = word_of(config, r, r->final[i], i);
        if (config->layout == L1T_UGMT_LAYOUT_RUN3)
            r->eta_pair[i / 2] |= (uint32_t)at(r->muon[r->final[i]].eta, i % 2 == 0 ? 13 : 22, 9);
    }
}

void ugmt_plain(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
                struct ugmt_plain_result *result)
{
    for (int i = 0; i < L1T_UGMT_IN; i++)
        decode(config, i, event->muon[i], &result->muon[i]);
    cancel(config, result->muon);
    for (int i = 0; i < L1T_UGMT_IN; i++)
        look_up(config, &result->muon[i]);
    first_sort(result);
    final_sort(result);
    for (int i = 0; i < L1T_UGMT_OUT && result->final[i] >= 0; i++)
        isolate(config, event, result, i);
    words(config, result);
}

// ---- stages ----

static uint32_t *row_end(uint32_t *row, unsigned lanes, unsigned bits)
{
    return row + (lanes * bits + 31) / 32;
}

static uint64_t dec_record(const struct ugmt_plain_muon *m)
{
    const int fine = m->hf != 0 || m->group == EP || m->group == EN;
    return 1 | at(m->pt, 1, 9) | at(m->quality, 10, 4) | at(m->eta, 14, 9) | at(m->phi, 23, 10) |
           at(fine, 33, 1) | at(m->sign, 34, 1) | at(m->sign_valid, 35, 1) | at(m->pt_u, 36, 8) |
           at(m->dxy, 44, 2);
}

static uint32_t *pack_muons(const struct ugmt_plain_result *r, uint32_t *row)
{
    uint32_t *cancelled = row_end(row, L1T_UGMT_IN, 46);
    uint32_t *ext = row_end(cancelled, L1T_UGMT_IN, 4);
    uint32_t *rank = row_end(ext, L1T_UGMT_IN, 13);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++) {
        const struct ugmt_plain_muon *m = &r->muon[i];
        if (!m->there)
            continue;
        l1t_bits_put(row, 46 * i, 46, dec_record(m));
        l1t_bits_put(cancelled, 4 * i, 4, m->cancel);
        l1t_bits_put(ext, 13 * i, 13, at(m->deta, 0, 5) | at(m->dphi, 5, 8));
        l1t_bits_put(rank, 10 * i, 10, (uint64_t)m->rank);
    }
    return row_end(rank, L1T_UGMT_IN, 10);
}

void ugmt_plain_pack(const struct ugmt_plain_result *r, uint32_t row[L1T_UGMT_STAGE_WORDS])
{
    memset(row, 0, L1T_UGMT_STAGE_WORDS * sizeof row[0]);
    row = pack_muons(r, row);
    for (unsigned k = 0; k < L1T_UGMT_KEPT; k++)
        if (r->kept[k] >= 0)
            l1t_bits_put(row, 18 * k, 18,
                         1 | at(r->kept[k], 1, 7) | at(r->muon[r->kept[k]].rank, 8, 10));
    row = row_end(row, L1T_UGMT_KEPT, 18);
    for (unsigned i = 0; i < L1T_UGMT_OUT && r->final[i] >= 0; i++)
        l1t_bits_put(row, 55 * i, 55,
                     1 | at(r->final[i], 1, 7) | at(r->eta_vtx[i], 8, 9) |
                         at(r->phi_vtx[i], 17, 10) | at(r->eta_region[i], 27, 5) |
                         at(r->phi_region[i], 32, 6) | at(r->sum[i], 38, 5) |
                         at(r->muon[r->final[i]].rank, 43, 10) | at(r->iso[i], 53, 2));
    row = row_end(row, L1T_UGMT_OUT, 55);
    for (unsigned k = 0; k < L1T_UGMT_KEPT; k++)
        l1t_bits_put(row, 64 * k, 64, r->mid[k]);
    row = row_end(row, L1T_UGMT_KEPT, 64);
    for (unsigned i = 0; i < L1T_UGMT_OUT; i++)
        l1t_bits_put(row, 64 * i, 64, r->gt[i]);
    row = row_end(row, L1T_UGMT_OUT, 64);
    memcpy(row, r->eta_pair, sizeof r->eta_pair);
}

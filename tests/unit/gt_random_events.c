// SPDX-License-Identifier: GPL-3.0-or-later
// Random crossings.
#include "gt_draws.h"
#include "gt_random.h"
#include "l1t_formats.h"

#include <stdlib.h>
#include <string.h>

enum { CROSSINGS = 1 << 30 }; // numbers of their draws; menus are below

// What the crossings of one set have in common.
struct style {
    unsigned filled;  // percent of slots
    unsigned spread;  // codes of et are mostly below
    unsigned edges;   // percent of codes at the ends of their range
    unsigned ties;    // percent of objects that repeat the one before
    unsigned signals; // percent of channels that are up
    int eta;          // |eta| in calorimeter bins
    bool ordered;     // by et, as senders do
    bool narrow;      // few directions: many pairs near each other
};

static int64_t et_code(struct gt_draws *d, const struct style *s, unsigned bits)
{
    const unsigned max = (1U << bits) - 1;
    if (gt_chance(d, s->edges)) {
        const unsigned edge[] = {0, 1, 2, max - 2, max - 1, max};
        return edge[gt_below(d, 6)];
    }
    return 1 + gt_below(d, s->spread < max ? s->spread : max);
}

static int64_t eta_code(struct gt_draws *d, const struct style *s, int scale, int last)
{
    if (gt_chance(d, s->edges)) {
        const int edge[] = {-last, -1, 0, 1, last, last - 1};
        return edge[gt_below(d, 6)];
    }
    const int reach = s->eta * scale < last ? s->eta * scale : last;
    return (int)gt_below(d, (unsigned)(2 * reach + 1)) - reach;
}

static int64_t phi_code(struct gt_draws *d, const struct style *s, unsigned turn)
{
    if (gt_chance(d, s->edges)) {
        const unsigned edge[] = {0, 1, turn - 1, turn / 2, turn / 2 - 1, turn}; // one too far
        return edge[gt_below(d, 6)];
    }
    return gt_below(d, s->narrow ? turn / 12 : turn);
}

static uint64_t muon(struct gt_draws *d, const struct style *s)
{
    const unsigned quality[] = {0, 4, 7, 8, 11, 12, 13, 15};
    return l1t_muon_gt_pt_put(et_code(d, s, 9)) | l1t_muon_gt_eta_vtx_put(eta_code(d, s, 4, 225)) |
           l1t_muon_gt_phi_vtx_put(phi_code(d, s, 576)) |
           l1t_muon_gt_quality_put(quality[gt_below(d, 8)]) | l1t_muon_gt_iso_put(gt_below(d, 4)) |
           l1t_muon_gt_sign_put(gt_below(d, 2)) | l1t_muon_gt_sign_valid_put(gt_chance(d, 85)) |
           l1t_muon_gt_index_put(gt_below(d, 128)) | l1t_muon_gt_phi_put(gt_below(d, 576)) |
           l1t_muon_gt_pt_u_put(gt_chance(d, 30) ? gt_below(d, 256) : gt_below(d, 20)) |
           l1t_muon_gt_dxy_put(gt_below(d, 4));
}

static uint64_t egamma(struct gt_draws *d, const struct style *s)
{
    return l1t_egamma_gt_et_put(et_code(d, s, 9)) | l1t_egamma_gt_eta_put(eta_code(d, s, 1, 115)) |
           l1t_egamma_gt_phi_put(phi_code(d, s, 144)) | l1t_egamma_gt_iso_put(gt_below(d, 4));
}

static uint64_t jet(struct gt_draws *d, const struct style *s)
{
    return l1t_jet_gt_run3_et_put(et_code(d, s, 11)) |
           l1t_jet_gt_run3_eta_put(eta_code(d, s, 1, 115)) |
           l1t_jet_gt_run3_phi_put(phi_code(d, s, 144)) |
           l1t_jet_gt_run3_displaced_put(gt_below(d, 2)) |
           l1t_jet_gt_run3_quality_put(gt_below(d, 4));
}

static int by_et(const void *a, const void *b, unsigned bits)
{
    const uint64_t mask = (UINT64_C(1) << bits) - 1;
    const uint64_t x = *(const uint64_t *)a & mask, y = *(const uint64_t *)b & mask;
    return (x < y) - (x > y);
}

static int by_muon_pt(const void *a, const void *b)
{
    const uint64_t x = (uint64_t)l1t_muon_gt_pt(*(const uint64_t *)a);
    const uint64_t y = (uint64_t)l1t_muon_gt_pt(*(const uint64_t *)b);
    return (x < y) - (x > y);
}

static int by_nine_bits(const void *a, const void *b)
{
    return by_et(a, b, 9);
}

static int by_eleven_bits(const void *a, const void *b)
{
    return by_et(a, b, 11);
}

static void objects(struct gt_draws *d, const struct style *s, size_t n, uint64_t *word,
                    uint64_t (*make)(struct gt_draws *, const struct style *),
                    int (*order)(const void *, const void *))
{
    for (size_t i = 0; i < n; i++) {
        word[i] = 0;
        if (gt_chance(d, s->filled))
            word[i] = i > 0 && gt_chance(d, s->ties) ? word[i - 1] : make(d, s);
    }
    if (s->ordered)
        qsort(word, n, sizeof *word, order);
}

static void crossing(struct gt_draws *d, const struct style *s, struct l1t_gt_words *words)
{
    uint64_t calo[L1T_GT_CALOS];
    memset(words, 0, sizeof *words);
    objects(d, s, L1T_GT_MUONS, words->muon, muon, by_muon_pt);
    for (unsigned i = 0; i < L1T_GT_MUONS; i++)
        words->muon[i] |= l1t_muon_gt_shower_put(gt_chance(d, s->signals));
    objects(d, s, L1T_GT_CALOS, calo, egamma, by_nine_bits);
    for (unsigned i = 0; i < L1T_GT_CALOS; i++)
        words->egamma[i] = (uint32_t)calo[i];
    objects(d, s, L1T_GT_CALOS, calo, egamma, by_nine_bits);
    for (unsigned i = 0; i < L1T_GT_CALOS; i++)
        words->tau[i] = (uint32_t)calo[i];
    objects(d, s, L1T_GT_CALOS, calo, jet, by_eleven_bits);
    for (unsigned i = 0; i < L1T_GT_CALOS; i++)
        words->jet[i] = (uint32_t)calo[i];
    for (unsigned i = 0; i < L1T_GT_SUMS; i++)
        if (gt_chance(d, s->filled + 20)) {
            words->sum[i] = gt_draw(d);
            if (i >= 2) // an angle
                words->sum[i] = (uint32_t)((words->sum[i] & ~(UINT32_C(0xfffff))) |
                                           l1t_sum_met_gt_et_put(et_code(d, s, 12)) |
                                           l1t_sum_met_gt_phi_put(phi_code(d, s, 144)));
            if (gt_chance(d, s->edges))
                words->sum[i] |= 0xfff;
        }
    for (unsigned i = 0; i < L1T_GT_LINK11; i++)
        words->link11[i] = gt_chance(d, s->filled) ? gt_draw(d) : 0;
    for (unsigned i = 0; i < L1T_GT_EXTERNALS / 64; i++) {
        words->external[i] = (uint64_t)gt_draw(d) << 32 | gt_draw(d);
        for (unsigned k = s->signals; k < 50; k = 2 * k + 1) // about so many percent
            words->external[i] &= (uint64_t)gt_draw(d) << 32 | gt_draw(d);
    }
}

void gt_random_crossings(uint64_t seed, uint64_t number, size_t n, struct l1t_gt_words *words)
{
    struct gt_draws d = {.seed = seed, .number = CROSSINGS + number};
    const unsigned filled[] = {2, 15, 40, 80, 100}, spread[] = {4, 30, 100, 4096};
    const struct style style = {
        .filled = filled[gt_below(&d, 5)],
        .spread = spread[gt_below(&d, 4)],
        .edges = gt_chance(&d, 50) ? 5 : 25,
        .ties = gt_chance(&d, 50) ? 5 : 40,
        .signals = gt_chance(&d, 50) ? 3 : 50,
        .eta = gt_chance(&d, 50) ? 115 : 12,
        .ordered = gt_chance(&d, 70),
        .narrow = gt_chance(&d, 30),
    };
    for (size_t i = 0; i < n; i++)
        crossing(&d, &style, &words[i]);
}

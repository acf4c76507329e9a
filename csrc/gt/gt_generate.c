// SPDX-License-Identifier: GPL-3.0-or-later
// Crossings that lie where a menu decides: codes at the limits of its legs and one beside them.
#include "gt_draws.h"
#include "l1t/gt_cosim.h"
#include "l1t_formats.h"

#include <stdlib.h>
#include <string.h>

struct source {
    const struct l1t_gt_code *code;
    struct l1t_gt_draws draws;
    unsigned filled; // percent of slots
    int near_eta;    // muons' grid: where this crossing's jets of objects go
    unsigned near_phi;
};

// A leg of this type, or NULL.
static const struct l1t_gt_leg *any_leg(struct source *s, unsigned type)
{
    const size_t n = s->code->n_legs;
    if (n == 0)
        return NULL;
    const size_t start = l1t_gt_below(&s->draws, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        const struct l1t_gt_leg *leg = &s->code->leg[(start + i) % n];
        if (leg->type == type)
            return leg;
    }
    return NULL;
}

static int beside(struct source *s, int code)
{
    return code + (int)l1t_gt_below(&s->draws, 3) - 1;
}

static int edge_of(struct source *s, unsigned n, const struct l1t_gt_window *window)
{
    const struct l1t_gt_window *w = &window[l1t_gt_below(&s->draws, n)];
    return beside(s, l1t_gt_chance(&s->draws, 50) ? w->low : w->high);
}

static uint64_t et(struct source *s, unsigned type, unsigned bits)
{
    const struct l1t_gt_leg *leg = any_leg(s, type);
    if (leg != NULL && l1t_gt_chance(&s->draws, 60)) {
        const int code = beside(s, leg->threshold);
        return code < 0 ? 0 : (uint64_t)code & ((UINT64_C(1) << bits) - 1);
    }
    if (l1t_gt_chance(&s->draws, 5))
        return (UINT64_C(1) << bits) - 1 - l1t_gt_below(&s->draws, 3);
    // Low values are more frequent: the product of two draws.
    const uint32_t most = 1U << bits;
    return l1t_gt_below(&s->draws, 1 + l1t_gt_below(&s->draws, most));
}

// On the grid of calorimeter objects (scale 1) or of muons (4).
static int eta(struct source *s, unsigned type, int scale, int last)
{
    const struct l1t_gt_leg *leg = any_leg(s, type);
    if (leg != NULL && leg->n_eta > 0 && l1t_gt_chance(&s->draws, 40))
        return edge_of(s, leg->n_eta, leg->eta);
    if (l1t_gt_chance(&s->draws, 50))
        return (s->near_eta + (int)l1t_gt_below(&s->draws, 97) - 48) * scale / 4;
    if (l1t_gt_chance(&s->draws, 4))
        return (int)l1t_gt_below(&s->draws, (uint32_t)(256 * (scale == 4 ? 2 : 1)));
    return (int)l1t_gt_below(&s->draws, (uint32_t)(2 * last + 1)) - last;
}

static uint64_t phi(struct source *s, unsigned type, unsigned turn)
{
    const struct l1t_gt_leg *leg = any_leg(s, type);
    const unsigned scale = turn / 144;
    if (leg != NULL && leg->n_phi > 0 && l1t_gt_chance(&s->draws, 40))
        return (unsigned)edge_of(s, leg->n_phi, leg->phi) % turn;
    if (l1t_gt_chance(&s->draws, 50))
        return (s->near_phi + l1t_gt_below(&s->draws, 97)) * scale / 4 % turn;
    if (l1t_gt_chance(&s->draws, 4))
        return l1t_gt_below(&s->draws, scale == 1 ? 256 : 1024);
    return l1t_gt_below(&s->draws, turn);
}

static uint64_t muon(struct source *s)
{
    struct l1t_gt_draws *d = &s->draws;
    const struct l1t_gt_leg *leg = any_leg(s, L1T_GT_MU);
    const unsigned qualities[] = {12, 12, 13, 8, 4, 15, 0};
    int index = (int)l1t_gt_below(d, 108), upt = (int)l1t_gt_below(d, 256);
    if (leg != NULL && leg->n_index > 0 && l1t_gt_chance(d, 40))
        index = edge_of(s, leg->n_index, leg->index);
    if (leg != NULL && l1t_gt_chance(d, 40))
        upt = beside(s, l1t_gt_chance(d, 50) ? leg->upt_low : leg->upt_high);
    const unsigned quality =
        l1t_gt_chance(d, 20) ? l1t_gt_below(d, 16) : qualities[l1t_gt_below(d, 7)];
    return l1t_muon_gt_pt_put((int64_t)et(s, L1T_GT_MU, 9)) |
           l1t_muon_gt_eta_vtx_put(eta(s, L1T_GT_MU, 4, 225)) |
           l1t_muon_gt_phi_vtx_put((int64_t)phi(s, L1T_GT_MU, 576)) |
           l1t_muon_gt_quality_put(quality) | l1t_muon_gt_iso_put(l1t_gt_below(d, 4)) |
           l1t_muon_gt_sign_put(l1t_gt_below(d, 2)) |
           l1t_muon_gt_sign_valid_put(l1t_gt_chance(d, 90)) | l1t_muon_gt_index_put(index) |
           l1t_muon_gt_pt_u_put(upt) | l1t_muon_gt_dxy_put(l1t_gt_below(d, 4)) |
           l1t_muon_gt_shower_put(l1t_gt_chance(d, 20));
}

static uint32_t egtau(struct source *s, unsigned type)
{
    return (uint32_t)(l1t_egamma_gt_et_put((int64_t)et(s, type, 9)) |
                      l1t_egamma_gt_eta_put(eta(s, type, 1, 115)) |
                      l1t_egamma_gt_phi_put((int64_t)phi(s, type, 144)) |
                      l1t_egamma_gt_iso_put(l1t_gt_below(&s->draws, 4)));
}

static uint32_t jet(struct source *s)
{
    return (uint32_t)(l1t_jet_gt_run3_et_put((int64_t)et(s, L1T_GT_JET, 11)) |
                      l1t_jet_gt_run3_eta_put(eta(s, L1T_GT_JET, 1, 115)) |
                      l1t_jet_gt_run3_phi_put((int64_t)phi(s, L1T_GT_JET, 144)) |
                      l1t_jet_gt_run3_displaced_put(l1t_gt_chance(&s->draws, 30)));
}

static uint32_t field(uint64_t value, unsigned lsb, unsigned width)
{
    return (uint32_t)((value & ((UINT64_C(1) << width) - 1)) << lsb);
}

static void sums(struct source *s, struct l1t_gt_words *w)
{
    static const uint8_t types[L1T_GT_SUMS] = {L1T_GT_ETT, L1T_GT_HTT,   L1T_GT_ETM,
                                               L1T_GT_HTM, L1T_GT_ETMHF, L1T_GT_HTMHF};
    static const uint8_t asymmetry[] = {L1T_GT_ASYMET, L1T_GT_ASYMHT, L1T_GT_ASYMETHF,
                                        L1T_GT_ASYMHTHF};
    static const uint8_t bias[] = {L1T_GT_MBT0HFP, L1T_GT_MBT0HFM, L1T_GT_MBT1HFP, L1T_GT_MBT1HFM};
    for (unsigned i = 0; i < L1T_GT_SUMS; i++) {
        w->sum[i] = field(et(s, types[i], 12), 0, 12);
        w->sum[i] |= field(i < 4 ? et(s, bias[i], 4) : l1t_gt_draw(&s->draws), 28, 4);
        if (i >= 2)
            w->sum[i] |=
                field(phi(s, types[i], 144), 12, 8) | field(et(s, asymmetry[i - 2], 8), 20, 8);
    }
    w->sum[0] |= field(et(s, L1T_GT_ETTEM, 12), 12, 12);
    w->sum[1] |= field(et(s, L1T_GT_TOWERCOUNT, 13), 12, 13);
}

static void link11(struct source *s, struct l1t_gt_words *w)
{
    const uint64_t score = et(s, L1T_GT_CICADA, 16);
    for (unsigned i = 0; i < 4; i++)
        w->link11[i] = field(score >> (12 - 4 * i), 28, 4);
    w->link11[0] |= field(et(s, L1T_GT_ZDCP, 10), 16, 10);
    w->link11[1] |= field(et(s, L1T_GT_ZDCM, 10), 0, 10);
}

// Now and then the direction of the object before: two of them in one bin.
static uint64_t maybe_same(struct source *s, uint64_t word, uint64_t before, uint64_t direction)
{
    return before != 0 && l1t_gt_chance(&s->draws, 8) ? (word & ~direction) | (before & direction)
                                                      : word;
}

static const uint64_t muon_direction = 0xff8003ff, egtau_direction = 0x1fffe00,
                      jet_direction = 0x7fff800;

static void crossing(struct source *s, struct l1t_gt_words *w)
{
    static const uint8_t filled[] = {0, 20, 50, 90, 100};
    struct l1t_gt_draws *d = &s->draws;
    s->filled = filled[l1t_gt_below(d, 5)];
    s->near_eta = (int)l1t_gt_below(d, 440) - 220;
    s->near_phi = l1t_gt_below(d, 576);
    memset(w, 0, sizeof *w);
    for (unsigned i = 0; i < L1T_GT_MUONS; i++)
        if (l1t_gt_chance(d, s->filled))
            w->muon[i] = maybe_same(s, muon(s), i > 0 ? w->muon[i - 1] : 0, muon_direction);
    for (unsigned i = 0; i < L1T_GT_CALOS; i++) {
        if (l1t_gt_chance(d, s->filled))
            w->egamma[i] = (uint32_t)maybe_same(s, egtau(s, L1T_GT_EG),
                                                i > 0 ? w->egamma[i - 1] : 0, egtau_direction);
        if (l1t_gt_chance(d, s->filled))
            w->tau[i] = (uint32_t)maybe_same(s, egtau(s, L1T_GT_TAU), i > 0 ? w->tau[i - 1] : 0,
                                             egtau_direction);
        if (l1t_gt_chance(d, s->filled))
            w->jet[i] = (uint32_t)maybe_same(s, jet(s), i > 0 ? w->jet[i - 1] : 0, jet_direction);
    }
    sums(s, w);
    link11(s, w);
    const bool dense = l1t_gt_chance(d, 50);
    for (unsigned i = 0; i < L1T_GT_EXTERNALS / 64; i++) {
        const uint64_t a = (uint64_t)l1t_gt_draw(d) << 32 | l1t_gt_draw(d);
        const uint64_t b = (uint64_t)l1t_gt_draw(d) << 32 | l1t_gt_draw(d);
        w->external[i] = dense ? a | b : a & b;
    }
}

enum l1t_err l1t_gt_generate(const struct l1t_gt_code *code, uint64_t seed, size_t n,
                             struct l1t_gt_vectors *vectors, struct l1t_diag *diag)
{
    memset(vectors, 0, sizeof *vectors);
    vectors->layout = L1T_GT_LAYOUT_V2;
    vectors->vector = calloc(n, sizeof *vectors->vector);
    vectors->line = calloc(n, sizeof *vectors->line);
    vectors->event = calloc(n, sizeof *vectors->event);
    if (vectors->vector == NULL || vectors->line == NULL || vectors->event == NULL) {
        l1t_gt_vectors_free(vectors);
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    }
    vectors->n = n;
    for (size_t i = 0; i < n; i++) {
        struct source source = {.code = code,
                                .draws = {.seed = seed, .event = i, .stream = L1T_STREAM_GT}};
        crossing(&source, &vectors->vector[i].words);
        vectors->vector[i].crossing = (uint16_t)(i % L1T_GT_ORBIT);
        l1t_gt_decode(&vectors->vector[i].words, &vectors->event[i]);
    }
    return L1T_OK;
}

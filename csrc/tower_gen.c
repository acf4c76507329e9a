// SPDX-License-Identifier: GPL-3.0-or-later
// Tower events: pile-up and objects deposit energy, Layer-1's rule makes words of it. Floating
// point makes tables once; after that an event is table look-ups and integers.
#include "l1t/tower_gen.h"

#include "l1t_formats.h"
#include "tower_parts.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    INPUT_FULL = 255, // counts of an ECAL or HCAL input; this one says that it saturated
    SATURATED = 511,
    SMALL = 16, // words of E and H below are looked up
    MB_0 = 3,   // counts that set the forward calorimeter's min-bias bits
    MB_1 = 8,
    MIP_MIN = 2, // H without E between these sets the HCAL feature bit: a muon's trace
    MIP_MAX = 5,
    LOOSE_PART = 8 // not electron-like when more than this part is loose
};

struct l1t_tower_gen {
    uint64_t seed;
    struct l1t_shower shower;
    struct l1t_pile_up pile_up;
    struct l1t_objects objects;
    uint16_t small[SMALL][SMALL], small_forward[SMALL]; // words of [E][H], without fine-grain bit
    uint32_t corners;                                   // a corner event when a word is below it
    bool all_corners;
};

void l1t_tower_gen_defaults(struct l1t_tower_gen_params *params)
{
    static const struct l1t_tower_gen_params defaults = {
        .pile_up = 50,
        .n_points = 6,
        .ring = {1, 16, 22, 28, 29, 40},
        .hits = {0.0075, 0.0085, 0.011, 0.017, 0.016, 0.016},
        .mean_et_gev = {0.55, 0.6, 0.7, 0.9, 1.0, 1.6},
        .ecal = {0.55, 0.55, 0.5, 0.45, 0, 0},
        .jets = 3,
        .jet_threshold_gev = 15,
        .jet_scale_gev = 25,
        .inject =
            {
                [L1T_TRUTH_ELECTRON] = {0, 5, 100, 0, 2.5, 1},
                [L1T_TRUTH_PHOTON] = {0, 5, 100, 0, 2.5, 1},
                [L1T_TRUTH_TAU] = {0, 10, 150, 0, 2.1, 0.28},
                [L1T_TRUTH_JET] = {0, 20, 400, 0, 4.7, 0.27},
            },
        .corners = 0,
    };
    *params = defaults;
}

// ---- parameters ----

static bool in_range(double x, double min, double max)
{
    return x >= min && x <= max; // false for NaN
}

static enum l1t_err check_points(const struct l1t_tower_gen_params *p, struct l1t_diag *diag)
{
    if (p->n_points < 1 || p->n_points > L1T_TOWER_GEN_POINTS)
        return l1t_fail(diag, L1T_E_INPUT, "tower generator: 1 to %d rings are possible, not %u",
                        L1T_TOWER_GEN_POINTS, p->n_points);
    for (unsigned i = 0; i < p->n_points; i++)
        if (!in_range(p->ring[i], i == 0 ? 1 : p->ring[i - 1] + 1e-9, L1T_RINGS) ||
            !in_range(p->hits[i], 0, 1) || !in_range(p->mean_et_gev[i], 0.05, 50) ||
            !in_range(p->ecal[i], 0, 1))
            return l1t_fail(diag, L1T_E_INPUT,
                            "tower generator: point %u: rings ascend in 1..40, hits are 0..1, "
                            "mean_et is 0.05..50 GeV, ecal is 0..1",
                            i);
    return L1T_OK;
}

static enum l1t_err check_inject(const struct l1t_tower_gen_params *p, struct l1t_diag *diag)
{
    for (int k = 0; k < L1T_INJECTED; k++) {
        const struct l1t_inject *in = &p->inject[k];
        if (!in_range(in->per_event, 0, L1T_TOWER_GEN_PER_EVENT) ||
            !in_range(in->pt_min_gev, 0.5, 1000) ||
            !in_range(in->pt_max_gev, in->pt_min_gev, 1000) || !in_range(in->slope, 0, 10) ||
            !in_range(in->eta_max, 0, 5) || !in_range(in->shape, 0, k < L1T_TRUTH_TAU ? 4 : 1))
            return l1t_fail(diag, L1T_E_INPUT,
                            "tower generator: %s: 0..%d per event, pt 0.5..1000 GeV ascending, "
                            "slope 0..10 /GeV, |eta| up to 5, material 0..4 or share 0..1 are "
                            "possible",
                            l1t_truth_names[k], L1T_TOWER_GEN_PER_EVENT);
    }
    if (p->real != NULL && (p->real->n == 0 || (int)p->real_kind >= L1T_INJECTED))
        return l1t_fail(diag, L1T_E_INPUT, "tower generator: no real events to take objects from");
    return L1T_OK;
}

static enum l1t_err check(const struct l1t_tower_gen_params *p, struct l1t_diag *diag)
{
    if (!in_range(p->pile_up, 0, 1000) || !in_range(p->jets, 0, 10) ||
        !in_range(p->jet_threshold_gev, 0, 1000) || !in_range(p->jet_scale_gev, 0.1, 1000) ||
        !in_range(p->corners, 0, 1))
        return l1t_fail(diag, L1T_E_INPUT,
                        "tower generator: pile_up 0..1000, jets 0..10, jet_threshold 0..1000 GeV, "
                        "jet_scale 0.1..1000 GeV, corners 0..1 are possible");
    const enum l1t_err err = check_points(p, diag);
    return err == L1T_OK ? check_inject(p, diag) : err;
}

const char *l1t_tower_gen_text(const struct l1t_tower_gen_params *p, char *text, size_t size)
{
    size_t n = 0;
#define ADD(...)                                                                                   \
    do {                                                                                           \
        const int wrote = snprintf(text + n, size - n, __VA_ARGS__);                               \
        n += wrote > 0 && (size_t)wrote < size - n ? (size_t)wrote : 0;                            \
    } while (0)
    ADD("pile_up %.17g jets %.17g %.17g %.17g corners %.17g", p->pile_up, p->jets,
        p->jet_threshold_gev, p->jet_scale_gev, p->corners);
    for (unsigned i = 0; i < p->n_points; i++)
        ADD(" ring %.17g %.17g %.17g %.17g", p->ring[i], p->hits[i], p->mean_et_gev[i], p->ecal[i]);
    for (int k = 0; k < L1T_INJECTED; k++) {
        const struct l1t_inject *in = &p->inject[k];
        if (in->per_event > 0 || (p->real != NULL && (int)p->real_kind == k))
            ADD(" %s %.17g pt %.17g %.17g %.17g eta %.17g shape %.17g", l1t_truth_names[k],
                in->per_event, in->pt_min_gev, in->pt_max_gev, in->slope, in->eta_max, in->shape);
    }
    if (p->real != NULL)
        ADD(" %s of %zu real events", l1t_truth_names[p->real_kind], p->real->n);
#undef ADD
    return text;
}

// ---- words ----

uint16_t l1t_tower_word(unsigned e, unsigned h)
{
    const unsigned large = e > h ? e : h, small = e > h ? h : e;
    unsigned ratio = 0;
    if (small > 0) // round(log2(large / small)): up from large / small = sqrt(2) on
        while (ratio < 7 && (uint64_t)large * large >= ((uint64_t)small * small) << (2 * ratio + 1))
            ratio++;
    const unsigned et = e + h > SATURATED ? SATURATED : e + h;
    return (uint16_t)(l1t_tower_et_put(et) | l1t_tower_ratio_put(ratio) |
                      l1t_tower_zero_put(small == 0) | l1t_tower_em_put(e >= h));
}

static uint16_t large_word(unsigned e, unsigned h)
{
    const unsigned full = (e >= INPUT_FULL ? 2U : 0U) | (h >= INPUT_FULL ? 1U : 0U);
    e = e < INPUT_FULL ? e : INPUT_FULL;
    h = h < INPUT_FULL ? h : INPUT_FULL;
    const uint16_t word = l1t_tower_word(e, h);
    // 509 HCAL, 510 ECAL, 511 both
    return full == 0 ? word
                     : (uint16_t)((word & ~l1t_tower_et_put(SATURATED)) |
                                  l1t_tower_et_put(SATURATED - 3 + full));
}

static unsigned counts(unsigned energy)
{
    return (energy + L1T_COUNT / 2) / L1T_COUNT;
}

// Tower without fine-grain bit. H alone between two limits is a muon's trace: HCAL feature bit.
static uint16_t central_word(unsigned e, unsigned h)
{
    const bool trace = e == 0 && h >= MIP_MIN && h <= MIP_MAX;
    return e + h > 0 ? (uint16_t)(large_word(e, h) | l1t_tower_feature_put(trace)) : 0;
}

// No ECAL here; both bits count towers above a threshold.
static uint16_t forward_word(unsigned h)
{
    return h > 0 ? (uint16_t)(large_word(0, h) | l1t_tower_feature_put(h >= MB_0) |
                              l1t_tower_finegrain_put(h >= MB_1))
                 : 0;
}

static void make_small_words(struct l1t_tower_gen *gen)
{
    for (unsigned h = 0; h < SMALL; h++) {
        gen->small_forward[h] = forward_word(h);
        for (unsigned e = 0; e < SMALL; e++)
            gen->small[e][h] = central_word(e, h);
    }
}

// Neither the small energies nor the bit make a branch: half of the towers would miss it.
static void central_row(const struct l1t_tower_gen *gen, const uint16_t *compact,
                        const uint16_t *loose, const uint16_t *had, uint16_t w[L1T_PHIS])
{
    for (int p = 0; p < L1T_PHIS; p++) {
        const unsigned ecal = (unsigned)compact[p] + loose[p];
        const unsigned e = counts(ecal), h = counts(had[p]);
        const unsigned spread = (e > 0) & ((unsigned)loose[p] * LOOSE_PART > ecal);
        const uint16_t word = (e | h) < SMALL ? gen->small[e][h] : central_word(e, h);
        w[p] = (uint16_t)(word | l1t_tower_finegrain_put(spread));
    }
}

static void forward_row(const struct l1t_tower_gen *gen, const uint16_t *had, uint16_t w[L1T_PHIS])
{
    for (int p = 0; p < L1T_PHIS; p++) {
        const unsigned h = counts(had[p]);
        w[p] = h < SMALL ? gen->small_forward[h] : forward_word(h);
    }
}

// ---- the generator ----

enum l1t_err l1t_tower_gen_new(const struct l1t_tower_gen_params *params, uint64_t seed,
                               struct l1t_tower_gen **gen, struct l1t_diag *diag)
{
    const enum l1t_err err = check(params, diag);
    if (err != L1T_OK)
        return err;
    struct l1t_tower_gen *g = calloc(1, sizeof *g);
    if (g == NULL || l1t_shower_init(&g->shower) != 0 ||
        l1t_pile_up_init(&g->pile_up, params) != 0 || l1t_objects_init(&g->objects, params) != 0) {
        l1t_tower_gen_free(g);
        return l1t_fail(diag, L1T_E_NOMEM, "tower generator: out of memory");
    }
    make_small_words(g);
    g->seed = seed;
    g->all_corners = params->corners >= 1;
    g->corners = g->all_corners ? UINT32_MAX : (uint32_t)(params->corners * 0x1p32);
    *gen = g;
    return L1T_OK;
}

void l1t_tower_gen_free(struct l1t_tower_gen *gen)
{
    if (gen == NULL)
        return;
    l1t_shower_free(&gen->shower);
    l1t_pile_up_free(&gen->pile_up);
    l1t_objects_free(&gen->objects);
    free(gen);
}

// ---- events ----

static void make_words(const struct l1t_tower_gen *gen, const struct l1t_deposits *d,
                       struct l1t_towers *towers)
{
    for (int row = 0; row < L1T_ROWS; row++) {
        uint16_t *w =
            row < L1T_RINGS ? towers->w[1][L1T_RINGS - 1 - row] : towers->w[0][row - L1T_RINGS];
        if (l1t_row_is_forward(row))
            forward_row(gen, d->had[row], w);
        else
            central_row(gen, d->ecal[L1T_COMPACT][row], d->ecal[L1T_LOOSE][row], d->had[row], w);
    }
}

size_t l1t_tower_gen_event_truth(const struct l1t_tower_gen *gen, uint64_t event,
                                 struct l1t_towers *towers, struct l1t_truth truth[L1T_TRUTH_MAX])
{
    uint32_t first[4];
    struct l1t_deposits deposits;
    l1t_rng_words(gen->seed, L1T_STREAM_TOWER_JETS, event, 0, first);
    if (first[1] < gen->corners || gen->all_corners) {
        l1t_tower_corner(gen->seed, event, first[2], towers);
        return 0;
    }
    memset(&deposits, 0, sizeof deposits);
    l1t_pile_up_add(&gen->pile_up, &gen->shower, gen->seed, event, first[3], &deposits);
    const size_t n =
        l1t_objects_add(&gen->objects, &gen->shower, gen->seed, event, first[0], &deposits, truth);
    make_words(gen, &deposits, towers);
    return n;
}

void l1t_tower_gen_event(const struct l1t_tower_gen *gen, uint64_t event, struct l1t_towers *towers)
{
    struct l1t_truth truth[L1T_TRUTH_MAX];
    (void)l1t_tower_gen_event_truth(gen, event, towers, truth);
}

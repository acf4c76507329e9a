// SPDX-License-Identifier: GPL-3.0-or-later
// Pile-up and jets in towers. The spectrum of a tower is worked out once per ring, in floating
// point: a Poisson number of hits, each with exponential ET, summed (Panjer's recursion, ASTIN
// Bulletin 12 (1981) 22) and quantised. After that an event is table look-ups and integers.
#include "l1t/tower_gen.h"

#include "l1t/rng.h"
#include "l1t_formats.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = L1T_SIDES * L1T_RINGS, // signed rings, m = -40 first
    TOWERS = ROWS * L1T_PHIS,
    BLOCKS = TOWERS / 4, // random words come in fours
    EVENT_BLOCKS = 2048, // counters set aside for one event
    LARGEST_ET = 508,    // codes above are saturation flags
    SATURATED = 511,
    ET_CODES = 512,
    JET_CODES = 2048, // pt above the threshold, in tower units
    MOST_JETS = 15,
    JET_PACKETS = 16, // a jet's energy lands in this many equal parts
    JET_BLOCKS = 1 + JET_PACKETS / 4
};

struct l1t_tower_gen {
    uint64_t seed;
    struct l1t_alias ring[L1T_RINGS]; // ET code of a tower
    struct l1t_alias jet_count, jet_pt;
    unsigned jet_threshold; // tower units
    uint32_t corners;       // a corner event when a word is below it
    bool all_corners;
};

void l1t_tower_gen_defaults(struct l1t_tower_gen_params *params)
{
    static const struct l1t_tower_gen_params defaults = {
        .pile_up = 50,
        .n_points = 6,
        .ring = {1, 16, 22, 28, 29, 40},
        .hits = {0.0045, 0.0055, 0.008, 0.012, 0.016, 0.016},
        .mean_et_gev = {0.6, 0.65, 0.8, 1.0, 1.0, 1.6},
        .jets = 3,
        .jet_threshold_gev = 15,
        .jet_scale_gev = 25,
        .corners = 0,
    };
    *params = defaults;
}

static double interpolate(const struct l1t_tower_gen_params *p, const double *value, double ring)
{
    unsigned i = 0;
    while (i + 1 < p->n_points && ring > p->ring[i + 1])
        i++;
    if (i + 1 >= p->n_points || ring <= p->ring[i])
        return value[i];
    const double t = (ring - p->ring[i]) / (p->ring[i + 1] - p->ring[i]);
    return value[i] + t * (value[i + 1] - value[i]);
}

// Chance that an exponential of mean `mean` (tower units) rounds to code k.
static double hit_probability(double mean, int k)
{
    const double low = k == 0 ? 0 : (k - 0.5) / mean, high = (k + 0.5) / mean;
    return exp(-low) - exp(-high);
}

// Law of the summed ET code; what lies beyond the largest code is put there.
static void tower_law(double hits, double mean, double law[ET_CODES])
{
    double hit[ET_CODES] = {0};
    for (int k = 0; k < ET_CODES; k++)
        hit[k] = hit_probability(mean, k);
    memset(law, 0, ET_CODES * sizeof law[0]);
    law[0] = exp(-hits * (1 - hit[0]));
    double total = law[0];
    for (int n = 1; n < LARGEST_ET; n++) {
        double sum = 0;
        for (int j = 1; j <= n; j++)
            sum += j * hit[j] * law[n - j];
        law[n] = hits / n * sum;
        total += law[n];
    }
    law[LARGEST_ET] = total < 1 ? 1 - total : 0;
}

static int make_ring_tables(struct l1t_tower_gen *gen, const struct l1t_tower_gen_params *p)
{
    for (int i = 0; i < L1T_RINGS; i++) {
        double law[ET_CODES];
        const double hits = p->pile_up * interpolate(p, p->hits, i + 1);
        tower_law(hits, interpolate(p, p->mean_et_gev, i + 1) * 2, law);
        if (l1t_alias_init(&gen->ring[i], law, ET_CODES) != 0)
            return -1;
    }
    return 0;
}

static int make_jet_tables(struct l1t_tower_gen *gen, const struct l1t_tower_gen_params *p)
{
    double count[MOST_JETS + 1], pt[JET_CODES];
    count[0] = exp(-p->jets);
    for (int n = 1; n <= MOST_JETS; n++)
        count[n] = count[n - 1] * p->jets / n;
    for (int k = 0; k < JET_CODES; k++)
        pt[k] = exp(-k / (2 * p->jet_scale_gev));
    gen->jet_threshold = (unsigned)lround(2 * p->jet_threshold_gev);
    return l1t_alias_init(&gen->jet_count, count, MOST_JETS + 1) != 0 ||
                   l1t_alias_init(&gen->jet_pt, pt, JET_CODES) != 0
               ? -1
               : 0;
}

static bool in_range(double x, double min, double max)
{
    return x >= min && x <= max; // false for NaN
}

static enum l1t_err check(const struct l1t_tower_gen_params *p, struct l1t_diag *diag)
{
    if (!in_range(p->pile_up, 0, 1000) || !in_range(p->jets, 0, 10) ||
        !in_range(p->jet_threshold_gev, 0, 1000) || !in_range(p->jet_scale_gev, 0.1, 1000) ||
        !in_range(p->corners, 0, 1))
        return l1t_fail(diag, L1T_E_INPUT,
                        "tower generator: pile_up 0..1000, jets 0..10, jet_threshold 0..1000 GeV, "
                        "jet_scale 0.1..1000 GeV, corners 0..1 are possible");
    if (p->n_points < 1 || p->n_points > L1T_TOWER_GEN_POINTS)
        return l1t_fail(diag, L1T_E_INPUT, "tower generator: 1 to %d rings are possible, not %u",
                        L1T_TOWER_GEN_POINTS, p->n_points);
    for (unsigned i = 0; i < p->n_points; i++)
        if (!in_range(p->ring[i], i == 0 ? 1 : p->ring[i - 1] + 1e-9, L1T_RINGS) ||
            !in_range(p->hits[i], 0, 1) || !in_range(p->mean_et_gev[i], 0.05, 50))
            return l1t_fail(diag, L1T_E_INPUT,
                            "tower generator: point %u: rings ascend in 1..40, hits are 0..1, "
                            "mean_et is 0.05..50 GeV",
                            i);
    return L1T_OK;
}

enum l1t_err l1t_tower_gen_new(const struct l1t_tower_gen_params *params, uint64_t seed,
                               struct l1t_tower_gen **gen, struct l1t_diag *diag)
{
    const enum l1t_err err = check(params, diag);
    if (err != L1T_OK)
        return err;
    struct l1t_tower_gen *g = calloc(1, sizeof *g);
    if (g == NULL || make_ring_tables(g, params) != 0 || make_jet_tables(g, params) != 0) {
        l1t_tower_gen_free(g);
        return l1t_fail(diag, L1T_E_NOMEM, "tower generator: out of memory");
    }
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
    for (int i = 0; i < L1T_RINGS; i++)
        l1t_alias_free(&gen->ring[i]);
    l1t_alias_free(&gen->jet_count);
    l1t_alias_free(&gen->jet_pt);
    free(gen);
}

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

// Share between E and H, and feature bits, from a mix of the bits that gave the ET.
static uint16_t dress(unsigned et, uint32_t word)
{
    if (et == 0)
        return 0;
    const uint32_t mixed = word * UINT32_C(0x9E3779B1) ^ word >> 15;
    const unsigned share = mixed >> 24;
    const unsigned e = share < 16 ? 0 : share >= 240 ? et : et * share >> 8;
    return (uint16_t)(l1t_tower_word(e, et - e) | l1t_tower_feature_put((mixed & 15) == 0) |
                      l1t_tower_finegrain_put((mixed >> 4 & 7) == 0));
}

// Offset in -half..half, small ones more likely (the sum of two uniform draws).
static int spread(unsigned a, unsigned b, unsigned half)
{
    return (int)(a % (half + 1) + b % (half + 1)) - (int)half;
}

// One jet into a grid of signed rings: row 0 is m = -40, rows step through eta.
static void add_jet(const struct l1t_tower_gen *gen, uint64_t event, uint32_t block,
                    uint16_t et[ROWS][L1T_PHIS])
{
    uint32_t u[4];
    l1t_rng_words(gen->seed, L1T_STREAM_TOWER_JETS, event, block, u);
    const unsigned pt = gen->jet_threshold + l1t_alias_draw(&gen->jet_pt, u[0]);
    const int row = (int)(((uint64_t)u[1] * ROWS) >> 32);
    const int phi = (int)(((uint64_t)u[2] * L1T_PHIS) >> 32);
    const unsigned half = 1 + u[3] % 3; // 3x3, 5x5 or 7x7 towers
    const unsigned part = pt / JET_PACKETS;
    et[row][phi] = (uint16_t)(et[row][phi] + pt - part * JET_PACKETS);
    for (unsigned i = 0; i < JET_PACKETS; i++) {
        if (i % 4 == 0)
            l1t_rng_words(gen->seed, L1T_STREAM_TOWER_JETS, event, block + 1 + i / 4, u);
        const uint32_t w = u[i % 4];
        const int r = row + spread(w & 0xff, w >> 8 & 0xff, half);
        const int p = (phi + spread(w >> 16 & 0xff, w >> 24, half) + L1T_PHIS) % L1T_PHIS;
        if (r >= 0 && r < ROWS) // the rest leaves the detector
            et[r][p] = (uint16_t)(et[r][p] + part);
    }
}

static void fill_pile_up(const struct l1t_tower_gen *gen, uint32_t word[ROWS][L1T_PHIS],
                         uint16_t et[ROWS][L1T_PHIS])
{
    for (int row = 0; row < ROWS; row++) {
        const int ring = row < L1T_RINGS ? L1T_RINGS - 1 - row : row - L1T_RINGS;
        const struct l1t_alias *table = &gen->ring[ring];
        for (int p = 0; p < L1T_PHIS; p++)
            et[row][p] = (uint16_t)l1t_alias_draw(table, word[row][p]);
    }
}

void l1t_tower_gen_event(const struct l1t_tower_gen *gen, uint64_t event, struct l1t_towers *towers)
{
    uint32_t first[4];
    l1t_rng_words(gen->seed, L1T_STREAM_TOWER_JETS, event, 0, first);
    if (first[1] < gen->corners || gen->all_corners) {
        l1t_tower_corner(gen->seed, event, first[2], towers);
        return;
    }
    uint32_t word[ROWS][L1T_PHIS];
    uint16_t et[ROWS][L1T_PHIS];
    l1t_rng_batch(gen->seed, L1T_STREAM_TOWERS, event * EVENT_BLOCKS, 0, BLOCKS, word[0],
                  word[ROWS / 4], word[ROWS / 2], word[3 * ROWS / 4]);
    fill_pile_up(gen, word, et);
    const uint32_t jets = l1t_alias_draw(&gen->jet_count, first[0]);
    for (uint32_t j = 0; j < jets; j++)
        add_jet(gen, event, 1 + j * JET_BLOCKS, et);
    for (int row = 0; row < ROWS; row++) {
        uint16_t *w =
            row < L1T_RINGS ? towers->w[1][L1T_RINGS - 1 - row] : towers->w[0][row - L1T_RINGS];
        for (int p = 0; p < L1T_PHIS; p++) {
            const unsigned sum = et[row][p];
            w[p] = dress(sum > LARGEST_ET ? SATURATED : sum, word[row][p]);
        }
    }
}

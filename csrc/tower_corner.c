// SPDX-License-Identifier: GPL-3.0-or-later
// Tower events that are hard for a jet trigger on purpose. Physics rarely makes equal energies,
// saturated towers or a jet on every edge at once; wiring errors live exactly there.
#include "l1t/tower_gen.h"

#include "tower_draws.h"

#include "l1t_formats.h"

#include <string.h>

enum { ROWS = L1T_SIDES * L1T_RINGS };

// Tower of a signed row (0 is m = -40, 40 is m = 1); phi wraps; rows outside are left out.
static void put(struct l1t_towers *towers, int row, int phi, unsigned et)
{
    if (row < 0 || row >= ROWS)
        return;
    const int p = (phi % L1T_PHIS + L1T_PHIS) % L1T_PHIS;
    const uint16_t word = l1t_tower_word(et / 2, et - et / 2);
    if (row < L1T_RINGS)
        towers->w[1][L1T_RINGS - 1 - row][p] = word;
    else
        towers->w[0][row - L1T_RINGS][p] = word;
}

// A tower of ET et to et + range - 1 in one of the rows from row0 on. One draw a statement: the
// order of arguments is the compiler's.
static void put_anywhere(struct l1t_draws *d, struct l1t_towers *towers, int row0, unsigned rows,
                         unsigned et, unsigned range)
{
    const unsigned more = l1t_draw_below(d, range);
    const int phi = (int)l1t_draw_below(d, L1T_PHIS), row = (int)l1t_draw_below(d, rows);
    put(towers, row0 + row, phi, et + more);
}

// A few deposits of 3x3 towers in a range of rows and columns.
static void deposits(struct l1t_draws *d, struct l1t_towers *towers, int row0, unsigned rows,
                     int phi0, unsigned phis)
{
    const unsigned n = 1 + l1t_draw_below(d, 12);
    for (unsigned i = 0; i < n; i++) {
        const int row = row0 + (int)l1t_draw_below(d, rows),
                  phi = phi0 + (int)l1t_draw_below(d, phis);
        const unsigned seed = 8 + l1t_draw_below(d, 120);
        for (int j = 0; j < 9; j++)
            put(towers, row + j / 3 - 1, phi + j % 3 - 1,
                j == 4 ? seed : l1t_draw_below(d, seed / 2));
    }
}

static void few_levels_everywhere(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned level = 8 + l1t_draw_below(d, 8), occupied = 1 + l1t_draw_below(d, 8);
    for (int row = 0; row < ROWS; row++)
        for (int phi = 0; phi < L1T_PHIS; phi++)
            if (l1t_draw_below(d, 16) < occupied)
                put(towers, row, phi, level + l1t_draw_below(d, 2) * 4);
}

static void all_equal(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned et = 1 + l1t_draw_below(d, 511);
    for (int row = 0; row < ROWS; row++)
        for (int phi = 0; phi < L1T_PHIS; phi++)
            put(towers, row, phi, et);
}

static void saturated_towers(struct l1t_draws *d, struct l1t_towers *towers)
{
    deposits(d, towers, 0, ROWS, 0, L1T_PHIS);
    const unsigned n = 1 + l1t_draw_below(d, 14);
    for (unsigned i = 0; i < n; i++)
        put_anywhere(d, towers, 0, ROWS, 507, 5);
}

static void across_phi_zero(struct l1t_draws *d, struct l1t_towers *towers)
{
    deposits(d, towers, 0, ROWS, -6, 12);
}

static void across_eta_zero(struct l1t_draws *d, struct l1t_towers *towers)
{
    deposits(d, towers, L1T_RINGS - 8, 16, 0, L1T_PHIS);
}

// ieta 28 is compact ring 28 and ieta 30 the next one.
static void around_the_hf_edge(struct l1t_draws *d, struct l1t_towers *towers)
{
    const int ring = 26 + (int)l1t_draw_below(d, 3);
    deposits(d, towers, l1t_draw_below(d, 2) != 0 ? L1T_RINGS + ring : L1T_RINGS - 4 - ring, 4, 0,
             L1T_PHIS);
}

static void outermost_rings(struct l1t_draws *d, struct l1t_towers *towers)
{
    deposits(d, towers, l1t_draw_below(d, 2) != 0 ? ROWS - 7 : 0, 7, 0, L1T_PHIS);
}

// Up to fourteen equal jets in each of a few rings, and as many again in others.
static void rows_of_equal_jets(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned et = 8 + l1t_draw_below(d, 60), n = 1 + l1t_draw_below(d, 6),
                   levels = 1 + l1t_draw_below(d, 3);
    for (unsigned i = 0; i < n; i++) {
        const int row = (int)l1t_draw_below(d, ROWS), wider = (int)l1t_draw_below(d, 9);
        const int phi0 = (int)l1t_draw_below(d, L1T_PHIS), step = wider < 5 ? 5 : wider + 1;
        for (int phi = 0; phi + step <= L1T_PHIS; phi += step)
            put(towers, row, phi0 + phi, et + 4 * l1t_draw_below(d, levels));
    }
}

static void pairs_of_equal_towers(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned n = 1 + l1t_draw_below(d, 10);
    for (unsigned i = 0; i < n; i++) {
        const int row = (int)l1t_draw_below(d, ROWS), phi = (int)l1t_draw_below(d, L1T_PHIS);
        const unsigned et = 8 + l1t_draw_below(d, 40);
        put(towers, row, phi, et);
        const unsigned more = l1t_draw_below(d, 8) / 7;
        const int dp = (int)l1t_draw_below(d, 9) - 4, de = (int)l1t_draw_below(d, 9) - 4;
        put(towers, row + de, phi + dp, et + more);
    }
}

static void isolated_towers(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned n = l1t_draw_below(d, 4); // also none
    for (unsigned i = 0; i < n; i++)
        put_anywhere(d, towers, 0, ROWS, 6, 4);
    // Every other time the centre is full of the smallest towers, so that nTT goes beyond what its
    // bins cover while little energy lies around a few more towers there.
    if (l1t_draw_below(d, 2) == 0)
        return;
    const unsigned occupied = 8 + l1t_draw_below(d, 9);
    for (int row = L1T_RINGS - 4; row < L1T_RINGS + 4; row++)
        for (int phi = 0; phi < L1T_PHIS; phi++)
            if (l1t_draw_below(d, 16) < occupied)
                put(towers, row, phi, 1);
    for (unsigned i = 0; i < 8; i++)
        put_anywhere(d, towers, L1T_RINGS - 7, 14, 8, 60);
}

static void very_large_jets(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned n = 1 + l1t_draw_below(d, 6), level = 200 + l1t_draw_below(d, 309);
    for (unsigned i = 0; i < n; i++) {
        const int row = (int)l1t_draw_below(d, ROWS), phi = (int)l1t_draw_below(d, L1T_PHIS);
        for (int j = 0; j < 25; j++)
            put(towers, row + j / 5 - 2, phi + j % 5 - 2,
                level - (j == 12 ? 0 : l1t_draw_below(d, 60)));
    }
}

// Saturated towers in HF alone: only the sums with HF are full.
static void saturated_forward_towers(struct l1t_draws *d, struct l1t_towers *towers)
{
    enum { HF_ROWS = 12 };
    const int row0 = l1t_draw_below(d, 2) != 0 ? ROWS - HF_ROWS : 0;
    deposits(d, towers, 0, ROWS, 0, L1T_PHIS);
    const unsigned n = 1 + l1t_draw_below(d, 3);
    for (unsigned i = 0; i < n; i++)
        put_anywhere(d, towers, row0, HF_ROWS, 508, 4);
}

// Bits of the minimum-bias counts in one ring of HF of each side, whatever the towers' energies.
static void forward_bits(struct l1t_draws *d, struct l1t_towers *towers)
{
    enum { FIRST = 28 };
    deposits(d, towers, 0, ROWS, 0, L1T_PHIS);
    for (int side = 0; side < L1T_SIDES; side++) {
        uint16_t *w = towers->w[side][FIRST + l1t_draw_below(d, L1T_RINGS - FIRST)];
        const unsigned n = l1t_draw_below(d, 30);
        for (unsigned i = 0; i < n; i++) // one bit or both
        {
            const unsigned bits = 1 + l1t_draw_below(d, 3), phi = l1t_draw_below(d, L1T_PHIS);
            w[phi] |= (uint16_t)(bits << l1t_tower_feature_lsb);
        }
    }
}

// Whole jets of large towers on one side: their sum is full before one of them is.
static void huge_jets(struct l1t_draws *d, struct l1t_towers *towers)
{
    enum { STEP = 24 }; // columns from jet to jet
    const unsigned n = 2 + l1t_draw_below(d, 2), level = 400 + l1t_draw_below(d, 92);
    const int side = (int)l1t_draw_below(d, 2), phi0 = (int)l1t_draw_below(d, L1T_PHIS);
    for (unsigned i = 0; i < n; i++) {
        const int row = side * L1T_RINGS + 12 + (int)l1t_draw_below(d, 16);
        for (int j = 0; j < 81; j++)
            put(towers, row + j / 9 - 4, phi0 + (int)i * STEP + j % 9,
                level + (j == 40 ? 16 : l1t_draw_below(d, 8)));
    }
}

// Their vector is all but zero: what is left is one odd entry of the cosines. Half of the events
// are below the thresholds that the vector has.
static void rings_of_equal_towers(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned n = 1 + l1t_draw_below(d, 3), seen = l1t_draw_below(d, 2);
    for (unsigned i = 0; i < n; i++) {
        const int row = L1T_RINGS - 15 + (int)l1t_draw_below(d, 30);
        const unsigned et = seen != 0 ? 5 + l1t_draw_below(d, 6) : 1;
        for (int phi = 0; phi < L1T_PHIS; phi++)
            put(towers, row, phi, et);
    }
}

static void random_words(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned occupied = 1 + l1t_draw_below(d, 16);
    for (int side = 0; side < L1T_SIDES; side++)
        for (int ring = 0; ring < L1T_RINGS; ring++)
            for (int p = 0; p < L1T_PHIS; p++)
                if (l1t_draw_below(d, 16) < occupied)
                    towers->w[side][ring][p] = (uint16_t)l1t_draw_below(d, 65536);
}

// A ring with clusters, often at eta 0 or at ieta 25, where taus end.
static int cluster_row(struct l1t_draws *d)
{
    const unsigned where = l1t_draw_below(d, 4), side = l1t_draw_below(d, 2);
    const unsigned any = l1t_draw_below(d, 27);
    const int ring = (int)(where == 0 ? any % 2 : where == 1 ? 23 + any % 3 : any);
    return side == 0 ? L1T_RINGS + ring : L1T_RINGS - 1 - ring;
}

// Often at phi 0.
static int cluster_phi(struct l1t_draws *d)
{
    const unsigned edge = l1t_draw_below(d, 3), column = l1t_draw_below(d, L1T_PHIS);
    return (int)(edge == 0 ? L1T_PHIS - 4 + column % 8 : column);
}

// Seeds at the sites (docs/calo.md) of both groups, often equal ones, and towers between them.
static void put_sites(struct l1t_draws *d, struct l1t_towers *towers, int row, int phi,
                      unsigned main)
{
    static const struct {
        int de, dp;
    } site[8] = {{0, 3}, {-1, 2}, {0, 2}, {1, 2}, {-1, -2}, {0, -2}, {1, -2}, {0, -3}};
    static const uint8_t a[6] = {0x01, 0x04, 0x0a, 0x0a, 0x02, 0x08}; // one, or the pair
    static const uint8_t b[6] = {0x80, 0x20, 0x50, 0x50, 0x10, 0x40};
    const unsigned in_a = a[l1t_draw_below(d, 6)], in_b = b[l1t_draw_below(d, 6)];
    const unsigned one = 4 + l1t_draw_below(d, main - 4), two = 4 + l1t_draw_below(d, main - 4);
    const unsigned level[2] = {one, l1t_draw_below(d, 2) != 0 ? one : two};
    const unsigned members = l1t_draw_below(d, 15) / 2;
    for (unsigned j = 0; j < members; j++) {
        const int de = (int)l1t_draw_below(d, 3) - 1, dp = (int)l1t_draw_below(d, 11) - 5;
        put(towers, row + de, phi + dp, 1 + l1t_draw_below(d, 6));
    }
    for (unsigned s = 0; s < 8; s++)
        if ((in_a | in_b) >> s & 1)
            put(towers, row + site[s].de, phi + site[s].dp,
                level[s / 4] + l1t_draw_below(d, 9) / 8);
}

// Clusters with seeds where a second cluster may be; some with only the furthest one, and towers
// behind it that the isolation window does not see.
static void clusters_beside_clusters(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned n = 4 + l1t_draw_below(d, 12);
    for (unsigned i = 0; i < n; i++) {
        const int row = cluster_row(d), phi = cluster_phi(d);
        const unsigned tail = l1t_draw_below(d, 4), main = 12 + l1t_draw_below(d, 60);
        if (tail == 0) {
            const int way = l1t_draw_below(d, 2) != 0 ? 1 : -1;
            put(towers, row, phi + 3 * way, 4 + l1t_draw_below(d, main - 4));
            put(towers, row, phi + 4 * way, 3);
            put(towers, row, phi + 5 * way, 3);
        } else {
            put_sites(d, towers, row, phi, main);
        }
        put(towers, row, phi, main);
    }
}

// The largest cluster there is, with a second one of eleven towers: more than 13 bits.
static void pairs_of_full_clusters(struct l1t_draws *d, struct l1t_towers *towers)
{
    const unsigned n = 1 + l1t_draw_below(d, 3);
    for (unsigned i = 0; i < n; i++) {
        const int row = L1T_RINGS - 24 + (int)l1t_draw_below(d, 48),
                  phi = (int)l1t_draw_below(d, L1T_PHIS);
        const int way = l1t_draw_below(d, 2) != 0 ? 1 : -1;
        for (int j = 0; j < 24; j++)
            put(towers, row + j / 8 - 1, phi + way * (j % 8 - 2), 509);
        put(towers, row, phi + 3 * way, 510);
        put(towers, row, phi, 511);
    }
}

static void (*const kinds[])(struct l1t_draws *d, struct l1t_towers *towers) = {
    few_levels_everywhere,
    all_equal,
    saturated_towers,
    across_phi_zero,
    across_eta_zero,
    around_the_hf_edge,
    outermost_rings,
    rows_of_equal_jets,
    pairs_of_equal_towers,
    isolated_towers,
    very_large_jets,
    saturated_forward_towers,
    forward_bits,
    huge_jets,
    rings_of_equal_towers,
    random_words,
    clusters_beside_clusters,
    pairs_of_full_clusters,
};

unsigned l1t_tower_corner_kinds(void)
{
    return sizeof kinds / sizeof kinds[0];
}

void l1t_tower_corner(uint64_t seed, uint64_t event, unsigned kind, struct l1t_towers *towers)
{
    // Jets of ordinary events have these blocks too, but an event is either this or one of those.
    struct l1t_draws d = {
        .seed = seed, .event = event, .stream = L1T_STREAM_TOWER_JETS, .block = 0x10000};
    memset(towers, 0, sizeof *towers);
    kinds[kind % l1t_tower_corner_kinds()](&d, towers);
}

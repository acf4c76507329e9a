// SPDX-License-Identifier: GPL-3.0-or-later
// Tower events that are hard for a jet trigger on purpose. Physics rarely makes equal energies,
// saturated towers or a jet on every edge at once; wiring errors live exactly there.
#include "l1t/tower_gen.h"

#include "l1t/rng.h"
#include "l1t_formats.h"

#include <string.h>

enum { ROWS = L1T_SIDES * L1T_RINGS };

// Draws of one event, one after the other.
struct draws {
    uint64_t seed, event;
    uint32_t block, word[4];
    unsigned left;
};

// 0..n-1; n is small, so the bias of the multiplication is, too.
static unsigned draw(struct draws *d, unsigned n)
{
    if (d->left == 0) {
        // Blocks far above those that jets of ordinary events take.
        l1t_rng_words(d->seed, L1T_STREAM_TOWER_JETS, d->event, 0x10000 + d->block++, d->word);
        d->left = 4;
    }
    return (unsigned)(((uint64_t)d->word[--d->left] * n) >> 32);
}

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

// A few deposits of 3x3 towers in a range of rows and columns.
static void deposits(struct draws *d, struct l1t_towers *towers, int row0, unsigned rows, int phi0,
                     unsigned phis)
{
    const unsigned n = 1 + draw(d, 12);
    for (unsigned i = 0; i < n; i++) {
        const int row = row0 + (int)draw(d, rows), phi = phi0 + (int)draw(d, phis);
        const unsigned seed = 8 + draw(d, 120);
        for (int j = 0; j < 9; j++)
            put(towers, row + j / 3 - 1, phi + j % 3 - 1, j == 4 ? seed : draw(d, seed / 2));
    }
}

static void few_levels_everywhere(struct draws *d, struct l1t_towers *towers)
{
    const unsigned level = 8 + draw(d, 8), occupied = 1 + draw(d, 8);
    for (int row = 0; row < ROWS; row++)
        for (int phi = 0; phi < L1T_PHIS; phi++)
            if (draw(d, 16) < occupied)
                put(towers, row, phi, level + draw(d, 2) * 4);
}

static void all_equal(struct draws *d, struct l1t_towers *towers)
{
    const unsigned et = 1 + draw(d, 511);
    for (int row = 0; row < ROWS; row++)
        for (int phi = 0; phi < L1T_PHIS; phi++)
            put(towers, row, phi, et);
}

static void saturated_towers(struct draws *d, struct l1t_towers *towers)
{
    deposits(d, towers, 0, ROWS, 0, L1T_PHIS);
    const unsigned n = 1 + draw(d, 14);
    for (unsigned i = 0; i < n; i++)
        put(towers, (int)draw(d, ROWS), (int)draw(d, L1T_PHIS), 507 + draw(d, 5));
}

static void across_phi_zero(struct draws *d, struct l1t_towers *towers)
{
    deposits(d, towers, 0, ROWS, -6, 12);
}

static void across_eta_zero(struct draws *d, struct l1t_towers *towers)
{
    deposits(d, towers, L1T_RINGS - 8, 16, 0, L1T_PHIS);
}

// ieta 28 is compact ring 28 and ieta 30 the next one.
static void around_the_hf_edge(struct draws *d, struct l1t_towers *towers)
{
    const int ring = 26 + (int)draw(d, 3);
    deposits(d, towers, draw(d, 2) != 0 ? L1T_RINGS + ring : L1T_RINGS - 4 - ring, 4, 0, L1T_PHIS);
}

static void outermost_rings(struct draws *d, struct l1t_towers *towers)
{
    deposits(d, towers, draw(d, 2) != 0 ? ROWS - 7 : 0, 7, 0, L1T_PHIS);
}

// Up to fourteen equal jets in each of a few rings, and as many again in others.
static void rows_of_equal_jets(struct draws *d, struct l1t_towers *towers)
{
    const unsigned et = 8 + draw(d, 60), n = 1 + draw(d, 6), levels = 1 + draw(d, 3);
    for (unsigned i = 0; i < n; i++) {
        const int row = (int)draw(d, ROWS), step = 5 + (int)draw(d, 6);
        const int phi0 = (int)draw(d, L1T_PHIS);
        for (int phi = 0; phi + step <= L1T_PHIS; phi += step)
            put(towers, row, phi0 + phi, et + 4 * draw(d, levels));
    }
}

static void pairs_of_equal_towers(struct draws *d, struct l1t_towers *towers)
{
    const unsigned n = 1 + draw(d, 10);
    for (unsigned i = 0; i < n; i++) {
        const int row = (int)draw(d, ROWS), phi = (int)draw(d, L1T_PHIS);
        const unsigned et = 8 + draw(d, 40);
        put(towers, row, phi, et);
        put(towers, row + (int)draw(d, 9) - 4, phi + (int)draw(d, 9) - 4, et + draw(d, 8) / 7);
    }
}

static void isolated_towers(struct draws *d, struct l1t_towers *towers)
{
    const unsigned n = draw(d, 4); // also none
    for (unsigned i = 0; i < n; i++)
        put(towers, (int)draw(d, ROWS), (int)draw(d, L1T_PHIS), 6 + draw(d, 4));
}

static void very_large_jets(struct draws *d, struct l1t_towers *towers)
{
    const unsigned n = 1 + draw(d, 6), level = 200 + draw(d, 309);
    for (unsigned i = 0; i < n; i++) {
        const int row = (int)draw(d, ROWS), phi = (int)draw(d, L1T_PHIS);
        for (int j = 0; j < 25; j++)
            put(towers, row + j / 5 - 2, phi + j % 5 - 2, level - (j == 12 ? 0 : draw(d, 60)));
    }
}

static void random_words(struct draws *d, struct l1t_towers *towers)
{
    const unsigned occupied = 1 + draw(d, 16);
    for (int side = 0; side < L1T_SIDES; side++)
        for (int ring = 0; ring < L1T_RINGS; ring++)
            for (int p = 0; p < L1T_PHIS; p++)
                if (draw(d, 16) < occupied)
                    towers->w[side][ring][p] = (uint16_t)draw(d, 65536);
}

static void (*const kinds[])(struct draws *d, struct l1t_towers *towers) = {
    few_levels_everywhere, all_equal,          saturated_towers, across_phi_zero,
    across_eta_zero,       around_the_hf_edge, outermost_rings,  rows_of_equal_jets,
    pairs_of_equal_towers, isolated_towers,    very_large_jets,  random_words,
};

unsigned l1t_tower_corner_kinds(void)
{
    return sizeof kinds / sizeof kinds[0];
}

void l1t_tower_corner(uint64_t seed, uint64_t event, unsigned kind, struct l1t_towers *towers)
{
    struct draws d = {.seed = seed, .event = event};
    memset(towers, 0, sizeof *towers);
    kinds[kind % l1t_tower_corner_kinds()](&d, towers);
}

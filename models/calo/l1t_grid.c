// SPDX-License-Identifier: Apache-2.0
// Grid of signed rings with margins.
#include "l1t_grid.h"

#include "../l1t_formats.h"

#include <string.h>

enum { MARGIN = L1T_GRID_REACH * L1T_GRID_COLUMNS };

static void fill_row(struct l1t_grid *grid, int m, const uint16_t w[L1T_PHIS])
{
    uint16_t *word = grid->w + l1t_grid_at(m, 1);
    int16_t *et = grid->et + l1t_grid_at(m, 1) - L1T_GRID_REACH;
    const uint16_t mask = (uint16_t)l1t_bits_mask(l1t_tower_et_width);
    memcpy(word, w, L1T_PHIS * sizeof w[0]);
    memcpy(word - L1T_GRID_REACH, w + L1T_PHIS - L1T_GRID_REACH, L1T_GRID_REACH * sizeof w[0]);
    memcpy(word + L1T_PHIS, w, L1T_GRID_REACH * sizeof w[0]);
    const int unused = L1T_GRID_COLUMNS - L1T_PHIS - 2 * L1T_GRID_REACH;
    memset(word + L1T_PHIS + L1T_GRID_REACH, 0, (size_t)unused * sizeof w[0]);
    word -= L1T_GRID_REACH;
    for (int i = 0; i < L1T_GRID_COLUMNS; i++)
        et[i] = (int16_t)(word[i] & mask);
}

void l1t_grid_fill(struct l1t_grid *grid, const struct l1t_towers *towers)
{
    memset(grid->et, 0, MARGIN * sizeof grid->et[0]);
    memset(grid->w, 0, MARGIN * sizeof grid->w[0]);
    for (int ring = 1; ring <= L1T_RINGS; ring++) {
        fill_row(grid, ring, towers->w[0][ring - 1]);
        fill_row(grid, -ring, towers->w[1][ring - 1]);
    }
    memset(grid->et + L1T_GRID_PLACES - MARGIN, 0, MARGIN * sizeof grid->et[0]);
    memset(grid->w + L1T_GRID_PLACES - MARGIN, 0, MARGIN * sizeof grid->w[0]);
}

// Four towers are looked at together: adding 0x8000 - threshold to a 9-bit value sets bit 15
// exactly when the value reaches it.
unsigned l1t_grid_seeds(const struct l1t_grid *grid, int m, uint16_t min, uint8_t phi[L1T_PHIS])
{
    const int16_t *row = grid->et + l1t_grid_at(m, 1);
    const uint16_t least = min > 512 ? 512 : min; // above any tower finds nothing
    const uint64_t add = (uint64_t)(0x8000u - least) * UINT64_C(0x0001000100010001);
    unsigned n = 0;
    for (unsigned p = 0; p < L1T_PHIS; p += 4) {
        uint64_t four;
        memcpy(&four, row + p, sizeof four);
        if (((four + add) & UINT64_C(0x8000800080008000)) == 0)
            continue;
        for (unsigned i = 0; i < 4; i++)
            if (row[p + i] >= (int16_t)least)
                phi[n++] = (uint8_t)(p + i + 1);
    }
    return n;
}

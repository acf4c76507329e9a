// SPDX-License-Identifier: Apache-2.0
// Local maxima of the 9x9 window, their sums and the four strips beside them.
//
// The towers' ET is laid out once as a grid of signed rings with margins, so that no window needs
// a test for an edge: rows step through eta without a gap at zero, columns wrap in phi. Seeds are
// few, so each is tested alone against nine contiguous rows of sixteen lanes without a branch;
// compilers turn the row loops into vector instructions.
//
// Who wins among equal towers is decided by the diagonal through the seed: a neighbour with
// de + dp > 0 (or de + dp = 0 and de > 0) vetoes when it is not smaller, any other one only when it
// is greater. de is signed eta, so the rule is not mirrored for negative eta.
//
// Twin: rtl/calo/l1t_jet_max.sv
#include "../l1t_formats.h"
#include "l1t_jet.h"

#include <stddef.h>
#include <string.h>

enum {
    REACH = 7, // furthest row or column of a strip
    HALF = 4,  // window: -4..+4
    WINDOW = 2 * HALF + 1,
    FLAP = 3,   // width of a strip
    LANES = 16, // a window row, rounded up for vectors
    GRID_ROWS = L1T_SIDES * L1T_RINGS + 2 * REACH,
    GRID_COLUMNS = 96 // REACH + 72 + REACH, and room for the unused lanes
};

// int16_t: nine-bit values compare as signed numbers on any vector unit.
struct grid {
    int16_t et[GRID_ROWS][GRID_COLUMNS];
};

// Row of a compact ring: m = -40 is the first, and 1 follows -1.
static int row_of(int m)
{
    return REACH + (m < 0 ? m + L1T_RINGS : m + L1T_RINGS - 1);
}

static void grid_fill(struct grid *grid, const struct l1t_towers *towers)
{
    memset(grid->et, 0, REACH * sizeof grid->et[0]);
    memset(grid->et[GRID_ROWS - REACH], 0, REACH * sizeof grid->et[0]);
    const uint16_t mask = (uint16_t)l1t_bits_mask(l1t_tower_et_width);
    for (int m = -L1T_RINGS; m <= L1T_RINGS; m++) {
        if (m == 0)
            continue;
        const uint16_t *w = m > 0 ? towers->w[0][m - 1] : towers->w[1][-m - 1];
        int16_t *row = grid->et[row_of(m)];
        for (int p = 0; p < L1T_PHIS; p++)
            row[REACH + p] = (int16_t)(w[p] & mask);
        memcpy(row, &row[L1T_PHIS], REACH * sizeof row[0]);
        memcpy(&row[REACH + L1T_PHIS], &row[REACH], REACH * sizeof row[0]);
        memset(&row[2 * REACH + L1T_PHIS], 0,
               (GRID_COLUMNS - 2 * REACH - L1T_PHIS) * sizeof row[0]);
    }
}

// "n >= s" is "n + 1 > s": what a neighbour gains before the strict comparison. Lanes beyond the
// window lose so much that they never veto.
#define NO (-512)
static const int16_t gain[WINDOW][LANES] = {
    {0, 0, 0, 0, 0, 0, 0, 0, 0, NO, NO, NO, NO, NO, NO, NO}, // de -4: dp + de > 0 needs dp > 4
    {0, 0, 0, 0, 0, 0, 0, 0, 1, NO, NO, NO, NO, NO, NO, NO},
    {0, 0, 0, 0, 0, 0, 0, 1, 1, NO, NO, NO, NO, NO, NO, NO},
    {0, 0, 0, 0, 0, 0, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO},
    {0, 0, 0, 0, 0, 1, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO}, // de 0: the seed itself is dp 0
    {0, 0, 0, 1, 1, 1, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO}, // de +1: dp -1 is on the diagonal
    {0, 0, 1, 1, 1, 1, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO},
    {0, 1, 1, 1, 1, 1, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO},
    {1, 1, 1, 1, 1, 1, 1, 1, 1, NO, NO, NO, NO, NO, NO, NO},
};
#undef NO

// The tower so many rows (eta) and columns (phi) further in the grid.
static const int16_t *step(const int16_t *tower, ptrdiff_t rows, ptrdiff_t columns)
{
    return tower + rows * GRID_COLUMNS + columns;
}

static int is_maximum(const int16_t *seed)
{
    const int16_t *window = step(seed, -HALF, -HALF);
    const int16_t et = *seed;
    int16_t veto[LANES] = {0};
    for (ptrdiff_t row = 0; row < WINDOW; row++)
        for (ptrdiff_t lane = 0; lane < LANES; lane++) {
            const int16_t n = (int16_t)(window[row * GRID_COLUMNS + lane] + gain[row][lane]);
            veto[lane] = (int16_t)(veto[lane] | (n > et));
        }
    int16_t any = 0;
    for (int lane = 0; lane < LANES; lane++)
        any = (int16_t)(any | veto[lane]);
    return any == 0;
}

// Sum of rows x columns towers from the corner; at most 81 * 511, so 16 bits hold it.
static uint16_t sum_of(const int16_t *corner, int rows, int columns)
{
    int sum = 0;
    for (ptrdiff_t row = 0; row < rows; row++)
        for (ptrdiff_t column = 0; column < columns; column++)
            sum += corner[row * GRID_COLUMNS + column];
    return (uint16_t)sum;
}

static void measure(const struct l1t_jet_config *config, const int16_t *seed,
                    struct l1t_jet_cand *cand)
{
    const int16_t *window = step(seed, -HALF, -HALF);
    cand->seed = (uint16_t)*seed;
    cand->raw = sum_of(window, WINDOW, WINDOW);
    memset(cand->flap, 0, sizeof cand->flap);
    if (config->pus != L1T_JET_PUS_DONUT || cand->seed >= 509)
        return;
    cand->flap[0] = sum_of(step(window, 0, WINDOW), WINDOW, FLAP);
    cand->flap[1] = sum_of(step(window, 0, -FLAP), WINDOW, FLAP);
    cand->flap[2] = sum_of(step(window, WINDOW, 0), FLAP, WINDOW);
    cand->flap[3] = sum_of(step(window, -FLAP, 0), FLAP, WINDOW);
}

// Columns of a row at or above the threshold, ascending; four towers are looked at together:
// adding 0x8000 - threshold to a 9-bit value sets bit 15 exactly when the value reaches it.
static unsigned find_seeds(const int16_t *row, uint16_t seed_min, uint8_t column[L1T_PHIS])
{
    const uint64_t add = (uint64_t)(0x8000u - seed_min) * UINT64_C(0x0001000100010001);
    unsigned n = 0;
    for (unsigned p = 0; p < L1T_PHIS; p += 4) {
        uint64_t four;
        memcpy(&four, row + p, sizeof four);
        if (((four + add) & UINT64_C(0x8000800080008000)) == 0)
            continue;
        for (unsigned i = 0; i < 4; i++)
            if (row[p + i] >= (int16_t)seed_min)
                column[n++] = (uint8_t)(p + i);
    }
    return n;
}

static void max_in_ring(const struct l1t_jet_config *config, const struct grid *grid, int m,
                        struct l1t_jet_result *result)
{
    const int16_t *row = grid->et[row_of(m)] + REACH;
    // A threshold above any tower finds nothing; the comparison below needs it to fit 15 bits.
    const uint16_t seed_min = config->seed_min > 512 ? 512 : config->seed_min;
    uint8_t column[L1T_PHIS];
    const unsigned n = find_seeds(row, seed_min, column);
    for (unsigned i = 0; i < n; i++) {
        const int16_t *seed = row + column[i];
        if (!is_maximum(seed))
            continue;
        struct l1t_jet_cand *cand = &result->cand[result->n_cand++];
        cand->m = (int8_t)m;
        cand->phi = (uint8_t)(column[i] + 1);
        cand->keep = 0;
        measure(config, seed, cand);
    }
}

void l1t_jet_max(const struct l1t_jet_config *config, const struct l1t_towers *towers,
                 struct l1t_jet_result *result)
{
    struct grid grid;
    grid_fill(&grid, towers);
    result->n_cand = 0;
    for (int ring = 1; ring <= L1T_RINGS; ring++) {
        max_in_ring(config, &grid, ring, result);
        max_in_ring(config, &grid, -ring, result);
    }
}

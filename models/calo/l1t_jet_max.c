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
#include "l1t_grid.h"
#include "l1t_jet.h"

#include <stddef.h>
#include <string.h>

enum {
    HALF = 4, // window: -4..+4
    WINDOW = 2 * HALF + 1,
    FLAP = 3,  // width of a strip
    LANES = 16 // a window row, rounded up for vectors
};

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
    return tower + rows * L1T_GRID_COLUMNS + columns;
}

static int is_maximum(const int16_t *seed)
{
    const int16_t *window = step(seed, -HALF, -HALF);
    const int16_t et = *seed;
    int16_t veto[LANES] = {0};
    for (ptrdiff_t row = 0; row < WINDOW; row++)
        for (ptrdiff_t lane = 0; lane < LANES; lane++) {
            const int16_t n = (int16_t)(window[row * L1T_GRID_COLUMNS + lane] + gain[row][lane]);
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
            sum += corner[row * L1T_GRID_COLUMNS + column];
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

static void max_in_ring(const struct l1t_jet_config *config, const struct l1t_grid *grid, int m,
                        struct l1t_jet_result *result)
{
    uint8_t phi[L1T_PHIS];
    const unsigned n = l1t_grid_seeds(grid, m, config->seed_min, phi);
    for (unsigned i = 0; i < n; i++) {
        const int16_t *seed = grid->et + l1t_grid_at(m, phi[i]);
        if (!is_maximum(seed))
            continue;
        struct l1t_jet_cand *cand = &result->cand[result->n_cand++];
        cand->m = (int8_t)m;
        cand->phi = phi[i];
        cand->keep = 0;
        measure(config, seed, cand);
    }
}

void l1t_jet_max(const struct l1t_jet_config *config, const struct l1t_towers *towers,
                 struct l1t_jet_result *result)
{
    struct l1t_grid grid;
    l1t_grid_fill(&grid, towers);
    result->n_cand = 0;
    for (int ring = 1; ring <= L1T_RINGS; ring++) {
        max_in_ring(config, &grid, ring, result);
        max_in_ring(config, &grid, -ring, result);
    }
}

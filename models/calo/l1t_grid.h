/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The towers of one event laid out for window algorithms: rows are rings in signed
 * eta without a gap (m = -40 first, 1 right after -1, |ieta| 30 right after 28),
 * columns are phi with the wrap-around copied on both ends, and margins read as
 * empty towers. So no window tests for an edge, and the tower de rings and dp
 * columns away is always de * L1T_GRID_COLUMNS + dp places further.
 *
 * Not a twin: the hardware has its shift registers instead.
 */
#ifndef L1T_GRID_H
#define L1T_GRID_H

#include "l1t_towers.h"

#include <stdint.h>

enum {
    L1T_GRID_REACH = 7,    /* furthest ring or column of any window */
    L1T_GRID_COLUMNS = 96, /* 7 + 72 + 7, and room for unused vector lanes */
    L1T_GRID_PLACES = (L1T_SIDES * L1T_RINGS + 2 * L1T_GRID_REACH) * L1T_GRID_COLUMNS
};

struct l1t_grid {
    int16_t et[L1T_GRID_PLACES]; /* signed: 9-bit values compare fast on any vector unit */
    uint16_t w[L1T_GRID_PLACES]; /* whole tower words */
};

void l1t_grid_fill(struct l1t_grid *grid, const struct l1t_towers *towers);

/* Place of the tower at compact eta m (-40..-1, 1..40) and iphi 1..72. */
static inline int l1t_grid_at(int m, int phi)
{
    const int row = L1T_GRID_REACH + (m < 0 ? m + L1T_RINGS : m + L1T_RINGS - 1);
    return row * L1T_GRID_COLUMNS + L1T_GRID_REACH + phi - 1;
}

/* What to add to a place to go de rings towards positive eta and dp columns in phi. */
static inline int l1t_grid_step(int de, int dp)
{
    return de * L1T_GRID_COLUMNS + dp;
}

/* Columns iphi 1..72 of ring m with ET at or above min, ascending; returns their number. */
unsigned l1t_grid_seeds(const struct l1t_grid *grid, int m, uint16_t min, uint8_t phi[L1T_PHIS]);

#endif

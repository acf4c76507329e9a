// SPDX-License-Identifier: GPL-3.0-or-later
// Sums over crossings by threshold. A crossing that fires up to a point is counted there; summed
// from above this is every point's rate. On a grid of two axes the points at which a crossing fires
// are those below one of its corners: +1 at the corners, -1 where the steps of two of them meet.
#include "l1t/scan.h"

#include <stdlib.h>

struct cell {
    int64_t n;
    l1t_int128 w, w2;
};

struct l1t_scan_sums {
    size_t n_axes, size[L1T_SCAN_AXES];
    struct l1t_scan_axis axis[L1T_SCAN_AXES];
    struct cell cell[]; /* [size[0]][size[1]] */
};

size_t l1t_scan_points(const struct l1t_scan_axis *axis)
{
    return (size_t)(axis->to - axis->from) / axis->step + 1;
}

enum l1t_err l1t_scan_sums_open(const struct l1t_scan_axis *axis, size_t n_axes,
                                struct l1t_scan_sums **sums, struct l1t_diag *diag)
{
    size_t size[L1T_SCAN_AXES] = {1, 1};
    for (size_t a = 0; a < n_axes; a++)
        size[a] = l1t_scan_points(&axis[a]);
    *sums = NULL;
    if (size[0] * size[1] > L1T_SCAN_CELLS)
        return l1t_fail(diag, L1T_E_INPUT,
                        "a grid of %zu by %zu thresholds; at most %d, take larger steps", size[0],
                        size[1], L1T_SCAN_CELLS);
    struct l1t_scan_sums *const s = calloc(1, sizeof *s + size[0] * size[1] * sizeof s->cell[0]);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory for a threshold scan");
    s->n_axes = n_axes;
    for (size_t a = 0; a < L1T_SCAN_AXES; a++) {
        s->size[a] = size[a];
        if (a < n_axes)
            s->axis[a] = axis[a];
    }
    *sums = s;
    return L1T_OK;
}

void l1t_scan_sums_close(struct l1t_scan_sums *sums)
{
    free(sums);
}

static struct cell *at(struct l1t_scan_sums *s, size_t i, size_t j)
{
    return &s->cell[i * s->size[1] + j];
}

static void put(struct cell *cell, int sign, int64_t weight)
{
    cell->n += sign;
    cell->w += sign * (l1t_int128)weight;
    cell->w2 += sign * (l1t_int128)weight * weight;
}

static size_t point(const struct l1t_scan_axis *axis, int code)
{
    return (size_t)((code < axis->to ? code : axis->to) - axis->from) / axis->step;
}

void l1t_scan_sums_add(struct l1t_scan_sums *sums, int highest, int64_t weight)
{
    if (highest >= sums->axis[0].from)
        put(at(sums, point(&sums->axis[0], highest), 0), 1, weight);
}

void l1t_scan_sums_add_corners(struct l1t_scan_sums *sums, const struct l1t_scan_corner *corner,
                               size_t n, int64_t weight)
{
    size_t last_y = 0;
    for (size_t k = 0; k < n; k++) {
        const size_t x = point(&sums->axis[0], corner[k].x), y = point(&sums->axis[1], corner[k].y);
        put(at(sums, x, y), 1, weight);
        if (k > 0)
            put(at(sums, x, last_y), -1, weight);
        last_y = y;
    }
}

static void add(struct cell *to, const struct cell *from)
{
    to->n += from->n;
    to->w += from->w;
    to->w2 += from->w2;
}

void l1t_scan_sums_merge(struct l1t_scan_sums *to, const struct l1t_scan_sums *from)
{
    for (size_t i = 0; i < to->size[0] * to->size[1]; i++)
        add(&to->cell[i], &from->cell[i]);
}

void l1t_scan_sums_finish(struct l1t_scan_sums *sums)
{
    for (size_t i = sums->size[0]; i-- > 0;)
        for (size_t j = sums->size[1] - 1; j-- > 0;)
            add(at(sums, i, j), at(sums, i, j + 1));
    for (size_t i = sums->size[0] - 1; i-- > 0;)
        for (size_t j = 0; j < sums->size[1]; j++)
            add(at(sums, i, j), at(sums, i + 1, j));
}

struct l1t_sum l1t_scan_sums_at(const struct l1t_scan_sums *sums, size_t i, size_t j, double unit)
{
    const struct cell *const cell = &sums->cell[i * sums->size[1] + j];
    return (struct l1t_sum){(uint64_t)cell->n, (double)cell->w * unit,
                            (double)cell->w2 * unit * unit};
}

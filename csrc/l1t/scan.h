/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rate against threshold, in one pass. For every crossing the highest threshold with which an
 * algorithm still fires is found (only the codes of the crossing's own objects come into question);
 * a histogram of these and its sum from above are the rates of all thresholds. Two free thresholds
 * make a staircase of highest pairs.
 *
 * Source: docs/budget.md, "Scans"
 */
#ifndef L1T_SCAN_H
#define L1T_SCAN_H

#include "l1t/gt_menu.h"
#include "l1t/tally.h"

#include <stddef.h>
#include <stdint.h>

enum {
    L1T_SCAN_AXES = 2,
    L1T_SCAN_CODES = 65536,
    L1T_SCAN_OBJECTS = 64,    /* of an algorithm with free thresholds */
    L1T_SCAN_CORNERS = 128,   /* of a crossing's staircase */
    L1T_SCAN_CELLS = 1 << 20, /* of a grid of two axes */
    L1T_SCAN_ALWAYS = L1T_SCAN_CODES - 1
};

/* What moves together on one axis: all legs of an algorithm that are of a type and a threshold. */
struct l1t_scan_axis {
    enum l1t_gt_type type;
    uint16_t from, to, step; /* codes of the threshold; that of the leg moves with it */
    /* Bit k: k-th object of the algorithm's expression, left to right; signals and externals are
     * not counted, references of overlap removals are. */
    uint64_t legs;
};

/* One algorithm and one or two axes, as compiled; made by l1t_scan_make. */
struct l1t_scan;
/*
 * The algorithm of a menu with free thresholds. Legs of an axis keep their differences to its first
 * leg (15/7 stays 8 apart). L1T_E_INPUT when it does not fall with the threshold (a leg under NOT
 * or XOR, a reference of an overlap removal, an equality).
 */
enum l1t_err l1t_scan_make(const struct l1t_gt_menu *menu, size_t algorithm,
                           const struct l1t_scan_axis *axis, size_t n_axes, struct l1t_scan **scan,
                           struct l1t_diag *diag) L1T_MUST_USE;
/* The same of a compiled menu, which must live as long; name is for messages. */
enum l1t_err l1t_scan_make_code(const struct l1t_gt_code *code, size_t algorithm, const char *name,
                                const struct l1t_scan_axis *axis, size_t n_axes,
                                struct l1t_scan **scan, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_scan_free(struct l1t_scan *scan); /* accepts NULL */
/*
 * The axis of an algorithm that people mean by a leg: its number from 1, "leading", "second" to
 * "fourth", or an object type ("tau": all of them). NULL: all legs of the algorithm's first type.
 * from and to are the whole range of the type's codes.
 */
enum l1t_err l1t_scan_axis_of(const struct l1t_gt_menu *menu, size_t algorithm, const char *leg,
                              struct l1t_scan_axis *axis, struct l1t_diag *diag) L1T_MUST_USE;
/* Threshold code of the axis' first leg as the menu has it. */
uint16_t l1t_scan_nominal(const struct l1t_scan *scan, size_t axis);

/* The algorithm's bit with the lowest thresholds of all axes: only where it is on need one ask. */
const struct l1t_gt_code *l1t_scan_lowest(const struct l1t_scan *scan);

/*
 * One axis: the highest threshold code at which it fires; -1: not even at `from`. ALWAYS: whatever
 * the threshold. It may lie above `to`.
 */
int l1t_scan_highest(const struct l1t_scan *scan, const struct l1t_gt_around *around);
/* Two: corners (x falling, y rising), how many; each is a highest pair. */
struct l1t_scan_corner {
    uint16_t x, y;
};
size_t l1t_scan_staircase(const struct l1t_scan *scan, const struct l1t_gt_around *around,
                          struct l1t_scan_corner corner[L1T_SCAN_CORNERS]);

/* ---- sums over crossings, by threshold ---- */

/* Whole numbers: crossings, weights in units, their squares; the order of adding does not matter.
 */
struct l1t_scan_sums;
/* Points of an axis: from, from + step ... to. */
size_t l1t_scan_points(const struct l1t_scan_axis *axis);
enum l1t_err l1t_scan_sums_open(const struct l1t_scan_axis *axis, size_t n_axes,
                                struct l1t_scan_sums **sums, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_scan_sums_close(struct l1t_scan_sums *sums); /* accepts NULL */
/* A crossing of one axis; highest as l1t_scan_highest gives it. */
void l1t_scan_sums_add(struct l1t_scan_sums *sums, int highest, int64_t weight);
/* A crossing of two. */
void l1t_scan_sums_add_corners(struct l1t_scan_sums *sums, const struct l1t_scan_corner *corner,
                               size_t n, int64_t weight);
void l1t_scan_sums_merge(struct l1t_scan_sums *to, const struct l1t_scan_sums *from);
/* Sum from above, once, after all adding and merging. */
void l1t_scan_sums_finish(struct l1t_scan_sums *sums);
/* Crossings that fire at points i (and j) of the axes; unit: what a weight of 1 stands for. */
struct l1t_sum l1t_scan_sums_at(const struct l1t_scan_sums *sums, size_t i, size_t j, double unit);

#endif

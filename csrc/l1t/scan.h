/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rate against threshold, in one pass. For every crossing the highest threshold with which an
 * algorithm still fires is found (only the codes of the crossing's own objects come into question);
 * a histogram of these and its sum from above are the rates of all thresholds. Two free thresholds
 * make a staircase of highest pairs.
 *
 * Source: docs/rates.md, "Scans"
 */
#ifndef L1T_SCAN_H
#define L1T_SCAN_H

#include "l1t/gt_menu.h"
#include "l1t/tally.h"

#include <stddef.h>
#include <stdint.h>

enum { L1T_SCAN_AXES = 2, L1T_SCAN_CODES = 65536 };

/* What moves together on one axis: all legs of an algorithm that are of a type and a threshold. */
struct l1t_scan_axis {
    enum l1t_gt_type type;
    uint16_t from, to, step; /* codes of the threshold; that of the leg moves with it */
    uint64_t legs;           /* bit k: k-th object of the algorithm's expression, left to right */
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
void l1t_scan_free(struct l1t_scan *scan); /* accepts NULL */
/* The axis of an algorithm that people mean by a leg's name or number ("leading", "2"); NULL: all
 * legs of the algorithm's first type. */
enum l1t_err l1t_scan_axis_of(const struct l1t_gt_menu *menu, size_t algorithm, const char *leg,
                              struct l1t_scan_axis *axis, struct l1t_diag *diag) L1T_MUST_USE;

/* The algorithm's bit with the lowest thresholds of all axes: only where it is on need one ask. */
const struct l1t_gt_code *l1t_scan_lowest(const struct l1t_scan *scan);

/* One axis: the highest threshold code at which it fires, below `from`: it does not. -1: never. */
int l1t_scan_highest(const struct l1t_scan *scan, const struct l1t_gt_around *around);
/* Two: corners (x falling, y rising); at most L1T_GT_CALOS + 1. */
struct l1t_scan_corner {
    uint16_t x, y;
};
size_t l1t_scan_staircase(const struct l1t_scan *scan, const struct l1t_gt_around *around,
                          struct l1t_scan_corner corner[L1T_GT_CALOS + 1]);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of the threshold scan. */
#ifndef L1T_SCAN_INTERNAL_H
#define L1T_SCAN_INTERNAL_H

#include "l1t/scan.h"

enum {
    L1T_SCAN_NEVER = -1,
    L1T_SCAN_FIXED = 0xff /* axis of a leg that does not move */
};

/*
 * A leg of the algorithm: every object has its own here, also where the menu's share one. Its
 * threshold is that of its axis plus difference.
 */
struct l1t_scan_leg {
    uint8_t axis;
    int32_t difference;
};

struct l1t_scan {
    struct l1t_gt_code *owned; /* compiled here, or NULL */
    size_t n_axes;
    struct l1t_scan_axis axis[L1T_SCAN_AXES];
    uint16_t nominal[L1T_SCAN_AXES];
    /* One algorithm, bit 0, with the lowest thresholds; condition k has legs of its own. */
    struct l1t_gt_code lowest;
    struct l1t_gt_algorithm algorithm;
    struct l1t_gt_node *node;
    struct l1t_gt_condition *condition;
    struct l1t_gt_leg *leg;
    struct l1t_scan_leg *move; /* of leg[] */
    uint8_t *moved_by;         /* of condition[]: bit a: axis a moves a leg of it */
};

/* The k-th object with a threshold of an algorithm, from 0; NULL: it has fewer. */
struct l1t_gt_object_def *l1t_scan_object(const struct l1t_gt_menu *menu, size_t algorithm,
                                          unsigned k);
/* Of thresholds of a type; NULL: they are counts or scores. */
const struct l1t_gt_scale *l1t_scan_scale(const struct l1t_gt_menu *menu, enum l1t_gt_type type);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files that explain decisions. */
#ifndef L1T_GT_EXPLAIN_PARTS_H
#define L1T_GT_EXPLAIN_PARTS_H

#include "gt/l1t_gt_cuts.h"
#include "l1t/gt_explain.h"

#include <stddef.h>

/* Append to a text of size bytes, cut where it is full. */
void l1t_gt_append(char *text, size_t size, const char *fmt, ...) L1T_PRINTF(3, 4);

/* Names of the cuts of a leg that an object fails, "eta, quality"; "" when it passes. */
void l1t_gt_leg_failures(const struct l1t_gt_leg *leg, const struct l1t_gt_object *object,
                         unsigned place, char *text, size_t size);

/* One cut between objects: its name, "mass"; what it measures and its limits, with both units. */
const char *l1t_gt_cut_name(uint32_t cut);
void l1t_gt_measure(const struct l1t_gt_code *code, const struct l1t_gt_condition *condition,
                    uint32_t cut, const struct l1t_gt_pick *picks, size_t n, char *text,
                    size_t size);

/* ---- combinations of objects that pass their legs ---- */

enum { L1T_GT_CUT_OVERLAP = 1 << 15, L1T_GT_CUT_BITS = 16 }; /* one more cut: no overlap */

struct l1t_gt_trial {
    unsigned n; /* objects, the reference last when there is one */
    uint8_t place[L1T_GT_LEGS + 1];
    struct l1t_gt_pick pick[L1T_GT_LEGS + 1];
    uint32_t holds; /* cuts that hold, L1T_GT_CUT_OVERLAP among them */
};

struct l1t_gt_trials {
    uint32_t cuts;                           /* that there are */
    uint16_t passing[L1T_GT_LEGS + 1];       /* by leg, the reference's last: places */
    uint64_t n, with[L1T_GT_CUT_BITS], good; /* all; by cut those where it holds; where all do */
    bool complete;                           /* else there were too many, and these are the first */
    struct l1t_gt_trial best;                /* with the most cuts that hold, the first of them */
};

/* Condition of kind COMB, PAIR or TRIPLE. */
void l1t_gt_try_all(const struct l1t_gt_code *code, const struct l1t_gt_condition *condition,
                    const struct l1t_gt_around *around, struct l1t_gt_trials *trials);

#endif

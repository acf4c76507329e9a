/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A compiled menu as RTL: a top, l1t_gt_menu.sv, made of the modules of rtl/gt, its tables as
 * memory images, and a list of files. What the top looks like from outside: docs/gt.md, "RTL".
 */
#ifndef L1T_GT_RTL_H
#define L1T_GT_RTL_H

#include "l1t/gt_menu.h"

enum {
    L1T_GT_RTL_LEG_BITS = 12, /* of a leg in legs_o */
    L1T_GT_RTL_FINAL_CLOCKS = 3
};

struct l1t_gt_rtl_options {
    const uint64_t *only; /* algorithm b: bit b % 64 of word b / 64; NULL: all */
};

/* What was written. */
struct l1t_gt_rtl_summary {
    size_t algorithms, legs, conditions, pair_lists, windows, tables;
    size_t left_out;                /* not asked for */
    size_t unsupported;             /* constant 0: what the menu cannot say, or no module does */
    unsigned latency;               /* clocks from the words of a crossing to its algorithm bits */
    uint64_t present[L1T_GT_WORDS]; /* algorithms that are there */
};

/* All files of dir, whole or not at all. */
enum l1t_err l1t_gt_rtl_write(const struct l1t_gt_menu *menu, const struct l1t_gt_code *code,
                              const struct l1t_gt_rtl_options *options, const char *dir,
                              struct l1t_gt_rtl_summary *summary,
                              struct l1t_diag *diag) L1T_MUST_USE;

#endif

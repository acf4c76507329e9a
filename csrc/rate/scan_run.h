/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threshold scans of several algorithms over a sample, in one pass. */
#ifndef L1T_SCAN_RUN_H
#define L1T_SCAN_RUN_H

#include "gate.h"
#include "l1t/sample.h"
#include "l1t/scan.h"

enum { L1T_SCAN_RUN_MAX = 32, L1T_SCAN_SHARE = 1 << 16 /* probabilities in the sums */ };

struct l1t_scan_job {
    const struct l1t_gt_code *menu; /* all of it */
    const struct l1t_gate *gate;
    size_t n;
    const struct l1t_scan *scan[L1T_SCAN_RUN_MAX];
    struct l1t_scan_axis axis[L1T_SCAN_RUN_MAX][L1T_SCAN_AXES];
    size_t n_axes[L1T_SCAN_RUN_MAX];
    uint16_t bit[L1T_SCAN_RUN_MAX]; /* in the menu */
    unsigned threads;
};

/* What a sample says. */
struct l1t_scan_counts {
    double unit; /* weight of 1 in the sums */
    struct l1t_sum all;
    struct l1t_scan_sums *fired[L1T_SCAN_RUN_MAX];
    /* Weights times the probability that nothing else of the menu is kept, in 1 / SHARE. */
    struct l1t_scan_sums *alone[L1T_SCAN_RUN_MAX];
};

/* counts are overwritten; l1t_scan_counts_free in any case. */
enum l1t_err l1t_scan_run(const struct l1t_scan_job *job, const struct l1t_sample *sample,
                          struct l1t_scan_counts *counts, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_scan_counts_free(struct l1t_scan_counts *counts);

#endif

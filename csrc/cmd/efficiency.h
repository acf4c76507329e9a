/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `l1twin efficiency` found, and how it is shown. */
#ifndef L1T_CMD_EFFICIENCY_H
#define L1T_CMD_EFFICIENCY_H

#include "cmd/physics.h"
#include "l1t/curve.h"
#include "l1t/efficiency.h"

/* Large: let the caller keep it, not a stack. */
struct l1t_efficiency_report {
    struct l1t_physics p;
    struct l1t_efficiency_spec spec;
    struct l1t_efficiency_counts counts;
    struct l1t_turn_on turn_on[L1T_MAX_THRESHOLDS];
    char name[L1T_MAX_THRESHOLDS][32]; /* "egamma30", as curves are called */
    /* Published curves at the same thresholds, n = 0 where there is none. */
    struct l1t_curve published[L1T_MAX_THRESHOLDS];
};

/* All tables to standard output. */
enum l1t_err l1t_efficiency_print(struct l1t_efficiency_report *r);

/* Curves (NAME.csv) and figures (NAME.svg, response.svg) into a folder, which is made. Without
 * gnuplot the figures are left out and *figures is false. */
enum l1t_err l1t_efficiency_write(struct l1t_efficiency_report *r, const char *dir, bool *figures);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `l1twin scan` is made of: the scans that were asked for, and their tables. */
#ifndef L1T_SCAN_CMD_H
#define L1T_SCAN_CMD_H

#include "cmd/physics.h"
#include "rate/scan_run.h"
#include "rate/study_open.h"

/* A scan as asked for. */
struct l1t_scan_asked {
    size_t algorithm; /* in the menu */
    size_t n_axes;
    struct l1t_scan_axis axis[L1T_SCAN_AXES];
    struct l1t_scan *scan;
};

struct l1t_scans {
    struct l1t_study_opened *opened;
    size_t n;
    struct l1t_scan_asked asked[L1T_SCAN_RUN_MAX];
    struct l1t_scan_counts background[L1T_STUDY_SAMPLES], signal[L1T_STUDY_SAMPLES];
    double scale[L1T_STUDY_SAMPLES]; /* Hz for a weight of 1 */
    struct l1t_spectra *spectra;     /* with the curves of offline thresholds */
};

/* All tables to the output. people: fewer columns of a grid, so that it fits a terminal. */
enum l1t_err l1t_scan_print(struct l1t_physics *p, const struct l1t_scans *scans, bool people);

#endif

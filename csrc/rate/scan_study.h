/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scans of a study on all its samples: what `l1twin scan` prints and the report draws. */
#ifndef L1T_SCAN_STUDY_H
#define L1T_SCAN_STUDY_H

#include "l1t/spectra_config.h"
#include "scan_run.h"
#include "study_open.h"

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
    struct l1t_spectra *spectra;     /* with the curves of offline thresholds; NULL: none */
};

/* Add a scan; its node, for messages, may be NULL. */
enum l1t_err l1t_scans_ask(struct l1t_scans *scans, const struct l1t_study_scan *scan,
                           struct l1t_diag *diag) L1T_MUST_USE;
/* All of them in one pass over each sample. l1t_scans_close in any case. */
enum l1t_err l1t_scans_run(struct l1t_scans *scans, unsigned threads,
                           struct l1t_diag *diag) L1T_MUST_USE;
void l1t_scans_close(struct l1t_scans *scans); /* not opened */

/* At point i of the first axis and j of the second (0 when there is one). alone: no other algorithm
 * of the menu keeps the crossing, on average. */
struct l1t_rate l1t_scans_rate(const struct l1t_scans *scans, size_t scan, size_t i, size_t j,
                               bool alone);
struct l1t_fraction l1t_scans_efficiency(const struct l1t_scans *scans, size_t signal, size_t scan,
                                         size_t i, size_t j);
/* GeV of a point of an axis. */
double l1t_scans_threshold(const struct l1t_scans *scans, size_t scan, size_t axis, size_t point);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scans and budgets of a study file need: its menu, compiled, its samples, opened. */
#ifndef L1T_STUDY_OPEN_H
#define L1T_STUDY_OPEN_H

#include "gate.h"
#include "l1t/provenance.h"
#include "l1t/rate_study.h"

struct l1t_study_opened {
    struct l1t_study study;
    struct l1t_rate_study rate;
    struct l1t_gt_menu *menu;
    struct l1t_gt_code *code;
    size_t column;
    struct l1t_gate gate; /* of the column */
    struct l1t_sample *sample[L1T_STUDY_SAMPLES], *signal[L1T_STUDY_SAMPLES];
    double missing_pileup; /* share of the target that some sample has no crossing for */
};

/* seed: instead of the study's; NULL: the study's. All files join the digest.
 * l1t_study_opened_close in any case. */
enum l1t_err l1t_study_opened_load(struct l1t_study_opened *o, const char *path,
                                   const long long *seed, unsigned threads,
                                   struct l1t_digest *digest, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_study_opened_close(struct l1t_study_opened *o);

/* Index into the menu; the message has the study's line (node may be NULL) and the nearest name. */
enum l1t_err l1t_study_opened_find(const struct l1t_study_opened *o, const char *algorithm,
                                   const struct l1t_node *node, size_t *index,
                                   struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Thresholds in GeV (counts, where the type has no energies) as codes of an axis, whose type and
 * legs are set. What does not lie on edges of the scale's bins is refused.
 */
enum l1t_err l1t_study_axis(const struct l1t_study_opened *o, const char *algorithm, double from,
                            double to, double step, const struct l1t_node *node,
                            struct l1t_scan_axis *axis, struct l1t_diag *diag) L1T_MUST_USE;
/* Lower edge of a code; NAN: it has no bin. */
double l1t_study_gev(const struct l1t_study_opened *o, enum l1t_gt_type type, unsigned code);

/* Hz for a weight of 1 of a background sample, with its factor. */
enum l1t_err l1t_study_scale(const struct l1t_study_opened *o, size_t sample,
                             const struct l1t_sum *all, double *hz,
                             struct l1t_diag *diag) L1T_MUST_USE;

/* The study's pile-up target on a sample of its rates; nothing without one (study_pileup.c). */
enum l1t_err l1t_study_reweight(struct l1t_study_opened *o, size_t sample, unsigned threads,
                                struct l1t_diag *diag) L1T_MUST_USE;

#endif

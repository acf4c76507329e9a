/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of l1t_rate_study_bind(), one file each. */
#ifndef L1T_RATE_STUDY_INTERNAL_H
#define L1T_RATE_STUDY_INTERNAL_H

#include "l1t/rate_study.h"

#define L1T_COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* csrc/rate/rate_study_samples.c: `samples:` of the rates, or `signals:` */
enum l1t_err l1t_study_bind_samples(struct l1t_rate_study *rate, const struct l1t_node *map,
                                    bool signals, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_study_free_sample(struct l1t_study_sample *sample);

/* csrc/rate/rate_study_scans.c */
enum l1t_err l1t_study_bind_scans(struct l1t_rate_study *rate, const struct l1t_node *list,
                                  struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err l1t_study_bind_budget(struct l1t_rate_study *rate, const struct l1t_node *map,
                                   struct l1t_diag *diag) L1T_MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef L1T_MENU_CHECK_H
#define L1T_MENU_CHECK_H

#include "l1t/predict.h"

/* 1 when some process calibrates the seed; *extrapolated when its thresholds lie above the
 * calibrated range of all that do. */
int l1t_seed_calibrated(const struct l1t_processes *processes, const struct l1t_seed *seed,
                        int *extrapolated);

#endif

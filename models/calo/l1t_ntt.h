/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nTT, the pile-up estimator that all isolation and missing-ET thresholds share: towers with energy
 * in the four rings on each side of eta = 0. Reference: docs/calo.md.
 *
 * Twin: rtl/calo/l1t_ntt.sv
 */
#ifndef L1T_NTT_H
#define L1T_NTT_H

#include "l1t_towers.h"

enum { L1T_NTT_RINGS = 4 };

unsigned l1t_ntt(const struct l1t_towers *towers); /* 0..576 */

#endif

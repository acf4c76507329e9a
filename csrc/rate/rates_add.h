/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rates of independent samples: they add up, their errors in squares; where none saw anything,
 * their limits. */
#ifndef L1T_RATES_ADD_H
#define L1T_RATES_ADD_H

#include "l1t/beam.h"

/* Nothing added yet. */
struct l1t_rate l1t_rates_none(void);
void l1t_rates_add(struct l1t_rate *to, const struct l1t_rate *more);

#endif

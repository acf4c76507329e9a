/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functional coverage of the tau path (struct l1t_twin cover and cover_names). */
#ifndef L1T_TAU_COVER_H
#define L1T_TAU_COVER_H

#include <stdint.h>

extern const char *const l1t_tau_cover_names[];
void l1t_tau_cover(const uint32_t *in, const uint32_t *words, uint64_t *bins);

#endif

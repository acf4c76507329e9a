/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functional coverage of the whole calorimeter (struct l1t_twin cover and cover_names). */
#ifndef L1T_CALO_COVER_H
#define L1T_CALO_COVER_H

#include <stdint.h>

extern const char *const l1t_calo_cover_names[];
void l1t_calo_cover(const uint32_t *in, const uint32_t *stages, uint64_t *bins);

#endif

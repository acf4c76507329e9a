/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functional coverage of the global muon trigger (struct l1t_twin cover). */
#ifndef L1T_UGMT_COVER_H
#define L1T_UGMT_COVER_H

#include <stdint.h>

extern const char *const l1t_ugmt_cover_names[];

void l1t_ugmt_cover(const uint32_t *in, const uint32_t *stages, uint64_t *bins);

#endif

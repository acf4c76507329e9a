/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bins and units of the efficiency's counts. */
#ifndef L1T_EFFICIENCY_BINS_H
#define L1T_EFFICIENCY_BINS_H

#include "l1t/efficiency.h"

enum { L1T_PT_UNIT = 128, L1T_RESPONSE_UNIT = 4096, L1T_BINS_PER_GEV = 2 };

static inline size_t l1t_efficiency_bin(double pt_gev)
{
    const double bin = pt_gev * L1T_BINS_PER_GEV;
    return bin < L1T_EFFICIENCY_BINS - 1 ? (size_t)bin : L1T_EFFICIENCY_BINS - 1;
}

/* Bins of the response, or -1. */
int l1t_response_pt_bin(enum l1t_efficiency_object object, double pt_gev);
int l1t_response_eta_bin(double eta);

#endif

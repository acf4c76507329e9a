// SPDX-License-Identifier: Apache-2.0
// Extrapolation from the muon station to the vertex, and the rank that muons are sorted by: one
// look into a table each.
#include "l1t_ugmt.h"

static void extrapolate_one(const struct l1t_ugmt_config *config, struct l1t_ugmt_cand *cand)
{
    const unsigned finder = l1t_ugmt_finder(cand->group);
    cand->deta = 0;
    cand->dphi = 0;
    if (cand->pt >> config->pt_bits != 0)
        return;
    const unsigned eta = (unsigned)(cand->eta < 0 ? -cand->eta : cand->eta);
    const unsigned address = (eta >> config->eta_shift << config->pt_bits | cand->pt) & 4095;
    const int deta = config->eta_extrapolation[finder][address];
    const int dphi = config->phi_extrapolation[finder][address] << config->phi_shift;
    // eta moves towards 0, or up from 0; phi against the bending
    cand->deta = (int8_t)(cand->eta > 0 ? -deta : deta);
    cand->dphi = (int16_t)(cand->sign ? -dphi : dphi);
}

void l1t_ugmt_extrapolate(const struct l1t_ugmt_config *config, struct l1t_ugmt_result *result)
{
    for (unsigned i = 0; i < result->n; i++)
        extrapolate_one(config, &result->cand[i]);
}

void l1t_ugmt_rank(const struct l1t_ugmt_config *config, struct l1t_ugmt_result *result)
{
    for (unsigned i = 0; i < result->n; i++) {
        struct l1t_ugmt_cand *cand = &result->cand[i];
        cand->rank = config->rank[(unsigned)cand->quality << 9 | cand->pt];
    }
}

// SPDX-License-Identifier: Apache-2.0
// Coordinates at the vertex, and isolation by the calorimeter sum around them.
#include "l1t_ugmt.h"

static uint16_t phi_at_vertex(const struct l1t_ugmt_cand *cand)
{
    int phi = cand->phi + cand->dphi;
    phi += phi < 0 ? L1T_UGMT_PHIS : 0;
    phi -= phi >= L1T_UGMT_PHIS ? L1T_UGMT_PHIS : 0;
    return (uint16_t)phi;
}

void l1t_ugmt_isolate(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
                      struct l1t_ugmt_result *result)
{
    for (unsigned i = 0; i < result->n_final; i++) {
        struct l1t_ugmt_final *f = &result->final[i];
        const struct l1t_ugmt_cand *cand = &result->cand[f->cand];
        f->phi_vtx = phi_at_vertex(cand);
        f->eta_vtx = (int16_t)(cand->eta + cand->deta);
        f->eta_region = config->eta_region[(unsigned)f->eta_vtx & 511];
        f->phi_region = config->phi_region[f->phi_vtx];
        f->sum = event->sum[L1T_UGMT_PHI_REGIONS * f->eta_region + f->phi_region];
        f->iso = (uint8_t)(config->absolute[f->sum] |
                           config->relative[(unsigned)f->sum << 9 | cand->pt] << 1);
    }
}

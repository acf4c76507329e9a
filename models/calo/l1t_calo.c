// SPDX-License-Identifier: Apache-2.0
// The whole calorimeter Layer-2: each path behind what it needs.
// Twin: rtl/calo/l1t_calo.sv
#include "l1t_calo.h"

void l1t_calo(const struct l1t_calo_config *config, const struct l1t_towers *towers,
              struct l1t_calo_result *result)
{
    result->ntt = l1t_ntt(towers);
    l1t_grid_fill(&result->grid, towers);
    l1t_cluster(&config->cluster, &result->grid, &result->clusters);
    l1t_egamma(&config->egamma, &result->grid, result->ntt, &result->clusters, &result->egamma);
    l1t_tau(&config->tau, &result->grid, result->ntt, &result->clusters, &result->tau);
    l1t_jet(&config->jet, towers, &result->jet);
    l1t_sums(&config->sums, towers, result->ntt, &result->jet, &result->sums);
}

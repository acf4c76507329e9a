/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole calorimeter Layer-2 of one event: clusters, e/gamma, tau, jets and sums.
 *
 * Twin: not written yet
 */
#ifndef L1T_CALO_H
#define L1T_CALO_H

#include "l1t_cluster.h"
#include "l1t_egamma.h"
#include "l1t_jet.h"
#include "l1t_ntt.h"
#include "l1t_sums.h"
#include "l1t_tau.h"

struct l1t_calo_config {
    struct l1t_cluster_config cluster;
    struct l1t_egamma_config egamma;
    struct l1t_tau_config tau;
    struct l1t_jet_config jet;
    struct l1t_sums_config sums;
};

/* About 120 KiB: let the caller keep it, not a stack. */
struct l1t_calo_result {
    unsigned ntt;
    struct l1t_grid grid;
    struct l1t_cluster_result clusters;
    struct l1t_egamma_result egamma;
    struct l1t_tau_result tau;
    struct l1t_jet_result jet;
    struct l1t_sums_result sums;
};

void l1t_calo(const struct l1t_calo_config *config, const struct l1t_towers *towers,
              struct l1t_calo_result *result);

#endif

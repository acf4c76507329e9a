/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole calorimeter Layer-2 of one event: clusters, e/gamma, tau, jets and sums.
 *
 * Twin: rtl/calo/l1t_calo.sv
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

/*
 * The stages as flat words: those of l1t_egamma.h with nTT and clusters, of l1t_tau.h and
 * l1t_sums.h without them, and of l1t_jet.h between, each laid out as there.
 */
enum {
    L1T_CALO_STAGE_NTT,
    L1T_CALO_STAGE_CLUSTER,
    L1T_CALO_STAGE_EGAMMA, /* cand sort demux */
    L1T_CALO_STAGE_TAU = L1T_CALO_STAGE_EGAMMA + 3,
    L1T_CALO_STAGE_JET = L1T_CALO_STAGE_TAU + 3,
    L1T_CALO_STAGE_SUMS = L1T_CALO_STAGE_JET + L1T_JET_STAGES,
    L1T_CALO_STAGES = L1T_CALO_STAGE_SUMS + L1T_SUMS_STAGES - 1
};

enum {
    L1T_CALO_STAGE_WORDS = L1T_EGAMMA_STAGE_WORDS + L1T_TAU_STAGE_WORDS - (1 + 28 * 67) +
                           L1T_JET_STAGE_WORDS + L1T_SUMS_STAGE_WORDS - 1
};

void l1t_calo_pack_stages(const struct l1t_calo_result *result,
                          uint32_t words[L1T_CALO_STAGE_WORDS]);

#endif

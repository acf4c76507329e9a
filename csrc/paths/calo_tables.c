// SPDX-License-Identifier: GPL-3.0-or-later
// The calorimeter paths' tables as the model keeps them.
#include "l1t/calo_tables.h"

#include <string.h>

#define AT(member) offsetof(struct l1t_calo_config, member)

const struct l1t_lut_slot l1t_calo_luts[L1T_CALO_LUTS] = {
    [L1T_LUT_EGAMMA_COMPRESS] = {"egamma_compress",
                                 "0 + shape, 128 + ET, 384 + ring, 416 + nTT -> bin in its place",
                                 10, 12, AT(egamma.compress), 2},
    [L1T_LUT_EGAMMA_TRIMMING] = {"egamma_trimming", "(ring - 1) << 7 | shape -> shape", 12, 7,
                                 AT(egamma.trimming), 1},
    [L1T_LUT_EGAMMA_CALIBRATION] = {"egamma_calibration",
                                    "ring bin << 8 | ET bin << 4 | class -> factor 8:0, shape 9",
                                    12, 10, AT(egamma.calibration), 2},
    [L1T_LUT_EGAMMA_ISOLATION_0] = {"egamma_isolation_0",
                                    "ring bin << 9 | ET bin << 5 | nTT bin -> limit, tight", 13, 9,
                                    AT(egamma.isolation[0]), 2},
    [L1T_LUT_EGAMMA_ISOLATION_1] = {"egamma_isolation_1",
                                    "ring bin << 9 | ET bin << 5 | nTT bin -> limit, loose", 13, 9,
                                    AT(egamma.isolation[1]), 2},
    [L1T_LUT_TAU_COMPRESS] = {"tau_compress", "0 + ring, 32 + ET, 288 + nTT -> bin", 12, 5,
                              AT(tau.compress), 1},
    [L1T_LUT_TAU_CALIBRATION] = {"tau_calibration",
                                 "ring bin << 7 | ET bin << 2 | E << 1 | merged -> factor", 9, 10,
                                 AT(tau.calibration), 2},
    [L1T_LUT_TAU_ISOLATION] = {"tau_isolation", "ring bin << 10 | ET bin << 5 | nTT bin -> limit",
                               12, 9, AT(tau.isolation), 2},
    [L1T_LUT_SUMS_NTT_BIN] = {"sums_ntt_bin", "nTT -> nTT bin", 8, 5, AT(sums.ntt_bin), 2},
    [L1T_LUT_SUMS_MET_MIN] = {"sums_met_min", "nTT bin << 6 | ring -> threshold", 11, 9,
                              AT(sums.met_min), 2},
    [L1T_LUT_JET] = {"jet_pt_bin", "ET bits 8:1 -> pt bin", 8, 4, AT(jet.pt_bin), 1},
    [L1T_LUT_JET + 1] = {"jet_eta_bin", "ring -> ring bin", 6, 4, AT(jet.eta_bin), 1},
    [L1T_LUT_JET + 2] = {"jet_calibration",
                         "ring bin << 4 | pt bin -> multiplier 9:0, addend 17:10", 11, 18,
                         AT(jet.calibration), 4},
};

void l1t_calo_thresholds(struct l1t_calo_config *config)
{
    memset(config, 0, sizeof *config);
    config->cluster.seed_min = 4;
    config->cluster.member_min = 2;
    config->cluster.hoe_ratio[0] = 3;
    config->cluster.hoe_ratio[1] = 4;
    config->tau.cluster = config->cluster;
    config->egamma.hoe_ext_min = 10;
    config->egamma.no_id_min = 256;
    config->jet.seed_min = 8;
    config->sums.jet_min = 60;
}

void l1t_calo_share_ntt(struct l1t_calo_config *config)
{
    memcpy(config->sums.ntt_bin, config->egamma.compress + L1T_EGAMMA_COMPRESS_NTT,
           sizeof config->sums.ntt_bin);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Shim of the whole calorimeter, rtl/calo/l1t_calo.sv. Settings: l1t_calo_settings.h.
 *
 * The traced and the fault-test build compile this file again with another L1T_DUT_TOP (prefix of
 * the Verilated model) and L1T_DUT_SYMBOL, so that all of them can be in one program.
 */
#include "l1t_calo_settings.h"
#include "l1t_towers_dut.hpp"

#ifndef L1T_DUT_TOP
#define L1T_DUT_TOP    Vl1t_calo
#define L1T_DUT_SYMBOL l1t_calo_dut
#endif
#define L1T_DUT_TEXT(x)   #x
#define L1T_DUT_HEADER(x) L1T_DUT_TEXT(x.h)
#include L1T_DUT_HEADER(L1T_DUT_TOP)

namespace
{

struct calo_path : l1t_towers_path<L1T_DUT_TOP> {
    static constexpr size_t n_stages = 26;
    static constexpr unsigned rows[n_stages] = {
        1,  28,                             // ntt cluster
        28, 1,  1,  25, 1,  1,              // cand sort demux of e/gamma and of tau
        40, 40, 40, 40, 40, 40, 1, 1,       // max raw flaps pus cal select sort demux of jets
        1,  1,  1,  1,  1,  1,  1, 1, 1, 1, // scalar vector mb count et ht met mht methf mhthf
    };
    static constexpr unsigned words[n_stages] = {
        1,  67,                               //
        72, 12, 12, 52, 12, 12,               //
        5,  36, 72, 36, 36, 2,  14, 12,       //
        8,  16, 1,  1,  1,  1,  1,  1,  1, 1, //
    };
    static constexpr const char *mem_file[] = {
        "l1t_egamma_compress.mem",    "l1t_egamma_trimming.mem",
        "l1t_egamma_calibration.mem", "l1t_egamma_isolation_0.mem",
        "l1t_egamma_isolation_1.mem", "l1t_tau_compress.mem",
        "l1t_tau_calibration.mem",    "l1t_tau_isolation.mem",
        "l1t_jet_pt_bin.mem",         "l1t_jet_eta_bin.mem",
        "l1t_jet_calibration.mem",    "l1t_sums_ntt_bin.mem",
        "l1t_sums_met_min.mem",       nullptr};

    static void bind(Top &top, l1t_dut_probe *probe)
    {
        const l1t_dut_probe probes[n_stages] = {
            {&top.ntt_o, &top.ntt_valid_o},
            {&top.cluster_o, &top.cluster_valid_o},
            {&top.egamma_cand_o, &top.egamma_cand_valid_o},
            {&top.egamma_sort_o, &top.egamma_sort_valid_o},
            {&top.egamma_demux_o, &top.egamma_demux_valid_o},
            {&top.tau_cand_o, &top.tau_cand_valid_o},
            {&top.tau_sort_o, &top.tau_sort_valid_o},
            {&top.tau_demux_o, &top.tau_demux_valid_o},
            {&top.jet_max_o, &top.jet_max_valid_o},
            {&top.jet_raw_o, &top.jet_raw_valid_o},
            {&top.jet_flaps_o, &top.jet_flaps_valid_o},
            {&top.jet_pus_o, &top.jet_pus_valid_o},
            {&top.jet_cal_o, &top.jet_cal_valid_o},
            {&top.jet_select_o, &top.jet_select_valid_o},
            {&top.jet_sort_o, &top.jet_sort_valid_o},
            {&top.jet_demux_o, &top.jet_demux_valid_o},
            {&top.scalar_o, &top.scalar_valid_o},
            {&top.vector_o, &top.vector_valid_o},
            {&top.mb_o, &top.mb_valid_o},
            {&top.count_o, &top.count_valid_o},
            {&top.et_o, &top.gt_valid_o},
            {&top.ht_o, &top.gt_valid_o},
            {&top.met_o, &top.gt_valid_o},
            {&top.mht_o, &top.gt_valid_o},
            {&top.methf_o, &top.gt_valid_o},
            {&top.mhthf_o, &top.gt_valid_o},
        };
        std::copy(probes, probes + n_stages, probe);
    }

    static void configure(Top &top, const uint32_t *settings)
    {
        top.seed_min_i = SData(settings[L1T_CALO_SET_SEED_MIN]);
        top.member_min_i = SData(settings[L1T_CALO_SET_MEMBER_MIN]);
        top.hoe_barrel_i = CData(settings[L1T_CALO_SET_HOE_BARREL]);
        top.hoe_endcap_i = CData(settings[L1T_CALO_SET_HOE_ENDCAP]);
        top.hoe_ext_min_i = SData(settings[L1T_CALO_SET_HOE_EXT_MIN]);
        top.no_id_min_i = SData(settings[L1T_CALO_SET_NO_ID_MIN]);
        top.phi_ring_i = settings[L1T_CALO_SET_PHI_RING] & 1;
        top.jet_seed_min_i = SData(settings[L1T_CALO_SET_JET_SEED_MIN]);
        top.jet_min_i = SData(settings[L1T_CALO_SET_JET_MIN]);
        memcpy(&top.centrality_lower_i, &settings[L1T_CALO_SET_CENTRALITY_LOWER],
               sizeof top.centrality_lower_i);
        memcpy(&top.centrality_upper_i, &settings[L1T_CALO_SET_CENTRALITY_UPPER],
               sizeof top.centrality_upper_i);
    }
};

constexpr unsigned calo_path::rows[], calo_path::words[];
constexpr const char *calo_path::mem_file[];

} // namespace

extern "C" {
extern const struct l1t_dut_ops L1T_DUT_SYMBOL;
const struct l1t_dut_ops L1T_DUT_SYMBOL = L1T_DUT_OPS(calo_path, "calo");
}

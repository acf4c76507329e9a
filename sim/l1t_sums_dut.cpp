// SPDX-License-Identifier: Apache-2.0
/*
 * Shim of the energy sums' twin, rtl/calo/l1t_sums.sv.
 *
 * Settings: sim/l1t_calo_settings.h.
 *
 * The traced and the fault-test build compile this file again with another L1T_DUT_TOP (prefix of
 * the Verilated model) and L1T_DUT_SYMBOL, so that all of them can be in one program.
 */
#include "l1t_calo_settings.h"
#include "l1t_towers_dut.hpp"

#ifndef L1T_DUT_TOP
#define L1T_DUT_TOP    Vl1t_sums
#define L1T_DUT_SYMBOL l1t_sums_dut
#endif
#define L1T_DUT_TEXT(x)   #x
#define L1T_DUT_HEADER(x) L1T_DUT_TEXT(x.h)
#include L1T_DUT_HEADER(L1T_DUT_TOP)

namespace
{

struct sums_path : l1t_towers_path<L1T_DUT_TOP> {
    static constexpr size_t n_stages = 11;
    // ntt scalar vector mb count et ht met mht methf mhthf
    static constexpr unsigned rows[n_stages] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    static constexpr unsigned words[n_stages] = {1, 8, 16, 1, 1, 1, 1, 1, 1, 1, 1};
    static constexpr const char *mem_file[] = {"l1t_sums_ntt_bin.mem",    "l1t_sums_met_min.mem",
                                               "l1t_jet_pt_bin.mem",      "l1t_jet_eta_bin.mem",
                                               "l1t_jet_calibration.mem", nullptr};

    static void bind(Top &top, l1t_dut_probe *probe)
    {
        const l1t_dut_probe probes[n_stages] = {
            {&top.ntt_o, &top.ntt_valid_o},       {&top.scalar_o, &top.scalar_valid_o},
            {&top.vector_o, &top.vector_valid_o}, {&top.mb_o, &top.mb_valid_o},
            {&top.count_o, &top.count_valid_o},   {&top.et_o, &top.gt_valid_o},
            {&top.ht_o, &top.gt_valid_o},         {&top.met_o, &top.gt_valid_o},
            {&top.mht_o, &top.gt_valid_o},        {&top.methf_o, &top.gt_valid_o},
            {&top.mhthf_o, &top.gt_valid_o},
        };
        std::copy(probes, probes + n_stages, probe);
    }

    static void configure(Top &top, const uint32_t *settings)
    {
        top.phi_ring_i = settings[L1T_CALO_SET_PHI_RING] & 1;
        top.seed_min_i = SData(settings[L1T_CALO_SET_JET_SEED_MIN]);
        top.jet_min_i = SData(settings[L1T_CALO_SET_JET_MIN]);
        memcpy(&top.centrality_lower_i, &settings[L1T_CALO_SET_CENTRALITY_LOWER],
               sizeof top.centrality_lower_i);
        memcpy(&top.centrality_upper_i, &settings[L1T_CALO_SET_CENTRALITY_UPPER],
               sizeof top.centrality_upper_i);
    }
};

constexpr unsigned sums_path::rows[], sums_path::words[];
constexpr const char *sums_path::mem_file[];

} // namespace

extern "C" {
extern const struct l1t_dut_ops L1T_DUT_SYMBOL;
const struct l1t_dut_ops L1T_DUT_SYMBOL = L1T_DUT_OPS(sums_path, "sums");
}

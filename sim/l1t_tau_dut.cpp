// SPDX-License-Identifier: Apache-2.0
/*
 * Shim of the tau twin, rtl/calo/l1t_tau.sv. Settings: l1t_calo_settings.h.
 *
 * The traced and the fault-test build compile this file again with another L1T_DUT_TOP (prefix of
 * the Verilated model) and L1T_DUT_SYMBOL, so that all of them can be in one program.
 */
#include "l1t_calo_settings.h"
#include "l1t_towers_dut.hpp"

#ifndef L1T_DUT_TOP
#define L1T_DUT_TOP    Vl1t_tau
#define L1T_DUT_SYMBOL l1t_tau_dut
#endif
#define L1T_DUT_TEXT(x)   #x
#define L1T_DUT_HEADER(x) L1T_DUT_TEXT(x.h)
#include L1T_DUT_HEADER(L1T_DUT_TOP)

namespace
{

struct tau_path : l1t_towers_path<L1T_DUT_TOP> {
    static constexpr size_t n_stages = 5;
    // ntt cluster cand sort demux
    static constexpr unsigned rows[n_stages] = {1, 28, 25, 1, 1};
    static constexpr unsigned words[n_stages] = {1, 67, 52, 12, 12};
    static constexpr const char *mem_file[] = {"l1t_tau_compress.mem", "l1t_tau_calibration.mem",
                                               "l1t_tau_isolation.mem", nullptr};

    static void bind(Top &top, l1t_dut_probe *probe)
    {
        const l1t_dut_probe probes[n_stages] = {
            {&top.ntt_o, &top.ntt_valid_o},     {&top.cluster_o, &top.cluster_valid_o},
            {&top.cand_o, &top.cand_valid_o},   {&top.sort_o, &top.sort_valid_o},
            {&top.demux_o, &top.demux_valid_o},
        };
        std::copy(probes, probes + n_stages, probe);
    }

    static void configure(Top &top, const uint32_t *settings)
    {
        top.seed_min_i = SData(settings[L1T_CALO_SET_SEED_MIN]);
        top.member_min_i = SData(settings[L1T_CALO_SET_MEMBER_MIN]);
        top.hoe_barrel_i = CData(settings[L1T_CALO_SET_HOE_BARREL]);
        top.hoe_endcap_i = CData(settings[L1T_CALO_SET_HOE_ENDCAP]);
    }
};

constexpr unsigned tau_path::rows[], tau_path::words[];
constexpr const char *tau_path::mem_file[];

} // namespace

extern "C" {
extern const struct l1t_dut_ops L1T_DUT_SYMBOL;
const struct l1t_dut_ops L1T_DUT_SYMBOL = L1T_DUT_OPS(tau_path, "tau");
}

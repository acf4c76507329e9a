// SPDX-License-Identifier: Apache-2.0
/*
 * Shim of the jet twin, rtl/calo/l1t_jet.sv.
 *
 * Settings: 0 the pile-up subtraction (enum l1t_jet_pus), 1 the seed threshold in tower units.
 *
 * The traced and the fault-test build compile this file again with another L1T_DUT_TOP (prefix of
 * the Verilated model) and L1T_DUT_SYMBOL, so that all of them can be in one program.
 */
#include "l1t_towers_dut.hpp"

#ifndef L1T_DUT_TOP
#define L1T_DUT_TOP    Vl1t_jet
#define L1T_DUT_SYMBOL l1t_jet_dut
#endif
#define L1T_DUT_TEXT(x)   #x
#define L1T_DUT_HEADER(x) L1T_DUT_TEXT(x.h)
#include L1T_DUT_HEADER(L1T_DUT_TOP)

namespace
{

struct jet_path : l1t_towers_path<L1T_DUT_TOP> {
    static constexpr size_t n_stages = 8;
    // max raw flaps pus cal select sort demux
    static constexpr unsigned rows[n_stages] = {40, 40, 40, 40, 40, 40, 1, 1};
    static constexpr unsigned words[n_stages] = {5, 36, 72, 36, 36, 2, 14, 12};
    static constexpr const char *mem_file[] = {"l1t_jet_pt_bin.mem", "l1t_jet_eta_bin.mem",
                                               "l1t_jet_calibration.mem", nullptr};

    static void bind(Top &top, l1t_dut_probe *probe)
    {
        const l1t_dut_probe probes[n_stages] = {
            {&top.max_o, &top.max_valid_o},     {&top.raw_o, &top.raw_valid_o},
            {&top.flaps_o, &top.flaps_valid_o}, {&top.pus_o, &top.pus_valid_o},
            {&top.cal_o, &top.cal_valid_o},     {&top.select_o, &top.select_valid_o},
            {&top.sort_o, &top.sort_valid_o},   {&top.demux_o, &top.demux_valid_o},
        };
        std::copy(probes, probes + n_stages, probe);
    }

    static void configure(Top &top, const uint32_t *settings)
    {
        top.phi_ring_i = settings[0] & 1;
        top.seed_min_i = SData(settings[1]);
    }
};

constexpr unsigned jet_path::rows[], jet_path::words[];
constexpr const char *jet_path::mem_file[];

} // namespace

extern "C" {
extern const struct l1t_dut_ops L1T_DUT_SYMBOL;
const struct l1t_dut_ops L1T_DUT_SYMBOL = L1T_DUT_OPS(jet_path, "jet");
}

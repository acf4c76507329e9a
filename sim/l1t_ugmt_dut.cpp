// SPDX-License-Identifier: Apache-2.0
/*
 * Shim of the global muon trigger's twin, rtl/muon/l1t_ugmt.sv.
 *
 * Input: six frames of 64 words, links 8 to 71 (models/muon/l1t_ugmt.h). Settings:
 * sim/l1t_ugmt_settings.h.
 *
 * The traced and the fault-test build compile this file again with another L1T_DUT_TOP (prefix of
 * the Verilated model) and L1T_DUT_SYMBOL, so that all of them can be in one program.
 */
#include "l1t_dut.hpp"
#include "l1t_ugmt_settings.h"

#ifndef L1T_DUT_TOP
#define L1T_DUT_TOP    Vl1t_ugmt
#define L1T_DUT_SYMBOL l1t_ugmt_dut
#endif
#define L1T_DUT_TEXT(x)   #x
#define L1T_DUT_HEADER(x) L1T_DUT_TEXT(x.h)
#include L1T_DUT_HEADER(L1T_DUT_TOP)

namespace
{

struct ugmt_path {
    typedef L1T_DUT_TOP Top;

    static constexpr size_t row_words = 64;
    static constexpr size_t in_rows = 6;
    static constexpr size_t in_words = in_rows * row_words;
    static constexpr size_t n_stages = 9;
    // decode cancel extrapolate rank first final mid gt eta
    static constexpr unsigned rows[n_stages] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    static constexpr unsigned words[n_stages] = {156, 14, 44, 34, 14, 14, 48, 16, 4};
    static constexpr const char *mem_file[] = {
        "l1t_ugmt_match_ob_plus.mem", "l1t_ugmt_match_ob_minus.mem",
        "l1t_ugmt_match_oe_plus.mem", "l1t_ugmt_match_oe_minus.mem",
        "l1t_ugmt_match_oo_plus.mem", "l1t_ugmt_match_oo_minus.mem",
        "l1t_ugmt_match_ee_plus.mem", "l1t_ugmt_match_ee_minus.mem",
        "l1t_ugmt_eta_barrel.mem",    "l1t_ugmt_eta_overlap.mem",
        "l1t_ugmt_eta_endcap.mem",    "l1t_ugmt_phi_barrel.mem",
        "l1t_ugmt_phi_overlap.mem",   "l1t_ugmt_phi_endcap.mem",
        "l1t_ugmt_rank.mem",          "l1t_ugmt_eta_region.mem",
        "l1t_ugmt_phi_region.mem",    "l1t_ugmt_absolute.mem",
        "l1t_ugmt_relative.mem",      nullptr};

    static void bind(Top &top, l1t_dut_probe *probe)
    {
        const l1t_dut_probe probes[n_stages] = {
            {&top.decode_o, &top.decode_valid_o},
            {&top.cancel_o, &top.cancel_valid_o},
            {&top.extrapolate_o, &top.extrapolate_valid_o},
            {&top.rank_o, &top.rank_valid_o},
            {&top.first_o, &top.first_valid_o},
            {&top.final_o, &top.final_valid_o},
            {&top.mid_o, &top.mid_valid_o},
            {&top.gt_o, &top.gt_valid_o},
            {&top.eta_o, &top.eta_valid_o},
        };
        std::copy(probes, probes + n_stages, probe);
    }

    static void configure(Top &top, const uint32_t *settings)
    {
        top.run2_words_i = settings[L1T_UGMT_SET_RUN2_WORDS] & 1;
        top.run2_lists_i = settings[L1T_UGMT_SET_RUN2_LISTS] & 1;
        top.addresses_i = settings[L1T_UGMT_SET_ADDRESSES] & 1;
        top.layout_i = settings[L1T_UGMT_SET_LAYOUT] & 3;
        top.short_i = settings[L1T_UGMT_SET_SHORT] & 1;
        top.phi_shift_i = settings[L1T_UGMT_SET_PHI_SHIFT] & 3;
    }

    static void feed(Top &top, const uint32_t *in, size_t row)
    {
        memcpy(&top.links_i, in + row * row_words, row_words * sizeof *in);
    }

    static void garble(Top &top, uint32_t noise)
    {
        memset(&top.links_i, int(noise >> 24), row_words * sizeof noise);
    }

    static int latency(const Top &top, size_t stage)
    {
        return int(top.latency_o[stage / 2] >> 16 * (stage % 2) & 0xffff);
    }
};

constexpr unsigned ugmt_path::rows[], ugmt_path::words[];
constexpr const char *ugmt_path::mem_file[];

} // namespace

extern "C" {
extern const struct l1t_dut_ops L1T_DUT_SYMBOL;
const struct l1t_dut_ops L1T_DUT_SYMBOL = L1T_DUT_OPS(ugmt_path, "ugmt");
}

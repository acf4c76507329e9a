// SPDX-License-Identifier: Apache-2.0
/*
 * Shim of the sorter twin, rtl/common/l1t_sort.sv.
 *
 * Input: 40 rows of 18 words sort_slot (models/l1t_formats.def). l1t_dut_options mode is not used.
 *
 * The traced and the fault-test build compile this file again with another L1T_DUT_TOP (prefix of
 * the Verilated model) and L1T_DUT_SYMBOL, so that all of them can be in one program.
 */
#include "l1t_dut.hpp"

#ifndef L1T_DUT_TOP
#define L1T_DUT_TOP    Vl1t_sort
#define L1T_DUT_SYMBOL l1t_sort_dut
#endif
#define L1T_DUT_TEXT(x)   #x
#define L1T_DUT_HEADER(x) L1T_DUT_TEXT(x.h)
#include L1T_DUT_HEADER(L1T_DUT_TOP)

namespace
{

struct sort_path {
    typedef L1T_DUT_TOP Top;

    static constexpr size_t row_words = 18;
    static constexpr size_t in_rows = 40;
    static constexpr size_t in_words = in_rows * row_words;
    static constexpr size_t n_stages = 2;
    // sorted registers
    static constexpr unsigned rows[n_stages] = {40, 1};
    static constexpr unsigned words[n_stages] = {22, 9};
    static constexpr const char *mem_file[] = {nullptr};

    static void bind(Top &top, l1t_dut_probe *probe)
    {
        probe[0] = {&top.sorted_o, &top.sorted_valid_o};
        probe[1] = {&top.registers_o, &top.registers_valid_o};
    }

    static void configure(Top &, const uint32_t *)
    {
    }

    static void feed(Top &top, const uint32_t *in, size_t row)
    {
        top.first_i = row == 0;
        top.last_i = row == in_rows - 1;
        top.row_i = CData(row + 1);
        memcpy(&top.slots_i, in + row * row_words, row_words * sizeof *in);
    }

    static void garble(Top &top, uint32_t noise)
    {
        top.first_i = noise >> 31;
        top.last_i = noise >> 30 & 1;
        top.row_i = noise >> 16 & 0x3f;
        memset(&top.slots_i, int(noise >> 24), row_words * sizeof noise);
    }

    static int latency(const Top &top, size_t stage)
    {
        return int(top.latency_o >> 16 * stage & 0xffff);
    }
};

constexpr unsigned sort_path::rows[], sort_path::words[];
constexpr const char *sort_path::mem_file[];

} // namespace

extern "C" {
extern const struct l1t_dut_ops L1T_DUT_SYMBOL;
const struct l1t_dut_ops L1T_DUT_SYMBOL = L1T_DUT_OPS(sort_path, "sort");
}

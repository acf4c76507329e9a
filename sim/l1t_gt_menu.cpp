// SPDX-License-Identifier: Apache-2.0
// A Verilated menu behind the functions of l1t_gt_menu.h. Built by tools/gt_dut.sh, once a menu.
#include "l1t_gt_menu.h"
#include "verilated.h"
#include "Vl1t_gt_menu.h"

#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

double sc_time_stamp()
{
    return 0;
}

namespace
{

struct Menu {
    VerilatedContext context;
    std::unique_ptr<Vl1t_gt_menu> top;
};

template <class Wide, class Word> void put(Wide &to, const Word *from)
{
    static_assert(sizeof(Wide) % sizeof(Word) == 0, "a port of whole words");
    std::memcpy(&to, from, sizeof(Wide)); // least significant word first on both sides
}

void *create(const char *mem_dir, unsigned fault, unsigned seed)
{
    auto menu = std::make_unique<Menu>();
    const std::string dir = std::string("+l1t_mem_dir=") + mem_dir;
    const std::string chosen = "+l1t_fault=" + std::to_string(fault);
    const char *arguments[] = {"menu", dir.c_str(), chosen.c_str()};
    menu->context.commandArgs(3, arguments);
    menu->context.randReset(2); // registers hold anything before the first crossings
    menu->context.randSeed(static_cast<int>(seed));
    menu->top = std::make_unique<Vl1t_gt_menu>(&menu->context);
    menu->top->clk_i = 0;
    menu->top->eval();
    return menu.release();
}

void destroy(void *handle)
{
    auto *menu = static_cast<Menu *>(handle);
    if (menu != nullptr)
        menu->top->final();
    delete menu;
}

void shape(void *handle, struct l1t_gt_menu_shape *shape)
{
    const Vl1t_gt_menu &top = *static_cast<Menu *>(handle)->top;
    shape->n_legs = top.n_legs_o;
    shape->n_conditions = top.n_conditions_o;
    shape->latency = top.latency_o;
    shape->legs_latency = top.legs_latency_o;
    shape->leg_words = sizeof top.legs_o / sizeof(uint32_t);
    shape->condition_words = sizeof top.conditions_o / sizeof(uint32_t);
    std::memcpy(shape->present, &top.present_o, sizeof shape->present);
}

void clock(void *handle, const struct l1t_gt_menu_in *in, struct l1t_gt_menu_out *out)
{
    Vl1t_gt_menu &top = *static_cast<Menu *>(handle)->top;
    top.rst_i = in->reset;
    top.valid_i = in->valid;
    top.section_i = in->section;
    top.gap_i = in->gap;
    top.dead_i = in->dead;
    top.crossing_i = in->crossing;
    put(top.muon_i, in->muon);
    put(top.egamma_i, in->egamma);
    put(top.tau_i, in->tau);
    put(top.jet_i, in->jet);
    put(top.sum_i, in->sum);
    put(top.link11_i, in->link11);
    put(top.external_i, in->external);
    top.config_we_i = in->write;
    top.config_what_i = in->what;
    top.config_addr_i = in->address;
    put(top.config_data_i, in->data);
    top.update_i = in->update;
    top.read_addr_i = in->read_address;
    top.clk_i = 1;
    top.eval();
    top.clk_i = 0;
    top.eval();
    out->bits_valid = top.bits_valid_o;
    out->valid = top.valid_o;
    out->veto = top.veto_o;
    out->finor = top.finor_o;
    out->preview = top.preview_o;
    std::memcpy(out->bits, &top.bits_o, sizeof out->bits);
    std::memcpy(out->prescaled, &top.prescaled_o, sizeof out->prescaled);
    for (unsigned i = 0; i < 4; i++) // the RTL has the first on top
        out->counts[i] = top.counts_o[3 - i];
    for (unsigned i = 0; i < 3; i++)
        out->finor_counts[i] = top.finor_counts_o[2 - i];
    out->legs = &top.legs_o[0];
    out->conditions = &top.conditions_o[0];
}

} // namespace

extern "C" __attribute__((visibility("default"))) const struct l1t_gt_menu_ops l1t_gt_menu_ops = {
    L1T_GT_MENU_ABI, "Verilator", create, destroy, shape, clock};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam between `l1twin cosim gt` (C) and a menu in Verilog: a shared object that
 * `tools/gt_dut.sh` builds from what `l1twin menu rtl` writes, with one table of functions,
 * `l1t_gt_menu_ops`. One call is one clock, and one clock is one crossing.
 */
#ifndef L1T_GT_MENU_DUT_H
#define L1T_GT_MENU_DUT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { L1T_GT_MENU_ABI = 1, L1T_GT_MENU_LEG_BITS = 12 };

/* What goes in before a clock edge. Words as in struct l1t_gt_words, first object first. */
struct l1t_gt_menu_in {
    uint8_t reset, valid, section, gap, dead;
    uint16_t crossing;
    uint64_t muon[8];
    uint32_t egamma[12], tau[12], jet[12], sum[6], link11[6];
    uint32_t external[8];
    /* Run settings, rtl/gt/l1t_gt_final.sv. */
    uint8_t write, what, update;
    uint16_t address;
    uint32_t data[16];
    uint16_t read_address;
};

/* What is out after it. */
struct l1t_gt_menu_out {
    uint8_t bits_valid, valid, veto, finor, preview;
    uint32_t bits[16], prescaled[16];
    uint32_t counts[4];       /* before, after, live, preview of read_address, two clocks later */
    uint32_t finor_counts[3]; /* all, live, preview */
    const uint32_t *legs, *conditions; /* leg n from bit 12 n on; condition n: bit n */
};

struct l1t_gt_menu_shape {
    uint32_t n_legs, n_conditions;
    uint32_t latency, legs_latency; /* clocks from the words to bits, to legs */
    uint32_t leg_words, condition_words;
    uint32_t present[16]; /* algorithms that the RTL has */
};

struct l1t_gt_menu_ops {
    uint32_t abi; /* L1T_GT_MENU_ABI */
    const char *simulator;
    /* mem_dir: of the memory images; fault: of those built in, 0 none. NULL: no memory. */
    void *(*create)(const char *mem_dir, unsigned fault, unsigned seed);
    void (*destroy)(void *menu);
    void (*shape)(void *menu, struct l1t_gt_menu_shape *shape);
    void (*clock)(void *menu, const struct l1t_gt_menu_in *in, struct l1t_gt_menu_out *out);
};

#ifdef __cplusplus
}
#endif

#endif

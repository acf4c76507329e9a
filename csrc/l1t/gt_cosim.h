/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The RTL of a menu against the interpreter and the final decision, crossing by crossing: all
 * algorithm bits, prescaled bits, veto, FINOR, preview, and the counters of every luminosity
 * section. Run settings (prescales, masks, veto, mask by crossing, gaps, dead time) are drawn at
 * random and change from section to section.
 */
#ifndef L1T_GT_COSIM_H
#define L1T_GT_COSIM_H

#include "l1t/gt_menu.h"
#include "l1t/gt_vectors.h"
#include "l1t_gt_menu.h"

enum { L1T_GT_SECTION = 700 }; /* crossings of a section of these runs */

/* A shared object of tools/gt_dut.sh. */
struct l1t_gt_dut;
enum l1t_err l1t_gt_dut_open(const char *path, struct l1t_gt_dut **dut,
                             struct l1t_diag *diag) L1T_MUST_USE;
const struct l1t_gt_menu_ops *l1t_gt_dut_ops(const struct l1t_gt_dut *dut);
void l1t_gt_dut_close(struct l1t_gt_dut *dut); /* accepts NULL */

struct l1t_gt_cosim_options {
    const struct l1t_gt_menu *menu;
    const struct l1t_gt_code *code;
    const struct l1t_gt_vectors *vectors; /* a closed orbit; their decisions are not looked at */
    const char *mem_dir;                  /* of the memory images */
    uint64_t seed;                        /* of the run settings */
    unsigned fault;                       /* built into the RTL; 0 none */
    bool stop;                            /* at the first difference */
};

struct l1t_gt_cosim_result {
    const char *simulator;
    unsigned algorithms, latency;
    uint64_t crossings, bits; /* compared */
    uint64_t fired;           /* bits that are 1 */
    uint64_t bits_differing, decisions_differing, counters, counters_differing, strobes_wrong;
    uint64_t sections;
    double seconds_rtl, seconds_model;
    char first[1500]; /* the first difference in words; "" none */
};

/* L1T_E_DIFF and diag when something differs; the result is filled then as well. */
enum l1t_err l1t_gt_cosim(const struct l1t_gt_dut *dut, const struct l1t_gt_cosim_options *options,
                          struct l1t_gt_cosim_result *result, struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Crossings for a menu, keyed by (seed, crossing): objects at the thresholds and window edges of
 * its legs and beside them, near each other and anywhere, empty slots, codes that no sender makes.
 */
enum l1t_err l1t_gt_generate(const struct l1t_gt_code *code, uint64_t seed, size_t n,
                             struct l1t_gt_vectors *vectors, struct l1t_diag *diag) L1T_MUST_USE;

#endif

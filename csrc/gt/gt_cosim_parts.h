/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the co-simulation of a menu. */
#ifndef L1T_GT_COSIM_PARTS_H
#define L1T_GT_COSIM_PARTS_H

#include "gt/l1t_gt_final.h"
#include "l1t/gt_cosim.h"

enum { L1T_GT_COSIM_FINAL = 3, L1T_GT_COSIM_DEPTH = 32, L1T_GT_COSIM_CHANGES = 100 };

/* Run settings, all drawn from the seed. */
struct l1t_gt_cosim_settings {
    struct l1t_gt_masks masks;
    uint64_t crossing[L1T_GT_ORBIT][L1T_GT_WORDS];
    struct l1t_gt_factors factors; /* written last */
    struct l1t_gt_counts counts;   /* of the section that ended last */
};

struct l1t_gt_cosim_run {
    const struct l1t_gt_cosim_options *options;
    struct l1t_gt_cosim_result *result;
    const struct l1t_gt_menu_ops *ops;
    void *dut;
    struct l1t_gt_menu_shape shape;
    uint64_t present[L1T_GT_WORDS];
    uint64_t (*expected)[L1T_GT_WORDS];
    struct l1t_gt_final *final;
    struct l1t_gt_cosim_settings *settings;
    uint64_t clock;              /* since creation */
    uint32_t *legs, *conditions; /* of the last clocks, [clock % L1T_GT_COSIM_DEPTH] */
    size_t written;              /* rows of l1t_gt_cosim_next_write */
    /* Counters asked for in this clock, and in the one before. */
    bool reading, arriving;
    unsigned read_address, arriving_address;
};

/* gt_cosim_settings.c */
void l1t_gt_cosim_draw_settings(struct l1t_gt_cosim_run *c);
/* Rows of the run settings before a run, one after another; false: no more. */
bool l1t_gt_cosim_next_write(struct l1t_gt_cosim_run *c, struct l1t_gt_menu_in *in);
/* Calibration gap and dead time of a crossing, from the first one on. */
bool l1t_gt_cosim_gap(const struct l1t_gt_cosim_run *c, uint64_t step);
bool l1t_gt_cosim_dead(const struct l1t_gt_cosim_run *c, uint64_t step);
/* A section begins: the model's counters are kept for comparison, factors change. */
void l1t_gt_cosim_section(struct l1t_gt_cosim_run *c, uint64_t section);
/* What goes over the bus in this clock: factors of the next section, addresses of counters. The
 * first section begins at clock `begin` of the final decision. */
void l1t_gt_cosim_bus(struct l1t_gt_cosim_run *c, uint64_t tick, uint64_t begin,
                      struct l1t_gt_menu_in *in);
/* Counters that have arrived. */
void l1t_gt_cosim_read(struct l1t_gt_cosim_run *c, const struct l1t_gt_menu_out *out);

/* gt_cosim_why.c: the first difference in words, at the clock of its bits. */
void l1t_gt_cosim_why(struct l1t_gt_cosim_run *c, size_t crossing, unsigned bit);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the parts of the co-simulation driver. */
#ifndef L1T_COSIM_INTERNAL_H
#define L1T_COSIM_INTERNAL_H

#include "l1t/cosim.h"

enum { L1T_COSIM_BATCH = 64, L1T_COSIM_MAX_SHIFT = 8 };

/* A batch of events: inputs, both answers, and when the rows are fed. */
struct l1t_batch {
    size_t n;
    uint64_t first; /* number of its first event in the run */
    uint32_t *in, *expected, *got;
    uint64_t id[L1T_COSIM_BATCH];
    uint16_t *gap;    /* NULL or one per event */
    uint8_t *row_gap; /* NULL or in_rows per event */
};

struct l1t_cosim {
    const struct l1t_twin *twin;
    const struct l1t_dut_ops *ops;
    const void *config;
    const struct l1t_cosim_options *options;
    struct l1t_cosim_result *result;
    void *dut, *source;
    size_t stage_words;
    size_t stage_at[L1T_DUT_MAX_STAGES]; /* first word of a stage in an event's answer */
    struct l1t_batch batch;
    size_t job_first, job_n; /* events of the batch that the last run of the DUT saw */
    FILE *report;
    char first_difference[200]; /* for the verdict */
};

/* cosim_schedule.c: gaps of the batch; resets. Deterministic from the seed. */
void l1t_cosim_make_gaps(struct l1t_cosim *c);
bool l1t_cosim_reset_before(const struct l1t_cosim *c, uint64_t event);
void l1t_cosim_reset_in_event(struct l1t_cosim *c, size_t i);

/* cosim_diff.c: event i of the batch differs: count its records, and describe it if asked. */
void l1t_cosim_count(struct l1t_cosim *c, size_t i);
void l1t_cosim_describe(struct l1t_cosim *c, size_t i);

/* cosim_repro.c: fewest events up to i that show the difference, written with the command. */
enum l1t_err l1t_cosim_reproduce(struct l1t_cosim *c, size_t i, struct l1t_diag *diag);

#endif

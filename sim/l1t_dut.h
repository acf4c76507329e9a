/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam between the co-simulation driver (C) and a Verilated twin (the only
 * C++ of the project): one table of functions per top. A user's own RTL with
 * the same ports takes the place of ours by providing such a table.
 *
 * Stage data are rows of 32-bit words exactly as the C model packs them (for
 * jets: models/calo/l1t_jet.h). Every stage of the RTL strobes its rows in order;
 * row k of a stage belongs to event k / rows. The driver never guesses an
 * alignment: it counts strobes, and the latency is measured and asserted.
 */
#ifndef L1T_DUT_H
#define L1T_DUT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { L1T_DUT_MAX_STAGES = 32, L1T_DUT_MAX_SETTINGS = 32 };

struct l1t_dut_options {
    const char *mem_dir;    /* memory images written by the path's LUT writer */
    const char *trace_file; /* FST waveform; NULL for none (needs the traced build) */
    uint32_t settings[L1T_DUT_MAX_SETTINGS]; /* static inputs; the path's shim names them */
    unsigned fault;      /* number of an injected fault up to n_faults, 0 for none */
    unsigned reset_seed; /* seed of the values registers hold before reset; results must not
                            depend on it */
};

/* Events to feed, back to back unless gaps say otherwise. */
struct l1t_dut_job {
    const uint32_t *in; /* n_events * in_words */
    size_t n_events;
    const uint16_t *gap; /* idle clocks before each event, or NULL for none */
    const uint8_t
        *row_gap;  /* idle clocks before each row of each event (n_events * rows), or NULL */
    uint32_t *out; /* n_events * stage words, all stages in order; the DUT fills it */
};

struct l1t_dut_status {
    uint64_t clocks;                      /* clocks since creation */
    size_t rows_seen[L1T_DUT_MAX_STAGES]; /* strobes of each stage in the last run */
    int latency_min[L1T_DUT_MAX_STAGES]; /* clocks from an event's first input row to the stage's */
    int latency_max[L1T_DUT_MAX_STAGES]; /* first row, over the gapless events of the last run */
    int latency_stated[L1T_DUT_MAX_STAGES]; /* the RTL's own figure */
};

struct l1t_dut_ops {
    const char *name;      /* the twin's name: "jet" */
    const char *simulator; /* e.g. "Verilator 5.006" */
    size_t in_words;       /* 32-bit words of one event */
    size_t stage_words;    /* 32-bit words of all stages of one event */
    size_t n_stages;
    unsigned n_faults; /* injected faults built into this RTL, numbered from 1; usually 0 */

    /* NULL on failure, with a one-line reason in message. */
    void *(*create)(const struct l1t_dut_options *options, char *message, size_t message_size);
    void (*destroy)(void *dut); /* accepts NULL; closes the waveform */

    /* Hold reset for some clocks; events in flight are lost. */
    void (*reset)(void *dut, unsigned clocks);

    /* Feed the first rows of one event and stop there (to be followed by a reset). */
    void (*feed_part)(void *dut, const uint32_t *in, size_t rows);

    /*
     * Feed all events of a job, then idle clocks until every stage has strobed all its rows.
     * Returns the number of complete events: smaller than n_events when strobes are missing
     * after a bounded wait, larger never (extra strobes are counted in rows_seen).
     */
    size_t (*run)(void *dut, const struct l1t_dut_job *job);

    void (*status)(void *dut, struct l1t_dut_status *status);
};

/* NULL-terminated list of the tops linked into the program, made by the build. */
extern const struct l1t_dut_ops *const l1t_dut_list[];

#ifdef __cplusplus
}
#endif

#endif

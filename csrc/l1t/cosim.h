/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Co-simulation: the same events through the C twin and a Verilated twin (or a user's own RTL), all
 * stages compared word by word. On a difference it says which event, the first stage, the row and
 * lane, every field of both answers, what it looks like, and how to see it again. It knows stages
 * and fields, never a particular path.
 *
 * It checks more than values: every stage strobes exactly its rows, the latency of every stage is
 * the stated one, and a run that compared nothing is a failure.
 */
#ifndef L1T_COSIM_H
#define L1T_COSIM_H

#include "l1t/err.h"
#include "l1t/twin.h"

#include "l1t_dut.h"

#include <stdbool.h>
#include <stdint.h>

enum l1t_cosim_gaps {
    L1T_GAPS_NONE,    /* events back to back */
    L1T_GAPS_BETWEEN, /* random idle clocks between events */
    L1T_GAPS_INSIDE,  /* random idle clocks between the rows of an event */
    L1T_GAPS_ALL
};

struct l1t_cosim_options {
    const char *events; /* file, "-" or "generator" */
    uint64_t n, skip;   /* n: UINT64_MAX for all events of a file */
    uint64_t seed;      /* generator, gaps, resets, and registers before reset */
    enum l1t_cosim_gaps gaps;
    uint64_t
        reset_every;     /* before each k-th event: part of it, a reset, then all of it; 0: never */
    unsigned max_diffs;  /* describe, and stop after, this many differing events */
    bool keep_going;     /* do not stop: count all, describe max_diffs */
    const char *mem_dir; /* where the memory images go */
    const char *wave;    /* waveform file, or NULL */
    unsigned fault;      /* number of an injected fault, or 0 */
    const char *reproducer;   /* file for the events that show the first difference, or NULL */
    const char *more_options; /* " --config X --luts Y" for the commands in the report, or "" */
    void (*progress)(void *user, uint64_t done); /* after each batch, or NULL */
    void *progress_user;
};

/* Everything none, one million events of the generator, stop after 5. */
void l1t_cosim_defaults(struct l1t_cosim_options *options);

struct l1t_cosim_stage {
    const char *name;
    uint64_t records;                  /* compared */
    uint64_t differing;                /* of them; counted in all differing events */
    uint64_t rows_expected, rows_seen; /* strobes */
    int latency_min, latency_max;      /* clocks, measured on events without gaps; -1: none */
    int latency_stated;
};

/* NULL when records, rows and latency are right; else "records", "rows", "latency", or
 * "no latency" when it could not be measured because no event came without gaps. */
const char *l1t_cosim_stage_problem(const struct l1t_cosim_stage *stage);

struct l1t_cosim_result {
    uint64_t events, differing_events;
    uint64_t records, words, resets, clocks;
    size_t n_stages;
    struct l1t_cosim_stage stage[L1T_DUT_MAX_STAGES];
    unsigned problems; /* wrong strobe counts and latencies */
    double seconds_model, seconds_dut, seconds_compare, seconds_source;
    uint64_t bins[L1T_TWIN_MAX_BINS]; /* functional coverage by the twin's cover_names */
    char verdict[300];                /* one line: "PASS ..." or "FAIL ..." */
    char *report;                     /* description of differences and problems; "" if none */
};

/*
 * L1T_OK: ran, equal. L1T_E_DIFF: ran, something differs (result filled, verdict in diag). Others:
 * did not run. l1t_cosim_result_fini is needed in the first two cases.
 */
enum l1t_err l1t_cosim_run(const struct l1t_twin *twin, const struct l1t_dut_ops *ops,
                           const void *config, const struct l1t_cosim_options *options,
                           struct l1t_cosim_result *result, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_cosim_result_fini(struct l1t_cosim_result *result);

/* L1T_E_USAGE when the RTL has no injected fault of this number; 0 is none. */
enum l1t_err l1t_dut_check_fault(const struct l1t_dut_ops *ops, unsigned fault,
                                 struct l1t_diag *diag) L1T_MUST_USE;

/* The Verilated top of a name among ops (NULL-terminated), or NULL. */
const struct l1t_dut_ops *l1t_dut_find(const struct l1t_dut_ops *const *list, const char *name);

#endif

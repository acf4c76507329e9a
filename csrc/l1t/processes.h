/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Physical mode: filled bunch crossings in which independent processes emit trigger objects, each
 * calibrated to a published rate. A process fires in a crossing with probability
 * rate / (revolution frequency * bunches), and emits one object (single) or two (pair), whose
 * transverse momenta are independent exponentials above the lowest calibrated threshold.
 *
 * A published rate of single muons contains the muons of di-muon events. `includes` says so:
 * what earlier processes already give is taken off, code by code, so that the sum is the
 * published rate and nothing is counted twice. Above the calibrated range, where a spectrum is a
 * guess, the included processes may give more than it; there they are all there is.
 *
 * Limits: objects of one pair are independent of each other, processes are independent, nothing is
 * said below the calibrated thresholds. docs/spectra.md discusses them.
 */
#ifndef L1T_PROCESSES_H
#define L1T_PROCESSES_H

#include "l1t/rng.h"
#include "l1t/spectrum.h"

#include <stddef.h>
#include <stdint.h>

enum { L1T_MAX_PROCESSES = 32, L1T_NAME_SIZE = 64, L1T_CODES = 2048 };

struct l1t_leg {
    enum l1t_object object;
    double from_gev; /* lowest calibrated threshold; a whole number of 0.5 GeV */
    double to_gev;   /* highest calibrated threshold; above it the law is an extrapolation */
    double lambda;   /* 1/GeV */
};

/* As configured. */
struct l1t_process_spec {
    char name[L1T_NAME_SIZE];
    size_t n_legs; /* 1 or 2 */
    struct l1t_leg leg[2];
    double rate_khz, rate_err; /* with every leg at or above its from_gev */
    uint32_t includes; /* bit k: this rate contains the objects of process k (k < own number) */
};

struct l1t_process {
    struct l1t_process_spec spec;
    double own_khz;     /* what is left after `includes` */
    double probability; /* per crossing */
    double *pmf[2];     /* of each leg's code, L1T_CODES entries */
    double *tail[2];    /* probability of a code or above, L1T_CODES + 1 entries */
    struct l1t_alias code[2];
    uint32_t fires_below; /* a later process fires when its word is below this */
};

struct l1t_processes {
    struct l1t_beam beam;
    size_t n;
    struct l1t_process process[L1T_MAX_PROCESSES];
    double any;             /* probability of a crossing that is not empty */
    uint32_t any_below;     /* the same, of 2^32 words */
    struct l1t_alias first; /* which process is the first to fire in such a crossing */
};

enum l1t_err l1t_processes_init(struct l1t_processes *processes, const struct l1t_beam *beam,
                                const struct l1t_process_spec *spec, size_t n,
                                struct l1t_diag *diag) L1T_MUST_USE;
void l1t_processes_free(struct l1t_processes *processes);

/* Crossings looked at in one go, and the objects of those that are not empty: most are. */
enum { L1T_BATCH = 4096 };
struct l1t_crossings {
    size_t n; /* not empty; ascending in number */
    uint64_t number[L1T_BATCH];
    uint16_t leading[L1T_OBJECTS][L1T_BATCH]; /* highest code of each object, 0.5 GeV; 0 = none */
    uint16_t second[L1T_OBJECTS][L1T_BATCH];  /* next highest */
};

/*
 * Crossings first .. first + n - 1, n <= L1T_BATCH. Crossing e depends on (processes, seed, e)
 * only.
 */
void l1t_crossings_make(const struct l1t_processes *processes, uint64_t seed, uint64_t first,
                        size_t n, struct l1t_crossings *out);

/* Hardware code of a threshold: the lowest code at or above it. */
unsigned l1t_threshold_code(double threshold_gev);

#endif

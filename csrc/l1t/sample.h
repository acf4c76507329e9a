/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Samples: crossings with the objects that the global trigger sees, wherever they come from: an
 * event store (HDF5, docs/samples.md), test vectors, CSV, the emulators on generated events, or
 * the processes of a spectra file. All behind one interface: random access by number of the
 * crossing, so that threads, shards and ranks share a sample without knowing of each other, and
 * memory does not grow with its length.
 */
#ifndef L1T_SAMPLE_H
#define L1T_SAMPLE_H

#include "gt/l1t_gt_event.h"
#include "l1t/err.h"
#include "l1t/gt_menu.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum l1t_sample_kind {
    L1T_SAMPLE_STORE,    /* path: our HDF5 file */
    L1T_SAMPLE_VECTORS,  /* path: a test-vector file */
    L1T_SAMPLE_CSV,      /* path: a row an object, physical units */
    L1T_SAMPLE_SPECTRA,  /* path: spectra YAML, its physical processes */
    L1T_SAMPLE_EMULATION /* generated towers and muons through the emulators */
};

/* What to open. Strings belong to the caller. */
struct l1t_sample_spec {
    enum l1t_sample_kind kind;
    const char *path;
    const char *calorimeter, *muons;          /* EMULATION: YAML of the paths; muons NULL: none */
    double jets_mean, muons_mean;             /* EMULATION, a crossing; < 0: the generators' own */
    uint64_t events, seed;                    /* SPECTRA, EMULATION */
    uint64_t external[L1T_GT_EXTERNALS / 64]; /* on in every crossing, beside the sample's own */
    const struct l1t_gt_scales
        *scales; /* of the menu: CSV is quantised by them, a store must fit */
};

enum { L1T_SAMPLE_NAME = 64, L1T_SAMPLE_DIGEST = 65 };

struct l1t_sample_info {
    uint64_t n;     /* crossings */
    bool following; /* they follow each other, as in a test-vector file (a ring of them) */
    bool has_weight, has_pileup, has_section, has_crossing;
    /*
     * Weights are kept as whole numbers of weight_unit (a power of two; 1 for unweighted samples),
     * so that sums do not depend on their order: |weight| / weight_unit < 2^32.
     */
    double weight_unit;
    uint64_t n_negative, n_zero;    /* weights */
    char origin[L1T_SAMPLE_NAME];   /* "event store", "test vectors" ... */
    char digest[L1T_SAMPLE_DIGEST]; /* of what decides its contents: SHA-256, hexadecimal */
};

struct l1t_sample;
enum l1t_err l1t_sample_open(const struct l1t_sample_spec *spec, struct l1t_sample **sample,
                             struct l1t_diag *diag) L1T_MUST_USE;
void l1t_sample_close(struct l1t_sample *sample); /* accepts NULL */
const struct l1t_sample_info *l1t_sample_info(const struct l1t_sample *sample);

enum { L1T_SAMPLE_BLOCK = 4096, L1T_SAMPLE_PILEUP_MAX = 255 };

/* Crossings in a row. */
struct l1t_sample_block {
    uint64_t first; /* number of the first */
    size_t n;       /* at most L1T_SAMPLE_BLOCK */
    /*
     * [-L1T_GT_BX_REACH .. n - 1 + L1T_GT_BX_REACH]: with the neighbours of the first and the last.
     * Those that the sample has not are without objects.
     */
    struct l1t_gt_event *event;
    int64_t *weight;    /* [n], in weight_unit */
    uint8_t *pileup;    /* [n], mean interactions rounded; 0 when the sample does not say */
    uint32_t *section;  /* [n], luminosity section; 0 when it does not say */
    uint16_t *crossing; /* [n], of the orbit; number modulo L1T_GT_ORBIT when it does not say */
};

/* One a thread; calls with different readers may run at the same time. */
struct l1t_sample_reader;
enum l1t_err l1t_sample_reader_open(const struct l1t_sample *sample,
                                    struct l1t_sample_reader **reader,
                                    struct l1t_diag *diag) L1T_MUST_USE;
/* The block's memory is the reader's, until its next call. first + n <= info->n. */
enum l1t_err l1t_sample_read(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                             struct l1t_sample_block *block, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_sample_reader_close(struct l1t_sample_reader *reader); /* accepts NULL */

/* ---- another pile-up (csrc/sample/factors.c) ---- */

/* Factors on weights by pile-up, as whole numbers. */
struct l1t_sample_factors {
    bool on;
    unsigned shift; /* weights lose so many bits first, to the nearest */
    uint64_t factor[L1T_SAMPLE_PILEUP_MAX + 1];
    double unit; /* on the sample's unit of weights */
};
/* heaviest: the largest |weight| that they will meet, in units; products have 31 bits at most. */
void l1t_sample_factors_make(const double weight[L1T_SAMPLE_PILEUP_MAX + 1], int64_t heaviest,
                             struct l1t_sample_factors *factors);
/* The weight without the bits that it loses, before its factor. */
int64_t l1t_sample_coarse(const struct l1t_sample_factors *factors, int64_t weight);
/* From now on blocks have such weights, and info the new unit; before readers are opened, once. */
void l1t_sample_reweight(struct l1t_sample *sample, const struct l1t_sample_factors *factors);

/* ---- event store (csrc/sample/store_write.c) ---- */

struct l1t_store_writer;
/* What the columns hold; scales: the set in whose units the objects are. */
struct l1t_store_options {
    bool weight, pileup, section, crossing, following;
    const struct l1t_gt_scales *scales;
    const char *origin; /* one line for people: what it was made from */
};
/* Written beside path and renamed when complete. */
enum l1t_err l1t_store_create(const char *path, const struct l1t_store_options *options,
                              struct l1t_store_writer **writer, struct l1t_diag *diag) L1T_MUST_USE;
/* Blocks in order. */
enum l1t_err l1t_store_append(struct l1t_store_writer *writer, const struct l1t_sample_block *block,
                              double weight_unit, struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err l1t_store_commit(struct l1t_store_writer *writer, struct l1t_diag *diag) L1T_MUST_USE;
/* Always the last call: frees, and removes what is not committed. Accepts NULL. */
void l1t_store_abort(struct l1t_store_writer *writer);

#endif

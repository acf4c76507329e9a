/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A path as the co-simulation driver sees it: where events come from, what the
 * C model answers stage by stage, and how a lane is called by people. The
 * driver (csrc/cosim.c) knows stages and fields, never a particular path.
 *
 * Adding a path: models/<room>/l1t_X.c, rtl/<room>/l1t_X.sv, sim/l1t_X_dut.cpp,
 * csrc/paths/X.c with `const struct l1t_twin l1t_X_twin`, configs/paths/X.yaml,
 * tests. The lists below are made by the build from the file names.
 */
#ifndef L1T_TWIN_H
#define L1T_TWIN_H

#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct l1t_lut_note;         /* l1t/lut_set.h */
struct l1t_tower_gen_params; /* l1t/tower_gen.h */
struct l1t_word;             /* models/l1t_formats.h */

struct l1t_stage {
    const char *name;
    const char *record;   /* word of l1t_formats.def that one lane holds */
    unsigned rows, lanes; /* rows per event, lanes per row */
};

/* 32-bit words of one row of a stage, and of one event. */
size_t l1t_stage_row_words(const struct l1t_stage *stage);
size_t l1t_stage_event_words(const struct l1t_stage *stage);

/* Record of a lane in a row (records of up to 64 bits), of a stage or of a known width. */
uint64_t l1t_stage_record(const struct l1t_stage *stage, const uint32_t *row, unsigned lane);
uint64_t l1t_row_record(const uint32_t *row, unsigned bits, unsigned lane);

enum { L1T_TWIN_MAX_BINS = 64 };

struct l1t_twin {
    const char *name; /* "jet" */
    const char *summary;
    const struct l1t_stage *stages;
    size_t n_stages;
    size_t in_rows;  /* rows of one event as the hardware is fed */
    size_t in_words; /* 32-bit words of one event */

    /*
     * Read configs/paths/NAME.yaml (NULL: the built-in default) and the look-up tables it names, or
     * those in luts_dir when not NULL. *config is freed with config_free.
     */
    enum l1t_err (*config_load)(const char *yaml, const char *luts_dir, void **config,
                                struct l1t_diag *diag);
    void (*config_free)(void *config);

    /* Digest of everything that decides results (hex, 64 characters and a NUL). */
    void (*config_digest)(const void *config, char digest[65]);

    /* Optional: its look-up tables, *n of them, with source and digest. */
    const struct l1t_lut_note *(*config_luts)(const void *config, size_t *n);
    /* Optional: what the slots of these tables are parts of. */
    const void *(*config_model)(const void *config);

    /* Write the memory images the RTL loads into dir; the same tables the model uses. */
    enum l1t_err (*config_write_mem)(const void *config, const char *dir, struct l1t_diag *diag);
    const char *const *mem_files; /* their names, NULL-terminated; NULL for none */

    /* Optional: share of the generator's events that are hard on purpose, 0 to 1. */
    void (*config_corners)(void *config, double share);

    /* Optional: parameters of its tower generator (l1t/tower_gen.h), for those who change them. */
    struct l1t_tower_gen_params *(*config_towers)(void *config);

    /* Optional: static inputs of the RTL (struct l1t_dut_options settings; zero before). */
    void (*config_settings)(const void *config, uint32_t *settings);

    /* One event: all stages, in order, packed as the RTL's probes. */
    void (*model)(const void *config, const uint32_t *in, uint32_t *stages);

    /*
     * Where events come from. open: spec is a file name ("-" stdin) or "generator"; next: fills one
     * event, returns 1, 0 at the end, -1 on error (diag); the generator never ends. Event e of a
     * generator depends on (config, seed, e) only: skip(n) is exact and cheap.
     */
    enum l1t_err (*source_open)(const void *config, const char *spec, uint64_t seed, void **source,
                                struct l1t_diag *diag);
    int (*source_next)(void *source, uint32_t *in, uint64_t *event_id, struct l1t_diag *diag);
    enum l1t_err (*source_skip)(void *source, uint64_t n, struct l1t_diag *diag);
    void (*source_close)(void *source);
    /* Optional: what the file calls the event that source_next gave last; "" for nothing. */
    const char *(*source_name)(const void *source);

    /*
     * Optional: events in the path's text form, name for people. write_begin and write_end, when
     * there, put comment lines around them: what made them (seed NULL: none) and how many they are.
     */
    void (*write_begin)(FILE *out, const char *config_digest, const uint64_t *seed);
    enum l1t_err (*write_event)(FILE *out, const uint32_t *in, uint64_t event_id, const char *name,
                                struct l1t_diag *diag);
    void (*write_end)(FILE *out, uint64_t n);

    /* Optional: the model's answer to one event as text, in hardware or physical units. */
    void (*write_answer)(FILE *out, const void *config, const uint32_t *in, bool physical);

    /* Optional: the words that the next level reads, as a line of its test vectors. */
    void (*write_words)(FILE *out, const void *config, const uint32_t *in, uint64_t event_id);

    /* Optional: the path that its links go to, and the answer as that path's input words. */
    const char *links_to;
    void (*links)(const void *config, const uint32_t *in, uint32_t *next);
    /* Optional: refuses a configuration that would not understand the links of a path here. */
    enum l1t_err (*config_takes_links)(const void *config, struct l1t_diag *diag);

    /* "ieta +12, iphi 33-36": what a lane of a row of a stage is. */
    void (*place)(unsigned stage, unsigned row, unsigned lane, char *text, size_t size);

    /*
     * Optional functional coverage: add 1 to the bin of each situation that this event, seen by the
     * model, contains. Names are NULL-terminated, at most L1T_TWIN_MAX_BINS.
     */
    void (*cover)(const uint32_t *in, const uint32_t *stages, uint64_t *bins);
    const char *const *cover_names;
};

/* NULL-terminated, made by the build from csrc/paths/. */
extern const struct l1t_twin *const l1t_twin_list[];

/* 32-bit words of all stages of one event. */
size_t l1t_twin_stage_words(const struct l1t_twin *twin);

/* Every non-empty record of every stage, field by field, a line each. */
void l1t_twin_write_stages(FILE *out, const struct l1t_twin *twin, const uint32_t *stages);

const struct l1t_twin *l1t_twin_find(const char *name);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of l1t_rates_compute(): menus made ready, decided blocks from wherever they come
 * (samples, shard files), accounting in waves, results.
 */
#ifndef L1T_RATE_INTERNAL_H
#define L1T_RATE_INTERNAL_H

#include "l1t/gt_engine.h"
#include "l1t/provenance.h"
#include "l1t/rates.h"
#include "tally_plan.h"

enum { RATE_MENUS = 2 }; /* the menu, and the one it is compared to */

/* ---- rate_menu.c ---- */

struct rate_menu {
    struct l1t_gt_menu *menu; /* NULL: there is none */
    struct l1t_gt_code *code;
    struct l1t_tally_spec spec;
    struct l1t_tally_set set[L1T_TALLY_SETS];
    size_t n_groups; /* of the sets, the first */
    uint64_t (*open)[L1T_GT_WORDS];
    const char *objects[L1T_GT_ALGORITHMS]; /* by index */
    bool supported[L1T_GT_ALGORITHMS];
    bool neighbours;  /* some algorithm looks at other crossings */
    char decides[65]; /* digest of what decides the bits: expressions, cuts, scales */
    char all[65];     /* and of prescales, groups, masks */
};
enum l1t_err rate_menu_load(struct rate_menu *m, const char *path,
                            struct l1t_diag *diag) L1T_MUST_USE;
void rate_menu_free(struct rate_menu *m);

/* ---- decide.c: blocks of a sample, decided ---- */

/* A decided block with its memory, of each menu. */
struct rate_block {
    struct l1t_decided menu[RATE_MENUS];
    void *memory;
    int64_t heaviest; /* largest |weight| */
};
enum l1t_err rate_block_make(struct rate_block *block, size_t n_menus,
                             struct l1t_diag *diag) L1T_MUST_USE;
void rate_block_free(struct rate_block *block);

struct rate_sample {
    const char *name;
    bool signal;
    const struct l1t_study_sample *study;
    struct l1t_sample *sample; /* NULL when it comes from shards */
    struct l1t_sample_info info;
    uint64_t first, n; /* blocks, over all samples */
};

/* What a thread needs to decide. */
struct rate_decider {
    const struct l1t_sample *sample; /* of the reader */
    struct l1t_sample_reader *reader;
    struct l1t_gt_engine *engine[RATE_MENUS];
    uint64_t (*bits)[L1T_GT_WORDS];
};
enum l1t_err rate_decider_make(struct rate_decider *d, const struct rate_menu menu[RATE_MENUS],
                               struct l1t_diag *diag) L1T_MUST_USE;
void rate_decider_free(struct rate_decider *d);
/* Block `number` of a sample, counted from its first. */
enum l1t_err rate_decide(struct rate_decider *d, const struct rate_sample *sample, uint64_t number,
                         struct rate_block *block, struct l1t_diag *diag) L1T_MUST_USE;
/* The same without deciding: sums by pile-up and the heaviest crossing. */
enum l1t_err rate_decide_head(struct rate_decider *d, const struct rate_sample *sample,
                              uint64_t number, struct rate_block *block,
                              struct l1t_diag *diag) L1T_MUST_USE;

/* ---- where decided blocks come from ---- */

struct rate_source {
    size_t n_menus, n_samples, n_signals; /* signals are the last of the samples */
    struct rate_sample *sample;
    uint64_t n_blocks;
    unsigned threads;
    /* Block `number` of all, into block; thread < threads. */
    enum l1t_err (*get)(struct rate_source *source, unsigned thread, uint64_t number,
                        struct rate_block *block, struct l1t_diag *diag);
    /* Its sums by pile-up and its heaviest crossing alone. */
    enum l1t_err (*head)(struct rate_source *source, unsigned thread, uint64_t number,
                         struct rate_block *block, struct l1t_diag *diag);
    void (*close)(struct rate_source *source);
    void *context;
};
/* First block and number of blocks of each sample, of their infos. */
void rate_source_count(struct rate_source *source);
/* The sample of a block of all. */
const struct rate_sample *rate_source_sample(const struct rate_source *source, uint64_t number);

/* ---- comm.c, comm_mpi.c: processes that share the work ---- */

struct rate_verdict {
    int err;
    struct l1t_diag diag;
};
struct l1t_comm {
    int rank, size;
    struct rate_verdict *verdict; /* by rank: room for l1t_ranks_agree() */
    /* The same bytes of every rank, in order of ranks, to all. */
    void (*gather)(struct l1t_comm *comm, const void *mine, size_t size, void *all);
    /* Bytes of every rank but 0 to rank 0, one rank after the other. */
    void (*send)(struct l1t_comm *comm, const void *mine, size_t size);
    void (*receive)(struct l1t_comm *comm, int rank, void *theirs, size_t size);
};
int rate_rank(const struct l1t_comm *comm);
int rate_ranks(const struct l1t_comm *comm);
/* One rank alone copies. */
void rate_gather(struct l1t_comm *comm, const void *mine, size_t size, void *all);

/* ---- rate_difference.c ---- */

/* Algorithms of the same name in both menus. */
struct rate_match {
    size_t n;
    struct l1t_tally_match match[L1T_GT_ALGORITHMS];
};
void rate_match_menus(const struct rate_menu menu[RATE_MENUS], struct rate_match *match);

/* ---- rate_account.c: the waves ---- */

struct rate_accounts {
    struct l1t_tally **tally[RATE_MENUS]; /* by sample */
    struct rate_match match;
    struct l1t_tally_diff **diff; /* by sample; NULL without a second menu */
    uint64_t *fired;              /* by sample: crossings with a bit of the menu */
    double missing;               /* share of the pile-up target that samples miss, largest */
    bool *reweighted;             /* by sample */
};
struct rate_account_options {
    const struct l1t_rate_study *study;
    const struct rate_menu *menu;
    struct l1t_comm *comm;
    bool overlap;
    void (*progress)(void *user, const char *what, double done, double total);
    void *user;
};
enum l1t_err rate_account(struct rate_source *source, const struct rate_account_options *options,
                          struct rate_accounts *accounts, struct l1t_diag *diag) L1T_MUST_USE;
void rate_accounts_free(struct rate_accounts *accounts, const struct rate_source *source);

/* Factors that turn a sample's pile-up into the target's. */
enum l1t_err rate_find_factors(struct rate_source *source, const struct rate_sample *sample,
                               const struct rate_account_options *options,
                               struct l1t_sample_factors *factors, double *missing,
                               struct l1t_diag *diag) L1T_MUST_USE; /* rate_pileup.c */
void rate_apply_factors(const struct l1t_sample_factors *factors, struct l1t_decided *d);

/* ---- rate_results.c, rate_extrapolate.c ---- */

struct l1t_rates_work {
    struct rate_menu menu[RATE_MENUS];
    struct rate_source source;
    struct rate_accounts accounts;
};
/* rate_run.c: menus and what follows from them; samples; all the rest. */
enum l1t_err rate_open(struct l1t_rate_study *study, const struct l1t_rates_options *options,
                       struct l1t_rates *rates, struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err rate_open_samples(const struct l1t_rates_options *options, struct l1t_rates *rates,
                               struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err rate_finish(const struct l1t_rates_options *options, struct l1t_rates *rates,
                         struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err rate_config_digest(const struct l1t_rate_study *study,
                                const struct l1t_rates_work *work, char hex[65],
                                struct l1t_diag *diag) L1T_MUST_USE;

enum l1t_err rate_results(struct l1t_rates *rates, bool overlap,
                          struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err rate_extrapolate(struct l1t_rates *rates, unsigned threads,
                              struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err rate_difference(struct l1t_rates *rates, struct l1t_diag *diag) L1T_MUST_USE;
void rate_warn(struct l1t_rates *rates, const char *fmt, ...) L1T_PRINTF(2, 3);
void rate_warnings(struct l1t_rates *rates);

#endif

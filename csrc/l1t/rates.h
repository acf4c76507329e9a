/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a menu costs: the results of a study's `rates:`. l1t_rates_compute() reads the samples,
 * decides and accounts; commands and report pages print from struct l1t_rates.
 *
 * Several samples are added: rates and variances, each with its own normalisation.
 *
 * Source: docs/rates.md
 */
#ifndef L1T_RATES_H
#define L1T_RATES_H

#include "l1t/rate_study.h"
#include "l1t/tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { L1T_RATES_MODES = 2, L1T_RATES_TEXT = 300 }; /* enum l1t_tally_mode */

/* An algorithm of the menu, in the order of bits; rates after prescales are of the focus column. */
struct l1t_rates_algorithm {
    const struct l1t_gt_algorithm_def *def;
    bool supported;           /* else it never fires here */
    const char *objects;      /* "muon", "e/gamma", "tau", "jet", "sums", "cross", "other" */
    double prescale;          /* in the focus column; 0 off */
    uint64_t fired, accepted; /* crossings of all samples; accepted: exact */
    struct l1t_rate before;
    struct l1t_rate after[L1T_RATES_MODES];
    struct l1t_rate pure[L1T_RATES_MODES], proportional[L1T_RATES_MODES];
    struct l1t_pileup_fit fit; /* of `before`; degree 0: none */
};

/* A group of the menu, or a kind of objects: its OR in the focus column. */
struct l1t_rates_set {
    char name[64];
    bool objects;
    size_t n;                               /* algorithms in it */
    struct l1t_rate total[L1T_RATES_MODES]; /* its OR */
    struct l1t_rate pure[L1T_RATES_MODES];  /* no algorithm outside of it */
    double proportional_hz[L1T_RATES_MODES];
};

struct l1t_rates_column {
    const char *name;
    size_t n_on; /* algorithms with a prescale */
    struct l1t_rate total[L1T_RATES_MODES];
    struct l1t_rate *after[L1T_RATES_MODES]; /* by algorithm */
};

/* One scaling to another beam. */
struct l1t_rates_scaled {
    bool applies;
    double factor; /* of the total; NAN: a number is missing */
    char why[200]; /* it does not apply */
    struct l1t_rate total;
};
struct l1t_rates_beam {
    struct l1t_rate_beam beam;
    double pileup;
    struct l1t_rates_scaled scaled[L1T_SCALINGS];
    double *algorithm_hz[L1T_SCALINGS]; /* before prescales, by algorithm */
    bool *algorithm_applies[L1T_SCALINGS];
};

/* A sample, or a signal, as it was read. */
struct l1t_rates_sample {
    const char *name;
    bool signal;
    struct l1t_sample_info info;
    struct l1t_sum all;
    uint64_t fired;                             /* crossings with an algorithm bit */
    double scale_hz;                            /* of a weight of 1 */
    struct l1t_fraction total[L1T_RATES_MODES]; /* efficiency of the final OR */
    struct l1t_fraction *algorithm;             /* before prescales */
};

/*
 * Two menus on the same events: the other one minus the menu. The error is that of the crossings
 * on which they differ, for those that both take or leave cancel; NAN: they never differ.
 */
struct l1t_rates_delta {
    struct l1t_rate menu, other;
    double hz, err;
    uint64_t n_menu, n_other; /* crossings that only this one took; 0 in expected ones */
};
struct l1t_rates_pair {
    const char *name;
    const struct l1t_gt_algorithm_def *menu, *other;       /* NULL: only in the other one */
    bool changed;                                          /* its expression, prescale or masks */
    struct l1t_rates_delta before, after[L1T_RATES_MODES]; /* after: focus column */
};
struct l1t_rates_difference {
    const struct l1t_gt_menu *other; /* NULL: nothing to compare to */
    const char *column;              /* in focus of the other one */
    struct l1t_rates_delta total[L1T_RATES_MODES];
    size_t n;
    struct l1t_rates_pair *pair; /* the menu's algorithms, then those only in the other one */
    struct {
        double menu, other, delta, err;
    } signal[L1T_STUDY_SAMPLES]; /* efficiency of the final OR, expected */
};

struct l1t_rates {
    const struct l1t_rate_study *study;
    const struct l1t_gt_menu *menu;
    char config[65];   /* digest of all that decides the results */
    char command[200]; /* how to get them again */
    size_t n, focus;
    struct l1t_rates_algorithm *algorithm;
    size_t n_sets;
    struct l1t_rates_set *set; /* groups in the menu's order, then objects */
    size_t n_columns;
    struct l1t_rates_column *column;
    struct l1t_rate *overlap; /* [n][n], exact, focus column; NULL: not asked for */
    size_t n_samples;         /* of the rates, then of signals */
    struct l1t_rates_sample *sample;
    double missing_pileup; /* share of the target where a sample has no crossing */
    /* Rate against pile-up: sums of the first sample that knows it; NULL: none does. */
    const struct l1t_tally *curve;
    const char *curve_sample;
    double curve_hz;                 /* crossings a second that an efficiency of 1 means */
    struct l1t_pileup_fit total_fit; /* of the exact total in the focus column */
    size_t n_beams;
    struct l1t_rates_beam *beam;
    bool has_dead_time;
    struct l1t_deadtime dead_time; /* of the exact total */
    struct l1t_rates_difference difference;
    size_t n_warnings;
    char (*warning)[L1T_RATES_TEXT];
    struct l1t_rates_work *work; /* owns what the pointers above show */
};

/* Processes that share the work; rank 0 has the result. NULL: this one alone. */
struct l1t_comm;

struct l1t_rates_options {
    const char *menu, *column, *compare_to; /* instead of the study's; NULL: as it says */
    const char *sample;                     /* only this sample of the rates */
    const char *command;                    /* for the provenance; NULL: none */
    unsigned threads;
    bool overlap;
    struct l1t_comm *comm;
    /* Called while it takes time, or NULL. */
    void (*progress)(void *user, const char *what, double done, double total);
    void *user;
};

/*
 * Everything of `rates:`. rates is filled on rank 0; l1t_rates_free() in any case. L1T_E_INPUT:
 * menus or samples that cannot be used, with the place of the study that names them.
 */
enum l1t_err l1t_rates_compute(struct l1t_rate_study *study,
                               const struct l1t_rates_options *options, struct l1t_rates *rates,
                               struct l1t_diag *diag) L1T_MUST_USE;
void l1t_rates_free(struct l1t_rates *rates);

/* ---- shards: deciding here and now, accounting later ---- */

/*
 * Decide shard 1..shards of a study into a file. existed: a complete one of the same program and
 * configuration is there and was left alone; another shard file is written anew, any other file
 * refused.
 */
enum l1t_err l1t_rates_shard(struct l1t_rate_study *study, const struct l1t_rates_options *options,
                             unsigned shard, unsigned shards, const char *path, bool *existed,
                             struct l1t_diag *diag) L1T_MUST_USE;

/* Shard files that go together and are complete; L1T_E_INPUT says what is missing or wrong. */
struct l1t_parts;
enum l1t_err l1t_parts_open(char *const *paths, size_t n, struct l1t_parts **parts,
                            struct l1t_diag *diag) L1T_MUST_USE;
void l1t_parts_close(struct l1t_parts *parts); /* accepts NULL; after l1t_rates_free() */
/* What was asked for when they were made; menu and sample may be NULL. */
void l1t_parts_asked(const struct l1t_parts *parts, const char **study, const char **menu,
                     const char **sample);
/*
 * The results that l1t_rates_compute() would have. other: study or menu were chosen by the user, so
 * they may differ from those of the shards in all that does not decide.
 */
enum l1t_err l1t_rates_merge(struct l1t_rate_study *study, struct l1t_parts *parts, bool other,
                             const struct l1t_rates_options *options, struct l1t_rates *rates,
                             struct l1t_diag *diag) L1T_MUST_USE;

#endif

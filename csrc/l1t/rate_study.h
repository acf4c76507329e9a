/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sections of a study file that are about rates: `rates:`, `scans:`, `budget:`. docs/rates.md
 * and docs/budget.md explain every key.
 */
#ifndef L1T_RATE_STUDY_H
#define L1T_RATE_STUDY_H

#include "l1t/beam.h"
#include "l1t/deadtime.h"
#include "l1t/gt_menu.h"
#include "l1t/run.h"
#include "l1t/sample.h"
#include "l1t/scan.h"

#include <stdbool.h>
#include <stddef.h>

enum { L1T_STUDY_SAMPLES = 16, L1T_STUDY_SCANS = 32, L1T_STUDY_BEAMS = 8, L1T_STUDY_MOVES = 64 };

struct l1t_study_sample {
    const char *name;
    struct l1t_sample_spec spec; /* its paths are owned here */
    struct l1t_norm norm;        /* of background samples */
    double weight;               /* factor on its rate, or on its efficiency in the objective */
    const struct l1t_node *node; /* for messages */
    const struct l1t_node *externals; /* names, or NULL */
};

struct l1t_study_scan {
    const char *algorithm;          /* name in the menu */
    const char *leg[L1T_SCAN_AXES]; /* NULL: all legs of the first type */
    double from[L1T_SCAN_AXES], to[L1T_SCAN_AXES], step[L1T_SCAN_AXES]; /* GeV */
    size_t n_axes;
    const struct l1t_node *node;
};

/* Something that the budget solver may move. */
struct l1t_study_move {
    const char *algorithm;
    bool prescale;         /* else a threshold */
    const char *leg;       /* threshold: NULL: all legs of the first type */
    double from, to, step; /* GeV, or prescales (step 0: hundredths) */
    const struct l1t_node *node;
};

enum l1t_objective { L1T_OBJECTIVE_EFFICIENCY, L1T_OBJECTIVE_KEEP };

struct l1t_rate_study {
    struct l1t_study *study; /* the file */
    struct {
        bool on;
        char *menu, *compare_to; /* of the global trigger; compare_to NULL: none */
        const char *column;      /* in focus; NULL: the menu's first */
        struct l1t_rate_beam beam;
        size_t n_samples;
        struct l1t_study_sample sample[L1T_STUDY_SAMPLES]; /* background: they make the rates */
        bool has_target;
        struct l1t_pileup_target target;
        bool pileup_binned;             /* else reweighted */
        struct l1t_trigger_rules rules; /* n 0: no dead time */
        struct l1t_filling filling;
        long long orbits;
        size_t n_beams;
        struct l1t_rate_beam to[L1T_STUDY_BEAMS]; /* extrapolations */
        double exponential_k;
    } rates;
    size_t n_scans;
    struct l1t_study_scan scan[L1T_STUDY_SCANS];
    size_t n_signals;
    struct l1t_study_sample signal[L1T_STUDY_SAMPLES]; /* efficiencies */
    struct {
        bool on;
        double total_hz, margin_sigma;
        size_t n_groups;
        struct {
            const char *name;
            double hz;
            const struct l1t_node *node;
        } group[L1T_TALLY_SETS];
        size_t n_moves;
        struct l1t_study_move move[L1T_STUDY_MOVES];
        enum l1t_objective objective;
    } budget;
};

/* From the study file's tree; on error nothing is left to free. */
enum l1t_err l1t_rate_study_bind(struct l1t_rate_study *rate, struct l1t_study *study,
                                 struct l1t_diag *diag) L1T_MUST_USE;
void l1t_rate_study_free(struct l1t_rate_study *rate); /* not the study */

/* Is there a section `rates:`? */
enum l1t_err l1t_rate_study_check(const struct l1t_rate_study *rate,
                                  struct l1t_diag *diag) L1T_MUST_USE;
/* What samples and signals take from the menu: its scales, which must live as long, and external
 * signals by name. Before l1t_sample_open(). */
enum l1t_err l1t_rate_study_use_menu(struct l1t_rate_study *rate, const struct l1t_gt_menu *menu,
                                     struct l1t_diag *diag) L1T_MUST_USE;
/* The column in focus; 0 when the study names none. */
enum l1t_err l1t_rate_study_column(const struct l1t_rate_study *rate,
                                   const struct l1t_gt_menu *menu, size_t *column,
                                   struct l1t_diag *diag) L1T_MUST_USE;

#endif

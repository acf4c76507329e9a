/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The budget solver: thresholds and prescales that keep the rate of the final OR, and of groups,
 * within budgets. It works on crossings that were decided once: for each what fires that does not
 * move, and up to which threshold what moves still fires. Equal ones are kept once, with their
 * number and weights; a change of a threshold is then a look at a table.
 *
 * Rates are those of expected prescales: an algorithm with prescale PS keeps a crossing with
 * probability 1/PS.
 *
 * Source: docs/budget.md
 */
#ifndef L1T_BUDGET_H
#define L1T_BUDGET_H

#include "l1t/beam.h"
#include "l1t/gt_menu.h"
#include "l1t/rate_study.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    L1T_BUDGET_ITEMS = L1T_STUDY_MOVES,
    L1T_BUDGET_POINTS = 1024,                   /* of one threshold */
    L1T_BUDGET_LIMITS = 1 + L1T_TALLY_SETS,     /* the total first, then groups */
    L1T_BUDGET_SAMPLES = 2 * L1T_STUDY_SAMPLES, /* backgrounds, then signals */
    L1T_BUDGET_WORDS = 1 << 22                  /* different crossings kept, of all samples */
};

/* An algorithm of which something moves. */
struct l1t_budget_item {
    const char *name;
    uint16_t bit;
    size_t n_points;         /* thresholds to choose from, rising; 1: it does not move */
    const double *threshold; /* [n_points], GeV; caller's */
    double nominal;          /* GeV, the menu's */
    /* Prescales in hundredths; low == high: does not move. step 0: any. */
    uint32_t low, high, step, factor;
};

/* A choice for every item. */
struct l1t_budget_setting {
    uint16_t point[L1T_BUDGET_ITEMS];
    uint32_t factor[L1T_BUDGET_ITEMS];
};

struct l1t_budget_limit {
    const char *name; /* "total", or the group's */
    double hz;
    uint64_t bits[L1T_GT_WORDS]; /* the OR of these; the final OR's alone count */
};

/* A different crossing. */
struct l1t_budget_word {
    uint64_t fixed[L1T_GT_WORDS];     /* that which does not move; what cannot matter is left out */
    uint16_t level[L1T_BUDGET_ITEMS]; /* an item fires at its points below this one */
    uint64_t n;
    l1t_int128 w, w2; /* sums of weights and squares, in units of the sample */
};

struct l1t_budget_sample {
    const char *name;
    double scale;       /* background: Hz for a weight of 1 */
    double weight;      /* signal: of its efficiency in the objective */
    double unit;        /* of weights */
    struct l1t_sum all; /* every crossing */
    size_t n_words;
    struct l1t_budget_word *word; /* owned by the problem */
};

struct l1t_budget {
    size_t n_items, n_limits, n_samples, n_signals; /* samples: with the signals, which are last */
    struct l1t_budget_item item[L1T_BUDGET_ITEMS];
    struct l1t_budget_limit limit[L1T_BUDGET_LIMITS];
    struct l1t_budget_sample sample[L1T_BUDGET_SAMPLES];
    double margin; /* standard deviations that a rate must stay below its limit */
    enum l1t_objective objective;
    /* Of what is not off; always: keeps every crossing. */
    uint64_t finor[L1T_GT_WORDS], veto[L1T_GT_WORDS], always[L1T_GT_WORDS];
    double drop[L1T_GT_ALGORITHMS]; /* of what does not move, by bit: 1 - 1 / prescale */
};
void l1t_budget_free(struct l1t_budget *budget); /* the words */

/* ---- words ---- */

/*
 * A crossing's word: `open` is what fires and its mask lets through, without the items; level as
 * above. What cannot change a limit is left out, so that more words are alike. false: nothing is
 * left of it.
 */
bool l1t_budget_reduce(const struct l1t_budget *budget, const uint64_t open[L1T_GT_WORDS],
                       const uint16_t *level, struct l1t_budget_word *word);

/* Different words with their sums. */
struct l1t_budget_table;
enum l1t_err l1t_budget_table_open(size_t n_items, struct l1t_budget_table **table,
                                   struct l1t_diag *diag) L1T_MUST_USE;
void l1t_budget_table_close(struct l1t_budget_table *table); /* accepts NULL */
/* L1T_E_INPUT: more than L1T_BUDGET_WORDS different ones. */
enum l1t_err l1t_budget_table_add(struct l1t_budget_table *table,
                                  const struct l1t_budget_word *word,
                                  struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err l1t_budget_table_merge(struct l1t_budget_table *to,
                                    const struct l1t_budget_table *from,
                                    struct l1t_diag *diag) L1T_MUST_USE;
/* The words in an order that does not depend on that of adding; they become the sample's. */
void l1t_budget_table_take(struct l1t_budget_table *table, struct l1t_budget_sample *sample);

/* ---- rates ---- */

struct l1t_budget_rates {
    struct l1t_rate limit[L1T_BUDGET_LIMITS];
    struct l1t_fraction efficiency[L1T_STUDY_SAMPLES]; /* of the final OR, by signal */
    double objective; /* larger is better: weighted efficiency, or minus the distance */
    double distance;  /* from the menu as it is */
    bool feasible;
};
/* Products in the order of bits, sums in whole numbers: what l1t_tally gives, to the last bit. */
void l1t_budget_rates(const struct l1t_budget *budget, const struct l1t_budget_setting *setting,
                      struct l1t_budget_rates *rates);

/* The final OR of a limit in a sample, 0 .. n_samples - 1. */
struct l1t_sum l1t_budget_sum(const struct l1t_budget *budget,
                              const struct l1t_budget_setting *setting, size_t sample,
                              size_t limit);

/*
 * Distance from the menu: sum over thresholds of |threshold / nominal - 1| and over prescales of
 * |ln(prescale / nominal)|.
 */
double l1t_budget_distance(const struct l1t_budget *budget,
                           const struct l1t_budget_setting *setting);
/* The menu's own thresholds (the nearest points) and prescales (within their range). */
void l1t_budget_nominal(const struct l1t_budget *budget, struct l1t_budget_setting *setting);

/* ---- solving ---- */

struct l1t_budget_answer {
    struct l1t_budget_setting setting;
    struct l1t_budget_rates rates;
    bool exhaustive; /* all settings were tried: no better one exists */
    size_t tried;    /* settings looked at */
    /* Which limit would break if any item was loosened by a step; n_limits: none, all are loose. */
    size_t binding;
};
/* L1T_E_NOSOLUTION with the smallest rate that can be reached. search: never try all. */
enum l1t_err l1t_budget_solve(const struct l1t_budget *budget, bool search,
                              struct l1t_budget_answer *answer, struct l1t_diag *diag) L1T_MUST_USE;

#endif

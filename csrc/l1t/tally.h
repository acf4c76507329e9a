/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Accounting: from decided crossings to what every algorithm, group and column of prescales costs.
 * Everything that is summed is a whole number (counts, weights in units of a power of two and
 * their squares), so a tally does not depend on how crossings are cut into blocks, threads, shards
 * or ranks: the bytes are the same.
 *
 * exact:    the prescale counters of the hardware, in the order of the crossings
 * expected: what prescales do on average: an algorithm with prescale PS keeps a crossing with
 *           probability 1/PS, independently of the others
 *
 * Source: docs/rates.md, "Accounting"
 */
#ifndef L1T_TALLY_H
#define L1T_TALLY_H

#include "gt/l1t_gt_event.h"
#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 l1t_int128;

enum { L1T_TALLY_PILEUPS = 256, L1T_TALLY_COLUMNS = 32, L1T_TALLY_SETS = 64 };

/*
 * Crossings in a row, decided. Those without any algorithm bit are in the sums only. This is also
 * what a shard file holds.
 */
struct l1t_decided {
    uint64_t first; /* number of the first crossing */
    size_t n;       /* crossings, at most L1T_SAMPLE_BLOCK */
    /* All of them, by pile-up (0: not known): how many, sum of weight, of weight squared. */
    uint32_t count[L1T_TALLY_PILEUPS];
    int64_t weight[L1T_TALLY_PILEUPS];
    l1t_int128 weight2[L1T_TALLY_PILEUPS];
    /* Those with a bit, ascending. Arrays are the caller's. */
    size_t n_fired;
    uint16_t *offset;               /* from first */
    uint64_t (*bits)[L1T_GT_WORDS]; /* before masks and prescales; algorithm b: bit b % 64 of word b
                                       / 64 */
    int64_t *fired_weight;
    uint8_t *pileup;
    uint16_t *crossing; /* of the orbit */
};

/* A set of algorithms whose OR is of interest: a group, all with a muon in them ... */
struct l1t_tally_set {
    char name[64];
    uint64_t bits[L1T_GT_WORDS];
};

/* What to account for; copied. */
struct l1t_tally_spec {
    size_t n_algorithms;
    uint16_t bit[L1T_GT_ALGORITHMS]; /* of the menu's algorithms, ascending */
    uint64_t finor[L1T_GT_WORDS];    /* those that take part in the final OR */
    uint64_t veto[L1T_GT_WORDS];
    const uint64_t (
        *open)[L1T_GT_WORDS]; /* mask by crossing of the orbit, L1T_GT_ORBIT; NULL: all */
    size_t n_columns, focus;  /* focus: the column that overlaps and pile-up are kept for */
    uint32_t factor[L1T_TALLY_COLUMNS]
                   [L1T_GT_ALGORITHMS]; /* prescales in hundredths, by bit; 0 off */
    size_t n_sets;
    const struct l1t_tally_set *set;
    bool overlap;
};

/* A sum over crossings: their number (0 in expected sums), weights and squared weights. */
struct l1t_sum {
    uint64_t n;
    double w, w2; /* in weights, not in units */
};

struct l1t_tally;
/* weight_unit: of the sample (l1t_sample_info). */
enum l1t_err l1t_tally_open(const struct l1t_tally_spec *spec, double weight_unit,
                            struct l1t_tally **tally, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_tally_close(struct l1t_tally *tally); /* accepts NULL */

/*
 * What prescale counters will be asked by a block: by bit, crossings in which the algorithm fires
 * and its mask by crossing is open. Adds to requests.
 */
void l1t_tally_requests(const struct l1t_tally *tally, const struct l1t_decided *block,
                        uint64_t requests[L1T_GT_ALGORITHMS]);
/* Add a block; before: requests of all crossings before it. Blocks may come in any order. */
void l1t_tally_add(struct l1t_tally *tally, const struct l1t_decided *block,
                   const uint64_t before[L1T_GT_ALGORITHMS]);
/* Add another tally of the same specification. */
void l1t_tally_merge(struct l1t_tally *to, const struct l1t_tally *from);
/* Its memory, flat: what ranks send each other; l1t_tally_merge() takes a copy of it back. */
void *l1t_tally_bytes(struct l1t_tally *tally, size_t *size);

/* ---- reading it ---- */

enum l1t_tally_mode { L1T_TALLY_EXACT, L1T_TALLY_EXPECTED };

/* All crossings; N_eff = w^2 / w2. */
struct l1t_sum l1t_tally_all(const struct l1t_tally *tally);
/* Of algorithm i (index into spec.bit): before prescales. */
struct l1t_sum l1t_tally_before(const struct l1t_tally *tally, size_t i);
/* After prescales of a column; pure: no other algorithm of the final OR kept the crossing;
 * proportional: 1/k of crossings that k algorithms kept. Algorithms outside of the final OR have
 * pure and proportional sums of 0. */
struct l1t_sum l1t_tally_after(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                               size_t column, size_t i);
struct l1t_sum l1t_tally_pure(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                              size_t column, size_t i);
struct l1t_sum l1t_tally_proportional(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                                      size_t column, size_t i);
/* The final OR, and that of a set with its pure part (no algorithm outside the set). */
struct l1t_sum l1t_tally_total(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                               size_t column);
struct l1t_sum l1t_tally_set_or(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                                size_t column, size_t set);
struct l1t_sum l1t_tally_set_pure(const struct l1t_tally *tally, enum l1t_tally_mode mode,
                                  size_t column, size_t set);
/* Both i and j after the exact prescales of the focus column; i == j: l1t_tally_after(). */
struct l1t_sum l1t_tally_overlap(const struct l1t_tally *tally, size_t i, size_t j);
/* By pile-up 0..255: all crossings; algorithm i before prescales; exact total of the focus column.
 */
struct l1t_sum l1t_tally_pileup_all(const struct l1t_tally *tally, unsigned pileup);
struct l1t_sum l1t_tally_pileup_before(const struct l1t_tally *tally, size_t i, unsigned pileup);
struct l1t_sum l1t_tally_pileup_total(const struct l1t_tally *tally, unsigned pileup);

/* ---- two menus on the same crossings ---- */

/* Algorithms that are compared: index into the first and into the second specification's bits; each
 * at most once. */
struct l1t_tally_match {
    uint16_t a, b;
};

/*
 * A - B. What both keep does not count: the error of the difference of the sums is sqrt(w2), not
 * that of two independent samples.
 */
struct l1t_delta {
    struct l1t_sum a_only, b_only; /* exact, before: crossings of one and not the other */
    double w, w2; /* sum of w (x_A - x_B), of w^2 (x_A - x_B)^2; x is 0, 1 or expected */
};

struct l1t_tally_diff;
/* Of the focus column of each. */
enum l1t_err l1t_tally_diff_open(const struct l1t_tally_spec *a, const struct l1t_tally_spec *b,
                                 const struct l1t_tally_match *match, size_t n_matches,
                                 double weight_unit, struct l1t_tally_diff **diff,
                                 struct l1t_diag *diag) L1T_MUST_USE;
void l1t_tally_diff_close(struct l1t_tally_diff *diff); /* accepts NULL */
/* The same crossings decided by both; before: as for l1t_tally_add(), each menu's own. */
void l1t_tally_diff_add(struct l1t_tally_diff *diff, const struct l1t_decided *a,
                        const uint64_t before_a[L1T_GT_ALGORITHMS], const struct l1t_decided *b,
                        const uint64_t before_b[L1T_GT_ALGORITHMS]);
void l1t_tally_diff_merge(struct l1t_tally_diff *to, const struct l1t_tally_diff *from);
void *l1t_tally_diff_bytes(struct l1t_tally_diff *diff, size_t *size);

struct l1t_delta l1t_tally_diff_total(const struct l1t_tally_diff *diff, enum l1t_tally_mode mode);
/* Of match k; a_only and b_only are 0 in expected ones. */
struct l1t_delta l1t_tally_diff_before(const struct l1t_tally_diff *diff, size_t k);
struct l1t_delta l1t_tally_diff_after(const struct l1t_tally_diff *diff, enum l1t_tally_mode mode,
                                      size_t k);

#endif

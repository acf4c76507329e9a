/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Poisson bootstrap of the accounting with expected prescales, for what has no formula: differences
 * of pure rates, ratios, anything made of several sums. A replica counts every crossing as often as
 * a Poisson number of mean 1 says. Crossings that decided the same with the same weight are one
 * entry, and a sum of n such numbers is a Poisson number of mean n: the cost follows the distinct
 * decisions, not the crossings.
 *
 * Numbers are keyed by (seed, number of the entry's first crossing, replica): the same bytes for
 * any order of blocks, merges and threads.
 *
 * Source: docs/rates.md, "Accounting"
 */
#ifndef L1T_TALLY_BOOTSTRAP_H
#define L1T_TALLY_BOOTSTRAP_H

#include "l1t/tally.h"

/* 128 bytes of memory each, in tables that are half full. */
enum { L1T_WORDS_MOST = 4 * 1024 * 1024, L1T_REPLICAS_MOST = 100000 };

struct l1t_words;
/*
 * A multiset of what reaches the prescalers. most: distinct decisions, 1 .. L1T_WORDS_MOST; beyond
 * it adding and merging refuse (L1T_E_INPUT), and the set is of no more use.
 */
enum l1t_err l1t_words_open(const struct l1t_tally_spec *spec, double weight_unit, size_t most,
                            struct l1t_words **words, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_words_close(struct l1t_words *words); /* accepts NULL */
enum l1t_err l1t_words_add(struct l1t_words *words, const struct l1t_decided *block,
                           struct l1t_diag *diag) L1T_MUST_USE;
/* Of the same specification and sample. */
enum l1t_err l1t_words_merge(struct l1t_words *to, const struct l1t_words *from,
                             struct l1t_diag *diag) L1T_MUST_USE;
size_t l1t_words_count(const struct l1t_words *words);

enum l1t_statistic_kind { L1T_STATISTIC_TOTAL, L1T_STATISTIC_PURE, L1T_STATISTIC_PROPORTIONAL };
/* A sum of the accounting, expected mode. */
struct l1t_statistic {
    enum l1t_statistic_kind kind;
    size_t column, algorithm; /* index into spec.bit; TOTAL has none */
};

/*
 * value[n]: the sums themselves, as l1t_tally_* read them. replica[replicas][n], row by row: theirs
 * of every replica; what is made of them (differences, ratios) is made replica by replica. Seeds of
 * samples that are added up must differ. L1T_E_INPUT: no such column or algorithm, too many
 * replicas.
 */
enum l1t_err l1t_words_resample(const struct l1t_words *words,
                                const struct l1t_statistic *statistic, size_t n, size_t replicas,
                                uint64_t seed, unsigned threads, double *value, double *replica,
                                struct l1t_diag *diag) L1T_MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random decided crossings and specifications, and the same accounting in plain loops: the final
 * decision of models/gt step by step for every column, probabilities by adding algorithms one by
 * one. Sums in doubles.
 */
#ifndef TALLY_RANDOM_H
#define TALLY_RANDOM_H

#include "l1t/tally.h"

#include <stdbool.h>

enum { TALLY_RANDOM_ALGORITHMS = 64, TALLY_RANDOM_SETS = 3, TALLY_RANDOM_COLUMNS = 4 };

struct tally_random_spec {
    struct l1t_tally_spec spec;
    struct l1t_tally_set set[TALLY_RANDOM_SETS];
    uint64_t open[L1T_GT_ORBIT][L1T_GT_WORDS];
};
/* dense: hundreds of algorithms, else at most TALLY_RANDOM_ALGORITHMS. */
void tally_random_spec(uint64_t seed, bool dense, struct tally_random_spec *random);

enum tally_weights { TALLY_UNWEIGHTED, TALLY_WEIGHTED };

/*
 * A block of n crossings from `first`, which are the same however they are cut into blocks; free
 * with tally_random_block_free(). fired: mean number.
 */
struct l1t_decided *tally_random_block(uint64_t seed, uint64_t first, size_t n, double fired,
                                       enum tally_weights weights);
void tally_random_block_free(struct l1t_decided *block);

/* What the accounting must say; weights in units. */
struct tally_plain {
    size_t n, n_columns, n_sets;
    struct l1t_sum all, pileup_all[L1T_TALLY_PILEUPS], pileup_total[L1T_TALLY_PILEUPS];
    struct l1t_sum before[L1T_GT_ALGORITHMS];
    struct l1t_sum pileup_before[L1T_GT_ALGORITHMS][L1T_TALLY_PILEUPS];
    struct {
        struct l1t_sum total, set_or[TALLY_RANDOM_SETS], set_pure[TALLY_RANDOM_SETS];
        struct l1t_sum after[L1T_GT_ALGORITHMS], pure[L1T_GT_ALGORITHMS];
        struct l1t_sum proportional[L1T_GT_ALGORITHMS];
    } mode[2][TALLY_RANDOM_COLUMNS];
    struct l1t_sum overlap[L1T_GT_ALGORITHMS][L1T_GT_ALGORITHMS];
};
/* Blocks in order, from the start of a run. */
void tally_plain(const struct l1t_tally_spec *spec, const struct l1t_decided *const *block,
                 size_t n_blocks, struct tally_plain *plain);

/* Probability that the final OR keeps a word in a column. */
double tally_plain_total(const struct l1t_tally_spec *spec, size_t column, const uint64_t *open);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A compiled menu on the crossings of a test-vector file, and the comparison of what comes out with
 * what the file says.
 */
#ifndef L1T_GT_RUN_H
#define L1T_GT_RUN_H

#include "l1t/gt_menu.h"
#include "l1t/gt_vectors.h"

enum l1t_gt_engine_kind { L1T_GT_BATCH_ENGINE, L1T_GT_REFERENCE };

struct l1t_gt_run_options {
    enum l1t_gt_engine_kind engine;
    unsigned threads;
    bool independent; /* the lines are no orbit (l1t_gt_vectors_around) */
};

/* All algorithm bits of all crossings; the interpreter uses one thread. */
enum l1t_err l1t_gt_run(const struct l1t_gt_code *code, const struct l1t_gt_vectors *vectors,
                        const struct l1t_gt_run_options *options, uint64_t (*bits)[L1T_GT_WORDS],
                        struct l1t_diag *diag) L1T_MUST_USE;

/* What a comparison found. */
struct l1t_gt_agreement {
    size_t algorithms;  /* of the menu */
    size_t compared;    /* of them */
    size_t unsupported; /* cannot be evaluated: not compared */
    size_t
        neighbours; /* look at objects of other crossings, which the file has not: not compared */
    size_t crossings;
    uint64_t bits;           /* algorithms compared times crossings */
    uint64_t bits_differing; /* with bits that no algorithm of the menu has */
    uint64_t finor_differing;
    size_t first; /* first crossing with a difference; crossings when there is none */
    uint64_t fired[L1T_GT_ALGORITHMS], differing[L1T_GT_ALGORITHMS]; /* by bit; ours */
    uint64_t compared_mask[L1T_GT_WORDS];
};

/*
 * Compare the bits of each crossing with those of the file, and their OR with its final OR; bits
 * that are not compared count for the OR as the file has them.
 */
void l1t_gt_compare(const struct l1t_gt_code *code, const struct l1t_gt_vectors *vectors,
                    const struct l1t_gt_run_options *options, const uint64_t (*bits)[L1T_GT_WORDS],
                    struct l1t_gt_agreement *agreement);

/* Of one crossing: which compared bits differ. */
void l1t_gt_differences(const struct l1t_gt_agreement *agreement, const uint64_t ours[L1T_GT_WORDS],
                        const uint64_t theirs[L1T_GT_WORDS], uint64_t differ[L1T_GT_WORDS]);

/* The OR of our bits where they are compared, of theirs where not. */
bool l1t_gt_final_or(const struct l1t_gt_agreement *agreement, const uint64_t ours[L1T_GT_WORDS],
                     const uint64_t theirs[L1T_GT_WORDS]);

#endif

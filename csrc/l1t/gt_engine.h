/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The batch engine of the global trigger on many crossings and threads: a plan made once from a
 * compiled menu, then batches of 512 crossings (models/gt/l1t_gt_batch.h). Results are the same
 * bytes for any number of threads.
 */
#ifndef L1T_GT_ENGINE_H
#define L1T_GT_ENGINE_H

#include "gt/l1t_gt_batch.h"
#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The plan of a compiled menu; the code must live as long. L1T_E_INPUT: a condition that the
 * grammar cannot express (cuts between objects of a combination of three or more).
 */
enum l1t_err l1t_gt_plan_make(const struct l1t_gt_code *code, struct l1t_gt_plan **plan,
                              struct l1t_diag *diag) L1T_MUST_USE;
void l1t_gt_plan_free(struct l1t_gt_plan *plan); /* accepts NULL */

struct l1t_gt_engine;

/* threads: 1 .. 256, else clipped. */
enum l1t_err l1t_gt_engine_open(const struct l1t_gt_code *code, unsigned threads,
                                struct l1t_gt_engine **engine, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_gt_engine_close(struct l1t_gt_engine *engine); /* accepts NULL */

/* What to decide: words or events, the other one NULL. */
struct l1t_gt_crossings {
    const struct l1t_gt_words *words;
    const struct l1t_gt_event *events;
    size_t n;
    /*
     * Crossings that follow each other in a ring: the neighbour of the last is the first (3564: a
     * vector file; n need not be a multiple, the last ring is then shorter). 0: open ends, nothing
     * before the first and after the last.
     */
    size_t orbit;
    /* They do not follow each other: neighbours have no objects, and the same externals. */
    bool independent;
};

/* Results; those that are NULL are not wanted. All are overwritten. */
struct l1t_gt_decisions {
    uint64_t *count;                /* [L1T_GT_ALGORITHMS]: crossings that fired, by bit */
    uint64_t (*bits)[L1T_GT_WORDS]; /* [n]: by crossing, bit b in word b / 64 */
    /*
     * [L1T_GT_ALGORITHMS][mask_words]: by bit, crossing e in word e / 64; mask_words must be a
     * multiple of 8 and at least n / 64.
     */
    uint64_t *mask;
    size_t mask_words;
};

void l1t_gt_engine_run(struct l1t_gt_engine *engine, const struct l1t_gt_crossings *crossings,
                       const struct l1t_gt_decisions *decisions);

#endif

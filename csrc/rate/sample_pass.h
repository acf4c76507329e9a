/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All blocks of a sample on several threads, decided by batch engines of one or several compiled
 * menus. What is made of a block must not depend on the thread that does it.
 */
#ifndef L1T_SAMPLE_PASS_H
#define L1T_SAMPLE_PASS_H

#include "l1t/gt_menu.h"
#include "l1t/sample.h"

/* A block with its decisions. */
struct l1t_pass_block {
    const struct l1t_sample_block *block;
    const uint64_t (*const *bits)[L1T_GT_WORDS]; /* by code, by crossing */
    bool following;
    struct l1t_gt_event *lone; /* the thread's own: neighbours of crossings that do not follow */
};

/* The five crossings around crossing i of a block; valid until the next call. */
struct l1t_gt_around l1t_pass_around(const struct l1t_pass_block *b, size_t i);

struct l1t_pass {
    const struct l1t_sample *sample;
    const struct l1t_gt_code *const *code;
    size_t n_codes;
    unsigned threads;
    /* Called on thread `shard`, 0 .. threads - 1. An error ends the pass. */
    enum l1t_err (*take)(void *user, unsigned shard, const struct l1t_pass_block *block,
                         struct l1t_diag *diag);
    void *user;
};

/* The error reported is that of the first shard that has one. */
enum l1t_err l1t_pass_run(const struct l1t_pass *pass, struct l1t_diag *diag) L1T_MUST_USE;

#endif

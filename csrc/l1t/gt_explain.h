/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why an algorithm decides as it does on one crossing, in physical and in hardware units: the whole
 * decision tree, or the one line that matters. Every part is asked of the interpreter itself, with
 * one cut at a time.
 */
#ifndef L1T_GT_EXPLAIN_H
#define L1T_GT_EXPLAIN_H

#include "l1t/gt_menu.h"

#include <stdio.h>

/* What is explained: an algorithm of a menu, its compiled form, a crossing. */
struct l1t_gt_question {
    const struct l1t_gt_menu *menu;
    const struct l1t_gt_code *code;
    const struct l1t_gt_algorithm_def *algorithm;
    const struct l1t_gt_around *around;
};

/* Write the decision tree; *fires is the decision. */
enum l1t_err l1t_gt_explain(FILE *out, const struct l1t_gt_question *question, bool *fires,
                            struct l1t_diag *diag) L1T_MUST_USE;

/* What decided, in one line: conditions, and of each the leg, cut or objects. Returns text. */
const char *l1t_gt_why(const struct l1t_gt_question *question, char *text, size_t size);

/* "MU 2: pt 22 GeV (45), eta 0.5 (46), phi 1.23 (113), quality 12"; returns text. */
const char *l1t_gt_object_words(const struct l1t_gt_menu *menu, enum l1t_gt_type type,
                                const struct l1t_gt_object *object, unsigned place, char *text,
                                size_t size);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random compiled menus and random crossings of the global trigger, by number: every kind of
 * condition and cut, limits that lie exactly on values that occur, edge codes, ties, empty lists.
 */
#ifndef GT_RANDOM_H
#define GT_RANDOM_H

#include "gt/l1t_gt.h"

#include <stdint.h>

enum { GT_RANDOM_CONDITIONS = 9, GT_RANDOM_EXPRESSIONS = 3, GT_RANDOM_LEGS = 128 };

struct gt_random_menu {
    struct l1t_gt_leg leg[GT_RANDOM_LEGS];
    struct l1t_gt_condition condition[GT_RANDOM_CONDITIONS];
    struct l1t_gt_node node[128];
    /* One a condition, then expressions. */
    struct l1t_gt_algorithm algorithm[GT_RANDOM_CONDITIONS + GT_RANDOM_EXPRESSIONS];
    struct l1t_gt_code code;
};

void gt_random_menu(uint64_t seed, uint64_t number, struct gt_random_menu *menu);

/* n crossings that share a density, a spread of codes and an order of objects. */
void gt_random_crossings(uint64_t seed, uint64_t number, size_t n, struct l1t_gt_words *words);

/* The tables of the CMS precisions, in plain loops by their formulas. */
const struct l1t_gt_tables *gt_plain_tables(void);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of the compiler. */
#ifndef L1T_GT_COMPILE_H
#define L1T_GT_COMPILE_H

#include "gt_internal.h"

/*
 * Decimal digits of the correlation arithmetic of a class of pairs, from the menu's PRECISION
 * scales. No more than the CMS menus have: widths of tables and products rest on it.
 */
struct l1t_gt_digits {
    unsigned delta, mass, mass_pt, math, tbpt, tbpt_math, inv, overlap;
};

/* Distinct items of one size, in order of their first use. */
struct l1t_gt_pool {
    size_t size, n, room;
    unsigned char *item;
    size_t n_slots;
    uint32_t *slot; /* hash table: number of an item + 1; 0 empty */
};

/* Index of an item equal byte for byte, added when there is none; false: no memory. */
bool l1t_gt_pool_add(struct l1t_gt_pool *pool, const void *item, size_t *index);

struct l1t_gt_compiler {
    const struct l1t_gt_menu *menu;
    struct l1t_gt_scales cms; /* for quantities that the menu has no scale of */
    struct l1t_gt_digits digits[L1T_GT_PAIRS];
    enum l1t_gt_overlap overlap;
    struct l1t_gt_pool leg, condition;
    struct l1t_gt_node *node;
    size_t n_nodes, n_objects;
    struct l1t_diag *diag;
    /* where we are, for messages */
    const struct l1t_gt_algorithm_def *algorithm;
    const struct l1t_gt_expr *expr;
};

/* Message about the condition at hand; returns L1T_E_INPUT. */
#define L1T_GT_REFUSE(c, ...)                                                                      \
    l1t_gt_fail((c)->menu, (c)->algorithm, (c)->expr->place, (c)->diag, __VA_ARGS__)

/* gt_leg.c: an object with its cuts. */
enum l1t_err l1t_gt_make_leg(struct l1t_gt_compiler *c, const struct l1t_gt_object_def *object,
                             struct l1t_gt_leg *leg);
bool l1t_gt_has_eta(unsigned type);
bool l1t_gt_has_phi(unsigned type);

/* gt_condition.c: a condition; adds its legs. */
enum l1t_err l1t_gt_make_condition(struct l1t_gt_compiler *c, struct l1t_gt_condition *condition);

/* gt_limits.c: limits of a cut between objects, as integers. */
enum l1t_gt_pair l1t_gt_pair_of(unsigned type1, unsigned type2);
enum l1t_err l1t_gt_make_limits(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                                const struct l1t_gt_digits *digits, struct l1t_gt_cuts *cuts);

/* gt_tables.c */
enum l1t_err l1t_gt_make_digits(struct l1t_gt_compiler *c);
enum l1t_err l1t_gt_check_steps(struct l1t_gt_compiler *c);
bool l1t_gt_make_tables(const struct l1t_gt_digits digits[L1T_GT_PAIRS],
                        struct l1t_gt_tables *tables); /* false: no memory */
void l1t_gt_free_tables(struct l1t_gt_tables *tables);

#endif

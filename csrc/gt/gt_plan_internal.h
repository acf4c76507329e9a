/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files that make a plan. */
#ifndef L1T_GT_PLAN_INTERNAL_H
#define L1T_GT_PLAN_INTERNAL_H

#include "l1t/gt_engine.h"

/* An array that grows. */
struct gt_array {
    void *data;
    size_t n, room, size; /* of an element: bytes */
};

/* Parts come in any order until all are known. */
struct gt_part {
    struct l1t_gt_plan_part part;
    uint32_t group;
};

/* Overlaps of the objects of two lists; the lists are those of its group. */
struct gt_overlap_table {
    struct l1t_gt_cuts cuts;
};

struct gt_planner {
    struct l1t_gt_plan plan; /* first: what the caller gets is this */
    const struct l1t_gt_code *code;
    /* Legs of the code, then those that cuts on charges need. */
    struct gt_array leg_def; /* struct l1t_gt_leg */
    struct gt_array leg_mask, list, window, class_, program, leg, step, group, part, member, cut,
        condition;                      /* part: struct gt_part */
    struct gt_array table, table_group; /* struct gt_overlap_table, uint32_t */
    struct gt_array ordered_part, ordered_member, bound;
    struct gt_array member_of; /* uint32_t: group of each member; members come in any order */
    int16_t *log_pt[L1T_GT_TYPES];
    bool out_of_memory;
    /* What a failed append returns, so that planning may go on to its end. */
    union {
        struct gt_overlap_table table;
        struct l1t_gt_leg leg;
        struct l1t_gt_plan_condition condition;
        struct l1t_gt_plan_group group;
    } spill;
};

/* A new zeroed element at the end. */
void *gt_append(struct gt_planner *p, struct gt_array *array);

/* Element i of an array of type. */
#define GT_AT(type, array, i) (&((type *)(array).data)[i])

/* A column will be needed. */
void gt_want(struct gt_planner *p, unsigned type, unsigned field);

/* Windows, classes and legs of all lists, from leg_def. */
void gt_plan_lists(struct gt_planner *p);

/* The leg of valid objects of one sign; sign 0 positive, 1 negative. */
uint16_t gt_sign_leg(struct gt_planner *p, unsigned type, int bx, unsigned sign);

/* A group of two legs' lists: shared one when possible, else one of its own. */
uint32_t gt_shared_group(struct gt_planner *p, const struct l1t_gt_leg *a,
                         const struct l1t_gt_leg *b, unsigned pair);
uint32_t gt_own_group(struct gt_planner *p, const struct l1t_gt_leg *a, const struct l1t_gt_leg *b,
                      unsigned pair);

/* The bounds of the ordered parts of a group, and those parts as windows of ranks. */
void gt_plan_bounds(struct gt_planner *p, struct l1t_gt_plan_group *group);

/* What rules out invariant masses of a group from their logarithms, when its parts are ordered. */
void gt_plan_logs(struct gt_planner *p, struct l1t_gt_plan_group *group);

/* The cuts as parts of a group, their numbers appended to p->cut; returns how many. */
uint32_t gt_plan_cuts(struct gt_planner *p, uint32_t group, const struct l1t_gt_cuts *cuts);

/* Where conditions that cost something are asked at all, when all are planned. */
void gt_plan_needs(struct gt_planner *p);

/* All conditions. */
enum l1t_err gt_plan_conditions(struct gt_planner *p, struct l1t_diag *diag);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An algorithm written as legs, on its way to an expression: gt_yaml_leg.c reads the legs,
 * gt_yaml_legs.c makes conditions of them. */
#ifndef L1T_GT_YAML_LEGS_H
#define L1T_GT_YAML_LEGS_H

#include "gt_yaml_parts.h"

enum { L1T_GT_CROSS_MAX = 24, L1T_GT_PARTS_MAX = 24, L1T_GT_PART = 600, L1T_GT_LISTS = 4 };

/* Objects by the names of legs; the first L1T_GT_LISTS come in lists, of others there is one. */
struct l1t_gt_leg_object {
    const char *name, *code;
    bool energy; /* threshold in GeV; else a plain number */
};
extern const struct l1t_gt_leg_object l1t_gt_leg_objects[];

struct l1t_gt_one_leg {
    int object;
    int bx;
    long long times;
    char text[L1T_GT_PART]; /* "MU22[MU-QLTY_SNGL]" */
};

// Everything a leg becomes: conditions to be ANDed.
struct l1t_gt_legs {
    const struct l1t_gt_reader *r;
    struct l1t_gt_algorithm_def *algorithm;
    size_t n_legs;
    struct l1t_gt_one_leg leg[L1T_GT_LEGS];
    char names[L1T_GT_LEGS][40];
    const char *name[L1T_GT_LEGS];
    size_t n_cross;
    struct l1t_gt_cross cross[L1T_GT_CROSS_MAX];
    const struct l1t_node *cross_node[L1T_GT_CROSS_MAX];
    bool used[L1T_GT_CROSS_MAX];
    size_t n_parts;
    char part[L1T_GT_PARTS_MAX][4 * L1T_GT_PART];
    unsigned part_legs[L1T_GT_PARTS_MAX]; /* bit i: leg i is in it */
};

/* Append to a text of size bytes; one that is full stays so, and is noticed at its end. */
void l1t_gt_legs_append(char *text, size_t size, const char *more);

/* Give a cut a name that says what it is, and add it to the algorithm; *name as it has it there. */
enum l1t_err l1t_gt_legs_cut(const struct l1t_gt_legs *b, const char *object,
                             struct l1t_gt_cut_def *cut, const char **name);

/* All legs. */
enum l1t_err l1t_gt_legs_read(struct l1t_gt_legs *b, const struct l1t_node *legs);

#endif

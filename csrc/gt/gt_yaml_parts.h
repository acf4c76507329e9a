/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of the YAML menu: gt_yaml.c reads the file, gt_yaml_cuts.c named cuts, gt_yaml_legs.c
 * algorithms written as legs, gt_yaml_cross.c the cuts between legs, gt_yaml_scales.c scales.
 */
#ifndef L1T_GT_YAML_PARTS_H
#define L1T_GT_YAML_PARTS_H

#include "l1t/gt_menu.h"
#include "l1t/yaml.h"

#include <stdbool.h>
#include <stddef.h>

/* What a kind of cut looks like when it is written down. */
enum l1t_gt_cut_shape {
    L1T_GT_SHAPE_WINDOW,  /* low and high limit */
    L1T_GT_SHAPE_MINIMUM, /* low limit only */
    L1T_GT_SHAPE_CODES,   /* list of allowed codes */
    L1T_GT_SHAPE_WORD
};

struct l1t_gt_cut_kind {
    const char *name;    /* "ETA" */
    const char *objects; /* "MU EG TAU JET"; "" for cuts between objects */
    enum l1t_gt_cut_shape shape;
    double least, most;       /* limits when only the other one is given */
    unsigned codes;           /* CODES: how many there are */
    const char *const *words; /* WORD: those allowed, NULL-terminated; NULL: any */
};

extern const struct l1t_gt_cut_kind l1t_gt_cut_kinds[L1T_GT_C_TYPES];

struct l1t_gt_reader {
    const struct l1t_yaml *yaml;
    struct l1t_gt_menu *menu;
    const struct l1t_node *cuts; /* the menu's, or NULL */
    struct l1t_diag *diag;
};

/* Where a node stands; offset: characters into its text. */
struct l1t_gt_place l1t_gt_yaml_place(const struct l1t_node *node, size_t offset);

/* Where the key of a value stands. */
struct l1t_gt_place l1t_gt_yaml_key_place(const struct l1t_node *node);

/* Fail at a character of a scalar: "file:line:col: path: message". */
enum l1t_err l1t_gt_yaml_fail_at(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                 size_t offset, const char *fmt, ...) L1T_PRINTF(4, 5);

enum l1t_err l1t_gt_yaml_no_memory(const struct l1t_gt_reader *r);

/* "MU" and ETA of "MU-ETA_2p1", "" and DR of "DR_MAX_1p4". False: the name does not say. */
bool l1t_gt_cut_name_says(const char *name, char object[24], enum l1t_gt_cut_type *type);

/* Does the whole name define the cut, whose type is set? *data: its data. */
bool l1t_gt_cut_by_name(const char *name, struct l1t_gt_cut_def *cut, const char **data);

/* Does the object (or, for "", a pair) have cuts of this kind? */
bool l1t_gt_cut_is_of(enum l1t_gt_cut_type type, const char *object);

/*
 * The value of a cut, in any of its forms, into a definition whose name, object and type are set.
 * On failure cut->data may be set; the caller frees it.
 */
enum l1t_err l1t_gt_yaml_cut_value(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                   struct l1t_gt_cut_def *cut);

/*
 * The cut of this name for an algorithm: from its own `cuts` (or NULL), the menu's, or the names
 * known by default; *found false when there is none. The caller frees with l1t_gt_cut_clear.
 */
enum l1t_err l1t_gt_yaml_find_cut(const struct l1t_gt_reader *r, const struct l1t_node *own,
                                  const char *name, struct l1t_gt_cut_def *cut, bool *found);
void l1t_gt_cut_clear(struct l1t_gt_cut_def *cut);

/* A map of named cuts: every one is read, so that a fault in one that nobody uses is found. */
enum l1t_err l1t_gt_yaml_check_cuts(const struct l1t_gt_reader *r, const struct l1t_node *map);

/* Add a cut to an algorithm, which takes its strings; an equal one of the same name is shared.
 * Another one of the same name gets a number: *name is the name to write. */
enum l1t_err l1t_gt_yaml_add_cut(const struct l1t_gt_reader *r,
                                 struct l1t_gt_algorithm_def *algorithm, struct l1t_gt_cut_def *cut,
                                 const char **name);

/* The cuts that an expression names, from own, the menu or by default, into the algorithm. */
enum l1t_err l1t_gt_yaml_collect_cuts(const struct l1t_gt_reader *r, const struct l1t_node *own,
                                      const struct l1t_node *expression,
                                      struct l1t_gt_algorithm_def *algorithm);

/* Legs and cross cuts: cuts into the algorithm, *text the expression; caller frees it. */
enum l1t_err l1t_gt_yaml_legs(const struct l1t_gt_reader *r, const struct l1t_node *legs,
                              const struct l1t_node *cross, struct l1t_gt_algorithm_def *algorithm,
                              char **text);

/* Cuts between legs, one line each. */
enum l1t_gt_cross_kind { L1T_GT_CROSS_LIMIT, L1T_GT_CROSS_SIGN, L1T_GT_CROSS_OVERLAP };
struct l1t_gt_cross {
    enum l1t_gt_cross_kind kind;
    enum l1t_gt_cut_type type; /* LIMIT; OVERLAP: ORM..; SIGN: CHGCOR */
    bool transverse;           /* LIMIT of a MASS */
    bool opposite;             /* SIGN */
    size_t n_legs, leg[12];    /* OVERLAP: the reference */
    double minimum, maximum;
};
enum l1t_err l1t_gt_yaml_cross(const struct l1t_gt_reader *r, const struct l1t_node *line,
                               const char *const *leg_names, size_t n_legs,
                               struct l1t_gt_cross *cross);

/* scales: a file's name or a map; node NULL: the CMS scale set. */
enum l1t_err l1t_gt_yaml_scales(const struct l1t_gt_reader *r, const struct l1t_node *node);

#endif

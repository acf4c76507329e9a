/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A menu of the global trigger in words: what an algorithm asks for, in physical units and as the
 * compiled integers. */
#ifndef L1T_GT_TEXT_H
#define L1T_GT_TEXT_H

#include "l1t/gt_menu.h"

#include <stddef.h>

/* "|eta| <= 2.1", "mass 7..18 GeV", "opposite sign"; returns to. */
const char *l1t_gt_cut_text(const struct l1t_gt_cut_def *cut, char *to, size_t size);

/* "MU >= 22 GeV, |eta| <= 2.1, quality 12-15"; returns to. */
const char *l1t_gt_object_text(const struct l1t_gt_algorithm_def *algorithm,
                               const struct l1t_gt_object_def *object, char *to, size_t size);

/* "MU et >= 45, eta -193..193, quality 0xf000"; returns to. */
const char *l1t_gt_leg_text(const struct l1t_gt_leg *leg, char *to, size_t size);

/* "deltaR^2 0..1961000, opposite sign", the reference's cuts too; returns to. */
const char *l1t_gt_cuts_text(const struct l1t_gt_condition *condition, char *to, size_t size);

/* A limit or threshold of a menu that lies inside a bin, not on its edge. */
struct l1t_gt_note {
    struct l1t_gt_place place;
    char what[160];            /* "MU-ETA_2p1", or an algorithm and its object */
    double value;              /* as written */
    int code;                  /* of the bin */
    double low, high, acts_as; /* the bin, and the edge that decides */
};

/*
 * All of them, each cut once; *notes is the caller's to free. A limit beyond its scale is no note:
 * compiling refuses it.
 */
enum l1t_err l1t_gt_notes(const struct l1t_gt_menu *menu, struct l1t_gt_note **notes, size_t *n,
                          struct l1t_diag *diag) L1T_MUST_USE;

/* The conditions of an algorithm from left to right; at most max of them, returns how many. */
size_t l1t_gt_leaves(const struct l1t_gt_expr *expr, const struct l1t_gt_expr **leaf, size_t max);

#endif

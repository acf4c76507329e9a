/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Menus of a few expressions, for tests: CMS scales, some external signals, cuts by a table. */
#ifndef GT_BUILD_H
#define GT_BUILD_H

#include "l1t/gt_menu.h"

struct gt_cut {
    const char *name, *object, *type;
    double minimum, maximum;
    const char *data;
};

/* One of each kind; BAD-... are wrong in themselves. Ends with a NULL name. */
extern const struct gt_cut gt_build_cuts[];

/* An empty menu "f.xml" with the externals BPTX_plus_AND_minus.v0 (channel 9), ZeroBias (70). */
struct l1t_gt_menu *gt_build_menu(void);

/*
 * Append an algorithm L1_<bit> at line 3, column 5, with a copy of all cuts (a table that ends with
 * a NULL name), and parse it. Exits when memory runs out.
 */
enum l1t_err gt_build_add(struct l1t_gt_menu *menu, unsigned bit, const char *expression,
                          const struct gt_cut *cuts, struct l1t_diag *diag);

/* A menu of one algorithm, bit 0, compiled; the menu is freed. */
enum l1t_err gt_build_code(const char *expression, const struct gt_cut *cuts,
                           struct l1t_gt_code **code, struct l1t_diag *diag);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Menus of the global trigger written as YAML (docs/menu.md); reading is in gt_menu.h. */
#ifndef L1T_GT_YAML_H
#define L1T_GT_YAML_H

#include "l1t/gt_menu.h"

#include <stdio.h>

/*
 * Write a menu as YAML that loads as the same menu: every limit with as many digits as its double
 * needs, all cuts, scales (unless they are the CMS scale set), externals. Errors of out are left to
 * its closing.
 */
enum l1t_err l1t_gt_menu_write_yaml(const struct l1t_gt_menu *menu, FILE *out,
                                    struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Put run settings of the CMS global trigger into a menu: the tables prescales, finorMask, vetoMask
 * and algorithmBxMask of an XML file, those it has.
 */
enum l1t_err l1t_gt_settings_apply(const char *path, struct l1t_gt_menu *menu,
                                   struct l1t_diag *diag) L1T_MUST_USE;

/* Scales alone, as a file that a menu can name. */
void l1t_gt_scales_write_yaml(const struct l1t_gt_scales *scales, FILE *out);

#endif

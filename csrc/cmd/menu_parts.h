/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of `l1twin menu`. */
#ifndef L1T_CMD_MENU_PARTS_H
#define L1T_CMD_MENU_PARTS_H

#include "cmd/physics.h"
#include "l1t/gt_menu.h"

#include <stdbool.h>
#include <stddef.h>

struct l1t_menu_arguments {
    struct l1t_physics p;
    const char *group, *object; /* of list and show; NULL: all */
    const char *menu;           /* --menu of import --settings, or NULL */
    const char *only;           /* --only of rtl, or NULL */
    bool importing;             /* --format is of files then */
    bool settings;              /* --format settings of import */
    const char *out;            /* -o, or NULL */
    char **file;
    int n_files;
};

/* Each returns L1T_OK or fails with a->p.diag. */
enum l1t_err l1t_menu_cmd_check(struct l1t_menu_arguments *a, int *code) L1T_MUST_USE;
enum l1t_err l1t_menu_cmd_show(struct l1t_menu_arguments *a) L1T_MUST_USE;
enum l1t_err l1t_menu_cmd_diff(struct l1t_menu_arguments *a, int *code) L1T_MUST_USE;
enum l1t_err l1t_menu_cmd_list(struct l1t_menu_arguments *a) L1T_MUST_USE;
enum l1t_err l1t_menu_cmd_import(struct l1t_menu_arguments *a) L1T_MUST_USE;
enum l1t_err l1t_menu_cmd_rtl(struct l1t_menu_arguments *a) L1T_MUST_USE;

/* A menu of either kind; what it says is in the digest of results then. */
enum l1t_err l1t_menu_cmd_load(struct l1t_menu_arguments *a, const char *path,
                               struct l1t_gt_menu **menu) L1T_MUST_USE;

/* The same, and compiled. */
enum l1t_err l1t_menu_cmd_compile(struct l1t_menu_arguments *a, const char *path,
                                  struct l1t_gt_menu **menu,
                                  struct l1t_gt_code **code) L1T_MUST_USE;

/* Is this algorithm one of --group and --object? */
bool l1t_menu_cmd_wanted(const struct l1t_menu_arguments *a,
                         const struct l1t_gt_algorithm_def *algorithm);

/* Prescales as text: "1", or "1, 1, 2" by column. */
const char *l1t_menu_cmd_prescale(const struct l1t_gt_menu *menu,
                                  const struct l1t_gt_algorithm_def *algorithm, char *to,
                                  size_t size);

/* Has code this algorithm, and is it evaluated? */
bool l1t_menu_cmd_supported(const struct l1t_gt_code *code, unsigned bit);

#endif

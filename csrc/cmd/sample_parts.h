/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of `l1twin sample`. */
#ifndef L1T_CMD_SAMPLE_PARTS_H
#define L1T_CMD_SAMPLE_PARTS_H

#include "cmd/physics.h"
#include "l1t/sample.h"

enum { L1T_CMD_EXTERNALS = 32 };

struct l1t_sample_arguments {
    struct l1t_physics p;
    struct l1t_sample_spec spec; /* kind, paths, numbers */
    int sources;                 /* options that name one */
    const char *menu;            /* NULL: the default one */
    const char *out;
    const char *pileup; /* target to draw from; NULL: none */
    const char *external[L1T_CMD_EXTERNALS];
    size_t n_externals;
    char **file; /* stores to join, or the one to show */
    int n_files;
};

/* Each returns L1T_OK or fails with a->p.diag. */
enum l1t_err l1t_sample_cmd_make(struct l1t_sample_arguments *a) L1T_MUST_USE;
enum l1t_err l1t_sample_cmd_show(struct l1t_sample_arguments *a) L1T_MUST_USE;

#endif

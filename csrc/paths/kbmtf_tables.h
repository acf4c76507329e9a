/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table files of the barrel track finder. */
#ifndef L1T_KBMTF_TABLES_H
#define L1T_KBMTF_TABLES_H

#include "l1t/kbmtf_config.h"

#include <stddef.h>

/* All tables but the seeds' from files of a folder. On failure setup is partly filled. */
enum l1t_err l1t_kbmtf_read_tables(const char *dir, struct l1t_kbmtf_setup *setup,
                                   struct l1t_diag *diag) L1T_MUST_USE;

/* One table: n numbers of text, the first n_first from 0 - low to high, the others from 0 to high;
 * name stands for the path. text[size] must be NUL. */
struct l1t_kbmtf_shape {
    unsigned n, n_first;
    int low, high;
};
enum l1t_err l1t_kbmtf_parse_table(const char *name, const char *text, size_t size,
                                   const struct l1t_kbmtf_shape *shape, int *value,
                                   struct l1t_diag *diag) L1T_MUST_USE;

/* The same for single-precision numbers from -limit to limit. */
enum l1t_err l1t_kbmtf_parse_floats(const char *name, const char *text, size_t size, unsigned n,
                                    double limit, float *value, struct l1t_diag *diag) L1T_MUST_USE;

#endif

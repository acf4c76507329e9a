/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-up tables as results name them: which, from where, with which digest. */
#ifndef L1T_CMD_LUTS_H
#define L1T_CMD_LUTS_H

#include "l1t/lut_set.h"
#include "l1t/table.h"
#include "l1t/twin.h"

/* A row a table; NULL when out of memory. */
struct l1t_table *l1t_luts_table(const struct l1t_lut_note *notes, size_t n);

/* The same of a path's configuration as comment lines "# table NAME DIGEST SOURCE"; nothing for a
 * path without tables. */
void l1t_luts_comment(FILE *out, const struct l1t_twin *twin, const void *config);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a CSV sample, an object in physical units, to the object in hardware units. */
#ifndef L1T_SAMPLE_CSV_ROWS_H
#define L1T_SAMPLE_CSV_ROWS_H

#include "gt/l1t_gt_event.h"
#include "l1t/gt_menu.h"
#include "l1t/io.h"

/* Columns, in any order in the file; the first two must be there. */
enum l1t_csv_column {
    L1T_CSV_CROSSING,
    L1T_CSV_TYPE,
    L1T_CSV_PT, /* first of those that say something of the object */
    L1T_CSV_ETA,
    L1T_CSV_PHI,
    L1T_CSV_UPT,
    L1T_CSV_INDEX,
    L1T_CSV_QUALITY,
    L1T_CSV_ISO,
    L1T_CSV_IP,
    L1T_CSV_CHARGE,
    L1T_CSV_DISPLACED,
    L1T_CSV_WEIGHT, /* first of those that say something of the crossing */
    L1T_CSV_PILEUP,
    L1T_CSV_SECTION,
    L1T_CSV_BUNCH,
    L1T_CSV_COLUMNS
};
extern const char *const l1t_csv_names[L1T_CSV_COLUMNS];

/* Which field of a line is which column; -1: the file has not got it. */
struct l1t_csv_layout {
    int at[L1T_CSV_COLUMNS];
    size_t n;
};

/* The heading's. -1 with a message when it is none. */
int l1t_csv_heading(const struct l1t_lines *lines, char *line, struct l1t_csv_layout *layout,
                    struct l1t_diag *diag);

struct l1t_csv_object {
    uint8_t type; /* enum l1t_gt_type, or L1T_GT_TYPES: none, the crossing has no object */
    struct l1t_gt_object object;
};

/* 1, or -1 with "file:line: ...". Fields as l1t_csv_split() makes them. */
int l1t_csv_object(const struct l1t_lines *lines, const struct l1t_csv_layout *layout,
                   const struct l1t_gt_scales *scales, char *const *field,
                   struct l1t_csv_object *object, struct l1t_diag *diag);

/* The field of a column; "" when there is none. */
const char *l1t_csv_field(const struct l1t_csv_layout *layout, char *const *field,
                          enum l1t_csv_column column);

#endif

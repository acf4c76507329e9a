/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results as a table of typed columns, printed for people (aligned, units in the
 * heading) or machines (TSV, CSV, JSON), always with its provenance: as '#' lines in
 * TSV and CSV, as an object in JSON, as a last line in a table.
 */
#ifndef L1T_TABLE_H
#define L1T_TABLE_H

#include "l1t/err.h"
#include "l1t/provenance.h"

#include <stdio.h>

enum l1t_format {
    L1T_FORMAT_AUTO,
    L1T_FORMAT_TABLE,
    L1T_FORMAT_TSV,
    L1T_FORMAT_CSV,
    L1T_FORMAT_JSON
};

enum l1t_cell { L1T_CELL_TEXT, L1T_CELL_INT, L1T_CELL_REAL };

struct l1t_column {
    const char *name; /* machine name: "rate", becomes "rate_kHz" with its unit in TSV and CSV */
    const char *unit; /* "" when dimensionless */
    enum l1t_cell cell;
    int digits; /* L1T_CELL_REAL: significant digits for people; machines get 17 */
};

struct l1t_table;
/* columns are copied. NULL when out of memory. */
struct l1t_table *l1t_table_new(const char *title, const struct l1t_column *columns, size_t n);
void l1t_table_free(struct l1t_table *table);

/* Append cells in column order; NAN prints as "-" for people, empty in TSV/CSV, null in JSON. */
void l1t_table_text(struct l1t_table *table, const char *text);
void l1t_table_int(struct l1t_table *table, long long value);
void l1t_table_real(struct l1t_table *table, double value);

/* Print one or several tables as one document. AUTO: TABLE on a terminal, else TSV. */
enum l1t_err l1t_table_print(FILE *out, enum l1t_format format, struct l1t_table *const *tables,
                             size_t n, const struct l1t_provenance *provenance,
                             struct l1t_diag *diag) L1T_MUST_USE;

/* Progress on stderr, only when it is a terminal and the work has lasted over 2 s. */
struct l1t_progress {
    const char *what;
    double total, started, shown;
    int active;
};
void l1t_progress_start(struct l1t_progress *progress, const char *what, double total);
void l1t_progress_at(struct l1t_progress *progress, double done);
void l1t_progress_end(struct l1t_progress *progress);

#endif

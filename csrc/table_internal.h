/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What table.c keeps and table_print.c, table_json.c read. */
#ifndef L1T_TABLE_INTERNAL_H
#define L1T_TABLE_INTERNAL_H

#include "l1t/table.h"

#include <stdbool.h>
#include <stddef.h>

struct l1t_value {
    enum l1t_cell cell;
    long long integer;
    double real;
    char *text; /* owned */
};

struct l1t_heading { /* struct l1t_column with its own text */
    char *name, *unit;
    enum l1t_cell cell;
    int digits;
};

struct l1t_table {
    char *title;
    struct l1t_heading *columns;
    size_t n_columns;
    struct l1t_value *values; /* row by row; a short last row is filled with nothing */
    size_t n, room;
    bool failed; /* out of memory on the way: told when printed */
};

size_t l1t_table_rows(const struct l1t_table *table);
/* NULL past the end of a short row. */
const struct l1t_value *l1t_table_value(const struct l1t_table *table, size_t row, size_t column);

enum { L1T_REAL_TEXT = 40 };
/* The shortest decimal that reads back as value; "" for NaN, "inf", "-inf". */
void l1t_real_exact(double value, char text[L1T_REAL_TEXT]);
/* value to a number of significant digits, without an exponent where that is readable. */
void l1t_real_short(double value, int digits, char text[L1T_REAL_TEXT]);

enum l1t_err l1t_table_json(FILE *out, struct l1t_table *const *tables, size_t n,
                            const struct l1t_provenance *provenance, struct l1t_diag *diag);
void l1t_table_people(FILE *out, const struct l1t_table *table);
void l1t_table_fields(FILE *out, const struct l1t_table *table, bool csv);

#endif

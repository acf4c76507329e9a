/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of comma-separated lines, read strictly. No quotes: the tables read here have none. */
#ifndef L1T_CSV_H
#define L1T_CSV_H

#include <stdbool.h>
#include <stddef.h>

/* Cut a line at its commas, in place; blanks around fields are dropped. Returns how many fields
 * there are, also when they are more than max. */
size_t l1t_csv_split(char *line, char **field, size_t max);

/* A finite decimal number and nothing else ("nan", "inf", "0x1" are none). */
bool l1t_csv_number(const char *text, double *value);

#endif

// SPDX-License-Identifier: GPL-3.0-or-later
// Tables in memory, and the choice of how they are printed.
#define _XOPEN_SOURCE 700 // fileno beside isatty
#include "table_internal.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *copy_text(const char *text)
{
    const size_t n = strlen(text) + 1;
    char *copy = malloc(n);
    return copy == NULL ? NULL : memcpy(copy, text, n);
}

struct l1t_table *l1t_table_new(const char *title, const struct l1t_column *columns, size_t n)
{
    struct l1t_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return NULL;
    table->title = copy_text(title);
    table->columns = calloc(n + 1, sizeof *table->columns);
    table->failed = table->title == NULL || table->columns == NULL;
    for (size_t i = 0; i < n && !table->failed; i++) {
        char *name = copy_text(columns[i].name);
        char *unit = copy_text(columns[i].unit != NULL ? columns[i].unit : "");
        table->columns[i] = (struct l1t_heading){name, unit, columns[i].cell, columns[i].digits};
        table->n_columns++;
        table->failed = name == NULL || unit == NULL;
    }
    if (table->failed) {
        l1t_table_free(table);
        return NULL;
    }
    return table;
}

void l1t_table_free(struct l1t_table *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->n_columns; i++) {
        free(table->columns[i].name);
        free(table->columns[i].unit);
    }
    for (size_t i = 0; i < table->n; i++)
        free(table->values[i].text);
    free(table->columns);
    free(table->values);
    free(table->title);
    free(table);
}

static void append(struct l1t_table *table, struct l1t_value value)
{
    if (table->n == table->room && !table->failed) {
        const size_t room = table->room == 0 ? 64 : 2 * table->room;
        struct l1t_value *more = realloc(table->values, room * sizeof *more);
        table->failed = more == NULL;
        if (more != NULL) {
            table->values = more;
            table->room = room;
        }
    }
    if (table->failed)
        free(value.text);
    else
        table->values[table->n++] = value;
}

void l1t_table_text(struct l1t_table *table, const char *text)
{
    char *copy = copy_text(text);
    table->failed = table->failed || copy == NULL;
    append(table, (struct l1t_value){L1T_CELL_TEXT, 0, 0, copy});
}

void l1t_table_int(struct l1t_table *table, long long value)
{
    append(table, (struct l1t_value){L1T_CELL_INT, value, 0, NULL});
}

void l1t_table_real(struct l1t_table *table, double value)
{
    append(table, (struct l1t_value){L1T_CELL_REAL, 0, value, NULL});
}

size_t l1t_table_rows(const struct l1t_table *table)
{
    return table->n_columns == 0 ? 0 : (table->n + table->n_columns - 1) / table->n_columns;
}

const struct l1t_value *l1t_table_value(const struct l1t_table *table, size_t row, size_t column)
{
    const size_t i = row * table->n_columns + column;
    return i < table->n ? &table->values[i] : NULL;
}

// ---- numbers ----

void l1t_real_exact(double value, char text[L1T_REAL_TEXT])
{
    text[0] = '\0';
    if (isnan(value))
        return;
    // %.15g drops trailing zeros, so it is the shortest whenever it reads back.
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, L1T_REAL_TEXT, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

// "2.00e+34" as people write it: 2.00e34
static void trim_exponent(char *text)
{
    char *e = strchr(text, 'e');
    if (e == NULL)
        return;
    const char *from = e + 1;
    char *to = e + 1;
    if (*from == '-')
        *to++ = '-';
    from += *from == '-' || *from == '+';
    while (*from == '0' && from[1] != '\0')
        from++;
    memmove(to, from, strlen(from) + 1);
}

void l1t_real_short(double value, int digits, char text[L1T_REAL_TEXT])
{
    digits = digits < 1 ? 6 : digits > 17 ? 17 : digits;
    if (!isfinite(value)) {
        (void)snprintf(text, L1T_REAL_TEXT, "%s", isnan(value) ? "-" : value > 0 ? "inf" : "-inf");
        return;
    }
    // Its exponent after rounding: 9.996 to three digits is 10.0.
    (void)snprintf(text, L1T_REAL_TEXT, "%.*e", digits - 1, value);
    const char *e = strchr(text, 'e');
    const int power = value == 0 || e == NULL ? 0 : (int)strtol(e + 1, NULL, 10);
    if (power >= -4 && power <= 6) {
        const int decimals = digits - 1 - power;
        (void)snprintf(text, L1T_REAL_TEXT, "%.*f", decimals > 0 ? decimals : 0, value);
    } else {
        trim_exponent(text);
    }
}

// ---- printing ----

static enum l1t_format choose(FILE *out, enum l1t_format format)
{
    if (format != L1T_FORMAT_AUTO)
        return format;
    return isatty(fileno(out)) ? L1T_FORMAT_TABLE : L1T_FORMAT_TSV;
}

static void print_comments(FILE *out, const struct l1t_provenance *p)
{
    fprintf(out, "# l1twin %s\n", p->version != NULL ? p->version : "");
    if (p->command[0] != '\0')
        fprintf(out, "# command: %s\n", p->command);
    if (p->config[0] != '\0')
        fprintf(out, "# configuration: sha256 %s\n", p->config);
    if (!p->no_seed)
        fprintf(out, "# seed: %llu\n", (unsigned long long)p->seed);
}

static void print_last_line(FILE *out, const struct l1t_provenance *p)
{
    fprintf(out, "\nl1twin %s", p->version != NULL ? p->version : "");
    if (p->config[0] != '\0')
        fprintf(out, ", configuration %.12s", p->config);
    if (!p->no_seed)
        fprintf(out, ", seed %llu", (unsigned long long)p->seed);
    putc('\n', out);
}

enum l1t_err l1t_table_print(FILE *out, enum l1t_format format, struct l1t_table *const *tables,
                             size_t n, const struct l1t_provenance *provenance,
                             struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    format = choose(out, format);
    for (size_t i = 0; i < n; i++)
        if (tables[i]->failed)
            return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", tables[i]->title);
    if (format == L1T_FORMAT_JSON)
        err = l1t_table_json(out, tables, n, provenance, diag);
    else if (format != L1T_FORMAT_TABLE && provenance != NULL)
        print_comments(out, provenance);
    for (size_t i = 0; i < n && format != L1T_FORMAT_JSON; i++) {
        fputs(i > 0 ? "\n" : "", out);
        if (format == L1T_FORMAT_TABLE)
            l1t_table_people(out, tables[i]);
        else
            l1t_table_fields(out, tables[i], format == L1T_FORMAT_CSV);
    }
    if (format == L1T_FORMAT_TABLE && provenance != NULL)
        print_last_line(out, provenance);
    if (err != L1T_OK)
        return err;
    errno = 0;
    if (fflush(out) != 0 || ferror(out))
        return l1t_fail(diag, L1T_E_IO, "%s: %s", out == stdout ? "standard output" : "output",
                        errno != 0 ? strerror(errno) : "writing failed");
    return L1T_OK;
}

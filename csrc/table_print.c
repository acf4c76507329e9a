// SPDX-License-Identifier: GPL-3.0-or-later
// Tables for people (aligned, at most 100 columns) and as TSV or CSV.
#include "table_internal.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_WIDTH = 100, NARROWEST_TEXT = 8, MAX_WIDTHS = 64 };

// Characters, not bytes: "η" is one column wide.
static size_t width_of(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

// text in width columns, cut with "..." if longer; line breaks and tabs would break the frame.
static void put(FILE *out, const char *text, size_t width, bool right)
{
    const size_t n = width_of(text);
    const size_t shown = n > width ? width - 3 : n;
    if (right)
        fprintf(out, "%*s", (int)(width - (n > width ? width : n)), "");
    size_t seen = 0;
    for (const char *c = text; *c != '\0'; c++) {
        seen += ((unsigned char)*c & 0xc0) != 0x80;
        if (seen > shown)
            break;
        putc((unsigned char)*c < 0x20 ? ' ' : *c, out);
    }
    if (n > width)
        fputs("...", out);
    else if (!right)
        fprintf(out, "%*s", (int)(width - n), "");
}

static const char *show(const struct l1t_value *value, int digits, char number[L1T_REAL_TEXT])
{
    if (value == NULL)
        return "";
    if (value->cell == L1T_CELL_TEXT)
        return value->text;
    if (value->cell == L1T_CELL_INT)
        (void)snprintf(number, L1T_REAL_TEXT, "%lld", value->integer);
    else
        l1t_real_short(value->real, digits, number);
    return number;
}

static bool has_units(const struct l1t_table *table)
{
    for (size_t i = 0; i < table->n_columns; i++)
        if (*table->columns[i].unit != '\0')
            return true;
    return false;
}

// Widths that the contents want; then the widest text columns give way until the page holds.
static void find_widths(const struct l1t_table *table, size_t *widths)
{
    char number[L1T_REAL_TEXT];
    size_t total = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        const size_t name = width_of(table->columns[i].name);
        const size_t unit = width_of(table->columns[i].unit);
        widths[i] = name > unit ? name : unit;
        for (size_t row = 0; row < l1t_table_rows(table); row++) {
            const struct l1t_value *value = l1t_table_value(table, row, i);
            const size_t n = width_of(show(value, table->columns[i].digits, number));
            widths[i] = n > widths[i] ? n : widths[i];
        }
        total += widths[i] + (i > 0 ? 2 : 0);
    }
    while (total > PAGE_WIDTH) {
        size_t widest = SIZE_MAX;
        for (size_t i = 0; i < table->n_columns; i++)
            if (table->columns[i].cell == L1T_CELL_TEXT && widths[i] > NARROWEST_TEXT &&
                (widest == SIZE_MAX || widths[i] > widths[widest]))
                widest = i;
        if (widest == SIZE_MAX)
            return;
        widths[widest]--;
        total--;
    }
}

// One line of the heading: names or units. It ends with its last word, not with blanks.
static void put_heading(FILE *out, const struct l1t_table *table, const size_t *widths, bool unit)
{
    size_t n = table->n_columns;
    while (unit && n > 0 && *table->columns[n - 1].unit == '\0')
        n--;
    for (size_t i = 0; i < n; i++) {
        const struct l1t_heading *column = &table->columns[i];
        const char *text = unit ? column->unit : column->name;
        const bool right = column->cell != L1T_CELL_TEXT;
        fputs(i > 0 ? "  " : "", out);
        if (i + 1 == n && !right)
            fputs(text, out);
        else
            put(out, text, widths[i], right);
    }
    putc('\n', out);
}

void l1t_table_people(FILE *out, const struct l1t_table *table)
{
    size_t *widths = calloc(table->n_columns + 1, sizeof *widths);
    char number[L1T_REAL_TEXT];
    if (widths == NULL)
        return;
    find_widths(table, widths);
    if (*table->title != '\0')
        fprintf(out, "%s\n", table->title);
    put_heading(out, table, widths, false);
    if (has_units(table))
        put_heading(out, table, widths, true);
    for (size_t i = 0; i < table->n_columns; i++) {
        fputs(i > 0 ? "  " : "", out);
        for (size_t j = 0; j < widths[i]; j++)
            putc('-', out);
    }
    putc('\n', out);
    for (size_t row = 0; row < l1t_table_rows(table); row++) {
        for (size_t i = 0; i < table->n_columns; i++) {
            const struct l1t_value *value = l1t_table_value(table, row, i);
            const char *text = show(value, table->columns[i].digits, number);
            const bool right = table->columns[i].cell != L1T_CELL_TEXT;
            const bool last = i + 1 == table->n_columns && !right && width_of(text) <= widths[i];
            fputs(i > 0 ? "  " : "", out);
            put(out, text, last ? width_of(text) : widths[i], right);
        }
        putc('\n', out);
    }
    free(widths);
}

// ---- TSV and CSV ----

// "rate" in kHz is rate_kHz; other signs than letters and digits become one '_', '%' is "percent".
static void put_machine_name(FILE *out, const struct l1t_heading *column)
{
    fputs(column->name, out);
    bool gap = *column->unit != '\0';
    for (const char *c = column->unit; *c != '\0'; c++) {
        const bool plain =
            isalnum((unsigned char)*c) || *c == '-' || *c == '.' || ((unsigned char)*c & 0x80) != 0;
        if (*c == '%' || *c == '/' || plain) {
            fputs(gap ? "_" : "", out);
            gap = false;
        } else {
            gap = true;
        }
        if (*c == '%')
            fputs("percent", out);
        else if (*c == '/')
            fputs(c == column->unit ? "per_" : "_per_", out);
        else if (plain)
            putc(*c, out);
    }
}

static void put_csv_text(FILE *out, const char *text)
{
    // A leading '#' would read as a comment.
    if (strpbrk(text, ",\"\r\n") == NULL && *text != '#') {
        fputs(text, out);
        return;
    }
    putc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

static void put_tsv_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const char *special = strchr("\tt\nn\rr\\\\", *text);
        const bool escape = *text == '\t' || *text == '\n' || *text == '\r' || *text == '\\';
        if (escape && special != NULL) {
            putc('\\', out);
            putc(special[1], out);
        } else {
            putc(*text, out);
        }
    }
}

static void put_field(FILE *out, const struct l1t_value *value, bool csv)
{
    char number[L1T_REAL_TEXT];
    if (value == NULL)
        return;
    if (value->cell == L1T_CELL_INT) {
        fprintf(out, "%lld", value->integer);
    } else if (value->cell == L1T_CELL_REAL) {
        l1t_real_exact(value->real, number);
        fputs(number, out);
    } else if (csv) {
        put_csv_text(out, value->text);
    } else {
        put_tsv_text(out, value->text);
    }
}

void l1t_table_fields(FILE *out, const struct l1t_table *table, bool csv)
{
    const char separator = csv ? ',' : '\t';
    if (*table->title != '\0')
        fprintf(out, "# table: %s\n", table->title);
    for (size_t i = 0; i < table->n_columns; i++) {
        if (i > 0)
            putc(separator, out);
        put_machine_name(out, &table->columns[i]);
    }
    putc('\n', out);
    for (size_t row = 0; row < l1t_table_rows(table); row++) {
        for (size_t i = 0; i < table->n_columns; i++) {
            if (i > 0)
                putc(separator, out);
            put_field(out, l1t_table_value(table, row, i), csv);
        }
        putc('\n', out);
    }
}

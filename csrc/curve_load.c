// SPDX-License-Identifier: GPL-3.0-or-later
// Curves from CSV: two columns, strict, every complaint with its line.
#include "l1t/curve.h"
#include "l1t/io.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { max_points = 100000, max_bytes = 16 << 20 };

struct reader {
    const char *path;
    size_t line; // of the text in hand, from 1
    double *x, *y;
    size_t n, size;
    int seen_row; // a header may only stand before the first row
    struct l1t_diag *diag;
};

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        text[--n] = '\0';
    return text;
}

// Plain decimal numbers only: strtod alone would take "nan", "inf" and "0x1p3".
static int is_decimal(const char *text)
{
    return *text != '\0' && strspn(text, "+-.0123456789eE") == strlen(text);
}

static enum l1t_err number(const struct reader *r, const char *column, const char *text,
                           double *value)
{
    if (*text == '\0')
        return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: %s is blank; want a number", r->path,
                        r->line, column);
    char *end = NULL;
    *value = is_decimal(text) ? strtod(text, &end) : NAN;
    if (end == NULL || *end != '\0' || !isfinite(*value))
        return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: %s '%.60s' is not a finite number", r->path,
                        r->line, column, text);
    return L1T_OK;
}

static enum l1t_err check_row(const struct reader *r, double x, double y)
{
    if (r->n > 0 && !(x > r->x[r->n - 1]))
        return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: x %.9g does not increase (before: %.9g)",
                        r->path, r->line, x, r->x[r->n - 1]);
    if (y < 0 || y > 1)
        return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: efficiency %.9g is outside [0, 1]", r->path,
                        r->line, y);
    return L1T_OK;
}

static enum l1t_err keep(struct reader *r, double x, double y)
{
    if (r->n == max_points)
        return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: more than %d points", r->path, r->line,
                        max_points);
    if (r->n == r->size) {
        const size_t size = r->size == 0 ? 64 : 2 * r->size;
        double *x_column = realloc(r->x, size * sizeof *x_column);
        if (x_column != NULL)
            r->x = x_column;
        double *y_column = x_column != NULL ? realloc(r->y, size * sizeof *y_column) : NULL;
        if (y_column == NULL)
            return l1t_fail(r->diag, L1T_E_NOMEM, "%s: no memory", r->path);
        r->y = y_column;
        r->size = size;
    }
    r->x[r->n] = x;
    r->y[r->n] = y;
    r->n++;
    return L1T_OK;
}

static enum l1t_err row(struct reader *r, char *line)
{
    char *comma = strchr(line, ',');
    char *second = comma == NULL ? NULL : strchr(comma + 1, ',');
    if (comma == NULL || second != NULL)
        return l1t_fail(r->diag, L1T_E_INPUT, "%s:%zu: want two fields 'x,efficiency'", r->path,
                        r->line);
    *comma = '\0';
    double x = 0;
    double y = 0;
    enum l1t_err err = number(r, "x", trim(line), &x);
    if (err == L1T_OK)
        err = number(r, "efficiency", trim(comma + 1), &y);
    if (err == L1T_OK)
        err = check_row(r, x, y);
    return err == L1T_OK ? keep(r, x, y) : err;
}

// A header is a first line of two words, such as "x, y".
static int is_header(const struct reader *r, const char *line)
{
    const char *comma = strchr(line, ',');
    if (r->seen_row || comma == NULL || strchr(comma + 1, ',') != NULL)
        return 0;
    const char *second = comma + 1 + strspn(comma + 1, " \t");
    return isalpha((unsigned char)*line) && isalpha((unsigned char)*second);
}

static enum l1t_err read_lines(struct reader *r, char *text)
{
    enum l1t_err err = L1T_OK;
    while (err == L1T_OK && text != NULL) {
        char *next = strchr(text, '\n');
        if (next != NULL)
            *next++ = '\0';
        r->line++;
        char *line = trim(text);
        if (*line != '\0' && *line != '#') {
            if (!is_header(r, line))
                err = row(r, line);
            r->seen_row = 1;
        }
        text = next;
    }
    return err;
}

enum l1t_err l1t_curve_parse(struct l1t_curve *curve, const char *name, char *text,
                             struct l1t_diag *diag)
{
    *curve = (struct l1t_curve){0, NULL, NULL, NULL};
    struct reader r = {name, 0, NULL, NULL, 0, 0, 0, diag};
    enum l1t_err err = read_lines(&r, text);
    if (err == L1T_OK && r.n < 2)
        err = l1t_fail(diag, L1T_E_INPUT, "%s:%zu: %zu point%s; a curve needs at least 2", name,
                       r.line, r.n, r.n == 1 ? "" : "s");
    if (err == L1T_OK)
        err = l1t_curve_init(curve, r.x, r.y, r.n, diag);
    free(r.x);
    free(r.y);
    return err;
}

enum l1t_err l1t_curve_load(struct l1t_curve *curve, const char *path, struct l1t_diag *diag)
{
    *curve = (struct l1t_curve){0, NULL, NULL, NULL};
    char *text = NULL;
    size_t size;
    enum l1t_err err = l1t_read_text(path, max_bytes, &text, &size, diag);
    if (err == L1T_OK)
        err = l1t_curve_parse(curve, path, text, diag);
    free(text);
    return err;
}

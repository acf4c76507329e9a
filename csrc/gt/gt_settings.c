// SPDX-License-Identifier: GPL-3.0-or-later
// Run settings of the CMS global trigger: XML with the tables prescales, finorMask, vetoMask and
// algorithmBxMask. Algorithms are named, or told by their bit; "all" is every one; what no row
// names keeps its default: prescale 1, open, no veto.
#include "gt_internal.h"
#include "l1t/gt_yaml.h"
#include "l1t/io.h"
#include "l1t/yaml.h"

#include <ctype.h>
#include <expat.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 24, CELL = 128 };
enum table_id { PRESCALES, FINOR_MASK, VETO_MASK, BX_MASK, TABLES };
static const char *const table_names[TABLES] = {"prescales", "finorMask", "vetoMask",
                                                "algorithmBxMask"};

struct row {
    char *text;
    unsigned line;
};

struct table {
    bool present;
    char delimiter;
    struct row columns; /* the heading */
    size_t n;
    struct row *row;
};

struct reader {
    XML_Parser parser;
    const char *path;
    struct l1t_diag *diag;
    enum l1t_err err;
    struct table table[TABLES];
    struct table *open; /* the table we are inside of, or NULL */
    bool in_text;       /* of <row> or <columns> */
    unsigned line;
    char *text;
    size_t n, room;
};

static enum l1t_err refuse(const char *path, unsigned line, struct l1t_diag *diag, const char *fmt,
                           ...) L1T_PRINTF(4, 5);
static enum l1t_err refuse(const char *path, unsigned line, struct l1t_diag *diag, const char *fmt,
                           ...)
{
    char text[400];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return l1t_fail(diag, L1T_E_INPUT, "%s:%u: %s", path, line, text);
}

// ---- XML ----

static void stop(struct reader *r, enum l1t_err err)
{
    r->err = err;
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static const char *attribute(const XML_Char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2)
        if (strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    return "";
}

static void start_element(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *r = user;
    if (strcmp(name, "param") == 0) {
        r->open = NULL;
        for (int t = 0; t < TABLES; t++)
            if (strcmp(attribute(attributes, "id"), table_names[t]) == 0)
                r->open = &r->table[t];
        if (r->open != NULL && r->open->present)
            stop(r, refuse(r->path, (unsigned)XML_GetCurrentLineNumber(r->parser), r->diag,
                           "a second table '%s'", attribute(attributes, "id")));
        else if (r->open != NULL) {
            const char *delimiter = attribute(attributes, "delimiter");
            r->open->present = true;
            r->open->delimiter = *delimiter != '\0' ? *delimiter : ',';
        }
    }
    r->in_text = r->open != NULL && (strcmp(name, "row") == 0 || strcmp(name, "columns") == 0);
    r->n = 0;
    r->line = (unsigned)XML_GetCurrentLineNumber(r->parser);
}

static void take_text(void *user, const XML_Char *text, int length)
{
    struct reader *r = user;
    const size_t n = (size_t)length;
    if (!r->in_text)
        return;
    if (r->n + n + 1 > r->room) {
        const size_t room = 2 * (r->n + n + 1);
        char *more = realloc(r->text, room);
        if (more == NULL) {
            stop(r, l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->path));
            return;
        }
        r->text = more;
        r->room = room;
    }
    memcpy(r->text + r->n, text, n);
    r->n += n;
    r->text[r->n] = '\0';
}

static bool keep(struct reader *r, struct row *row)
{
    row->line = r->line;
    row->text = l1t_gt_copy(r->n > 0 ? r->text : "");
    if (row->text == NULL)
        stop(r, l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->path));
    return row->text != NULL;
}

static void end_element(void *user, const XML_Char *name)
{
    struct reader *r = user;
    struct table *t = r->open;
    if (strcmp(name, "param") == 0)
        r->open = NULL;
    if (!r->in_text)
        return;
    r->in_text = false;
    if (strcmp(name, "columns") == 0) {
        free(t->columns.text);
        (void)keep(r, &t->columns);
        return;
    }
    if ((t->n & (t->n + 1)) == 0) { // 0, 1, 3, 7 ...: full
        struct row *more = realloc(t->row, (2 * t->n + 1) * sizeof *more);
        if (more == NULL) {
            stop(r, l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->path));
            return;
        }
        t->row = more;
    }
    if (keep(r, &t->row[t->n]))
        t->n++;
}

static void refuse_doctype(void *user, const XML_Char *name, const XML_Char *system,
                           const XML_Char *public, int internal)
{
    struct reader *r = user;
    (void)name, (void)system, (void)public, (void)internal;
    stop(r, refuse(r->path, (unsigned)XML_GetCurrentLineNumber(r->parser), r->diag,
                   "a document type declaration; run settings have none"));
}

static enum l1t_err read_xml(struct reader *r)
{
    char *text = NULL;
    size_t size = 0;
    enum l1t_err err = l1t_read_text(r->path, FILE_MAX, &text, &size, r->diag);
    if (err != L1T_OK)
        return err;
    r->parser = XML_ParserCreate(NULL);
    if (r->parser == NULL) {
        free(text);
        return l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->path);
    }
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, start_element, end_element);
    XML_SetCharacterDataHandler(r->parser, take_text);
    XML_SetStartDoctypeDeclHandler(r->parser, refuse_doctype);
    if (XML_Parse(r->parser, text, (int)size, 1) == XML_STATUS_ERROR && r->err == L1T_OK)
        r->err = refuse(r->path, (unsigned)XML_GetCurrentLineNumber(r->parser), r->diag, "%s",
                        XML_ErrorString(XML_GetErrorCode(r->parser)));
    XML_ParserFree(r->parser);
    free(text);
    return r->err;
}

static void free_tables(struct reader *r)
{
    for (int t = 0; t < TABLES; t++) {
        for (size_t i = 0; i < r->table[t].n; i++)
            free(r->table[t].row[i].text);
        free(r->table[t].row);
        free(r->table[t].columns.text);
    }
    free(r->text);
}

// ---- cells ----

// Cell number i of a row without blanks around it; false when there is none, or it is too long.
static bool cell(const struct table *t, const struct row *row, size_t i, char to[CELL])
{
    const char *c = row->text;
    for (; i > 0; i--) {
        c = strchr(c, t->delimiter);
        if (c == NULL)
            return false;
        c++;
    }
    const char *end = strchr(c, t->delimiter);
    size_t n = end != NULL ? (size_t)(end - c) : strlen(c);
    while (n > 0 && isspace((unsigned char)*c)) {
        c++;
        n--;
    }
    while (n > 0 && isspace((unsigned char)c[n - 1]))
        n--;
    if (n >= CELL)
        return false;
    memcpy(to, c, n);
    to[n] = '\0';
    return true;
}

static size_t count_cells(const struct table *t, const struct row *row)
{
    size_t n = 1;
    for (const char *c = row->text; (c = strchr(c, t->delimiter)) != NULL; c++)
        n++;
    return n;
}

// The column of a heading, or -1.
static int find_column(const struct table *t, const char *name)
{
    char text[CELL];
    for (size_t i = 0; cell(t, &t->columns, i, text); i++)
        if (strcmp(text, name) == 0)
            return (int)i;
    return -1;
}

static bool is_all(const char *text)
{
    return strcmp(text, "all") == 0 || strcmp(text, "All") == 0 || strcmp(text, "ALL") == 0;
}

static bool whole_number(const char *text, unsigned max, unsigned *value)
{
    uint64_t v = 0;
    const char *end = l1t_parse_u64(text, 0, max, &v);
    *value = (unsigned)v;
    return end != NULL && *end == '\0';
}

// An algorithm by name or bit.
static enum l1t_err find_algorithm(const struct reader *r, const struct l1t_gt_menu *menu,
                                   const struct row *row, const char *text, size_t *index)
{
    unsigned bit = L1T_GT_ALGORITHMS;
    (void)whole_number(text, L1T_GT_ALGORITHMS - 1, &bit);
    for (*index = 0; *index < menu->n; ++*index)
        if (menu->algorithm[*index].bit == bit || strcmp(menu->algorithm[*index].name, text) == 0)
            return L1T_OK;
    const char *names[L1T_GT_ALGORITHMS];
    char hint[180];
    size_t n = 0;
    for (; n < menu->n && n < L1T_GT_ALGORITHMS; n++)
        names[n] = menu->algorithm[n].name;
    return refuse(r->path, row->line, r->diag, "menu %s has no algorithm '%.80s'%s", menu->name,
                  text, l1t_gt_hint(text, names, n, hint, sizeof hint));
}

static enum l1t_err check_row(const struct reader *r, const struct table *t, const struct row *row)
{
    const size_t found = count_cells(t, row), wanted = count_cells(t, &t->columns);
    if (found != wanted)
        return refuse(r->path, row->line, r->diag, "%zu cells; the heading has %zu", found, wanted);
    return L1T_OK;
}

// ---- tables ----

static enum l1t_err apply_columns(const struct reader *r, struct l1t_gt_menu *menu)
{
    const struct table *t = &r->table[PRESCALES];
    const size_t n = count_cells(t, &t->columns);
    char text[CELL];
    if (n < 2 || n - 1 > L1T_GT_COLUMNS_MAX)
        return refuse(r->path, t->columns.line, r->diag, "%zu prescale columns; expected 1 to %d",
                      n - 1, L1T_GT_COLUMNS_MAX);
    for (size_t i = 0; i < menu->n_columns; i++)
        free(menu->column[i]);
    menu->n_columns = 0;
    for (size_t i = 1; i < n; i++) {
        if (!cell(t, &t->columns, i, text) || *text == '\0' ||
            text[strspn(text,
                        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-")] !=
                '\0')
            return refuse(r->path, t->columns.line, r->diag, "column %zu has no proper name", i);
        for (size_t k = 0; k < menu->n_columns; k++)
            if (strcmp(menu->column[k], text) == 0)
                return refuse(r->path, t->columns.line, r->diag, "a second column '%s'", text);
        menu->column[menu->n_columns] = l1t_gt_copy(text);
        if (menu->column[menu->n_columns] == NULL)
            return l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->path);
        menu->n_columns++;
    }
    for (size_t i = 0; i < menu->n; i++)
        for (size_t k = 0; k < menu->n_columns; k++)
            menu->algorithm[i].prescale[k] = 1;
    return L1T_OK;
}

static enum l1t_err read_prescale(const struct reader *r, const struct row *row, const char *text,
                                  double *value)
{
    char *end;
    const bool starts = isdigit((unsigned char)text[0]) != 0;
    *value = starts ? strtod(text, &end) : -1;
    if (!starts || *end != '\0' || strpbrk(text, "xX") != NULL || *value > 167772.15 ||
        (*value > 0 && *value < 1) || fabs(*value * 100 - round(*value * 100)) > 1e-6)
        return refuse(r->path, row->line, r->diag,
                      "'%.40s' is no prescale; expected 0, or 1 to 167772.15 with two decimals",
                      text);
    return L1T_OK;
}

static enum l1t_err apply_prescales(const struct reader *r, struct l1t_gt_menu *menu)
{
    const struct table *t = &r->table[PRESCALES];
    char text[CELL];
    enum l1t_err err = apply_columns(r, menu);
    for (size_t i = 0; err == L1T_OK && i < t->n; i++) {
        const struct row *row = &t->row[i];
        size_t a = 0;
        err = check_row(r, t, row);
        if (err == L1T_OK && !cell(t, row, 0, text))
            err = refuse(r->path, row->line, r->diag, "expected an algorithm");
        if (err == L1T_OK)
            err = find_algorithm(r, menu, row, text, &a);
        for (size_t k = 0; err == L1T_OK && k < menu->n_columns; k++)
            err = cell(t, row, k + 1, text)
                      ? read_prescale(r, row, text, &menu->algorithm[a].prescale[k])
                      : refuse(r->path, row->line, r->diag, "a cell is too long");
    }
    return err;
}

static void set_mask(struct l1t_gt_algorithm_def *a, enum table_id id, bool value)
{
    if (id == FINOR_MASK)
        a->masked = !value;
    else
        a->veto = value;
}

static enum l1t_err apply_mask_row(const struct reader *r, struct l1t_gt_menu *menu,
                                   enum table_id id, const struct row *row, bool all)
{
    const struct table *t = &r->table[id];
    char algorithm[CELL], value[CELL];
    unsigned bit;
    size_t a = 0;
    enum l1t_err err = check_row(r, t, row);
    if (err != L1T_OK)
        return err;
    if (!cell(t, row, 0, algorithm) || !cell(t, row, 1, value) || !whole_number(value, 1, &bit))
        return refuse(r->path, row->line, r->diag,
                      "expected an algorithm and 0 or 1, found '%.60s'", row->text);
    if (is_all(algorithm) != all)
        return L1T_OK;
    for (size_t k = 0; all && k < menu->n; k++)
        set_mask(&menu->algorithm[k], id, bit == 1);
    if (all)
        return L1T_OK;
    err = find_algorithm(r, menu, row, algorithm, &a);
    if (err == L1T_OK)
        set_mask(&menu->algorithm[a], id, bit == 1);
    return err;
}

// Rows of "all" first: others stand out from them wherever they are.
static enum l1t_err apply_mask(const struct reader *r, struct l1t_gt_menu *menu, enum table_id id)
{
    const struct table *t = &r->table[id];
    const char *column = id == FINOR_MASK ? "mask" : "veto";
    enum l1t_err err = L1T_OK;
    if (find_column(t, "algo") != 0 || find_column(t, column) != 1)
        return refuse(r->path, t->columns.line, r->diag, "%s: expected the columns algo and %s",
                      table_names[id], column);
    for (size_t i = 0; i < menu->n; i++)
        set_mask(&menu->algorithm[i], id, id == FINOR_MASK);
    for (size_t i = 0; err == L1T_OK && i < t->n; i++)
        err = apply_mask_row(r, menu, id, &t->row[i], true);
    for (size_t i = 0; err == L1T_OK && i < t->n; i++)
        err = apply_mask_row(r, menu, id, &t->row[i], false);
    return err;
}

// ---- mask by crossing ----

static void open_or_close(bool *closed, unsigned first, unsigned last, bool value)
{
    for (unsigned bx = first; bx <= last; bx++)
        closed[bx] = !value;
}

// "all", "17" or "0-99".
static bool read_range(const char *text, unsigned *first, unsigned *last)
{
    uint64_t from = 0, to = 0;
    if (is_all(text)) {
        *first = 0;
        *last = L1T_GT_ORBIT - 1;
        return true;
    }
    const char *end = l1t_parse_u64(text, 0, L1T_GT_ORBIT - 1, &from);
    to = from;
    if (end != NULL && (*end == '-' || *end == ':'))
        end = l1t_parse_u64(end + 1, from, L1T_GT_ORBIT - 1, &to);
    *first = (unsigned)from;
    *last = (unsigned)to;
    return end != NULL && *end == '\0';
}

// A row when it belongs to this pass: 0 all algorithms and crossings, 1 all algorithms, 2 all
// crossings, 3 neither.
static enum l1t_err read_range_row(const struct reader *r, const struct l1t_gt_menu *menu,
                                   const struct row *row, int pass, bool (*closed)[L1T_GT_ORBIT])
{
    const struct table *t = &r->table[BX_MASK];
    char algorithm[CELL], range[CELL], value[CELL];
    unsigned first, last, mask;
    size_t a = 0;
    enum l1t_err err = check_row(r, t, row);
    if (err != L1T_OK)
        return err;
    if (!cell(t, row, 0, algorithm) || !cell(t, row, 1, range) || !cell(t, row, 2, value) ||
        !read_range(range, &first, &last) || !whole_number(value, 1, &mask))
        return refuse(r->path, row->line, r->diag,
                      "expected an algorithm, crossings like 0-99, and 0 or 1; found '%.60s'",
                      row->text);
    const bool all = is_all(algorithm);
    if ((all ? 0 : 2) + (is_all(range) ? 0 : 1) != pass)
        return L1T_OK;
    for (size_t k = 0; all && k < menu->n; k++)
        open_or_close(closed[k], first, last, mask == 1);
    if (all)
        return L1T_OK;
    err = find_algorithm(r, menu, row, algorithm, &a);
    if (err == L1T_OK)
        open_or_close(closed[a], first, last, mask == 1);
    return err;
}

// Columns algo, range, mask: what is said of more stands behind what is said of less.
static enum l1t_err read_ranges(const struct reader *r, const struct l1t_gt_menu *menu,
                                bool (*closed)[L1T_GT_ORBIT])
{
    const struct table *t = &r->table[BX_MASK];
    enum l1t_err err = L1T_OK;
    for (int pass = 0; pass < 4; pass++)
        for (size_t i = 0; err == L1T_OK && i < t->n; i++)
            err = read_range_row(r, menu, &t->row[i], pass, closed);
    return err;
}

// Columns bx/algo and one an algorithm; a row a crossing.
static enum l1t_err read_matrix(const struct reader *r, const struct l1t_gt_menu *menu,
                                bool (*closed)[L1T_GT_ORBIT])
{
    const struct table *t = &r->table[BX_MASK];
    const size_t n = count_cells(t, &t->columns);
    size_t index[L1T_GT_ALGORITHMS] = {0};
    char text[CELL];
    enum l1t_err err = L1T_OK;
    if (n - 1 > L1T_GT_ALGORITHMS)
        return refuse(r->path, t->columns.line, r->diag, "more than %d algorithms",
                      L1T_GT_ALGORITHMS);
    for (size_t k = 1; err == L1T_OK && k < n; k++)
        err = cell(t, &t->columns, k, text)
                  ? find_algorithm(r, menu, &t->columns, text, &index[k - 1])
                  : refuse(r->path, t->columns.line, r->diag, "a cell is too long");
    for (size_t i = 0; err == L1T_OK && i < t->n; i++) {
        const struct row *row = &t->row[i];
        unsigned bx = 0, mask = 0;
        err = check_row(r, t, row);
        if (err == L1T_OK && (!cell(t, row, 0, text) || !whole_number(text, L1T_GT_ORBIT - 1, &bx)))
            err = refuse(r->path, row->line, r->diag, "expected a crossing, 0 to %d",
                         L1T_GT_ORBIT - 1);
        for (size_t k = 1; err == L1T_OK && k < n; k++) {
            if (!cell(t, row, k, text) || !whole_number(text, 1, &mask))
                err = refuse(r->path, row->line, r->diag, "expected 0 or 1 in every cell");
            else
                open_or_close(closed[index[k - 1]], bx, bx, mask == 1);
        }
    }
    return err;
}

static enum l1t_err keep_closed(const struct reader *r, struct l1t_gt_algorithm_def *a,
                                const bool closed[L1T_GT_ORBIT])
{
    free(a->closed);
    a->closed = NULL;
    a->n_closed = 0;
    for (unsigned bx = 0; bx < L1T_GT_ORBIT; bx++) {
        if (!closed[bx])
            continue;
        const unsigned first = bx;
        while (bx + 1 < L1T_GT_ORBIT && closed[bx + 1])
            bx++;
        struct l1t_gt_bx_range *more = realloc(a->closed, (a->n_closed + 1) * sizeof *more);
        if (more == NULL)
            return l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->path);
        a->closed = more;
        a->closed[a->n_closed++] = (struct l1t_gt_bx_range){(uint16_t)first, (uint16_t)bx};
    }
    return L1T_OK;
}

static enum l1t_err apply_bx_mask(const struct reader *r, struct l1t_gt_menu *menu)
{
    const struct table *t = &r->table[BX_MASK];
    const bool ranges = find_column(t, "algo") == 0 && find_column(t, "range") == 1 &&
                        find_column(t, "mask") == 2 && count_cells(t, &t->columns) == 3;
    if (!ranges && find_column(t, "bx/algo") != 0)
        return refuse(r->path, t->columns.line, r->diag,
                      "algorithmBxMask: expected the columns algo, range, mask, or bx/algo and "
                      "algorithms");
    bool(*closed)[L1T_GT_ORBIT] = calloc(menu->n + 1, sizeof *closed);
    if (closed == NULL)
        return l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->path);
    enum l1t_err err = ranges ? read_ranges(r, menu, closed) : read_matrix(r, menu, closed);
    for (size_t i = 0; err == L1T_OK && i < menu->n; i++)
        err = keep_closed(r, &menu->algorithm[i], closed[i]);
    free(closed);
    return err;
}

enum l1t_err l1t_gt_settings_apply(const char *path, struct l1t_gt_menu *menu,
                                   struct l1t_diag *diag)
{
    struct reader r = {.path = path, .diag = diag};
    enum l1t_err err = read_xml(&r);
    r.path = strcmp(path, "-") == 0 ? "stdin" : path;
    bool any = false;
    for (int t = 0; err == L1T_OK && t < TABLES; t++) {
        any = any || r.table[t].present;
        if (r.table[t].present && r.table[t].columns.text == NULL)
            err = l1t_fail(diag, L1T_E_INPUT, "%s: table '%s' has no <columns>", r.path,
                           table_names[t]);
    }
    if (err == L1T_OK && !any)
        err = l1t_fail(diag, L1T_E_INPUT,
                       "%s: no table of run settings; expected <param id=\"prescales\" "
                       "type=\"table\">, finorMask, vetoMask or algorithmBxMask",
                       r.path);
    if (err == L1T_OK && r.table[PRESCALES].present)
        err = apply_prescales(&r, menu);
    if (err == L1T_OK && r.table[FINOR_MASK].present)
        err = apply_mask(&r, menu, FINOR_MASK);
    if (err == L1T_OK && r.table[VETO_MASK].present)
        err = apply_mask(&r, menu, VETO_MASK);
    if (err == L1T_OK && r.table[BX_MASK].present)
        err = apply_bx_mask(&r, menu);
    free_tables(&r);
    return err;
}

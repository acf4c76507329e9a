// SPDX-License-Identifier: GPL-3.0-or-later
// Reader and writer of test-vector files. Both go through one table of columns, so that a line that
// was read is written again as it was.
#include "l1t/gt_vectors.h"

#include "l1t/io.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4096, TITLES_MAX = 1000 };

// ---- columns ----

// Columns that follow each other and are alike.
struct row {
    const char *name;
    unsigned n, digits;
    size_t offset; // of the first column in struct l1t_gt_vector
};

#define AT(member) offsetof(struct l1t_gt_vector, member)

static const struct row rows_v1[] = {
    {"muon", L1T_GT_MUONS, 16, AT(words.muon)},
    {"e/gamma", L1T_GT_CALOS, 8, AT(words.egamma)},
    {"tau", 8, 8, AT(words.tau)},
    {"jet", L1T_GT_CALOS, 8, AT(words.jet)},
    {"sum", 4, 8, AT(words.sum)},
    {"externals", 1, 64, AT(words.external)},
    {"algorithms", 1, 128, AT(bits)},
};
static const struct row rows_v2[] = {
    {"muon", L1T_GT_MUONS, 16, AT(words.muon)}, {"e/gamma", L1T_GT_CALOS, 8, AT(words.egamma)},
    {"tau", L1T_GT_CALOS, 8, AT(words.tau)},    {"jet", L1T_GT_CALOS, 8, AT(words.jet)},
    {"sum", L1T_GT_SUMS, 8, AT(words.sum)},     {"link 11", L1T_GT_LINK11, 8, AT(words.link11)},
    {"externals", 1, 64, AT(words.external)},   {"algorithms", 1, 128, AT(bits)},
};

static const struct {
    const struct row *row;
    size_t n;
    unsigned columns; // with the number of the crossing and the final OR
} layouts[] = {
    [L1T_GT_LAYOUT_V1] = {rows_v1, sizeof rows_v1 / sizeof rows_v1[0], 48},
    [L1T_GT_LAYOUT_V2] = {rows_v2, sizeof rows_v2 / sizeof rows_v2[0], 60},
};

// A column as 64-bit words, least significant first, and back. 8 digits are a 32-bit word.
static void get_column(const struct row *row, unsigned i, const struct l1t_gt_vector *vector,
                       uint64_t *value)
{
    const size_t size = row->digits / 2;
    const char *at = (const char *)vector + row->offset + i * size;
    uint32_t narrow;
    if (row->digits > 8) {
        memcpy(value, at, size);
        return;
    }
    memcpy(&narrow, at, sizeof narrow);
    *value = narrow;
}

static void put_column(const struct row *row, unsigned i, struct l1t_gt_vector *vector,
                       const uint64_t *value)
{
    const size_t size = row->digits / 2;
    char *at = (char *)vector + row->offset + i * size;
    const uint32_t narrow = (uint32_t)*value;
    if (row->digits > 8)
        memcpy(at, value, size);
    else
        memcpy(at, &narrow, sizeof narrow);
}

// ---- writer ----

void l1t_gt_vectors_write(FILE *out, enum l1t_gt_layout layout, const struct l1t_gt_vector *vector)
{
    fprintf(out, "%04u", (unsigned)vector->crossing);
    for (size_t r = 0; r < layouts[layout].n; r++) {
        const struct row *row = &layouts[layout].row[r];
        for (unsigned i = 0; i < row->n; i++) {
            uint64_t value[L1T_GT_WORDS] = {0};
            get_column(row, i, vector, value);
            putc(' ', out);
            if (row->digits < 16)
                fprintf(out, "%08" PRIx64, value[0]);
            for (unsigned w = row->digits / 16; w > 0; w--)
                fprintf(out, "%016" PRIx64, value[w - 1]);
        }
    }
    fprintf(out, " %d\n", vector->finor ? 1 : 0);
}

// ---- reader ----

struct l1t_gt_vector_reader {
    struct l1t_lines *lines;
    bool begun, failed;
    enum l1t_gt_layout layout; // once begun
    size_t titles;
};

enum l1t_err l1t_gt_vectors_open(const char *path, struct l1t_gt_vector_reader **reader,
                                 struct l1t_diag *diag)
{
    *reader = calloc(1, sizeof **reader);
    if (*reader == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    const enum l1t_err err = l1t_lines_open(path, MAX_LINE, &(*reader)->lines, diag);
    if (err == L1T_OK)
        return L1T_OK;
    free(*reader);
    *reader = NULL;
    return err;
}

void l1t_gt_vectors_close(struct l1t_gt_vector_reader *reader)
{
    if (reader != NULL)
        l1t_lines_close(reader->lines);
    free(reader);
}

enum l1t_gt_layout l1t_gt_vectors_layout(const struct l1t_gt_vector_reader *reader)
{
    return reader->layout;
}

size_t l1t_gt_vectors_line(const struct l1t_gt_vector_reader *reader)
{
    return l1t_lines_number(reader->lines);
}

static bool starts_with_digits(const char *line)
{
    return strspn(line, "0123456789") >= 4;
}

static unsigned count_columns(const char *line)
{
    unsigned n = 1;
    for (; *line != '\0'; line++)
        n += *line == ' ';
    return n;
}

static int find_layout(struct l1t_gt_vector_reader *reader, const char *line, struct l1t_diag *diag)
{
    const unsigned columns = count_columns(line);
    if (reader->begun && columns == layouts[reader->layout].columns)
        return 1;
    if (reader->begun)
        return l1t_lines_fail(reader->lines, diag, "%u columns, the lines before it have %u",
                              columns, layouts[reader->layout].columns);
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        if (columns == layouts[i].columns) {
            reader->layout = (enum l1t_gt_layout)i;
            reader->begun = true;
            return 1;
        }
    return l1t_lines_fail(
        reader->lines, diag,
        "%u columns between single blanks; expected %u (since 2016) or %u (before)", columns,
        layouts[L1T_GT_LAYOUT_V2].columns, layouts[L1T_GT_LAYOUT_V1].columns);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

// One column of a line; *text moves behind its blank.
static int parse_column(struct l1t_gt_vector_reader *reader, const struct row *row, unsigned column,
                        const char **text, uint64_t *value, struct l1t_diag *diag)
{
    const char *at = *text;
    const size_t length = strcspn(at, " ");
    memset(value, 0, L1T_GT_WORDS * sizeof *value);
    if (length != row->digits)
        return l1t_lines_fail(reader->lines, diag,
                              "column %u (%s): %zu characters, expected %u digits", column,
                              row->name, length, row->digits);
    for (size_t i = 0; i < length; i++) {
        const int digit = hex_digit(at[i]);
        const size_t bit = 4 * (length - 1 - i);
        if (digit < 0)
            return l1t_lines_fail(reader->lines, diag,
                                  "column %u (%s): '%c' in '%.16s' is not hexadecimal", column,
                                  row->name, at[i], at);
        value[bit / 64] |= (uint64_t)digit << bit % 64;
    }
    *text = at + length + (at[length] == ' ');
    return 1;
}

// The number of the crossing: four decimal digits, a place in the orbit.
static int parse_crossing(struct l1t_gt_vector_reader *reader, const char **text,
                          struct l1t_gt_vector *vector, struct l1t_diag *diag)
{
    unsigned crossing = 0;
    for (unsigned i = 0; i < 4; i++)
        crossing = 10 * crossing + (unsigned)((*text)[i] - '0');
    if ((*text)[4] != ' ' || crossing >= L1T_GT_ORBIT)
        return l1t_lines_fail(reader->lines, diag,
                              "column 1 (crossing): '%.5s' is not a number of 4 digits, 0000 to %d",
                              *text, L1T_GT_ORBIT - 1);
    vector->crossing = (uint16_t)crossing;
    *text += 5;
    return 1;
}

static int parse_line(struct l1t_gt_vector_reader *reader, const char *text,
                      struct l1t_gt_vector *vector, struct l1t_diag *diag)
{
    if (find_layout(reader, text, diag) < 0 || parse_crossing(reader, &text, vector, diag) < 0)
        return -1;
    unsigned column = 1;
    for (size_t r = 0; r < layouts[reader->layout].n; r++) {
        const struct row *row = &layouts[reader->layout].row[r];
        for (unsigned i = 0; i < row->n; i++) {
            uint64_t value[L1T_GT_WORDS];
            if (parse_column(reader, row, ++column, &text, value, diag) < 0)
                return -1;
            put_column(row, i, vector, value);
        }
    }
    if (strcmp(text, "0") != 0 && strcmp(text, "1") != 0)
        return l1t_lines_fail(reader->lines, diag, "column %u (final OR): '%.20s' is not 0 or 1",
                              column + 1, text);
    vector->finor = *text == '1';
    return 1;
}

// A line that is no crossing: skipped, or an error.
static int skip_line(struct l1t_gt_vector_reader *reader, const char *line, struct l1t_diag *diag)
{
    if (line[0] == '\0' || (reader->begun && strncmp(line, "BX", 2) == 0))
        return 1;
    if (reader->begun)
        return l1t_lines_fail(reader->lines, diag,
                              "'%.20s' does not start with the four digits of a crossing", line);
    if (++reader->titles > TITLES_MAX)
        return l1t_lines_fail(reader->lines, diag,
                              "%d lines and none starts with the four digits of a crossing",
                              TITLES_MAX);
    return 1;
}

static int next(struct l1t_gt_vector_reader *reader, struct l1t_gt_vector *vector,
                struct l1t_diag *diag)
{
    char *line;
    size_t length;
    int status;
    while ((status = l1t_lines_next(reader->lines, &line, &length, diag)) == 1) {
        if (starts_with_digits(line))
            return parse_line(reader, line, vector, diag);
        if (skip_line(reader, line, diag) < 0)
            return -1;
    }
    if (status == 0 && !reader->begun)
        return l1t_lines_fail(reader->lines, diag,
                              "no crossing in the whole file; test vectors have lines of 48 or 60 "
                              "columns that start with four digits");
    return status;
}

int l1t_gt_vectors_next(struct l1t_gt_vector_reader *reader, struct l1t_gt_vector *vector,
                        struct l1t_diag *diag)
{
    memset(vector, 0, sizeof *vector);
    const int status = reader->failed ? -1 : next(reader, vector, diag);
    reader->failed = status < 0;
    return status;
}

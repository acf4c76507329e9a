// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as JSON. The frame is written here, one row a line, so that two results can be compared
// with diff and reals are the shortest that read back; jansson makes the strings safe.
#include "table_internal.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Bytes that are not UTF-8 become '?', as JSON cannot hold them.
static json_t *safe_string(const char *text)
{
    json_t *string = json_string(text);
    if (string != NULL)
        return string;
    const size_t n = strlen(text) + 1;
    char *ascii = malloc(n);
    if (ascii == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++)
        ascii[i] = (char)(((unsigned char)text[i] & 0x80) != 0 ? '?' : text[i]);
    string = json_string(ascii);
    free(ascii);
    return string;
}

static bool put_string(FILE *out, const char *text)
{
    json_t *string = safe_string(text);
    char *encoded = string != NULL ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
    if (encoded != NULL)
        fputs(encoded, out);
    free(encoded);
    json_decref(string);
    return encoded != NULL;
}

static void put_real(FILE *out, double value)
{
    char number[L1T_REAL_TEXT];
    if (!isfinite(value)) {
        fputs("null", out);
        return;
    }
    l1t_real_exact(value, number);
    // Stays a real for readers that tell the two apart.
    fprintf(out, "%s%s", number, strpbrk(number, ".e") == NULL ? ".0" : "");
}

static bool put_value(FILE *out, const struct l1t_value *value)
{
    if (value == NULL)
        fputs("null", out);
    else if (value->cell == L1T_CELL_INT)
        fprintf(out, "%lld", value->integer);
    else if (value->cell == L1T_CELL_REAL)
        put_real(out, value->real);
    else
        return put_string(out, value->text);
    return true;
}

static bool put_provenance(FILE *out, const struct l1t_provenance *p)
{
    fputs("\"provenance\": {\"program\": \"l1twin\", \"version\": ", out);
    bool good = put_string(out, p->version != NULL ? p->version : "");
    fputs(", \"command\": ", out);
    good = put_string(out, p->command) && good;
    fputs(", \"configuration\": ", out);
    good = put_string(out, p->config) && good;
    if (!p->no_seed)
        fprintf(out, ", \"seed\": %llu", (unsigned long long)p->seed);
    fputs("},\n ", out);
    return good;
}

static bool put_table(FILE *out, const struct l1t_table *table)
{
    fputs("  {\"title\": ", out);
    bool good = put_string(out, table->title);
    fputs(",\n   \"columns\": [", out);
    for (size_t i = 0; i < table->n_columns; i++) {
        fputs(i > 0 ? ", {\"name\": " : "{\"name\": ", out);
        good = put_string(out, table->columns[i].name) && good;
        fputs(", \"unit\": ", out);
        good = put_string(out, table->columns[i].unit) && good;
        putc('}', out);
    }
    fputs("],\n   \"rows\": [", out);
    for (size_t row = 0; row < l1t_table_rows(table); row++) {
        fputs(row > 0 ? ",\n    [" : "\n    [", out);
        for (size_t i = 0; i < table->n_columns; i++) {
            fputs(i > 0 ? ", " : "", out);
            good = put_value(out, l1t_table_value(table, row, i)) && good;
        }
        putc(']', out);
    }
    fputs("]}", out);
    return good;
}

enum l1t_err l1t_table_json(FILE *out, struct l1t_table *const *tables, size_t n,
                            const struct l1t_provenance *provenance, struct l1t_diag *diag)
{
    bool good = true;
    putc('{', out);
    if (provenance != NULL)
        good = put_provenance(out, provenance);
    fputs("\"tables\": [", out);
    for (size_t i = 0; i < n; i++) {
        fputs(i > 0 ? ",\n" : "\n", out);
        good = put_table(out, tables[i]) && good;
    }
    fputs("\n]}\n", out);
    return good ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "JSON: out of memory");
}

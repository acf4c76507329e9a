// SPDX-License-Identifier: GPL-3.0-or-later
// Prescales as the sheets of the CMS menus have them: a row an algorithm with its index and name, a
// column of prescales for each luminosity, a comment. Empty: the algorithm is not in the menu's OR.
#include "cmd/rate_parts.h"

#include "l1t/io.h"

#include <string.h>

static void put_text(FILE *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, out);
        return;
    }
    putc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text == '\n' || *text == '\r' ? ' ' : *text, out);
    }
    putc('"', out);
}

static void put_row(FILE *out, const struct l1t_rates *rates, const struct l1t_rates_algorithm *a)
{
    fprintf(out, "%u,", a->def->bit);
    put_text(out, a->def->name);
    for (size_t c = 0; c < rates->n_columns; c++)
        fprintf(out, ",%.10g", rates->menu->n_columns > 0 ? a->def->prescale[c] : 1.0);
    fprintf(out, ",");
    put_text(out, a->def->comment);
    putc('\n', out);
}

enum l1t_err l1t_rate_prescale_table(const char *path, const struct l1t_rates *rates,
                                     struct l1t_diag *diag)
{
    struct l1t_out out;
    const enum l1t_err err = l1t_out_open(&out, path, diag);
    if (err != L1T_OK)
        return err;
    fputs("Index,Name", out.file);
    for (size_t c = 0; c < rates->n_columns; c++) {
        putc(',', out.file);
        put_text(out.file, rates->column[c].name);
    }
    fputs(",Comment\n", out.file);
    for (size_t i = 0; i < rates->n; i++)
        put_row(out.file, rates, &rates->algorithm[i]);
    return l1t_out_commit(&out, diag);
}

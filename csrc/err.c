// SPDX-License-Identifier: GPL-3.0-or-later
// The error map and the one-line message builder.
#include "l1t/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int code;
    const char *text;
} errors[] = {
#define L1T_ERR_ROW(name, code, text) {code, text},
    L1T_ERR_MAP(L1T_ERR_ROW)
#undef L1T_ERR_ROW
};

static const size_t n_errors = sizeof errors / sizeof errors[0];

const char *l1t_strerror(enum l1t_err err)
{
    return (size_t)err < n_errors ? errors[err].text : "unknown error";
}

int l1t_err_exit(enum l1t_err err)
{
    return (size_t)err < n_errors ? errors[err].code : 3;
}

// Quoted file contents may hold anything; the line that reaches a terminal may not.
static void make_one_safe_line(char *text, size_t size, int wanted)
{
    for (char *c = text; *c != '\0'; c++) {
        const unsigned char u = (unsigned char)*c;
        if (u < 0x20 || u == 0x7f)
            *c = '?';
    }
    if (wanted >= 0 && (size_t)wanted >= size)
        memcpy(text + size - 4, "...", 4);
}

enum l1t_err l1t_fail(struct l1t_diag *diag, enum l1t_err err, const char *fmt, ...)
{
    if (diag == NULL)
        return err;
    va_list args;
    va_start(args, fmt);
    const int wanted = vsnprintf(diag->text, sizeof diag->text, fmt, args);
    va_end(args);
    make_one_safe_line(diag->text, sizeof diag->text, wanted);
    return err;
}

enum l1t_err l1t_fail_at(struct l1t_diag *diag, enum l1t_err err, const char *fmt, ...)
{
    if (diag == NULL)
        return err;
    char inner[sizeof diag->text];
    memcpy(inner, diag->text, sizeof inner);
    char prefix[sizeof diag->text];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(prefix, sizeof prefix, fmt, args);
    va_end(args);
    return l1t_fail(diag, err, "%s: %s", prefix, inner);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Whole files into memory, never more of them than the caller allows.
#include "io_source.h"
#include "l1t/io.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static enum l1t_err too_large(struct l1t_diag *diag, const struct l1t_source *source, size_t max)
{
    const char *what = source->gzip ? "larger, unpacked," : "larger";
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB"};
    size_t unit = 0;
    while (unit < 3 && max >= 1024 && max % 1024 == 0) {
        max /= 1024;
        unit++;
    }
    return l1t_fail(diag, L1T_E_INPUT, "%s: %s than %zu %s; that is more than any file of its kind",
                    source->name, what, max, units[unit]);
}

// One byte over the limit is asked for, so that "too large" is known without reading on.
static enum l1t_err read_all(struct l1t_source *source, size_t max, char **text, size_t *size,
                             struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    size_t room = source->size_hint > 0 ? source->size_hint + 1 : L1T_SOURCE_BLOCK;
    size_t n = 0;
    char *data = NULL;
    for (;;) {
        room = room > max + 1 ? max + 1 : room;
        char *more = realloc(data, room + 1);
        if (more == NULL) {
            free(data);
            return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", source->name);
        }
        data = more;
        ssize_t got = 1;
        while (n < room && got > 0) {
            got = l1t_source_read(source, data + n, room - n, &err, diag);
            n += got > 0 ? (size_t)got : 0;
        }
        if (n > max && got >= 0)
            err = too_large(diag, source, max);
        if (err != L1T_OK) {
            free(data);
            return err;
        }
        if (got == 0)
            break;
        room *= 2;
    }
    data[n] = '\0';
    *text = data;
    *size = n;
    return L1T_OK;
}

enum l1t_err l1t_read_file(const char *path, size_t max_bytes, char **text, size_t *size,
                           struct l1t_diag *diag)
{
    struct l1t_source *source = NULL;
    *text = NULL;
    *size = 0;
    enum l1t_err err = l1t_source_open(path, true, &source, diag);
    if (err != L1T_OK)
        return err;
    err = read_all(source, max_bytes < SIZE_MAX / 4 ? max_bytes : SIZE_MAX / 4, text, size, diag);
    l1t_source_close(source);
    return err;
}

enum l1t_err l1t_read_text(const char *path, size_t max_bytes, char **text, size_t *size,
                           struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_read_file(path, max_bytes, text, size, diag);
    if (err != L1T_OK || *text == NULL)
        return err;
    const char *nul = memchr(*text, '\0', *size);
    if (nul != NULL) {
        size_t line = 1;
        for (const char *c = *text; c < nul; c++)
            line += *c == '\n';
        free(*text);
        *text = NULL;
        *size = 0;
        return l1t_fail(diag, L1T_E_INPUT, "%s:%zu: binary data (a NUL byte); expected text",
                        strcmp(path, "-") == 0 ? "stdin" : path, line);
    }
    if (*size >= 3 && memcmp(*text, "\xef\xbb\xbf", 3) == 0) {
        *size -= 3;
        memmove(*text, *text + 3, *size + 1);
    }
    return L1T_OK;
}

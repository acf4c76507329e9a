// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a text file of any length, one in memory at a time.
#include "io_source.h"
#include "l1t/io.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct l1t_lines {
    struct l1t_source *source;
    char *path;
    char *buffer; // room bytes and one for a NUL
    size_t room, max_line;
    size_t at, n; // unread part of buffer
    size_t number;
    bool end;
};

enum l1t_err l1t_lines_open(const char *path, size_t max_line, struct l1t_lines **lines,
                            struct l1t_diag *diag)
{
    struct l1t_lines *self = calloc(1, sizeof *self);
    *lines = NULL;
    if (self == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    const enum l1t_err err = l1t_source_open(path, true, &self->source, diag);
    if (err != L1T_OK) {
        free(self);
        return err;
    }
    // Room for the longest line, its CR LF, and one byte that shows it is too long.
    self->max_line = max_line;
    self->room = max_line + 3 > L1T_SOURCE_BLOCK ? max_line + 3 : L1T_SOURCE_BLOCK;
    self->buffer = malloc(self->room + 1);
    const char *name = self->source->name;
    self->path = malloc(strlen(name) + 1);
    if (self->buffer == NULL || self->path == NULL) {
        l1t_lines_close(self);
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    }
    memcpy(self->path, name, strlen(name) + 1);
    self->source->name = self->path;
    *lines = self;
    return L1T_OK;
}

// Keep the unread part, append what the source gives. false on error.
static bool refill(struct l1t_lines *self, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    memmove(self->buffer, self->buffer + self->at, self->n - self->at);
    self->n -= self->at;
    self->at = 0;
    const ssize_t got =
        l1t_source_read(self->source, self->buffer + self->n, self->room - self->n, &err, diag);
    if (got < 0)
        return false;
    self->n += (size_t)got;
    self->end = got == 0;
    return true;
}

static void skip_byte_order_mark(struct l1t_lines *self)
{
    if (self->number == 0 && self->n - self->at >= 3 &&
        memcmp(self->buffer + self->at, "\xef\xbb\xbf", 3) == 0)
        self->at += 3;
}

int l1t_lines_next(struct l1t_lines *self, char **line, size_t *length, struct l1t_diag *diag)
{
    char *lf = NULL;
    size_t searched = 0;
    for (;;) {
        const size_t have = self->n - self->at;
        lf = memchr(self->buffer + self->at + searched, '\n', have - searched);
        if (lf != NULL || self->end || have == self->room)
            break;
        searched = have;
        if (!refill(self, diag))
            return -1;
    }
    skip_byte_order_mark(self);
    if (lf == NULL && self->at == self->n)
        return 0;
    char *start = self->buffer + self->at;
    size_t n = (lf != NULL ? (size_t)(lf - self->buffer) : self->n) - self->at;
    self->at += n + (lf != NULL);
    self->number++;
    if (lf != NULL && n > 0 && start[n - 1] == '\r')
        n--;
    if (n > self->max_line) {
        l1t_fail(diag, L1T_E_INPUT, "%s:%zu: line longer than %zu bytes", self->path, self->number,
                 self->max_line);
        return -1;
    }
    if (memchr(start, '\0', n) != NULL) {
        l1t_fail(diag, L1T_E_INPUT, "%s:%zu: binary data (a NUL byte); expected text", self->path,
                 self->number);
        return -1;
    }
    start[n] = '\0';
    *line = start;
    *length = n;
    return 1;
}

size_t l1t_lines_number(const struct l1t_lines *self)
{
    return self->number;
}

const char *l1t_lines_path(const struct l1t_lines *self)
{
    return self->path;
}

int l1t_lines_fail(const struct l1t_lines *self, struct l1t_diag *diag, const char *fmt, ...)
{
    struct l1t_diag what;
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(what.text, sizeof what.text, fmt, args);
    va_end(args);
    (void)l1t_fail(diag, L1T_E_INPUT, "%s:%zu: %s", self->path, self->number, what.text);
    return -1;
}

const char *l1t_parse_u64(const char *text, uint64_t min, uint64_t max, uint64_t *value)
{
    if (text == NULL || *text < '0' || *text > '9')
        return NULL;
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return errno == 0 && *value >= min && *value <= max ? end : NULL;
}

void l1t_lines_close(struct l1t_lines *self)
{
    if (self == NULL)
        return;
    l1t_source_close(self->source);
    free(self->buffer);
    free(self->path);
    free(self);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Reader and writer of the text form of sorter events; strict, as csrc/towers.c is.
#include "sort_events.h"

#include "l1t_formats.h"

#include "l1t/io.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4096 };

struct l1t_sort_reader {
    struct l1t_lines *lines;
    bool pending; // the E line of the next event has been read
    bool failed;
    uint64_t id;
};

enum l1t_err l1t_sort_reader_open(const char *path, struct l1t_sort_reader **reader,
                                  struct l1t_diag *diag)
{
    struct l1t_sort_reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    const enum l1t_err err = l1t_lines_open(path, MAX_LINE, &r->lines, diag);
    if (err != L1T_OK) {
        free(r);
        return err;
    }
    *reader = r;
    return L1T_OK;
}

void l1t_sort_reader_close(struct l1t_sort_reader *reader)
{
    if (reader == NULL)
        return;
    l1t_lines_close(reader->lines);
    free(reader);
}

// What is wrong in this line; always -1.
static int fail_here(struct l1t_sort_reader *reader, struct l1t_diag *diag, const char *what,
                     const char *quoted)
{
    (void)l1t_lines_fail(reader->lines, diag, "%s, not '%.40s'", what, quoted);
    return -1;
}

// The text after c, or NULL.
static const char *skip(const char *text, char c)
{
    return text != NULL && *text == c ? text + 1 : NULL;
}

static int parse_event_line(struct l1t_sort_reader *reader, const char *line, struct l1t_diag *diag)
{
    const char *end = l1t_parse_u64(line + 2, 0, UINT64_MAX, &reader->id);
    if (end == NULL || *end != '\0')
        return fail_here(reader, diag, "an event line is 'E <id>' with a decimal id", line);
    reader->pending = true;
    return 1;
}

// "R <row> <slot>:<key>:<payload> ..."; last is the row before, and becomes this one.
static int parse_row_line(struct l1t_sort_reader *reader, const char *line, uint32_t *in,
                          uint64_t *last, struct l1t_diag *diag)
{
    const char *p = l1t_parse_u64(line + 2, *last + 1, L1T_SORT_ROWS, last);
    if (p == NULL)
        return fail_here(reader, diag, "rows are 1 to 40 and ascend", line);
    uint64_t slot, next = 0, key, payload;
    while (*p != '\0') {
        const char *item = p;
        p = l1t_parse_u64(skip(p, ' '), next, L1T_SORT_SLOTS - 1, &slot);
        p = l1t_parse_u64(skip(p, ':'), 0, 0xffff, &key);
        p = l1t_parse_u64(skip(p, ':'), 0, 0xffff, &payload);
        if (p == NULL || (*p != ' ' && *p != '\0'))
            return fail_here(reader, diag,
                             "an item is ' <slot>:<key>:<payload>', slots 0 to 17 ascending, key "
                             "and payload up to 65535",
                             item);
        in[(*last - 1) * L1T_SORT_SLOTS + slot] =
            (uint32_t)(l1t_sort_slot_key_put((int64_t)key) |
                       l1t_sort_slot_payload_put((int64_t)payload));
        next = slot + 1;
    }
    return 1;
}

// Lines up to the next E line or the end of the file; in is NULL before the first event.
static int read_rows(struct l1t_sort_reader *reader, uint32_t *in, struct l1t_diag *diag)
{
    uint64_t last = 0;
    char *line;
    size_t length;
    int status;
    while ((status = l1t_lines_next(reader->lines, &line, &length, diag)) == 1) {
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (strncmp(line, "E ", 2) == 0)
            return parse_event_line(reader, line, diag);
        if (in == NULL || strncmp(line, "R ", 2) != 0)
            return fail_here(reader, diag,
                             in == NULL ? "the first line is 'E <id>'"
                                        : "a line starts with 'E ', 'R ' or '#'",
                             line);
        if (parse_row_line(reader, line, in, &last, diag) < 0)
            return -1;
    }
    return status;
}

int l1t_sort_reader_next(struct l1t_sort_reader *reader, uint32_t in[L1T_SORT_IN_WORDS],
                         uint64_t *id, struct l1t_diag *diag)
{
    int status = reader->failed ? -1 : 1;
    if (status == 1 && !reader->pending) // before the first event, or at the end
        status = read_rows(reader, NULL, diag);
    if (status == 1) {
        *id = reader->id;
        reader->pending = false;
        memset(in, 0, L1T_SORT_IN_WORDS * sizeof in[0]);
        status = read_rows(reader, in, diag) < 0 ? -1 : 1;
    }
    reader->failed = status < 0;
    return status;
}

enum l1t_err l1t_sort_write(FILE *out, const uint32_t in[L1T_SORT_IN_WORDS], uint64_t id,
                            struct l1t_diag *diag)
{
    fprintf(out, "E %llu\n", (unsigned long long)id);
    for (unsigned row = 0; row < L1T_SORT_ROWS; row++) {
        bool started = false;
        for (unsigned slot = 0; slot < L1T_SORT_SLOTS; slot++) {
            const uint32_t word = in[row * L1T_SORT_SLOTS + slot];
            if (word == 0)
                continue;
            if (!started)
                fprintf(out, "R %u", row + 1);
            started = true;
            fprintf(out, " %u:%u:%u", slot, (unsigned)l1t_sort_slot_key(word),
                    (unsigned)l1t_sort_slot_payload(word));
        }
        if (started)
            putc('\n', out);
    }
    return ferror(out) ? l1t_fail(diag, L1T_E_IO, "cannot write event %llu: %s",
                                  (unsigned long long)id, strerror(errno))
                       : L1T_OK;
}

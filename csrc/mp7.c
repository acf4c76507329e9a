// SPDX-License-Identifier: GPL-3.0-or-later
// Reader of MP7 buffer files: strict, one line in memory at a time.
#include "l1t/mp7.h"

#include "l1t/io.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4096 };

struct l1t_mp7 {
    struct l1t_lines *lines;
    unsigned n_links;
    unsigned char link[L1T_MP7_LINKS]; // of each column
    unsigned long long next;           // number of the next frame
    bool started, failed;              // started: a crossing was read
};

// "path:line: " and what is wrong; always -1.
static int fail_here(struct l1t_mp7 *mp7, struct l1t_diag *diag, const char *fmt, ...)
    L1T_PRINTF(3, 4);
static int fail_here(struct l1t_mp7 *mp7, struct l1t_diag *diag, const char *fmt, ...)
{
    char text[300];
    va_list args;
    mp7->failed = true;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    (void)l1t_fail(diag, L1T_E_INPUT, "%s:%zu: %s", l1t_lines_path(mp7->lines),
                   l1t_lines_number(mp7->lines), text);
    return -1;
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

// The text after a word and the blanks around it, or NULL.
static const char *skip_word(const char *text, const char *word)
{
    const size_t length = strlen(word);
    text = skip_blanks(text);
    return strncmp(text, word, length) == 0 ? skip_blanks(text + length) : NULL;
}

// Decimal number of at most nine digits and the blanks behind it; the text there, or NULL.
static const char *parse_number(const char *text, unsigned long long *value)
{
    unsigned digits = 0;
    for (*value = 0; *text >= '0' && *text <= '9' && digits < 9; text++, digits++)
        *value = *value * 10 + (unsigned)(*text - '0');
    return digits > 0 && (*text < '0' || *text > '9') ? skip_blanks(text) : NULL;
}

static int next_line(struct l1t_mp7 *mp7, char **line, const char *expected, struct l1t_diag *diag)
{
    size_t length;
    const int status = l1t_lines_next(mp7->lines, line, &length, diag);
    mp7->failed = mp7->failed || status < 0;
    if (status == 0 && expected != NULL)
        return fail_here(mp7, diag, "the file ends; expected %s", expected);
    return status;
}

// "Link : 00 01 ..."
static int parse_links(struct l1t_mp7 *mp7, const char *line, struct l1t_diag *diag)
{
    const char *p = skip_word(line, "Link");
    p = p != NULL ? skip_word(p, ":") : NULL;
    if (p == NULL)
        return fail_here(mp7, diag, "expected 'Link : 00 01 ...', not '%.40s'", line);
    while (*p != '\0') {
        unsigned long long number;
        const char *end = parse_number(p, &number);
        if (end == NULL || number >= L1T_MP7_LINKS ||
            (mp7->n_links > 0 && number <= mp7->link[mp7->n_links - 1]))
            return fail_here(mp7, diag, "link numbers ascend and are below %d, not '%.20s'",
                             L1T_MP7_LINKS, p);
        mp7->link[mp7->n_links++] = (unsigned char)number;
        p = end;
    }
    return mp7->n_links > 0 ? 1 : fail_here(mp7, diag, "a file without links: '%.40s'", line);
}

// The two lines behind "Board NAME".
static int read_heading(struct l1t_mp7 *mp7, struct l1t_diag *diag)
{
    char *line;
    if (next_line(mp7, &line, "a line 'Quad/Chan : ...'", diag) < 0)
        return -1;
    if (skip_word(line, "Quad/Chan") == NULL)
        return fail_here(mp7, diag, "expected 'Quad/Chan : ...', not '%.40s'", line);
    if (next_line(mp7, &line, "a line 'Link : ...'", diag) < 0)
        return -1;
    return parse_links(mp7, line, diag);
}

bool l1t_mp7_is_first_line(const char *line)
{
    return strncmp(line, "Board ", 6) == 0;
}

enum l1t_err l1t_mp7_adopt(struct l1t_lines *lines, struct l1t_mp7 **mp7, struct l1t_diag *diag)
{
    struct l1t_mp7 *self = calloc(1, sizeof *self);
    if (self == NULL) {
        l1t_lines_close(lines);
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    }
    self->lines = lines;
    if (read_heading(self, diag) < 0) {
        l1t_mp7_close(self);
        return L1T_E_INPUT;
    }
    *mp7 = self;
    return L1T_OK;
}

enum l1t_err l1t_mp7_open(const char *path, struct l1t_mp7 **mp7, struct l1t_diag *diag)
{
    struct l1t_lines *lines;
    char *line;
    size_t length;
    enum l1t_err err = l1t_lines_open(path, MAX_LINE, &lines, diag);
    if (err != L1T_OK)
        return err;
    const int status = l1t_lines_next(lines, &line, &length, diag);
    if (status == 1 && l1t_mp7_is_first_line(line))
        return l1t_mp7_adopt(lines, mp7, diag);
    err = L1T_E_INPUT; // diag is filled already when the line could not be read
    if (status == 1)
        (void)l1t_fail(diag, err, "%s:1: expected 'Board NAME', not '%.40s'", l1t_lines_path(lines),
                       line);
    else if (status == 0)
        (void)l1t_fail(diag, err, "%s: an empty file; expected 'Board NAME'",
                       l1t_lines_path(lines));
    l1t_lines_close(lines);
    return err;
}

void l1t_mp7_close(struct l1t_mp7 *mp7)
{
    if (mp7 == NULL)
        return;
    l1t_lines_close(mp7->lines);
    free(mp7);
}

// ---- frames ----

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// "1vXXXXXXXX" and the blanks behind it; the text there, or NULL.
static const char *parse_word(const char *text, uint32_t *word, bool *valid)
{
    if ((text[0] != '0' && text[0] != '1') || text[1] != 'v')
        return NULL;
    *valid = text[0] == '1';
    *word = 0;
    text += 2;
    for (unsigned i = 0; i < 8; i++) {
        const int digit = hex_digit(*text++);
        if (digit < 0)
            return NULL;
        *word = *word << 4 | (uint32_t)digit;
    }
    return *text == '\0' || *text == ' ' || *text == '\t' ? skip_blanks(text) : NULL;
}

static int parse_frame(struct l1t_mp7 *mp7, const char *line, struct l1t_mp7_frame *frame,
                       struct l1t_diag *diag)
{
    unsigned long long number;
    const char *p = skip_word(line, "Frame");
    p = p != NULL ? parse_number(p, &number) : NULL;
    p = p != NULL ? skip_word(p, ":") : NULL;
    if (p == NULL)
        return fail_here(mp7, diag, "expected 'Frame NNNN : WORD ...', not '%.40s'", line);
    if (number != mp7->next)
        return fail_here(mp7, diag, "frame %llu; expected frame %llu", number, mp7->next);
    mp7->next++;
    memset(frame, 0, sizeof *frame);
    for (unsigned i = 0; i < mp7->n_links; i++) {
        const unsigned link = mp7->link[i];
        const char *end = parse_word(p, &frame->word[link], &frame->valid[link]);
        if (end == NULL)
            return fail_here(mp7, diag, "link %u: a word is 1v or 0v and 8 hex digits, not '%.12s'",
                             link, p);
        p = end;
    }
    return *p == '\0'
               ? 1
               : fail_here(mp7, diag, "more words than the %u links: '%.12s'", mp7->n_links, p);
}

int l1t_mp7_next(struct l1t_mp7 *mp7, struct l1t_mp7_frame *frame, struct l1t_diag *diag)
{
    char *line;
    if (mp7->failed)
        return -1;
    const int status = next_line(mp7, &line, NULL, diag);
    return status == 1 ? parse_frame(mp7, line, frame, diag) : status;
}

// ---- crossings ----

// How many of the links are valid.
static unsigned count_valid(const struct l1t_mp7_frame *frame, unsigned first, unsigned last)
{
    unsigned n = 0;
    for (unsigned link = first; link <= last; link++)
        n += frame->valid[link];
    return n;
}

static int check_links(struct l1t_mp7 *mp7, unsigned first, unsigned last, struct l1t_diag *diag)
{
    unsigned n = 0;
    for (unsigned i = 0; i < mp7->n_links; i++)
        n += mp7->link[i] >= first && mp7->link[i] <= last;
    return n == last - first + 1
               ? 1
               : fail_here(mp7, diag, "%u of the links %u to %u are there; all are needed", n,
                           first, last);
}

// The frame of the next crossing's start: 1; 0 when none follows.
static int find_start(struct l1t_mp7 *mp7, unsigned first, unsigned last,
                      struct l1t_mp7_frame *frame, struct l1t_diag *diag)
{
    bool gap = false;
    int status;
    while ((status = l1t_mp7_next(mp7, frame, diag)) == 1 && count_valid(frame, first, last) == 0)
        gap = true;
    if (status == 1 && gap && mp7->started)
        return fail_here(mp7, diag, "data again behind frames that are not valid");
    mp7->started = mp7->started || status == 1;
    return status;
}

int l1t_mp7_next_crossing(struct l1t_mp7 *mp7, unsigned first, unsigned last,
                          uint32_t word[L1T_MP7_CROSSING][L1T_MP7_LINKS], struct l1t_diag *diag)
{
    struct l1t_mp7_frame frame = {{0}, {false}};
    if (mp7->failed || (!mp7->started && check_links(mp7, first, last, diag) < 0))
        return -1;
    int status = find_start(mp7, first, last, &frame, diag);
    for (unsigned i = 0; status == 1; i++) {
        const unsigned valid = count_valid(&frame, first, last);
        if (valid != last - first + 1)
            return fail_here(mp7, diag,
                             "frame %u of a crossing: %u of the links %u to %u are valid", i, valid,
                             first, last);
        for (unsigned link = 0; link < L1T_MP7_LINKS; link++)
            word[i][link] = frame.valid[link] ? frame.word[link] : 0;
        if (i + 1 == L1T_MP7_CROSSING)
            return 1;
        status = l1t_mp7_next(mp7, &frame, diag);
        if (status == 0)
            return fail_here(mp7, diag, "the file ends inside a crossing, after frame %u of %d", i,
                             L1T_MP7_CROSSING);
    }
    return status;
}

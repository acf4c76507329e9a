// SPDX-License-Identifier: GPL-3.0-or-later
#include "lut_lexer.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

void l1t_lexer_start(struct l1t_lexer *lexer, const char *name, const char *text, size_t size,
                     enum l1t_comments comments, struct l1t_diag *diag)
{
    *lexer = (struct l1t_lexer){.name = name,
                                .at = text,
                                .end = text + size,
                                .comments = comments,
                                .line = 1,
                                .line_at = 1,
                                .token = text,
                                .diag = diag};
}

static bool starts(const struct l1t_lexer *lexer, const char *text)
{
    const size_t n = strlen(text);
    return (size_t)(lexer->end - lexer->at) >= n && memcmp(lexer->at, text, n) == 0;
}

static void skip_to_line_end(struct l1t_lexer *lexer)
{
    while (lexer->at < lexer->end && *lexer->at != '\n')
        lexer->at++;
}

// Past the closing mark; the opening one is where we are.
static enum l1t_err skip_to_mark(struct l1t_lexer *lexer, const char *opening, const char *closing)
{
    const size_t line = lexer->line_at;
    lexer->at += strlen(opening);
    for (; lexer->at < lexer->end; lexer->at++) {
        if (starts(lexer, closing)) {
            lexer->at += strlen(closing);
            return L1T_OK;
        }
        lexer->line_at += *lexer->at == '\n';
    }
    return l1t_fail(lexer->diag, L1T_E_INPUT, "%s:%zu: a comment that does not end", lexer->name,
                    line);
}

// A ';' at the start of a line begins a comment, unless it is alone there and ends the vector.
static bool coe_comment(const struct l1t_lexer *lexer)
{
    const char *p = lexer->at + 1;
    while (p < lexer->end && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    return *lexer->at == ';' && p < lexer->end && *p != '\n';
}

// Past blanks and comments.
static enum l1t_err skip(struct l1t_lexer *lexer, bool line_starts)
{
    enum l1t_err err = L1T_OK;
    while (lexer->at < lexer->end && err == L1T_OK) {
        const char c = *lexer->at;
        if (c == '\n') {
            line_starts = true;
            lexer->line_at++;
            lexer->at++;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            lexer->at++;
        } else if ((lexer->comments == L1T_COMMENTS_VERILOG && starts(lexer, "//")) ||
                   (lexer->comments == L1T_COMMENTS_MIF && starts(lexer, "--")) ||
                   (lexer->comments == L1T_COMMENTS_COE && line_starts && coe_comment(lexer))) {
            skip_to_line_end(lexer);
        } else if (lexer->comments == L1T_COMMENTS_VERILOG && starts(lexer, "/*")) {
            err = skip_to_mark(lexer, "/*", "*/");
        } else if (lexer->comments == L1T_COMMENTS_MIF && c == '%') {
            err = skip_to_mark(lexer, "%", "%");
        } else {
            break;
        }
    }
    return err;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

enum l1t_err l1t_lexer_next(struct l1t_lexer *lexer)
{
    const enum l1t_err err = skip(lexer, lexer->length == 0);
    lexer->line = lexer->line_at;
    lexer->token = lexer->at;
    lexer->length = 0;
    if (err != L1T_OK || lexer->at == lexer->end)
        return err;
    if (*lexer->at == '@' || is_word(*lexer->at)) {
        do
            lexer->at++;
        while (lexer->at < lexer->end && is_word(*lexer->at));
    } else {
        lexer->at += starts(lexer, "..") ? 2 : 1;
    }
    lexer->length = (size_t)(lexer->at - lexer->token);
    return L1T_OK;
}

bool l1t_lexer_is(const struct l1t_lexer *lexer, const char *text)
{
    return strlen(text) == lexer->length && strncasecmp(lexer->token, text, lexer->length) == 0;
}

enum l1t_err l1t_lexer_fail(const struct l1t_lexer *lexer, const char *what)
{
    const int shown = lexer->length > 40 ? 40 : (int)lexer->length;
    if (lexer->length == 0)
        return l1t_fail(lexer->diag, L1T_E_INPUT, "%s:%zu: expected %s, found the end", lexer->name,
                        lexer->line, what);
    return l1t_fail(lexer->diag, L1T_E_INPUT, "%s:%zu: expected %s, found '%.*s'", lexer->name,
                    lexer->line, what, shown, lexer->token);
}

enum l1t_err l1t_lexer_expect(struct l1t_lexer *lexer, const char *text)
{
    return l1t_lexer_is(lexer, text) ? l1t_lexer_next(lexer) : l1t_lexer_fail(lexer, text);
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

enum l1t_err l1t_lexer_number(struct l1t_lexer *lexer, const char *what, unsigned base,
                              uint64_t max, uint64_t *value)
{
    bool any = false;
    *value = 0;
    for (size_t i = 0; i < lexer->length; i++) {
        const char c = lexer->token[i];
        if (c == '_' && any)
            continue;
        if (digit(c) >= (int)base)
            return l1t_lexer_fail(lexer, what);
        any = true;
        *value = *value * base + (unsigned)digit(c);
        if (*value > max)
            return l1t_fail(lexer->diag, L1T_E_INPUT, "%s:%zu: %s '%.*s' is above %" PRIu64,
                            lexer->name, lexer->line, what,
                            lexer->length > 40 ? 40 : (int)lexer->length, lexer->token, max);
    }
    return any ? l1t_lexer_next(lexer) : l1t_lexer_fail(lexer, what);
}

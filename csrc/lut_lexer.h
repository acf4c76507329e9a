/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and signs of memory files, without blanks and comments. */
#ifndef L1T_LUT_LEXER_H
#define L1T_LUT_LEXER_H

#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How comments look: "//" and between slash and star, ";" at the start of a line, "--" and between
 * "%". */
enum l1t_comments { L1T_COMMENTS_VERILOG, L1T_COMMENTS_COE, L1T_COMMENTS_MIF };

struct l1t_lexer {
    const char *name, *at, *end;
    enum l1t_comments comments;
    size_t line;       /* of the token */
    size_t line_at;    /* of what follows it */
    const char *token; /* not terminated; length 0 at the end */
    size_t length;
    struct l1t_diag *diag;
};

void l1t_lexer_start(struct l1t_lexer *lexer, const char *name, const char *text, size_t size,
                     enum l1t_comments comments, struct l1t_diag *diag);

/* The next word (letters, digits, '_' and a '@' in front) or sign (one character, or ".."). Fails
 * on a comment without an end. */
enum l1t_err l1t_lexer_next(struct l1t_lexer *lexer) L1T_MUST_USE;

/* The token is this text; letters in any case. */
bool l1t_lexer_is(const struct l1t_lexer *lexer, const char *text);

/* Fails unless the token is this text, then goes on. */
enum l1t_err l1t_lexer_expect(struct l1t_lexer *lexer, const char *text) L1T_MUST_USE;

/* "name:line: expected WHAT, found 'token'". */
enum l1t_err l1t_lexer_fail(const struct l1t_lexer *lexer, const char *what);

/* The token as a number of this base (2, 8, 10, 16) of at most max; '_' between digits counts
 * nothing. Goes on. what names it in messages. */
enum l1t_err l1t_lexer_number(struct l1t_lexer *lexer, const char *what, unsigned base,
                              uint64_t max, uint64_t *value) L1T_MUST_USE;

#endif

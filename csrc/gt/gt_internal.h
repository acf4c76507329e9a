/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of the menu: messages, objects of an expression. */
#ifndef L1T_GT_INTERNAL_H
#define L1T_GT_INTERNAL_H

#include "l1t/gt_menu.h"

#include <stdarg.h>

enum {
    L1T_GT_FILE_MAX = 1 << 27,    /* bytes of a menu, unpacked */
    L1T_GT_TEXT_MAX = 1 << 14,    /* bytes of an expression; the longest of CMS has 1208 */
    L1T_GT_OBJECTS_MAX = 1 << 16, /* objects of all expressions of a menu */
    L1T_GT_DEPTH = 40             /* parentheses and NOTs inside of each other */
};

/* What an object of an expression is. */
enum l1t_gt_word {
    L1T_GT_W_OBJECT, /* with a threshold, or CICADA */
    L1T_GT_W_EXTERNAL,
    L1T_GT_W_SIGNAL,
    L1T_GT_W_NETWORK,
    L1T_GT_W_NONE
};

/*
 * The kind of a type as in l1t_gt_object_def.type, and which: enum l1t_gt_type (NETETMHF is the
 * word of HTM), enum l1t_gt_signal, the menu's external.
 */
enum l1t_gt_word l1t_gt_word_of(const struct l1t_gt_menu *menu, const char *type, unsigned *which);

/* "path:line:column: name: " and the text, into diag. Returns L1T_E_INPUT. */
enum l1t_err l1t_gt_fail(const struct l1t_gt_menu *menu,
                         const struct l1t_gt_algorithm_def *algorithm, struct l1t_gt_place place,
                         struct l1t_diag *diag, const char *fmt, ...) L1T_PRINTF(5, 6);

/* "; did you mean 'x'?" or "", into a buffer that is returned. */
const char *l1t_gt_hint(const char *text, const char *const *names, size_t n, char *to,
                        size_t size);

/* The same for an unknown object or function, and for what stands in an operator's place. */
const char *l1t_gt_word_hint(const char *word, char *hint, size_t size);
const char *l1t_gt_operator_hint(const char *text, char *hint, size_t size);

/* Length of the type that a word begins with and that a threshold follows; 0 none. */
size_t l1t_gt_type_prefix(const char *word);

/*
 * What every reader does at the end: missing texts become "", algorithms stand by bit, those
 * without a tree are parsed, the CMS scales are taken when there are none.
 */
enum l1t_err l1t_gt_menu_finish(struct l1t_gt_menu *menu, struct l1t_diag *diag) L1T_MUST_USE;

void l1t_gt_expr_free(struct l1t_gt_expr *expr);                    /* accepts NULL */
void l1t_gt_algorithm_free(struct l1t_gt_algorithm_def *algorithm); /* what it holds */

/* A menu from memory; path for messages, "-" is stdin. */
enum l1t_err l1t_gt_menu_parse_xml(const char *path, const char *text, size_t size,
                                   struct l1t_gt_menu **menu, struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err l1t_gt_menu_parse_yaml(const char *path, const char *text, size_t size,
                                    struct l1t_gt_menu **menu, struct l1t_diag *diag) L1T_MUST_USE;

/* A copy on the heap; NULL: no memory. */
char *l1t_gt_copy(const char *text);

#endif

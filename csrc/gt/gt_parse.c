// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Expressions of the CMS menu grammar:
 *
 *     expr   := term { (AND|XOR|OR) term }    NOT before AND before XOR before OR
 *     term   := NOT term | '(' expr ')' | cond
 *     cond   := object | func '{' object {',' object} '}' [cuts]
 *     object := TYPE [.ge.|.eq.] threshold [+n|-n] [cuts] | EXT_name [+n|-n] | signal [+n|-n]
 *     cuts   := '[' name {',' name} ']'
 *
 * Only words are resolved here; what a condition may hold is checked when it is compiled.
 */
#include "gt_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct parser {
    const struct l1t_gt_menu *menu;
    const struct l1t_gt_algorithm_def *algorithm;
    const char *text;
    size_t at;
    unsigned depth;
    struct l1t_diag *diag;
    enum l1t_err err;
    char found[64]; // a word for a message
    size_t walked;  // place is that of this character
    struct l1t_gt_place place;
};

// ---- characters ----

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '+' || c == '-';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct parser *p)
{
    while (is_blank(p->text[p->at]))
        p->at++;
}

static char peek(struct parser *p)
{
    skip_blanks(p);
    return p->text[p->at];
}

// Places are asked for in order but for messages, so that the walk is one.
static struct l1t_gt_place place_at(struct parser *p, size_t at)
{
    const struct l1t_gt_algorithm_def *const a = p->algorithm;
    const struct l1t_gt_place first =
        a->expression_place.line != 0 ? a->expression_place : a->place;
    if (first.line == 0)
        return first;
    if (p->walked == 0 || at < p->walked) {
        p->walked = 0;
        p->place = first;
    }
    for (; p->walked < at; p->walked++) {
        p->place.column++;
        if (p->text[p->walked] == '\n') {
            p->place.line++;
            p->place.column = 1;
        }
    }
    return p->place;
}

// The word at a place for a message: up to the next blank or bracket, and at least a character.
static const char *shown(struct parser *p, size_t at)
{
    size_t n = 0;
    while (n < 48 && is_word(p->text[at + n]))
        n++;
    if (n == 0 && p->text[at] == '\0')
        return "the end";
    (void)snprintf(p->found, sizeof p->found, "'%.*s'", (int)(n == 0 ? 1 : n), p->text + at);
    return p->found;
}

#define FAIL(p, at, ...)                                                                           \
    ((void)l1t_gt_fail((p)->menu, (p)->algorithm, place_at(p, at), (p)->diag, __VA_ARGS__),        \
     (p)->err = L1T_E_INPUT, false)

static bool no_memory(struct parser *p)
{
    p->err = l1t_fail(p->diag, L1T_E_NOMEM, "%s: out of memory",
                      p->menu->path != NULL ? p->menu->path : "menu");
    return false;
}

static bool expect(struct parser *p, char c, const char *instead)
{
    if (peek(p) != c)
        return FAIL(p, p->at, "expected %s, found %s", instead, shown(p, p->at));
    p->at++;
    return true;
}

// Is the next word this operator? Consumes it then.
static bool take_word(struct parser *p, const char *word)
{
    const size_t n = strlen(word);
    skip_blanks(p);
    if (strncmp(p->text + p->at, word, n) != 0 || is_word(p->text[p->at + n]))
        return false;
    p->at += n;
    return true;
}

// An array grows to the next power of two when it is full.
static void *grown(void *array, size_t n, size_t size)
{
    if (n != 0 && (n & (n - 1)) != 0)
        return array;
    return realloc(array, (n == 0 ? 1 : 2 * n) * size);
}

// ---- cuts ----

static bool find_cut(struct parser *p, size_t from, size_t n, size_t *index)
{
    char name[128], hint[160];
    const char *names[256];
    size_t n_names = 0;
    if (n >= sizeof name)
        return FAIL(p, from, "the name of a cut has more than %zu characters", sizeof name - 1);
    memcpy(name, p->text + from, n);
    name[n] = '\0';
    for (size_t i = 0; i < p->algorithm->n_cuts; i++) {
        if (strcmp(p->algorithm->cut[i].name, name) == 0) {
            *index = i;
            return true;
        }
        if (n_names < sizeof names / sizeof names[0])
            names[n_names++] = p->algorithm->cut[i].name;
    }
    return FAIL(p, from, "unknown cut '%s'%s", name,
                l1t_gt_hint(name, names, n_names, hint, sizeof hint));
}

// [a, b] when there is one.
static bool parse_cuts(struct parser *p, size_t **cut, size_t *n_cuts)
{
    if (peek(p) != '[')
        return true;
    do {
        p->at++;
        skip_blanks(p);
        const size_t from = p->at;
        while (p->text[p->at] != '\0' && !is_blank(p->text[p->at]) &&
               strchr(",[]{}()", p->text[p->at]) == NULL)
            p->at++;
        size_t index = 0;
        if (p->at == from)
            return FAIL(p, from, "expected the name of a cut, found %s", shown(p, from));
        if (!find_cut(p, from, p->at - from, &index))
            return false;
        size_t *const more = grown(*cut, *n_cuts, sizeof **cut);
        if (more == NULL)
            return no_memory(p);
        *cut = more;
        (*cut)[(*n_cuts)++] = index;
    } while (peek(p) == ',');
    return expect(p, ']', "',' or ']' after a cut");
}

// ---- objects ----

// Cuts the offset "+1" from the end of a word of n characters; returns the new n.
static size_t strip_offset(const char *word, size_t n, int *bx)
{
    *bx = 0;
    if (n < 3 || !is_digit(word[n - 1]) || (word[n - 2] != '+' && word[n - 2] != '-'))
        return n;
    *bx = (word[n - 2] == '-' ? -1 : 1) * (word[n - 1] - '0');
    return n - 2;
}

// "7p5", "7.5", "20" of exactly n characters.
static bool read_threshold(const char *text, size_t n, double *value)
{
    char number[24];
    size_t points = 0;
    if (n == 0 || n >= sizeof number || !is_digit(text[0]) || !is_digit(text[n - 1]))
        return false;
    for (size_t i = 0; i < n; i++) {
        const bool point = text[i] == 'p' || text[i] == '.';
        if (!point && !is_digit(text[i]))
            return false;
        points += point;
        number[i] = point ? '.' : text[i];
    }
    number[n] = '\0';
    *value = strtod(number, NULL);
    return points <= 1;
}

static bool unknown_word(struct parser *p, size_t from, size_t n)
{
    char word[64], hint[96];
    (void)snprintf(word, sizeof word, "%.*s", (int)(n > 60 ? 60 : n), p->text + from);
    return FAIL(p, from, "unknown object '%s'%s", word, l1t_gt_word_hint(word, hint, sizeof hint));
}

static bool unknown_external(struct parser *p, size_t from, const char *type)
{
    const char *names[L1T_GT_EXTERNALS];
    char hint[96];
    size_t n = 0;
    for (; n < p->menu->n_externals && n < L1T_GT_EXTERNALS; n++)
        names[n] = p->menu->external[n].name;
    return FAIL(p, from, "the menu has no external signal '%s'%s", type + 4,
                l1t_gt_hint(type + 4, names, n, hint, sizeof hint));
}

static bool set_type(struct parser *p, size_t from, const char *word, size_t n,
                     struct l1t_gt_object_def *object)
{
    if (n >= sizeof object->type)
        return FAIL(p, from, "a name of more than %zu characters", sizeof object->type - 1);
    memcpy(object->type, word, n);
    object->type[n] = '\0';
    return true;
}

static bool parse_threshold(struct parser *p, size_t from, size_t n,
                            struct l1t_gt_object_def *object)
{
    const char *const word = p->text + from;
    const size_t prefix = l1t_gt_type_prefix(word);
    if (prefix == 0 || prefix >= n)
        return unknown_word(p, from, n);
    size_t at = prefix;
    if (n >= at + 4 && (strncmp(word + at, ".ge.", 4) == 0 || strncmp(word + at, ".eq.", 4) == 0)) {
        object->equal = word[at + 1] == 'e';
        at += 4;
    }
    if (!read_threshold(word + at, n - at, &object->threshold))
        return FAIL(p, from + at,
                    "'%.*s' is not a threshold; expected digits, 'p' for the decimal point, "
                    "for example %.*s7p5",
                    (int)(n - at > 40 ? 40 : n - at), word + at, (int)prefix, word);
    return set_type(p, from, word, prefix, object);
}

// The word is no type or signal as it stands: one with a threshold.
static bool parse_measured(struct parser *p, size_t from, size_t n,
                           struct l1t_gt_object_def *object, enum l1t_gt_function *function)
{
    unsigned which = 0;
    if (!parse_threshold(p, from, n, object))
        return false;
    const enum l1t_gt_word word = l1t_gt_word_of(p->menu, object->type, &which);
    if (word == L1T_GT_W_NETWORK)
        *function = L1T_GT_F_NETWORK;
    if (word == L1T_GT_W_OBJECT && which == L1T_GT_CICADA)
        return FAIL(p, from, "CICADA has no threshold but a cut of type CSCORE");
    return true;
}

static bool parse_object(struct parser *p, struct l1t_gt_object_def *object,
                         enum l1t_gt_function *function)
{
    unsigned which = 0;
    skip_blanks(p);
    const size_t from = p->at;
    while (is_word(p->text[p->at]))
        p->at++;
    const size_t n = strip_offset(p->text + from, p->at - from, &object->bx);
    if (n == 0)
        return FAIL(p, from, "expected an object, for example MU22, found %s", shown(p, from));
    if (object->bx < -L1T_GT_BX_REACH || object->bx > L1T_GT_BX_REACH)
        return FAIL(p, from + n, "a bunch crossing %+d away; expected -2 to +2", object->bx);
    *function = L1T_GT_F_NONE;
    if (!set_type(p, from, p->text + from, n, object))
        return false;
    const enum l1t_gt_word word = l1t_gt_word_of(p->menu, object->type, &which);
    if (word == L1T_GT_W_EXTERNAL)
        *function = L1T_GT_F_EXTERNAL;
    else if (word == L1T_GT_W_SIGNAL)
        *function = L1T_GT_F_SIGNAL;
    else if (word == L1T_GT_W_NETWORK)
        *function = L1T_GT_F_NETWORK;
    else if (strncmp(object->type, "EXT_", 4) == 0)
        return unknown_external(p, from, object->type);
    else if (word == L1T_GT_W_OBJECT && which != L1T_GT_CICADA)
        return FAIL(p, from, "%s without a threshold; for example %s20", object->type,
                    object->type);
    else if (word == L1T_GT_W_NONE && !parse_measured(p, from, n, object, function))
        return false;
    return parse_cuts(p, &object->cut, &object->n_cuts);
}

// ---- conditions ----

static bool find_function(struct parser *p, size_t from, size_t n, enum l1t_gt_function *function)
{
    char word[64], hint[96];
    (void)snprintf(word, sizeof word, "%.*s", (int)(n > 60 ? 60 : n), p->text + from);
    for (unsigned i = L1T_GT_F_COMB; i <= L1T_GT_F_MASS_TRV_ORM; i++)
        if (strcmp(l1t_gt_function_name((enum l1t_gt_function)i), word) == 0) {
            *function = (enum l1t_gt_function)i;
            return true;
        }
    return FAIL(p, from, "unknown function '%s'%s", word,
                l1t_gt_word_hint(word, hint, sizeof hint));
}

static struct l1t_gt_object_def *add_object(struct parser *p, struct l1t_gt_expr *expr)
{
    struct l1t_gt_object_def *const more =
        grown(expr->object, expr->n_objects, sizeof *expr->object);
    if (more == NULL) {
        (void)no_memory(p);
        return NULL;
    }
    expr->object = more;
    memset(&more[expr->n_objects], 0, sizeof *more);
    return &more[expr->n_objects++];
}

static bool parse_call(struct parser *p, struct l1t_gt_expr *expr)
{
    do {
        p->at++; // '{' or ','
        enum l1t_gt_function kind = L1T_GT_F_NONE;
        struct l1t_gt_object_def *const object = add_object(p, expr);
        skip_blanks(p);
        const size_t from = p->at;
        if (object == NULL || !parse_object(p, object, &kind))
            return false;
        if (kind != L1T_GT_F_NONE)
            return FAIL(p, from, "%s has no place in %s{}", object->type,
                        l1t_gt_function_name(expr->function));
    } while (peek(p) == ',');
    return expect(p, '}', "',' or '}' after an object") && parse_cuts(p, &expr->cut, &expr->n_cuts);
}

static bool parse_condition(struct parser *p, struct l1t_gt_expr *expr)
{
    skip_blanks(p);
    const size_t from = p->at;
    size_t n = 0;
    while (is_word(p->text[from + n]))
        n++;
    p->at = from + n;
    expr->kind = L1T_GT_E_CONDITION;
    if (n > 0 && peek(p) == '{')
        return find_function(p, from, n, &expr->function) && parse_call(p, expr);
    p->at = from;
    struct l1t_gt_object_def *const object = add_object(p, expr);
    return object != NULL && parse_object(p, object, &expr->function);
}

// ---- operators ----

static struct l1t_gt_expr *new_expr(struct parser *p)
{
    struct l1t_gt_expr *const expr = calloc(1, sizeof *expr);
    if (expr == NULL)
        (void)no_memory(p);
    else {
        skip_blanks(p);
        expr->place = place_at(p, p->at);
    }
    return expr;
}

static bool add_arg(struct parser *p, struct l1t_gt_expr *expr, struct l1t_gt_expr *arg)
{
    struct l1t_gt_expr **const more =
        arg == NULL ? NULL : grown(expr->arg, expr->n_args, sizeof(void *));
    if (more == NULL) {
        l1t_gt_expr_free(arg);
        return arg == NULL ? false : no_memory(p);
    }
    expr->arg = more;
    expr->arg[expr->n_args++] = arg;
    return true;
}

static struct l1t_gt_expr *parse_binary(struct parser *p, unsigned level);

static struct l1t_gt_expr *parse_term(struct parser *p)
{
    if (peek(p) == '(') {
        const size_t from = p->at++;
        if (++p->depth > L1T_GT_DEPTH) {
            (void)FAIL(p, from, "more than %d parentheses and NOTs inside of each other",
                       L1T_GT_DEPTH);
            return NULL;
        }
        struct l1t_gt_expr *const inner = parse_binary(p, 0);
        p->depth--;
        if (inner != NULL && expect(p, ')', "AND, OR, XOR or ')'"))
            return inner;
        l1t_gt_expr_free(inner);
        return NULL;
    }
    struct l1t_gt_expr *const expr = new_expr(p);
    bool good = expr != NULL;
    if (good && take_word(p, "NOT")) {
        expr->kind = L1T_GT_E_NOT;
        good =
            ++p->depth <= L1T_GT_DEPTH ||
            FAIL(p, p->at, "more than %d parentheses and NOTs inside of each other", L1T_GT_DEPTH);
        good = good && add_arg(p, expr, parse_term(p));
        p->depth--;
    } else if (good)
        good = parse_condition(p, expr);
    if (good)
        return expr;
    l1t_gt_expr_free(expr);
    return NULL;
}

static struct l1t_gt_expr *parse_binary(struct parser *p, unsigned level)
{
    static const struct {
        const char *word;
        enum l1t_gt_expr_kind kind;
    } levels[] = {{"OR", L1T_GT_E_OR}, {"XOR", L1T_GT_E_XOR}, {"AND", L1T_GT_E_AND}};
    if (level == sizeof levels / sizeof levels[0])
        return parse_term(p);
    struct l1t_gt_expr *const first = parse_binary(p, level + 1);
    if (first == NULL || !take_word(p, levels[level].word))
        return first;
    struct l1t_gt_expr *const expr = new_expr(p);
    if (expr == NULL) {
        l1t_gt_expr_free(first);
        return NULL;
    }
    expr->kind = levels[level].kind;
    expr->place = first->place;
    bool good = add_arg(p, expr, first);
    do {
        good = good && add_arg(p, expr, parse_binary(p, level + 1));
    } while (good && take_word(p, levels[level].word));
    if (good)
        return expr;
    l1t_gt_expr_free(expr);
    return NULL;
}

enum l1t_err l1t_gt_parse(const struct l1t_gt_menu *menu, struct l1t_gt_algorithm_def *algorithm,
                          struct l1t_diag *diag)
{
    struct parser p = {
        .menu = menu, .algorithm = algorithm, .text = algorithm->expression, .diag = diag};
    l1t_gt_expr_free(algorithm->expr);
    algorithm->expr = NULL;
    if (p.text == NULL)
        return l1t_gt_fail(menu, algorithm, algorithm->place, diag, "no expression");
    if (strlen(p.text) > L1T_GT_TEXT_MAX)
        return l1t_gt_fail(menu, algorithm, place_at(&p, 0), diag,
                           "an expression of more than %d characters", L1T_GT_TEXT_MAX);
    struct l1t_gt_expr *const expr = parse_binary(&p, 0);
    if (expr != NULL && peek(&p) != '\0') {
        char hint[96];
        (void)FAIL(&p, p.at, "expected AND, OR, XOR or the end, found %s%s", shown(&p, p.at),
                   l1t_gt_operator_hint(p.text + p.at, hint, sizeof hint));
    }
    if (p.err != L1T_OK)
        l1t_gt_expr_free(expr);
    else
        algorithm->expr = expr;
    return p.err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// An expression tree as text of the CMS grammar.
#include "gt_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *data;
    size_t n, room;
    bool failed;
};

static void put(struct text *to, const char *text)
{
    const size_t n = strlen(text);
    if (!to->failed && to->n + n + 1 > to->room) {
        const size_t room = 2 * (to->n + n + 1);
        char *const more = realloc(to->data, room);
        to->failed = more == NULL;
        if (more != NULL) {
            to->data = more;
            to->room = room;
        }
    }
    if (to->failed)
        return;
    memcpy(to->data + to->n, text, n + 1);
    to->n += n;
}

// The fewest decimals that read back as the same number.
static void put_threshold(struct text *to, double value)
{
    char number[64];
    for (int decimals = 0; decimals <= 17; decimals++) {
        (void)snprintf(number, sizeof number, "%.*f", decimals, value);
        if (strtod(number, NULL) == value)
            break;
    }
    char *const point = strchr(number, '.');
    if (point != NULL)
        *point = 'p';
    put(to, number);
}

static void put_cuts(struct text *to, const struct l1t_gt_algorithm_def *algorithm,
                     const size_t *cut, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put(to, i == 0 ? "[" : ", ");
        put(to, algorithm->cut[cut[i]].name);
    }
    if (n > 0)
        put(to, "]");
}

static void put_object(struct text *to, const struct l1t_gt_algorithm_def *algorithm,
                       const struct l1t_gt_object_def *object, bool threshold)
{
    char bx[16] = "";
    put(to, object->type);
    if (threshold && strcmp(object->type, "CICADA") != 0) {
        put(to, object->equal ? ".eq." : "");
        put_threshold(to, object->threshold);
    }
    if (object->bx != 0)
        (void)snprintf(bx, sizeof bx, "%+d", object->bx);
    put(to, bx);
    put_cuts(to, algorithm, object->cut, object->n_cuts);
}

static void put_condition(struct text *to, const struct l1t_gt_algorithm_def *algorithm,
                          const struct l1t_gt_expr *expr)
{
    const bool call = l1t_gt_function_name(expr->function)[0] != '\0';
    const bool network = expr->function == L1T_GT_F_NETWORK && expr->object[0].threshold != 0;
    const bool threshold = call || expr->function == L1T_GT_F_NONE || network;
    put(to, l1t_gt_function_name(expr->function));
    for (size_t i = 0; i < expr->n_objects; i++) {
        put(to, i > 0 ? ", " : call ? "{" : "");
        put_object(to, algorithm, &expr->object[i], threshold);
    }
    put(to, call ? "}" : "");
    put_cuts(to, algorithm, expr->cut, expr->n_cuts);
}

static bool is_binary(const struct l1t_gt_expr *expr)
{
    return expr->kind == L1T_GT_E_AND || expr->kind == L1T_GT_E_OR || expr->kind == L1T_GT_E_XOR;
}

// An operator inside of an operator always gets its parentheses, as menus have them.
static void put_expr(struct text *to, const struct l1t_gt_algorithm_def *algorithm,
                     const struct l1t_gt_expr *expr)
{
    const char *const between = expr->kind == L1T_GT_E_AND  ? " AND "
                                : expr->kind == L1T_GT_E_OR ? " OR "
                                                            : " XOR ";
    if (expr->kind == L1T_GT_E_CONDITION)
        put_condition(to, algorithm, expr);
    if (expr->kind == L1T_GT_E_NOT)
        put(to, "NOT ");
    for (size_t i = 0; i < expr->n_args; i++) {
        const bool bracket = is_binary(expr->arg[i]);
        put(to, i > 0 ? between : "");
        put(to, bracket ? "(" : "");
        put_expr(to, algorithm, expr->arg[i]);
        put(to, bracket ? ")" : "");
    }
}

char *l1t_gt_expression_text(const struct l1t_gt_algorithm_def *algorithm)
{
    struct text to = {0};
    put(&to, "");
    if (algorithm->expr != NULL)
        put_expr(&to, algorithm, algorithm->expr);
    if (!to.failed)
        return to.data;
    free(to.data);
    return NULL;
}

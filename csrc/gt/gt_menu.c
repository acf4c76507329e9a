// SPDX-License-Identifier: GPL-3.0-or-later
// The menu as written: its memory, and messages about it.
#include "gt_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void l1t_gt_expr_free(struct l1t_gt_expr *expr)
{
    if (expr == NULL)
        return;
    for (size_t i = 0; i < expr->n_args; i++)
        l1t_gt_expr_free(expr->arg[i]);
    for (size_t i = 0; i < expr->n_objects; i++)
        free(expr->object[i].cut);
    free(expr->arg);
    free(expr->object);
    free(expr->cut);
    free(expr);
}

void l1t_gt_algorithm_free(struct l1t_gt_algorithm_def *algorithm)
{
    free(algorithm->name);
    free(algorithm->group);
    free(algorithm->labels);
    free(algorithm->comment);
    free(algorithm->expression);
    free(algorithm->closed);
    l1t_gt_expr_free(algorithm->expr);
    for (size_t i = 0; i < algorithm->n_cuts; i++) {
        free(algorithm->cut[i].name);
        free(algorithm->cut[i].object);
        free(algorithm->cut[i].data);
    }
    free(algorithm->cut);
}

void l1t_gt_menu_free(struct l1t_gt_menu *menu)
{
    if (menu == NULL)
        return;
    for (size_t i = 0; i < menu->n; i++)
        l1t_gt_algorithm_free(&menu->algorithm[i]);
    free(menu->algorithm);
    for (size_t i = 0; i < menu->n_externals; i++) {
        free(menu->external[i].name);
        free(menu->external[i].system);
    }
    free(menu->external);
    for (size_t i = 0; i < menu->n_columns; i++)
        free(menu->column[i]);
    l1t_gt_scales_free(&menu->scales);
    free(menu->name);
    free(menu->comment);
    free(menu->grammar);
    free(menu->path);
    free(menu);
}

char *l1t_gt_copy(const char *text)
{
    const size_t n = strlen(text) + 1;
    char *const copy = malloc(n);
    if (copy != NULL)
        memcpy(copy, text, n);
    return copy;
}

enum l1t_err l1t_gt_fail(const struct l1t_gt_menu *menu,
                         const struct l1t_gt_algorithm_def *algorithm, struct l1t_gt_place place,
                         struct l1t_diag *diag, const char *fmt, ...)
{
    char text[400], at[32] = "";
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (place.line != 0)
        (void)snprintf(at, sizeof at, ":%u:%u", place.line, place.column);
    const char *const name = algorithm != NULL && algorithm->name != NULL ? algorithm->name : NULL;
    return l1t_fail(diag, L1T_E_INPUT, "%s%s: %s%s%s", menu->path != NULL ? menu->path : "menu", at,
                    name != NULL ? name : "", name != NULL ? ": " : "", text);
}

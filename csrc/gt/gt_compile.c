// SPDX-License-Identifier: GPL-3.0-or-later
// A menu as written becomes integers: algorithms in postfix over conditions over legs.
#include "gt_compile.h"

#include <stdlib.h>
#include <string.h>

static enum l1t_err no_memory(struct l1t_gt_compiler *c)
{
    return l1t_fail(c->diag, L1T_E_NOMEM, "%s: out of memory",
                    c->menu->path != NULL ? c->menu->path : "menu");
}

// ---- expressions ----

static enum l1t_err add_node(struct l1t_gt_compiler *c, enum l1t_gt_op op, size_t condition)
{
    if (c->n_nodes == 0 || (c->n_nodes & (c->n_nodes - 1)) == 0) {
        const size_t room = c->n_nodes == 0 ? 1 : 2 * c->n_nodes;
        struct l1t_gt_node *const more = realloc(c->node, room * sizeof *more);
        if (more == NULL)
            return no_memory(c);
        c->node = more;
    }
    c->node[c->n_nodes++] = (struct l1t_gt_node){(uint8_t)op, (uint16_t)condition};
    return L1T_OK;
}

static enum l1t_err add_condition(struct l1t_gt_compiler *c, bool *supported)
{
    struct l1t_gt_condition condition;
    size_t index = 0;
    const enum l1t_err err = l1t_gt_make_condition(c, &condition);
    if (err != L1T_OK)
        return err;
    if (!l1t_gt_pool_add(&c->condition, &condition, &index))
        return no_memory(c);
    if (index > UINT16_MAX)
        return L1T_GT_REFUSE(c, "the menu has more than %d different conditions", UINT16_MAX);
    *supported = *supported && condition.kind != L1T_GT_UNSUPPORTED;
    return add_node(c, L1T_GT_OP_CONDITION, index);
}

static const enum l1t_gt_op ops[] = {[L1T_GT_E_NOT] = L1T_GT_OP_NOT,
                                     [L1T_GT_E_AND] = L1T_GT_OP_AND,
                                     [L1T_GT_E_OR] = L1T_GT_OP_OR,
                                     [L1T_GT_E_XOR] = L1T_GT_OP_XOR};

// base: entries on the stack before; the expression leaves one more.
static enum l1t_err add_expr(struct l1t_gt_compiler *c, const struct l1t_gt_expr *expr,
                             unsigned base, bool *supported)
{
    c->expr = expr;
    if (base >= L1T_GT_STACK)
        return L1T_GT_REFUSE(c, "an expression that needs a stack of more than %d", L1T_GT_STACK);
    if (expr->kind == L1T_GT_E_CONDITION)
        return add_condition(c, supported);
    for (size_t i = 0; i < expr->n_args; i++) {
        enum l1t_err err = add_expr(c, expr->arg[i], base + (i > 0), supported);
        if (err == L1T_OK && (i > 0 || expr->kind == L1T_GT_E_NOT))
            err = add_node(c, ops[expr->kind], 0);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

static enum l1t_err add_algorithm(struct l1t_gt_compiler *c,
                                  const struct l1t_gt_algorithm_def *from,
                                  struct l1t_gt_algorithm *to)
{
    if (from->expr == NULL || from->bit >= L1T_GT_ALGORITHMS)
        return l1t_gt_fail(c->menu, from, from->place, c->diag,
                           from->expr == NULL ? "an algorithm without an expression"
                                              : "a bit above 511");
    c->algorithm = from;
    to->bit = (uint16_t)from->bit;
    to->supported = true;
    to->first_node = (uint32_t)c->n_nodes;
    const enum l1t_err err = add_expr(c, from->expr, 0, &to->supported);
    to->n_nodes = (uint32_t)c->n_nodes - to->first_node;
    return err;
}

static int by_bit(const void *a, const void *b)
{
    const struct l1t_gt_algorithm *const x = a, *const y = b;
    return x->bit - y->bit;
}

static enum l1t_err add_algorithms(struct l1t_gt_compiler *c, struct l1t_gt_algorithm *algorithm)
{
    for (size_t i = 0; i < c->menu->n; i++) {
        const enum l1t_err err = add_algorithm(c, &c->menu->algorithm[i], &algorithm[i]);
        if (err != L1T_OK)
            return err;
    }
    qsort(algorithm, c->menu->n, sizeof *algorithm, by_bit);
    for (size_t i = 1; i < c->menu->n; i++)
        if (algorithm[i].bit == algorithm[i - 1].bit)
            return l1t_fail(c->diag, L1T_E_INPUT, "%s: two algorithms have bit %u",
                            c->menu->path != NULL ? c->menu->path : "menu", algorithm[i].bit);
    return L1T_OK;
}

// ---- the whole ----

static void reach(struct l1t_gt_code *code, int bx)
{
    if (bx < 0 && -bx > code->bx_past)
        code->bx_past = (uint8_t)-bx;
    if (bx > 0 && bx > code->bx_future)
        code->bx_future = (uint8_t)bx;
}

static void summarize(struct l1t_gt_code *code)
{
    for (size_t i = 0; i < code->n_legs; i++) {
        code->types |= UINT32_C(1) << code->leg[i].type;
        reach(code, code->leg[i].bx);
    }
    for (size_t i = 0; i < code->n_conditions; i++)
        reach(code, code->condition[i].bx);
}

static enum l1t_err compile(struct l1t_gt_compiler *c, struct l1t_gt_code *code)
{
    enum l1t_err err = l1t_gt_scales_default(&c->cms, c->diag);
    if (err == L1T_OK)
        err = l1t_gt_check_steps(c);
    if (err == L1T_OK)
        err = l1t_gt_make_digits(c);
    struct l1t_gt_algorithm *const algorithm = calloc(c->menu->n + 1, sizeof *algorithm);
    if (algorithm == NULL)
        err = no_memory(c);
    else if (err == L1T_OK)
        err = add_algorithms(c, algorithm);
    if (err == L1T_OK && !l1t_gt_make_tables(c->digits, &code->tables))
        err = no_memory(c);
    code->n_legs = c->leg.n;
    code->n_conditions = c->condition.n;
    code->n_nodes = c->n_nodes;
    code->n_algorithms = c->menu->n;
    code->leg = (const void *)c->leg.item;
    code->condition = (const void *)c->condition.item;
    code->node = c->node;
    code->algorithm = algorithm;
    free(c->leg.slot);
    free(c->condition.slot);
    l1t_gt_scales_free(&c->cms);
    if (err == L1T_OK)
        summarize(code);
    return err;
}

enum l1t_err l1t_gt_compile(const struct l1t_gt_menu *menu, struct l1t_gt_code **code,
                            struct l1t_diag *diag)
{
    struct l1t_gt_compiler c = {.menu = menu,
                                .overlap = menu->overlap != L1T_GT_OVERLAP_NONE
                                               ? menu->overlap
                                               : l1t_gt_overlap_default(menu),
                                .leg.size = sizeof(struct l1t_gt_leg),
                                .condition.size = sizeof(struct l1t_gt_condition),
                                .diag = diag};
    *code = calloc(1, sizeof **code);
    if (*code == NULL)
        return no_memory(&c);
    const enum l1t_err err = compile(&c, *code);
    if (err != L1T_OK) {
        l1t_gt_code_free(*code);
        *code = NULL;
    }
    return err;
}

void l1t_gt_code_free(struct l1t_gt_code *code)
{
    if (code == NULL)
        return;
    free((void *)code->leg);
    free((void *)code->condition);
    free((void *)code->node);
    free((void *)code->algorithm);
    l1t_gt_free_tables(&code->tables);
    free(code);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin menu show`: what algorithms ask for, in physical units and as the integers that decide.
#include "cmd/menu_parts.h"
#include "l1t/gt_text.h"
#include "l1t/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LEAVES = 256, TEXT = 400 };

struct shown {
    const struct l1t_gt_menu *menu;
    const struct l1t_gt_code *code;
    struct l1t_table *algorithms, *conditions;
};

static const struct l1t_column algorithm_columns[] = {
    {"bit", "", L1T_CELL_INT, 0},        {"algorithm", "", L1T_CELL_TEXT, 0},
    {"group", "", L1T_CELL_TEXT, 0},     {"prescale", "", L1T_CELL_TEXT, 0},
    {"evaluated", "", L1T_CELL_TEXT, 0}, {"expression", "", L1T_CELL_TEXT, 0}};
static const struct l1t_column condition_columns[] = {
    {"algorithm", "", L1T_CELL_TEXT, 0}, {"condition", "", L1T_CELL_INT, 0},
    {"what", "", L1T_CELL_TEXT, 0},      {"part", "", L1T_CELL_TEXT, 0},
    {"physical", "", L1T_CELL_TEXT, 0},  {"hardware", "", L1T_CELL_TEXT, 0}};

static void add_part(const struct shown *s, const struct l1t_gt_algorithm_def *a, size_t number,
                     const char *what, const char *part, const char *physical, const char *hardware)
{
    l1t_table_text(s->conditions, a->name);
    l1t_table_int(s->conditions, (long long)number);
    l1t_table_text(s->conditions, what);
    l1t_table_text(s->conditions, part);
    l1t_table_text(s->conditions, physical);
    l1t_table_text(s->conditions, hardware);
}

// The one word of a condition without objects: an external, a signal, a network.
static void add_bit(const struct shown *s, const struct l1t_gt_algorithm_def *a, size_t number,
                    const struct l1t_gt_expr *leaf, const struct l1t_gt_condition *condition)
{
    char hardware[80] = "not evaluated", physical[TEXT];
    const char *what = leaf->function == L1T_GT_F_EXTERNAL ? "external"
                       : leaf->function == L1T_GT_F_SIGNAL ? "signal"
                                                           : "network";
    if (condition->kind == L1T_GT_EXTERNAL)
        (void)snprintf(hardware, sizeof hardware, "channel %u", condition->channel);
    else if (condition->kind == L1T_GT_SIGNAL)
        (void)snprintf(hardware, sizeof hardware, "signal %u", condition->channel);
    add_part(s, a, number, what, "", l1t_gt_object_text(a, &leaf->object[0], physical, TEXT),
             hardware);
}

static void add_condition(const struct shown *s, const struct l1t_gt_algorithm_def *a,
                          size_t number, const struct l1t_gt_expr *leaf,
                          const struct l1t_gt_condition *condition)
{
    char physical[TEXT], hardware[TEXT], part[40];
    const char *what = *l1t_gt_function_name(leaf->function) != '\0'
                           ? l1t_gt_function_name(leaf->function)
                           : "object";
    const size_t legs = condition->n_legs + (condition->overlap != L1T_GT_OVERLAP_NONE ? 1u : 0u);
    if (legs == 0 || condition->kind > L1T_GT_TRIPLE) {
        add_bit(s, a, number, leaf, condition);
        return;
    }
    for (size_t i = 0; i < leaf->n_objects; i++) {
        (void)snprintf(part, sizeof part, i == condition->n_legs ? "reference" : "object %zu",
                       i + 1);
        (void)l1t_gt_object_text(a, &leaf->object[i], physical, sizeof physical);
        hardware[0] = '\0';
        if (i < legs)
            (void)l1t_gt_leg_text(&s->code->leg[condition->leg[i]], hardware, sizeof hardware);
        add_part(s, a, number, what, part, physical, hardware);
    }
    if (leaf->n_cuts == 0)
        return;
    physical[0] = '\0';
    for (size_t i = 0; i < leaf->n_cuts; i++) {
        char cut[120];
        l1t_cmd_append(physical, sizeof physical, "%s%s", i > 0 ? ", " : "",
                       l1t_gt_cut_text(&a->cut[leaf->cut[i]], cut, sizeof cut));
    }
    (void)l1t_gt_cuts_text(condition, hardware, sizeof hardware);
    add_part(s, a, number, what, "between", physical, hardware);
}

static const struct l1t_gt_algorithm *code_of(const struct l1t_gt_code *code, unsigned bit)
{
    for (size_t i = 0; i < code->n_algorithms; i++)
        if (code->algorithm[i].bit == bit)
            return &code->algorithm[i];
    return NULL;
}

// Leaves of the tree and condition nodes of the compiled algorithm come in the same order.
static void add_conditions(const struct shown *s, const struct l1t_gt_algorithm_def *a)
{
    const struct l1t_gt_expr *leaf[MAX_LEAVES];
    const size_t leaves = l1t_gt_leaves(a->expr, leaf, MAX_LEAVES);
    const struct l1t_gt_algorithm *compiled = code_of(s->code, a->bit);
    size_t k = 0;
    for (uint32_t i = 0; compiled != NULL && i < compiled->n_nodes && k < leaves; i++) {
        const struct l1t_gt_node *node = &s->code->node[compiled->first_node + i];
        if (node->op != L1T_GT_OP_CONDITION)
            continue;
        add_condition(s, a, k + 1, leaf[k], &s->code->condition[node->condition]);
        k++;
    }
}

static enum l1t_err add_algorithm(struct l1t_menu_arguments *a, const struct shown *s,
                                  const struct l1t_gt_algorithm_def *algorithm)
{
    char prescale[300];
    char *text = l1t_gt_expression_text(algorithm);
    if (text == NULL)
        return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    l1t_table_int(s->algorithms, algorithm->bit);
    l1t_table_text(s->algorithms, algorithm->name);
    l1t_table_text(s->algorithms, algorithm->group != NULL ? algorithm->group : "");
    l1t_table_text(s->algorithms,
                   l1t_menu_cmd_prescale(s->menu, algorithm, prescale, sizeof prescale));
    l1t_table_text(s->algorithms, l1t_menu_cmd_supported(s->code, algorithm->bit) ? "yes" : "no");
    l1t_table_text(s->algorithms, text);
    free(text);
    add_conditions(s, algorithm);
    return L1T_OK;
}

static enum l1t_err unknown_algorithm(struct l1t_menu_arguments *a, const struct l1t_gt_menu *menu,
                                      const char *name)
{
    const char **names = calloc(menu->n + 1, sizeof *names);
    if (names == NULL)
        return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < menu->n; i++)
        names[i] = menu->algorithm[i].name;
    const char *nearest = l1t_nearest(name, names, menu->n);
    free(names);
    return l1t_fail(&a->p.diag, L1T_E_USAGE, "%s has no algorithm '%s'%s%s%s", menu->name, name,
                    nearest != NULL ? "; did you mean '" : "; see 'l1twin menu list'",
                    nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

static enum l1t_err check_names(struct l1t_menu_arguments *a, const struct l1t_gt_menu *menu)
{
    for (int i = 1; i < a->n_files; i++) {
        size_t k = 0;
        while (k < menu->n && strcmp(menu->algorithm[k].name, a->file[i]) != 0)
            k++;
        if (k == menu->n)
            return unknown_algorithm(a, menu, a->file[i]);
    }
    return L1T_OK;
}

static bool is_named(const struct l1t_menu_arguments *a, const char *name)
{
    for (int i = 1; i < a->n_files; i++)
        if (strcmp(a->file[i], name) == 0)
            return true;
    return a->n_files == 1;
}

enum l1t_err l1t_menu_cmd_show(struct l1t_menu_arguments *a)
{
    struct l1t_gt_menu *menu;
    struct l1t_gt_code *code;
    enum l1t_err err = l1t_menu_cmd_compile(a, a->file[0], &menu, &code);
    if (err != L1T_OK)
        return err;
    struct shown s = {menu, code, l1t_physics_table(&a->p, menu->name, algorithm_columns, 6),
                      l1t_physics_table(&a->p, "conditions", condition_columns, 6)};
    err = s.algorithms != NULL && s.conditions != NULL ? check_names(a, menu) : L1T_E_NOMEM;
    for (size_t i = 0; err == L1T_OK && i < menu->n; i++)
        if (l1t_menu_cmd_wanted(a, &menu->algorithm[i]) && is_named(a, menu->algorithm[i].name))
            err = add_algorithm(a, &s, &menu->algorithm[i]);
    if (err == L1T_OK)
        err = l1t_physics_print(&a->p, (struct l1t_table *[]){s.algorithms, s.conditions}, 2);
    l1t_table_free(s.algorithms);
    l1t_table_free(s.conditions);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin menu list`: a line an algorithm.
#include "cmd/menu_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIXED = 7 };

// Columns of whole prescales are shown without decimals.
static bool is_whole(const struct l1t_gt_menu *menu, size_t column)
{
    for (size_t i = 0; i < menu->n; i++) {
        const double value = menu->algorithm[i].prescale[column];
        if (value > floor(value))
            return false;
    }
    return true;
}

static void add_row(struct l1t_table *t, const struct l1t_gt_menu *menu,
                    const struct l1t_gt_algorithm_def *algorithm, bool supported, const char *text)
{
    l1t_table_int(t, algorithm->bit);
    l1t_table_text(t, algorithm->name);
    l1t_table_text(t, algorithm->group != NULL ? algorithm->group : "");
    l1t_table_text(t, algorithm->labels != NULL ? algorithm->labels : "");
    for (size_t k = 0; k < menu->n_columns; k++)
        if (is_whole(menu, k))
            l1t_table_int(t, (long long)algorithm->prescale[k]);
        else
            l1t_table_real(t, algorithm->prescale[k]);
    l1t_table_text(t, algorithm->masked ? "masked" : algorithm->veto ? "veto" : "");
    l1t_table_text(t, supported ? "yes" : "no");
    l1t_table_text(t, text);
}

static enum l1t_err fill(struct l1t_menu_arguments *a, const struct l1t_gt_menu *menu,
                         const struct l1t_gt_code *code, struct l1t_table *t)
{
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *algorithm = &menu->algorithm[i];
        if (!l1t_menu_cmd_wanted(a, algorithm))
            continue;
        char *text = l1t_gt_expression_text(algorithm);
        if (text == NULL)
            return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
        add_row(t, menu, algorithm, l1t_menu_cmd_supported(code, algorithm->bit), text);
        free(text);
    }
    return L1T_OK;
}

enum l1t_err l1t_menu_cmd_list(struct l1t_menu_arguments *a)
{
    struct l1t_column columns[FIXED + L1T_GT_COLUMNS_MAX] = {{"bit", "", L1T_CELL_INT, 0},
                                                             {"algorithm", "", L1T_CELL_TEXT, 0},
                                                             {"group", "", L1T_CELL_TEXT, 0},
                                                             {"labels", "", L1T_CELL_TEXT, 0}};
    char names[L1T_GT_COLUMNS_MAX][160];
    struct l1t_gt_menu *menu;
    struct l1t_gt_code *code;
    enum l1t_err err = l1t_menu_cmd_compile(a, a->file[0], &menu, &code);
    if (err != L1T_OK)
        return err;
    size_t n = 4;
    for (size_t k = 0; k < menu->n_columns; k++) {
        (void)snprintf(names[k], sizeof names[k], "prescale_%.128s", menu->column[k]);
        columns[n++] =
            (struct l1t_column){names[k], "", is_whole(menu, k) ? L1T_CELL_INT : L1T_CELL_REAL, 8};
    }
    columns[n++] = (struct l1t_column){"finor", "", L1T_CELL_TEXT, 0};
    columns[n++] = (struct l1t_column){"evaluated", "", L1T_CELL_TEXT, 0};
    columns[n++] = (struct l1t_column){"expression", "", L1T_CELL_TEXT, 0};
    struct l1t_table *t = l1t_physics_table(&a->p, menu->name, columns, n);
    err = t != NULL ? fill(a, menu, code, t) : L1T_E_NOMEM;
    if (err == L1T_OK)
        err = l1t_physics_print(&a->p, &t, 1);
    l1t_table_free(t);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin menu diff`: what changed between two menus, algorithm by algorithm. Algorithms are
// matched by name.
#include "cmd/menu_parts.h"
#include "l1t/gt_text.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT = 400 };

static const struct l1t_column columns[] = {{"change", "", L1T_CELL_TEXT, 0},
                                            {"algorithm", "", L1T_CELL_TEXT, 0},
                                            {"what", "", L1T_CELL_TEXT, 0},
                                            {"before", "", L1T_CELL_TEXT, 0},
                                            {"after", "", L1T_CELL_TEXT, 0}};

struct pair {
    struct l1t_menu_arguments *a;
    struct l1t_table *table;
    const struct l1t_gt_menu *menu[2];
    size_t rows;
};

static void add(struct pair *p, const char *change, const char *name, const char *what,
                const char *before, const char *after)
{
    l1t_table_text(p->table, change);
    l1t_table_text(p->table, name);
    l1t_table_text(p->table, what);
    l1t_table_text(p->table, before);
    l1t_table_text(p->table, after);
    p->rows++;
}

static void compare(struct pair *p, const char *name, const char *what, const char *before,
                    const char *after)
{
    before = before != NULL ? before : "";
    after = after != NULL ? after : "";
    if (strcmp(before, after) != 0)
        add(p, "changed", name, what, before, after);
}

static const char *number(double value, char *to, size_t size)
{
    (void)snprintf(to, size, "%.10g", value);
    return to;
}

static bool same(double a, double b)
{
    return !(a < b) && !(a > b);
}

// ---- algorithms ----

static const struct l1t_gt_algorithm_def *find(const struct l1t_gt_menu *menu, const char *name)
{
    for (size_t i = 0; i < menu->n; i++)
        if (strcmp(menu->algorithm[i].name, name) == 0)
            return &menu->algorithm[i];
    return NULL;
}

static size_t find_column(const struct l1t_gt_menu *menu, const char *name)
{
    size_t k = 0;
    while (k < menu->n_columns && strcmp(menu->column[k], name) != 0)
        k++;
    return k;
}

static void compare_prescales(struct pair *p, const struct l1t_gt_algorithm_def *a,
                              const struct l1t_gt_algorithm_def *b)
{
    for (size_t i = 0; i < p->menu[0]->n_columns; i++) {
        char what[160], before[40], after[40];
        const size_t k = find_column(p->menu[1], p->menu[0]->column[i]);
        if (k == p->menu[1]->n_columns || same(a->prescale[i], b->prescale[k]))
            continue;
        (void)snprintf(what, sizeof what, "prescale %.120s", p->menu[0]->column[i]);
        add(p, "changed", a->name, what, number(a->prescale[i], before, sizeof before),
            number(b->prescale[k], after, sizeof after));
    }
}

static const struct l1t_gt_cut_def *find_cut(const struct l1t_gt_algorithm_def *a, const char *name)
{
    for (size_t i = 0; i < a->n_cuts; i++)
        if (strcmp(a->cut[i].name, name) == 0)
            return &a->cut[i];
    return NULL;
}

// The last digits of a limit may decide: they are shown when nothing else differs.
static void compare_cuts(struct pair *p, const struct l1t_gt_algorithm_def *a,
                         const struct l1t_gt_algorithm_def *b)
{
    for (size_t i = 0; i < a->n_cuts; i++) {
        const struct l1t_gt_cut_def *x = &a->cut[i], *y = find_cut(b, x->name);
        char before[TEXT], after[TEXT];
        if (y == NULL || (x->type == y->type && same(x->minimum, y->minimum) &&
                          same(x->maximum, y->maximum) && strcmp(x->data, y->data) == 0))
            continue;
        (void)l1t_gt_cut_text(x, before, sizeof before);
        (void)l1t_gt_cut_text(y, after, sizeof after);
        if (strcmp(before, after) == 0) {
            (void)snprintf(before, sizeof before, "%.17g..%.17g", x->minimum, x->maximum);
            (void)snprintf(after, sizeof after, "%.17g..%.17g", y->minimum, y->maximum);
        }
        add(p, "changed", a->name, x->name, before, after);
    }
}

static enum l1t_err compare_algorithms(struct pair *p, const struct l1t_gt_algorithm_def *a,
                                       const struct l1t_gt_algorithm_def *b)
{
    char *x = l1t_gt_expression_text(a), *y = l1t_gt_expression_text(b);
    const bool good = x != NULL && y != NULL;
    if (good) {
        char before[40], after[40];
        compare(p, a->name, "bit", number(a->bit, before, sizeof before),
                number(b->bit, after, sizeof after));
        compare(p, a->name, "expression", x, y);
        compare_cuts(p, a, b);
        compare_prescales(p, a, b);
        compare(p, a->name, "group", a->group, b->group);
        compare(p, a->name, "labels", a->labels, b->labels);
        compare(p, a->name, "masked", a->masked ? "yes" : "no", b->masked ? "yes" : "no");
        if (a->n_closed != b->n_closed ||
            (a->n_closed > 0 && memcmp(a->closed, b->closed, a->n_closed * sizeof *a->closed) != 0))
            add(p, "changed", a->name, "crossings closed", "", "");
        compare(p, a->name, "veto", a->veto ? "yes" : "no", b->veto ? "yes" : "no");
    }
    free(x);
    free(y);
    return good ? L1T_OK : l1t_fail(&p->a->p.diag, L1T_E_NOMEM, "out of memory");
}

static enum l1t_err only_one(struct pair *p, const struct l1t_gt_algorithm_def *a, bool added)
{
    char *text = l1t_gt_expression_text(a);
    char what[40];
    if (text == NULL)
        return l1t_fail(&p->a->p.diag, L1T_E_NOMEM, "out of memory");
    (void)snprintf(what, sizeof what, "bit %u", a->bit);
    add(p, added ? "added" : "removed", a->name, what, added ? "" : text, added ? text : "");
    free(text);
    return L1T_OK;
}

// ---- what concerns all ----

static void compare_columns(struct pair *p)
{
    // a menu of CMS has no prescales; the one column of a YAML menu that names none is not news
    for (int side = 0; side < 2; side++)
        if (p->menu[side]->n_columns == 0 && p->menu[1 - side]->n_columns == 1)
            return;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < p->menu[side]->n_columns; i++) {
            const char *name = p->menu[side]->column[i];
            if (find_column(p->menu[1 - side], name) == p->menu[1 - side]->n_columns)
                add(p, side == 0 ? "removed" : "added", "", "prescale column",
                    side == 0 ? name : "", side == 1 ? name : "");
        }
}

static const struct l1t_gt_external *find_external(const struct l1t_gt_menu *menu, const char *name)
{
    for (size_t i = 0; i < menu->n_externals; i++)
        if (strcmp(menu->external[i].name, name) == 0)
            return &menu->external[i];
    return NULL;
}

// Signals that moved; those that only one menu lists matter when an algorithm uses them.
static void compare_externals(struct pair *p)
{
    for (size_t i = 0; i < p->menu[0]->n_externals; i++) {
        const struct l1t_gt_external *a = &p->menu[0]->external[i];
        const struct l1t_gt_external *b = find_external(p->menu[1], a->name);
        char what[200], before[40], after[40];
        if (b == NULL || a->channel == b->channel)
            continue;
        (void)snprintf(what, sizeof what, "channel of EXT_%.150s", a->name);
        add(p, "changed", "", what, number(a->channel, before, sizeof before),
            number(b->channel, after, sizeof after));
    }
}

static void scale_text(const struct l1t_gt_scale *scale, char *to, size_t size)
{
    if (strcmp(scale->object, "PRECISION") == 0)
        (void)snprintf(to, size, "%u digits", scale->n_bits);
    else
        (void)snprintf(to, size, "%u bits, %.10g..%.10g in %.10g", scale->n_bits, scale->minimum,
                       scale->maximum, scale->step);
}

static void compare_scales(struct pair *p)
{
    for (int side = 0; side < 2; side++) {
        const struct l1t_gt_scales *from = &p->menu[side]->scales;
        for (size_t i = 0; i < from->n; i++) {
            const struct l1t_gt_scale *x = &from->scale[i];
            const struct l1t_gt_scale *y =
                l1t_gt_scale_find(&p->menu[1 - side]->scales, x->object, x->type);
            char what[100], text[2][100] = {"", ""};
            (void)snprintf(what, sizeof what, "scale %s %s", x->object, x->type);
            scale_text(x, text[side], sizeof text[0]);
            if (y == NULL)
                add(p, side == 0 ? "removed" : "added", "", what, text[0], text[1]);
            else if (side == 0) {
                scale_text(y, text[1], sizeof text[1]);
                compare(p, "", what, text[0], text[1]);
            }
        }
    }
}

static const char *overlap_name(const struct l1t_gt_menu *menu)
{
    const enum l1t_gt_overlap overlap =
        menu->overlap != L1T_GT_OVERLAP_NONE ? menu->overlap : l1t_gt_overlap_default(menu);
    return overlap == L1T_GT_OVERLAP_ALL ? "all" : "exists";
}

static enum l1t_err compare_menus(struct pair *p)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < p->menu[0]->n; i++) {
        const struct l1t_gt_algorithm_def *a = &p->menu[0]->algorithm[i];
        const struct l1t_gt_algorithm_def *b = find(p->menu[1], a->name);
        err = b == NULL ? only_one(p, a, false) : compare_algorithms(p, a, b);
    }
    for (size_t i = 0; err == L1T_OK && i < p->menu[1]->n; i++)
        if (find(p->menu[0], p->menu[1]->algorithm[i].name) == NULL)
            err = only_one(p, &p->menu[1]->algorithm[i], true);
    compare_columns(p);
    compare_externals(p);
    compare_scales(p);
    compare(p, "", "overlap removal", overlap_name(p->menu[0]), overlap_name(p->menu[1]));
    return err;
}

enum l1t_err l1t_menu_cmd_diff(struct l1t_menu_arguments *a, int *code)
{
    struct l1t_gt_menu *menu[2] = {NULL, NULL};
    struct pair p = {.a = a, .rows = 0};
    enum l1t_err err = l1t_menu_cmd_load(a, a->file[0], &menu[0]);
    if (err == L1T_OK)
        err = l1t_menu_cmd_load(a, a->file[1], &menu[1]);
    if (err == L1T_OK) {
        char title[300];
        (void)snprintf(title, sizeof title, "from %.120s to %.120s", menu[0]->name, menu[1]->name);
        p.menu[0] = menu[0];
        p.menu[1] = menu[1];
        p.table = l1t_physics_table(&a->p, title, columns, 5);
        err = p.table != NULL ? compare_menus(&p) : L1T_E_NOMEM;
    }
    if (err == L1T_OK && p.rows > 0)
        err = l1t_physics_print(&a->p, &p.table, 1);
    if (err == L1T_OK && p.rows > 0)
        *code = l1t_err_exit(L1T_E_DIFF);
    l1t_table_free(p.table);
    l1t_gt_menu_free(menu[0]);
    l1t_gt_menu_free(menu[1]);
    return err;
}

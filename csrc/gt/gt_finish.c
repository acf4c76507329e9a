// SPDX-License-Identifier: GPL-3.0-or-later
// What is left to do when all of a menu has been read.
#include "gt_internal.h"

#include <stdlib.h>
#include <string.h>

static int by_bit(const void *a, const void *b)
{
    const struct l1t_gt_algorithm_def *const x = a, *const y = b;
    return x->bit < y->bit ? -1 : x->bit > y->bit;
}

static bool fill_in(char **text)
{
    if (*text == NULL)
        *text = l1t_gt_copy("");
    return *text != NULL;
}

static bool fill_algorithm(struct l1t_gt_algorithm_def *a)
{
    bool good = fill_in(&a->expression) && fill_in(&a->group) && fill_in(&a->labels) &&
                fill_in(&a->comment);
    for (size_t i = 0; i < a->n_cuts; i++)
        good = good && fill_in(&a->cut[i].object) && fill_in(&a->cut[i].data);
    return good;
}

// Names are what people and other menus refer to.
static enum l1t_err check_name(const struct l1t_gt_menu *menu, size_t i, struct l1t_diag *diag)
{
    const struct l1t_gt_algorithm_def *const a = menu->algorithm;
    for (size_t j = 0; j < i; j++)
        if (strcmp(a[j].name, a[i].name) == 0)
            return l1t_gt_fail(menu, &a[i], a[i].place, diag, "its name is that of bit %u already",
                               a[j].bit);
    return L1T_OK;
}

enum l1t_err l1t_gt_menu_finish(struct l1t_gt_menu *menu, struct l1t_diag *diag)
{
    bool good = fill_in(&menu->name) && fill_in(&menu->comment) && fill_in(&menu->grammar);
    for (size_t i = 0; i < menu->n; i++)
        good = good && fill_algorithm(&menu->algorithm[i]);
    for (size_t i = 0; i < menu->n_externals; i++)
        good = good && fill_in(&menu->external[i].system);
    if (!good)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory",
                        menu->path != NULL ? menu->path : "menu");
    if (menu->n == 0)
        return l1t_fail(diag, L1T_E_INPUT, "%s: a menu without algorithms",
                        menu->path != NULL ? menu->path : "menu");
    if (menu->scales.n == 0) {
        const enum l1t_err err = l1t_gt_scales_default(&menu->scales, diag);
        if (err != L1T_OK)
            return err;
    }
    if (menu->overlap == L1T_GT_OVERLAP_NONE)
        menu->overlap = l1t_gt_overlap_default(menu);
    qsort(menu->algorithm, menu->n, sizeof *menu->algorithm, by_bit);
    for (size_t i = 0; i < menu->n; i++) {
        struct l1t_gt_algorithm_def *const a = &menu->algorithm[i];
        if (i > 0 && a->bit == a[-1].bit)
            return l1t_gt_fail(menu, a, a->place, diag, "bit %u is that of %s already", a->bit,
                               a[-1].name);
        enum l1t_err err = check_name(menu, i, diag);
        if (err == L1T_OK && a->expr == NULL)
            err = l1t_gt_parse(menu, a, diag);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The answer goes into a menu: thresholds of all legs of an axis, prescales of the column. Names
// stay, since other tables refer to them; a comment says what was changed.
#include "budget_setup.h"

#include "../gt/gt_internal.h"
#include "scan_internal.h"

#include <stdlib.h>
#include <string.h>

static enum l1t_err remark(struct l1t_gt_algorithm_def *a, const char *text, struct l1t_diag *diag)
{
    const size_t size = strlen(a->comment) + strlen(text) + 3;
    char *const both = malloc(size);
    if (both == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    (void)snprintf(both, size, "%s%s%s", a->comment, *a->comment != '\0' ? "; " : "", text);
    free(a->comment);
    a->comment = both;
    return L1T_OK;
}

static enum l1t_err set_threshold(const struct l1t_budget_setup *s, size_t i, size_t point,
                                  struct l1t_gt_menu *menu, struct l1t_diag *diag)
{
    const struct l1t_budget_item *const item = &s->budget.item[i];
    const struct l1t_budget_source *const x = &s->source[i];
    struct l1t_gt_algorithm_def *const a = &menu->algorithm[x->algorithm];
    char text[120];
    const int code = (int)(x->axis.from + point * x->axis.step);
    if (code == l1t_scan_nominal(x->scan, 0)) // as it was, to the last digit
        return L1T_OK;
    for (unsigned k = 0; k < x->scan->lowest.n_legs; k++) {
        struct l1t_gt_object_def *const object = l1t_scan_object(menu, x->algorithm, k);
        if (x->scan->move[k].axis == 0 && object != NULL)
            object->threshold = l1t_study_gev(s->opened, x->axis.type,
                                              (unsigned)(code + x->scan->move[k].difference));
    }
    (void)snprintf(text, sizeof text, "threshold %g GeV (was %g)", item->threshold[point],
                   item->nominal);
    return remark(a, text, diag);
}

static enum l1t_err set_prescale(const struct l1t_budget_setup *s, size_t i, uint32_t factor,
                                 struct l1t_gt_menu *menu, struct l1t_diag *diag)
{
    const struct l1t_budget_item *const item = &s->budget.item[i];
    struct l1t_gt_algorithm_def *const a = &menu->algorithm[s->source[i].algorithm];
    char text[120];
    if (factor == item->factor)
        return L1T_OK;
    if (menu->n_columns == 0) { // a menu without prescales gets a column of them
        menu->column[0] = l1t_gt_copy("default");
        if (menu->column[0] == NULL)
            return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
        menu->n_columns = 1;
        for (size_t k = 0; k < menu->n; k++)
            menu->algorithm[k].prescale[0] = 1;
    }
    a->prescale[s->opened->column] = factor / 100.0;
    (void)snprintf(text, sizeof text, "prescale %.2f in %.40s (was %.2f)", factor / 100.0,
                   menu->column[s->opened->column], item->factor / 100.0);
    return remark(a, text, diag);
}

enum l1t_err l1t_budget_apply(const struct l1t_budget_setup *setup,
                              const struct l1t_budget_setting *setting, struct l1t_gt_menu *menu,
                              struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < setup->budget.n_items; i++) {
        if (setup->source[i].scan != NULL)
            err = set_threshold(setup, i, setting->point[i], menu, diag);
        if (err == L1T_OK)
            err = set_prescale(setup, i, setting->factor[i], menu, diag);
    }
    return err;
}

enum l1t_err l1t_budget_menu_read(const char *name, const char *text, size_t size,
                                  struct l1t_gt_menu **menu, struct l1t_diag *diag)
{
    return l1t_gt_menu_parse_yaml(name, text, size, menu, diag);
}

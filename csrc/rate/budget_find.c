// SPDX-License-Identifier: GPL-3.0-or-later
// From a study's budget to a menu that was read back and checked.
#include "budget_setup.h"

#include "l1t/gt_yaml.h"

#include <stdlib.h>

// The menu as text, as it will be written.
static enum l1t_err menu_text(const struct l1t_budget_found *f, char **text, size_t *size,
                              struct l1t_diag *diag)
{
    struct l1t_gt_menu *menu = NULL;
    enum l1t_err err = l1t_gt_menu_load(f->setup->opened->rate.rates.menu, &menu, diag);
    *text = NULL;
    if (err == L1T_OK)
        err = l1t_budget_apply(f->setup, &f->answer.setting, menu, diag);
    if (err == L1T_OK) {
        FILE *const memory = open_memstream(text, size);
        if (memory == NULL)
            err = l1t_fail(diag, L1T_E_NOMEM, "out of memory for the menu");
        else
            err = l1t_gt_menu_write_yaml(menu, memory, diag);
        if (memory != NULL && fclose(memory) != 0 && err == L1T_OK)
            err = l1t_fail(diag, L1T_E_NOMEM, "out of memory for the menu");
    }
    l1t_gt_menu_free(menu);
    return err;
}

// Read back from the text and run on all samples: both menus are accounted for.
static enum l1t_err check(struct l1t_budget_found *f, const char *name, const char *text,
                          size_t size, struct l1t_diag *diag)
{
    struct l1t_gt_menu *menu = NULL;
    enum l1t_err err = l1t_budget_menu_read(name, text, size, &menu, diag);
    if (err == L1T_OK)
        err = l1t_budget_account(f->setup, f->setup->opened->menu, &f->before, diag);
    if (err == L1T_OK)
        err = l1t_budget_account(f->setup, menu, &f->after, diag);
    if (err == L1T_OK)
        err = l1t_budget_verify(f->setup, &f->answer.setting, &f->after, diag);
    l1t_gt_menu_free(menu);
    return err;
}

enum l1t_err l1t_budget_find(struct l1t_budget_found *found, const char *name, char **text,
                             size_t *size, struct l1t_diag *diag)
{
    *text = NULL;
    enum l1t_err err = l1t_budget_collect(found->setup, diag);
    if (err == L1T_OK)
        err = l1t_budget_solve(&found->setup->budget, false, &found->answer, diag);
    if (err == L1T_OK)
        err = menu_text(found, text, size, diag);
    return err == L1T_OK ? check(found, name, *text, *size, diag) : err;
}

void l1t_budget_found_free(struct l1t_budget_found *found)
{
    l1t_budget_account_free(&found->before);
    l1t_budget_account_free(&found->after);
}

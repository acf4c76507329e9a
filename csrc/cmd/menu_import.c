// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin menu import`: CMS menus and run settings to YAML.
#include "cmd/menu_parts.h"
#include "l1t/gt_yaml.h"
#include "l1t/io.h"

#include <stdlib.h>
#include <string.h>

static enum l1t_err write_menu(struct l1t_menu_arguments *a, const struct l1t_gt_menu *menu)
{
    struct l1t_out out;
    enum l1t_err err = l1t_out_open(&out, a->out, &a->p.diag);
    if (err != L1T_OK)
        return err;
    fprintf(out.file, "# %s\n", a->p.provenance.command);
    err = l1t_gt_menu_write_yaml(menu, out.file, &a->p.diag);
    if (err == L1T_OK)
        return l1t_out_commit(&out, &a->p.diag);
    l1t_out_abort(&out);
    return err;
}

// What cannot be evaluated stays in the menu; it is listed, so that nobody takes it for false.
static void list_unsupported(const struct l1t_gt_menu *menu, const struct l1t_gt_code *code)
{
    size_t n = 0;
    for (size_t i = 0; i < menu->n; i++)
        n += !l1t_menu_cmd_supported(code, menu->algorithm[i].bit);
    if (n == 0)
        return;
    fprintf(stderr, "%s: %zu of %zu algorithms are kept but not evaluated:\n", menu->name, n,
            menu->n);
    for (size_t i = 0; i < menu->n; i++)
        if (!l1t_menu_cmd_supported(code, menu->algorithm[i].bit))
            fprintf(stderr, "  bit %3u  %s\n", menu->algorithm[i].bit, menu->algorithm[i].name);
}

enum l1t_err l1t_menu_cmd_import(struct l1t_menu_arguments *a)
{
    struct l1t_gt_menu *menu;
    struct l1t_gt_code *code;
    enum l1t_err err = l1t_menu_cmd_compile(a, a->settings ? a->menu : a->file[0], &menu, &code);
    if (err != L1T_OK)
        return err;
    if (a->settings)
        err = l1t_gt_settings_apply(a->file[0], menu, &a->p.diag);
    if (err == L1T_OK)
        err = write_menu(a, menu);
    if (err == L1T_OK)
        list_unsupported(menu, code);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// A menu of either kind, told by its content; read once, so that a pipe will do.
#include "gt_internal.h"
#include "l1t/io.h"

#include <stdlib.h>
#include <string.h>

enum l1t_err l1t_gt_menu_load(const char *path, struct l1t_gt_menu **menu, struct l1t_diag *diag)
{
    char *text = NULL;
    size_t size = 0;
    *menu = NULL;
    enum l1t_err err = l1t_read_text(path, L1T_GT_FILE_MAX, &text, &size, diag);
    if (err != L1T_OK)
        return err;
    // XML begins with '<' after blanks; no YAML does.
    if (text[strspn(text, " \t\r\n")] == '<')
        err = l1t_gt_menu_parse_xml(path, text, size, menu, diag);
    else
        err = l1t_gt_menu_parse_yaml(path, text, size, menu, diag);
    free(text);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// A menu of either kind, told by its content.
#include "l1t/gt_menu.h"
#include "l1t/io.h"

#include <string.h>

// XML begins with '<' after blanks; the first block of a file of either kind shows it.
enum l1t_err l1t_gt_menu_load(const char *path, struct l1t_gt_menu **menu, struct l1t_diag *diag)
{
    struct l1t_lines *lines = NULL;
    char *line = NULL;
    size_t length = 0;
    *menu = NULL;
    if (strcmp(path, "-") == 0)
        return l1t_fail(diag, L1T_E_INPUT, "-: a menu is read twice; give the name of its file");
    enum l1t_err err = l1t_lines_open(path, (size_t)1 << 24, &lines, diag);
    if (err != L1T_OK)
        return err;
    int got = 0;
    do {
        got = l1t_lines_next(lines, &line, &length, diag);
    } while (got == 1 && line[strspn(line, " \t\r")] == '\0');
    const bool xml = got == 1 && line[strspn(line, " \t\r")] == '<';
    l1t_lines_close(lines);
    if (got < 0)
        return L1T_E_INPUT;
    return xml ? l1t_gt_menu_load_xml(path, menu, diag) : l1t_gt_menu_load_yaml(path, menu, diag);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Prints random menu NUMBER of ALGORITHMS algorithms as YAML.
#include "gt_source.h"
#include "l1t/gt_yaml.h"

#include <stdio.h>
#include <stdlib.h>

enum { SEED = 22 };

// 0..most, or the program ends.
static unsigned number(const char *text, unsigned long most)
{
    char *end = NULL;
    const unsigned long value = strtoul(text, &end, 10);
    if (end == text || *end != '\0' || value > most) {
        fprintf(stderr, "random_menu: '%s': expected a number, at most %lu\n", text, most);
        exit(2);
    }
    return (unsigned)value;
}

static char *name(unsigned which)
{
    enum { ROOM = 32 };
    char *const text = malloc(ROOM);
    if (text != NULL)
        (void)snprintf(text, ROOM, "random_%u", which);
    return text;
}

int main(int argc, char **argv)
{
    struct l1t_diag diag;
    if (argc != 3) {
        fputs("usage: random_menu NUMBER ALGORITHMS\n", stderr);
        return 2;
    }
    const unsigned which = number(argv[1], 1000000), n = number(argv[2], L1T_GT_ALGORITHMS);
    if (n == 0) {
        fputs("random_menu: one algorithm at least\n", stderr);
        return 2;
    }
    struct l1t_gt_menu *const menu = gt_source_menu(SEED, which, n);
    menu->name = name(which);
    const enum l1t_err err = l1t_gt_menu_write_yaml(menu, stdout, &diag);
    l1t_gt_menu_free(menu);
    if (err != L1T_OK)
        fprintf(stderr, "random_menu: %s\n", diag.text);
    return err == L1T_OK && fflush(stdout) == 0 ? 0 : 3;
}

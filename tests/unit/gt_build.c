// SPDX-License-Identifier: GPL-3.0-or-later
#include "gt_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *memory(void *got)
{
    if (got == NULL) {
        perror("gt_build");
        exit(3);
    }
    return got;
}

static char *copy(const char *text)
{
    char *const to = memory(malloc(strlen(text) + 1));
    return memcpy(to, text, strlen(text) + 1);
}

struct l1t_gt_menu *gt_build_menu(void)
{
    struct l1t_gt_menu *const menu = memory(calloc(1, sizeof *menu));
    menu->path = copy("f.xml");
    menu->external = memory(calloc(2, sizeof *menu->external));
    menu->n_externals = 2;
    menu->external[0] = (struct l1t_gt_external){copy("BPTX_plus_AND_minus.v0"), copy("BPTX"), 9};
    menu->external[1] = (struct l1t_gt_external){copy("ZeroBias"), copy(""), 70};
    if (l1t_gt_scales_default(&menu->scales, NULL) != L1T_OK)
        (void)memory(NULL);
    return menu;
}

enum l1t_err gt_build_add(struct l1t_gt_menu *menu, unsigned bit, const char *expression,
                          const struct gt_cut *cuts, struct l1t_diag *diag)
{
    char name[32];
    size_t n = 0;
    (void)snprintf(name, sizeof name, "L1_%u", bit);
    menu->algorithm = memory(realloc(menu->algorithm, (menu->n + 1) * sizeof *menu->algorithm));
    struct l1t_gt_algorithm_def *const a = &menu->algorithm[menu->n++];
    memset(a, 0, sizeof *a);
    a->name = copy(name);
    a->bit = bit;
    a->expression = copy(expression);
    a->expression_place = (struct l1t_gt_place){3, 5};
    while (cuts != NULL && cuts[n].name != NULL)
        n++;
    a->cut = memory(calloc(n + 1, sizeof *a->cut));
    a->n_cuts = n;
    for (size_t i = 0; i < n; i++) {
        struct l1t_gt_cut_def *const cut = &a->cut[i];
        cut->name = copy(cuts[i].name);
        cut->object = copy(cuts[i].object);
        cut->data = copy(cuts[i].data != NULL ? cuts[i].data : "");
        cut->minimum = cuts[i].minimum;
        cut->maximum = cuts[i].maximum;
        if (!l1t_gt_cut_type_find(cuts[i].type, &cut->type))
            (void)memory(NULL);
    }
    return l1t_gt_parse(menu, a, diag);
}

enum l1t_err gt_build_code(const char *expression, const struct gt_cut *cuts,
                           struct l1t_gt_code **code, struct l1t_diag *diag)
{
    struct l1t_gt_menu *const menu = gt_build_menu();
    *code = NULL;
    enum l1t_err err = gt_build_add(menu, 0, expression, cuts, diag);
    if (err == L1T_OK)
        err = l1t_gt_compile(menu, code, diag);
    l1t_gt_menu_free(menu);
    return err;
}

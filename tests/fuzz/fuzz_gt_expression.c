// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions of the menu grammar over cuts of every type; what is accepted prints, reads back, and
// compiles or is refused.
#include "fuzz.h"
#include "l1t/gt_menu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {
    "MU22[QLTY]",
    "EG7p5[ETA,ISO] AND NOT EXT_b.v0-2 OR CENT3 XOR MUS0+1",
    "comb{MU3[CHG], MU.eq.0, MU0}[CHGCOR]",
    "dist{EG20, MU3-1}[DETA, DPHI, DR, TBPT]",
    "mass_inv{MU3[UPT], MU3[INDEX,IP]}[MASS] AND (mass_inv_upt{MU3, MU3}[MASSUPT])",
    "mass_inv_dr{JET3[DISP], JET3[SLICE]}[MASSDR] OR mass_inv_3{MU3,MU3,MU3}[MASS]",
    "comb_orm{TAU20, TAU20, JET5}[ORMDR,ORMDETA,ORMDPHI] OR "
    "mass_trv_orm{EG1,TAU2,JET3}[MASS,ORMDR]",
    "mass_trv{TAU20, ETMHF30[PHI]}[MASS] AND MBT0HFP1[COUNT] AND ASYMET2 AND CICADA[CSCORE]",
    "AXO[MODEL, SCORE] OR ADT[ASCORE] OR TOPO OR TOWERCOUNT20 OR NETETMHF9 OR ZDCP3",
    NULL};

static char *copy(const char *text)
{
    char *const to = malloc(strlen(text) + 1);
    if (to == NULL)
        exit(3);
    return memcpy(to, text, strlen(text) + 1);
}

// A cut of each type, named like it, with limits that suit some of the objects.
static struct l1t_gt_cut_def make_cut(enum l1t_gt_cut_type type)
{
    struct l1t_gt_cut_def cut = {.type = type};
    const char *data = "";
    cut.name = copy(l1t_gt_cut_type_name(type));
    cut.object = copy("");
    cut.minimum = type == L1T_GT_C_ETA || type == L1T_GT_C_PHI ? 0.5 : 1;
    cut.maximum = 2;
    if (type == L1T_GT_C_QLTY || type == L1T_GT_C_ISO || type == L1T_GT_C_IP)
        data = "1,3";
    if (type == L1T_GT_C_CHG)
        data = "neg";
    if (type == L1T_GT_C_DISP)
        data = "1";
    if (type == L1T_GT_C_CHGCOR)
        data = "os";
    cut.data = copy(data);
    return cut;
}

static struct l1t_gt_menu *make_menu(const uint8_t *data, size_t size)
{
    struct l1t_gt_menu *const menu = calloc(1, sizeof *menu);
    if (menu == NULL || (menu->algorithm = calloc(1, sizeof *menu->algorithm)) == NULL ||
        (menu->external = calloc(1, sizeof *menu->external)) == NULL)
        exit(3);
    menu->n = menu->n_externals = 1;
    menu->external[0].name = copy("b.v0");
    struct l1t_gt_algorithm_def *const a = &menu->algorithm[0];
    a->name = copy("L1_A");
    a->place = (struct l1t_gt_place){1, 1};
    a->expression = calloc(1, size + 1);
    a->cut = calloc(L1T_GT_C_TYPES, sizeof *a->cut);
    if (a->expression == NULL || a->cut == NULL)
        exit(3);
    if (size > 0)
        memcpy(a->expression, data, size);
    a->n_cuts = L1T_GT_C_TYPES;
    for (int t = 0; t < L1T_GT_C_TYPES; t++)
        a->cut[t] = make_cut((enum l1t_gt_cut_type)t);
    return menu;
}

L1T_FUZZ(gt_expression, seeds)
{
    struct l1t_gt_menu *const menu = make_menu(data, size);
    struct l1t_gt_algorithm_def *const a = &menu->algorithm[0];
    struct l1t_gt_code *code = NULL;
    struct l1t_diag diag = {""};
    enum l1t_err err = l1t_gt_parse(menu, a, &diag);
    if (err == L1T_OK) {
        err = l1t_gt_compile(menu, &code, &diag);
        l1t_gt_code_free(code);
        char *const text = l1t_gt_expression_text(a);
        free(a->expression);
        a->expression = text;
        struct l1t_diag ignored;
        if (text == NULL || l1t_gt_parse(menu, a, &ignored) != L1T_OK)
            abort();
        char *const again = l1t_gt_expression_text(a);
        if (again == NULL || strcmp(again, text) != 0)
            abort();
        free(again);
    }
    l1t_gt_menu_free(menu);
    return err == L1T_OK ? 1 : l1t_fuzz_refused(&diag);
}

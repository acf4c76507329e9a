// SPDX-License-Identifier: GPL-3.0-or-later
#include "gt_build.h"
#include "l1t_test.h"

static struct l1t_diag diag;

static const struct gt_cut cuts[] = {{"MU-QLTY_SNGL", "MU", "QLTY", 0, 0, "12,13,14,15"},
                                     {"MU-ETA_2p1", "MU", "ETA", -2.1, 2.1, NULL},
                                     {"EG-ETA_2.1+x", "EG", "ETA", -2.1315, 2.1315, NULL},
                                     {"DR_MAX_1p4", "DR", "DR", 0, 1.4, NULL},
                                     {"MASS_MIN_7", "MASS", "MASS", 7, 1e4, NULL},
                                     {"CHGCOR_OS", "CHGCOR", "CHGCOR", 0, 0, "os"},
                                     {"CICADA-CSCORE_113", "CICADA", "CSCORE", 113, 0, NULL},
                                     {"AXO-SCORE_1", "AXO", "SCORE", 389, 0, NULL},
                                     {NULL, NULL, NULL, 0, 0, NULL}};

// ---- text to tree and back ----

static const struct {
    const char *text, *printed; // NULL: as text
} good[] = {
    {"MU22", NULL},
    {"MU22[MU-QLTY_SNGL]", NULL},
    {" MU22 [ MU-QLTY_SNGL , MU-ETA_2p1 ]\n", "MU22[MU-QLTY_SNGL, MU-ETA_2p1]"},
    {"EG7p5", NULL},
    {"EG7.5", "EG7p5"},
    {"EG.ge.7p5", "EG7p5"},
    {"EG.eq.7p5", NULL},
    {"EG0012p50", "EG12p5"},
    {"MU3-1", NULL},
    {"MU3p5+2[MU-QLTY_SNGL]", NULL},
    {"MU3+0", "MU3"},
    {"EXT_BPTX_plus_AND_minus.v0", NULL},
    {"EXT_BPTX_plus_AND_minus.v0-2", NULL},
    {"EXT_ZeroBias+1 AND NOT EXT_ZeroBias", NULL},
    {"CENT7", NULL},
    {"MUS0", NULL},
    {"MUSOOT1-1", NULL},
    {"MBT0HFP1 OR MBT0HFM1", NULL},
    {"ETMHF90 AND ETM80 AND ETTEM20 AND ETT9", NULL},
    {"HTMHF90 OR NETETMHF30", NULL},
    {"ASYMET12 AND ASYMETHF12", NULL},
    {"ZDCP50 XOR ZDCM50", NULL},
    {"TOWERCOUNT115", NULL},
    {"CICADA[CICADA-CSCORE_113]", NULL},
    {"AXO[AXO-SCORE_1]", NULL},
    {"TOPO OR ADT400", NULL},
    {"comb{MU3[MU-QLTY_SNGL],MU0}[CHGCOR_OS]", "comb{MU3[MU-QLTY_SNGL], MU0}[CHGCOR_OS]"},
    {"comb {MU3 , MU0} [CHGCOR_OS]", "comb{MU3, MU0}[CHGCOR_OS]"},
    {"dist{EG20[EG-ETA_2.1+x], MU3-1}[DR_MAX_1p4]", NULL},
    {"mass{MU3, MU3}[MASS_MIN_7]", NULL},
    {"mass_inv{MU3, MU3}[MASS_MIN_7, CHGCOR_OS]", NULL},
    {"mass_inv_upt{MU3, MU3}", NULL},
    {"mass_trv_orm{EG3, ETM3, TAU20}", NULL},
    // precedence: NOT, AND, XOR, OR; brackets only where an operator stands inside another
    {"MU1 OR MU2 AND MU3", "MU1 OR (MU2 AND MU3)"},
    {"MU1 AND MU2 OR MU3", "(MU1 AND MU2) OR MU3"},
    {"MU1 XOR MU2 OR MU3 XOR MU4", "(MU1 XOR MU2) OR (MU3 XOR MU4)"},
    {"MU1 AND MU2 XOR MU3 AND MU4", "(MU1 AND MU2) XOR (MU3 AND MU4)"},
    {"NOT MU1 AND MU2", NULL},
    {"NOT (MU1 AND MU2)", NULL},
    {"NOT NOT MU1", NULL},
    {"(MU1)", "MU1"},
    {"((MU1 AND MU2)) AND MU3", "(MU1 AND MU2) AND MU3"},
    {"MU1 AND MU2 AND MU3", NULL},
    {"(MU1)AND(MU2)", "MU1 AND MU2"},
    {"EXT_ZeroBias OR ( NOT EXT_ZeroBias)", "EXT_ZeroBias OR NOT EXT_ZeroBias"},
};

static char *print(const struct l1t_gt_menu *menu)
{
    return l1t_gt_expression_text(&menu->algorithm[menu->n - 1]);
}

static void text_to_tree_and_back(void)
{
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct l1t_gt_menu *const menu = gt_build_menu();
        const char *const expected = good[i].printed != NULL ? good[i].printed : good[i].text;
        L1T_ASSERT_OK(gt_build_add(menu, 0, good[i].text, cuts, &diag), diag);
        char *const text = print(menu);
        L1T_ASSERT_TEXT(text, expected);
        L1T_ASSERT_OK(gt_build_add(menu, 1, text != NULL ? text : "", cuts, &diag), diag);
        char *const again = print(menu);
        L1T_ASSERT_TEXT(again, expected);
        free(text);
        free(again);
        l1t_gt_menu_free(menu);
    }
}

static void the_tree_holds_it(void)
{
    struct l1t_gt_menu *const menu = gt_build_menu();
    L1T_ASSERT_OK(
        gt_build_add(menu, 0,
                     "EXT_BPTX_plus_AND_minus.v0-2 AND\n  NOT comb{MU.eq.3p5+1[MU-ETA_2p1, "
                     "MU-QLTY_SNGL], MU0+1}[CHGCOR_OS]",
                     cuts, &diag),
        diag);
    const struct l1t_gt_expr *const e = menu->algorithm[0].expr;
    if (e == NULL || e->n_args != 2 || e->arg[1]->n_args != 1) {
        CU_FAIL("not what was written");
        return;
    }
    L1T_ASSERT_INT(e->kind, L1T_GT_E_AND);
    L1T_ASSERT_INT(e->arg[0]->function, L1T_GT_F_EXTERNAL);
    L1T_ASSERT_TEXT(e->arg[0]->object[0].type, "EXT_BPTX_plus_AND_minus.v0");
    L1T_ASSERT_INT(e->arg[0]->object[0].bx, -2);
    L1T_ASSERT_INT(e->arg[1]->kind, L1T_GT_E_NOT);
    const struct l1t_gt_expr *const comb = e->arg[1]->arg[0];
    L1T_ASSERT_INT(comb->function, L1T_GT_F_COMB);
    L1T_ASSERT_INT(comb->place.line, 4);
    L1T_ASSERT_INT(comb->place.column, 7);
    L1T_ASSERT_INT(comb->n_objects, 2);
    CU_ASSERT_TRUE(comb->object[0].equal);
    CU_ASSERT_FALSE(comb->object[1].equal);
    L1T_ASSERT_NEAR(comb->object[0].threshold, 3.5, 0);
    L1T_ASSERT_INT(comb->object[1].bx, 1);
    L1T_ASSERT_INT(comb->object[0].n_cuts, 2);
    L1T_ASSERT_INT(comb->object[0].cut[0], 1);
    L1T_ASSERT_INT(comb->n_cuts, 1);
    L1T_ASSERT_INT(comb->cut[0], 5);
    l1t_gt_menu_free(menu);
}

// ---- what must be refused, word for word; the expression stands at line 3, column 5 ----

static const struct {
    const char *text, *message;
} bad[] = {
    {"", "f.xml:3:5: L1_0: expected an object, for example MU22, found the end"},
    {"   ", "f.xml:3:8: L1_0: expected an object, for example MU22, found the end"},
    {"MU22 AND", "f.xml:3:13: L1_0: expected an object, for example MU22, found the end"},
    {"MU22 AND )", "f.xml:3:14: L1_0: expected an object, for example MU22, found ')'"},
    {"(MU22", "f.xml:3:10: L1_0: expected AND, OR, XOR or ')', found the end"},
    {"MU22)", "f.xml:3:9: L1_0: expected AND, OR, XOR or the end, found ')'"},
    {"MU22 ADN MU3", "f.xml:3:10: L1_0: expected AND, OR, XOR or the end, found 'ADN'; did you "
                     "mean 'AND'?"},
    {"MU22 and MU3", "f.xml:3:10: L1_0: expected AND, OR, XOR or the end, found 'and'; did you "
                     "mean 'AND'?"},
    {"MU22 && MU3", "f.xml:3:10: L1_0: expected AND, OR, XOR or the end, found '&'; did you mean "
                    "'AND'?"},
    {"MU22 || MU3", "f.xml:3:10: L1_0: expected AND, OR, XOR or the end, found '|'; did you mean "
                    "'OR'?"},
    {"MU22 MU3", "f.xml:3:10: L1_0: expected AND, OR, XOR or the end, found 'MU3'"},
    {"MU22 AND\nXY3", "f.xml:4:1: L1_0: unknown object 'XY3'"},
    {"mu22", "f.xml:3:5: L1_0: unknown object 'mu22'; did you mean 'MU'?"},
    {"JETS30", "f.xml:3:5: L1_0: unknown object 'JETS30'; did you mean 'JET'?"},
    {"HTMFH30", "f.xml:3:5: L1_0: unknown object 'HTMFH30'; did you mean 'HTMHF'?"},
    {"CENT8", "f.xml:3:5: L1_0: unknown object 'CENT8'; did you mean 'CENT0'?"},
    {"MU", "f.xml:3:5: L1_0: MU without a threshold; for example MU20"},
    {"MU[MU-QLTY_SNGL]", "f.xml:3:5: L1_0: MU without a threshold; for example MU20"},
    {"MU3p", "f.xml:3:7: L1_0: '3p' is not a threshold; expected digits, 'p' for the decimal "
             "point, for example MU7p5"},
    {"MU3p5p5", "f.xml:3:7: L1_0: '3p5p5' is not a threshold; expected digits, 'p' for the decimal "
                "point, for example MU7p5"},
    {"MU1e3", "f.xml:3:7: L1_0: '1e3' is not a threshold; expected digits, 'p' for the decimal "
              "point, for example MU7p5"},
    {"MU.gt.3", "f.xml:3:7: L1_0: '.gt.3' is not a threshold; expected digits, 'p' for the decimal "
                "point, for example MU7p5"},
    {"MU3333333333333333333333333",
     "f.xml:3:7: L1_0: '3333333333333333333333333' is not a threshold; expected digits, 'p' for "
     "the decimal point, for example MU7p5"},
    {"CICADA12", "f.xml:3:5: L1_0: CICADA has no threshold but a cut of type CSCORE"},
    {"MU3-3", "f.xml:3:8: L1_0: a bunch crossing -3 away; expected -2 to +2"},
    {"EXT_ZeroBias+9", "f.xml:3:17: L1_0: a bunch crossing +9 away; expected -2 to +2"},
    {"EXT_ZeroBais", "f.xml:3:5: L1_0: the menu has no external signal 'ZeroBais'; did you mean "
                     "'ZeroBias'?"},
    {"EXT_", "f.xml:3:5: L1_0: the menu has no external signal ''"},
    {"MU3[MU-QLTY_SGNL]", "f.xml:3:9: L1_0: unknown cut 'MU-QLTY_SGNL'; did you mean "
                          "'MU-QLTY_SNGL'?"},
    {"MU3[]", "f.xml:3:9: L1_0: expected the name of a cut, found ']'"},
    {"MU3[MU-QLTY_SNGL", "f.xml:3:21: L1_0: expected ',' or ']' after a cut, found the end"},
    {"MU3[MU-QLTY_SNGL MU-ETA_2p1]",
     "f.xml:3:22: L1_0: expected ',' or ']' after a cut, found 'MU-ETA_2p1'"},
    {"MU3[MU-QLTY_SNGL,]", "f.xml:3:22: L1_0: expected the name of a cut, found ']'"},
    {"MU3[[", "f.xml:3:9: L1_0: expected the name of a cut, found '['"},
    {"combo{MU3, MU3}", "f.xml:3:5: L1_0: unknown function 'combo'; did you mean 'comb'?"},
    {"COMB{MU3, MU3}", "f.xml:3:5: L1_0: unknown function 'COMB'; did you mean 'comb'?"},
    {"mass_inv_4{MU3}", "f.xml:3:5: L1_0: unknown function 'mass_inv_4'; did you mean "
                        "'mass_inv_3'?"},
    {"comb{}", "f.xml:3:10: L1_0: expected an object, for example MU22, found '}'"},
    {"comb{MU3 MU3}", "f.xml:3:14: L1_0: expected ',' or '}' after an object, found 'MU3'"},
    {"comb{MU3, MU3", "f.xml:3:18: L1_0: expected ',' or '}' after an object, found the end"},
    {"comb{MU3, EXT_ZeroBias}", "f.xml:3:15: L1_0: EXT_ZeroBias has no place in comb{}"},
    {"comb{AXO, MU3}", "f.xml:3:10: L1_0: AXO has no place in comb{}"},
    {"NOT", "f.xml:3:8: L1_0: expected an object, for example MU22, found the end"},
    {"MU3 AND \x01", "f.xml:3:13: L1_0: expected an object, for example MU22, found '?'"},
};

static void refuses(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_gt_menu *const menu = gt_build_menu();
        diag.text[0] = '\0';
        const enum l1t_err err = gt_build_add(menu, 0, bad[i].text, cuts, &diag);
        L1T_CHECK(err == L1T_E_INPUT && strcmp(diag.text, bad[i].message) == 0,
                  "'%s': \"%s\", expected \"%s\"", bad[i].text, diag.text, bad[i].message);
        CU_ASSERT_PTR_NULL(menu->algorithm[0].expr);
        l1t_gt_menu_free(menu);
    }
}

// Some text, n times over, then an end.
static char *repeated(const char *text, size_t n, const char *end)
{
    const size_t length = strlen(text);
    char *const to = malloc(n * length + strlen(end) + 1);
    for (size_t i = 0; to != NULL && i < n; i++)
        memcpy(to + i * length, text, length);
    if (to != NULL)
        memcpy(to + n * length, end, strlen(end) + 1);
    return to;
}

static void refuses_depth_and_length(void)
{
    static const struct {
        const char *text;
        size_t n;
        const char *end, *message;
    } cases[] = {
        {"(", 40, "MU3", "expected AND, OR, XOR or ')', found the end"},
        {"(", 41, "MU3", "3:45: L1_0: more than 40 parentheses and NOTs inside of each other"},
        {"(", 16000, "", "more than 40 parentheses and NOTs inside of each other"},
        {"NOT ", 4000, "MU3", "more than 40 parentheses and NOTs inside of each other"},
        {"NOT (", 3000, "MU3", "more than 40 parentheses and NOTs inside of each other"},
        {"M", 16384, "", "a name of more than 63 characters"},
        {"M", 16385, "", "3:5: L1_0: an expression of more than 16384 characters"},
        {"EXT_", 30, "", "a name of more than 63 characters"},
        {"MU3[", 1, "", "expected the name of a cut, found the end"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_menu *const menu = gt_build_menu();
        char *const text = repeated(cases[i].text, cases[i].n, cases[i].end);
        CU_ASSERT(gt_build_add(menu, 0, text != NULL ? text : "", cuts, &diag) == L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].message);
        free(text);
        l1t_gt_menu_free(menu);
    }
}

// 40 levels and a thousand operators are well.
static void takes_what_is_large(void)
{
    struct l1t_gt_menu *const menu = gt_build_menu();
    char *const flat = repeated("MU3 AND ", 1000, "MU3");
    char *const deep = repeated("NOT ", 40, "MU3");
    L1T_ASSERT_OK(gt_build_add(menu, 0, flat, cuts, &diag), diag);
    L1T_ASSERT_OK(gt_build_add(menu, 1, deep, cuts, &diag), diag);
    char *const text = l1t_gt_expression_text(&menu->algorithm[0]);
    L1T_ASSERT_TEXT(text, flat);
    free(text);
    free(flat);
    free(deep);
    l1t_gt_menu_free(menu);
}

static void works_without_a_diag(void)
{
    struct l1t_gt_menu *const menu = gt_build_menu();
    CU_ASSERT(gt_build_add(menu, 0, "MU3 AND XX", cuts, NULL) == L1T_E_INPUT);
    l1t_gt_menu_free(menu);
}

L1T_TEST_MAIN("gt_parse", {"text to tree and back", text_to_tree_and_back},
              {"the tree holds it", the_tree_holds_it}, {"refuses", refuses},
              {"refuses depth and length", refuses_depth_and_length},
              {"takes what is large", takes_what_is_large},
              {"works without a diag", works_without_a_diag})

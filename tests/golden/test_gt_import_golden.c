// SPDX-License-Identifier: GPL-3.0-or-later
// CMS menus written as YAML and read again compile to the same integers, every one of them. The
// menus live outside the repository (L1TWIN_SHARED); without them a test says SKIPPED.
#include "l1t/gt_menu.h"
#include "l1t/gt_yaml.h"
#include "l1t_test.h"

static bool same_array(const void *a, size_t n, const void *b, size_t m, size_t size)
{
    return n == m && (n == 0 || (a == NULL) == (b == NULL)) &&
           (n == 0 || a == NULL || memcmp(a, b, n * size) == 0);
}

// Field by field where structs have padding.
static bool same_algorithms(const struct l1t_gt_code *a, const struct l1t_gt_code *b)
{
    bool same = a->n_algorithms == b->n_algorithms && a->n_nodes == b->n_nodes;
    for (size_t i = 0; same && i < a->n_algorithms; i++)
        same = a->algorithm[i].bit == b->algorithm[i].bit &&
               a->algorithm[i].supported == b->algorithm[i].supported &&
               a->algorithm[i].first_node == b->algorithm[i].first_node &&
               a->algorithm[i].n_nodes == b->algorithm[i].n_nodes;
    for (size_t i = 0; same && i < a->n_nodes; i++)
        same = a->node[i].op == b->node[i].op && (a->node[i].op != L1T_GT_OP_CONDITION ||
                                                  a->node[i].condition == b->node[i].condition);
    return same;
}

static bool same_pair_tables(const struct l1t_gt_pair_tables *a, const struct l1t_gt_pair_tables *b)
{
    return same_array(a->deta, a->n_eta, b->deta, b->n_eta, sizeof *a->deta) &&
           same_array(a->cosh, a->n_eta, b->cosh, b->n_eta, sizeof *a->cosh) &&
           same_array(a->dphi, a->n_phi, b->dphi, b->n_phi, sizeof *a->dphi) &&
           same_array(a->cos, a->n_phi, b->cos, b->n_phi, sizeof *a->cos) &&
           same_array(a->cos_phi, a->n_trig, b->cos_phi, b->n_trig, sizeof *a->cos_phi) &&
           same_array(a->sin_phi, a->n_trig, b->sin_phi, b->n_trig, sizeof *a->sin_phi) &&
           a->n_inv_eta == b->n_inv_eta &&
           same_array(a->inv_dr2, (size_t)a->n_inv_eta * a->n_inv_phi, b->inv_dr2,
                      (size_t)b->n_inv_eta * b->n_inv_phi, sizeof *a->inv_dr2) &&
           a->mass_t_one == b->mass_t_one && a->tbpt_scale == b->tbpt_scale;
}

static bool same_tables(const struct l1t_gt_tables *a, const struct l1t_gt_tables *b)
{
    bool same = same_array(a->upt, a->n_upt, b->upt, b->n_upt, sizeof *a->upt);
    for (int t = 0; t < L1T_GT_TYPES; t++)
        same = same && same_array(a->pt[t], a->n_pt[t], b->pt[t], b->n_pt[t], sizeof *a->pt[t]);
    for (int p = 0; p < L1T_GT_PAIRS; p++)
        same = same && same_pair_tables(&a->pair[p], &b->pair[p]);
    return same;
}

// Legs and conditions are made zeroed and compared byte for byte by the compiler itself.
static bool same_code(const struct l1t_gt_code *a, const struct l1t_gt_code *b)
{
    return same_array(a->leg, a->n_legs, b->leg, b->n_legs, sizeof *a->leg) &&
           same_array(a->condition, a->n_conditions, b->condition, b->n_conditions,
                      sizeof *a->condition) &&
           same_algorithms(a, b) && same_tables(&a->tables, &b->tables) && a->types == b->types &&
           a->bx_past == b->bx_past && a->bx_future == b->bx_future;
}

static void write_menu(const struct l1t_gt_menu *menu, const char *path)
{
    struct l1t_diag diag = {""};
    FILE *out = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    L1T_ASSERT_OK(l1t_gt_menu_write_yaml(menu, out, &diag), diag);
    CU_ASSERT_EQUAL(fclose(out), 0);
}

static void check_descriptions(const struct l1t_gt_menu *a, const struct l1t_gt_menu *b)
{
    L1T_ASSERT_INT(b->n, a->n);
    L1T_ASSERT_INT(b->n_externals, a->n_externals);
    L1T_ASSERT_INT(b->scales.n, a->scales.n);
    L1T_ASSERT_TEXT(b->scales.name, a->scales.name);
    L1T_ASSERT_TEXT(b->name, a->name);
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        char *x = l1t_gt_expression_text(&a->algorithm[i]);
        char *y = l1t_gt_expression_text(&b->algorithm[i]);
        L1T_ASSERT_TEXT(y, x);
        L1T_ASSERT_TEXT(b->algorithm[i].name, a->algorithm[i].name);
        L1T_ASSERT_INT(b->algorithm[i].bit, a->algorithm[i].bit);
        L1T_ASSERT_INT(b->algorithm[i].module_id, a->algorithm[i].module_id);
        free(x);
        free(y);
    }
    for (size_t i = 0; i < a->n_externals && i < b->n_externals; i++) {
        L1T_ASSERT_TEXT(b->external[i].name, a->external[i].name);
        L1T_ASSERT_INT(b->external[i].channel, a->external[i].channel);
    }
}

static void check_menu(const char *relative, size_t algorithms, size_t unsupported)
{
    struct l1t_gt_menu *menu = NULL, *again = NULL;
    struct l1t_gt_code *code = NULL, *code_again = NULL;
    struct l1t_diag diag = {""};
    size_t n = 0;
    L1T_SKIP_UNLESS_SHARED(path, relative);
    L1T_ASSERT_OK(l1t_gt_menu_load(path, &menu, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(menu);
    const char *yaml = l1t_test_path("menu.yaml");
    write_menu(menu, yaml);
    L1T_ASSERT_OK(l1t_gt_menu_load(yaml, &again, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(again);
    check_descriptions(menu, again);
    L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
    L1T_ASSERT_OK(l1t_gt_compile(again, &code_again, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(code);
    CU_ASSERT_PTR_NOT_NULL_FATAL(code_again);
    L1T_CHECK(same_code(code, code_again), "%s: the compiled menus differ", relative);
    L1T_ASSERT_INT(code->n_algorithms, algorithms);
    for (size_t i = 0; i < code->n_algorithms; i++)
        n += !code->algorithm[i].supported;
    L1T_ASSERT_INT(n, unsupported);
    l1t_gt_code_free(code);
    l1t_gt_code_free(code_again);
    l1t_gt_menu_free(menu);
    l1t_gt_menu_free(again);
}

static void menu_a(void)
{
    check_menu("ugt/a_collisions2016_v4/menu.xml.gz", 241, 0);
}

static void menu_b(void)
{
    check_menu("ugt/b_collisions2017_v3_test2/menu.xml.gz", 493, 0);
}

static void menu_c(void)
{
    check_menu("ugt/c_collisions2024_v1_3_0/menu.xml.gz", 408, 5);
}

static void menu_d(void)
{
    check_menu("ugt/d_heavyions2024_v1_0_6/menu.xml.gz", 512, 0);
}

static void menu_e(void)
{
    check_menu("ugt/e_test_massoverdr/menu.xml.gz", 25, 0);
}

static void menu_f(void)
{
    check_menu("ugt/f_test_overlapremoval/menu.xml.gz", 18, 0);
}

L1T_TEST_MAIN("gt_import_golden", {"2016 protons", menu_a}, {"2017 protons, test menu", menu_b},
              {"2024 protons", menu_c}, {"2024 heavy ions", menu_d}, {"mass over deltaR", menu_e},
              {"overlap removal", menu_f})

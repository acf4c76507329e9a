// SPDX-License-Identifier: GPL-3.0-or-later
// Random menus from their text to decisions: printed and read back they compile to the same code,
// and both engines decide the same. GT_MENU=number takes that menu alone.
#include "gt_random.h"
#include "gt_source.h"
#include "l1t/gt_engine.h"
#include "l1t_test.h"

enum {
    SEED = 21,
    N = L1T_GT_BATCH,
    ALGORITHMS = 16,
#ifdef __SANITIZE_ADDRESS__
    MENUS = 25
#else
    MENUS = 250
#endif
};

static struct l1t_diag diag;
static struct l1t_gt_words words[N];
static struct l1t_gt_event event[N];
static uint64_t found[N][L1T_GT_WORDS];
static uint64_t bits_set;

// ---- the same code again ----

static bool same_bytes(const void *a, const void *b, size_t n, size_t m, size_t size)
{
    return n == m && (n == 0 || memcmp(a, b, n * size) == 0);
}

static bool same_code(const struct l1t_gt_code *a, const struct l1t_gt_code *b)
{
    bool same = same_bytes(a->leg, b->leg, a->n_legs, b->n_legs, sizeof *a->leg) &&
                same_bytes(a->condition, b->condition, a->n_conditions, b->n_conditions,
                           sizeof *a->condition) &&
                a->n_nodes == b->n_nodes && a->n_algorithms == b->n_algorithms &&
                a->types == b->types && a->bx_past == b->bx_past && a->bx_future == b->bx_future;
    for (size_t i = 0; same && i < a->n_nodes; i++)
        same = a->node[i].op == b->node[i].op && a->node[i].condition == b->node[i].condition;
    return same;
}

static void print_and_read_back(struct l1t_gt_menu *menu, uint64_t number)
{
    for (size_t i = 0; i < menu->n; i++) {
        struct l1t_gt_algorithm_def *const a = &menu->algorithm[i];
        char *const text = l1t_gt_expression_text(a);
        free(a->expression);
        a->expression = text;
        L1T_CHECK(l1t_gt_parse(menu, a, &diag) == L1T_OK, "menu %llu: %s",
                  (unsigned long long)number, diag.text);
        char *const again = l1t_gt_expression_text(a);
        L1T_CHECK(again != NULL && text != NULL && strcmp(text, again) == 0, "menu %llu: %s",
                  (unsigned long long)number, text);
        free(again);
    }
}

// ---- both engines ----

static void decide(const struct l1t_gt_code *code, uint64_t number)
{
    struct l1t_gt_engine *engine = NULL;
    gt_random_crossings(SEED, number, N, words);
    for (size_t i = 0; i < N; i++)
        l1t_gt_decode(&words[i], &event[i]);
    L1T_ASSERT_OK(l1t_gt_engine_open(code, 1, &engine, &diag), diag);
    if (engine == NULL)
        return;
    l1t_gt_engine_run(engine, &(struct l1t_gt_crossings){.events = event, .n = N, .orbit = N},
                      &(struct l1t_gt_decisions){.bits = found});
    l1t_gt_engine_close(engine);
    for (size_t i = 0; i < N; i++) {
        uint64_t expected[L1T_GT_WORDS];
        struct l1t_gt_around around;
        for (size_t k = 0; k < 5; k++)
            around.event[k] = &event[(i + k + N - 2) % N];
        l1t_gt_decide(code, &around, expected);
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            bits_set += (unsigned)__builtin_popcountll(expected[w]);
        if (memcmp(expected, found[i], sizeof expected) != 0) {
            L1T_CHECK(false, "seed %d, menu %llu, crossing %zu: the engines differ", SEED,
                      (unsigned long long)number, i);
            return;
        }
    }
}

static void from_text_to_decisions(void)
{
    const char *const only = getenv("GT_MENU");
    const uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 0;
    const uint64_t end = only != NULL ? first + 1 : MENUS;
    for (uint64_t m = first; m < end; m++) {
        struct l1t_gt_menu *const menu = gt_source_menu(SEED, m, ALGORITHMS);
        struct l1t_gt_code *code = NULL, *again = NULL;
        L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
        print_and_read_back(menu, m);
        L1T_ASSERT_OK(l1t_gt_compile(menu, &again, &diag), diag);
        if (code != NULL && again != NULL) {
            L1T_CHECK(same_code(code, again), "menu %llu compiles differently when read back",
                      (unsigned long long)m);
            decide(code, m);
        }
        l1t_gt_code_free(code);
        l1t_gt_code_free(again);
        l1t_gt_menu_free(menu);
    }
    const double set = (double)bits_set / ((double)(end - first) * N * ALGORITHMS);
    printf("(%.0f %% of bits set) ", 100 * set);
    L1T_CHECK(only != NULL || (set > 0.1 && set < 0.6), "bits say little: %.3f set", set);
}

// ---- tables against plain loops ----

static void same_table32(const char *name, const uint32_t *a, const uint32_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        L1T_CHECK(a[i] == b[i], "%s[%zu]: %u, plainly %u", name, i, a[i], b[i]);
}

static void same_trig(const char *name, const int32_t *a, const int32_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        L1T_CHECK(a[i] == b[i], "%s[%zu]: %d, plainly %d", name, i, a[i], b[i]);
}

static void tables_equal_plain_ones(void)
{
    struct l1t_gt_menu *const menu = gt_source_menu(SEED, 0, 1);
    struct l1t_gt_code *code = NULL;
    L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(code);
    const struct l1t_gt_tables *const t = &code->tables, *const plain = gt_plain_tables();
    for (unsigned p = 0; p < L1T_GT_PAIRS; p++) {
        const struct l1t_gt_pair_tables *const a = &t->pair[p], *const b = &plain->pair[p];
        same_table32("deta", a->deta, b->deta, a->n_eta);
        same_table32("dphi", a->dphi, b->dphi, a->n_phi);
        same_table32("cosh", a->cosh, b->cosh, a->n_eta);
        same_trig("cos", a->cos, b->cos, a->n_phi);
        same_trig("cos_phi", a->cos_phi, b->cos_phi, a->n_trig);
        same_trig("sin_phi", a->sin_phi, b->sin_phi, a->n_trig);
        L1T_ASSERT_INT(a->mass_t_one, b->mass_t_one);
        L1T_ASSERT_INT(a->tbpt_scale, b->tbpt_scale);
        for (size_t i = 0; i < a->n_inv_eta; i++)
            for (size_t k = 0; k < a->n_inv_phi; k++)
                L1T_CHECK(a->inv_dr2[i * a->n_inv_phi + k] == b->inv_dr2[i * b->n_inv_phi + k],
                          "inverse of %zu, %zu", i, k);
    }
    for (unsigned type = 0; type < L1T_GT_TYPES; type++)
        if (t->pt[type] != NULL)
            same_table32(l1t_gt_type_name((enum l1t_gt_type)type), t->pt[type], plain->pt[type],
                         t->n_pt[type]);
    same_table32("upt", t->upt, plain->upt, t->n_upt);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
}

L1T_TEST_MAIN("gt_menus", {"from text to decisions", from_text_to_decisions},
              {"tables equal plain ones", tables_equal_plain_ones})

// SPDX-License-Identifier: GPL-3.0-or-later
// Official menus of the CMS global trigger on their official test vectors: every algorithm bit and
// the final OR of every crossing, by the interpreter and by the batch engine. Neural networks,
// which a menu names but does not hold, excepted.
#include "../../csrc/gt/gt_explain.h"
#include "l1t/gt_engine.h"
#include "l1t/gt_run.h"
#include "l1t/io.h"
#include "l1t_test.h"

struct pair {
    const char *folder;
    size_t algorithms, unsupported, firing; /* firing: of the supported ones, once at least */
};

static const struct pair pairs[] = {
    {"a_collisions2016_v4", 241, 0, 207},     {"b_collisions2017_v3_test2", 493, 0, 432},
    {"c_collisions2024_v1_3_0", 408, 5, 286}, {"d_heavyions2024_v1_0_6", 512, 0, 263},
    {"e_test_massoverdr", 25, 0, 25},         {"f_test_overlapremoval", 18, 0, 18},
};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

static void say_differences(const struct l1t_gt_menu *menu, const struct l1t_gt_vectors *vectors,
                            const struct l1t_gt_agreement *a)
{
    for (size_t i = 0; i < menu->n; i++)
        if (a->differing[menu->algorithm[i].bit] != 0)
            printf("# %4llu differ: %s = %s\n",
                   (unsigned long long)a->differing[menu->algorithm[i].bit],
                   menu->algorithm[i].name, menu->algorithm[i].expression);
    if (a->first < a->crossings)
        printf("# first in line %zu\n", vectors->line[a->first]);
}

// The batch engine from decoded crossings and from words, against the interpreter.
static void check_batch(const struct pair *pair, const struct l1t_gt_code *code,
                        const struct l1t_gt_vectors *vectors, const uint64_t (*bits)[L1T_GT_WORDS])
{
    struct l1t_gt_engine *engine = NULL;
    struct l1t_diag diag = {""};
    uint64_t(*batch)[L1T_GT_WORDS] = calloc(vectors->n, sizeof *batch);
    struct l1t_gt_words *words = calloc(vectors->n, sizeof *words);
    L1T_ASSERT_OK(l1t_gt_engine_open(code, 2, &engine, &diag), diag);
    CU_ASSERT_FATAL(engine != NULL && batch != NULL && words != NULL);
    for (size_t i = 0; i < vectors->n; i++)
        words[i] = vectors->vector[i].words;
    for (unsigned from_words = 0; from_words < 2; from_words++) {
        const struct l1t_gt_crossings crossings = {.words = from_words ? words : NULL,
                                                   .events = from_words ? NULL : vectors->event,
                                                   .n = vectors->n,
                                                   .orbit = vectors->n};
        memset(batch, 0xff, vectors->n * sizeof *batch);
        l1t_gt_engine_run(engine, &crossings, &(struct l1t_gt_decisions){.bits = batch});
        size_t differing = 0;
        for (size_t i = 0; i < vectors->n; i++)
            differing += memcmp(batch[i], bits[i], sizeof *batch) != 0;
        L1T_CHECK(differing == 0, "%s: batch engine: %zu crossings differ from the interpreter",
                  pair->folder, differing);
    }
    l1t_gt_engine_close(engine);
    free(words);
    free(batch);
}

// The conditions of an algorithm decided by trying all combinations one cut at a time.
static void check_trials(const struct l1t_gt_code *code, const struct l1t_gt_algorithm *algorithm,
                         const struct l1t_gt_around *around)
{
    for (uint32_t i = 0; i < algorithm->n_nodes; i++) {
        const struct l1t_gt_node *node = &code->node[algorithm->first_node + i];
        const struct l1t_gt_condition *c = &code->condition[node->condition];
        struct l1t_gt_trials trials;
        if (node->op != L1T_GT_OP_CONDITION || c->kind > L1T_GT_TRIPLE)
            continue;
        l1t_gt_try_all(code, c, around, &trials);
        if (trials.complete)
            CU_ASSERT_EQUAL(trials.good > 0, l1t_gt_condition_fires(code, c, around));
    }
}

// Explanations agree with decisions, and say something.
static void check_explanations(const struct l1t_gt_menu *menu, const struct l1t_gt_code *code,
                               const struct l1t_gt_vectors *vectors)
{
    for (size_t i = 2; i < vectors->n; i += 311)
        for (size_t k = 0; k < menu->n; k++) {
            struct l1t_gt_around around;
            const struct l1t_gt_question question = {menu, code, &menu->algorithm[k], &around};
            struct l1t_diag diag = {""};
            const unsigned bit = menu->algorithm[k].bit;
            char why[2000];
            bool fires = false;
            char *text = NULL;
            size_t size = 0;
            FILE *out = open_memstream(&text, &size);
            l1t_gt_vectors_around(vectors, i, NULL, &around);
            L1T_ASSERT_OK(l1t_gt_explain(out, &question, &fires, &diag), diag);
            CU_ASSERT_EQUAL(fclose(out), 0);
            L1T_CHECK(!code->algorithm[k].supported ||
                          fires == (vectors->vector[i].bits[bit / 64] >> bit % 64 & 1),
                      "%s in crossing %zu: %s", menu->algorithm[k].name, i, text);
            L1T_ASSERT_CONTAINS(text, menu->algorithm[k].name);
            CU_ASSERT(strlen(l1t_gt_why(&question, why, sizeof why)) > 10);
            free(text);
            check_trials(code, &code->algorithm[k], &around);
        }
}

static void check(const struct pair *pair, const struct l1t_gt_menu *menu,
                  const struct l1t_gt_code *code, const struct l1t_gt_vectors *vectors)
{
    const struct l1t_gt_run_options options = {.engine = L1T_GT_REFERENCE};
    struct l1t_diag diag = {""};
    struct l1t_gt_agreement a;
    size_t firing = 0;
    uint64_t(*bits)[L1T_GT_WORDS] = calloc(vectors->n, sizeof *bits);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bits);
    L1T_ASSERT_OK(l1t_gt_run(code, vectors, &options, bits, &diag), diag);
    l1t_gt_compare(code, vectors, &options, (const uint64_t(*)[L1T_GT_WORDS])bits, &a);
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
        firing += a.fired[b] != 0;
    printf("# %-26s %4zu algorithms %5zu crossings %8llu bits, %llu differ, final OR %llu differ, "
           "%zu unsupported, %zu fire\n",
           pair->folder, a.algorithms, a.crossings, (unsigned long long)a.bits,
           (unsigned long long)a.bits_differing, (unsigned long long)a.finor_differing,
           a.unsupported, firing);
    say_differences(menu, vectors, &a);
    L1T_ASSERT_INT(a.algorithms, pair->algorithms);
    L1T_ASSERT_INT(a.unsupported, pair->unsupported);
    L1T_ASSERT_INT(firing, pair->firing);
    L1T_ASSERT_INT(a.crossings, L1T_GT_ORBIT);
    L1T_ASSERT_INT(a.bits_differing, 0);
    L1T_ASSERT_INT(a.finor_differing, 0);
    check_batch(pair, code, vectors, (const uint64_t(*)[L1T_GT_WORDS])bits);
    free(bits);
}

static void check_pair(const struct pair *pair)
{
    char relative[200], menu_path[1024], vectors_path[1024];
    (void)snprintf(relative, sizeof relative, "ugt/%s/menu.xml.gz", pair->folder);
    const bool has_menu = l1t_shared_path(menu_path, sizeof menu_path, relative) != 0;
    (void)snprintf(relative, sizeof relative, "ugt/%s/vector.txt.gz", pair->folder);
    if (!l1t_shared_path(vectors_path, sizeof vectors_path, relative) || !has_menu) {
        l1t_test_skip("%s absent", vectors_path);
        return;
    }
    struct l1t_gt_menu *menu = NULL;
    struct l1t_gt_code *code = NULL;
    struct l1t_gt_vectors vectors;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_gt_menu_load_xml(menu_path, &menu, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(menu);
    L1T_ASSERT_OK(l1t_gt_compile(menu, &code, &diag), diag);
    CU_ASSERT_PTR_NOT_NULL_FATAL(code);
    L1T_ASSERT_OK(l1t_gt_vectors_load(vectors_path, &vectors, &diag), diag);
    check(pair, menu, code, &vectors);
    check_explanations(menu, code, &vectors);
    l1t_gt_vectors_free(&vectors);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
}

static void official_menus_decide_as_their_vectors_say(void)
{
    printf("\n");
    for (size_t i = 0; i < PAIRS; i++)
        check_pair(&pairs[i]);
}

// A vector file that was read is written again byte for byte.
static void official_vectors_are_written_as_they_were_read(void)
{
    for (size_t i = 0; i < PAIRS; i++) {
        char relative[200];
        (void)snprintf(relative, sizeof relative, "ugt/%s/vector.txt.gz", pairs[i].folder);
        L1T_SKIP_UNLESS_SHARED(path, relative);
        struct l1t_gt_vectors vectors;
        struct l1t_diag diag = {""};
        char *text = NULL;
        size_t size = 0, at = 0;
        L1T_ASSERT_OK(l1t_read_file(path, 1 << 24, &text, &size, &diag), diag);
        L1T_ASSERT_OK(l1t_gt_vectors_load(path, &vectors, &diag), diag);
        for (size_t k = 0; k < vectors.n; k++) {
            char line[1000];
            FILE *out = fmemopen(line, sizeof line, "w");
            l1t_gt_vectors_write(out, vectors.layout, &vectors.vector[k]);
            CU_ASSERT_EQUAL(fclose(out), 0);
            const size_t length = strlen(line);
            CU_ASSERT_FATAL(at + length <= size);
            CU_ASSERT(memcmp(text + at, line, length) == 0);
            at += length;
        }
        L1T_ASSERT_INT(at, size);
        free(text);
        l1t_gt_vectors_free(&vectors);
    }
}

L1T_TEST_MAIN("gt_golden",
              {"official menus decide as their vectors say",
               official_menus_decide_as_their_vectors_say},
              {"official vectors are written as they were read",
               official_vectors_are_written_as_they_were_read})

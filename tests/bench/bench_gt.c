// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the global trigger: whole official menus on their own vectors repeated, and the default
// menu on random crossings of all densities; one thread, the
// batch engine from link words to counts beside the interpreter from decoded crossings, taking
// turns. Nothing is timed unless both give the same bits. bench_gt_baseline is the same without the
// machine versions of l1t_target_clones.h.
#include "bench.h"

#include "gt_random.h"
#include "l1t/gt_engine.h"
#include "l1t/gt_run.h"
#include "l1t_test.h"

#ifndef L1T_NO_TARGET_CLONES
#define L1T_BENCH_CLONES 1
#else
#define L1T_BENCH_CLONES 0
#endif

enum { ROUNDS = 11, REPEAT = 12 };

static const double lhc = 31.5e6; // filled crossings a second

struct sample {
    const struct l1t_gt_code *code;
    const struct l1t_gt_vectors *vectors;
    struct l1t_gt_engine *engine;
    struct l1t_gt_words *words; // REPEAT orbits
    size_t n;
};

static const char *machine(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (L1T_BENCH_CLONES && __builtin_cpu_supports("avx512bw"))
        return "AVX-512";
    if (L1T_BENCH_CLONES && __builtin_cpu_supports("avx2"))
        return "AVX2";
    return "SSE2";
#else
    return "plain C";
#endif
}

static double rate_of_interpreter(const struct sample *s, uint64_t (*bits)[L1T_GT_WORDS])
{
    const struct l1t_gt_run_options options = {.engine = L1T_GT_REFERENCE, .threads = 1};
    struct l1t_diag diag;
    const double start = cpu_seconds();
    if (l1t_gt_run(s->code, s->vectors, &options, bits, &diag) != L1T_OK)
        return 0;
    return (double)s->vectors->n / (cpu_seconds() - start);
}

static double rate_of_batch(const struct sample *s, uint64_t *count)
{
    const struct l1t_gt_crossings crossings = {
        .words = s->words, .n = s->n, .orbit = s->vectors->n};
    const double start = cpu_seconds();
    l1t_gt_engine_run(s->engine, &crossings, &(struct l1t_gt_decisions){.count = count});
    return (double)s->n / (cpu_seconds() - start);
}

static bool agree(const struct sample *s, uint64_t (*bits)[L1T_GT_WORDS])
{
    uint64_t(*batch)[L1T_GT_WORDS] = calloc(s->vectors->n, sizeof *batch);
    const struct l1t_gt_crossings crossings = {
        .words = s->words, .n = s->vectors->n, .orbit = s->vectors->n};
    if (batch == NULL)
        return false;
    (void)rate_of_interpreter(s, bits);
    l1t_gt_engine_run(s->engine, &crossings, &(struct l1t_gt_decisions){.bits = batch});
    const bool same = memcmp(batch, bits, s->vectors->n * sizeof *batch) == 0;
    free(batch);
    return same;
}

static int time_both(const struct sample *s, const char *name)
{
    double interpreter[ROUNDS], batch[ROUNDS], ratio[ROUNDS];
    uint64_t count[L1T_GT_ALGORITHMS], fired = 0;
    uint64_t(*bits)[L1T_GT_WORDS] = calloc(s->vectors->n, sizeof *bits);
    if (bits == NULL || !agree(s, bits)) {
        fprintf(stderr, "bench_gt: %s: engines disagree; nothing timed\n", name);
        free(bits);
        return 1;
    }
    for (unsigned r = 0; r < ROUNDS; r++) {
        interpreter[r] = rate_of_interpreter(s, bits);
        batch[r] = rate_of_batch(s, count);
        ratio[r] = batch[r] / interpreter[r];
    }
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
        fired += count[b];
    printf("%s: %zu algorithms, %zu conditions, %.1f fire a crossing, %s\n", name,
           s->code->n_algorithms, s->code->n_conditions, (double)fired / (double)s->n, machine());
    (void)bench_print("  interpreter", interpreter, ROUNDS, "crossings/s");
    const double median = bench_print("  batch engine", batch, ROUNDS, "crossings/s");
    (void)bench_print("  ratio", ratio, ROUNDS, "");
    printf("  cores for the LHC's %.1f million crossings/s: %.1f\n", lhc / 1e6, lhc / median);
    free(bits);
    return 0;
}

static int bench(const char *name, const struct l1t_gt_menu *menu,
                 const struct l1t_gt_vectors *vectors)
{
    struct l1t_gt_code *code = NULL;
    struct l1t_diag diag;
    struct sample s = {.vectors = vectors, .n = REPEAT * vectors->n};
    int status = 1;
    s.words = calloc(s.n, sizeof *s.words);
    if (s.words != NULL && l1t_gt_compile(menu, &code, &diag) == L1T_OK &&
        l1t_gt_engine_open(code, 1, &s.engine, &diag) == L1T_OK) {
        s.code = code;
        for (size_t i = 0; i < s.n; i++)
            s.words[i] = vectors->vector[i % vectors->n].words;
        status = time_both(&s, name);
    } else {
        fprintf(stderr, "bench_gt: %s: %s\n", name, s.words != NULL ? diag.text : "out of memory");
    }
    l1t_gt_engine_close(s.engine);
    l1t_gt_code_free(code);
    free(s.words);
    return status;
}

static int bench_pair(const char *folder)
{
    char relative[200], menu_path[1024], vectors_path[1024];
    struct l1t_gt_menu *menu = NULL;
    struct l1t_gt_vectors vectors;
    struct l1t_diag diag;
    int status = 1;
    (void)snprintf(relative, sizeof relative, "ugt/%s/menu.xml.gz", folder);
    const bool has_menu = l1t_shared_path(menu_path, sizeof menu_path, relative) != 0;
    (void)snprintf(relative, sizeof relative, "ugt/%s/vector.txt.gz", folder);
    if (!l1t_shared_path(vectors_path, sizeof vectors_path, relative) || !has_menu) {
        printf("%s: absent, not timed\n", folder);
        return 0;
    }
    const enum l1t_err err = l1t_gt_vectors_load(vectors_path, &vectors, &diag);
    if (err == L1T_OK && l1t_gt_menu_load_xml(menu_path, &menu, &diag) == L1T_OK)
        status = bench(folder, menu, &vectors);
    else
        fprintf(stderr, "bench_gt: %s\n", diag.text);
    l1t_gt_menu_free(menu);
    l1t_gt_vectors_free(&vectors);
    return status;
}

// Our own menu, which is always there.
static int bench_default(void)
{
    const char *const path = "configs/menus/run3.yaml";
    struct l1t_gt_vectors v = {.n = L1T_GT_ORBIT};
    struct l1t_gt_words *words = calloc(v.n, sizeof *words);
    struct l1t_gt_menu *menu = NULL;
    struct l1t_diag diag = {"out of memory"};
    int status = 1;
    v.vector = calloc(v.n, sizeof *v.vector);
    v.event = calloc(v.n, sizeof *v.event);
    if (words != NULL && v.vector != NULL && v.event != NULL &&
        l1t_gt_menu_load(path, &menu, &diag) == L1T_OK) {
        for (size_t i = 0; i < v.n; i += L1T_GT_BATCH)
            gt_random_crossings(1, i, v.n - i < L1T_GT_BATCH ? v.n - i : L1T_GT_BATCH, &words[i]);
        for (size_t i = 0; i < v.n; i++) {
            v.vector[i].words = words[i];
            l1t_gt_decode(&words[i], &v.event[i]);
        }
        status = bench(path, menu, &v);
    } else {
        fprintf(stderr, "bench_gt: %s\n", diag.text);
    }
    l1t_gt_menu_free(menu);
    l1t_gt_vectors_free(&v);
    free(words);
    return status;
}

int main(int argc, char **argv)
{
    static const char *const folders[] = {"b_collisions2017_v3_test2", "c_collisions2024_v1_3_0",
                                          "a_collisions2016_v4", "d_heavyions2024_v1_0_6"};
    int status = argc < 2 ? bench_default() : 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (argc < 2 || strstr(folders[i], argv[1]) != NULL)
            status |= bench_pair(folders[i]);
    return status;
}

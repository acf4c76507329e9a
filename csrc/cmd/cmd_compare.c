// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/gt_parts.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_compare = {
    .name = "compare",
    .group = "Work",
    .summary = "decisions of two test-vector files of the global trigger, and why they differ",
    .usage =
        "usage: l1twin compare A B --menu MENU [options]\n"
        "\n"
        "  A, B             test vectors of the same crossings, for instance of two emulators\n"
        "  --menu MENU      XML of CMS or YAML: decides who is right, and why\n"
        "  --max-diffs N    explain the first N differing bits (default 10)\n"
        "  --engine E       batch (default) or reference\n"
        "  --independent    lines are recorded events, not an orbit\n"
        "  --threads T      results do not depend on it (default: one for each processor)\n"
        "  --format F       table, tsv, csv or json (default: table on a terminal, else tsv)\n"
        "  -o, --output FILE  instead of standard output\n"
        "\n"
        "Inputs must be the same in both; the first column that is not is named. Exit 0: the same\n"
        "decisions, 1: a difference.\n"
        "\n"
        "  l1twin emulate gt --menu menu.xml.gz vector.txt.gz ours.txt\n"
        "  l1twin compare vector.txt.gz ours.txt --menu menu.xml.gz\n",
    .options = "--menu --max-diffs --engine --independent --threads --format --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    struct l1t_gt_choice gt;
    uint64_t max_diffs;
};

static int take(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'd':
        return l1t_cmd_u64(&cmd_compare, "--max-diffs", optarg, 0, 1000000, &a->max_diffs);
    default:
        return l1t_gt_option(&a->p, &a->gt, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {L1T_GT_OPTIONS,
                                            {"max-diffs", required_argument, NULL, 'd'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"output", required_argument, NULL, 'o'},
                                            {NULL, 0, NULL, 0}};
    const int code = l1t_cmd_options(argc, argv, 1, options, take, a);
    if (code != 0)
        return code;
    if (a->gt.menu == NULL || argc - optind != 2)
        return l1t_cmd_usage(&cmd_compare, "two files of test vectors and --menu MENU are needed");
    a->gt.run.threads = (unsigned)a->p.threads;
    return 0;
}

// ---- two files ----

struct both {
    struct l1t_gt_loaded loaded;
    const char *path[2];
    struct l1t_gt_vectors v[2];
    uint64_t (*bits)[L1T_GT_WORDS]; // of the menu
    // By bit: crossings where only A, only B has it; where the menu agrees with A, with B.
    uint64_t only[2][L1T_GT_ALGORITHMS], agrees[2][L1T_GT_ALGORITHMS];
    uint64_t finor[2], finor_agrees[2]; // the same of the final OR
};

static enum l1t_err load(struct arguments *a, char **files, struct both *x)
{
    struct l1t_diag *diag = &a->p.diag;
    enum l1t_err err = l1t_gt_loaded_open(&x->loaded, a->gt.menu, a->p.digest, diag);
    for (int i = 0; i < 2 && err == L1T_OK; i++) {
        x->path[i] = files[i];
        err = l1t_gt_vectors_load(files[i], &x->v[i], diag);
        if (err == L1T_OK && strcmp(files[i], "-") != 0)
            err = l1t_digest_add_file(a->p.digest, "vectors", files[i], diag);
    }
    return err;
}

static enum l1t_err check_inputs(const struct both *x, struct l1t_diag *diag)
{
    if (x->v[0].n != x->v[1].n)
        return l1t_fail(diag, L1T_E_INPUT, "%s has %zu crossings, %s has %zu", x->path[0],
                        x->v[0].n, x->path[1], x->v[1].n);
    for (size_t i = 0; i < x->v[0].n; i++) {
        const struct l1t_gt_vector *a = &x->v[0].vector[i], *b = &x->v[1].vector[i];
        if (a->crossing != b->crossing || memcmp(&a->words, &b->words, sizeof a->words) != 0)
            return l1t_fail(diag, L1T_E_INPUT,
                            "%s:%zu: its inputs are not those of %s:%zu; decisions can be compared "
                            "for the same inputs only",
                            x->path[1], x->v[1].line[i], x->path[0], x->v[0].line[i]);
    }
    return L1T_OK;
}

static void count_one(struct both *x, size_t i)
{
    const uint64_t *a = x->v[0].vector[i].bits, *b = x->v[1].vector[i].bits;
    for (unsigned k = 0; k < L1T_GT_ALGORITHMS; k++) {
        const uint64_t in_a = a[k / 64] >> k % 64 & 1, in_b = b[k / 64] >> k % 64 & 1;
        const uint64_t ours = x->bits[i][k / 64] >> k % 64 & 1;
        x->only[0][k] += in_a & ~in_b;
        x->only[1][k] += in_b & ~in_a;
        x->agrees[0][k] += in_a != in_b && ours == in_a;
        x->agrees[1][k] += in_a != in_b && ours == in_b;
    }
    const bool finor[2] = {x->v[0].vector[i].finor, x->v[1].vector[i].finor};
    bool ours = false;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        ours = ours || x->bits[i][w] != 0;
    for (int s = 0; s < 2; s++) {
        x->finor[s] += finor[s] && !finor[1 - s];
        x->finor_agrees[s] += finor[0] != finor[1] && ours == finor[s];
    }
}

// ---- tables ----

static uint64_t fill_algorithms(const struct both *x, struct l1t_table *table)
{
    uint64_t total = x->finor[0] + x->finor[1];
    for (unsigned k = 0; k < L1T_GT_ALGORITHMS; k++) {
        const struct l1t_gt_algorithm_def *def = l1t_gt_loaded_bit(&x->loaded, k);
        if (x->only[0][k] + x->only[1][k] == 0)
            continue;
        total += x->only[0][k] + x->only[1][k];
        l1t_table_int(table, k);
        l1t_table_text(table, def != NULL ? def->name : "-");
        for (int s = 0; s < 2; s++)
            l1t_table_int(table, (long long)x->only[s][k]);
        for (int s = 0; s < 2; s++)
            l1t_table_int(table, (long long)x->agrees[s][k]);
    }
    if (x->finor[0] + x->finor[1] > 0) {
        l1t_table_int(table, -1);
        l1t_table_text(table, "final OR");
        for (int s = 0; s < 2; s++)
            l1t_table_int(table, (long long)x->finor[s]);
        for (int s = 0; s < 2; s++)
            l1t_table_int(table, (long long)x->finor_agrees[s]);
    }
    return total;
}

static void fill_one(const struct both *x, const struct arguments *a, size_t i, unsigned k,
                     struct l1t_table *table)
{
    char text[2000] = "no algorithm of the menu has this bit";
    const struct l1t_gt_algorithm_def *def = l1t_gt_loaded_bit(&x->loaded, k);
    if (def != NULL)
        l1t_gt_loaded_why(&x->loaded, &x->v[0], i, a->gt.run.independent, def, text, sizeof text);
    l1t_table_int(table, (long long)i);
    l1t_table_int(table, (long long)x->v[0].line[i]);
    l1t_table_int(table, k);
    l1t_table_text(table, def != NULL ? def->name : "-");
    for (int s = 0; s < 2; s++)
        l1t_table_int(table, (long long)(x->v[s].vector[i].bits[k / 64] >> k % 64 & 1));
    l1t_table_int(table, (long long)(x->bits[i][k / 64] >> k % 64 & 1));
    l1t_table_text(table, text);
    if (l1t_gt_for_people(&a->p))
        fprintf(stderr, "line %zu, bit %u: %s\n", x->v[0].line[i], k, text);
}

static void fill_differences(const struct both *x, const struct arguments *a,
                             struct l1t_table *table)
{
    uint64_t left = a->max_diffs;
    for (size_t i = 0; i < x->v[0].n && left > 0; i++)
        for (unsigned k = 0; k < L1T_GT_ALGORITHMS && left > 0; k++)
            if (((x->v[0].vector[i].bits[k / 64] ^ x->v[1].vector[i].bits[k / 64]) >> k % 64 & 1) !=
                0) {
                fill_one(x, a, i, k, table);
                left--;
            }
}

static enum l1t_err print(struct arguments *a, const struct both *x)
{
    static const struct l1t_column algorithms[] = {
        {"bit", "", L1T_CELL_INT, 0},       {"algorithm", "", L1T_CELL_TEXT, 0},
        {"only A", "", L1T_CELL_INT, 0},    {"only B", "", L1T_CELL_INT, 0},
        {"menu as A", "", L1T_CELL_INT, 0}, {"menu as B", "", L1T_CELL_INT, 0}};
    static const struct l1t_column differences[] = {
        {"event", "", L1T_CELL_INT, 0}, {"line", "", L1T_CELL_INT, 0},
        {"bit", "", L1T_CELL_INT, 0},   {"algorithm", "", L1T_CELL_TEXT, 0},
        {"A", "", L1T_CELL_INT, 0},     {"B", "", L1T_CELL_INT, 0},
        {"menu", "", L1T_CELL_INT, 0},  {"why the menu says so", "", L1T_CELL_TEXT, 0}};
    struct l1t_table *tables[2] = {
        l1t_physics_table(&a->p, "algorithms that differ", algorithms, 6),
        l1t_physics_table(&a->p, "first differences", differences, 8)};
    enum l1t_err err = L1T_E_NOMEM;
    if (tables[0] != NULL && tables[1] != NULL) {
        const uint64_t n = fill_algorithms(x, tables[0]);
        fill_differences(x, a, tables[1]);
        err = l1t_physics_print(&a->p, tables, n > 0 && a->max_diffs > 0 ? 2 : 1);
        if (err == L1T_OK && n > 0)
            err = l1t_fail(&a->p.diag, L1T_E_DIFF, "%llu decisions differ in %zu crossings",
                           (unsigned long long)n, x->v[0].n);
    }
    l1t_table_free(tables[0]);
    l1t_table_free(tables[1]);
    return err;
}

static enum l1t_err compare(struct arguments *a, char **files, struct both *x)
{
    enum l1t_err err = load(a, files, x);
    if (err == L1T_OK)
        err = check_inputs(x, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_gt_loaded_decide(&x->loaded, &x->v[0], &a->gt.run, &x->bits, &a->p.diag);
    for (size_t i = 0; err == L1T_OK && i < x->v[0].n; i++)
        count_one(x, i);
    return err == L1T_OK ? print(a, x) : err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.p = {.provenance = {.no_seed = 1}}, .max_diffs = 10};
    struct both *x = calloc(1, sizeof *x);
    int code = l1t_physics_start(&a.p, &cmd_compare, argc, argv);
    if (code == 0)
        code = x != NULL ? parse(argc, argv, &a) : l1t_cmd_fail(&cmd_compare, L1T_E_NOMEM, NULL);
    enum l1t_err err = L1T_OK;
    if (code == 0 && x != NULL) {
        err = compare(&a, argv + optind, x);
        free(x->bits);
        l1t_gt_vectors_free(&x->v[0]);
        l1t_gt_vectors_free(&x->v[1]);
        l1t_gt_loaded_free(&x->loaded);
    }
    free(x);
    const int end = l1t_physics_end(&a.p, err);
    return code != 0 ? code : end;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/gt_parts.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_conformance = {
    .name = "conformance",
    .group = "Work",
    .summary = "does a global-trigger menu decide as its test vectors say?",
    .usage =
        "usage: l1twin conformance MENU VECTORS [MENU VECTORS...] [options]\n"
        "       l1twin conformance FOLDER... [options]\n"
        "\n"
        "  MENU             XML of CMS or YAML\n"
        "  VECTORS          test vectors of the menu, 48 or 60 columns\n"
        "  FOLDER           has a menu and test vectors, or folders that have\n"
        "  --engine E       batch, reference or both (default)\n"
        "  --independent    lines are recorded events, not an orbit: their neighbours are not in\n"
        "                   the file, algorithms that look at objects there are not compared\n"
        "  --max-diffs N    show N differences of each pair, with the reason (default 5)\n"
        "  --threads T      results do not depend on it (default: one for each processor)\n"
        "  --format F       table, tsv, csv or json (default: table on a terminal, else tsv)\n"
        "  -o, --output FILE  instead of standard output\n"
        "\n"
        "Every algorithm bit of every crossing is compared, and the final OR. Bits that no\n"
        "algorithm of the menu has must be 0; algorithms that cannot be evaluated (networks) are\n"
        "counted as unsupported and not compared. Exit 0: equal, 1: a difference.\n"
        "\n"
        "  l1twin conformance menu.xml.gz vector.txt.gz\n"
        "  l1twin conformance ../shared/ugt\n",
    .options = "--engine --independent --max-diffs --threads --format --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    struct l1t_gt_choice gt;
    bool both;
    uint64_t max_diffs;
    struct l1t_table *pairs, *differences;
    bool differ;
};

static int take(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'e':
        a->both = strcmp(optarg, "both") == 0;
        return a->both ? 0 : l1t_gt_option(&a->p, &a->gt, opt, argv);
    case 'd':
        return l1t_cmd_u64(&cmd_conformance, "--max-diffs", optarg, 0, 1000000, &a->max_diffs);
    default:
        return l1t_gt_option(&a->p, &a->gt, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {{"engine", required_argument, NULL, 'e'},
                                            {"independent", no_argument, NULL, 'i'},
                                            {"max-diffs", required_argument, NULL, 'd'},
                                            {"threads", required_argument, NULL, 't'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"output", required_argument, NULL, 'o'},
                                            {NULL, 0, NULL, 0}};
    const int code = l1t_cmd_options(argc, argv, 1, options, take, a);
    if (code == 0 && optind >= argc)
        return l1t_cmd_usage(&cmd_conformance,
                             "a menu and its test vectors are needed, or a folder of them");
    return code;
}

// ---- one pair, one engine ----

static void add_row(struct arguments *a, const struct l1t_gt_loaded *loaded, const char *engine,
                    const struct l1t_gt_agreement *g)
{
    // All official names begin alike, and a page is narrow.
    const char *name = loaded->menu->name;
    const bool cut = l1t_gt_for_people(&a->p) && strncmp(name, "L1Menu_", 7) == 0;
    l1t_table_text(a->pairs, cut ? name + 7 : name);
    l1t_table_text(a->pairs, engine);
    l1t_table_int(a->pairs, (long long)g->algorithms);
    l1t_table_int(a->pairs, (long long)g->crossings);
    l1t_table_int(a->pairs, (long long)g->bits);
    l1t_table_int(a->pairs, (long long)g->bits_differing);
    l1t_table_int(a->pairs, (long long)g->finor_differing);
    l1t_table_int(a->pairs, (long long)g->unsupported);
    if (a->gt.run.independent)
        l1t_table_int(a->pairs, (long long)g->neighbours);
}

struct compared {
    const struct l1t_gt_loaded *loaded;
    const struct l1t_gt_vectors *vectors;
    const char *path, *engine;
    const struct l1t_gt_agreement *agreement;
    const uint64_t (*bits)[L1T_GT_WORDS];
};

static void add_difference(struct arguments *a, const struct compared *c, size_t i, int bit)
{
    char text[2000] = "the OR of the bits";
    const struct l1t_gt_algorithm_def *algorithm =
        bit < 0 ? NULL : l1t_gt_loaded_bit(c->loaded, (unsigned)bit);
    const struct l1t_gt_vector *v = &c->vectors->vector[i];
    const int file = bit < 0 ? v->finor : (int)(v->bits[bit / 64] >> bit % 64 & 1);
    if (algorithm != NULL)
        l1t_gt_loaded_why(c->loaded, c->vectors, i, a->gt.run.independent, algorithm, text,
                          sizeof text);
    else if (bit >= 0)
        (void)snprintf(text, sizeof text, "no algorithm of the menu has this bit");
    l1t_table_text(a->differences, c->path);
    l1t_table_text(a->differences, c->engine);
    l1t_table_int(a->differences, (long long)c->vectors->line[i]);
    l1t_table_int(a->differences, v->crossing);
    l1t_table_int(a->differences, bit);
    l1t_table_text(a->differences, algorithm != NULL ? algorithm->name
                                   : bit < 0         ? "final OR"
                                                     : "-");
    l1t_table_int(a->differences, file);
    l1t_table_int(a->differences, !file);
    l1t_table_text(a->differences, text);
    if (l1t_gt_for_people(&a->p))
        fprintf(stderr, "%s:%zu: bit %d: %s\n", c->path, c->vectors->line[i], bit, text);
}

static void show_differences(struct arguments *a, const struct compared *c)
{
    uint64_t left = a->max_diffs;
    const struct l1t_gt_agreement *g = c->agreement;
    for (size_t i = g->first; i < c->vectors->n && left > 0; i++) {
        uint64_t differ[L1T_GT_WORDS];
        l1t_gt_differences(g, c->bits[i], c->vectors->vector[i].bits, differ);
        for (int b = 0; b < L1T_GT_ALGORITHMS && left > 0; b++)
            if ((differ[b / 64] >> b % 64 & 1) != 0) {
                add_difference(a, c, i, b);
                left--;
            }
        if (left > 0 && l1t_gt_final_or(g, c->bits[i], c->vectors->vector[i].bits) !=
                            c->vectors->vector[i].finor) {
            add_difference(a, c, i, -1);
            left--;
        }
    }
}

static enum l1t_err compare_one(struct arguments *a, const struct l1t_gt_loaded *loaded,
                                const struct l1t_gt_vectors *vectors, const char *path,
                                enum l1t_gt_engine_kind engine)
{
    struct l1t_gt_agreement agreement;
    uint64_t(*bits)[L1T_GT_WORDS] = NULL;
    a->gt.run.engine = engine;
    a->gt.run.threads = (unsigned)a->p.threads;
    const enum l1t_err err = l1t_gt_loaded_decide(loaded, vectors, &a->gt.run, &bits, &a->p.diag);
    if (err == L1T_OK) {
        const char *name = engine == L1T_GT_REFERENCE ? "reference" : "batch";
        const uint64_t(*ours)[L1T_GT_WORDS] = (const uint64_t(*)[L1T_GT_WORDS])bits;
        l1t_gt_compare(loaded->code, vectors, &a->gt.run, ours, &agreement);
        add_row(a, loaded, name, &agreement);
        const struct compared c = {loaded, vectors, path, name, &agreement, ours};
        show_differences(a, &c);
        a->differ = a->differ || agreement.bits_differing != 0 || agreement.finor_differing != 0;
    }
    free(bits);
    return err;
}

static enum l1t_err compare_pair(struct arguments *a, const struct l1t_gt_pair_of_files *pair)
{
    struct l1t_gt_loaded loaded;
    struct l1t_gt_vectors vectors = {0};
    enum l1t_err err = l1t_gt_loaded_open(&loaded, pair->menu, a->p.digest, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_gt_vectors_load(pair->vectors, &vectors, &a->p.diag);
    if (err == L1T_OK && strcmp(pair->vectors, "-") != 0)
        err = l1t_digest_add_file(a->p.digest, "vectors", pair->vectors, &a->p.diag);
    if (err == L1T_OK && (a->both || a->gt.run.engine == L1T_GT_REFERENCE))
        err = compare_one(a, &loaded, &vectors, pair->vectors, L1T_GT_REFERENCE);
    if (err == L1T_OK && (a->both || a->gt.run.engine == L1T_GT_BATCH_ENGINE))
        err = compare_one(a, &loaded, &vectors, pair->vectors, L1T_GT_BATCH_ENGINE);
    l1t_gt_vectors_free(&vectors);
    l1t_gt_loaded_free(&loaded);
    return err;
}

// ---- all of them ----

static enum l1t_err make_tables(struct arguments *a)
{
    static const struct l1t_column pairs[] = {
        {"menu", "", L1T_CELL_TEXT, 0},        {"engine", "", L1T_CELL_TEXT, 0},
        {"algorithms", "", L1T_CELL_INT, 0},   {"crossings", "", L1T_CELL_INT, 0},
        {"bits", "", L1T_CELL_INT, 0},         {"differing", "", L1T_CELL_INT, 0},
        {"final OR", "", L1T_CELL_INT, 0},     {"unsupported", "", L1T_CELL_INT, 0},
        {"no neighbours", "", L1T_CELL_INT, 0}};
    static const struct l1t_column differences[] = {
        {"vectors", "", L1T_CELL_TEXT, 0}, {"engine", "", L1T_CELL_TEXT, 0},
        {"line", "", L1T_CELL_INT, 0},     {"crossing", "", L1T_CELL_INT, 0},
        {"bit", "", L1T_CELL_INT, 0},      {"algorithm", "", L1T_CELL_TEXT, 0},
        {"file", "", L1T_CELL_INT, 0},     {"menu", "", L1T_CELL_INT, 0},
        {"why", "", L1T_CELL_TEXT, 0}};
    const size_t n = sizeof pairs / sizeof pairs[0];
    a->pairs = l1t_physics_table(&a->p, "menus on their test vectors", pairs,
                                 a->gt.run.independent ? n : n - 1);
    a->differences = l1t_physics_table(&a->p, "first differences", differences,
                                       sizeof differences / sizeof differences[0]);
    return a->pairs != NULL && a->differences != NULL ? L1T_OK : L1T_E_NOMEM;
}

static enum l1t_err conformance(struct arguments *a, char **files, int n)
{
    struct l1t_gt_pairs pairs;
    struct l1t_progress progress;
    enum l1t_err err = l1t_gt_pairs_find(&pairs, files, n, &a->p.diag);
    if (err == L1T_OK)
        err = make_tables(a);
    l1t_progress_start(&progress, "menus", (double)pairs.n);
    for (size_t i = 0; err == L1T_OK && i < pairs.n; i++) {
        err = compare_pair(a, &pairs.pair[i]);
        l1t_progress_at(&progress, (double)(i + 1));
    }
    l1t_progress_end(&progress);
    l1t_gt_pairs_free(&pairs);
    struct l1t_table *const tables[] = {a->pairs, a->differences};
    if (err == L1T_OK)
        err = l1t_physics_print(&a->p, tables, a->differ && a->max_diffs > 0 ? 2 : 1);
    if (err == L1T_OK && a->differ)
        err = l1t_fail(&a->p.diag, L1T_E_DIFF, "decisions differ from the test vectors");
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.p = {.provenance = {.no_seed = 1}}, .both = true, .max_diffs = 5};
    int code = l1t_physics_start(&a.p, &cmd_conformance, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    const enum l1t_err err = conformance(&a, argv + optind, argc - optind);
    l1t_table_free(a.pairs);
    l1t_table_free(a.differences);
    return l1t_physics_end(&a.p, err);
}

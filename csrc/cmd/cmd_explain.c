// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/gt_parts.h"
#include "l1t/io.h"

#include <getopt.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_explain = {
    .name = "explain",
    .group = "Work",
    .summary = "why an algorithm of the global trigger decides as it does on a crossing",
    .usage =
        "usage: l1twin explain --menu MENU --event N VECTORS ALGORITHM [options]\n"
        "\n"
        "  --menu MENU      XML of CMS or YAML\n"
        "  --event N        which crossing of the file, from 0\n"
        "  VECTORS          test vectors ('-' stdin; gzip too)\n"
        "  ALGORITHM        its name, or its bit\n"
        "  --independent    lines are recorded events, not an orbit: no objects in neighbours\n"
        "  -o, --output FILE  instead of standard output\n"
        "\n"
        "Prints the decision tree: every condition, every leg with the objects that pass it and\n"
        "the cuts that the others fail, and the combination of objects that decides, or comes\n"
        "nearest, with what is cut on in physical and (in brackets) in hardware units.\n"
        "\n"
        "  l1twin explain --menu menu.xml.gz --event 12 vector.txt.gz L1_SingleMu22\n",
    .options = "--menu --event --independent --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    struct l1t_gt_choice gt;
    uint64_t event;
    bool has_event;
};

static int take(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'E':
        a->has_event = true;
        return l1t_cmd_u64(&cmd_explain, "--event", optarg, 0, L1T_GT_VECTORS_MAX - 1, &a->event);
    default:
        return l1t_gt_option(&a->p, &a->gt, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {{"menu", required_argument, NULL, 'm'},
                                            {"event", required_argument, NULL, 'E'},
                                            {"independent", no_argument, NULL, 'i'},
                                            {"output", required_argument, NULL, 'o'},
                                            {NULL, 0, NULL, 0}};
    const int code = l1t_cmd_options(argc, argv, 1, options, take, a);
    if (code != 0)
        return code;
    if (a->gt.menu == NULL || !a->has_event || argc - optind != 2)
        return l1t_cmd_usage(&cmd_explain, "needed are --menu MENU, --event N, the test vectors "
                                           "and an algorithm");
    return 0;
}

static enum l1t_err print(const struct arguments *a, const struct l1t_gt_question *question,
                          const struct l1t_gt_vectors *vectors, struct l1t_diag *diag)
{
    const struct l1t_gt_vector *v = &vectors->vector[a->event];
    const unsigned bit = question->algorithm->bit;
    struct l1t_out out;
    bool fires = false;
    enum l1t_err err = l1t_out_open(&out, a->p.out, diag);
    if (err != L1T_OK)
        return err;
    fprintf(out.file, "event %llu, line %zu, crossing %04u\n", (unsigned long long)a->event,
            vectors->line[a->event], (unsigned)v->crossing);
    err = l1t_gt_explain(out.file, question, &fires, diag);
    if (err != L1T_OK) {
        l1t_out_abort(&out);
        return err;
    }
    const int file = (int)(v->bits[bit / 64] >> bit % 64 & 1);
    fprintf(out.file, "the file says %d%s\n", file, file == fires ? "" : ": a difference");
    return l1t_out_commit(&out, diag);
}

static enum l1t_err explain(const struct arguments *a, char **files, struct l1t_diag *diag)
{
    struct l1t_gt_loaded loaded;
    struct l1t_gt_vectors vectors = {0};
    struct l1t_gt_event lone;
    struct l1t_gt_around around;
    struct l1t_gt_question question = {.around = &around};
    enum l1t_err err = l1t_gt_loaded_open(&loaded, a->gt.menu, NULL, diag);
    if (err == L1T_OK)
        err = l1t_gt_loaded_find(&loaded, files[1], &question.algorithm, diag);
    if (err == L1T_OK)
        err = l1t_gt_vectors_load(files[0], &vectors, diag);
    if (err == L1T_OK && a->event >= vectors.n)
        err = l1t_fail(diag, L1T_E_USAGE, "--event: %s has %zu crossings, 0 to %zu", files[0],
                       vectors.n, vectors.n - 1);
    if (err == L1T_OK) {
        question.menu = loaded.menu;
        question.code = loaded.code;
        l1t_gt_vectors_around(&vectors, a->event, a->gt.run.independent ? &lone : NULL, &around);
        err = print(a, &question, &vectors, diag);
    }
    l1t_gt_vectors_free(&vectors);
    l1t_gt_loaded_free(&loaded);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.has_event = false};
    int code = l1t_physics_start(&a.p, &cmd_explain, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    const enum l1t_err err = code == 0 ? explain(&a, argv + optind, &a.p.diag) : L1T_OK;
    const int end = l1t_physics_end(&a.p, err);
    return code != 0 ? code : end;
}

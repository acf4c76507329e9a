// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/budget_parts.h"

#include "l1t/io.h"

#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_budget = {
    .name = "budget",
    .group = "Physics",
    .summary = "thresholds and prescales that keep the rates of a menu within a budget",
    .usage =
        "usage: l1twin budget STUDY.yaml [options]\n"
        "\n"
        "Moves what the study's section `budget` lets move, until the final OR and the groups "
        "keep\n"
        "their budgets (expected prescales, a margin in standard deviations), for the largest\n"
        "signal efficiency or the smallest change of the menu.\n"
        "\n"
        "  -o, --output FILE  write the new menu there (default: nowhere)\n"
        "  --report FILE      tables there instead of to standard output\n"
        "  --threads T        results do not depend on it (default: one for each processor)\n"
        "  --format F         table, tsv, csv or json (default: table on a terminal, else tsv)\n"
        "\n"
        "The new menu is loaded again, compiled and run on all samples; its rates must be those "
        "of\n"
        "the solver to the last bit. Prescales are rounded up to hundredths. When nothing meets "
        "the\n"
        "budget, the smallest rate is said and nothing is written.\n"
        "\n"
        "  l1twin budget study.yaml -o new_menu.yaml\n",
    .options = "--output --report --threads --format",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    const char *study, *menu;
};

static const struct option long_options[] = {{"threads", required_argument, NULL, 't'},
                                             {"format", required_argument, NULL, 'f'},
                                             {"output", required_argument, NULL, 'o'},
                                             {"report", required_argument, NULL, 'r'},
                                             {NULL, 0, NULL, 0}};

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *const a = to;
    switch (opt) {
    case 'o':
        a->menu = optarg;
        return 0;
    case 'r':
        a->p.out = optarg;
        return 0;
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    const int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, a);
    if (code != 0)
        return code;
    if (argc - optind != 1)
        return l1t_cmd_usage(&cmd_budget, "expected one study, found %d", argc - optind);
    a->study = argv[optind];
    return 0;
}

static enum l1t_err write_menu(const char *path, const char *text, size_t size,
                               struct l1t_diag *diag)
{
    struct l1t_out out;
    if (path == NULL)
        return L1T_OK;
    const enum l1t_err err = l1t_out_open(&out, path, diag);
    if (err != L1T_OK)
        return err;
    (void)fwrite(text, 1, size, out.file); // its closing tells
    return l1t_out_commit(&out, diag);
}

static enum l1t_err answer(struct arguments *a, struct l1t_budget_found *f)
{
    struct l1t_diag *const diag = &a->p.diag;
    char *text = NULL;
    size_t size = 0;
    enum l1t_err err =
        l1t_budget_find(f, a->menu != NULL ? a->menu : "new menu", &text, &size, diag);
    if (err == L1T_E_NOSOLUTION)
        err = l1t_fail_at(diag, err, "%s", a->study);
    if (err == L1T_OK)
        err = write_menu(a->menu, text, size, diag);
    if (err == L1T_OK)
        err = l1t_budget_print(&a->p, f);
    free(text);
    return err;
}

static enum l1t_err solve(struct arguments *a)
{
    static struct l1t_study_opened opened; // large
    static struct l1t_budget_setup setup;
    static struct l1t_budget_found found;
    found.setup = &setup;
    enum l1t_err err = l1t_study_opened_load(&opened, a->study, NULL, (unsigned)a->p.threads,
                                             a->p.digest, &a->p.diag);
    a->p.seed = (uint64_t)opened.study.seed;
    if (err == L1T_OK && opened.missing_pileup > 0)
        fprintf(stderr,
                "l1twin budget: warning: pile-up: %.2g %% of the target lies where a sample has no "
                "crossing; the rest was scaled up for it\n",
                100 * opened.missing_pileup);
    if (err == L1T_OK && !opened.rate.budget.on)
        err = l1t_fail(&a->p.diag, L1T_E_INPUT, "%s: no section 'budget'", a->study);
    if (err == L1T_OK)
        err = l1t_budget_setup_make(&setup, &opened, (unsigned)a->p.threads, &a->p.diag);
    if (err == L1T_OK)
        err = answer(a, &found);
    l1t_budget_found_free(&found);
    l1t_budget_setup_free(&setup);
    l1t_study_opened_close(&opened);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.p = {.n = 0}};
    int code = l1t_physics_start(&a.p, &cmd_budget, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    return l1t_physics_end(&a.p, solve(&a));
}

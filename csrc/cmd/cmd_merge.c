// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/rate_parts.h"

static int run(int argc, char **argv);

const struct l1t_cmd cmd_merge = {
    .name = "merge",
    .group = "Physics",
    .summary = "rates from the parts that 'l1twin rate --shard' made",
    .usage =
        "usage: l1twin merge PART.h5... [options]\n"
        "\n"
        "  --study FILE       the study, when it is not where it was or has other prescales\n"
        "                     in its menu, or another beam\n" L1T_RATE_CMD_USAGE L1T_PHYSICS_USAGE
        "\n"
        "Prints byte for byte what 'l1twin rate' prints. All parts must be there, of one\n"
        "configuration and of this version of the program. A menu of other prescales, masks\n"
        "or groups may be given, since parts hold decisions before prescales.\n"
        "\n"
        "  l1twin merge part*.h5\n"
        "  l1twin merge part*.h5 --menu other_prescales.yaml --format csv\n",
    .options = "--study --column --menu --overlap --all-columns --prescale-table --threads "
               "--format --output",
    .run = run,
};

struct arguments {
    struct l1t_rate_cmd r;
    const char *study;
    char **parts;
    int n;
};

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    const int code = l1t_rate_cmd_option(&a->r, opt);
    if (code >= 0)
        return code;
    if (opt != 'y')
        return l1t_physics_option(&a->r.physics, opt, argv);
    a->study = optarg;
    return 0;
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {
        L1T_RATE_CMD_OPTIONS, {"study", required_argument, NULL, 'y'}, {NULL, 0, NULL, 0}};
    const int code = l1t_cmd_options(argc, argv, 1, options, take_option, a);
    if (code != 0)
        return code;
    if (optind == argc)
        return l1t_cmd_usage(&cmd_merge, "which parts? give the files of 'l1twin rate --shard'");
    a->parts = argv + optind;
    a->n = argc - optind;
    return 0;
}

static enum l1t_err merge(struct arguments *a, struct l1t_parts *parts)
{
    struct l1t_rate_cmd *r = &a->r;
    struct l1t_rate_file file;
    struct l1t_rates rates;
    const char *study, *menu, *sample;
    const bool other = a->study != NULL || r->options.menu != NULL;
    l1t_parts_asked(parts, &study, &menu, &sample);
    r->study = a->study != NULL ? a->study : study;
    if (r->options.menu == NULL)
        r->options.menu = menu;
    r->options.sample = sample;
    l1t_rate_cmd_remember(r);
    enum l1t_err err = l1t_rate_file_load(&file, r->study, &r->physics.diag);
    if (err == L1T_OK) {
        l1t_rate_cmd_start(r);
        err = l1t_rates_merge(file.rate, parts, other, &r->options, &rates, &r->physics.diag);
        l1t_progress_end(&r->progress);
        if (err == L1T_OK)
            err = l1t_rate_cmd_print(r, &rates);
        l1t_rates_free(&rates);
    }
    l1t_rate_file_free(&file);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.r = {.study = ""}};
    struct l1t_parts *parts = NULL;
    int code = l1t_physics_start(&a.r.physics, &cmd_merge, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.r.physics, L1T_OK);
        return code;
    }
    enum l1t_err err = l1t_parts_open(a.parts, (size_t)a.n, &parts, &a.r.physics.diag);
    if (err == L1T_OK)
        err = merge(&a, parts);
    l1t_parts_close(parts);
    return l1t_physics_end(&a.r.physics, err);
}

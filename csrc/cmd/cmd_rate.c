// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/rate_parts.h"

#include "l1t/run.h"

#include <stdlib.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_rate = {
    .name = "rate",
    .group = "Physics",
    .summary = "what a menu costs: rates of algorithms, groups and prescale columns",
    .usage =
        "usage: l1twin rate STUDY.yaml [options]\n"
        "\n" L1T_RATE_CMD_USAGE
        "  --sample NAME      only this sample of the study's rates\n" L1T_PHYSICS_USAGE "\n"
        "Reads the study's section 'rates' (docs/rates.md): samples of crossings through the "
        "menu,\n"
        "with exact prescale counters and with what prescales do on average. Rates are printed\n"
        "with their statistical errors, warnings go to standard error.\n"
        "\n"
        "  l1twin rate configs/studies/rates.yaml\n"
        "  l1twin rate study.yaml --column 1p5E34 --overlap --format csv -o rates.csv\n",
    .options = "--column --menu --overlap --all-columns --prescale-table --sample --threads "
               "--format --output",
    .run = run,
};

static int take_option(int opt, char **argv, void *to)
{
    struct l1t_rate_cmd *r = to;
    const int code = l1t_rate_cmd_option(r, opt);
    if (code >= 0)
        return code;
    switch (opt) {
    case 'S':
        r->options.sample = optarg;
        return 0;
    default:
        return l1t_physics_option(&r->physics, opt, argv);
    }
}

static int parse(int argc, char **argv, struct l1t_rate_cmd *r)
{
    static const struct option options[] = {
        L1T_RATE_CMD_OPTIONS, {"sample", required_argument, NULL, 'S'}, {NULL, 0, NULL, 0}};
    const int code = l1t_cmd_options(argc, argv, 1, options, take_option, r);
    if (code != 0)
        return code;
    if (optind + 1 != argc)
        return l1t_cmd_usage(&cmd_rate, optind == argc ? "which study? give one YAML file"
                                                       : "more than one study; give one YAML file");
    r->study = argv[optind];
    l1t_rate_cmd_remember(r);
    return 0;
}

static enum l1t_err work(struct l1t_rate_cmd *r, struct l1t_rate_study *study)
{
    struct l1t_rates rates;
    l1t_rate_cmd_start(r);
    enum l1t_err err = l1t_rates_compute(study, &r->options, &rates, &r->physics.diag);
    l1t_progress_end(&r->progress);
    if (err == L1T_OK)
        err = l1t_rate_cmd_print(r, &rates);
    l1t_rates_free(&rates);
    return err;
}

static int run(int argc, char **argv)
{
    struct l1t_rate_cmd r = {.study = ""};
    struct l1t_study study = {.name = NULL};
    struct l1t_rate_study *rate = NULL;
    int code = l1t_physics_start(&r.physics, &cmd_rate, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &r);
    if (code != 0) {
        (void)l1t_physics_end(&r.physics, L1T_OK);
        return code;
    }
    enum l1t_err err = l1t_study_load(&study, r.study, &r.physics.diag);
    rate = err == L1T_OK ? calloc(1, sizeof *rate) : NULL;
    if (err == L1T_OK && rate == NULL)
        err = l1t_fail(&r.physics.diag, L1T_E_NOMEM, "out of memory");
    if (err == L1T_OK)
        err = l1t_rate_study_bind(rate, &study, &r.physics.diag);
    if (err == L1T_OK) {
        err = work(&r, rate);
        l1t_rate_study_free(rate);
    }
    free(rate);
    l1t_study_free(&study);
    return l1t_physics_end(&r.physics, err);
}

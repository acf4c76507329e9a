// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/rate_parts.h"

#include "l1t/io.h"
#include "l1t/rate_ranks.h"

#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_rate = {
    .name = "rate",
    .group = "Physics",
    .summary = "what a menu costs: rates of algorithms, groups and prescale columns",
    .usage =
        "usage: l1twin rate STUDY.yaml [options]\n"
        "\n" L1T_RATE_CMD_USAGE "  --sample NAME      only this sample of the study's rates\n"
        "  --shard I/N        decide the I-th of N parts of the samples into the file of -o;\n"
        "                     'l1twin merge' puts the parts together\n" L1T_PHYSICS_USAGE "\n"
        "Reads the study's section 'rates' (docs/rates.md): samples of crossings through the "
        "menu,\n"
        "with exact prescale counters and with what prescales do on average. Rates are printed\n"
        "with their statistical errors (< a 95 % limit where nothing was seen), warnings go to\n"
        "standard error.\n"
        "\n"
        "  l1twin rate configs/studies/rates.yaml\n"
        "  l1twin rate study.yaml --column 1p5E34 --overlap --format csv -o rates.csv\n"
        "  l1twin rate study.yaml --shard 3/8 -o part3.h5\n",
    .options = "--column --menu --overlap --all-columns --prescale-table --sample --shard "
               "--threads --format --output",
    .run = run,
};

struct arguments {
    struct l1t_rate_cmd r;
    const char *shard_text;
    unsigned shard, shards; // 0: all of it
};

enum { MOST_SHARDS = 100000 };

static int take_shard(struct arguments *a, const char *text)
{
    uint64_t shard = 0, shards = 0;
    const char *rest = l1t_parse_u64(text, 1, MOST_SHARDS, &shard);
    if (rest != NULL && *rest == '/')
        rest = l1t_parse_u64(rest + 1, 1, MOST_SHARDS, &shards);
    if (rest == NULL || *rest != '\0' || shards == 0 || shard > shards)
        return l1t_cmd_usage(&cmd_rate,
                             "--shard: '%.40s' is not a part; write it like '3/8', "
                             "from 1/8 to 8/8",
                             text);
    a->shard_text = text;
    a->shard = (unsigned)shard;
    a->shards = (unsigned)shards;
    return 0;
}

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    const int code = l1t_rate_cmd_option(&a->r, opt);
    if (code >= 0)
        return code;
    switch (opt) {
    case 'S':
        a->r.options.sample = optarg;
        return 0;
    case 'i':
        return take_shard(a, optarg);
    default:
        return l1t_physics_option(&a->r.physics, opt, argv);
    }
}

static int check(const struct arguments *a)
{
    if (a->shards == 0)
        return 0;
    if (strcmp(a->r.physics.out, "-") == 0)
        return l1t_cmd_usage(&cmd_rate, "--shard: needs a file, -o FILE.h5");
    if (a->r.prescale_table != NULL || a->r.options.overlap || a->r.all_columns ||
        a->r.options.column != NULL)
        return l1t_cmd_usage(&cmd_rate, "--shard: tables and columns are for 'l1twin merge'");
    return 0;
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {L1T_RATE_CMD_OPTIONS,
                                            {"sample", required_argument, NULL, 'S'},
                                            {"shard", required_argument, NULL, 'i'},
                                            {NULL, 0, NULL, 0}};
    const int code = l1t_cmd_options(argc, argv, 1, options, take_option, a);
    if (code != 0)
        return code;
    if (optind + 1 != argc)
        return l1t_cmd_usage(&cmd_rate, optind == argc ? "which study? give one YAML file"
                                                       : "more than one study; give one YAML file");
    a->r.study = argv[optind];
    l1t_rate_cmd_remember(&a->r);
    return check(a);
}

static enum l1t_err make_shard(struct arguments *a, struct l1t_rate_study *study)
{
    bool existed = false;
    struct l1t_rate_cmd *r = &a->r;
    const enum l1t_err err = l1t_rates_shard(study, &r->options, a->shard, a->shards,
                                             r->physics.out, &existed, &r->physics.diag);
    l1t_progress_end(&r->progress);
    if (err == L1T_OK && existed)
        fprintf(stderr, "l1twin rate: %s: shard %s is there and complete\n", r->physics.out,
                a->shard_text);
    return err;
}

static enum l1t_err make_rates(struct l1t_rate_cmd *r, struct l1t_rate_study *study)
{
    struct l1t_rates rates;
    enum l1t_err err = l1t_rates_compute(study, &r->options, &rates, &r->physics.diag);
    l1t_progress_end(&r->progress);
    if (err == L1T_OK && l1t_ranks_first(r->options.comm))
        err = l1t_rate_cmd_print(r, &rates);
    l1t_rates_free(&rates);
    return err;
}

static enum l1t_err work(struct arguments *a)
{
    struct l1t_rate_cmd *r = &a->r;
    struct l1t_rate_file file;
    enum l1t_err err = l1t_rate_file_load(&file, r->study, &r->physics.diag);
    l1t_rate_cmd_start(r);
    if (err == L1T_OK)
        err = a->shards > 0 ? make_shard(a, file.rate) : make_rates(r, file.rate);
    l1t_rate_file_free(&file);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.r = {.study = ""}};
    int code = l1t_physics_start(&a.r.physics, &cmd_rate, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.r.physics, L1T_OK);
        return code;
    }
    a.r.options.comm = l1t_ranks_open();
    enum l1t_err err = L1T_OK;
    if (a.shards > 0 && l1t_ranks_size(a.r.options.comm) > 1)
        err = l1t_fail(&a.r.physics.diag, L1T_E_USAGE,
                       "--shard: parts are for separate jobs; under mpirun leave it out");
    if (err == L1T_OK)
        err = work(&a);
    err = l1t_ranks_agree(a.r.options.comm, err, &a.r.physics.diag);
    // All ranks fail alike, one of them says why.
    const bool first = l1t_ranks_first(a.r.options.comm);
    l1t_ranks_close(a.r.options.comm);
    if (!first && err != L1T_OK) {
        (void)l1t_physics_end(&a.r.physics, L1T_OK);
        return l1t_err_exit(err);
    }
    return l1t_physics_end(&a.r.physics, err);
}

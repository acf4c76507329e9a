// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin generate towers`: tower events as text, from the generator section of a path's YAML.
#include "cmd/cmd.h"
#include "cmd/generate.h"
#include "l1t/io.h"
#include "l1t/jet_config.h"
#include "l1t/towers.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct arguments {
    uint64_t n, seed, skip;
    double corners; // percent; events that are hard on purpose only when asked for
    const char *config, *luts, *out;
};

static const struct option long_options[] = {
    {"n", required_argument, NULL, 'n'},      {"seed", required_argument, NULL, 's'},
    {"skip", required_argument, NULL, 'k'},   {"config", required_argument, NULL, 'c'},
    {"luts", required_argument, NULL, 'l'},   {"corners", required_argument, NULL, 'C'},
    {"output", required_argument, NULL, 'o'}, {NULL, 0, NULL, 0}};

static int take_option(const struct l1t_cmd *cmd, int opt, char **argv, struct arguments *a)
{
    switch (opt) {
    case 'n':
        return l1t_cmd_u64(cmd, "--n", optarg, 1, UINT64_MAX >> 12, &a->n);
    case 's':
        return l1t_cmd_u64(cmd, "--seed", optarg, 0, UINT64_MAX, &a->seed);
    case 'k':
        return l1t_cmd_u64(cmd, "--skip", optarg, 0, UINT64_MAX >> 12, &a->skip);
    case 'C':
        return l1t_cmd_double(cmd, "--corners", optarg, 0, 100, &a->corners);
    case 'c':
        a->config = optarg;
        return 0;
    case 'l':
        a->luts = optarg;
        return 0;
    case 'o':
        a->out = optarg;
        return 0;
    default:
        return l1t_cmd_bad_option(cmd, opt, argv);
    }
}

static enum l1t_err write_events(const struct arguments *a, const struct l1t_tower_gen *gen,
                                 struct l1t_diag *diag)
{
    static struct l1t_towers towers;
    struct l1t_out out;
    enum l1t_err err = l1t_out_open(&out, a->out, diag);
    if (err != L1T_OK)
        return err;
    for (uint64_t e = a->skip; e < a->skip + a->n && err == L1T_OK; e++) {
        char name[64];
        snprintf(name, sizeof name, "seed%" PRIu64, a->seed);
        l1t_tower_gen_event(gen, e, &towers);
        err = l1t_towers_write(out.file, &towers, e, name, diag);
    }
    if (err == L1T_OK)
        return l1t_out_commit(&out, diag);
    l1t_out_abort(&out);
    return err;
}

static enum l1t_err generate(const struct arguments *a, struct l1t_diag *diag)
{
    struct l1t_jet_setup *setup = malloc(sizeof *setup);
    struct l1t_tower_gen *gen = NULL;
    if (setup == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = l1t_jet_setup_load(a->config, a->luts, setup, diag);
    if (err == L1T_OK) {
        setup->generator.corners = a->corners / 100;
        err = l1t_tower_gen_new(&setup->generator, a->seed, &gen, diag);
    }
    free(setup);
    if (err == L1T_OK)
        err = write_events(a, gen, diag);
    l1t_tower_gen_free(gen);
    return err;
}

int l1t_generate_towers(const struct l1t_cmd *cmd, int argc, char **argv)
{
    struct arguments a = {.n = 1, .seed = 1, .out = "-"};
    struct l1t_diag diag = {""};
    int opt;
    opterr = 0;
    optind = 1;
    while ((opt = getopt_long(argc, argv, ":o:", long_options, NULL)) != -1) {
        const int code = take_option(cmd, opt, argv, &a);
        if (code != 0)
            return code;
    }
    if (optind != argc)
        return l1t_cmd_usage(cmd, "'%s' is not expected; the output file is -o FILE", argv[optind]);
    const enum l1t_err err = generate(&a, &diag);
    return err == L1T_OK ? 0 : l1t_cmd_fail(cmd, err, &diag);
}

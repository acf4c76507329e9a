// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin generate towers`: tower events as text, from the generator section of a path's YAML.
#include "cmd/cmd.h"
#include "cmd/generate.h"
#include "l1t/io.h"
#include "l1t/twin.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct arguments {
    const struct l1t_twin *twin;
    uint64_t n, seed, skip;
    double corners; // percent; events that are hard on purpose only when asked for
    const char *config, *luts, *out;
};

static const struct option long_options[] = {{"n", required_argument, NULL, 'n'},
                                             {"seed", required_argument, NULL, 's'},
                                             {"skip", required_argument, NULL, 'k'},
                                             {"config", required_argument, NULL, 'c'},
                                             {"luts", required_argument, NULL, 'l'},
                                             {"corners", required_argument, NULL, 'C'},
                                             {"output", required_argument, NULL, 'o'},
                                             {"path", required_argument, NULL, 'p'},
                                             {NULL, 0, NULL, 0}};

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
    case 'p':
        return l1t_cmd_path(cmd, optarg, &a->twin);
    case 'o':
        a->out = optarg;
        return 0;
    default:
        return l1t_cmd_bad_option(cmd, opt, argv);
    }
}

static enum l1t_err write_events(FILE *out, const struct arguments *a, void *source,
                                 struct l1t_diag *diag)
{
    uint32_t *in = calloc(a->twin->in_words, sizeof *in);
    uint64_t id;
    char name[64];
    enum l1t_err err = in != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "no memory for an event");
    snprintf(name, sizeof name, "seed%" PRIu64, a->seed);
    for (uint64_t e = 0; e < a->n && err == L1T_OK; e++)
        err = a->twin->source_next(source, in, &id, diag) == 1
                  ? a->twin->write_event(out, in, id, name, diag)
                  : L1T_E_INPUT;
    free(in);
    return err;
}

static enum l1t_err write_file(const struct arguments *a, const void *config, void *source,
                               struct l1t_diag *diag)
{
    struct l1t_out out;
    char digest[65];
    enum l1t_err err = l1t_out_open(&out, a->out, diag);
    if (err != L1T_OK)
        return err;
    a->twin->config_digest(config, digest);
    if (a->twin->write_begin != NULL)
        a->twin->write_begin(out.file, digest, &a->seed);
    err = write_events(out.file, a, source, diag);
    if (err == L1T_OK && a->twin->write_end != NULL)
        a->twin->write_end(out.file, a->n);
    if (err == L1T_OK)
        return l1t_out_commit(&out, diag);
    if (err == L1T_E_IO)
        (void)l1t_fail_at(diag, err, "%s", out.path != NULL ? out.path : "standard output");
    l1t_out_abort(&out);
    return err;
}

static enum l1t_err generate(const struct arguments *a, struct l1t_diag *diag)
{
    const struct l1t_twin *twin = a->twin;
    void *config = NULL, *source = NULL;
    if (twin->write_event == NULL || twin->config_corners == NULL)
        return l1t_fail(diag, L1T_E_USAGE, "path %s has no generator that writes", twin->name);
    enum l1t_err err = twin->config_load(a->config, a->luts, &config, diag);
    if (err != L1T_OK)
        return err;
    twin->config_corners(config, a->corners / 100);
    err = twin->source_open(config, "generator", a->seed, &source, diag);
    if (err == L1T_OK) {
        err = twin->source_skip(source, a->skip, diag);
        if (err == L1T_OK)
            err = write_file(a, config, source, diag);
        twin->source_close(source);
    }
    twin->config_free(config);
    return err;
}

int l1t_generate_towers(const struct l1t_cmd *generate_cmd, int argc, char **argv)
{
    // Its own options only are suggested.
    const struct l1t_cmd towers = {.name = generate_cmd->name,
                                   .options = L1T_GENERATE_TOWERS_OPTIONS};
    const struct l1t_cmd *cmd = &towers;
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
    if (a.twin == NULL) {
        const int code = l1t_cmd_path(cmd, "jet", &a.twin);
        if (code != 0)
            return code;
    }
    const enum l1t_err err = generate(&a, &diag);
    return err == L1T_OK ? 0 : l1t_cmd_fail(cmd, err, &diag);
}

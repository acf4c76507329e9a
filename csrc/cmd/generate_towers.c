// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin generate towers`: tower events as text, from the generator section of a path's YAML.
#include "cmd/cmd.h"
#include "cmd/generate.h"
#include "cmd/inject.h"
#include "l1t/io.h"
#include "l1t/towers.h"
#include "l1t/twin.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct arguments {
    const struct l1t_cmd *cmd; // "generate", with the options of towers alone
    const struct l1t_twin *twin;
    uint64_t n, seed, skip;
    double corners; // percent; events that are hard on purpose only when asked for
    const char *config, *luts, *out, *truth;
    struct l1t_inject_options inject;
    bool injects; // any of its options was given
};

static const struct option long_options[] = {{"n", required_argument, NULL, 'n'},
                                             {"seed", required_argument, NULL, 's'},
                                             {"skip", required_argument, NULL, 'k'},
                                             {"config", required_argument, NULL, 'c'},
                                             {"luts", required_argument, NULL, 'l'},
                                             {"corners", required_argument, NULL, 'C'},
                                             {"output", required_argument, NULL, 'o'},
                                             {"path", required_argument, NULL, 'p'},
                                             {"truth", required_argument, NULL, 't'},
                                             L1T_INJECT_LONG_OPTIONS,
                                             {NULL, 0, NULL, 0}};

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    const struct l1t_cmd *cmd = a->cmd;
    switch (opt) {
    case 'n':
        return l1t_cmd_u64(cmd, "--n", optarg, 1, UINT64_C(1) << 39, &a->n);
    case 's':
        return l1t_cmd_u64(cmd, "--seed", optarg, 0, UINT64_MAX, &a->seed);
    case 'k':
        return l1t_cmd_u64(cmd, "--skip", optarg, 0, UINT64_C(1) << 39, &a->skip);
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
    case 't':
        a->truth = optarg;
        return 0;
    default: {
        const int code = l1t_inject_option(cmd, opt, &a->inject);
        a->injects = a->injects || code >= 0;
        return code >= 0 ? code : l1t_cmd_bad_option(cmd, opt, argv);
    }
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

// ---- with truth ----

struct files {
    struct l1t_out towers, truth;
    bool with_truth;
};

static enum l1t_err open_files(const struct arguments *a, struct files *f, struct l1t_diag *diag)
{
    f->with_truth = a->truth != NULL;
    if (f->with_truth && strcmp(a->truth, a->out) == 0)
        return l1t_fail(diag, L1T_E_USAGE, "--truth: towers and truth cannot both go to '%.100s'",
                        a->truth);
    enum l1t_err err = l1t_out_open(&f->towers, a->out, diag);
    if (err != L1T_OK)
        return err;
    if (f->with_truth && (err = l1t_out_open(&f->truth, a->truth, diag)) != L1T_OK)
        l1t_out_abort(&f->towers);
    return err;
}

static enum l1t_err close_files(struct files *f, enum l1t_err err, struct l1t_diag *diag)
{
    if (err != L1T_OK) {
        if (err == L1T_E_IO)
            (void)l1t_fail_at(diag, err, "%s",
                              f->towers.path != NULL ? f->towers.path : "standard output");
        l1t_out_abort(&f->towers);
        if (f->with_truth)
            l1t_out_abort(&f->truth);
        return err;
    }
    if (!f->with_truth)
        return l1t_out_commit(&f->towers, diag);
    err = l1t_out_commit(&f->truth, diag);
    if (err == L1T_OK)
        return l1t_out_commit(&f->towers, diag);
    l1t_out_abort(&f->towers);
    return err;
}

static enum l1t_err write_both(const struct arguments *a, const struct l1t_tower_gen *gen,
                               struct files *f, struct l1t_diag *diag)
{
    struct l1t_towers towers;
    struct l1t_truth truth[L1T_TRUTH_MAX];
    uint64_t objects = 0;
    char name[64];
    enum l1t_err err = L1T_OK;
    snprintf(name, sizeof name, "seed%" PRIu64, a->seed);
    for (uint64_t e = a->skip; e < a->skip + a->n && err == L1T_OK; e++) {
        const size_t n = l1t_tower_gen_event_truth(gen, e, &towers, truth);
        err = l1t_towers_write(f->towers.file, &towers, e, name, diag);
        if (f->with_truth)
            l1t_truth_write(f->truth.file, e, truth, n);
        objects += n;
    }
    l1t_towers_end(f->towers.file, a->n);
    if (f->with_truth)
        l1t_truth_end(f->truth.file, objects);
    return err;
}

static void write_headings(const struct arguments *a, const struct l1t_tower_gen_params *params,
                           const char *digest, struct files *f)
{
    char text[L1T_TOWER_GEN_TEXT];
    l1t_tower_gen_text(params, text, sizeof text);
    l1t_towers_begin(f->towers.file, digest, &a->seed);
    fprintf(f->towers.file, "# generator %s\n", text);
    if (f->with_truth)
        l1t_truth_begin(f->truth.file, digest, &a->seed);
}

// The configuration's own digest, and the generator's parameters as they are now.
static enum l1t_err with_objects(struct arguments *a, void *config, struct l1t_diag *diag)
{
    struct l1t_tower_gen_params *params = a->twin->config_towers(config);
    struct l1t_digest *digest = l1t_digest_new();
    struct l1t_tower_gen *gen = NULL;
    struct files f = {.with_truth = false};
    char hex[65], text[L1T_TOWER_GEN_TEXT];
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    a->twin->config_digest(config, hex);
    l1t_digest_add(digest, "config", hex, 64);
    enum l1t_err err = l1t_inject_apply(&a->inject, params, digest, diag);
    l1t_tower_gen_text(params, text, sizeof text);
    l1t_digest_add(digest, "generator", text, strlen(text));
    l1t_digest_hex(digest, hex);
    l1t_digest_free(digest);
    if (err == L1T_OK)
        err = l1t_tower_gen_new(params, a->seed, &gen, diag);
    if (err == L1T_OK)
        err = open_files(a, &f, diag);
    if (err == L1T_OK) {
        write_headings(a, params, hex, &f);
        err = close_files(&f, write_both(a, gen, &f, diag), diag);
    }
    l1t_tower_gen_free(gen);
    if (err == L1T_OK && a->inject.real.out_of_range > 0)
        fprintf(stderr, "l1twin generate: %" PRIu64 " objects above 1000 GeV or |eta| 5 left out\n",
                a->inject.real.out_of_range);
    return err;
}

// ---- as the path's own source gives them ----

static enum l1t_err as_configured(const struct arguments *a, void *config, struct l1t_diag *diag)
{
    void *source = NULL;
    enum l1t_err err = a->twin->source_open(config, "generator", a->seed, &source, diag);
    if (err != L1T_OK)
        return err;
    err = a->twin->source_skip(source, a->skip, diag);
    if (err == L1T_OK)
        err = write_file(a, config, source, diag);
    a->twin->source_close(source);
    return err;
}

static enum l1t_err generate(struct arguments *a, struct l1t_diag *diag)
{
    const struct l1t_twin *twin = a->twin;
    const bool objects = a->injects || a->truth != NULL;
    void *config = NULL;
    if (twin->write_event == NULL || twin->config_corners == NULL)
        return l1t_fail(diag, L1T_E_USAGE, "path %s has no generator that writes", twin->name);
    if (twin->config_towers == NULL)
        return l1t_fail(diag, L1T_E_USAGE, "path %s has no towers to put objects into", twin->name);
    enum l1t_err err = twin->config_load(a->config, a->luts, &config, diag);
    if (err != L1T_OK)
        return err;
    twin->config_corners(config, a->corners / 100);
    err = objects ? with_objects(a, config, diag) : as_configured(a, config, diag);
    twin->config_free(config);
    return err;
}

int l1t_generate_towers(const struct l1t_cmd *generate_cmd, int argc, char **argv)
{
    // Its own options only are suggested.
    const struct l1t_cmd towers = {.name = generate_cmd->name,
                                   .options = L1T_GENERATE_TOWERS_OPTIONS};
    const struct l1t_cmd *cmd = &towers;
    struct arguments a = {.cmd = cmd, .n = 1, .seed = 1, .out = "-"};
    struct l1t_diag diag = {""};
    l1t_inject_defaults(&a.inject);
    int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, &a);
    if (code != 0)
        return code;
    if (optind != argc)
        return l1t_cmd_usage(cmd, "'%s' is not expected; the output file is -o FILE", argv[optind]);
    code = l1t_inject_check(cmd, &a.inject);
    if (code != 0)
        return code;
    if (a.inject.from != NULL && !isnan(a.inject.eta_max))
        return l1t_cmd_usage(cmd, "--eta: the objects of --from are where they are; leave it out");
    if (a.twin == NULL) {
        code = l1t_cmd_path(cmd, "jet", &a.twin);
        if (code != 0)
            return code;
    }
    const enum l1t_err err = generate(&a, &diag);
    l1t_inject_free(&a.inject);
    return err == L1T_OK ? 0 : l1t_cmd_fail(cmd, err, &diag);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/cmd.h"
#include "cmd/luts.h"
#include "l1t/io.h"
#include "l1t/provenance.h"
#include "l1t/twin.h"

#include <assert.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_emulate = {
    .name = "emulate",
    .group = "Work",
    .summary = "what the C twin answers to events of a file",
    .usage =
        "usage: l1twin emulate PATH IN [OUT] [options]\n"
        "\n"
        "  PATH            the twin, for instance jet; without it, those there are are named\n"
        "  IN              events ('-' stdin; gzip too)\n"
        "  OUT             answers (default '-', stdout)\n"
        "  --config YAML   configuration (default: of configs/paths, by the twin)\n"
        "  --luts DIR      folder of the table files that the configuration names\n"
        "  --decode        answers in physical units instead of records in hardware units\n"
        "  --stages        every non-empty record of every stage, field by field\n"
        "  --links         answers as events of the path that comes next (kbmtf: of ugmt)\n"
        "\n"
        "Records have the form of the reference data (docs/calo.md): without the '#' lines,\n"
        "which say what made them (grep -v '^#'), answers can be compared with diff.\n"
        "\n"
        "  l1twin emulate jet towers.txt --decode\n"
        "  l1twin emulate jet towers.txt.gz answers.txt --config configs/paths/jet_2018.yaml \\\n"
        "      --luts DIR\n",
    .options = "--config --luts --decode --stages --links",
    .run = run,
};

struct arguments {
    const struct l1t_twin *twin;
    const char *in, *out, *config, *luts;
    bool decode, stages, links;
};

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option long_options[] = {
        {"config", required_argument, NULL, 'c'}, {"luts", required_argument, NULL, 'l'},
        {"decode", no_argument, NULL, 'd'},       {"stages", no_argument, NULL, 's'},
        {"links", no_argument, NULL, 'n'},        {NULL, 0, NULL, 0}};
    opterr = 0;
    int opt;
    while ((opt = getopt_long(argc, argv, ":", long_options, NULL)) != -1)
        switch (opt) {
        case 'c':
            a->config = optarg;
            break;
        case 'l':
            a->luts = optarg;
            break;
        case 'd':
            a->decode = true;
            break;
        case 's':
            a->stages = true;
            break;
        case 'n':
            a->links = true;
            break;
        default:
            return l1t_cmd_bad_option(&cmd_emulate, opt, argv);
        }
    const int n = argc - optind;
    const int code = l1t_cmd_path(&cmd_emulate, argv[optind], &a->twin);
    if (code != 0)
        return code;
    if (n < 2 || n > 3)
        return l1t_cmd_usage(&cmd_emulate, "an input and at most one output are needed");
    if (a->decode + a->stages + a->links > 1)
        return l1t_cmd_usage(&cmd_emulate, "--decode, --stages and --links exclude each other");
    if (a->links && a->twin->write_links == NULL)
        return l1t_cmd_usage(&cmd_emulate, "path %s has no path behind it here", a->twin->name);
    if (!a->stages && !a->links && a->twin->write_answer == NULL)
        return l1t_cmd_usage(&cmd_emulate, "path %s answers with --stages only", a->twin->name);
    // The word that stands for the generator elsewhere, which never ends.
    a->in = strcmp(argv[optind + 1], "generator") == 0 ? "./generator" : argv[optind + 1];
    a->out = n == 3 ? argv[optind + 2] : "-";
    return 0;
}

struct event {
    uint32_t *in, *stages;
    uint64_t id;
};

static enum l1t_err write_event(FILE *out, const struct arguments *a, const void *config,
                                void *source, const struct event *event, struct l1t_diag *diag)
{
    const struct l1t_twin *twin = a->twin;
    if (a->links)
        return twin->write_links(out, config, event->in, event->id, diag);
    fprintf(out, "E %" PRIu64 "%s%s\n", event->id, twin->source_name != NULL ? " " : "",
            twin->source_name != NULL ? twin->source_name(source) : "");
    if (a->stages) {
        twin->model(config, event->in, event->stages);
        l1t_twin_write_stages(out, twin, event->stages);
    } else {
        twin->write_answer(out, config, event->in, a->decode);
    }
    return L1T_OK;
}

static enum l1t_err write_events(FILE *out, const struct arguments *a, const void *config,
                                 void *source, struct event *event, struct l1t_diag *diag)
{
    uint64_t n = 0;
    int status;
    while ((status = a->twin->source_next(source, event->in, &event->id, diag)) == 1) {
        const enum l1t_err err = write_event(out, a, config, source, event, diag);
        if (err != L1T_OK)
            return err;
        n++;
    }
    if (status < 0)
        return L1T_E_INPUT;
    return n != 0 ? L1T_OK : l1t_fail(diag, L1T_E_INPUT, "%s: no events", a->in);
}

static enum l1t_err write_all(FILE *out, const struct arguments *a, const void *config,
                              void *source, struct l1t_diag *diag)
{
    struct event event = {.in = calloc(a->twin->in_words, sizeof *event.in),
                          .stages = calloc(l1t_twin_stage_words(a->twin), sizeof *event.stages)};
    const enum l1t_err err = event.in != NULL && event.stages != NULL
                                 ? write_events(out, a, config, source, &event, diag)
                                 : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    free(event.in);
    free(event.stages);
    return err;
}

static enum l1t_err emulate(const struct arguments *a, const void *config, void *source,
                            struct l1t_diag *diag)
{
    struct l1t_out out;
    char digest[65];
    enum l1t_err err = l1t_out_open(&out, a->out, diag);
    if (err != L1T_OK)
        return err;
    a->twin->config_digest(config, digest);
    l1t_provenance_comment(out.file, "answers", digest, NULL);
    l1t_luts_comment(out.file, a->twin, config);
    err = write_all(out.file, a, config, source, diag);
    if (err == L1T_OK)
        return l1t_out_commit(&out, diag);
    l1t_out_abort(&out);
    return err;
}

static enum l1t_err emulate_files(const struct arguments *a, struct l1t_diag *diag)
{
    assert(a->twin != NULL); // parse() found it
    void *config = NULL, *source = NULL;
    enum l1t_err err = a->twin->config_load(a->config, a->luts, &config, diag);
    if (err != L1T_OK)
        return err;
    err = a->twin->source_open(config, a->in, 0, &source, diag);
    if (err == L1T_OK) {
        err = emulate(a, config, source, diag);
        a->twin->source_close(source);
    }
    a->twin->config_free(config);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {0};
    struct l1t_diag diag = {""};
    const int code = parse(argc, argv, &a);
    if (code != 0)
        return code;
    const enum l1t_err err = emulate_files(&a, &diag);
    return err == L1T_OK ? 0 : l1t_cmd_fail(&cmd_emulate, err, &diag);
}

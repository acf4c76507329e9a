// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/cmd.h"
#include "l1t/decode.h"
#include "l1t/io.h"
#include "l1t/jet_config.h"
#include "l1t/jet_text.h"
#include "l1t/towers.h"
#include "l1t/twin.h"

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
        "usage: l1twin emulate jet IN [OUT] [options]\n"
        "\n"
        "  IN              tower events ('-' stdin; gzip too)\n"
        "  OUT             answers (default '-', stdout)\n"
        "  --config YAML   configuration (default jet.yaml)\n"
        "  --luts DIR      folder of the table files that the configuration names\n"
        "  --decode        jets in physical units instead of records in hardware units\n"
        "  --stages        every non-empty record of every stage, field by field\n"
        "\n"
        "Records have the form of the reference data (docs/calo.md), so that answers can be\n"
        "compared with diff.\n"
        "\n"
        "  l1twin emulate jet towers.txt --decode\n"
        "  l1twin emulate jet towers.txt.gz answers.txt --config configs/paths/jet_2018.yaml \\\n"
        "      --luts DIR\n",
    .options = "--config --luts --decode --stages",
    .run = run,
};

struct arguments {
    const char *in, *out, *config, *luts;
    bool decode, stages;
};

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option long_options[] = {{"config", required_argument, NULL, 'c'},
                                                 {"luts", required_argument, NULL, 'l'},
                                                 {"decode", no_argument, NULL, 'd'},
                                                 {"stages", no_argument, NULL, 's'},
                                                 {NULL, 0, NULL, 0}};
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
        default:
            return l1t_cmd_bad_option(&cmd_emulate, opt, argv);
        }
    const int n = argc - optind;
    if (n < 1)
        return l1t_cmd_usage(&cmd_emulate, "which path? for example: emulate jet towers.txt");
    if (strcmp(argv[optind], "jet") != 0)
        return l1t_cmd_usage(&cmd_emulate, "'%s' is not a path; there is: jet", argv[optind]);
    if (n < 2 || n > 3)
        return l1t_cmd_usage(&cmd_emulate, "an input and at most one output are needed");
    if (a->decode && a->stages)
        return l1t_cmd_usage(&cmd_emulate, "--decode and --stages exclude each other");
    a->in = argv[optind + 1];
    a->out = n == 3 ? argv[optind + 2] : "-";
    return 0;
}

static void write_row(FILE *out, const struct l1t_twin *twin, unsigned stage, unsigned row,
                      const uint32_t *words)
{
    const struct l1t_stage *s = &twin->stages[stage];
    const struct l1t_word *format = l1t_word_find(s->record);
    for (unsigned lane = 0; lane < s->lanes; lane++) {
        const uint64_t record = l1t_stage_record(s, words, lane);
        char place[100], text[400];
        if (record == 0)
            continue;
        twin->place(stage, row, lane, place, sizeof place);
        fprintf(out, "%s: %s: %s (0x%0*" PRIx64 ")\n", s->name, place,
                l1t_decode_word(format, record, text, sizeof text), (int)l1t_decode_digits(format),
                record);
    }
}

static void write_stages(FILE *out, const struct l1t_jet_result *result)
{
    static uint32_t words[L1T_JET_STAGE_WORDS];
    const struct l1t_twin *twin = l1t_twin_find("jet");
    l1t_jet_pack_stages(result, words);
    const uint32_t *at = words;
    for (unsigned stage = 0; stage < twin->n_stages; stage++)
        for (unsigned row = 0; row < twin->stages[stage].rows; row++) {
            write_row(out, twin, stage, row, at);
            at += l1t_stage_row_words(&twin->stages[stage]);
        }
}

static enum l1t_err emulate(const struct arguments *a, const struct l1t_jet_setup *setup,
                            struct l1t_tower_reader *reader, FILE *out, struct l1t_diag *diag)
{
    static struct l1t_towers towers;
    static struct l1t_jet_result result;
    uint64_t id, n = 0;
    char name[L1T_TOWERS_NAME];
    int status;
    while ((status = l1t_tower_reader_next(reader, &towers, &id, name, diag)) == 1) {
        l1t_jet(&setup->model, &towers, &result);
        fprintf(out, "E %" PRIu64 " %s\n", id, name);
        if (a->stages)
            write_stages(out, &result);
        else if (a->decode)
            l1t_jet_write_decoded(out, &result);
        else
            l1t_jet_write_records(out, setup->model.pus, &result);
        n++;
    }
    if (status < 0)
        return L1T_E_INPUT;
    return n != 0 ? L1T_OK : l1t_fail(diag, L1T_E_INPUT, "%s: no events", a->in);
}

static enum l1t_err emulate_files(const struct arguments *a, struct l1t_diag *diag)
{
    static struct l1t_jet_setup setup;
    struct l1t_tower_reader *reader;
    struct l1t_out out;
    enum l1t_err err = l1t_jet_setup_load(a->config, a->luts, &setup, diag);
    if (err == L1T_OK)
        err = l1t_tower_reader_open(a->in, &reader, diag);
    if (err != L1T_OK)
        return err;
    err = l1t_out_open(&out, a->out, diag);
    if (err == L1T_OK) {
        err = emulate(a, &setup, reader, out.file, diag);
        if (err == L1T_OK)
            err = l1t_out_commit(&out, diag);
        else
            l1t_out_abort(&out);
    }
    l1t_tower_reader_close(reader);
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

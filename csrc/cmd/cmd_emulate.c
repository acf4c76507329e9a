// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/cmd.h"
#include "cmd/gt_parts.h"
#include "cmd/luts.h"
#include "l1t/io.h"
#include "l1t/provenance.h"
#include "l1t/twin.h"

#include <assert.h>
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
        "       l1twin emulate muon IN [OUT] [--from stubs] [options]\n"
        "       l1twin emulate gt --menu MENU VECTORS [OUT] [options]\n"
        "\n"
        "  PATH            the twin, for instance jet; without it, those there are are named\n"
        "                  muon: the global muon trigger (ugmt), answers as words\n"
        "  IN              events ('-' stdin; gzip too)\n"
        "  OUT             answers (default '-', stdout)\n"
        "  --config YAML   configuration (default: of configs/paths, by the twin)\n"
        "  --luts DIR      folder of the table files that the configuration names\n"
        "  --decode        answers in physical units instead of records in hardware units\n"
        "  --stages        every non-empty record of every stage, field by field\n"
        "  --links         answers as events of the path that comes next (kbmtf: of ugmt)\n"
        "  --words         answers as lines of the next level's test vectors (ugmt: event and\n"
        "                  eight muons)\n"
        "  --from links    muon: IN has what the track finders send (default), as text, test\n"
        "                  vector or MP7 buffer file, told apart by what is in it\n"
        "  --from stubs    muon: IN has segments of the barrel, from which the barrel track\n"
        "                  finder (kbmtf) makes muons; its own --stubs-config, --stubs-luts\n"
        "\n"
        "gt: the global trigger; test vectors with the decisions of a menu (XML of CMS or YAML)\n"
        "  --column NAME   with prescales, masks and vetoes of this column of the menu (default:\n"
        "                  every bit as it is)\n"
        "  --counts FILE   how often each algorithm fired; .json, .csv or else tab-separated\n"
        "  --engine E      batch (default) or reference\n"
        "  --independent   lines are recorded events, not an orbit: no objects in neighbours\n"
        "  --threads T     results do not depend on it (default: one for each processor)\n"
        "\n"
        "Records have the form of the reference data (docs/calo.md): without the '#' lines,\n"
        "which say what made them (grep -v '^#'), answers can be compared with diff.\n"
        "\n"
        "  l1twin emulate jet towers.txt --decode\n"
        "  l1twin emulate muon stubs.txt --from stubs --decode\n"
        "  l1twin emulate gt --menu menu.xml.gz vector.txt.gz ours.txt --counts counts.json\n"
        "  l1twin emulate jet towers.txt.gz answers.txt --config configs/paths/jet_2018.yaml \\\n"
        "      --luts DIR\n",
    .options = "--config --luts --decode --stages --links --words --from --stubs-config "
               "--stubs-luts --menu --column --counts --engine --independent --threads",
    .run = run,
};

struct arguments {
    const struct l1t_twin *twin, *front; // front: makes the input of twin from the file; or NULL
    const char *in, *out, *config, *luts, *front_config, *front_luts;
    int from; // -1: not said
    bool decode, stages, links, words;
};

enum { FROM_LINKS, FROM_STUBS };

// ---- command line ----

static int take_option(int opt, char **argv, void *to)
{
    static const char *const sources[] = {[FROM_LINKS] = "links", [FROM_STUBS] = "stubs"};
    struct arguments *a = to;
    switch (opt) {
    case 'c':
        a->config = optarg;
        return 0;
    case 'l':
        a->luts = optarg;
        return 0;
    case 'C':
        a->front_config = optarg;
        return 0;
    case 'L':
        a->front_luts = optarg;
        return 0;
    case 'd':
        a->decode = true;
        return 0;
    case 's':
        a->stages = true;
        return 0;
    case 'n':
        a->links = true;
        return 0;
    case 'w':
        a->words = true;
        return 0;
    case 'f':
        return l1t_cmd_choice(&cmd_emulate, "--from", optarg, sources, 2, &a->from);
    default:
        return l1t_cmd_bad_option(&cmd_emulate, opt, argv);
    }
}

// "muon" is a name for people: the global muon trigger with, on request, the track finder before
// it.
static int find_path(const char *name, struct arguments *a)
{
    const bool muon = name != NULL && strcmp(name, "muon") == 0;
    int code = l1t_cmd_path(&cmd_emulate, muon ? "ugmt" : name, &a->twin);
    if (code != 0)
        return code;
    if (!muon && a->from >= 0)
        return l1t_cmd_usage(&cmd_emulate, "--from: goes with 'emulate muon'");
    if (a->from == FROM_STUBS)
        code = l1t_cmd_path(&cmd_emulate, "kbmtf", &a->front);
    else if (a->front_config != NULL || a->front_luts != NULL)
        return l1t_cmd_usage(&cmd_emulate, "--stubs-config, --stubs-luts: go with --from stubs");
    a->words = a->words || (muon && !a->decode && !a->stages);
    return code;
}

static int check_form(const struct arguments *a)
{
    const struct l1t_twin *twin = a->twin;
    if (a->decode + a->stages + a->links + a->words > 1)
        return l1t_cmd_usage(&cmd_emulate,
                             "--decode, --stages, --links and --words exclude each other");
    if (a->links && twin->links == NULL)
        return l1t_cmd_usage(&cmd_emulate, "path %s has no path behind it here", twin->name);
    if (a->words && twin->write_words == NULL)
        return l1t_cmd_usage(&cmd_emulate, "path %s has no words for a next level", twin->name);
    if (!a->stages && !a->links && !a->words && twin->write_answer == NULL)
        return l1t_cmd_usage(&cmd_emulate, "path %s answers with --stages only", twin->name);
    return 0;
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option long_options[] = {{"config", required_argument, NULL, 'c'},
                                                 {"luts", required_argument, NULL, 'l'},
                                                 {"decode", no_argument, NULL, 'd'},
                                                 {"stages", no_argument, NULL, 's'},
                                                 {"links", no_argument, NULL, 'n'},
                                                 {"words", no_argument, NULL, 'w'},
                                                 {"from", required_argument, NULL, 'f'},
                                                 {"stubs-config", required_argument, NULL, 'C'},
                                                 {"stubs-luts", required_argument, NULL, 'L'},
                                                 {NULL, 0, NULL, 0}};
    int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, a);
    if (code != 0)
        return code;
    const int n = argc - optind;
    if ((code = find_path(argv[optind], a)) != 0)
        return code;
    if (n < 2 || n > 3)
        return l1t_cmd_usage(&cmd_emulate, "an input and at most one output are needed");
    if ((code = check_form(a)) != 0)
        return code;
    // The word that stands for the generator elsewhere, which never ends.
    a->in = strcmp(argv[optind + 1], "generator") == 0 ? "./generator" : argv[optind + 1];
    a->out = n == 3 ? argv[optind + 2] : "-";
    return 0;
}

// ---- events ----

// The path that reads the file, its configuration and events.
struct source {
    const struct l1t_twin *twin;
    void *config, *events;
};

struct job {
    const struct arguments *a;
    void *config;
    struct source source;
    // first: words of the file's event; in: of the twin, the same without a front
    uint32_t *first, *in, *stages, *next;
    uint64_t id;
};

static enum l1t_err write_links(FILE *out, struct job *j, struct l1t_diag *diag)
{
    const struct l1t_twin *behind = l1t_twin_find(j->a->twin->links_to);
    j->a->twin->links(j->config, j->in, j->next);
    return behind->write_event(out, j->next, j->id, "", diag);
}

static enum l1t_err write_event(FILE *out, struct job *j, struct l1t_diag *diag)
{
    const struct l1t_twin *twin = j->a->twin, *reader = j->source.twin;
    if (j->a->front != NULL)
        j->a->front->links(j->source.config, j->first, j->in);
    if (j->a->links)
        return write_links(out, j, diag);
    if (j->a->words) {
        twin->write_words(out, j->config, j->in, j->id);
        return L1T_OK;
    }
    fprintf(out, "E %" PRIu64 "%s%s\n", j->id, reader->source_name != NULL ? " " : "",
            reader->source_name != NULL ? reader->source_name(j->source.events) : "");
    if (j->a->stages) {
        twin->model(j->config, j->in, j->stages);
        l1t_twin_write_stages(out, twin, j->stages);
    } else {
        twin->write_answer(out, j->config, j->in, j->a->decode);
    }
    return L1T_OK;
}

static enum l1t_err write_events(FILE *out, struct job *j, struct l1t_diag *diag)
{
    uint64_t n = 0;
    int status;
    while ((status = j->source.twin->source_next(j->source.events, j->first, &j->id, diag)) == 1) {
        const enum l1t_err err = write_event(out, j, diag);
        if (err != L1T_OK)
            return err;
        n++;
    }
    if (status < 0)
        return L1T_E_INPUT;
    return n != 0 ? L1T_OK : l1t_fail(diag, L1T_E_INPUT, "%s: no events", j->a->in);
}

static enum l1t_err write_all(FILE *out, struct job *j, struct l1t_diag *diag)
{
    const struct l1t_twin *behind = j->a->links ? l1t_twin_find(j->a->twin->links_to) : NULL;
    j->first = calloc(j->source.twin->in_words, sizeof *j->first);
    j->in = j->a->front != NULL ? calloc(j->a->twin->in_words, sizeof *j->in) : j->first;
    j->stages = calloc(l1t_twin_stage_words(j->a->twin), sizeof *j->stages);
    j->next = calloc(behind != NULL ? behind->in_words : 1, sizeof *j->next);
    const enum l1t_err err =
        j->first != NULL && j->in != NULL && j->stages != NULL && j->next != NULL
            ? write_events(out, j, diag)
            : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    if (j->in != j->first)
        free(j->in);
    free(j->first);
    free(j->stages);
    free(j->next);
    return err;
}

static void write_heading(FILE *out, const struct job *j)
{
    char digest[65];
    j->a->twin->config_digest(j->config, digest);
    l1t_provenance_comment(out, "answers", digest, NULL);
    l1t_luts_comment(out, j->a->twin, j->config);
    if (j->a->front == NULL)
        return;
    j->a->front->config_digest(j->source.config, digest);
    fprintf(out, "# stubs %s\n", digest);
    l1t_luts_comment(out, j->a->front, j->source.config);
}

static enum l1t_err emulate(struct job *j, struct l1t_diag *diag)
{
    struct l1t_out out;
    enum l1t_err err = l1t_out_open(&out, j->a->out, diag);
    if (err != L1T_OK)
        return err;
    write_heading(out.file, j);
    err = write_all(out.file, j, diag);
    if (err == L1T_OK)
        return l1t_out_commit(&out, diag);
    l1t_out_abort(&out);
    return err;
}

static enum l1t_err emulate_source(struct job *j, struct l1t_diag *diag)
{
    struct source *s = &j->source;
    enum l1t_err err = s->twin->source_open(s->config, j->a->in, 0, &s->events, diag);
    if (err != L1T_OK)
        return err;
    err = emulate(j, diag);
    s->twin->source_close(s->events);
    return err;
}

static enum l1t_err emulate_files(const struct arguments *a, struct l1t_diag *diag)
{
    assert(a->twin != NULL); // parse() found it
    struct job j = {.a = a, .source = {.twin = a->twin}};
    enum l1t_err err = a->twin->config_load(a->config, a->luts, &j.config, diag);
    if (err != L1T_OK)
        return err;
    j.source.config = j.config;
    if (a->front != NULL) {
        j.source = (struct source){.twin = a->front};
        if (a->twin->config_takes_links != NULL)
            err = a->twin->config_takes_links(j.config, diag);
        if (err == L1T_OK)
            err = a->front->config_load(a->front_config, a->front_luts, &j.source.config, diag);
    }
    if (err == L1T_OK) {
        err = emulate_source(&j, diag);
        if (a->front != NULL)
            a->front->config_free(j.source.config);
    }
    a->twin->config_free(j.config);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.from = -1};
    struct l1t_diag diag = {""};
    if (argc > 1 && strcmp(argv[1], "gt") == 0)
        return l1t_emulate_gt(argc, argv);
    const int code = parse(argc, argv, &a);
    if (code != 0)
        return code;
    const enum l1t_err err = emulate_files(&a, &diag);
    return err == L1T_OK ? 0 : l1t_cmd_fail(&cmd_emulate, err, &diag);
}

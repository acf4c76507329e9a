// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/sample_parts.h"

#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_sample = {
    .name = "sample",
    .group = "Work",
    .summary = "make or show an event store: crossings as the global trigger sees them",
    .usage =
        "usage: l1twin sample make -o FILE.h5 SOURCE [options]\n"
        "       l1twin sample show FILE.h5 [options]\n"
        "\n"
        "make: an event store (HDF5, docs/samples.md) of one source\n"
        "  --vectors FILE     a test-vector file; its crossings follow each other\n"
        "  --csv FILE         a row an object: crossing,type,pt,eta,phi,... in GeV and rad\n"
        "  --spectra FILE     --n crossings of the physical processes of a spectra file\n"
        "  --emulate          --n generated crossings through the emulators of the paths\n"
        "  --store FILE...    stores, one after the other\n"
        "\n"
        "  --n N              crossings to make\n"
        "  --seed S           of what is generated (default: 1)\n"
        "  --menu MENU        whose scales and externals hold (default: configs/menus/run3.yaml)\n"
        "  --external NAME    an external signal that is on in every crossing; may be repeated\n"
        "  --pileup TARGET    of --spectra and --vectors: a pile-up for every crossing, 52 or "
        "drawn\n"
        "                     from gauss(52,4), poisson(52), flat(40,60); its objects stay the "
        "same\n"
        "  --calorimeter YAML of --emulate (default: configs/paths/calo.yaml)\n"
        "  --muons YAML       of --emulate; without it there are no muons\n"
        "  --jets X           of --emulate: mean number of jets of a crossing\n"
        "  --muons-mean X     of --emulate: mean number of muons of a crossing\n"
        "  --threads T        results do not depend on it (default: one for each processor)\n"
        "  -o, --output FILE  the store; whole or not at all\n"
        "\n"
        "show: what is in a store\n"
        "  --format F         table, tsv, csv or json (default: table on a terminal, else tsv)\n"
        "  -o, --output FILE  instead of standard output\n"
        "\n"
        "  l1twin sample make -o mb.h5 --spectra configs/spectra/run2.yaml --n 1000000\n"
        "  l1twin sample make -o zb.h5 --emulate --muons configs/paths/ugmt.yaml --n 4000\n"
        "  l1twin sample show zb.h5\n",
    .options =
        "make show --vectors --csv --spectra --emulate --store --n --seed --menu "
        "--external --pileup --calorimeter --muons --jets --muons-mean --threads --format --output",
    .run = run,
};

static const struct option long_options[] = {
    {"vectors", required_argument, NULL, 'V'},     {"csv", required_argument, NULL, 'C'},
    {"spectra", required_argument, NULL, 'P'},     {"emulate", no_argument, NULL, 'E'},
    {"store", required_argument, NULL, 'H'},       {"n", required_argument, NULL, 'n'},
    {"seed", required_argument, NULL, 's'},        {"menu", required_argument, NULL, 'm'},
    {"external", required_argument, NULL, 'x'},    {"pileup", required_argument, NULL, 'p'},
    {"calorimeter", required_argument, NULL, 'c'}, {"muons", required_argument, NULL, 'u'},
    {"jets", required_argument, NULL, 'j'},        {"muons-mean", required_argument, NULL, 'M'},
    {"threads", required_argument, NULL, 't'},     {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},      {NULL, 0, NULL, 0}};

// ---- command line ----

static int take_source(struct l1t_sample_arguments *a, enum l1t_sample_kind kind, const char *path)
{
    a->spec.kind = kind;
    a->spec.path = path;
    a->sources++;
    return 0;
}

static int take_external(struct l1t_sample_arguments *a, const char *name)
{
    if (a->n_externals == L1T_CMD_EXTERNALS)
        return l1t_cmd_usage(&cmd_sample, "--external: more than %d", L1T_CMD_EXTERNALS);
    a->external[a->n_externals++] = name;
    return 0;
}

static int take_option(int opt, char **argv, void *to)
{
    struct l1t_sample_arguments *a = to;
    switch (opt) {
    case 'V':
        return take_source(a, L1T_SAMPLE_VECTORS, optarg);
    case 'C':
        return take_source(a, L1T_SAMPLE_CSV, optarg);
    case 'P':
        return take_source(a, L1T_SAMPLE_SPECTRA, optarg);
    case 'E':
        return take_source(a, L1T_SAMPLE_EMULATION, NULL);
    case 'H':
        return take_source(a, L1T_SAMPLE_STORE, optarg);
    case 'm':
        a->menu = optarg;
        return 0;
    case 'x':
        return take_external(a, optarg);
    case 'p':
        a->pileup = optarg;
        return 0;
    case 'c':
        a->spec.calorimeter = optarg;
        return 0;
    case 'u':
        a->spec.muons = optarg;
        return 0;
    case 'j':
        return l1t_cmd_double(&cmd_sample, "--jets", optarg, 0, 50, &a->spec.jets_mean);
    case 'M':
        return l1t_cmd_double(&cmd_sample, "--muons-mean", optarg, 0, 50, &a->spec.muons_mean);
    case 'o':
        a->out = optarg;
        return 0;
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

static int check_make(const struct l1t_sample_arguments *a)
{
    const bool generated =
        a->spec.kind == L1T_SAMPLE_SPECTRA || a->spec.kind == L1T_SAMPLE_EMULATION;
    if (a->out == NULL)
        return l1t_cmd_usage(&cmd_sample, "where to? -o FILE.h5 is needed");
    if (a->sources != 1)
        return l1t_cmd_usage(&cmd_sample,
                             "%s: one of --vectors, --csv, --spectra, --emulate and "
                             "--store is needed",
                             a->sources == 0 ? "from what?" : "more than one source");
    if (generated != (a->p.n > 0))
        return l1t_cmd_usage(&cmd_sample, generated ? "how many crossings? --n is needed"
                                                    : "--n is of --spectra and --emulate");
    if (a->spec.kind != L1T_SAMPLE_EMULATION &&
        (a->spec.calorimeter != NULL || a->spec.muons != NULL || a->spec.jets_mean >= 0 ||
         a->spec.muons_mean >= 0))
        return l1t_cmd_usage(&cmd_sample,
                             "--calorimeter, --muons, --jets and --muons-mean are of --emulate");
    if (a->pileup != NULL && a->spec.kind == L1T_SAMPLE_EMULATION)
        return l1t_cmd_usage(&cmd_sample,
                             "--pileup: emulated crossings have the pile_up of the "
                             "calorimeter's YAML; join stores of several with --store");
    if (a->pileup != NULL && a->spec.kind != L1T_SAMPLE_SPECTRA &&
        a->spec.kind != L1T_SAMPLE_VECTORS)
        return l1t_cmd_usage(&cmd_sample, "--pileup is of --spectra and --vectors");
    if (a->spec.muons == NULL && a->spec.muons_mean >= 0)
        return l1t_cmd_usage(&cmd_sample, "--muons-mean goes with --muons");
    if (a->spec.kind != L1T_SAMPLE_STORE && a->n_files > 0)
        return l1t_cmd_usage(&cmd_sample, "'%s' is one too many", a->file[0]);
    return 0;
}

static int check_show(const struct l1t_sample_arguments *a)
{
    if (a->sources > 0 || a->p.n > 0 || a->n_externals > 0 || a->menu != NULL ||
        a->pileup != NULL || a->spec.calorimeter != NULL || a->spec.muons != NULL ||
        a->spec.jets_mean >= 0 || a->spec.muons_mean >= 0)
        return l1t_cmd_usage(&cmd_sample, "'show' takes a store and --format");
    if (a->n_files != 1)
        return l1t_cmd_usage(&cmd_sample, "expected one store, found %d", a->n_files);
    return 0;
}

enum word { MAKE, SHOW };

static int parse(int argc, char **argv, struct l1t_sample_arguments *a, enum word *word)
{
    static const char *const words[] = {"make", "show", NULL};
    const int index = l1t_cmd_word(&cmd_sample, argc, argv, words);
    if (index < 0)
        return l1t_err_exit(L1T_E_USAGE);
    *word = (enum word)index;
    const int code = l1t_cmd_options(argc, argv, 2, long_options, take_option, a);
    if (code != 0)
        return code;
    a->file = argv + optind;
    a->n_files = argc - optind;
    return *word == MAKE ? check_make(a) : check_show(a);
}

static int run(int argc, char **argv)
{
    struct l1t_sample_arguments a = {.p = {.n_min = 1, .n_max = UINT64_C(10000000000)},
                                     .spec = {.jets_mean = -1, .muons_mean = -1}};
    enum word word = MAKE;
    int code = l1t_physics_start(&a.p, &cmd_sample, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a, &word);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    a.spec.events = a.p.n;
    a.spec.seed = a.p.seed;
    return l1t_physics_end(&a.p, word == MAKE ? l1t_sample_cmd_make(&a) : l1t_sample_cmd_show(&a));
}

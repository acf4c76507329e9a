// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/physics.h"
#include "l1t/curve.h"
#include "l1t/io.h"
#include "l1t/parametric.h"
#include "l1t/spectra_config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_curve = {
    .name = "curve",
    .group = "Physics",
    .summary = "show a turn-on curve, or make one from its parameters",
    .usage =
        "usage: l1twin curve show FILE.csv [options]\n"
        "       l1twin curve make PARAMS.yaml -o FILE.csv [--curve NAME]\n"
        "\n"
        "show  efficiency by monotone cubic interpolation; clamped outside the table\n"
        "  --at X,Y,...       at these energies, GeV\n"
        "  --points N         at N energies from the first point to the last (default 21)\n"
        "  --format F         table, tsv, csv or json (default: table on a terminal, else tsv)\n"
        "  -o, --output FILE  instead of standard output\n"
        "make  a table from a parametric curve (configs/curves/parametric.yaml)\n"
        "  --curve NAME       default: the name of FILE; needed with standard output\n"
        "  -o, --output FILE  default: standard output\n"
        "\n"
        "  l1twin curve show configs/curves/muon22.csv --at 20,22,25\n"
        "  l1twin curve make configs/curves/parametric.yaml -o configs/curves/muon22.csv\n",
    .options = "show make --at --points --format --output --curve",
    .run = run,
};

enum { max_at = 1000 };

struct arguments {
    struct l1t_physics p;
    const char *file, *curve;
    double at[max_at];
    size_t n_at;
    uint64_t points;
};

static const struct option long_options[] = {
    {"at", required_argument, NULL, 'a'},     {"points", required_argument, NULL, 'n'},
    {"curve", required_argument, NULL, 'c'},  {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'}, {NULL, 0, NULL, 0}};

static int parse_at(const char *list, struct arguments *a)
{
    char one[64];
    while (l1t_cmd_next_word(&list, one, sizeof one)) {
        if (a->n_at == max_at)
            return l1t_cmd_usage(&cmd_curve, "--at: at most %d energies", max_at);
        const int code = l1t_cmd_double(&cmd_curve, "--at", one, -1e9, 1e9, &a->at[a->n_at++]);
        if (code != 0)
            return code;
    }
    return 0;
}

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'a':
        return parse_at(optarg, a);
    case 'n':
        return l1t_cmd_u64(&cmd_curve, "--points", optarg, 2, 1000000, &a->points);
    case 'c':
        a->curve = optarg;
        return 0;
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const char *const words[] = {"show", "make", NULL};
    if (l1t_cmd_word(&cmd_curve, argc, argv, words) < 0)
        return l1t_err_exit(L1T_E_USAGE);
    const int code = l1t_cmd_options(argc, argv, 2, long_options, take_option, a);
    if (code != 0)
        return code;
    if (argc - optind != 1)
        return l1t_cmd_usage(&cmd_curve, "expected one file, found %d", argc - optind);
    a->file = argv[optind];
    return 0;
}

static enum l1t_err show(struct arguments *a)
{
    static const struct l1t_column columns[] = {{"pt", "GeV", L1T_CELL_REAL, 6},
                                                {"efficiency", "", L1T_CELL_REAL, 8},
                                                {"outside", "", L1T_CELL_TEXT, 0}};
    struct l1t_curve curve;
    char title[300];
    enum l1t_err err = l1t_curve_load_digest(&curve, a->file, a->p.digest, &a->p.diag);
    if (err != L1T_OK)
        return err;
    const double low = curve.x[0];
    const double high = curve.x[curve.n - 1];
    (void)snprintf(title, sizeof title, "%zu points, %.6g to %.6g GeV, half efficiency at %.6g GeV",
                   curve.n, low, high, l1t_curve_crossing(&curve, 0.5));
    struct l1t_table *t = l1t_physics_table(&a->p, title, columns, 3);
    const size_t n = a->n_at > 0 ? a->n_at : (size_t)a->points;
    for (size_t i = 0; t != NULL && i < n; i++) {
        const double x = a->n_at > 0 ? a->at[i] : low + (high - low) * (double)i / (double)(n - 1);
        l1t_table_real(t, x);
        l1t_table_real(t, l1t_curve_eval(&curve, x));
        l1t_table_text(t, x < low ? "below" : x > high ? "above" : "");
    }
    err = t != NULL ? l1t_physics_print(&a->p, &t, 1) : L1T_E_NOMEM;
    l1t_table_free(t);
    l1t_curve_free(&curve);
    return err;
}

// "configs/curves/muon22.csv" -> "muon22"
static void name_of(const char *path, char *name, size_t size)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    (void)snprintf(name, size, "%.*s", (int)strcspn(base, "."), base);
}

static enum l1t_err make(struct arguments *a)
{
    struct l1t_parametric curve;
    struct l1t_out out;
    char name[100];
    if (a->curve == NULL && strcmp(a->p.out, "-") == 0)
        return l1t_fail(&a->p.diag, L1T_E_USAGE,
                        "%s: which curve? --curve NAME is needed with standard output", a->file);
    name_of(a->p.out, name, sizeof name);
    if (a->curve != NULL)
        (void)snprintf(name, sizeof name, "%s", a->curve);
    enum l1t_err err = l1t_parametric_load(&curve, a->file, name, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_out_open(&out, a->p.out, &a->p.diag);
    if (err != L1T_OK)
        return err;
    l1t_parametric_write(out.file, name, &curve);
    return l1t_out_commit(&out, &a->p.diag);
}

static int run(int argc, char **argv)
{
    struct arguments a = {.p = {.provenance = {.no_seed = 1}}, .points = 21};
    int code = l1t_physics_start(&a.p, &cmd_curve, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    return l1t_physics_end(&a.p, strcmp(argv[1], "show") == 0 ? show(&a) : make(&a));
}

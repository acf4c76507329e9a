// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/physics.h"

#include <math.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_fit = {
    .name = "fit",
    .group = "Physics",
    .summary = "slopes of the spectra: from shares of the menu, or from published rates",
    .usage =
        "usage: l1twin fit spectrum [CONFIG.yaml] [options]\n"
        "\n"
        "  CONFIG.yaml        default " L1T_DEFAULT_SPECTRA "\n"
        "  --mode MODE        share (default): the accepted fraction equals the object's share;\n"
        "                     physical: slope and height from rate against threshold\n"
        "  --object NAME      jet, muon, egamma or tau only\n"
        "  --tail TAIL        share: above the last point of a curve: flat or none\n"
        "                     (default: as in the file)\n"
        "  --below HOW        share: below the first point: clamp or extrapolate\n"
        "  --format F         table, tsv, csv or json (default: table on a terminal, else tsv)\n"
        "  -o, --output FILE  instead of standard output\n"
        "\n"
        "share: one row for each solution; the steepest is the one used. reachable is the largest\n"
        "fraction that any slope gives; a share above it has no solution (exit 2).\n"
        "\n"
        "  l1twin fit spectrum --tail none\n"
        "  l1twin fit spectrum configs/spectra/run2.yaml --mode physical --format json\n",
    .options = "spectrum --mode --object --tail --below --format --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    int physical, object, tail, below; // -1: not given
};

static const struct option long_options[] = {{"mode", required_argument, NULL, 'm'},
                                             {"object", required_argument, NULL, 'O'},
                                             {"tail", required_argument, NULL, 'T'},
                                             {"below", required_argument, NULL, 'b'},
                                             {"format", required_argument, NULL, 'f'},
                                             {"output", required_argument, NULL, 'o'},
                                             {NULL, 0, NULL, 0}};

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    static const char *const modes[] = {"share", "physical"};
    static const char *const tails[] = {"flat", "none"};
    static const char *const belows[] = {"clamp", "extrapolate"};
    switch (opt) {
    case 'm':
        return l1t_cmd_choice(&cmd_fit, "--mode", optarg, modes, 2, &a->physical);
    case 'O':
        return l1t_cmd_choice(&cmd_fit, "--object", optarg, l1t_object_names, L1T_OBJECTS,
                              &a->object);
    case 'T':
        return l1t_cmd_choice(&cmd_fit, "--tail", optarg, tails, 2, &a->tail);
    case 'b':
        return l1t_cmd_choice(&cmd_fit, "--below", optarg, belows, 2, &a->below);
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const char *const words[] = {"spectrum", NULL};
    if (l1t_cmd_word(&cmd_fit, argc, argv, words) < 0)
        return l1t_err_exit(L1T_E_USAGE);
    const int code = l1t_cmd_options(argc, argv, 2, long_options, take_option, a);
    if (code != 0)
        return code;
    if (optind < argc)
        a->p.spectra = argv[optind++];
    if (optind < argc)
        return l1t_cmd_usage(&cmd_fit, "'%s' is one too many; expected one configuration",
                             argv[optind]);
    return 0;
}

static const struct l1t_column share_columns[] = {
    {"object", "", L1T_CELL_TEXT, 0},    {"threshold", "GeV", L1T_CELL_REAL, 6},
    {"share", "", L1T_CELL_REAL, 6},     {"solution", "", L1T_CELL_INT, 0},
    {"of", "", L1T_CELL_INT, 0},         {"lambda", "1/GeV", L1T_CELL_REAL, 12},
    {"used", "", L1T_CELL_TEXT, 0},      {"below_threshold", "", L1T_CELL_REAL, 8},
    {"reachable", "", L1T_CELL_REAL, 6}, {"reachable_at", "1/GeV", L1T_CELL_REAL, 4},
};

static void share_rows(struct l1t_table *t, const struct l1t_share_object *o, const char *name,
                       const struct l1t_slope_fit *fit)
{
    const size_t rows = fit->n_roots > 0 ? fit->n_roots : 1; // a given slope has no roots
    for (size_t i = 0; i < rows; i++) {
        const double lambda = fit->n_roots > 0 ? fit->root[i] : fit->lambda;
        l1t_table_text(t, name);
        l1t_table_real(t, o->threshold_gev);
        l1t_table_real(t, o->share);
        l1t_table_int(t, (long long)i + 1);
        l1t_table_int(t, (long long)rows);
        l1t_table_real(t, lambda);
        l1t_table_text(t, lambda == fit->lambda ? "yes" : "no");
        l1t_table_real(t, l1t_fraction_below(lambda, o->threshold_gev));
        l1t_table_real(t, fit->n_roots > 0 ? fit->max_accepted : NAN);
        l1t_table_real(t, fit->n_roots > 0 ? fit->max_lambda : NAN);
    }
}

static enum l1t_err fit_share(struct arguments *a, struct l1t_spectra *s)
{
    struct l1t_table *t =
        l1t_physics_table(&a->p, s->tail == L1T_TAIL_FLAT ? "slopes, flat tail" : "slopes, no tail",
                          share_columns, sizeof share_columns / sizeof share_columns[0]);
    enum l1t_err err = t != NULL ? L1T_OK : L1T_E_NOMEM;
    for (int o = 0; o < L1T_OBJECTS && err == L1T_OK; o++) {
        struct l1t_slope_fit fit;
        double lambda;
        if (a->object >= 0 && a->object != o)
            continue;
        err = l1t_spectra_slope(s, (enum l1t_object)o, &fit, &lambda, &a->p.diag);
        if (err == L1T_OK)
            share_rows(t, &s->object[o], l1t_object_names[o], &fit);
    }
    if (err == L1T_OK)
        err = l1t_physics_print(&a->p, &t, 1);
    l1t_table_free(t);
    return err;
}

static const struct l1t_column rate_columns[] = {
    {"process", "", L1T_CELL_TEXT, 0},     {"objects", "", L1T_CELL_TEXT, 0},
    {"from", "GeV", L1T_CELL_REAL, 6},     {"to", "GeV", L1T_CELL_REAL, 6},
    {"lambda", "1/GeV", L1T_CELL_REAL, 5}, {"lambda_err", "1/GeV", L1T_CELL_REAL, 2},
    {"rate", "kHz", L1T_CELL_REAL, 5},     {"rate_err", "kHz", L1T_CELL_REAL, 2},
    {"chi2", "", L1T_CELL_REAL, 4},        {"ndf", "", L1T_CELL_INT, 0},
    {"error_scale", "", L1T_CELL_REAL, 3},
};

static int concerns(const struct l1t_process_spec *s, int object)
{
    return object < 0 || (int)s->leg[0].object == object ||
           (s->n_legs == 2 && (int)s->leg[1].object == object);
}

static void rate_row(struct l1t_table *t, const struct l1t_process_config *c)
{
    const struct l1t_process_spec *s = &c->spec;
    char objects[40];
    (void)snprintf(objects, sizeof objects, "%s%s%s", l1t_object_names[s->leg[0].object],
                   s->n_legs == 2 ? " + " : "",
                   s->n_legs == 2 ? l1t_object_names[s->leg[1].object] : "");
    l1t_table_text(t, s->name);
    l1t_table_text(t, objects);
    l1t_table_real(t, c->fit.from_gev);
    l1t_table_real(t, c->fit.to_gev);
    l1t_table_real(t, c->fit.lambda);
    l1t_table_real(t, c->fit.lambda_err);
    l1t_table_real(t, c->fit.rate_khz);
    l1t_table_real(t, c->fit.rate_err);
    l1t_table_real(t, c->fit.chi2);
    l1t_table_int(t, (long long)c->fit.ndf);
    l1t_table_real(t, c->fit.scale);
}

static enum l1t_err fit_physical(struct arguments *a, const struct l1t_spectra *s)
{
    char title[200];
    (void)snprintf(title, sizeof title,
                   "rates at %.3g cm-2 s-1, pile-up %.3g, %lld bunches, %.1f Hz",
                   s->beam.luminosity, s->beam.pileup, s->beam.bunches, s->beam.revolution_hz);
    if (!s->has_physical)
        return l1t_fail(&a->p.diag, L1T_E_INPUT, "%s: no section 'physical'",
                        a->p.spectra != NULL ? a->p.spectra : L1T_DEFAULT_SPECTRA);
    struct l1t_table *t =
        l1t_physics_table(&a->p, title, rate_columns, sizeof rate_columns / sizeof rate_columns[0]);
    if (t == NULL)
        return L1T_E_NOMEM;
    for (size_t k = 0; k < s->n_processes; k++)
        if (s->process[k].fitted && concerns(&s->process[k].spec, a->object))
            rate_row(t, &s->process[k]);
    const enum l1t_err err = l1t_physics_print(&a->p, &t, 1);
    l1t_table_free(t);
    return err;
}

static int run(int argc, char **argv)
{
    static struct l1t_spectra spectra; // large
    struct arguments a = {
        .p = {.provenance = {.no_seed = 1}}, .object = -1, .tail = -1, .below = -1};
    int code = l1t_physics_start(&a.p, &cmd_fit, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    enum l1t_err err = l1t_physics_spectra(&a.p, &spectra);
    if (err == L1T_OK) {
        spectra.tail = a.tail >= 0 ? (enum l1t_tail)a.tail : spectra.tail;
        spectra.below = a.below >= 0 ? (enum l1t_below)a.below : spectra.below;
        err = a.physical > 0 ? fit_physical(&a, &spectra) : fit_share(&a, &spectra);
        l1t_spectra_free(&spectra);
    }
    return l1t_physics_end(&a.p, err);
}

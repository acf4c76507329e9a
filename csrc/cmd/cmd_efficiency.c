// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin efficiency`: objects of known truth through the emulator; turn-on curves, response and
// isolation. Also the example of how l1t/efficiency.h is used.
#include "cmd/efficiency.h"
#include "cmd/generate.h"
#include "cmd/inject.h"
#include "l1t/calo_config.h"
#include "l1t/io.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_efficiency = {
    .name = "efficiency",
    .group = "Physics",
    .summary = "turn-on curves, response and isolation of the emulator for objects of known truth",
    .usage =
        "usage: l1twin efficiency --object egamma|tau|jet [--threshold GEV] ... [options]\n"
        "       l1twin efficiency --object OBJECT --towers FILE --truth FILE [options]\n"
        "\n"
        "Generated objects (docs/towers.md) go through the emulator's model; truth is matched to\n"
        "the nearest trigger object.\n"
        "  --object OBJECT    egamma (electrons unless --inject photon), tau or jet\n"
        "  --threshold LIST   online thresholds, '30 GeV' or '20,30' (default 30, 38, 320)\n"
        "  --iso WHICH        isolation asked for: none (default), loose or tight; tau: tight\n"
        "  --n N              events (default 20000; with files: all of them)\n"
        "  --seed S           default 1\n"
        "  --config YAML      default configs/paths/calo.yaml; --luts DIR: its table files\n"
        "  --dr R             largest distance of a match (default 0.3, jets 0.4)\n"
        "  --inject KIND      which kind is put in: electron, photon, tau or jet\n" L1T_INJECT_USAGE
        "  --towers FILE      events instead of generated ones, with --truth FILE\n"
        "  --published FILE   a curve to compare with (default: that of configs/curves with the\n"
        "                     same threshold and isolation)\n"
        "  --threads T        results do not depend on it (default: one for each processor)\n"
        "  --format F         table, tsv, csv or json (default: table on a terminal, else tsv)\n"
        "  -o, --output DIR   curves as CSV and figures as SVG, too\n"
        "\n"
        "Defaults here: four objects an event (jets three), flat in pt from a quarter of the "
        "lowest\n"
        "threshold to four times the highest, and none of the crossing's own jets. Errors are 68 "
        "%\n"
        "Clopper-Pearson intervals; the curve fitted is that of configs/curves/parametric.yaml.\n"
        "\n"
        "  l1twin efficiency --object egamma --threshold '30 GeV' -o turn_on\n"
        "  l1twin efficiency --object tau --iso tight --threshold 38 --pile-up 60 --format json\n"
        "  l1twin efficiency --object egamma --from Zee_Run2011A.csv.gz --n 18885\n",
    .options = "--object --threshold --iso --n --seed --config --luts --dr --towers --truth "
               "--published --threads --format --output -o " L1T_INJECT_OPTIONS,
    .run = run,
};

struct arguments {
    struct l1t_efficiency_report *r;
    struct l1t_inject_options inject;
    int object, iso; // -1: not given
    const char *config, *luts, *dir, *towers, *truth, *published;
    bool n_given;
};

static const struct option long_options[] = {{"object", required_argument, NULL, 'O'},
                                             {"threshold", required_argument, NULL, 'T'},
                                             {"iso", required_argument, NULL, 'i'},
                                             {"n", required_argument, NULL, 'n'},
                                             {"seed", required_argument, NULL, 's'},
                                             {"config", required_argument, NULL, 'c'},
                                             {"luts", required_argument, NULL, 'l'},
                                             {"dr", required_argument, NULL, 'd'},
                                             {"towers", required_argument, NULL, 'w'},
                                             {"truth", required_argument, NULL, 'u'},
                                             {"published", required_argument, NULL, 'P'},
                                             {"threads", required_argument, NULL, 't'},
                                             {"format", required_argument, NULL, 'f'},
                                             {"output", required_argument, NULL, 'o'},
                                             L1T_INJECT_LONG_OPTIONS,
                                             {NULL, 0, NULL, 0}};

// ---- options ----

// "30 GeV", "30" or a list of such.
static int parse_thresholds(const char *list, struct l1t_efficiency_spec *spec)
{
    char one[40];
    while (l1t_cmd_next_word(&list, one, sizeof one)) {
        double gev = 0;
        const size_t length = strlen(one);
        if (length > 4 && strcmp(one + length - 4, " GeV") == 0)
            one[length - 4] = '\0';
        const int code = l1t_cmd_double(&cmd_efficiency, "--threshold", one, 1, 1000, &gev);
        if (code != 0)
            return code;
        if (gev * 2 != floor(gev * 2))
            return l1t_cmd_usage(&cmd_efficiency,
                                 "--threshold: '%.40s' is not a multiple of 0.5 GeV", one);
        if (spec->n_thresholds == L1T_MAX_THRESHOLDS)
            return l1t_cmd_usage(&cmd_efficiency, "--threshold: at most %d of them",
                                 L1T_MAX_THRESHOLDS);
        spec->threshold_gev[spec->n_thresholds++] = gev;
    }
    return 0;
}

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    static const char *const isolations[] = {"none", "tight", "loose"};
    struct l1t_efficiency_spec *spec = &a->r->spec;
    switch (opt) {
    case 'O':
        return l1t_cmd_choice(&cmd_efficiency, "--object", optarg, l1t_efficiency_names, 3,
                              &a->object);
    case 'T':
        return parse_thresholds(optarg, spec);
    case 'i':
        return l1t_cmd_choice(&cmd_efficiency, "--iso", optarg, isolations, 3, &a->iso);
    case 'd':
        return l1t_cmd_double(&cmd_efficiency, "--dr", optarg, 0.01, 2, &spec->dr);
    case 'c':
        a->config = optarg;
        return 0;
    case 'l':
        a->luts = optarg;
        return 0;
    case 'w':
        a->towers = optarg;
        return 0;
    case 'u':
        a->truth = optarg;
        return 0;
    case 'P':
        a->published = optarg;
        return 0;
    case 'o':
        a->dir = optarg;
        return 0;
    case 'n':
        a->n_given = true;
        return l1t_physics_option(&a->r->p, opt, argv);
    default: {
        const int code = l1t_inject_option(&cmd_efficiency, opt, &a->inject);
        return code >= 0 ? code : l1t_physics_option(&a->r->p, opt, argv);
    }
    }
}

static int check_files(const struct arguments *a)
{
    const struct l1t_inject_options *in = &a->inject;
    if ((a->towers != NULL) != (a->truth != NULL))
        return l1t_cmd_usage(&cmd_efficiency, "--towers and --truth go together");
    if (a->towers == NULL)
        return 0;
    bool injects = in->from != NULL || in->columns != NULL || in->spectra != NULL ||
                   !isnan(in->pt_min_gev) || !isnan(in->pile_up) || !isnan(in->jets) ||
                   !isnan(in->slope);
    for (int k = 0; k < L1T_INJECTED; k++)
        injects = injects || in->on[k] || !isnan(in->per_event[k]);
    if (injects)
        return l1t_cmd_usage(&cmd_efficiency,
                             "--towers: options about generated objects do not go with files");
    if (strcmp(a->towers, "-") == 0 && strcmp(a->truth, "-") == 0)
        return l1t_cmd_usage(&cmd_efficiency, "--towers and --truth cannot both be '-'");
    return 0;
}

// What depends on the object.
static int complete(struct arguments *a)
{
    static const double usual[] = {30, 38, 320};
    struct l1t_efficiency_spec *spec = &a->r->spec;
    if (a->object < 0)
        return l1t_cmd_usage(&cmd_efficiency, "which object? --object egamma, tau or jet");
    spec->object = (enum l1t_efficiency_object)a->object;
    if (spec->n_thresholds == 0)
        spec->threshold_gev[spec->n_thresholds++] = usual[a->object];
    if (a->iso > 0 && spec->object == L1T_EFFICIENCY_JET)
        return l1t_cmd_usage(&cmd_efficiency, "--iso: jets have no isolation");
    if (a->iso == 2 && spec->object == L1T_EFFICIENCY_TAU)
        return l1t_cmd_usage(&cmd_efficiency, "--iso: taus have one isolation, tight");
    spec->iso = a->iso > 0 ? (unsigned)a->iso : 0; // bit 0 tight, bit 1 loose
    const int code = l1t_inject_check(&cmd_efficiency, &a->inject);
    return code == 0 ? check_files(a) : code;
}

static int parse(int argc, char **argv, struct arguments *a)
{
    const int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, a);
    if (code != 0)
        return code;
    return optind < argc ? l1t_cmd_no_more(&cmd_efficiency, argc, argv) : complete(a);
}

// ---- what is generated ----

static double extreme(const struct l1t_efficiency_spec *spec, bool largest)
{
    double t = spec->threshold_gev[0];
    for (size_t i = 1; i < spec->n_thresholds; i++)
        t = largest ? fmax(t, spec->threshold_gev[i]) : fmin(t, spec->threshold_gev[i]);
    return t;
}

static enum l1t_err use_defaults(struct arguments *a, struct l1t_tower_gen_params *params)
{
    static const enum l1t_truth_kind kinds[] = {L1T_TRUTH_ELECTRON, L1T_TRUTH_TAU, L1T_TRUTH_JET};
    struct l1t_efficiency_spec *spec = &a->r->spec;
    struct l1t_inject_options *in = &a->inject;
    bool any = false;
    params->corners = 0;
    in->jets = isnan(in->jets) ? 0 : in->jets;
    for (int k = 0; k < L1T_INJECTED; k++) {
        const bool egamma = k == L1T_TRUTH_ELECTRON || k == L1T_TRUTH_PHOTON;
        const bool fits =
            egamma ? spec->object == L1T_EFFICIENCY_EGAMMA : k == (int)kinds[spec->object];
        if (in->on[k] && !fits)
            return l1t_fail(&a->r->p.diag, L1T_E_USAGE, "--inject: %s is not what %s looks for",
                            l1t_truth_names[k], l1t_efficiency_names[spec->object]);
        any = any || in->on[k];
        params->inject[k].per_event = 0;
        if (isnan(in->per_event[k]))
            in->per_event[k] = spec->object == L1T_EFFICIENCY_JET ? 3 : 4;
    }
    if (!any)
        in->on[kinds[spec->object]] = true;
    if (isnan(in->pt_min_gev)) {
        in->pt_min_gev = fmax(0.5, extreme(spec, false) / 4);
        in->pt_max_gev = fmin(1000, 4 * extreme(spec, true));
    }
    return L1T_OK;
}

// The generator's parameters, as they are, decide the results.
static void digest_generator(struct l1t_physics *p, const struct l1t_tower_gen_params *params)
{
    char text[L1T_TOWER_GEN_TEXT];
    l1t_tower_gen_text(params, text, sizeof text);
    l1t_digest_add(p->digest, "generator", text, strlen(text));
}

static enum l1t_err count_generated(struct arguments *a, struct l1t_calo_setup *setup,
                                    struct l1t_progress *progress,
                                    void (*show)(void *user, double done, double total))
{
    struct l1t_efficiency_report *r = a->r;
    struct l1t_tower_gen *gen = NULL;
    enum l1t_err err = use_defaults(a, &setup->generator);
    if (err == L1T_OK)
        err = l1t_inject_apply(&a->inject, &setup->generator, r->p.digest, &r->p.diag);
    if (err == L1T_OK)
        err = l1t_tower_gen_new(&setup->generator, r->p.seed, &gen, &r->p.diag);
    if (err == L1T_OK) {
        const struct l1t_efficiency_source source = {.generator = gen, .n = r->p.n};
        digest_generator(&r->p, &setup->generator);
        // Drawn objects are where they were asked for, real ones may be anywhere.
        for (int k = 0; k < L1T_INJECTED; k++)
            if (a->inject.on[k])
                r->spec.eta_max = fmax(r->spec.eta_max, setup->generator.inject[k].eta_max);
        err = l1t_efficiency_run(&r->spec, &setup->model, &source, (unsigned)r->p.threads, show,
                                 progress, &r->counts, &r->p.diag);
    }
    l1t_tower_gen_free(gen);
    return err;
}

static enum l1t_err count_files(struct arguments *a, const struct l1t_calo_setup *setup,
                                struct l1t_progress *progress,
                                void (*show)(void *user, double done, double total))
{
    struct l1t_efficiency_report *r = a->r;
    struct l1t_efficiency_source source = {.n = a->n_given ? r->p.n : UINT64_MAX};
    enum l1t_err err = l1t_tower_reader_open(a->towers, &source.towers, &r->p.diag);
    if (err == L1T_OK)
        err = l1t_truth_reader_open(a->truth, &source.truth, &r->p.diag);
    r->spec.eta_max = isnan(a->inject.eta_max) ? 5.2 : a->inject.eta_max;
    if (err == L1T_OK)
        err = l1t_efficiency_run(&r->spec, &setup->model, &source, (unsigned)r->p.threads,
                                 a->n_given ? show : NULL, progress, &r->counts, &r->p.diag);
    if (err == L1T_OK)
        err = l1t_inject_digest_file(r->p.digest, "towers", a->towers, &r->p.diag);
    if (err == L1T_OK)
        err = l1t_inject_digest_file(r->p.digest, "truth", a->truth, &r->p.diag);
    l1t_tower_reader_close(source.towers);
    l1t_truth_reader_close(source.truth);
    return err;
}

// ---- published curves ----

// "egamma30", "isotau38"; e/gamma with isolation have no published curve here.
static void name_curves(struct l1t_efficiency_report *r)
{
    const struct l1t_efficiency_spec *s = &r->spec;
    const char *before = s->iso == 0                       ? ""
                         : s->object == L1T_EFFICIENCY_TAU ? "iso"
                         : s->iso == 1                     ? "tightiso"
                                                           : "looseiso";
    for (size_t i = 0; i < s->n_thresholds; i++)
        (void)snprintf(r->name[i], sizeof r->name[i], "%s%s%g", before,
                       l1t_efficiency_names[s->object], s->threshold_gev[i]);
}

static enum l1t_err load_published(struct arguments *a, size_t i)
{
    static const char *const known[] = {"egamma30", "isotau38", "jet320"};
    struct l1t_efficiency_report *r = a->r;
    char *path = NULL, file[60];
    if (a->published != NULL)
        return l1t_curve_load_digest(&r->published[i], a->published, r->p.digest, &r->p.diag);
    if (strcmp(r->name[i], known[r->spec.object]) != 0)
        return L1T_OK;
    (void)snprintf(file, sizeof file, "curves/%s.csv", r->name[i]);
    if (l1t_config_path(file, &path, NULL) != L1T_OK)
        return L1T_OK; // nothing to compare with is no error
    const enum l1t_err err = l1t_curve_load_digest(&r->published[i], path, r->p.digest, &r->p.diag);
    free(path);
    return err;
}

static enum l1t_err make_results(struct arguments *a)
{
    struct l1t_efficiency_report *r = a->r;
    enum l1t_err err = L1T_OK;
    name_curves(r);
    for (size_t i = 0; i < r->spec.n_thresholds && err == L1T_OK; i++) {
        l1t_turn_on_make(&r->spec, &r->counts, i, &r->turn_on[i]);
        err = load_published(a, i);
    }
    return err;
}

// ---- all of it ----

static void show_progress(void *user, double done, double total)
{
    (void)total;
    l1t_progress_at(user, done);
}

static enum l1t_err count(struct arguments *a, struct l1t_calo_setup *setup)
{
    struct l1t_efficiency_report *r = a->r;
    struct l1t_progress progress;
    enum l1t_err err = l1t_calo_setup_load(a->config, a->luts, setup, &r->p.diag);
    if (err != L1T_OK)
        return err;
    l1t_digest_add(r->p.digest, "config", setup->digest, 64);
    l1t_progress_start(&progress, "events", (double)r->p.n);
    err = a->towers != NULL ? count_files(a, setup, &progress, show_progress)
                            : count_generated(a, setup, &progress, show_progress);
    l1t_progress_end(&progress);
    return err;
}

static enum l1t_err show(struct arguments *a)
{
    struct l1t_efficiency_report *r = a->r;
    bool figures = true;
    enum l1t_err err = L1T_OK;
    if (a->dir != NULL)
        err = l1t_efficiency_write(r, a->dir, &figures);
    if (err == L1T_OK)
        err = l1t_efficiency_print(r);
    if (err == L1T_OK && !figures)
        fprintf(stderr, "l1twin efficiency: no figures: gnuplot is not there or failed\n");
    if (err == L1T_OK && a->inject.real.out_of_range > 0)
        fprintf(stderr,
                "l1twin efficiency: %" PRIu64 " objects above 1000 GeV or |eta| 5 left out\n",
                a->inject.real.out_of_range);
    return err;
}

static int run(int argc, char **argv)
{
    static struct l1t_efficiency_report report; // large
    static struct l1t_calo_setup setup;
    struct arguments a = {.r = &report, .object = -1, .iso = -1};
    report.p = (struct l1t_physics){.n = 20000, .n_min = 1, .n_max = UINT64_C(1) << 39};
    l1t_inject_defaults(&a.inject);
    int code = l1t_physics_start(&report.p, &cmd_efficiency, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&report.p, L1T_OK);
        return code;
    }
    enum l1t_err err = count(&a, &setup);
    if (err == L1T_OK)
        err = make_results(&a);
    if (err == L1T_OK)
        err = show(&a);
    for (size_t i = 0; i < L1T_MAX_THRESHOLDS; i++)
        l1t_curve_free(&report.published[i]);
    l1t_inject_free(&a.inject);
    return l1t_physics_end(&report.p, err);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/gt_parts.h"
#include "cmd/scan_parts.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_scan = {
    .name = "scan",
    .group = "Physics",
    .summary = "rate and efficiency against threshold of any algorithm of a menu, in one pass",
    .usage =
        "usage: l1twin scan STUDY.yaml [options]\n"
        "\n"
        "Scans of the study's section `scans`, on its samples; or one algorithm:\n"
        "\n"
        "  --algorithm A      instead of the study's scans\n"
        "  --leg L[,L]        number, 'leading' or 'second', type ('tau'); two make a grid\n"
        "                     (default: all legs of the first type, their differences stay)\n"
        "  --from X[,X]       GeV (default: half of the menu's threshold)\n"
        "  --to X[,X]         GeV (default: twice the menu's threshold)\n"
        "  --step X[,X]       GeV (default 1)\n" L1T_PHYSICS_USAGE "\n"
        "code     of the hardware; threshold: its lower edge; offline: 95 % point of a curve\n"
        "rate     before the algorithm's prescale; below: 84 % upper limit where nothing was seen\n"
        "unique   no other algorithm of the menu keeps the crossing (expected prescales)\n"
        "An algorithm whose rate need not fall with the threshold is refused.\n"
        "\n"
        "  l1twin scan study.yaml --algorithm L1_DoubleMu_15_7 --from 8 --to 24\n",
    .options = "--algorithm --leg --from --to --step --threads --format --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    const char *study, *algorithm;
    size_t n_legs, n[3];
    char leg[L1T_SCAN_AXES][64];
    double range[3][L1T_SCAN_AXES]; // from, to, step
};

static const struct option long_options[] = {L1T_PHYSICS_OPTIONS,
                                             {"algorithm", required_argument, NULL, 'a'},
                                             {"leg", required_argument, NULL, 'l'},
                                             {"from", required_argument, NULL, 'A'},
                                             {"to", required_argument, NULL, 'B'},
                                             {"step", required_argument, NULL, 'C'},
                                             {NULL, 0, NULL, 0}};

static int take_legs(struct arguments *a)
{
    const char *rest = optarg;
    char word[64];
    a->n_legs = 0;
    while (l1t_cmd_next_word(&rest, word, sizeof word)) {
        if (a->n_legs == L1T_SCAN_AXES || word[0] == '\0')
            return l1t_cmd_usage(&cmd_scan, "--leg: '%.40s'; expected one leg or two", optarg);
        memcpy(a->leg[a->n_legs++], word, sizeof word);
    }
    return 0;
}

static int take_range(struct arguments *a, unsigned which, const char *option)
{
    const char *rest = optarg;
    char word[64];
    a->n[which] = 0;
    while (l1t_cmd_next_word(&rest, word, sizeof word)) {
        if (a->n[which] == L1T_SCAN_AXES)
            return l1t_cmd_usage(&cmd_scan, "%s: '%.40s' has more than two values", option, optarg);
        const int code = l1t_cmd_double(&cmd_scan, option, word, which == 2 ? 1e-3 : 0, 65535,
                                        &a->range[which][a->n[which]++]);
        if (code != 0)
            return code;
    }
    return 0;
}

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *const a = to;
    switch (opt) {
    case 'a':
        a->algorithm = optarg;
        return 0;
    case 'l':
        return take_legs(a);
    case 'A':
        return take_range(a, 0, "--from");
    case 'B':
        return take_range(a, 1, "--to");
    case 'C':
        return take_range(a, 2, "--step");
    case 's':
    case 'n':
    case 'S':
        return l1t_cmd_usage(&cmd_scan, "the study says seeds, events and spectra");
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    const int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, a);
    if (code != 0)
        return code;
    if (argc - optind != 1)
        return l1t_cmd_usage(&cmd_scan, "expected one study, found %d", argc - optind);
    if (a->algorithm == NULL && a->n_legs + a->n[0] + a->n[1] + a->n[2] > 0)
        return l1t_cmd_usage(&cmd_scan, "--leg, --from, --to and --step go with --algorithm");
    a->study = argv[optind];
    return 0;
}

// ---- what was asked for ----

static double or_default(const struct arguments *a, unsigned which, size_t axis, double otherwise)
{
    if (a->n[which] == 0)
        return otherwise;
    return a->range[which][a->n[which] > axis ? axis : 0];
}

// Half to twice the menu's threshold, on multiples of the step.
static void fill_range(const struct arguments *a, const struct l1t_study_opened *o,
                       const struct l1t_scan_axis *axis, size_t i, size_t algorithm, double *from,
                       double *to, double *step)
{
    struct l1t_scan *scan = NULL;
    double nominal = 20;
    if (l1t_scan_make(o->menu, algorithm, axis, 1, &scan, NULL) == L1T_OK)
        nominal = fmax(1, l1t_study_gev(o, axis->type, l1t_scan_nominal(scan, 0)));
    l1t_scan_free(scan);
    *step = or_default(a, 2, i, 1);
    *from = or_default(a, 0, i, floor(nominal / 2));
    *to = or_default(a, 1, i, ceil(2 * nominal));
}

static enum l1t_err ask_one(struct l1t_scans *scans, const struct arguments *a,
                            struct l1t_diag *diag)
{
    struct l1t_study_scan one = {.algorithm = a->algorithm,
                                 .n_axes = a->n_legs > 1 ? a->n_legs : 1};
    const struct l1t_study_opened *const o = scans->opened;
    size_t algorithm = 0;
    enum l1t_err err = l1t_study_opened_find(o, one.algorithm, NULL, &algorithm, diag);
    for (size_t i = 0; err == L1T_OK && i < one.n_axes; i++) {
        struct l1t_scan_axis axis;
        one.leg[i] = i < a->n_legs ? a->leg[i] : NULL;
        err = l1t_scan_axis_of(o->menu, algorithm, one.leg[i], &axis, diag);
        if (err == L1T_OK)
            fill_range(a, o, &axis, i, algorithm, &one.from[i], &one.to[i], &one.step[i]);
        if (err == L1T_OK && one.from[i] > one.to[i])
            err = l1t_fail(diag, L1T_E_USAGE, "--from %g is above --to %g", one.from[i], one.to[i]);
    }
    return err == L1T_OK ? l1t_scans_ask(scans, &one, diag) : err;
}

static enum l1t_err ask_all(struct l1t_scans *scans, const struct arguments *a,
                            struct l1t_diag *diag)
{
    const struct l1t_rate_study *const rate = &scans->opened->rate;
    enum l1t_err err = L1T_OK;
    if (a->algorithm != NULL)
        return ask_one(scans, a, diag);
    if (rate->n_scans == 0)
        return l1t_fail(diag, L1T_E_USAGE,
                        "%s: no section 'scans'; add one, or name an --algorithm", a->study);
    for (size_t i = 0; err == L1T_OK && i < rate->n_scans; i++)
        err = l1t_scans_ask(scans, &rate->scan[i], diag);
    return err;
}

// Curves of the study's spectra, or of the default ones; without any there is no offline column.
static void load_curves(struct l1t_scans *scans, struct arguments *a)
{
    struct l1t_spectra *const s = calloc(1, sizeof *s);
    struct l1t_diag diag;
    if (s != NULL && l1t_cmd_spectra(scans->opened->study.spectra, s, a->p.digest, &diag) == L1T_OK)
        scans->spectra = s;
    else
        free(s);
}

static enum l1t_err scan_study(struct arguments *a)
{
    static struct l1t_study_opened opened; // large
    static struct l1t_scans scans;
    scans.opened = &opened;
    enum l1t_err err = l1t_study_opened_load(&opened, a->study, NULL, (unsigned)a->p.threads,
                                             a->p.digest, &a->p.diag);
    a->p.seed = (uint64_t)opened.study.seed;
    if (err == L1T_OK && opened.missing_pileup > 0)
        fprintf(stderr,
                "l1twin scan: warning: pile-up: %.2g %% of the target lies where a sample has no "
                "crossing; the rest was scaled up for it\n",
                100 * opened.missing_pileup);
    if (err == L1T_OK)
        err = ask_all(&scans, a, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_scans_run(&scans, (unsigned)a->p.threads, &a->p.diag);
    if (err == L1T_OK) {
        load_curves(&scans, a);
        err = l1t_scan_print(&a->p, &scans, l1t_gt_for_people(&a->p));
    }
    l1t_scans_close(&scans);
    l1t_study_opened_close(&opened);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.p = {.n = 0}};
    int code = l1t_physics_start(&a.p, &cmd_scan, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    return l1t_physics_end(&a.p, scan_study(&a));
}

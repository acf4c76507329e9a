// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/physics.h"

#include <math.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_predict = {
    .name = "predict",
    .group = "Physics",
    .summary = "rates of a menu from calibrated spectra: Monte Carlo beside closed form",
    .usage =
        "usage: l1twin predict MENU.yaml [options]\n"
        "\n"
        "  --spectra FILE     calibrated processes (default " L1T_DEFAULT_SPECTRA ")\n"
        "  --n N              filled crossings to generate (default 2e7)\n"
        "  --seed S           default 1\n"
        "  --curves           rate against threshold of every calibrated object, from the same "
        "pass\n" L1T_PHYSICS_USAGE "\n"
        "rate      after the prescale counter, in event order; expected: before, over the "
        "prescale\n"
        "closed    the same without Monte Carlo; pull: their difference in standard deviations\n"
        "pure      no other seed accepted the crossing; proportional: 1/k where k seeds did\n"
        "below     84 % upper limit of the rate where nothing was seen\n"
        "A threshold below the calibrated range is refused; one above it is marked.\n"
        "\n"
        "  l1twin predict configs/menus/run2_small.yaml --n 1e8\n",
    .options = "--spectra --n --seed --curves --threads --format --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    const char *menu;
    int curves;
};

static const struct option long_options[] = {
    L1T_PHYSICS_OPTIONS, {"curves", no_argument, NULL, 'c'}, {NULL, 0, NULL, 0}};

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'c':
        a->curves = 1;
        return 0;
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
        return l1t_cmd_usage(&cmd_predict, "expected one menu, found %d", argc - optind);
    a->menu = argv[optind];
    return 0;
}

static const struct l1t_column rate_columns[] = {
    {"seed", "", L1T_CELL_TEXT, 0},       {"prescale", "", L1T_CELL_REAL, 5},
    {"rate", "kHz", L1T_CELL_REAL, 5},    {"error", "kHz", L1T_CELL_REAL, 2},
    {"below", "kHz", L1T_CELL_REAL, 3},   {"expected", "kHz", L1T_CELL_REAL, 5},
    {"closed", "kHz", L1T_CELL_REAL, 5},  {"pull", "", L1T_CELL_REAL, 3},
    {"calibrated", "", L1T_CELL_TEXT, 0},
};

static const struct l1t_column share_columns[] = {
    {"seed", "", L1T_CELL_TEXT, 0},
    {"pure", "kHz", L1T_CELL_REAL, 4},
    {"pure_err", "kHz", L1T_CELL_REAL, 2},
    {"proportional", "kHz", L1T_CELL_REAL, 4},
    {"proportional_err", "kHz", L1T_CELL_REAL, 2},
};

static void seed_rows(struct l1t_table *rates, struct l1t_table *shares,
                      const struct l1t_menu *menu, const struct l1t_prediction *r)
{
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_seed_rate *s = &r->seed[i];
        l1t_table_text(rates, menu->seed[i].name);
        l1t_table_real(rates, menu->seed[i].prescale);
        l1t_table_real(rates, s->rate_khz);
        l1t_table_real(rates, s->err);
        l1t_table_real(rates, s->upper_khz);
        l1t_table_real(rates, s->expected_khz);
        l1t_table_real(rates, s->closed_khz);
        l1t_table_real(rates, s->pull);
        l1t_table_text(rates, s->extrapolated ? "no" : "yes");
        l1t_table_text(shares, menu->seed[i].name);
        l1t_table_real(shares, s->pure_khz);
        l1t_table_real(shares, s->pure_err);
        l1t_table_real(shares, s->proportional_khz);
        l1t_table_real(shares, s->proportional_err);
    }
}

static const struct l1t_column total_columns[] = {
    {"total", "", L1T_CELL_TEXT, 0},
    {"rate", "kHz", L1T_CELL_REAL, 5},
    {"error", "kHz", L1T_CELL_REAL, 2},
    {"below", "kHz", L1T_CELL_REAL, 3},
};

static void total_row(struct l1t_table *t, const char *name, double rate, double err, double below)
{
    l1t_table_text(t, name);
    l1t_table_real(t, rate);
    l1t_table_real(t, err);
    l1t_table_real(t, below);
}

static void total_rows(struct l1t_table *t, const struct l1t_prediction *r)
{
    // 1.84 crossings, the 84 % upper limit of none
    const double limit = 1.84e-3 / r->live_seconds;
    const int seen = r->accepted > 0;
    total_row(t, "at least one seed, counters", r->total_khz, seen ? r->total_err : NAN,
              seen ? NAN : limit);
    total_row(t, "at least one seed, expected prescales", r->expected_total_khz,
              r->expected_total_khz > 0 ? r->expected_total_err : NAN,
              r->expected_total_khz > 0 ? NAN : limit);
    total_row(t, "closed form, one process at a time", r->closed_total_khz, NAN, NAN);
    total_row(t, "crossings of two or more processes", r->coincidence_khz, NAN, NAN);
    total_row(t, "sum of the seeds", r->sum_khz, NAN, NAN);
    total_row(t, "budget", r->budget_khz, NAN, NAN);
    total_row(t, "budget - rate", r->margin_khz, seen ? r->total_err : NAN, NAN);
}

static const struct l1t_column curve_columns[] = {
    {"object", "", L1T_CELL_TEXT, 0},       {"objects", "", L1T_CELL_INT, 0},
    {"threshold", "GeV", L1T_CELL_REAL, 6}, {"rate", "kHz", L1T_CELL_REAL, 5},
    {"error", "kHz", L1T_CELL_REAL, 2},     {"closed", "kHz", L1T_CELL_REAL, 5},
    {"calibrated", "", L1T_CELL_TEXT, 0},
};

static void curve_rows(struct l1t_table *t, const struct l1t_prediction *r)
{
    for (size_t k = 0; k < r->n_curves; k++) {
        const struct l1t_rate_curve *c = &r->curve[k];
        for (size_t i = 0; i < c->n; i++) {
            l1t_table_text(t, l1t_object_names[c->object]);
            l1t_table_int(t, c->legs);
            l1t_table_real(t, c->threshold_gev[i]);
            l1t_table_real(t, c->rate_khz[i]);
            l1t_table_real(t, c->err[i]);
            l1t_table_real(t, c->closed_khz[i]);
            l1t_table_text(t, c->threshold_gev[i] <= c->calibrated_to_gev ? "yes" : "no");
        }
    }
}

#define COLUMNS(array) array, sizeof(array) / sizeof(array)[0]

static enum l1t_err print(struct arguments *a, const struct l1t_menu *menu,
                          const struct l1t_processes *p, const struct l1t_prediction *r)
{
    char title[300];
    (void)snprintf(title, sizeof title,
                   "%s: %llu crossings (%.4g s of beam) at %.3g cm-2 s-1, pile-up %.3g, %lld "
                   "bunches",
                   menu->name, (unsigned long long)r->crossings, r->live_seconds,
                   p->beam.luminosity, p->beam.pileup, p->beam.bunches);
    struct l1t_table *t[4] = {
        l1t_physics_table(&a->p, title, COLUMNS(rate_columns)),
        l1t_physics_table(&a->p, "alone and shared", COLUMNS(share_columns)),
        l1t_physics_table(&a->p, "total", COLUMNS(total_columns)),
        l1t_physics_table(&a->p, "rate against threshold", COLUMNS(curve_columns))};
    enum l1t_err err = L1T_E_NOMEM;
    if (t[0] != NULL && t[1] != NULL && t[2] != NULL && t[3] != NULL) {
        seed_rows(t[0], t[1], menu, r);
        total_rows(t[2], r);
        if (a->curves)
            curve_rows(t[3], r);
        err = l1t_physics_print(&a->p, t, a->curves ? 4 : 3);
    }
    for (int i = 0; i < 4; i++)
        l1t_table_free(t[i]);
    return err;
}

static void show_progress(void *user, double done, double total)
{
    (void)total;
    l1t_progress_at(user, done);
}

static enum l1t_err predict_rates(struct arguments *a, const struct l1t_menu *menu,
                                  const struct l1t_processes *processes,
                                  struct l1t_prediction *prediction)
{
    struct l1t_progress bar;
    const struct l1t_predict_progress progress = {show_progress, &bar};
    l1t_progress_start(&bar, "crossings", (double)a->p.n);
    const enum l1t_err err = l1t_predict(menu, processes, a->p.seed, a->p.n, (unsigned)a->p.threads,
                                         &progress, prediction, &a->p.diag);
    l1t_progress_end(&bar);
    return err;
}

static enum l1t_err predict(struct arguments *a)
{
    static struct l1t_spectra spectra; // large
    static struct l1t_menu menu;
    struct l1t_processes processes;
    struct l1t_prediction prediction;
    enum l1t_err err = l1t_menu_load(&menu, a->menu, a->p.digest, &a->p.diag);
    if (err == L1T_OK)
        err = l1t_physics_spectra(&a->p, &spectra);
    if (err != L1T_OK)
        return err;
    err = l1t_spectra_processes(&spectra, &processes, &a->p.diag);
    if (err == L1T_OK) {
        err = predict_rates(a, &menu, &processes, &prediction);
        if (err == L1T_OK) {
            err = print(a, &menu, &processes, &prediction);
            l1t_prediction_free(&prediction);
        } else {
            (void)l1t_fail_at(&a->p.diag, err, "%s", a->menu);
        }
        l1t_processes_free(&processes);
    }
    l1t_spectra_free(&spectra);
    return err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {.p = {.n = 20000000, .n_min = 1, .n_max = UINT64_C(1) << 53}};
    int code = l1t_physics_start(&a.p, &cmd_predict, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    return l1t_physics_end(&a.p, predict(&a));
}

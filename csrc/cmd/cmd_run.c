// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/cmd.h"
#include "l1t/clock.h"
#include "l1t/io.h"
#include "l1t/rates.h"
#include "l1t/report.h"
#include "l1t/rng.h"
#include "l1t/run.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_run = {
    .name = "run",
    .group = "Work",
    .summary = "run a study: spectra, menu rates, co-simulation, one report",
    .usage =
        "usage: l1twin run STUDY.yaml [options]\n"
        "\n"
        "  -o, --output DIR    where the report goes (default build/NAME of the study)\n"
        "  --seed S            instead of the study's seed\n"
        "  --threads T         instead of one for each processor; results do not depend on it\n"
        "  --events N          crossings generated for the rates\n"
        "  --cosim-events N    events through the twins\n"
        "  --no-cosim          do not compare the twins\n"
        "  --strict            exit with 1 when the menu is over its budget\n"
        "  --fault K           switch an injected fault of the RTL on (l1twin-faulty)\n"
        "\n"
        "Fits the spectra that explain the published shares, predicts the rates of the study's\n"
        "menu, compares the twins, and writes into DIR: report.html (one file, for people),\n"
        "a CSV for each table, results.json (every number) and timing.json.\n"
        "Exit 0: done; 1: the twins differ (or, with --strict, the budget is exceeded).\n"
        "\n"
        "  l1twin run configs/studies/run2.yaml\n"
        "  l1twin run configs/studies/run2.yaml --events 1e6 --no-cosim -o quick\n",
    .options = "--output --seed --threads --events --cosim-events --no-cosim --strict --fault",
    .run = run,
};

struct arguments {
    const char *study, *output;
    uint64_t seed, threads, events, cosim_events, fault;
    bool seed_given, no_cosim, strict;
};

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'o':
        a->output = optarg;
        return 0;
    case 's':
        a->seed_given = true;
        return l1t_cmd_u64(&cmd_run, "--seed", optarg, 0, L1T_SEED_MAX, &a->seed);
    case 't':
        return l1t_cmd_u64(&cmd_run, "--threads", optarg, 1, 1024, &a->threads);
    case 'e':
        return l1t_cmd_u64(&cmd_run, "--events", optarg, 1000, 1000000000000, &a->events);
    case 'c':
        return l1t_cmd_u64(&cmd_run, "--cosim-events", optarg, 1, 1000000000, &a->cosim_events);
    case 'n':
        a->no_cosim = true;
        return 0;
    case 'S':
        a->strict = true;
        return 0;
    case 'f':
        return l1t_cmd_u64(&cmd_run, "--fault", optarg, 0, 100000, &a->fault);
    default:
        return l1t_cmd_bad_option(&cmd_run, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                            {"seed", required_argument, NULL, 's'},
                                            {"threads", required_argument, NULL, 't'},
                                            {"events", required_argument, NULL, 'e'},
                                            {"cosim-events", required_argument, NULL, 'c'},
                                            {"no-cosim", no_argument, NULL, 'n'},
                                            {"strict", no_argument, NULL, 'S'},
                                            {"fault", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    const int code = l1t_cmd_options(argc, argv, 1, options, take_option, a);
    if (code != 0)
        return code;
    if (optind + 1 != argc || argv[optind] == NULL)
        return l1t_cmd_usage(
            &cmd_run,
            optind == argc
                ? "which study? give one YAML file, for instance configs/studies/run2.yaml"
                : "more than one study; give one YAML file");
    if (a->no_cosim && a->cosim_events > 0)
        return l1t_cmd_usage(&cmd_run, "--no-cosim and --cosim-events contradict each other");
    a->study = argv[optind];
    return 0;
}

// How to get the same bytes again: the study as it was given, and all that decides a result.
static void remember(const struct arguments *a, struct l1t_run *job)
{
    const struct l1t_study *study = &job->study;
    char *text = job->command;
    const size_t size = sizeof job->command;
    l1t_cmd_append(text, size, "l1twin run %s --seed %lld --events %lld", a->study, study->seed,
                   study->events);
    if (study->cosim.on)
        l1t_cmd_append(text, size, " --cosim-events %lld", study->cosim.events);
    else
        l1t_cmd_append(text, size, " --no-cosim");
    if (a->fault > 0)
        l1t_cmd_append(text, size, " --fault %u", (unsigned)a->fault);
}

// The command line wins over the file; what it changed is in the provenance's command.
static void apply(const struct arguments *a, struct l1t_run *job)
{
    struct l1t_study *study = &job->study;
    if (a->seed_given)
        study->seed = (long long)a->seed;
    if (a->threads > 0)
        study->threads = (long long)a->threads;
    if (a->events > 0)
        study->events = (long long)a->events;
    if (a->cosim_events > 0)
        study->cosim.events = (long long)a->cosim_events;
    if (a->no_cosim)
        study->cosim.on = false;
    remember(a, job);
}

struct bar {
    struct l1t_progress progress;
    char what[40];
};

static void show_progress(void *user, const char *what, double done, double total)
{
    struct bar *bar = user;
    if (strcmp(bar->what, what) != 0) {
        l1t_progress_end(&bar->progress);
        snprintf(bar->what, sizeof bar->what, "%s", what);
        l1t_progress_start(&bar->progress, bar->what, total);
    }
    l1t_progress_at(&bar->progress, done);
}

static void print_spectra(const struct l1t_run *job)
{
    printf("\nSpectra from shares    share   slope 1/GeV   mean GeV   reachable\n");
    for (int o = 0; o < L1T_OBJECTS; o++) {
        const struct l1t_run_object *object = &job->object[o];
        printf("  %-18s %6.1f %%   %11.6f   %8.1f    %6.1f %%\n", object->name, 100 * object->share,
               object->lambda, 1 / object->lambda, 100 * object->fit.max_accepted);
    }
    printf(
        "Event score            accuracy %.4f (classifier), %.4f (best cut), area under ROC %.4f\n",
        job->scores.svm.accuracy, job->scores.separation.best_accuracy, job->scores.separation.auc);
}

static void print_menu(const struct l1t_run *job)
{
    const struct l1t_prediction *p = &job->prediction;
    printf("\nMenu %-28.28s prescale   rate kHz      +-     pure kHz   proportional    %%\n",
           job->menu.name);
    for (size_t i = 0; i < p->n_seeds; i++) {
        const struct l1t_seed_rate *rate = &p->seed[i];
        char measured[40];
        if (isnan(rate->err))
            snprintf(measured, sizeof measured, "       < %-7.3g", rate->upper_khz);
        else
            snprintf(measured, sizeof measured, "%8.3f %7.3f", rate->rate_khz, rate->err);
        printf("  %-31.31s %8.4g   %-16s   %10.3f   %12.3f  %4.1f\n", job->menu.seed[i].name,
               job->menu.seed[i].prescale, measured, rate->pure_khz, rate->proportional_khz,
               p->total_khz > 0 ? 100 * rate->proportional_khz / p->total_khz : 0);
    }
    printf("  %-31s            %8.3f %7.3f\n", "total", p->total_khz, p->total_err);
    if (isfinite(p->margin_khz))
        printf("Budget                 %g kHz: %.1f %% used, %.2f kHz %s\n", p->budget_khz,
               100 * p->total_khz / p->budget_khz, fabs(p->margin_khz),
               p->margin_khz < 0 ? "TOO MUCH" : "to spare");
}

static void print_summary(const struct l1t_run *job, const char *dir)
{
    printf("%.98s\n", job->study.title);
    print_spectra(job);
    print_menu(job);
    putchar('\n');
    if (job->gt.menu != NULL)
        printf("Global trigger         %.40s: %zu algorithms, final OR in %llu of %llu crossings\n",
               job->gt.menu->name, job->gt.menu->n, (unsigned long long)job->gt.finor,
               (unsigned long long)job->gt.crossings);
    if (job->costs != NULL) {
        const struct l1t_rates_column *column = &job->costs->column[job->costs->focus];
        const struct l1t_rate *total = &column->total[L1T_TALLY_EXACT];
        printf("Menu costs             %.40s: %.2f +- %.2f kHz in column %.20s\n",
               job->costs->menu->name, total->hz / 1e3, total->err / 1e3, column->name);
    }
    printf("Twins                  %.75s\n",
           job->cosim.ran ? job->cosim.result.verdict : "not compared");
    printf("Report                 %s/report.html\n", dir);
}

// Speeds are talk, not results: stderr, and timing.json for later.
static void print_speed(const struct l1t_run *job)
{
    const struct l1t_run_timing *t = &job->timing;
    fprintf(stderr, "l1twin run: fits %.2f s, scores %.2f s, rates %.2f s (%.3g crossings/s)",
            t->fits, t->scores, t->rates,
            t->rates > 0 ? (double)job->prediction.crossings / t->rates : 0.0);
    if (job->n_turn_ons > 0) {
        const double events = (double)job->n_turn_ons * (double)job->study.efficiency.events;
        fprintf(stderr, ", turn-on curves %.2f s (%.3g events/s)", t->efficiency,
                t->efficiency > 0 ? events / t->efficiency : 0.0);
    }
    if (job->gt.menu != NULL)
        fprintf(stderr, ", global trigger %.2f s (%.3g crossings/s)", t->gt,
                t->gt > 0 ? (double)job->gt.crossings / t->gt : 0.0);
    if (job->costs != NULL)
        fprintf(stderr, ", menu costs %.2f s", t->costs);
    if (job->cosim.ran)
        fprintf(stderr, ", co-simulation %.2f s (%.3g events/s)", t->cosim,
                t->cosim > 0 ? (double)job->cosim.result.events / t->cosim : 0.0);
    fprintf(stderr, ", report %.2f s\n", t->report);
}

// Numbers first: they are there even when gnuplot is not.
static enum l1t_err write_results(struct l1t_run *job, const char *dir, struct l1t_diag *diag)
{
    const double start = l1t_seconds();
    enum l1t_err err = l1t_make_dir(dir, diag);
    if (err == L1T_OK)
        err = l1t_report_tables(job, dir, diag);
    if (err == L1T_OK)
        err = l1t_report_html(job, dir, diag);
    job->timing.report = l1t_seconds() - start;
    if (err == L1T_OK)
        err = l1t_report_timing(job, dir, diag);
    return err;
}

static int exit_code(const struct l1t_run *job, const struct arguments *a)
{
    const struct l1t_cosim_result *result = &job->cosim.result;
    if (job->cosim.ran && (result->differing_events > 0 || result->problems > 0)) {
        fprintf(stderr, "l1twin run: the twins differ: %s\n", result->verdict);
        return l1t_err_exit(L1T_E_DIFF);
    }
    if (job->prediction.margin_khz < 0) {
        fprintf(stderr, "l1twin run: the menu is %.2f kHz over its budget of %g kHz\n",
                -job->prediction.margin_khz, job->prediction.budget_khz);
        return a->strict ? l1t_err_exit(L1T_E_DIFF) : 0;
    }
    return 0;
}

// Before anything is computed: a fault that is not there must not pass.
static enum l1t_err check_fault(const struct arguments *a, const struct l1t_study *study,
                                struct l1t_diag *diag)
{
    if (a->fault == 0)
        return L1T_OK;
    if (!study->cosim.on)
        return l1t_fail(diag, L1T_E_USAGE, "--fault: this run does not compare the twins");
    const struct l1t_dut_ops *ops = l1t_dut_find(l1t_dut_list, study->cosim.twin);
    return ops != NULL ? l1t_dut_check_fault(ops, (unsigned)a->fault, diag) : L1T_OK;
}

static enum l1t_err work(const struct arguments *a, struct l1t_run *job, const char *dir,
                         struct l1t_diag *diag)
{
    struct bar bar = {.what = ""};
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const struct l1t_run_options options = {
        .duts = l1t_dut_list,
        .work_dir = dir,
        .threads = job->study.threads > 0 ? (unsigned)job->study.threads
                                          : (unsigned)(processors > 0 ? processors : 1),
        .fault = (unsigned)a->fault,
        .progress = show_progress,
        .user = &bar};
    const enum l1t_err err = l1t_run(job, &options, diag);
    l1t_progress_end(&bar.progress);
    return err == L1T_OK ? write_results(job, dir, diag) : err;
}

// The folder of the report: as asked, or build/NAME; the caller frees it.
static char *make_dir_name(const struct arguments *a, const struct l1t_study *study)
{
    const char *parent = a->output != NULL ? "" : "build/";
    const char *name = a->output != NULL ? a->output : study->name;
    const size_t size = strlen(parent) + strlen(name) + 1;
    char *dir = malloc(size);
    if (dir != NULL)
        (void)snprintf(dir, size, "%s%s", parent, name);
    return dir;
}

static enum l1t_err load(const struct arguments *a, struct l1t_run *job, char **dir,
                         struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_study_load(&job->study, a->study, diag);
    if (err != L1T_OK)
        return err;
    if (a->cosim_events > 0 && !job->study.cosim.on)
        return l1t_fail(diag, L1T_E_USAGE, "--cosim-events: study '%s' has no cosim section",
                        job->study.name);
    *dir = make_dir_name(a, &job->study);
    return *dir != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static int run(int argc, char **argv)
{
    struct arguments a = {.study = ""};
    struct l1t_diag diag = {""};
    char *dir = NULL;
    int code = parse(argc, argv, &a);
    struct l1t_run *job = code == 0 ? calloc(1, sizeof *job) : NULL;
    if (job == NULL)
        return code != 0 ? code : l1t_cmd_fail(&cmd_run, L1T_E_NOMEM, NULL);
    enum l1t_err err = load(&a, job, &dir, &diag);
    if (err == L1T_OK) {
        apply(&a, job);
        err = check_fault(&a, &job->study, &diag);
    }
    if (err == L1T_OK)
        err = work(&a, job, dir, &diag);
    if (err == L1T_OK) {
        print_summary(job, dir);
        print_speed(job);
        code = exit_code(job, &a);
    } else {
        code = l1t_cmd_fail(&cmd_run, err, &diag);
    }
    l1t_run_free(job);
    free(job);
    free(dir);
    return code;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/cmd.h"
#include "cmd/cosim_gt.h"
#include "cmd/luts.h"
#include "l1t/cosim.h"
#include "l1t/io.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_cosim = {
    .name = "cosim",
    .group = "Hardware",
    .summary = "compare a Verilated twin with its C twin, stage by stage",
    .usage =
        "usage: l1twin cosim PATH [options]\n"
        "       l1twin cosim gt --menu MENU --rtl DIR [options]\n"
        "\n"
        "  PATH               the twins, for instance jet; without it, those there are are named\n"
        "  --events FILE      events, '-' for stdin, or 'generator' (default)\n"
        "  --n N              number of events (default: generator 1000, file all)\n"
        "  --skip K           leave out the first K\n"
        "  --seed S           of generator, gaps and resets (default 1)\n"
        "  --config YAML      configuration (default: of configs/paths, by the twin)\n"
        "  --luts DIR         folder of the table files that the configuration names\n"
        "  --gaps WHERE       idle clocks: none (default), between, inside, all\n"
        "  --reset-every K    a reset in the middle of every K-th event\n"
        "  --max-diffs N      describe, and stop after, N differing events (default 5)\n"
        "  --keep-going       do not stop; count them all\n"
        "  --reproducer FILE  events that show the first difference (default\n"
        "                     cosim_PATH.txt; 'none' for no file)\n"
        "  --wave FILE.fst    waveform (program l1twin-wave, make wave)\n"
        "  --mem-dir DIR      keep the memory images there\n"
        "  --fault K          switch an injected fault on (l1twin-faulty)\n"
        "  --format F         table, tsv, csv or json\n"
        "  --timing           speeds as one more table, instead of on stderr\n"
        "\n"
        "gt, a menu that 'menu rtl' wrote to DIR and tools/gt_dut.sh built:\n"
        "  --menu MENU        what the RTL was made of\n"
        "  --rtl DIR          memory images, and l1t_gt_menu.so\n"
        "  --dut FILE.so      another one than that\n"
        "  --events FILE      test vectors, or 'generator': at the menu's thresholds (default)\n"
        "  --n --seed --mem-dir --fault --keep-going --format --timing, as above\n"
        "\n"
        "Both twins get the same events; every record of every stage is compared, strobes are\n"
        "counted and latencies measured. Exit 0: equal, 1: a difference, which is described.\n"
        "\n"
        "  l1twin cosim jet --n 10000\n"
        "  l1twin cosim jet --events towers.txt.gz --config configs/paths/jet_2018.yaml --luts "
        "DIR\n"
        "  l1twin cosim jet --n 2000 --gaps all --reset-every 50 --seed 7\n",
    .options =
        "--events --n --skip --seed --config --luts --gaps --reset-every --max-diffs --keep-going "
        "--reproducer --wave --mem-dir --fault --format --timing --menu --rtl --dut",
    .run = run,
};

struct arguments {
    struct l1t_cosim_options cosim;
    const char *config, *luts;
    enum l1t_format format;
    bool n_given, timing;
    char reproducer[128], more[8400];
    char command[200]; // for the provenance
};

static int parse_gaps(const char *text, enum l1t_cosim_gaps *gaps)
{
    static const char *const word[] = {"none", "between", "inside", "all"};
    for (unsigned i = 0; i < 4; i++)
        if (strcmp(text, word[i]) == 0) {
            *gaps = (enum l1t_cosim_gaps)i;
            return 0;
        }
    return l1t_cmd_usage(&cmd_cosim, "--gaps '%s': none, between, inside or all", text);
}

static int parse_number(const char *option, uint64_t min, uint64_t max, uint64_t *value)
{
    return l1t_cmd_u64(&cmd_cosim, option, optarg, min, max, value);
}

static int parse_unsigned(const char *option, uint64_t min, uint64_t max, unsigned *value)
{
    uint64_t wide;
    const int code = parse_number(option, min, max, &wide);
    if (code == 0)
        *value = (unsigned)wide;
    return code;
}

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    struct l1t_cosim_options *o = &a->cosim;
    switch (opt) {
    case 'e':
        o->events = optarg;
        return 0;
    case 'n':
        a->n_given = true;
        return parse_number("--n", 1, UINT64_MAX - 1, &o->n);
    case 'k':
        return parse_number("--skip", 0, UINT64_MAX >> 12, &o->skip);
    case 's':
        return parse_number("--seed", 0, UINT64_MAX, &o->seed);
    case 'c':
        a->config = optarg;
        return 0;
    case 'l':
        a->luts = optarg;
        return 0;
    case 'g':
        return parse_gaps(optarg, &o->gaps);
    case 'r':
        return parse_number("--reset-every", 1, UINT64_MAX, &o->reset_every);
    case 'd':
        return parse_unsigned("--max-diffs", 1, 1000000, &o->max_diffs);
    case 'K':
        o->keep_going = true;
        return 0;
    case 'R':
        o->reproducer = optarg;
        return 0;
    case 'w':
        o->wave = optarg;
        return 0;
    case 'm':
        o->mem_dir = optarg;
        return 0;
    case 'f':
        return parse_unsigned("--fault", 0, 100000, &o->fault);
    case 'T':
        a->timing = true;
        return 0;
    case 'F':
        return l1t_cmd_format(&cmd_cosim, optarg, &a->format);
    default:
        return l1t_cmd_bad_option(&cmd_cosim, opt, argv);
    }
}

static const struct option long_options[] = {{"events", required_argument, NULL, 'e'},
                                             {"n", required_argument, NULL, 'n'},
                                             {"skip", required_argument, NULL, 'k'},
                                             {"seed", required_argument, NULL, 's'},
                                             {"config", required_argument, NULL, 'c'},
                                             {"luts", required_argument, NULL, 'l'},
                                             {"gaps", required_argument, NULL, 'g'},
                                             {"reset-every", required_argument, NULL, 'r'},
                                             {"max-diffs", required_argument, NULL, 'd'},
                                             {"keep-going", no_argument, NULL, 'K'},
                                             {"reproducer", required_argument, NULL, 'R'},
                                             {"wave", required_argument, NULL, 'w'},
                                             {"mem-dir", required_argument, NULL, 'm'},
                                             {"fault", required_argument, NULL, 'f'},
                                             {"format", required_argument, NULL, 'F'},
                                             {"timing", no_argument, NULL, 'T'},
                                             {NULL, 0, NULL, 0}};

static int parse(int argc, char **argv, struct arguments *a, const struct l1t_twin **twin)
{
    l1t_cosim_defaults(&a->cosim);
    l1t_cmd_remember(a->command, sizeof a->command, argc, argv);
    int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, a);
    if (code != 0)
        return code;
    if (optind + 1 < argc)
        return l1t_cmd_usage(&cmd_cosim, "one path at a time, please");
    code = l1t_cmd_path(&cmd_cosim, argv[optind], twin);
    if (code != 0)
        return code;
    if (!a->n_given)
        a->cosim.n = strcmp(a->cosim.events, "generator") == 0 ? 1000 : UINT64_MAX;
    return 0;
}

// What the report's commands need besides the events.
static void complete_options(const struct l1t_twin *twin, struct arguments *a)
{
    char config[4096] = "", luts[4096] = "";
    if (a->config != NULL)
        (void)l1t_shell_word(a->config, config, sizeof config);
    if (a->luts != NULL)
        (void)l1t_shell_word(a->luts, luts, sizeof luts);
    snprintf(a->more, sizeof a->more, "%s%s%s%s", a->config != NULL ? " --config " : "", config,
             a->luts != NULL ? " --luts " : "", luts);
    a->cosim.more_options = a->more;
    if (a->cosim.reproducer == NULL) {
        snprintf(a->reproducer, sizeof a->reproducer, "cosim_%s.txt", twin->name);
        a->cosim.reproducer = a->reproducer;
    } else if (strcmp(a->cosim.reproducer, "none") == 0) {
        a->cosim.reproducer = NULL;
    }
}

// ---- tables ----

static struct l1t_table *stage_table(const struct l1t_cosim_result *r)
{
    static const struct l1t_column columns[] = {
        {"stage", "", L1T_CELL_TEXT, 0},      {"latency", "clocks", L1T_CELL_INT, 0},
        {"rows", "", L1T_CELL_INT, 0},        {"records", "", L1T_CELL_INT, 0},
        {"differences", "", L1T_CELL_INT, 0},
    };
    struct l1t_table *table = l1t_table_new("stages", columns, 5);
    for (size_t s = 0; table != NULL && s < r->n_stages; s++) {
        l1t_table_text(table, r->stage[s].name);
        l1t_table_int(table, r->stage[s].latency_min >= 0 ? r->stage[s].latency_max
                                                          : r->stage[s].latency_stated);
        l1t_table_int(table, (long long)r->stage[s].rows_seen);
        l1t_table_int(table, (long long)r->stage[s].records);
        l1t_table_int(table, (long long)r->stage[s].differing);
    }
    return table;
}

static struct l1t_table *coverage_table(const struct l1t_twin *twin,
                                        const struct l1t_cosim_result *r)
{
    static const struct l1t_column columns[] = {{"situation", "", L1T_CELL_TEXT, 0},
                                                {"events", "", L1T_CELL_INT, 0}};
    struct l1t_table *table = l1t_table_new("coverage", columns, 2);
    for (size_t i = 0; table != NULL && twin->cover_names[i] != NULL; i++) {
        l1t_table_text(table, twin->cover_names[i]);
        l1t_table_int(table, (long long)r->bins[i]);
    }
    return table;
}

static double rate(uint64_t events, double seconds)
{
    return seconds > 0 ? (double)events / seconds : NAN;
}

static struct l1t_table *summary_table(const struct l1t_twin *twin, const struct l1t_dut_ops *ops,
                                       const struct l1t_cosim_result *r)
{
    static const struct l1t_column columns[] = {
        {"path", "", L1T_CELL_TEXT, 0},    {"verdict", "", L1T_CELL_TEXT, 0},
        {"events", "", L1T_CELL_INT, 0},   {"differing", "", L1T_CELL_INT, 0},
        {"problems", "", L1T_CELL_INT, 0}, {"resets", "", L1T_CELL_INT, 0},
        {"clocks", "", L1T_CELL_INT, 0},   {"simulator", "", L1T_CELL_TEXT, 0},
    };
    struct l1t_table *table = l1t_table_new("co-simulation", columns, 8);
    if (table == NULL)
        return NULL;
    l1t_table_text(table, twin->name);
    l1t_table_text(table, r->differing_events == 0 && r->problems == 0 ? "PASS" : "FAIL");
    l1t_table_int(table, (long long)r->events);
    l1t_table_int(table, (long long)r->differing_events);
    l1t_table_int(table, (long long)r->problems);
    l1t_table_int(table, (long long)r->resets);
    l1t_table_int(table, (long long)r->clocks);
    l1t_table_text(table, ops->simulator);
    return table;
}

// Speeds differ from run to run: on stdout only when asked for. Making or reading the events is
// apart: the Verilated twin alone would need them as well.
struct speeds {
    double source, model, rtl, comparison, cost; // events/s; percent of the RTL's time
};

static struct speeds speeds_of(const struct l1t_cosim_result *r)
{
    const double all = r->seconds_model + r->seconds_dut + r->seconds_compare;
    return (struct speeds){rate(r->events, r->seconds_source), rate(r->events, r->seconds_model),
                           rate(r->events, r->seconds_dut), rate(r->events, all),
                           r->seconds_dut > 0 ? 100 * (all / r->seconds_dut - 1) : NAN};
}

static struct l1t_table *timing_table(const struct l1t_cosim_result *r)
{
    static const struct l1t_column columns[] = {
        {"source", "events/s", L1T_CELL_REAL, 3}, {"model", "events/s", L1T_CELL_REAL, 3},
        {"rtl", "events/s", L1T_CELL_REAL, 3},    {"comparison", "events/s", L1T_CELL_REAL, 3},
        {"cost", "%", L1T_CELL_REAL, 3},
    };
    const struct speeds s = speeds_of(r);
    struct l1t_table *table = l1t_table_new("timing", columns, 5);
    if (table == NULL)
        return NULL;
    l1t_table_real(table, s.source);
    l1t_table_real(table, s.model);
    l1t_table_real(table, s.rtl);
    l1t_table_real(table, s.comparison);
    l1t_table_real(table, s.cost);
    return table;
}

static void print_speeds(const struct l1t_cosim_result *r)
{
    const struct speeds s = speeds_of(r);
    fprintf(stderr,
            "l1twin cosim: events/s: source %.3g, model %.3g, RTL %.3g, comparison %.3g "
            "(costs %.1f %% on top of the RTL alone)\n",
            s.source, s.model, s.rtl, s.comparison, s.cost);
}

static enum l1t_err print_result(const struct l1t_twin *twin, const struct l1t_dut_ops *ops,
                                 const struct arguments *a, const void *config,
                                 const struct l1t_cosim_result *r, struct l1t_diag *diag)
{
    struct l1t_provenance provenance = {.version = l1t_version(), .seed = a->cosim.seed};
    twin->config_digest(config, provenance.config);
    memcpy(provenance.command, a->command, sizeof provenance.command);
    struct l1t_table *table[5] = {stage_table(r)};
    size_t n = 1;
    if (twin->cover != NULL)
        table[n++] = coverage_table(twin, r);
    if (twin->config_luts != NULL) {
        size_t n_luts = 0;
        const struct l1t_lut_note *luts = twin->config_luts(config, &n_luts);
        table[n++] = l1t_luts_table(luts, n_luts);
    }
    table[n++] = summary_table(twin, ops, r);
    if (a->timing)
        table[n++] = timing_table(r);
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; i < n; i++)
        if (table[i] == NULL)
            err = l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    if (err == L1T_OK)
        err = l1t_table_print(stdout, a->format, table, n, &provenance, diag);
    for (size_t i = 0; i < n; i++)
        l1t_table_free(table[i]);
    return err;
}

// The verdict is for people unless it is bad news, which l1t_cmd_fail prints.
static int finish(const struct l1t_twin *twin, const struct l1t_dut_ops *ops,
                  const struct arguments *a, const void *config, struct l1t_cosim_result *r,
                  enum l1t_err verdict, struct l1t_diag *diag)
{
    struct l1t_diag printing;
    const enum l1t_err err = print_result(twin, ops, a, config, r, &printing);
    fflush(stdout);
    if (r->report != NULL)
        fputs(r->report, stderr);
    if (verdict == L1T_OK && !a->timing)
        print_speeds(r);
    l1t_cosim_result_fini(r);
    if (err != L1T_OK)
        return l1t_cmd_fail(&cmd_cosim, err, &printing);
    if (verdict != L1T_OK)
        return l1t_cmd_fail(&cmd_cosim, verdict, diag);
    if (a->format == L1T_FORMAT_TABLE || (a->format == L1T_FORMAT_AUTO && isatty(1)))
        printf("%s\n", r->verdict);
    return 0;
}

static void show_progress(void *user, uint64_t done)
{
    l1t_progress_at(user, (double)done);
}

static int compare(const struct l1t_twin *twin, const struct l1t_dut_ops *ops, struct arguments *a,
                   const void *config)
{
    struct l1t_diag diag = {""};
    struct l1t_cosim_result result;
    struct l1t_progress progress;
    struct l1t_temporary *own = NULL;
    enum l1t_err err = L1T_OK;
    if (a->cosim.mem_dir == NULL)
        err = l1t_temporary_make(twin->mem_files, &own, &diag);
    if (own != NULL)
        a->cosim.mem_dir = l1t_temporary_dir(own);
    if (err != L1T_OK)
        return l1t_cmd_fail(&cmd_cosim, err, &diag);
    if (a->cosim.n != UINT64_MAX) {
        l1t_progress_start(&progress, "events", (double)a->cosim.n);
        a->cosim.progress = show_progress;
        a->cosim.progress_user = &progress;
    }
    err = l1t_cosim_run(twin, ops, config, &a->cosim, &result, &diag);
    if (a->cosim.progress != NULL)
        l1t_progress_end(&progress);
    l1t_temporary_remove(own);
    if (err != L1T_OK && err != L1T_E_DIFF)
        return l1t_cmd_fail(&cmd_cosim, err, &diag);
    return finish(twin, ops, a, config, &result, err, &diag);
}

static int run(int argc, char **argv)
{
    struct arguments a = {.format = L1T_FORMAT_AUTO};
    const struct l1t_twin *twin = NULL;
    struct l1t_diag diag = {""};
    if (argc > 1 && strcmp(argv[1], "gt") == 0)
        return l1t_cosim_gt(argc, argv);
    const int code = parse(argc, argv, &a, &twin);
    if (code != 0 || twin == NULL)
        return code;
    const struct l1t_dut_ops *ops = l1t_dut_find(l1t_dut_list, twin->name);
    if (ops == NULL) {
        (void)l1t_fail(&diag, L1T_E_ENV, "%s: no Verilated twin in this program", twin->name);
        return l1t_cmd_fail(&cmd_cosim, L1T_E_ENV, &diag);
    }
    complete_options(twin, &a);
    void *config;
    const enum l1t_err err = twin->config_load(a.config, a.luts, &config, &diag);
    if (err != L1T_OK)
        return l1t_cmd_fail(&cmd_cosim, err, &diag);
    const int exit_code = compare(twin, ops, &a, config);
    twin->config_free(config);
    return exit_code;
}

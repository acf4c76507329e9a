// SPDX-License-Identifier: GPL-3.0-or-later
// `l1twin cosim gt`: the RTL of a menu beside the interpreter.
#include "cmd/cosim_gt.h"
#include "cmd/gt_parts.h"
#include "l1t/gt_cosim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv)
{
    return l1t_cosim_gt(argc, argv);
}

static const struct l1t_cmd cmd_cosim_gt = {
    .name = "cosim",
    .options = "--menu --rtl --dut --mem-dir --events --n --seed --fault --keep-going --timing "
               "--format --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    struct l1t_gt_choice gt;
    const char *rtl, *dut, *mem_dir, *events;
    uint64_t fault;
    bool keep_going, timing;
};

static int take(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'r':
        a->rtl = optarg;
        return 0;
    case 'd':
        a->dut = optarg;
        return 0;
    case 'M':
        a->mem_dir = optarg;
        return 0;
    case 'E':
        a->events = optarg;
        return 0;
    case 'F':
        return l1t_cmd_u64(&cmd_cosim_gt, "--fault", optarg, 0, 100000, &a->fault);
    case 'K':
        a->keep_going = true;
        return 0;
    case 'T':
        a->timing = true;
        return 0;
    default:
        return l1t_gt_option(&a->p, &a->gt, opt, argv);
    }
}

static int parse(int argc, char **argv, struct arguments *a)
{
    static const struct option options[] = {{"menu", required_argument, NULL, 'm'},
                                            {"rtl", required_argument, NULL, 'r'},
                                            {"dut", required_argument, NULL, 'd'},
                                            {"mem-dir", required_argument, NULL, 'M'},
                                            {"events", required_argument, NULL, 'E'},
                                            {"n", required_argument, NULL, 'n'},
                                            {"seed", required_argument, NULL, 's'},
                                            {"fault", required_argument, NULL, 'F'},
                                            {"keep-going", no_argument, NULL, 'K'},
                                            {"timing", no_argument, NULL, 'T'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"output", required_argument, NULL, 'o'},
                                            {NULL, 0, NULL, 0}};
    int code = l1t_cmd_options(argc, argv, 1, options, take, a);
    optind++; // "gt"
    if (code == 0)
        code = l1t_cmd_no_more(&cmd_cosim_gt, argc, argv);
    if (code == 0 && (a->gt.menu == NULL || a->rtl == NULL))
        return l1t_cmd_usage(&cmd_cosim_gt,
                             "gt: --menu MENU and --rtl DIR are needed: what 'menu rtl' wrote");
    return code;
}

// ---- result ----

static struct l1t_table *result_table(struct arguments *a, const struct l1t_gt_cosim_result *r)
{
    static const struct l1t_column columns[] = {
        {"verdict", "", L1T_CELL_TEXT, 0},   {"algorithms", "", L1T_CELL_INT, 0},
        {"crossings", "", L1T_CELL_INT, 0},  {"bits", "", L1T_CELL_INT, 0},
        {"fired", "", L1T_CELL_INT, 0},      {"differing", "", L1T_CELL_INT, 0},
        {"decisions", "", L1T_CELL_INT, 0},  {"counters", "", L1T_CELL_INT, 0},
        {"of_them", "", L1T_CELL_INT, 0},    {"strobes", "", L1T_CELL_INT, 0},
        {"sections", "", L1T_CELL_INT, 0},   {"latency", "clocks", L1T_CELL_INT, 0},
        {"simulator", "", L1T_CELL_TEXT, 0},
    };
    struct l1t_table *t = l1t_physics_table(&a->p, "co-simulation", columns, 13);
    if (t == NULL)
        return NULL;
    const uint64_t numbers[] = {r->algorithms,     r->crossings,
                                r->bits,           r->fired,
                                r->bits_differing, r->decisions_differing,
                                r->counters,       r->counters_differing,
                                r->strobes_wrong,  r->sections,
                                r->latency};
    l1t_table_text(t, r->first[0] == '\0' ? "PASS" : "FAIL");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        l1t_table_int(t, (long long)numbers[i]);
    l1t_table_text(t, r->simulator);
    return t;
}

static struct l1t_table *timing_table(struct arguments *a, const struct l1t_gt_cosim_result *r)
{
    static const struct l1t_column columns[] = {{"rtl", "crossings/s", L1T_CELL_REAL, 3}};
    struct l1t_table *t = l1t_physics_table(&a->p, "timing", columns, 1);
    if (t != NULL)
        l1t_table_real(t, r->seconds_rtl > 0 ? (double)r->crossings / r->seconds_rtl : NAN);
    return t;
}

static enum l1t_err print(struct arguments *a, const struct l1t_gt_cosim_result *r)
{
    struct l1t_table *tables[2] = {result_table(a, r), a->timing ? timing_table(a, r) : NULL};
    const size_t n = a->timing ? 2 : 1;
    enum l1t_err err = L1T_E_NOMEM;
    if (tables[0] != NULL && (n == 1 || tables[1] != NULL))
        err = l1t_physics_print(&a->p, tables, n);
    l1t_table_free(tables[0]);
    l1t_table_free(tables[1]);
    return err;
}

// ---- a run ----

static enum l1t_err get_events(struct arguments *a, const struct l1t_gt_code *code,
                               struct l1t_gt_vectors *vectors)
{
    if (a->events == NULL || strcmp(a->events, "generator") == 0)
        return l1t_gt_generate(code, a->p.seed, a->p.n, vectors, &a->p.diag);
    return l1t_gt_vectors_load(a->events, vectors, &a->p.diag);
}

static enum l1t_err simulate(struct arguments *a, const struct l1t_gt_loaded *loaded,
                             const struct l1t_gt_vectors *vectors)
{
    static struct l1t_gt_cosim_result result;
    struct l1t_gt_dut *dut = NULL;
    const size_t room = strlen(a->rtl) + 32;
    char *const name = malloc(room);
    if (name == NULL)
        return l1t_fail(&a->p.diag, L1T_E_NOMEM, "out of memory");
    (void)snprintf(name, room, "%s/l1t_gt_menu.so", a->rtl);
    enum l1t_err err = l1t_gt_dut_open(a->dut != NULL ? a->dut : name, &dut, &a->p.diag);
    if (err == L1T_OK) {
        const struct l1t_gt_cosim_options options = {.menu = loaded->menu,
                                                     .code = loaded->code,
                                                     .vectors = vectors,
                                                     .mem_dir =
                                                         a->mem_dir != NULL ? a->mem_dir : a->rtl,
                                                     .seed = a->p.seed,
                                                     .fault = (unsigned)a->fault,
                                                     .stop = !a->keep_going};
        err = l1t_gt_cosim(dut, &options, &result, &a->p.diag);
    }
    if (err == L1T_OK || err == L1T_E_DIFF) {
        struct l1t_diag difference = a->p.diag;
        const enum l1t_err printed = print(a, &result);
        if (printed == L1T_OK)
            a->p.diag = difference;
        else
            err = printed;
    }
    l1t_gt_dut_close(dut);
    free(name);
    return err;
}

int l1t_cosim_gt(int argc, char **argv)
{
    struct arguments a = {.p = {.n = 2000, .n_min = 1, .n_max = L1T_GT_VECTORS_MAX}};
    struct l1t_gt_loaded loaded = {NULL, NULL};
    struct l1t_gt_vectors vectors = {.n = 0};
    int code = l1t_physics_start(&a.p, &cmd_cosim_gt, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    enum l1t_err err = l1t_gt_loaded_open(&loaded, a.gt.menu, a.p.digest, &a.p.diag);
    if (err == L1T_OK)
        err = get_events(&a, loaded.code, &vectors);
    if (err == L1T_OK)
        err = simulate(&a, &loaded, &vectors);
    l1t_gt_vectors_free(&vectors);
    l1t_gt_loaded_free(&loaded);
    return l1t_physics_end(&a.p, err);
}

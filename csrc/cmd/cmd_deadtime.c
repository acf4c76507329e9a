// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/physics.h"
#include "l1t/beam.h"
#include "l1t/deadtime.h"

#include <math.h>
#include <string.h>

static int run(int argc, char **argv);

const struct l1t_cmd cmd_deadtime = {
    .name = "deadtime",
    .group = "Physics",
    .summary = "what trigger rules cost at a rate, on a filling scheme",
    .usage =
        "usage: l1twin deadtime --rate RATE [options]\n"
        "\n"
        "Random requests in the filled crossings, accepted one after the other as the trigger\n"
        "control does (docs/rates.md, \"Dead time\").\n"
        "  --rate RATE        of requests, such as '100 kHz'\n"
        "  --filling SCHEME   'all' (default), or trains such as '8b4e', '48b7e x3 + 31e, gap "
        "119',\n"
        "                     repeated until the orbit ends\n"
        "  --bunches N        the scheme's first N bunches (default: all of them)\n"
        "  --rules RULES      accepts/crossings (default 1/3,2/25,3/100,4/240), or a YAML file\n"
        "  --buffer D/S       a buffer of D events, one read out in S crossings (a model)\n"
        "  --orbits N         to simulate (default 150000: 13.3 s of the LHC)\n"
        "  --revolution F     of the beam (default '11245.6 Hz')\n"
        "  --seed S           default 1\n" L1T_PHYSICS_USAGE "\n"
        "lost        by the first rule that forbids; cumulative: with this rule and those above "
        "it\n"
        "            only\n"
        "dead        filled crossings (all crossings) in which a request would be refused\n"
        "\n"
        "  l1twin deadtime --rate '100 kHz' --filling '48b7e x6 + 31e, gap 119' --bunches 2748\n",
    .options = "--rate --filling --bunches --rules --buffer --orbits --revolution --seed --threads "
               "--format --output",
    .run = run,
};

struct arguments {
    struct l1t_physics p;
    const char *rate, *scheme, *rules, *buffer, *revolution;
    uint64_t bunches, orbits;
    double rate_hz, revolution_hz;
};

static const struct option long_options[] = {
    {"seed", required_argument, NULL, 's'},       {"threads", required_argument, NULL, 't'},
    {"format", required_argument, NULL, 'f'},     {"output", required_argument, NULL, 'o'},

    {"rate", required_argument, NULL, 'r'},       {"filling", required_argument, NULL, 'F'},
    {"bunches", required_argument, NULL, 'b'},    {"rules", required_argument, NULL, 'R'},
    {"buffer", required_argument, NULL, 'B'},     {"orbits", required_argument, NULL, 'O'},
    {"revolution", required_argument, NULL, 'V'}, {NULL, 0, NULL, 0}};

static int take_option(int opt, char **argv, void *to)
{
    struct arguments *a = to;
    switch (opt) {
    case 'r':
        a->rate = optarg;
        return 0;
    case 'F':
        a->scheme = optarg;
        return 0;
    case 'b':
        return l1t_cmd_u64(&cmd_deadtime, "--bunches", optarg, 1, L1T_GT_ORBIT, &a->bunches);
    case 'R':
        a->rules = optarg;
        return 0;
    case 'B':
        a->buffer = optarg;
        return 0;
    case 'O': // a day of the LHC
        return l1t_cmd_u64(&cmd_deadtime, "--orbits", optarg, 1, 1000000000, &a->orbits);
    case 'V':
        a->revolution = optarg;
        return 0;
    default:
        return l1t_physics_option(&a->p, opt, argv);
    }
}

// "100 kHz", as in a study file.
static int take_rate(const char *option, const char *text, double *hz)
{
    static const struct l1t_key key = {.name = "rate", .type = L1T_RATE};
    struct l1t_diag diag;
    struct l1t_yaml *yaml = NULL;
    const bool good = l1t_yaml_parse(option, text, strlen(text), &yaml, &diag) == L1T_OK &&
                      l1t_yaml_value(yaml, l1t_yaml_root(yaml), &key, hz, &diag) == L1T_OK &&
                      *hz > 0;
    l1t_yaml_free(yaml);
    return good ? 0
                : l1t_cmd_usage(&cmd_deadtime,
                                "%s: '%.40s' is not a rate above 0; write it like '100 kHz'",
                                option, text);
}

static int parse(int argc, char **argv, struct arguments *a)
{
    int code = l1t_cmd_options(argc, argv, 1, long_options, take_option, a);
    if (code == 0)
        code = l1t_cmd_no_more(&cmd_deadtime, argc, argv);
    if (code == 0 && a->rate == NULL)
        return l1t_cmd_usage(&cmd_deadtime,
                             "no rate given; give the rate of requests, such as --rate '100 kHz'");
    if (code == 0)
        code = take_rate("--rate", a->rate, &a->rate_hz);
    if (code == 0 && a->revolution != NULL)
        code = take_rate("--revolution", a->revolution, &a->revolution_hz);
    return code;
}

static enum l1t_err read_rules(struct arguments *a, struct l1t_trigger_rules *rules)
{
    struct l1t_trigger_rules buffer = {.n = 0};
    enum l1t_err err = L1T_OK;
    *rules = l1t_cms_trigger_rules;
    if (a->rules != NULL) {
        // A list has no letters; what is not one is taken for a file.
        const bool list = strspn(a->rules, "0123456789/, ") == strlen(a->rules);
        err = list ? l1t_trigger_rules_parse(a->rules, rules, &a->p.diag)
                   : l1t_trigger_rules_load(a->rules, rules, &a->p.diag);
        if (err != L1T_OK)
            return list ? l1t_fail_at(&a->p.diag, err, "--rules") : err;
    }
    if (a->buffer != NULL) {
        err = l1t_trigger_buffer_parse(a->buffer, &buffer, &a->p.diag);
        rules->depth = buffer.depth;
        rules->service = buffer.service;
        if (err != L1T_OK)
            return l1t_fail_at(&a->p.diag, err, "--buffer");
    }
    return err;
}

static const struct l1t_column rule_columns[] = {{"rule", "", L1T_CELL_TEXT, 0},
                                                 {"lost", "", L1T_CELL_INT, 0},
                                                 {"loss", "%", L1T_CELL_REAL, 4},
                                                 {"error", "%", L1T_CELL_REAL, 2},
                                                 {"cumulative", "%", L1T_CELL_REAL, 4}};

static const struct l1t_column total_columns[] = {
    {"requested", "kHz", L1T_CELL_REAL, 6}, {"accepted", "kHz", L1T_CELL_REAL, 6},
    {"requests", "", L1T_CELL_INT, 0},      {"accepts", "", L1T_CELL_INT, 0},
    {"loss", "%", L1T_CELL_REAL, 4},        {"error", "%", L1T_CELL_REAL, 2},
    {"dead", "%", L1T_CELL_REAL, 4},        {"dead_all", "%", L1T_CELL_REAL, 4}};

static void rule_rows(struct l1t_table *t, const struct l1t_trigger_rules *rules,
                      const struct l1t_deadtime *r)
{
    const size_t n = rules->n + (rules->depth > 0 ? 1 : 0);
    const double each = 100 / (double)r->requests; // no requests: infinite, times 0 is NAN
    for (size_t i = 0; i < n; i++) {
        char name[64];
        if (i < rules->n)
            (void)snprintf(name, sizeof name, "%u in %u", rules->rule[i].accepts,
                           rules->rule[i].window);
        else
            (void)snprintf(name, sizeof name, "buffer %u/%u", rules->depth, rules->service);
        l1t_table_text(t, name);
        l1t_table_int(t, (long long)r->lost[i]);
        l1t_table_real(t, each * (double)r->lost[i]);
        l1t_table_real(t, r->lost[i] > 0 ? each * sqrt((double)r->lost[i]) : NAN);
        l1t_table_real(t, each * (double)r->lost_alone[i + 1]);
    }
}

static void total_row(struct l1t_table *t, const struct l1t_deadtime *r)
{
    l1t_table_real(t, r->requested_hz / 1e3);
    l1t_table_real(t, r->accepted_hz / 1e3);
    l1t_table_int(t, (long long)r->requests);
    l1t_table_int(t, (long long)r->accepts);
    l1t_table_real(t, 100 * r->loss);
    l1t_table_real(t, 100 * r->loss_err);
    l1t_table_real(t, 100 * r->dead);
    l1t_table_real(t, 100 * r->dead_all);
}

#define COLUMNS(array) array, sizeof(array) / sizeof(array)[0]

static enum l1t_err print(struct arguments *a, const struct l1t_trigger_rules *rules,
                          unsigned bunches, const struct l1t_deadtime *r)
{
    char title[200];
    (void)snprintf(title, sizeof title, "%s: %u bunches, %llu orbits (%.4g s of beam)", a->scheme,
                   bunches, (unsigned long long)r->orbits, (double)r->orbits / a->revolution_hz);
    struct l1t_table *t[2] = {l1t_physics_table(&a->p, title, COLUMNS(total_columns)),
                              l1t_physics_table(&a->p, "by rule", COLUMNS(rule_columns))};
    enum l1t_err err = L1T_E_NOMEM;
    if (t[0] != NULL && t[1] != NULL) {
        total_row(t[0], r);
        rule_rows(t[1], rules, r);
        err = l1t_physics_print(&a->p, t, rules->n > 0 || rules->depth > 0 ? 2 : 1);
    }
    l1t_table_free(t[0]);
    l1t_table_free(t[1]);
    return err;
}

// What is simulated, however it was written.
static void add_digest(struct arguments *a, const struct l1t_trigger_rules *rules,
                       const struct l1t_filling *filling)
{
    char text[1200] = "";
    for (size_t i = 0; i < rules->n; i++)
        l1t_cmd_append(text, sizeof text, "%u/%u,", rules->rule[i].accepts, rules->rule[i].window);
    l1t_cmd_append(text, sizeof text, "buffer %u/%u", rules->depth, rules->service);
    l1t_digest_add(a->p.digest, "trigger rules", text, strlen(text));
    text[0] = '\0';
    for (size_t i = 0; i < sizeof filling->filled / sizeof filling->filled[0]; i++)
        l1t_cmd_append(text, sizeof text, "%016llx", (unsigned long long)filling->filled[i]);
    l1t_digest_add(a->p.digest, "filling", text, strlen(text));
}

static enum l1t_err simulate(struct arguments *a)
{
    struct l1t_trigger_rules rules;
    struct l1t_filling filling = {.bunches = 0};
    struct l1t_deadtime result;
    enum l1t_err err = read_rules(a, &rules);
    if (err == L1T_OK)
        err = l1t_filling_parse(a->scheme, (unsigned)a->bunches, &filling, &a->p.diag);
    if (err != L1T_OK)
        return err;
    add_digest(a, &rules, &filling);
    err = l1t_deadtime_simulate(&rules, &filling, a->rate_hz, a->revolution_hz, a->orbits,
                                a->p.seed, (unsigned)a->p.threads, &result, &a->p.diag);
    return err == L1T_OK ? print(a, &rules, filling.bunches, &result) : err;
}

static int run(int argc, char **argv)
{
    struct arguments a = {
        .scheme = "all", .orbits = 150000, .revolution_hz = L1T_REVOLUTION_HZ, .p = {.n = 1}};
    int code = l1t_physics_start(&a.p, &cmd_deadtime, argc, argv);
    if (code == 0)
        code = parse(argc, argv, &a);
    if (code != 0) {
        (void)l1t_physics_end(&a.p, L1T_OK);
        return code;
    }
    return l1t_physics_end(&a.p, simulate(&a));
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the jet model: the fast one and the plain one (tests/unit/jet_plain.c, which tests every
// tower against its whole window), interleaved in one run, as events per second and their ratio.
// Refuses to time anything when the answers differ.
#include "jet_plain.h"
#include "l1t/jet_config.h"
#include "l1t/tower_gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EVENTS = 100, ROUNDS = 9, FAST_REPEATS = 20 };

static struct l1t_towers towers[EVENTS];
static struct l1t_jet_setup setup;
static struct l1t_tower_gen *gen;
static struct l1t_jet_result result, plain;
static uint32_t words[L1T_JET_STAGE_WORDS];
static volatile uint32_t sink;

typedef void task(void);

static void run_fast(void)
{
    for (int e = 0; e < EVENTS; e++) {
        l1t_jet(&setup.model, &towers[e], &result);
        sink += result.gt[0];
    }
}

static void run_packed(void)
{
    for (int e = 0; e < EVENTS; e++) {
        l1t_jet(&setup.model, &towers[e], &result);
        l1t_jet_pack_stages(&result, words);
        sink += words[0];
    }
}

static void run_plain(void)
{
    for (int e = 0; e < EVENTS; e++) {
        jet_plain(&setup.model, &towers[e], &plain);
        sink += plain.gt[0];
    }
}

static void run_generator(void)
{
    static struct l1t_towers made;
    for (uint64_t e = 0; e < EVENTS; e++) {
        l1t_tower_gen_event(gen, e, &made);
        sink += made.w[0][0][0];
    }
}

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double rate(task *run, int repeats)
{
    const double start = cpu_seconds();
    for (int i = 0; i < repeats; i++)
        run();
    return EVENTS * repeats / (cpu_seconds() - start);
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_spread(const char *what, double value[ROUNDS])
{
    qsort(value, ROUNDS, sizeof value[0], compare_doubles);
    printf("%-28s %12.4g %12.4g %12.4g\n", what, value[0], value[ROUNDS / 2], value[ROUNDS - 1]);
}

static int answers_are_equal(unsigned *n_cand)
{
    *n_cand = 0;
    for (int e = 0; e < EVENTS; e++) {
        l1t_jet(&setup.model, &towers[e], &result);
        jet_plain(&setup.model, &towers[e], &plain);
        *n_cand += result.n_cand;
        if (result.n_cand != plain.n_cand || memcmp(result.gt, plain.gt, sizeof plain.gt) != 0 ||
            memcmp(result.reg, plain.reg, sizeof plain.reg) != 0)
            return 0;
    }
    return 1;
}

static int prepare(const char *yaml)
{
    struct l1t_diag diag = {""};
    if (l1t_jet_setup_load(yaml, NULL, &setup, &diag) != L1T_OK) {
        fprintf(stderr, "%s\n", diag.text);
        return -1;
    }
    setup.generator.corners = 0;
    if (l1t_tower_gen_new(&setup.generator, 1, &gen, &diag) != L1T_OK) {
        fprintf(stderr, "%s\n", diag.text);
        return -1;
    }
    unsigned occupied = 0, maxima;
    for (uint64_t e = 0; e < EVENTS; e++) {
        l1t_tower_gen_event(gen, e, &towers[e]);
        for (int i = 0; i < L1T_SIDES * L1T_RINGS * L1T_PHIS; i++)
            occupied += (&towers[e].w[0][0][0])[i] != 0;
    }
    if (!answers_are_equal(&maxima)) {
        fprintf(stderr, "bench_jet: fast and plain model disagree; nothing timed\n");
        return -1;
    }
    printf("%d events: %.0f towers and %.1f maxima an event\n", EVENTS, (double)occupied / EVENTS,
           (double)maxima / EVENTS);
    return 0;
}

int main(void)
{
    double fast[ROUNDS], packed[ROUNDS], slow[ROUNDS], ratio[ROUNDS], made[ROUNDS];
    if (prepare("configs/paths/jet.yaml") != 0)
        return 1;
    for (int r = 0; r < ROUNDS; r++) {
        fast[r] = rate(run_fast, FAST_REPEATS);
        packed[r] = rate(run_packed, FAST_REPEATS);
        slow[r] = rate(run_plain, 1);
        made[r] = rate(run_generator, 5);
        ratio[r] = fast[r] / slow[r];
    }
    printf("%-28s %12s %12s %12s\n", "", "min", "median", "max");
    print_spread("model, events/s", fast);
    print_spread("model and stages, events/s", packed);
    print_spread("plain model, events/s", slow);
    print_spread("model / plain", ratio);
    print_spread("tower generator, events/s", made);
    l1t_tower_gen_free(gen);
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the whole calorimeter Layer-2 model and of its parts, events per second on one core, on
// dense and on sparse events: the reference inputs when they are there, else generated ones (and
// random tables). Beside them what the CMS emulator's own algorithm code was measured to do,
// outside its framework, on one core of a 2.5 GHz Xeon: other events of the same kind, another
// machine, so read the ratio as an order of magnitude.
#include "calo_golden.h"
#include "calo_plain.h"
#include "jet_plain.h"
#include "l1t/tower_gen.h"
#include "l1t/towers.h"
#include "l1t_test.h"

#include <time.h>

enum { EVENTS = 100, ROUNDS = 9, REPEATS = 10, PLAIN_STEP = 50 };

static struct l1t_calo_config config;
static struct l1t_towers towers[EVENTS];
static struct l1t_calo_result one, all[EVENTS];
static volatile uint32_t sink;

typedef void task(int event);

static void run_all(int e)
{
    l1t_calo(&config, &towers[e], &one);
    sink += one.sums.gt[0] + one.egamma.out.gt[0] + one.tau.out.gt[0] + one.jet.gt[0];
}

// The same answers by the plain models: every tower against its whole window.
static void run_plain(int e)
{
    jet_plain(&config.jet, &towers[e], &one.jet);
    calo_plain(&config, &towers[e], &one);
    sink += one.sums.gt[0] + one.egamma.out.gt[0] + one.tau.out.gt[0] + one.jet.gt[0];
}

static void run_clusters(int e)
{
    l1t_grid_fill(&one.grid, &towers[e]);
    l1t_cluster(&config.cluster, &one.grid, &one.clusters);
    sink += one.clusters.n;
}

// The parts behind the clusters read what one run of everything left in all[e].
static void run_egamma(int e)
{
    l1t_egamma(&config.egamma, &all[e].grid, all[e].ntt, &all[e].clusters, &one.egamma);
    sink += one.egamma.out.gt[0];
}

static void run_tau(int e)
{
    l1t_tau(&config.tau, &all[e].grid, all[e].ntt, &all[e].clusters, &one.tau);
    sink += one.tau.out.gt[0];
}

static void run_jets(int e)
{
    l1t_jet(&config.jet, &towers[e], &one.jet);
    sink += one.jet.gt[0];
}

static void run_sums(int e)
{
    l1t_sums(&config.sums, &towers[e], all[e].ntt, &all[e].jet, &one.sums);
    sink += one.sums.gt[0];
}

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Median of the rounds, over the events 0, step, 2 step ...; quoted 0: nothing to compare with.
static double measure(const char *what, task *run, int step, double quoted)
{
    double rate[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        const double start = cpu_seconds();
        for (int i = 0; i < REPEATS; i++)
            for (int e = 0; e < EVENTS; e += step)
                run(e);
        rate[r] = (double)(EVENTS / step) * REPEATS / (cpu_seconds() - start);
    }
    qsort(rate, ROUNDS, sizeof rate[0], compare_doubles);
    printf("  %-24s %10.0f %10.0f %10.0f", what, rate[0], rate[ROUNDS / 2], rate[ROUNDS - 1]);
    if (quoted > 0)
        printf("   CMS emulator %.4g: x%.0f", quoted, rate[ROUNDS / 2] / quoted);
    printf("\n");
    return rate[ROUNDS / 2];
}

// ---- events ----

static bool read_events(const char *stem)
{
    char path[1024], relative[64];
    struct l1t_diag diag = {""};
    struct l1t_tower_reader *reader;
    snprintf(relative, sizeof relative, "calo/%s.in.gz", stem);
    if (!l1t_shared_path(path, sizeof path, relative) ||
        l1t_tower_reader_open(path, &reader, &diag) != L1T_OK)
        return false;
    int n = 0;
    uint64_t id;
    while (n < EVENTS && l1t_tower_reader_next(reader, &towers[n], &id, NULL, &diag) == 1)
        n++;
    l1t_tower_reader_close(reader);
    return n == EVENTS;
}

static bool generate_events(double pile_up)
{
    struct l1t_diag diag = {""};
    struct l1t_tower_gen *gen;
    struct l1t_tower_gen_params params;
    l1t_tower_gen_defaults(&params);
    params.pile_up = pile_up;
    if (l1t_tower_gen_new(&params, 1, &gen, &diag) != L1T_OK)
        return false;
    for (uint64_t e = 0; e < EVENTS; e++)
        l1t_tower_gen_event(gen, e, &towers[e]);
    l1t_tower_gen_free(gen);
    return true;
}

// Fast and plain models agree on some of the events; nothing is timed otherwise.
static bool answers_are_right(void)
{
    static struct l1t_calo_result plain;
    for (int e = 0; e < EVENTS; e++) {
        l1t_calo(&config, &towers[e], &all[e]);
        if (e >= EVENTS / 10)
            continue;
        plain.jet = all[e].jet;
        calo_plain(&config, &towers[e], &plain);
        if (memcmp(plain.egamma.out.gt, all[e].egamma.out.gt, sizeof plain.egamma.out.gt) != 0 ||
            memcmp(plain.tau.out.gt, all[e].tau.out.gt, sizeof plain.tau.out.gt) != 0)
            return false;
    }
    return true;
}

static bool bench(const char *year, const char *stem, double pile_up, double quoted)
{
    const bool real = read_events(stem) && calo_golden_config(year, &config);
    if (!real) {
        calo_random_config(year[3] == '8' ? 2 : 1, &config); // chunky donut or phi ring
        if (!generate_events(pile_up))
            return false;
    }
    if (!answers_are_right())
        return false;
    unsigned occupied = 0, clusters = 0;
    for (int e = 0; e < EVENTS; e++) {
        clusters += all[e].clusters.n;
        for (int i = 0; i < L1T_SIDES * L1T_RINGS * L1T_PHIS; i++)
            occupied += (&towers[e].w[0][0][0])[i] != 0;
    }
    printf("%s, %s %s events: %u towers, %u clusters\n", year, real ? "reference" : "generated",
           stem, occupied / EVENTS, clusters / EVENTS);
    printf("  %-24s %10s %10s %10s   events/s\n", "", "min", "median", "max");
    const double fast = measure("everything", run_all, 1, quoted);
    const double slow = measure("everything, plain", run_plain, PLAIN_STEP, 0);
    (void)measure("towers and clusters", run_clusters, 1, 0);
    (void)measure("e/gamma", run_egamma, 1, 0);
    (void)measure("tau", run_tau, 1, 0);
    (void)measure("jets", run_jets, 1, 0);
    (void)measure("sums", run_sums, 1, 0);
    printf("  everything, against plain windows: x%.0f\n", fast / slow);
    return true;
}

int main(void)
{
    if (!bench("2018", "pileup", 50, 49.5) || !bench("2018", "sparse", 0.5, 219) ||
        !bench("2024", "pileup", 50, 16.4)) {
        fprintf(stderr, "bench_calo: no events, or models disagree; nothing timed\n");
        return 1;
    }
    return 0;
}

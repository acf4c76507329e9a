// SPDX-License-Identifier: GPL-3.0-or-later
// What the founding notebook does, timed: four slopes, 20 000 scored events, two bootstraps; and
// the crossings of the physical mode. The Python figures are quoted from a 2.5 GHz Xeon (Python
// 3.11, numpy 1.24, scipy 1.10), not run here: their ratios compare machines too.
#include "bench.h"

#include "l1t/classify.h"
#include "l1t/generate.h"
#include "l1t/spectra_config.h"

#include <stdint.h>

enum { rounds = 21, events = 10000, crossings = 1 << 22 };

static struct l1t_spectra spectra;
static struct l1t_generator generator;
static struct l1t_processes processes;
static double pt_of[L1T_OBJECTS][events], score[2][events];
static double *const pt[] = {pt_of[0], pt_of[1], pt_of[2], pt_of[3]};

static void check(enum l1t_err err, const struct l1t_diag *diag)
{
    if (err == L1T_OK)
        return;
    fprintf(stderr, "bench_fit: %s\n", diag->text);
    exit(2);
}

static void four_slopes(uint64_t round)
{
    struct l1t_law law;
    struct l1t_diag diag = {""};
    (void)round;
    check(l1t_spectra_law(&spectra, &law, &diag), &diag);
}

static void scored_events(uint64_t round)
{
    static const enum l1t_kind kind[] = {L1T_KIND_NULL, L1T_KIND_POSITIVE};
    struct l1t_diag diag = {""};
    for (int k = 0; k < 2; k++) {
        check(l1t_generate_gev(&generator, kind[k], round, 0, events, 1, pt, &diag), &diag);
        l1t_scores(&generator, (const double *const *)pt, events, score[k]);
    }
}

static void two_bootstraps(uint64_t round)
{
    struct l1t_bootstrap b;
    struct l1t_diag diag = {""};
    for (int k = 0; k < 2; k++)
        check(l1t_bootstrap_mean(score[k], events, 9999, 0.95, round, 1, &b, &diag), &diag);
}

static void some_crossings(uint64_t round)
{
    static struct l1t_crossings x;
    for (uint64_t e = 0; e < crossings; e += L1T_BATCH)
        l1t_crossings_make(&processes, 1, round * crossings + e, L1T_BATCH, &x);
}

static double measure(const char *name, void (*work)(uint64_t), size_t n, double scale,
                      const char *unit)
{
    double t[rounds];
    work(0); // warm
    for (size_t r = 0; r < n; r++) {
        const double start = cpu_seconds();
        work(r);
        t[r] = scale * (cpu_seconds() - start);
    }
    return bench_print(name, t, n, unit);
}

static void quote(double ms, double python_s)
{
    printf("  notebook %.2f CPU s (quoted): ratio %.0f\n", python_s, 1e3 * python_s / ms);
}

int main(void)
{
    struct l1t_law law;
    struct l1t_diag diag = {""};
    check(l1t_spectra_load(&spectra, "configs/spectra/run2.yaml", NULL, &diag), &diag);
    check(l1t_spectra_law(&spectra, &law, &diag), &diag);
    check(l1t_generator_init(&generator, &law, &diag), &diag);
    check(l1t_spectra_processes(&spectra, &processes, &diag), &diag);
    quote(measure("four slope fits, all roots", four_slopes, rounds, 1e3, "ms"), 2.9);
    quote(measure("20 000 null + positive events, scored", scored_events, rounds, 1e3, "ms"), 6.5);
    quote(measure("two bootstraps, 9999 x 10 000", two_bootstraps, 3, 1e3, "ms"), 11.85);
    const double ns =
        measure("crossings of the physical mode", some_crossings, rounds, 1e9 / crossings, "ns");
    printf("  %.0f M crossings/s on one core; the LHC fills 28.6 M/s with 2544 bunches\n",
           1e3 / ns);
    l1t_processes_free(&processes);
    l1t_generator_free(&generator);
    l1t_spectra_free(&spectra);
    return 0;
}

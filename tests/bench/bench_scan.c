// SPDX-License-Identifier: GPL-3.0-or-later
// Rate against threshold: one scan beside a pass of the batch engine for every threshold, one
// thread, on crossings of all densities and on quiet ones; algorithms of the default menu. The
// passes are timed at 12 thresholds over the range and multiplied. Nothing is timed unless both
// give the same counts there.
#include "bench.h"

#include "gt_random.h"
#include "l1t/gt_engine.h"
#include "l1t/scan.h"
#include "l1t_test.h"

enum { N = 64 * L1T_GT_BATCH, ROUNDS = 5, PASSES = 12 };

static struct l1t_gt_event event[N];
static uint64_t bits[N][L1T_GT_WORDS];

struct subject {
    const struct l1t_gt_menu *menu;
    size_t algorithm;
    struct l1t_scan_axis axis;
};

static void make_crossings(bool quiet)
{
    static struct l1t_gt_words words[N];
    for (size_t i = 0; i < N; i += L1T_GT_BATCH) {
        gt_random_crossings(1, i, L1T_GT_BATCH, &words[i]);
        for (size_t k = i; k < i + L1T_GT_BATCH; k++)
            if (quiet && k % 16 != 0)
                memset(&words[k], 0, sizeof words[k]);
    }
    for (size_t i = 0; i < N; i++)
        l1t_gt_decode(&words[i], &event[i]);
}

static const struct l1t_gt_crossings crossings = {.events = event, .n = N, .independent = true};

static struct l1t_gt_around around_of(size_t i, struct l1t_gt_event *lone)
{
    memcpy(lone->external, event[i].external, sizeof lone->external);
    lone->signal = event[i].signal;
    return (struct l1t_gt_around){{lone, lone, &event[i], lone, lone}};
}

// Fills sums; seconds, engine and all.
static double scan_once(const struct l1t_scan *scan, struct l1t_gt_engine *engine,
                        struct l1t_scan_sums *sums)
{
    static struct l1t_gt_event lone;
    const double start = cpu_seconds();
    l1t_gt_engine_run(engine, &crossings, &(struct l1t_gt_decisions){.bits = bits});
    for (size_t i = 0; i < N; i++)
        if ((bits[i][0] & 1) != 0) {
            const struct l1t_gt_around around = around_of(i, &lone);
            l1t_scan_sums_add(sums, l1t_scan_highest(scan, &around), 1);
        }
    l1t_scan_sums_finish(sums);
    return cpu_seconds() - start;
}

static double scan_seconds(const struct subject *s, struct l1t_scan_sums **sums)
{
    struct l1t_scan *scan;
    struct l1t_gt_engine *engine = NULL;
    struct l1t_diag diag;
    double seconds = -1;
    *sums = NULL;
    if (l1t_scan_make(s->menu, s->algorithm, &s->axis, 1, &scan, &diag) != L1T_OK)
        return -1;
    if (l1t_gt_engine_open(l1t_scan_lowest(scan), 1, &engine, &diag) == L1T_OK &&
        l1t_scan_sums_open(&s->axis, 1, sums, &diag) == L1T_OK)
        seconds = scan_once(scan, engine, *sums);
    l1t_gt_engine_close(engine);
    l1t_scan_free(scan);
    return seconds;
}

// One pass with the threshold at a point: a scan whose axis begins there has it.
static double pass_seconds(const struct subject *s, size_t point, uint64_t *count)
{
    struct l1t_scan_axis axis = s->axis;
    struct l1t_scan *scan;
    struct l1t_gt_engine *engine = NULL;
    struct l1t_diag diag;
    uint64_t counts[L1T_GT_ALGORITHMS] = {0};
    double seconds = -1;
    axis.from = (uint16_t)(axis.from + point * axis.step);
    if (l1t_scan_make(s->menu, s->algorithm, &axis, 1, &scan, &diag) != L1T_OK)
        return -1;
    if (l1t_gt_engine_open(l1t_scan_lowest(scan), 1, &engine, &diag) == L1T_OK) {
        const double start = cpu_seconds();
        l1t_gt_engine_run(engine, &crossings, &(struct l1t_gt_decisions){.count = counts});
        seconds = cpu_seconds() - start;
    }
    *count = counts[0];
    l1t_gt_engine_close(engine);
    l1t_scan_free(scan);
    return seconds;
}

static int time_both(const struct subject *s, const char *sample)
{
    double scan[ROUNDS], ratio[ROUNDS], pass[ROUNDS];
    const size_t points = l1t_scan_points(&s->axis);
    uint64_t lowest = 0;
    for (unsigned r = 0; r < ROUNDS; r++) {
        struct l1t_scan_sums *sums;
        double all = 0;
        scan[r] = scan_seconds(s, &sums);
        for (size_t k = 0; scan[r] > 0 && k < PASSES; k++) {
            uint64_t count = 0;
            const size_t point = k * (points - 1) / (PASSES - 1);
            const double seconds = pass_seconds(s, point, &count);
            lowest = k == 0 ? count : lowest;
            all += seconds;
            if (seconds < 0 || count != l1t_scan_sums_at(sums, point, 0, 1).n) {
                fprintf(stderr, "bench_scan: %s: scan and engine disagree; nothing timed\n",
                        s->menu->algorithm[s->algorithm].name);
                l1t_scan_sums_close(sums);
                return 1;
            }
        }
        l1t_scan_sums_close(sums);
        if (scan[r] <= 0)
            return 1;
        pass[r] = all / PASSES;
        ratio[r] = pass[r] * (double)points / scan[r];
        scan[r] *= 1e9 / N;
        pass[r] *= 1e9 / N;
    }
    printf("%s, %s: %zu thresholds, %.1f %% of the crossings fire at the lowest\n",
           s->menu->algorithm[s->algorithm].name, sample, points, 100.0 * (double)lowest / N);
    (void)bench_print("  scan, all thresholds", scan, ROUNDS, "ns/crossing");
    (void)bench_print("  one pass of the engine", pass, ROUNDS, "ns/crossing");
    const double all = bench_print("  ratio, all thresholds", ratio, ROUNDS, "");
    printf("  ratio, 100 thresholds %34.4g\n", all * 100 / (double)points);
    return 0;
}

static int bench(const struct l1t_gt_menu *menu, const char *name, const char *sample)
{
    struct subject s = {.menu = menu};
    struct l1t_diag diag;
    while (s.algorithm < menu->n && strcmp(menu->algorithm[s.algorithm].name, name) != 0)
        s.algorithm++;
    if (s.algorithm == menu->n ||
        l1t_scan_axis_of(menu, s.algorithm, NULL, &s.axis, &diag) != L1T_OK) {
        fprintf(stderr, "bench_scan: %s: not in the menu, or without a threshold\n", name);
        return 1;
    }
    s.axis.from = 3; // below is what absent objects pass
    s.axis.to = (uint16_t)(s.axis.to / 2);
    return time_both(&s, sample);
}

int main(void)
{
    static const char *const names[] = {"L1_SingleMu22", "L1_DoubleMu_15_7", "L1_SingleJet180",
                                        "L1_HTT360er", "L1_DoubleMu4_SQ_OS_dR_Max1p2"};
    struct l1t_gt_menu *menu;
    struct l1t_diag diag;
    int status = 0;
    if (l1t_gt_menu_load("configs/menus/run3.yaml", &menu, &diag) != L1T_OK) {
        fprintf(stderr, "bench_scan: %s\n", diag.text);
        return 1;
    }
    for (int quiet = 0; quiet < 2; quiet++) {
        make_crossings(quiet != 0);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            status |= bench(menu, names[i], quiet != 0 ? "quiet" : "busy");
    }
    l1t_gt_menu_free(menu);
    return status;
}

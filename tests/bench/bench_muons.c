// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the muon generator, crossings per second on one core: as configured, hard events alone,
// and both steps of the chain, generator and global muon trigger.
#include "bench.h"

#include "l1t/ugmt_config.h"

#include "l1t_test.h"

enum { ROUNDS = 9, EVENTS = 20000 };

static struct l1t_ugmt_setup setup;
static volatile uint64_t sink;

static double rate(const struct l1t_muon_gen *gen, bool with_trigger)
{
    static struct l1t_ugmt_event event;
    static struct l1t_ugmt_result result;
    struct l1t_muon_truth truth[L1T_MUON_TRUTH_MAX];
    const double start = cpu_seconds();
    for (uint64_t e = 0; e < EVENTS; e++) {
        sink += l1t_muon_gen_event(gen, e, &event, truth);
        if (with_trigger) {
            l1t_ugmt(&setup.model, &event, &result);
            sink += result.gt[0];
        }
    }
    return EVENTS / (cpu_seconds() - start);
}

static bool bench(const char *what, double corners)
{
    double alone[ROUNDS], chain[ROUNDS];
    struct l1t_muon_gen *gen = NULL;
    struct l1t_diag diag = {""};
    setup.generator.corners = corners;
    if (l1t_muon_gen_new(&setup.generator, 1, &gen, &diag) != L1T_OK)
        return false;
    for (int i = 0; i < ROUNDS; i++) {
        alone[i] = rate(gen, false);
        chain[i] = rate(gen, true);
    }
    printf("%s: %d crossings\n", what, EVENTS);
    (void)bench_print("  generator", alone, ROUNDS, "events/s");
    (void)bench_print("  generator and trigger", chain, ROUNDS, "events/s");
    l1t_muon_gen_free(gen);
    return true;
}

int main(void)
{
    struct l1t_diag diag = {""};
    if (l1t_ugmt_setup_load("configs/paths/ugmt.yaml", NULL, &setup, &diag) != L1T_OK) {
        fprintf(stderr, "bench_muons: %s\n", diag.text);
        return 1;
    }
    return bench("as configured", 0) && bench("hard on purpose", 1) ? 0 : 1;
}

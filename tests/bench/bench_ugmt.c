// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the global muon trigger's model, crossings per second on one core, beside the plain
// pairwise implementation, taking turns: the reference mix when it is there, else random events and
// tables. Also what the CMS emulator's own algorithm code was measured to do outside its framework,
// on one core of a 2.5 GHz Xeon: another machine, so read that ratio as an order of magnitude.
#include "bench.h"

#include "l1t/muons.h"
#include "l1t/ugmt_config.h"

#include "l1t_test.h"
#include "ugmt_events.h"
#include "ugmt_plain.h"

enum { ROUNDS = 15, MAX_EVENTS = 5000 };

static struct l1t_ugmt_setup setup;
static struct l1t_ugmt_event event[MAX_EVENTS];
static unsigned picked[MAX_EVENTS]; // events that are timed
static unsigned n_events, n_picked;
static volatile uint64_t sink;

static void run_model(unsigned e)
{
    static struct l1t_ugmt_result result;
    l1t_ugmt(&setup.model, &event[e], &result);
    sink += result.gt[0];
}

static void run_plain(unsigned e)
{
    static struct ugmt_plain_result result;
    ugmt_plain(&setup.model, &event[e], &result);
    sink += result.gt[0];
}

static double rate(void (*run)(unsigned e), unsigned step)
{
    const double start = cpu_seconds();
    unsigned n = 0;
    for (unsigned i = 0; i < n_picked; i += step, n++)
        run(picked[i]);
    return n / (cpu_seconds() - start);
}

static void bench(const char *what, double emulator)
{
    double model[ROUNDS], plain[ROUNDS], ratio[ROUNDS];
    unsigned muons = 0;
    for (unsigned i = 0; i < n_picked; i++)
        for (unsigned k = 0; k < L1T_UGMT_IN; k++)
            muons += (event[picked[i]].muon[k] & 511) != 0;
    for (unsigned r = 0; r < ROUNDS; r++) {
        model[r] = rate(run_model, 1);
        plain[r] = rate(run_plain, 10);
        ratio[r] = model[r] / plain[r];
    }
    printf("%s: %u crossings, %.1f muons each\n", what, n_picked, (double)muons / n_picked);
    const double median = bench_print("  model", model, ROUNDS, "events/s");
    (void)bench_print("  plain pairwise", plain, ROUNDS, "events/s");
    (void)bench_print("  ratio", ratio, ROUNDS, "");
    if (emulator > 0)
        printf("  CMS emulator's own code, elsewhere: %.0f events/s, x%.0f\n", emulator,
               median / emulator);
}

// Those with a number of muons from min to max.
static void pick(unsigned min, unsigned max)
{
    n_picked = 0;
    for (unsigned e = 0; e < n_events; e++) {
        unsigned muons = 0;
        for (unsigned k = 0; k < L1T_UGMT_IN; k++)
            muons += (event[e].muon[k] & 511) != 0;
        if (muons >= min && muons <= max)
            picked[n_picked++] = e;
    }
}

static bool read_reference(void)
{
    char path[1024], luts[1024];
    struct l1t_muon_reader *reader;
    struct l1t_diag diag = {""};
    uint64_t id;
    if (!l1t_shared_path(path, sizeof path, "muon/ugmt_a_in.txt.gz") ||
        !l1t_shared_path(luts, sizeof luts, "muon/luts") ||
        l1t_ugmt_setup_load("configs/paths/ugmt_a.yaml", luts, &setup, &diag) != L1T_OK ||
        l1t_muon_reader_open(path, &reader, &diag) != L1T_OK)
        return false;
    while (n_events < MAX_EVENTS && l1t_muon_reader_next(reader, &event[n_events], &id, &diag) == 1)
        n_events++;
    l1t_muon_reader_close(reader);
    return n_events == MAX_EVENTS;
}

static void make_events(void)
{
    ugmt_random_config(0, &setup.model);
    for (n_events = 0; n_events < MAX_EVENTS; n_events++)
        ugmt_random_event(n_events, &event[n_events]);
}

// Nothing is timed unless both give the same words.
static bool answers_agree(void)
{
    static struct l1t_ugmt_result result;
    static struct ugmt_plain_result plain;
    for (unsigned e = 0; e < n_events; e++) {
        l1t_ugmt(&setup.model, &event[e], &result);
        ugmt_plain(&setup.model, &event[e], &plain);
        if (memcmp(result.gt, plain.gt, sizeof plain.gt) != 0 ||
            memcmp(result.mid, plain.mid, sizeof plain.mid) != 0)
            return false;
    }
    return true;
}

int main(void)
{
    const bool reference = read_reference();
    if (!reference)
        make_events();
    if (!answers_agree()) {
        fprintf(stderr, "bench_ugmt: models disagree; nothing timed\n");
        return 1;
    }
    pick(0, L1T_UGMT_IN);
    bench(reference ? "reference mix" : "random events", reference ? 10200 : 0);
    pick(0, 4);
    bench("at most four muons", reference ? 21000 : 0);
    pick(L1T_UGMT_IN, L1T_UGMT_IN);
    bench("every slot full", reference ? 3800 : 0);
    return 0;
}

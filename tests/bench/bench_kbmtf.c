// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the barrel track finder, events per second on one core, beside the plain model (tests/
// unit/kbmtf_plain.c: every seed with every mask searches all stubs and fits from the start),
// taking turns in one run. Events and tables are the reference's when they are there, else
// generated ones. In brackets what the CMS emulator's own algorithm code was measured to do,
// outside its framework, on one core of a 2.5 GHz Xeon: another machine, so read that ratio as an
// order of magnitude.
#include "kbmtf_plain.h"
#include "l1t/kbmtf_config.h"
#include "l1t/kbmtf_text.h"

#include "bench.h"
#include "l1t_test.h"

enum { EVENTS = 3000, ROUNDS = 9, REPEATS = 5 };

static struct l1t_kbmtf_setup setup;
static struct l1t_kbmtf_event events[EVENTS];
static struct l1t_kbmtf_result result, other;
static volatile uint64_t sink;

typedef void model(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                   struct l1t_kbmtf_result *result);

// Events of modes that are asked for; all of them when mode is NULL.
static size_t read_events(const char *path, const char *modes)
{
    struct l1t_kbmtf_reader *reader = NULL;
    struct l1t_diag diag = {""};
    char mode[L1T_KBMTF_MODE];
    uint64_t id;
    size_t n = 0;
    if (l1t_kbmtf_reader_open(path, &reader, &diag) != L1T_OK)
        return 0;
    while (n < EVENTS && l1t_kbmtf_reader_next(reader, &events[n], &id, mode, &diag) == 1)
        n += modes == NULL || strchr(modes, mode[0]) != NULL;
    l1t_kbmtf_reader_close(reader);
    return n;
}

static double rate(model *run, size_t n, int repeats)
{
    const double start = cpu_seconds();
    for (int i = 0; i < repeats; i++)
        for (size_t e = 0; e < n; e++) {
            run(&setup.model, &events[e], &result);
            sink += result.sector[0].word[0];
        }
    return (double)n * repeats / (cpu_seconds() - start);
}

static bool agree(size_t n)
{
    char what[100];
    for (size_t e = 0; e < n; e++) {
        l1t_kbmtf(&setup.model, &events[e], &result);
        kbmtf_plain(&setup.model, &events[e], &other);
        if (!kbmtf_same(&result, &other, what, sizeof what))
            return false;
    }
    return true;
}

static bool measure(const char *name, size_t n, double quoted)
{
    double fast[ROUNDS], plain[ROUNDS];
    char text[80];
    if (n == 0 || !agree(n))
        return false;
    for (int i = 0; i < ROUNDS; i++) {
        fast[i] = rate(l1t_kbmtf, n, REPEATS);
        plain[i] = rate(kbmtf_plain, n, 1);
    }
    snprintf(text, sizeof text, "%s, %zu events", name, n);
    const double a = bench_print(text, fast, ROUNDS, "events/s");
    const double b = bench_print("  plain model", plain, ROUNDS, "events/s");
    printf("  against the plain model x%.1f", a / b);
    if (quoted > 0)
        printf("  (CMS code %.0f events/s: x%.0f)", quoted, a / quoted);
    printf("\n");
    return true;
}

int main(void)
{
    char in[1024], luts[1024];
    struct l1t_diag diag = {""};
    const bool real = l1t_shared_path(in, sizeof in, "muon/kbmtf_in.txt.gz") &&
                      l1t_shared_path(luts, sizeof luts, "muon/luts/kbmtf");
    if (l1t_kbmtf_setup_load("configs/paths/kbmtf.yaml", real ? luts : NULL, &setup, &diag) !=
        L1T_OK) {
        fprintf(stderr, "bench_kbmtf: %s\n", diag.text);
        return 1;
    }
    bool good;
    if (real) {
        good = measure("data-set mix", read_events(in, NULL), 3400) &&
               measure("0 to 2 muons", read_events(in, "0"), 7300) &&
               measure("3 to 8 muons", read_events(in, "1"), 1900);
    } else {
        for (uint64_t e = 0; e < EVENTS; e++)
            kbmtf_random_event(e, &setup.model, &events[e]);
        good = measure("generated events", EVENTS, 0);
    }
    if (!good)
        fprintf(stderr, "bench_kbmtf: no events, or models disagree; nothing timed\n");
    return good ? 0 : 1;
}

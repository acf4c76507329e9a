// SPDX-License-Identifier: GPL-3.0-or-later
// Four-object events in hardware units: the alias-table generator against a scalar reference with
// the same law (libm logarithm, PCHIP by binary search, acceptance event by event). One thread.
#include "bench.h"

#include "l1t/generate.h"
#include "l1t/spectra_config.h"

#include <math.h>
#include <stdint.h>

enum { events = 1 << 18, rounds = 15 };

static uint16_t fast_of[L1T_OBJECTS][events], slow_of[L1T_OBJECTS][events];
static uint16_t *const fast[] = {fast_of[0], fast_of[1], fast_of[2], fast_of[3]};

// The reference: what the words on the page say, one object after the other.
static uint16_t one_object(const struct l1t_law *law, int o, const uint32_t w[4])
{
    const double pt = -log(l1t_rng_uniform(w[0], w[1])) / law->lambda[o];
    if (!(l1t_rng_uniform(w[2], w[3]) < l1t_curve_eval(law->curve[o], pt)))
        return 0;
    const double code = floor(2 * pt);
    const unsigned full = l1t_object_full_scale((enum l1t_object)o);
    return code < full ? (uint16_t)code : (uint16_t)full;
}

static void generate_slowly(const struct l1t_law *law, uint64_t seed, uint64_t first)
{
    for (size_t i = 0; i < events; i++) {
        for (int o = 0; o < L1T_OBJECTS; o++) {
            uint32_t w[4];
            l1t_rng_words(seed, L1T_STREAM_TEST, first + i, (uint32_t)o, w);
            slow_of[o][i] = one_object(law, o, w);
        }
    }
}

// Both against the exact probabilities: chi2 per cell of at least 10 expected.
static double chi2_per_cell(const double *seen, const double *p, unsigned top, double n)
{
    double chi2 = 0;
    double cells = 0;
    double want = 0;
    double got = 0;
    for (unsigned c = 0; c <= top; c++) {
        want += n * p[c];
        got += seen[c];
        if (want >= 10) {
            chi2 += (got - want) * (got - want) / want;
            want = got = 0;
            cells++;
        }
    }
    return chi2 / (cells - 1);
}

static double seen_fast[L1T_OBJECTS][2048], seen_slow[L1T_OBJECTS][2048];

static void count(void)
{
    for (int o = 0; o < L1T_OBJECTS; o++) {
        for (size_t i = 0; i < events; i++) {
            seen_fast[o][fast_of[o][i]]++;
            seen_slow[o][slow_of[o][i]]++;
        }
    }
}

static void compare(const struct l1t_generator *g)
{
    const double n = (double)events * rounds;
    double a[rounds], b[rounds], ratio[rounds];
    for (uint64_t r = 0; r < rounds; r++) {
        struct l1t_diag diag = {""};
        const double t0 = cpu_seconds();
        if (l1t_generate_hw(g, L1T_KIND_INCLUSIVE, 1, r * events, events, 1, fast, &diag) != L1T_OK)
            exit(1);
        const double t1 = cpu_seconds();
        generate_slowly(&g->law, 1, r * events);
        const double t2 = cpu_seconds();
        a[r] = 1e9 * (t1 - t0) / events;
        b[r] = 1e9 * (t2 - t1) / events;
        ratio[r] = b[r] / a[r];
        count();
    }
    bench_print("scalar reference", b, rounds, "ns/event");
    bench_print("alias tables", a, rounds, "ns/event");
    const double median = bench_print("ratio in the same round", ratio, rounds, "");
    printf("ratio %.1f (promised: at least 15)%s\n", median, median >= 15 ? "" : "  MISSED");
    for (int o = 0; o < L1T_OBJECTS; o++) {
        const unsigned top = l1t_object_full_scale((enum l1t_object)o);
        const double *p = g->pmf[L1T_PART_ACCEPTED][o];
        printf("law of %-7s chi2 per cell: reference %.3f, alias tables %.3f\n",
               l1t_object_names[o], chi2_per_cell(seen_slow[o], p, top, n),
               chi2_per_cell(seen_fast[o], p, top, n));
    }
}

int main(void)
{
    static struct l1t_spectra spectra;
    struct l1t_law law;
    struct l1t_generator g;
    struct l1t_diag diag = {""};
    if (l1t_spectra_load(&spectra, "configs/spectra/run2.yaml", NULL, &diag) != L1T_OK ||
        l1t_spectra_law(&spectra, &law, &diag) != L1T_OK ||
        l1t_generator_init(&g, &law, &diag) != L1T_OK) {
        fprintf(stderr, "bench_generate: %s\n", diag.text);
        return 2;
    }
    compare(&g);
    l1t_generator_free(&g);
    l1t_spectra_free(&spectra);
    return 0;
}

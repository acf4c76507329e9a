// SPDX-License-Identifier: GPL-3.0-or-later
// Dead time: crossings a second of the simulation, beside one that looks at every crossing.
#include "bench.h"
#include "l1t/beam.h"
#include "l1t/deadtime.h"
#include "l1t/rng.h"

#include <stdint.h>

enum { rounds = 7, orbits = 20000, plain_orbits = 2000 };

// A number for each filled crossing, and the accepts in each window counted in a ring of flags.
static uint64_t every_crossing(const struct l1t_filling *filling, double rate, uint64_t seed)
{
    enum { size = 256 };
    uint8_t accepted[size] = {0};
    const struct l1t_trigger_rules *rules = &l1t_cms_trigger_rules;
    const double most = L1T_REVOLUTION_HZ * filling->bunches;
    const uint32_t threshold = (uint32_t)(rate / most * 0x1p32);
    unsigned seen[L1T_RULES_MAX] = {0};
    uint64_t accepts = 0;
    for (uint64_t time = 0; time < (uint64_t)plain_orbits * L1T_GT_ORBIT; time++) {
        uint32_t words[4];
        const unsigned c = (unsigned)(time % L1T_GT_ORBIT);
        int good = (int)(filling->filled[c / 64] >> (c % 64) & 1);
        if (good) {
            l1t_rng_words(seed, L1T_STREAM_TEST, time, 0, words);
            good = words[0] < threshold;
        }
        for (size_t r = 0; r < rules->n; r++) {
            seen[r] -= time >= rules->rule[r].window
                           ? accepted[(time - rules->rule[r].window) % size]
                           : 0U;
            good = good && seen[r] < rules->rule[r].accepts;
        }
        accepted[time % size] = (uint8_t)good;
        for (size_t r = 0; r < rules->n; r++)
            seen[r] += (unsigned)good;
        accepts += (unsigned)good;
    }
    return accepts;
}

int main(void)
{
    double fast[rounds], slow[rounds];
    struct l1t_filling filling;
    struct l1t_deadtime result = {.orbits = 0};
    struct l1t_diag diag;
    uint64_t accepts = 0;
    if (l1t_filling_parse("48b7e x6 + 31e, gap 119", 2748, &filling, &diag) != L1T_OK)
        return 3;
    for (int i = 0; i < rounds; i++) {
        const double start = cpu_seconds();
        if (l1t_deadtime_simulate(&l1t_cms_trigger_rules, &filling, 100e3, L1T_REVOLUTION_HZ,
                                  orbits, 1, 1, &result, &diag) != L1T_OK)
            return 3;
        fast[i] = 1e-6 * orbits * L1T_GT_ORBIT / (cpu_seconds() - start);
        const double middle = cpu_seconds();
        accepts += every_crossing(&filling, 100e3, (uint64_t)i);
        slow[i] = 1e-6 * plain_orbits * L1T_GT_ORBIT / (cpu_seconds() - middle);
    }
    const double a = bench_print("dead time, four rules and their sums", fast, rounds, "M/s");
    const double b = bench_print("every crossing, all four rules only", slow, rounds, "M/s");
    printf("ratio %.0f (crossings a second; %.3f kHz accepted, plainly %.3f)\n", a / b,
           result.accepted_hz / 1e3,
           1e-3 * (double)accepts * L1T_REVOLUTION_HZ / rounds / plain_orbits);
    return 0;
}

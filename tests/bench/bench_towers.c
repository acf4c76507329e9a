// SPDX-License-Identifier: GPL-3.0-or-later
// The tower generator: events per second of pile-up alone, with jets, with objects put in, and of
// pile-up made plainly (libm logarithms, rows by a walk through the cumulative law, doubles) in the
// same rounds. Refuses to claim a ratio when the two laws differ. One thread.
#include "bench.h"

#include "l1t/tower_gen.h"
#include "l1t_formats.h"

#include "l1t/rng.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { EVENTS = 200, ROUNDS = 9, ROWS = 80 };

static volatile uint32_t sink;
static double occupied[2];

static unsigned towers_with_energy(const struct l1t_towers *t)
{
    unsigned n = 0;
    for (int i = 0; i < L1T_SIDES * L1T_RINGS * L1T_PHIS; i++)
        n += l1t_tower_et((&t->w[0][0][0])[i]) > 0;
    return n;
}

// ---- plainly ----

struct plain {
    double cumulative[ROWS], mean[ROWS], ecal[ROWS]; // hits of an interaction up to a row
    double pile_up;
};

static double between(const struct l1t_tower_gen_params *p, const double *v, double ring)
{
    for (unsigned i = 1; i < p->n_points; i++)
        if (ring <= p->ring[i])
            return v[i - 1] +
                   (v[i] - v[i - 1]) * (ring - p->ring[i - 1]) / (p->ring[i] - p->ring[i - 1]);
    return v[p->n_points - 1];
}

static void plain_init(const struct l1t_tower_gen_params *p, struct plain *g)
{
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
        const int ring = row < 40 ? 40 - row : row - 39;
        g->cumulative[row] = sum += L1T_PHIS * between(p, p->hits, ring);
        g->mean[row] = between(p, p->mean_et_gev, ring);
        g->ecal[row] = ring > 28 ? 0 : between(p, p->ecal, ring);
    }
    g->pile_up = p->pile_up;
}

struct words {
    uint64_t event;
    uint32_t block, w[4];
    unsigned left;
};

static double uniform(struct words *s)
{
    if (s->left < 2) {
        l1t_rng_words(1, L1T_STREAM_TEST, s->event, s->block++, s->w);
        s->left = 4;
    }
    s->left -= 2;
    return l1t_rng_uniform(s->w[s->left], s->w[s->left + 1]);
}

static int poisson(struct words *s, double mean)
{
    int n = 0;
    for (double t = -log(uniform(s)); t < mean; t -= log(uniform(s)))
        n++;
    return n;
}

static void plain_event(const struct plain *g, uint64_t event, struct l1t_towers *towers)
{
    static double e[ROWS][L1T_PHIS], h[ROWS][L1T_PHIS];
    struct words s = {.event = event};
    memset(e, 0, sizeof e);
    memset(h, 0, sizeof h);
    const int n = poisson(&s, g->pile_up);
    for (int i = 0; i < n; i++) {
        const int hits = poisson(&s, g->cumulative[ROWS - 1]);
        for (int k = 0; k < hits; k++) {
            const double where = uniform(&s) * g->cumulative[ROWS - 1];
            int row = 0;
            while (g->cumulative[row] < where)
                row++;
            const int phi = (int)(uniform(&s) * L1T_PHIS);
            const double et = -g->mean[row] * log(uniform(&s)), kind = uniform(&s);
            const double photons = fmax(0, g->ecal[row] - 0.22);
            const double part = g->ecal[row] <= 0       ? 0
                                : kind < photons        ? 1
                                : kind < photons + 0.55 ? 0.1 + 0.6 * uniform(&s)
                                                        : 0;
            e[row][phi] += part * et;
            h[row][phi] += (1 - part) * et;
        }
    }
    for (int row = 0; row < ROWS; row++)
        for (int phi = 0; phi < L1T_PHIS; phi++) {
            const unsigned ec = (unsigned)lround(2 * e[row][phi]),
                           hc = (unsigned)lround(2 * h[row][phi]);
            const uint16_t w = ec + hc > 0 ? l1t_tower_word(ec, hc) : 0;
            if (row < 40)
                towers->w[1][39 - row][phi] = w;
            else
                towers->w[0][row - 40][phi] = w;
        }
}

// ---- timing ----

static double plain_rate(const struct plain *g, uint64_t first)
{
    static struct l1t_towers t;
    const double start = cpu_seconds();
    for (uint64_t e = 0; e < EVENTS; e++) {
        plain_event(g, first + e, &t);
        occupied[0] += towers_with_energy(&t);
    }
    return EVENTS / (cpu_seconds() - start);
}

static double rate(const struct l1t_tower_gen *gen, uint64_t first, double *count)
{
    static struct l1t_towers t;
    struct l1t_truth truth[L1T_TRUTH_MAX];
    const double start = cpu_seconds();
    for (uint64_t e = 0; e < EVENTS; e++) {
        sink += (uint32_t)l1t_tower_gen_event_truth(gen, first + e, &t, truth);
        if (count != NULL)
            *count += towers_with_energy(&t);
    }
    return EVENTS / (cpu_seconds() - start);
}

static struct l1t_tower_gen *make(double jets, double per_event)
{
    struct l1t_tower_gen_params p;
    struct l1t_tower_gen *gen = NULL;
    struct l1t_diag diag = {""};
    l1t_tower_gen_defaults(&p);
    p.jets = jets;
    for (int k = 0; k < L1T_INJECTED; k++)
        p.inject[k].per_event = per_event;
    if (l1t_tower_gen_new(&p, 1, &gen, &diag) != L1T_OK) {
        fprintf(stderr, "bench_towers: %s\n", diag.text);
        exit(2);
    }
    return gen;
}

int main(void)
{
    struct l1t_tower_gen_params p;
    struct l1t_tower_gen *gen[3] = {make(0, 0), make(3, 0), make(3, 2)};
    static const char *const name[3] = {"pile-up alone", "and three jets",
                                        "and two objects of each kind"};
    static double v[3][ROUNDS], plain[ROUNDS], ratio[ROUNDS];
    struct plain g;
    l1t_tower_gen_defaults(&p);
    plain_init(&p, &g);
    for (uint64_t r = 0; r < ROUNDS; r++) {
        plain[r] = plain_rate(&g, r * EVENTS);
        for (int k = 0; k < 3; k++)
            v[k][r] = rate(gen[k], r * EVENTS, k == 0 ? &occupied[1] : NULL);
        ratio[r] = v[0][r] / plain[r];
    }
    bench_print("pile-up made plainly", plain, ROUNDS, "events/s");
    for (int k = 0; k < 3; k++) {
        bench_print(name[k], v[k], ROUNDS, "events/s");
        l1t_tower_gen_free(gen[k]);
    }
    const double a = occupied[0] / (EVENTS * ROUNDS), b = occupied[1] / (EVENTS * ROUNDS);
    printf("towers with energy: plainly %.0f, by the generator %.0f\n", a, b);
    if (fabs(a / b - 1) > 0.03) { // each fluctuates by 14 % / sqrt(1800)
        fprintf(stderr, "bench_towers: the laws differ; no ratio\n");
        return 1;
    }
    const double median =
        bench_print("ratio to the plain one in the same round", ratio, ROUNDS, "");
    printf("ratio %.1f (promised: at least 5)%s\n", median, median >= 5 ? "" : "  MISSED");
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Four-object events in GeV: exact inverse sampling of whole and cut exponentials.
// Random words of an event: block 0 and 1, two words an object; block 2, word 0: the outcome.
#include "l1t/generate.h"

#include "shards.h"

#include <math.h>

enum { chunk = 512 }; // events whose random words stay in the first-level cache

struct task {
    const struct l1t_generator *generator;
    enum l1t_kind kind;
    uint64_t seed, event0;
    double *const *pt;
};

struct law_of_one {
    double lambda, threshold;
    double below; // expm1(-lambda threshold): minus the probability to be below
    double under; // the last number below the threshold: rounding may not reach it
};

static struct law_of_one one(const struct l1t_generator *g, int o)
{
    const double l = g->law.lambda[o];
    const double t = g->law.threshold_gev[o];
    return (struct law_of_one){l, t, expm1(-l * t), nextafter(t, 0)};
}

static uint32_t stream_of(enum l1t_kind kind)
{
    switch (kind) {
    case L1T_KIND_NULL:
        return L1T_STREAM_NULL;
    case L1T_KIND_POSITIVE:
        return L1T_STREAM_POSITIVE;
    case L1T_KIND_INCLUSIVE:
    default:
        return L1T_STREAM_OBJECTS;
    }
}

static double whole(const struct law_of_one *law, double u)
{
    return -log(u) / law->lambda;
}

static double below(const struct law_of_one *law, double u)
{
    return fmin(-log1p(u * law->below) / law->lambda, law->under);
}

static double above(const struct law_of_one *law, double u)
{
    return law->threshold - log(u) / law->lambda;
}

// objects[i]: bit o set when object o of event i is above its threshold.
static void fill(const struct law_of_one *law, enum l1t_kind kind, int o, const uint32_t *high,
                 const uint32_t *low, const uint8_t *objects, size_t n, double *pt)
{
    for (size_t i = 0; i < n; i++) {
        const double u = l1t_rng_uniform(high[i], low[i]);
        if (kind == L1T_KIND_INCLUSIVE)
            pt[i] = whole(law, u);
        else
            pt[i] = objects[i] >> o & 1 ? above(law, u) : below(law, u);
    }
}

static void draw_outcomes(const struct task *t, uint64_t event, size_t n, uint8_t *objects)
{
    uint32_t w[4][chunk];
    const struct l1t_generator *g = t->generator;
    l1t_rng_batch(t->seed, stream_of(t->kind), event, 2, n, w[0], w[1], w[2], w[3]);
    for (size_t i = 0; i < n; i++)
        objects[i] = (uint8_t)g->law.outcome[l1t_alias_draw(&g->outcome, w[0][i])].objects;
}

static void work(void *context, unsigned shard, size_t first, size_t count)
{
    const struct task *t = context;
    (void)shard;
    struct law_of_one law[L1T_OBJECTS];
    for (int o = 0; o < L1T_OBJECTS; o++)
        law[o] = one(t->generator, o);
    for (size_t done = 0; done < count; done += chunk) {
        const size_t n = count - done < chunk ? count - done : chunk;
        const uint64_t event = t->event0 + first + done;
        uint8_t objects[chunk] = {0};
        if (t->kind == L1T_KIND_POSITIVE)
            draw_outcomes(t, event, n, objects);
        for (uint32_t block = 0; block < 2; block++) {
            uint32_t w[4][chunk];
            l1t_rng_batch(t->seed, stream_of(t->kind), event, block, n, w[0], w[1], w[2], w[3]);
            for (size_t half = 0; half < 2; half++) {
                const int o = (int)(2 * (size_t)block + half);
                fill(&law[o], t->kind, o, w[2 * half], w[2 * half + 1], objects, n,
                     t->pt[o] + first + done);
            }
        }
    }
}

enum l1t_err l1t_generate_gev(const struct l1t_generator *generator, enum l1t_kind kind,
                              uint64_t seed, uint64_t event0, size_t n, unsigned threads,
                              double *const pt[L1T_OBJECTS], struct l1t_diag *diag)
{
    if (kind == L1T_KIND_POSITIVE && generator->law.n_outcomes == 0)
        return l1t_fail(diag, L1T_E_INPUT, "positive events need a list of outcomes");
    struct task task = {generator, kind, seed, event0, pt};
    l1t_shards_run(threads, n, work, &task);
    return L1T_OK;
}

size_t l1t_scores(const struct l1t_generator *generator, const double *const pt[L1T_OBJECTS],
                  size_t n, double *score)
{
    size_t clamped = 0;
    for (size_t i = 0; i < n; i++)
        score[i] = 0;
    for (int o = 0; o < L1T_OBJECTS; o++) {
        const struct l1t_curve *curve = generator->law.curve[o];
        const double first = curve->x[0];
        const double last = curve->x[curve->n - 1];
        for (size_t i = 0; i < n; i++) {
            score[i] += l1t_curve_eval(curve, pt[o][i]);
            clamped += pt[o][i] < first || pt[o][i] > last;
        }
    }
    return clamped;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Four-object events as hardware codes: one 32-bit word an object through an alias table. Integers
// only, so every machine gives the same bytes.
// Random words of an event: block 0, one word an object; block 1, word 0: the outcome.
#include "l1t/generate.h"

#include "l1t_target_clones.h"
#include "shards.h"

enum { chunk = 1024 }; // events whose random words stay in the first-level cache

struct task {
    const struct l1t_generator *generator;
    enum l1t_kind kind;
    uint64_t seed, event0;
    uint16_t *const *code;
};

// Not static: a cloned function needs a symbol of its own.
void l1t_alias_run(const uint32_t *restrict entry, unsigned bits, const uint32_t *restrict u,
                   size_t n, uint16_t *restrict code);

L1T_TARGET_CLONES
void l1t_alias_run(const uint32_t *restrict entry, unsigned bits, const uint32_t *restrict u,
                   size_t n, uint16_t *restrict code)
{
    const unsigned shift = 32 - bits;
    const uint32_t in_slot = (UINT32_C(1) << shift) - 1;
    const uint32_t alias = (UINT32_C(1) << bits) - 1;
    for (size_t i = 0; i < n; i++) {
        const uint32_t k = u[i] >> shift;
        const uint32_t e = entry[k];
        code[i] = (uint16_t)((u[i] & in_slot) < e >> bits ? k : e & alias);
    }
}

static uint32_t stream_of(enum l1t_kind kind)
{
    return kind == L1T_KIND_NULL       ? L1T_STREAM_NULL
           : kind == L1T_KIND_POSITIVE ? L1T_STREAM_POSITIVE
                                       : L1T_STREAM_OBJECTS;
}

static void one_table(const struct task *t, uint64_t event, size_t at, size_t n)
{
    const enum l1t_part part = t->kind == L1T_KIND_NULL ? L1T_PART_BELOW : L1T_PART_ACCEPTED;
    uint32_t w[L1T_OBJECTS][chunk];
    l1t_rng_batch(t->seed, stream_of(t->kind), event, 0, n, w[0], w[1], w[2], w[3]);
    for (int o = 0; o < L1T_OBJECTS; o++) {
        const struct l1t_alias *a = &t->generator->code[part][o];
        l1t_alias_run(a->entry, a->bits, w[o], n, t->code[o] + at);
    }
}

static void by_outcome(const struct task *t, uint64_t event, size_t at, size_t n)
{
    const struct l1t_generator *g = t->generator;
    uint32_t w[L1T_OBJECTS][chunk];
    uint32_t v[4][chunk];
    l1t_rng_batch(t->seed, L1T_STREAM_POSITIVE, event, 0, n, w[0], w[1], w[2], w[3]);
    l1t_rng_batch(t->seed, L1T_STREAM_POSITIVE, event, 1, n, v[0], v[1], v[2], v[3]);
    for (size_t i = 0; i < n; i++) {
        const unsigned objects = g->law.outcome[l1t_alias_draw(&g->outcome, v[0][i])].objects;
        for (int o = 0; o < L1T_OBJECTS; o++) {
            const enum l1t_part part = objects >> o & 1 ? L1T_PART_ABOVE : L1T_PART_BELOW;
            t->code[o][at + i] = (uint16_t)l1t_alias_draw(&g->code[part][o], w[o][i]);
        }
    }
}

static void work(void *context, unsigned shard, size_t first, size_t count)
{
    const struct task *t = context;
    (void)shard;
    for (size_t done = 0; done < count; done += chunk) {
        const size_t n = count - done < chunk ? count - done : chunk;
        const size_t at = first + done;
        if (t->kind == L1T_KIND_POSITIVE)
            by_outcome(t, t->event0 + at, at, n);
        else
            one_table(t, t->event0 + at, at, n);
    }
}

enum l1t_err l1t_generate_hw(const struct l1t_generator *generator, enum l1t_kind kind,
                             uint64_t seed, uint64_t event0, size_t n, unsigned threads,
                             uint16_t *const code[L1T_OBJECTS], struct l1t_diag *diag)
{
    if (kind == L1T_KIND_POSITIVE && generator->law.n_outcomes == 0)
        return l1t_fail(diag, L1T_E_INPUT, "positive events need a list of outcomes");
    struct task task = {generator, kind, seed, event0, code};
    l1t_shards_run(threads, n, work, &task);
    return L1T_OK;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Crossings of the physical mode. One random word decides whether a crossing is empty, which
// nearly all are; only the few others are worked out. Exact: the process that fires first is drawn
// from its law given that one does, the later ones from their own.
// Random words: stream PROCESSES, event e/4, block 0, word e%4 for the decision; event e,
// blocks 1.. for the rest.
#include "l1t/processes.h"

enum { group = 16 }; // blocks looked at together: 64 crossings

struct words {
    uint64_t seed, crossing;
    uint32_t block, used;
    uint32_t word[4];
};

static uint32_t next_word(struct words *w)
{
    if (w->used == 4) {
        w->block++;
        w->used = 0;
        l1t_rng_words(w->seed, L1T_STREAM_PROCESSES, w->crossing, w->block, w->word);
    }
    return w->word[w->used++];
}

static void put(struct l1t_crossings *out, size_t at, enum l1t_object o, uint32_t code)
{
    uint16_t *const lead = &out->leading[o][at];
    uint16_t *const next = &out->second[o][at];
    if (code > *lead) {
        *next = *lead;
        *lead = (uint16_t)code;
    } else if (code > *next) {
        *next = (uint16_t)code;
    }
}

static void emit(const struct l1t_process *p, struct words *w, struct l1t_crossings *out, size_t at)
{
    for (size_t i = 0; i < p->spec.n_legs; i++)
        put(out, at, p->spec.leg[i].object, l1t_alias_draw(&p->code[i], next_word(w)));
}

static void make_one(const struct l1t_processes *p, uint64_t seed, uint64_t crossing,
                     struct l1t_crossings *out)
{
    struct words w = {seed, crossing, 0, 4, {0}};
    const size_t at = out->n++;
    out->number[at] = crossing;
    for (int o = 0; o < L1T_OBJECTS; o++)
        out->leading[o][at] = out->second[o][at] = 0;
    const size_t first = l1t_alias_draw(&p->first, next_word(&w));
    emit(&p->process[first], &w, out, at);
    for (size_t k = first + 1; k < p->n; k++)
        if (next_word(&w) < p->process[k].fires_below)
            emit(&p->process[k], &w, out, at);
}

// Is any of the 64 crossings of these blocks not empty?
static uint32_t any_hit(uint32_t below, const uint32_t *w0, const uint32_t *w1, const uint32_t *w2,
                        const uint32_t *w3)
{
    uint32_t hit = 0;
    for (size_t i = 0; i < group; i++)
        hit |= (uint32_t)(w0[i] < below) | (uint32_t)(w1[i] < below) | (uint32_t)(w2[i] < below) |
               (uint32_t)(w3[i] < below);
    return hit;
}

void l1t_crossings_make(const struct l1t_processes *processes, uint64_t seed, uint64_t first,
                        size_t n, struct l1t_crossings *out)
{
    enum { most = L1T_BATCH / 4 + 2 + group };
    uint32_t w[4][most];
    out->n = 0;
    if (n == 0)
        return;
    const uint64_t block0 = first / 4;
    const uint64_t end = first + n;
    size_t blocks = (size_t)((end - 1) / 4 - block0) + 1;
    blocks = (blocks + group - 1) / group * group;
    l1t_rng_batch(seed, L1T_STREAM_PROCESSES, block0, 0, blocks, w[0], w[1], w[2], w[3]);
    const uint32_t below = processes->any_below;
    for (size_t b = 0; b < blocks; b += group) {
        if (any_hit(below, w[0] + b, w[1] + b, w[2] + b, w[3] + b) == 0)
            continue;
        for (size_t i = 0; i < (size_t)4 * group; i++) {
            const uint64_t crossing = 4 * (block0 + b) + i;
            if (w[i % 4][b + i / 4] < below && crossing >= first && crossing < end)
                make_one(processes, seed, crossing, out);
        }
    }
}

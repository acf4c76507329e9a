// SPDX-License-Identifier: GPL-3.0-or-later
// Random crossings of the accounting.
#include "tally_random.h"

#include "l1t/rng.h"

#include <stdlib.h>
#include <string.h>

struct draws {
    uint64_t seed, event;
    uint32_t block, word[4];
    unsigned used;
};

static uint32_t draw(struct draws *d)
{
    if (d->used % 4 == 0)
        l1t_rng_words(d->seed, L1T_STREAM_TEST, d->event, d->block++, d->word);
    return d->word[d->used++ % 4];
}

static unsigned below(struct draws *d, unsigned n)
{
    return (unsigned)((uint64_t)draw(d) * n >> 32);
}

static bool chance(struct draws *d, double p)
{
    return draw(d) < p * 4294967296.0;
}

static void set_one(uint64_t *words, unsigned b)
{
    words[b / 64] |= UINT64_C(1) << b % 64;
}

static uint32_t factor(struct draws *d)
{
    static const uint32_t some[] = {0, 1, 99, 101, 150, 200, 275, 300, 1234, 220050, 0xffffff};
    if (chance(d, 0.4))
        return 100;
    return chance(d, 0.5) ? some[below(d, sizeof some / sizeof *some)] : 100 + below(d, 1000);
}

void tally_random_spec(uint64_t seed, bool dense, struct tally_random_spec *random)
{
    struct draws d = {.seed = seed, .event = 1};
    struct l1t_tally_spec *s = &random->spec;
    memset(random, 0, sizeof *random);
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
        if (dense ? chance(&d, 0.8) : s->n_algorithms < TALLY_RANDOM_ALGORITHMS && chance(&d, 0.1))
            s->bit[s->n_algorithms++] = (uint16_t)b;
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++) {
        if (chance(&d, 0.85))
            set_one(s->finor, b);
        if (chance(&d, 0.03))
            set_one(s->veto, b);
        for (unsigned k = 0; k < TALLY_RANDOM_SETS; k++)
            if (chance(&d, 0.3))
                set_one(random->set[k].bits, b);
        for (unsigned c = 0; c < TALLY_RANDOM_COLUMNS; c++)
            s->factor[c][b] = factor(&d);
    }
    for (size_t x = 0; x < L1T_GT_ORBIT; x++)
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            random->open[x][w] = ~((uint64_t)draw(&d) << 32 & (uint64_t)draw(&d) << 32 &
                                   (uint64_t)draw(&d) << below(&d, 33));
    s->open = chance(&d, 0.5) ? (const uint64_t(*)[L1T_GT_WORDS])random->open : NULL;
    s->n_columns = TALLY_RANDOM_COLUMNS;
    s->focus = below(&d, TALLY_RANDOM_COLUMNS);
    s->n_sets = TALLY_RANDOM_SETS;
    s->set = random->set;
    s->overlap = true;
}

static struct l1t_decided *new_block(uint64_t first, size_t n)
{
    struct l1t_decided *b = calloc(1, sizeof *b);
    if (b == NULL)
        abort();
    b->first = first;
    b->n = n;
    b->offset = calloc(n + 1, sizeof *b->offset);
    b->bits = calloc(n + 1, sizeof *b->bits);
    b->fired_weight = calloc(n + 1, sizeof *b->fired_weight);
    b->pileup = calloc(n + 1, sizeof *b->pileup);
    b->crossing = calloc(n + 1, sizeof *b->crossing);
    if (b->offset == NULL || b->bits == NULL || b->fired_weight == NULL || b->pileup == NULL ||
        b->crossing == NULL)
        abort();
    return b;
}

void tally_random_block_free(struct l1t_decided *block)
{
    free(block->offset);
    free(block->bits);
    free(block->fired_weight);
    free(block->pileup);
    free(block->crossing);
    free(block);
}

static void count(struct l1t_decided *b, unsigned pileup, int64_t weight)
{
    b->count[pileup]++;
    b->weight[pileup] += weight;
    b->weight2[pileup] += (l1t_int128)weight * weight;
}

static int64_t weight_of(struct draws *d)
{
    if (chance(d, 0.05))
        return 0;
    if (chance(d, 0.05))
        return chance(d, 0.5) ? UINT32_MAX : -(int64_t)UINT32_MAX;
    return (int64_t)below(d, 2000) - 400;
}

// Crossing `number`, the same in whatever block.
static void put(struct l1t_decided *b, uint64_t seed, uint64_t number, double fired,
                enum tally_weights weights)
{
    struct draws d = {.seed = seed, .event = number + 2};
    const int64_t weight = weights == TALLY_WEIGHTED ? weight_of(&d) : 1;
    const unsigned pileup = weights == TALLY_WEIGHTED ? below(&d, L1T_TALLY_PILEUPS) : 0;
    const unsigned n = below(&d, (unsigned)(2 * fired) + 2);
    const size_t e = b->n_fired;
    count(b, pileup, weight);
    memset(b->bits[e], 0, sizeof b->bits[e]);
    // Low bits fire together more often.
    for (unsigned i = 0; i < n; i++)
        set_one(b->bits[e], below(&d, 1 + below(&d, L1T_GT_ALGORITHMS)));
    if (n == 0)
        return;
    b->offset[e] = (uint16_t)(number - b->first);
    b->fired_weight[e] = weight;
    b->pileup[e] = (uint8_t)pileup;
    b->crossing[e] = (uint16_t)below(&d, L1T_GT_ORBIT);
    b->n_fired++;
}

struct l1t_decided *tally_random_block(uint64_t seed, uint64_t first, size_t n, double fired,
                                       enum tally_weights weights)
{
    struct l1t_decided *b = new_block(first, n);
    for (size_t i = 0; i < n; i++)
        put(b, seed, first + i, fired, weights);
    return b;
}

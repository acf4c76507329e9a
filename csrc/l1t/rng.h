/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counter-based random numbers: Threefry4x32-20 (Salmon et al., "Parallel random
 * numbers: as easy as 1, 2, 3", SC11). key = (seed low, seed high, stream, 0),
 * counter = (event low, event high, block, 0). Any event can be made alone, in
 * any order, by any thread, and gets the same numbers.
 */
#ifndef L1T_RNG_H
#define L1T_RNG_H

#include <stddef.h>
#include <stdint.h>

/* Seeds a user may give: the whole numbers that JSON and YAML readers keep exactly. */
#define L1T_SEED_MAX INT64_C(9007199254740991)

/* One block of four words. */
void l1t_threefry4x32(const uint32_t key[4], const uint32_t counter[4], uint32_t out[4]);

/* Streams in use; each independent consumer of numbers has its own. */
enum l1t_stream {
    L1T_STREAM_OBJECTS = 1, /* inclusive four-object events */
    L1T_STREAM_NULL = 2,
    L1T_STREAM_POSITIVE = 3,
    L1T_STREAM_PROCESSES = 4, /* crossings of the physical mode */
    L1T_STREAM_BOOTSTRAP = 5,
    L1T_STREAM_PRESCALE = 6,
    L1T_STREAM_TOWERS = 16,
    L1T_STREAM_TOWER_JETS = 17,
    L1T_STREAM_SLOTS = 18,         /* sorter */
    L1T_STREAM_TOWER_OBJECTS = 19, /* objects put into tower events */
    L1T_STREAM_MUONS = 20,         /* muon events; hard ones */
    L1T_STREAM_MUON_CORNERS = 21,
    L1T_STREAM_STUBS = 22,         /* of muons in the barrel */
    L1T_STREAM_GT = 24,            /* crossings of the global trigger */
    L1T_STREAM_GT_SETTINGS = 25,   /* its run settings */
    L1T_STREAM_REQUESTS = 28,      /* of the dead-time simulation, by orbit */
    L1T_STREAM_WORDS = 29,         /* bootstrap of the accounting */
    L1T_STREAM_GAPS = 32,          /* co-simulation: gaps and resets */
    L1T_STREAM_SAMPLE_PLACES = 40, /* eta, phi, charge of objects of the physical mode */
    L1T_STREAM_SAMPLE_PILEUP = 41, /* of generated samples */
    L1T_STREAM_TEST = 64
};

/* The four words of (seed, stream, event, block). */
void l1t_rng_words(uint64_t seed, uint32_t stream, uint64_t event, uint32_t block, uint32_t out[4]);

/* Batch, one block for each of n events from event0, structure of arrays out0..out3[n]. Vectorised;
 * same words as l1t_rng_words. */
void l1t_rng_batch(uint64_t seed, uint32_t stream, uint64_t event0, uint32_t block, size_t n,
                   uint32_t *out0, uint32_t *out1, uint32_t *out2, uint32_t *out3);

/* 53-bit uniform in (0,1), never 0 or 1, from two words. */
double l1t_rng_uniform(uint32_t high, uint32_t low);

/*
 * Alias table (Vose) over n <= 2^bits codes, one 32-bit word per draw, integers only once made, so
 * results are the same on every CPU. Probabilities are realised on a grain of 2^-32.
 * entry: threshold in the upper 32 - bits, alias in the lower bits.
 */
struct l1t_alias {
    unsigned bits;   /* 1..16 */
    uint32_t *entry; /* 2^bits */
};
/* weight[n] >= 0, not all zero. Returns 0, or -1 when out of memory or the weights are bad. */
int l1t_alias_init(struct l1t_alias *alias, const double *weight, size_t n);
void l1t_alias_free(struct l1t_alias *alias);

static inline uint32_t l1t_alias_draw(const struct l1t_alias *alias, uint32_t u)
{
    const unsigned shift = 32 - alias->bits;
    const uint32_t k = u >> shift;
    const uint32_t entry = alias->entry[k];
    const uint32_t fraction = u & ((UINT32_C(1) << shift) - 1);
    /* A mask, not a choice: the branch would be missed half of the time. */
    const uint32_t mask = 0U - (uint32_t)(fraction < (entry >> alias->bits));
    return (k & mask) | (entry & ((UINT32_C(1) << alias->bits) - 1) & ~mask);
}

/* Exact probability that l1t_alias_draw returns code (a sum of multiples of 2^-32). */
double l1t_alias_probability(const struct l1t_alias *alias, uint32_t code);

#endif

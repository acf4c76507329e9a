/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tally's memory. What the pointer shows is flat, without pointers, and the same bytes for the
 * same crossings; what a process needs to work on it lies in front of it.
 */
#ifndef L1T_TALLY_INTERNAL_H
#define L1T_TALLY_INTERNAL_H

#include "tally_plan.h"

/*
 * A sum over crossings in whole numbers. w2 has 192 bits: squares of weights up to 2^64, of
 * expected factors 60 bits more, and as many crossings as there may ever be.
 */
struct tally_sum {
    l1t_int128 w;
    uint64_t w2[3];
    uint64_t n;
};

static inline void tally_sum_square(struct tally_sum *s, tally_uint128 square)
{
    tally_uint128 low = s->w2[0] + (square & UINT64_MAX);
    s->w2[0] = (uint64_t)low;
    low = (low >> 64) + s->w2[1] + (square >> 64);
    s->w2[1] = (uint64_t)low;
    s->w2[2] += (uint64_t)(low >> 64);
}

static inline void tally_sum_merge(struct tally_sum *to, const struct tally_sum *from)
{
    const tally_uint128 low = ((tally_uint128)from->w2[1] << 64) | from->w2[0];
    tally_sum_square(to, low);
    to->w2[2] += from->w2[2];
    to->w += from->w;
    to->n += from->n;
}

/* n crossings with sums of weights w and of squares w2. */
static inline void tally_sum_add(struct tally_sum *s, uint64_t n, l1t_int128 w, l1t_int128 w2)
{
    s->n += n;
    s->w += w;
    tally_sum_square(s, (tally_uint128)w2);
}

/* The same, each with a factor in 2^-40, |factor| <= 1. */
static inline void tally_sum_share(struct tally_sum *s, int64_t factor, uint64_t n, l1t_int128 w,
                                   l1t_int128 w2)
{
    const uint64_t size = (uint64_t)(factor < 0 ? -factor : factor);
    const uint64_t square = tally_square(size);
    s->n += n;
    s->w += factor * w;
    tally_sum_square(s, (tally_uint128)(uint64_t)w2 * square);
    // The upper half of w2, 64 bits higher.
    const tally_uint128 high = (tally_uint128)(uint64_t)(w2 >> 64) * square + s->w2[1];
    s->w2[1] = (uint64_t)high;
    s->w2[2] += (uint64_t)(high >> 64);
}

/* In weights; of shares: in 2^-40 and 2^-60 of them. */
struct l1t_sum tally_sum_read(const struct tally_sum *s, double unit);
struct l1t_sum tally_sum_read_share(const struct tally_sum *s, double unit);

/* Arrays of sums, one after the other. */
enum tally_part {
    TALLY_PILEUP_ALL,    /* [256] */
    TALLY_PILEUP_TOTAL,  /* [256] */
    TALLY_PILEUP_BEFORE, /* [n][256] */
    TALLY_BEFORE,        /* [n] */
    TALLY_AFTER,         /* [columns][n], of the divided only */
    TALLY_EXACT_TOTAL,   /* [columns] */
    TALLY_EXACT_PURE,    /* [columns][n] */
    TALLY_EXACT_PROPORTIONAL,
    TALLY_EXACT_SET_OR, /* [columns][sets] */
    TALLY_EXACT_SET_PURE,
    TALLY_EXPECTED_TOTAL, /* the same, in the same order */
    TALLY_EXPECTED_PURE,
    TALLY_EXPECTED_PROPORTIONAL,
    TALLY_EXPECTED_SET_OR,
    TALLY_EXPECTED_SET_PURE,
    TALLY_OVERLAP, /* [n][n]: i < j */
    TALLY_PARTS
};

struct l1t_tally {
    uint64_t size; /* bytes, all */
    uint64_t n, n_columns, n_sets, focus, overlap;
    uint64_t part[TALLY_PARTS + 1]; /* first sum of each */
    double unit;
    uint64_t pending; /* crossings that wait in the process's part; 0 in a copy */
};

/* What lies in front. */
struct tally_live {
    struct tally_plan plan;
    struct tally_waiting *waiting;
};

struct tally_live *tally_live(const struct l1t_tally *tally);

static inline struct tally_sum *tally_sums(struct l1t_tally *tally)
{
    return (struct tally_sum *)((char *)tally + (sizeof *tally + 15) / 16 * 16);
}

static inline struct tally_sum *tally_part(struct l1t_tally *tally, enum tally_part part)
{
    return tally_sums(tally) + tally->part[part];
}

/* ---- what waits (tally_wait.c) ---- */

/* Proportional shares of crossings of weight 1 that several kept, in 2^-40 and 2^-60. */
struct tally_shares {
    tally_uint128 square;
    uint64_t share, n;
};

/* A word that fired, with its crossings: what is expected of it is computed once for them all. */
struct tally_word {
    uint64_t open[L1T_GT_WORDS];
    l1t_int128 w, w2;
    uint64_t n; /* 0: the place is free */
};

enum { TALLY_WORDS = 4096, TALLY_WAIT = 1 << 22 };

/*
 * Small counters that fit a processor's cache; they are added to the sums when these are wanted, or
 * after TALLY_WAIT crossings.
 */
struct tally_waiting {
    uint32_t *count;             /* by number of the sum: crossings of weight 1 */
    struct tally_shares *shares; /* [columns][n] */
    struct tally_word *word;     /* [TALLY_WORDS], by hash */
    size_t n_words;
    uint64_t (*open)[L1T_GT_WORDS]; /* of a block */
    uint64_t (*kept)[L1T_GT_WORDS]; /* of a block in the column in focus */
    uint64_t *mask;                 /* the same by algorithm, 4096 bits each */
};

struct tally_waiting *l1t_tally_waiting_new(const struct l1t_tally *tally);
void l1t_tally_waiting_free(struct tally_waiting *waiting); /* accepts NULL */
/* Add what waits. Reading does it, of a tally that is constant to its reader: nothing that can be
 * read changes. */
void l1t_tally_settle(const struct l1t_tally *tally);
/* One crossing's word, for what is expected. */
void l1t_tally_wait_word(struct l1t_tally *tally, const uint64_t open[L1T_GT_WORDS],
                         int64_t weight);

/* ---- counting (tally_count.c) ---- */

/* By bit, words in which it is set; n < 65536. */
void l1t_tally_positional(const uint64_t (*word)[L1T_GT_WORDS], size_t n,
                          uint32_t count[L1T_GT_ALGORITHMS]);
/* Adds to pair[i * n_algorithms + j], i < j, words in which both bits are set; n <= 4096. */
void l1t_tally_pairs(const struct tally_plan *plan, const uint64_t (*word)[L1T_GT_WORDS], size_t n,
                     uint64_t *mask, uint32_t *pair);

#endif

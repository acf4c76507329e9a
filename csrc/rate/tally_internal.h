/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tally's memory. What the pointer shows is flat, without pointers, and the same bytes for the
 * same crossings; what a process needs to work on it lies in front of it.
 */
#ifndef L1T_TALLY_INTERNAL_H
#define L1T_TALLY_INTERNAL_H

#include "tally_plan.h"

__extension__ typedef unsigned __int128 tally_uint128;

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

/* The same, each with a factor in 2^-40, |factor| <= 1; w2 < 2^67. */
static inline void tally_sum_share(struct tally_sum *s, int64_t factor, uint64_t n, l1t_int128 w,
                                   l1t_int128 w2)
{
    const uint64_t size = (uint64_t)(factor < 0 ? -factor : factor);
    const uint64_t square =
        (uint64_t)(((tally_uint128)size * size) >> (2 * L1T_SHARE_BITS - L1T_SHARE2_BITS));
    s->n += n;
    s->w += factor * w;
    tally_sum_square(s, (tally_uint128)w2 * square);
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
    uint64_t pending; /* words that wait in the process's part; 0 in a copy */
};

/* What lies in front. */
struct tally_live {
    struct tally_plan plan;
    struct tally_scratch *scratch;
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

#endif

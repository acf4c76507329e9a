/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random words of one event, one after the other. */
#ifndef L1T_TOWER_DRAWS_H
#define L1T_TOWER_DRAWS_H

#include "l1t/rng.h"

struct l1t_draws {
    uint64_t seed, event;
    uint32_t stream, block, word[4]; /* the next block is read when the words of one are used up */
    unsigned left;
};

static inline uint32_t l1t_draw(struct l1t_draws *d)
{
    if (d->left == 0) {
        l1t_rng_words(d->seed, d->stream, d->event, d->block++, d->word);
        d->left = 4;
    }
    return d->word[--d->left];
}

/* 0..n-1; n is small, so the bias of the multiplication is, too. */
static inline unsigned l1t_draw_below(struct l1t_draws *d, unsigned n)
{
    return (unsigned)(((uint64_t)l1t_draw(d) * n) >> 32);
}

#endif

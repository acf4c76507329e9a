/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers one after another, keyed by (seed, stream, event). */
#ifndef L1T_GT_DRAWS_H
#define L1T_GT_DRAWS_H

#include "l1t/rng.h"

#include <stdbool.h>

struct l1t_gt_draws {
    uint64_t seed, event;
    uint32_t stream, block, word[4];
    unsigned left;
};

static inline uint32_t l1t_gt_draw(struct l1t_gt_draws *d)
{
    if (d->left == 0) {
        l1t_rng_words(d->seed, d->stream, d->event, d->block++, d->word);
        d->left = 4;
    }
    return d->word[--d->left];
}

static inline uint32_t l1t_gt_below(struct l1t_gt_draws *d, uint32_t n)
{
    return (uint32_t)((uint64_t)l1t_gt_draw(d) * n >> 32);
}

static inline bool l1t_gt_chance(struct l1t_gt_draws *d, unsigned percent)
{
    return l1t_gt_below(d, 100) < percent;
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random words of one numbered thing, one after the other. */
#ifndef GT_DRAWS_H
#define GT_DRAWS_H

#include "l1t/rng.h"

#include <stdbool.h>

struct gt_draws {
    uint64_t seed, number;
    uint32_t block, at, word[4];
};

static inline uint32_t gt_draw(struct gt_draws *d)
{
    if (d->at == 0)
        l1t_rng_words(d->seed, L1T_STREAM_TEST, d->number, d->block++, d->word);
    const uint32_t word = d->word[d->at];
    d->at = (d->at + 1) % 4;
    return word;
}

static inline unsigned gt_below(struct gt_draws *d, unsigned n)
{
    return gt_draw(d) % n;
}

/* true in percent of the cases */
static inline bool gt_chance(struct gt_draws *d, unsigned percent)
{
    return gt_below(d, 100) < percent;
}

#endif

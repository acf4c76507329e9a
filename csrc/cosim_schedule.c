// SPDX-License-Identifier: GPL-3.0-or-later
// When rows are fed: gaps between and inside events, resets in the middle of one. Each choice
// depends on the seed and the event's number only.
#include "cosim_internal.h"

#include "l1t/rng.h"

// Mostly nothing or little, now and then longer than a pipeline.
static uint16_t gap_between(uint32_t word)
{
    switch (word & 7) {
    case 0:
    case 1:
        return 0;
    case 2:
        return (uint16_t)(word >> 8 & 0xff);
    default:
        return (uint16_t)(1 + (word >> 8 & 0xf));
    }
}

static void fill_row_gaps(const struct l1t_cosim *c, uint64_t event, uint8_t *row_gap)
{
    uint32_t word[4];
    l1t_rng_words(c->options->seed, L1T_STREAM_GAPS, event, 1, word);
    const bool some = (word[0] & 7) != 0; // every eighth event has none
    const unsigned rarity = 1 + (word[1] & 7);
    for (size_t r = 0; r < c->twin->in_rows; r++) {
        if (r % 4 == 0)
            l1t_rng_words(c->options->seed, L1T_STREAM_GAPS, event, 2 + (uint32_t)(r / 4), word);
        const uint32_t w = word[r % 4];
        // The gap before the first row is the one between events.
        row_gap[r] = some && r > 0 && w % (rarity + 1) == 0 ? (uint8_t)(1 + (w >> 16 & 7)) : 0;
    }
}

void l1t_cosim_make_gaps(struct l1t_cosim *c)
{
    struct l1t_batch *b = &c->batch;
    for (size_t i = 0; i < b->n; i++) {
        if (b->gap != NULL) {
            uint32_t word[4];
            l1t_rng_words(c->options->seed, L1T_STREAM_GAPS, b->first + i, 0, word);
            b->gap[i] = gap_between(word[0]);
        }
        if (b->row_gap != NULL)
            fill_row_gaps(c, b->first + i, b->row_gap + i * c->twin->in_rows);
    }
}

bool l1t_cosim_reset_before(const struct l1t_cosim *c, uint64_t event)
{
    const uint64_t every = c->options->reset_every;
    return every != 0 && event % every == every - 1;
}

void l1t_cosim_reset_in_event(struct l1t_cosim *c, size_t i)
{
    uint32_t word[4];
    l1t_rng_words(c->options->seed, L1T_STREAM_GAPS, c->batch.first + i, 1000, word);
    const size_t rows = 1 + word[0] % c->twin->in_rows;
    c->ops->feed_part(c->dut, c->batch.in + i * c->twin->in_words, rows);
    c->ops->reset(c->dut, 1 + word[1] % 8);
    c->result->resets++;
}

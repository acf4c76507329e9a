// SPDX-License-Identifier: GPL-3.0-or-later
// Sorter events: few distinct keys, so that ties are the rule, and some events that are hard on
// purpose. The payload has the slot in its lowest five bits and is random above.
#include "sort_events.h"

#include "l1t_formats.h"

#include "l1t/rng.h"

#include <stdbool.h>

enum kind {
    PLAIN,
    RUNS,      // one key for four rows, then another
    FULL,      // every slot of every row
    EQUAL,     // the same, with one key only
    ONE_ROW,   // a full row and no other
    EMPTY,     // nothing
    FEW,       // about four entries in all
    ZERO_KEYS, // full of payloads, but with keys 0 and 1; every fourth row has zeros only
    RISING,    // later rows push out all earlier ones
    KINDS
};

struct plan {
    enum kind kind;
    uint32_t keys, offset, stride; // key k is 1 + (offset + k * stride) modulo 65535
    uint32_t occupancy;            // of a slot, in 1/65536
    uint32_t first;                // RUNS: number of the first key; ONE_ROW: the row
};

static struct plan make_plan(const struct l1t_sort_setup *setup, uint64_t seed, uint64_t event)
{
    uint32_t word[4];
    l1t_rng_words(seed, L1T_STREAM_SLOTS, event, 0, word);
    struct plan plan = {.keys = (uint32_t)setup->keys,
                        .offset = word[1] % 65535,
                        .stride = (word[2] & 1) != 0 ? 65535 / (uint32_t)setup->keys : 1,
                        .occupancy = (uint32_t)(setup->occupancy * 65536),
                        .first = word[3]};
    if (word[0] >> 16 < (uint32_t)(setup->corners * 65536))
        plan.kind = (enum kind)(1 + word[0] % (KINDS - 1));
    return plan;
}

static bool is_used(const struct plan *plan, unsigned row, uint32_t draw)
{
    switch (plan->kind) {
    case PLAIN:
    case RUNS:
        return draw < plan->occupancy;
    case ONE_ROW:
        return row == plan->first % L1T_SORT_ROWS;
    case EMPTY:
        return false;
    case FEW:
        return draw < 65536 / 180;
    default:
        return true;
    }
}

static uint32_t key_of(const struct plan *plan, unsigned row, uint32_t draw)
{
    uint32_t k = draw % plan->keys;
    switch (plan->kind) {
    case ZERO_KEYS:
        return row % 4 == 0 ? 0 : draw & 1;
    case RISING:
        return 1 + row / 2 + (draw & 1);
    case RUNS:
        k = (plan->first % plan->keys + row / 4) % plan->keys;
        break;
    case EQUAL:
        k = 0;
        break;
    default:
        break;
    }
    return 1 + (plan->offset + k * plan->stride) % 65535;
}

void l1t_sort_generate(const struct l1t_sort_setup *setup, uint64_t seed, uint64_t event,
                       uint32_t in[L1T_SORT_IN_WORDS])
{
    const struct plan plan = make_plan(setup, seed, event);
    uint32_t word[4];
    for (uint32_t i = 0; i < L1T_SORT_IN_WORDS; i++) {
        if (i % 2 == 0)
            l1t_rng_words(seed, L1T_STREAM_SLOTS, event, 1 + i / 2, word);
        const unsigned row = i / L1T_SORT_SLOTS, slot = i % L1T_SORT_SLOTS;
        const uint32_t *draw = i % 2 == 0 ? &word[0] : &word[2];
        const uint32_t payload = slot | (draw[1] & 0x7ff) << 5;
        in[i] = 0;
        if (is_used(&plan, row, draw[0] >> 16))
            in[i] = (uint32_t)(l1t_sort_slot_key_put(key_of(&plan, row, draw[0] & 0xffff)) |
                               l1t_sort_slot_payload_put(payload));
    }
}

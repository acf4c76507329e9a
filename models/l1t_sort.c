// SPDX-License-Identifier: Apache-2.0
// Bitonic network and register chain, literally, with a short cut for the usual case: when no two
// keys are equal, every correct sort gives the same list.
#include "l1t_sort.h"

#include "l1t_formats.h"

#include <stdbool.h>
#include <string.h>

static void exchange(struct l1t_item *a, struct l1t_item *b)
{
    const struct l1t_item old = *a;
    *a = *b;
    *b = old;
}

static unsigned power_of_two_below(unsigned n)
{
    unsigned p = 1;
    while (2 * p < n)
        p *= 2;
    return p;
}

static void merge(bool up, struct l1t_item *item, unsigned n)
{
    if (n < 2)
        return;
    const unsigned p = power_of_two_below(n);
    for (unsigned i = 0; i + p < n; i++)
        if ((item[i].key > item[i + p].key) == up)
            exchange(&item[i], &item[i + p]);
    merge(up, item, p);
    merge(up, item + p, n - p);
}

static void sort(bool up, struct l1t_item *item, unsigned n)
{
    if (n < 2)
        return;
    const unsigned half = n / 2;
    sort(!up, item, half);
    sort(up, item + half, n - half);
    merge(up, item, n);
}

// Sorts with the largest key first; false, and items in some order, if it met equal keys.
static bool sort_distinct(struct l1t_item *item, unsigned n)
{
    for (unsigned i = 1; i < n; i++) {
        const struct l1t_item x = item[i];
        unsigned j = i;
        for (; j > 0 && item[j - 1].key <= x.key; j--) {
            if (item[j - 1].key == x.key)
                return false;
            item[j] = item[j - 1];
        }
        item[j] = x;
    }
    return true;
}

void l1t_bitonic_down(struct l1t_item *item, unsigned n)
{
    sort(false, item, n);
}

void l1t_sort_slots(struct l1t_item slot[L1T_SORT_SLOTS])
{
    struct l1t_item taken[L1T_SORT_SLOTS];
    unsigned n = 0;
    for (unsigned i = 0; i < L1T_SORT_SLOTS; i++)
        if (slot[i].key != 0)
            taken[n++] = slot[i];
    if (!sort_distinct(taken, n)) {
        l1t_bitonic_down(slot, L1T_SORT_SLOTS);
        return;
    }
    memset(slot, 0, L1T_SORT_SLOTS * sizeof slot[0]);
    memcpy(slot, taken, n * sizeof slot[0]);
}

void l1t_sort_chain(struct l1t_item *reg, unsigned k, const struct l1t_item *list, unsigned n)
{
    struct l1t_item moving[L1T_SORT_SLOTS];
    unsigned n_moving = 0;
    while (n_moving < n && n_moving < L1T_SORT_SLOTS && list[n_moving].key != 0) {
        moving[n_moving] = list[n_moving];
        n_moving++;
    }
    for (unsigned i = 0; i < k && n_moving > 0; i++) {
        if (moving[0].key <= reg[i].key) // the register stays and the list moves on whole
            continue;
        // The first element stays; the old content takes its place among the rest.
        const struct l1t_item old = reg[i];
        reg[i] = moving[0];
        unsigned j = 1;
        for (; j < n_moving && moving[j].key > old.key; j++)
            moving[j - 1] = moving[j];
        moving[j - 1] = old;
        if (old.key == 0) // an empty register takes nothing out of the list but its head
            n_moving--;
    }
}

// ---- the whole sorter ----

void l1t_sort(const struct l1t_sort_event *event, struct l1t_sort_result *result)
{
    memset(result->reg, 0, sizeof result->reg);
    for (unsigned row = 0; row < L1T_SORT_ROWS; row++) {
        struct l1t_item *list = result->sorted[row];
        for (unsigned i = 0; i < L1T_SORT_SLOTS; i++) {
            list[i] = event->slot[row][i];
            if (list[i].key == 0)
                list[i].payload = 0;
        }
        l1t_sort_slots(list);
        l1t_sort_chain(result->reg, L1T_SORT_REGISTERS, list, L1T_SORT_SLOTS);
    }
}

void l1t_sort_unpack(const uint32_t in[L1T_SORT_IN_WORDS], struct l1t_sort_event *event)
{
    for (unsigned row = 0; row < L1T_SORT_ROWS; row++)
        for (unsigned i = 0; i < L1T_SORT_SLOTS; i++) {
            const uint32_t word = in[row * L1T_SORT_SLOTS + i];
            struct l1t_item *item = &event->slot[row][i];
            item->key = (uint16_t)l1t_sort_slot_key(word);
            item->payload = (uint32_t)(l1t_sort_entry_payload_put(l1t_sort_slot_payload(word)) |
                                       l1t_sort_entry_row_put(row + 1));
        }
}

// n items into the next row of a stage; returns what follows it.
static uint32_t *pack_row(uint32_t *words, const struct l1t_item *item, unsigned n)
{
    const unsigned bits = l1t_sort_entry_bits;
    for (unsigned i = 0; i < n; i++)
        l1t_bits_put(words, i * bits, bits, l1t_sort_entry_key_put(item[i].key) | item[i].payload);
    return words + (n * bits + 31) / 32;
}

void l1t_sort_pack_stages(const struct l1t_sort_result *result,
                          uint32_t words[L1T_SORT_STAGE_WORDS])
{
    memset(words, 0, L1T_SORT_STAGE_WORDS * sizeof words[0]);
    for (unsigned row = 0; row < L1T_SORT_ROWS; row++)
        words = pack_row(words, result->sorted[row], L1T_SORT_SLOTS);
    (void)pack_row(words, result->reg, L1T_SORT_REGISTERS);
}

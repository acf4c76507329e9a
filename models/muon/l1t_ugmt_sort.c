// SPDX-License-Identifier: Apache-2.0
// Both sorts. The hardware compares every pair, the earlier one wins a tie, and the number of wins
// is the place. That is a total order: largest rank first, among equals the lower index; in the
// final sort too, as its inputs come group by group. So the model keeps the best by insertion.
#include "l1t_ugmt.h"

// Larger is better; no two muons have the same, none has 0.
static uint32_t key_of(const struct l1t_ugmt_result *result, unsigned number)
{
    return (uint32_t)result->cand[number].rank << 8 | (255u - number);
}

static uint8_t number_of(uint32_t key)
{
    return (uint8_t)(255 - (key & 255));
}

// Put a key into the list of the best so far, in which 0 is an empty place; the last one falls out.
static void insert(uint32_t *best, unsigned places, uint32_t key)
{
    unsigned i = places;
    for (; i > 0 && best[i - 1] < key; i--)
        if (i < places)
            best[i] = best[i - 1];
    if (i < places)
        best[i] = key;
}

void l1t_ugmt_first_sort(struct l1t_ugmt_result *result)
{
    for (unsigned group = 0; group < L1T_UGMT_GROUPS; group++) {
        uint32_t best[8] = {0};
        unsigned n = 0;
        const unsigned places = l1t_ugmt_places[group];
        const unsigned end = result->start[l1t_ugmt_first[group + 1]];
        for (unsigned i = result->start[l1t_ugmt_first[group]]; i < end; i++)
            if (result->cand[i].cancel == 0)
                insert(best, places, key_of(result, i));
        for (; n < places && best[n] != 0; n++)
            result->kept[l1t_ugmt_place[group] + n] = number_of(best[n]);
        result->n_kept[group] = (uint8_t)n;
    }
}

void l1t_ugmt_final_sort(struct l1t_ugmt_result *result)
{
    uint32_t best[L1T_UGMT_OUT] = {0};
    unsigned n = 0;
    for (unsigned group = 0; group < L1T_UGMT_GROUPS; group++)
        for (unsigned k = 0; k < result->n_kept[group]; k++)
            insert(best, L1T_UGMT_OUT, key_of(result, result->kept[l1t_ugmt_place[group] + k]));
    for (; n < L1T_UGMT_OUT && best[n] != 0; n++)
        result->final[n].cand = number_of(best[n]);
    result->n_final = n;
}

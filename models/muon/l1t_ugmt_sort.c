// SPDX-License-Identifier: Apache-2.0
// Both sorts. The hardware compares every pair, the earlier one wins a tie, and the number of wins
// is the place. That is a total order: largest rank first, among equals the lower index; in the
// final sort too, as its inputs come group by group. So the model keeps the best by insertion.
#include "l1t_ugmt.h"

// Larger is better; no two muons have the same.
static uint32_t key_of(const struct l1t_ugmt_result *result, unsigned number)
{
    return (uint32_t)result->cand[number].rank << 8 | (255u - number);
}

static uint8_t number_of(uint32_t key)
{
    return (uint8_t)(255 - (key & 255));
}

// Put a key into the list of the best n of at most room; the number there are then.
static unsigned insert(uint32_t *best, unsigned n, unsigned room, uint32_t key)
{
    if (n == room && key < best[n - 1])
        return n;
    unsigned i = n < room ? n++ : n - 1;
    for (; i > 0 && best[i - 1] < key; i--)
        best[i] = best[i - 1];
    best[i] = key;
    return n;
}

void l1t_ugmt_first_sort(struct l1t_ugmt_result *result)
{
    for (unsigned group = 0; group < L1T_UGMT_GROUPS; group++) {
        uint32_t best[8];
        unsigned n = 0;
        const unsigned end = result->start[l1t_ugmt_first[group + 1]];
        for (unsigned i = result->start[l1t_ugmt_first[group]]; i < end; i++)
            if (result->cand[i].cancel == 0)
                n = insert(best, n, l1t_ugmt_places[group], key_of(result, i));
        result->n_kept[group] = (uint8_t)n;
        for (unsigned k = 0; k < n; k++)
            result->kept[l1t_ugmt_place[group] + k] = number_of(best[k]);
    }
}

void l1t_ugmt_final_sort(struct l1t_ugmt_result *result)
{
    uint32_t best[L1T_UGMT_OUT];
    unsigned n = 0;
    for (unsigned group = 0; group < L1T_UGMT_GROUPS; group++)
        for (unsigned k = 0; k < result->n_kept[group]; k++)
            n = insert(best, n, L1T_UGMT_OUT,
                       key_of(result, result->kept[l1t_ugmt_place[group] + k]));
    result->n_final = n;
    for (unsigned k = 0; k < n; k++)
        result->final[k].cand = number_of(best[k]);
}

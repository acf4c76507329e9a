// SPDX-License-Identifier: GPL-3.0-or-later
// Alias tables after Vose (IEEE Trans. Softw. Eng. 17 (1991) 972), made in integers: the weights
// are first rounded to counts out of 2^32 words, and the counts are then shared out exactly. The
// table therefore has no rounding of its own, and its law is known to the last word.
#include "l1t/rng.h"

#include <math.h>
#include <stdlib.h>

static const uint64_t words = UINT64_C(1) << 32;

static unsigned bits_for(size_t n)
{
    unsigned bits = 1;
    while (bits <= 16 && ((size_t)1 << bits) < n)
        bits++;
    return bits;
}

static double sum_of(const double *weight, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(weight[i] >= 0) || isinf(weight[i]))
            return NAN;
        sum += weight[i];
    }
    return sum;
}

// Counts with sum 2^32. The running total is rounded, not each weight, so no count is off by more
// than one and nothing is left over to be placed arbitrarily; a weight of zero stays zero.
static void make_counts(const double *weight, size_t n, double sum, uint64_t *count)
{
    double running = 0;
    uint64_t given = 0;
    size_t last = 0;
    for (size_t i = 0; i < n; i++) {
        running += weight[i];
        uint64_t until = (uint64_t)llround(running / sum * 0x1p32);
        until = until > words ? words : until;
        if (weight[i] > 0)
            last = i;
        count[i] = weight[i] > 0 && until > given ? until - given : 0;
        given += count[i];
    }
    count[last] += words - given;
}

struct stacks {
    uint64_t *count;
    size_t *small, *large; // slots with less, and with at least, a slot's share
    size_t n_small, n_large;
};

static void sort_slots(struct stacks *s, size_t slots, uint64_t share)
{
    for (size_t i = slots; i-- > 0;) {
        if (s->count[i] < share)
            s->small[s->n_small++] = i;
        else
            s->large[s->n_large++] = i;
    }
}

static void pair_slots(struct stacks *s, unsigned bits, uint32_t *entry)
{
    const uint64_t share = words >> bits;
    while (s->n_small > 0) { // a small slot implies a large one: the counts add up to all words
        const size_t low = s->small[--s->n_small];
        const size_t high = s->large[s->n_large - 1];
        entry[low] = (uint32_t)(s->count[low] << bits) | (uint32_t)high;
        s->count[high] -= share - s->count[low];
        if (s->count[high] < share) {
            s->n_large--;
            s->small[s->n_small++] = high;
        }
    }
    while (s->n_large > 0) { // exactly full: both answers are the slot itself
        const size_t full = s->large[--s->n_large];
        entry[full] = (uint32_t)full;
    }
}

int l1t_alias_init(struct l1t_alias *alias, const double *weight, size_t n)
{
    *alias = (struct l1t_alias){0, NULL};
    const double sum = n > 0 ? sum_of(weight, n) : NAN;
    if (!(sum > 0) || isinf(sum) || n > ((size_t)1 << 16))
        return -1;
    const unsigned bits = bits_for(n);
    const size_t slots = (size_t)1 << bits;
    struct stacks s = {calloc(slots, sizeof *s.count), calloc(slots, sizeof *s.small),
                       calloc(slots, sizeof *s.large), 0, 0};
    uint32_t *entry = calloc(slots, sizeof *entry);
    int result = -1;
    if (s.count != NULL && s.small != NULL && s.large != NULL && entry != NULL) {
        make_counts(weight, n, sum, s.count);
        sort_slots(&s, slots, words >> bits);
        pair_slots(&s, bits, entry);
        *alias = (struct l1t_alias){bits, entry};
        entry = NULL;
        result = 0;
    }
    free(entry);
    free(s.large);
    free(s.small);
    free(s.count);
    return result;
}

void l1t_alias_free(struct l1t_alias *alias)
{
    free(alias->entry);
    *alias = (struct l1t_alias){0, NULL};
}

double l1t_alias_probability(const struct l1t_alias *alias, uint32_t code)
{
    const size_t slots = (size_t)1 << alias->bits;
    const uint32_t mask = (uint32_t)(slots - 1);
    const uint64_t share = words >> alias->bits;
    uint64_t count = 0;
    for (size_t i = 0; i < slots; i++) {
        const uint64_t kept = alias->entry[i] >> alias->bits;
        count += i == code ? kept : 0;
        count += (alias->entry[i] & mask) == code ? share - kept : 0;
    }
    return (double)count * 0x1p-32;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Different crossings, each once, with their number and weights.
#include "l1t/budget.h"

#include <stdlib.h>
#include <string.h>

struct l1t_budget_table {
    size_t n_items, n, room, n_slots;
    struct l1t_budget_word *word;
    uint32_t *slot; // number of a word + 1; 0 empty
};

// ---- what of a crossing matters ----

static bool any(const uint64_t *bits)
{
    uint64_t all = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        all |= bits[w];
    return all != 0;
}

// The lowest algorithm of a limit that fires and is not prescaled: it decides alone. -1: none.
static int always(const struct l1t_budget *b, const struct l1t_budget_limit *limit,
                  const uint64_t *open)
{
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        const uint64_t bits = open[w] & limit->bits[w] & b->finor[w] & b->always[w];
        if (bits != 0)
            return (int)(64 * w) + __builtin_ctzll(bits);
    }
    return -1;
}

static bool has(const uint64_t *bits, unsigned bit)
{
    return (bits[bit / 64] >> bit % 64 & 1) != 0;
}

bool l1t_budget_reduce(const struct l1t_budget *b, const uint64_t open[L1T_GT_WORDS],
                       const uint16_t *level, struct l1t_budget_word *word)
{
    bool items = false;
    memset(word, 0, sizeof *word);
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        word->fixed[w] = open[w] & b->veto[w];
    for (size_t c = 0; c < b->n_limits; c++) {
        const int decided = always(b, &b->limit[c], open);
        if (decided >= 0) {
            word->fixed[decided / 64] |= UINT64_C(1) << decided % 64;
            continue;
        }
        for (unsigned w = 0; w < L1T_GT_WORDS; w++)
            word->fixed[w] |= open[w] & b->limit[c].bits[w] & b->finor[w];
        for (size_t i = 0; i < b->n_items; i++)
            if (has(b->limit[c].bits, b->item[i].bit)) {
                word->level[i] = level[i];
                items = items || level[i] > 0;
            }
    }
    return items || any(word->fixed);
}

// ---- the table ----

enum { FIRST_ROOM = 1024 };

enum l1t_err l1t_budget_table_open(size_t n_items, struct l1t_budget_table **table,
                                   struct l1t_diag *diag)
{
    struct l1t_budget_table *const t = calloc(1, sizeof *t);
    *table = NULL;
    if (t != NULL) {
        t->n_items = n_items;
        t->room = FIRST_ROOM;
        t->n_slots = 2 * FIRST_ROOM;
        t->word = malloc(t->room * sizeof *t->word);
        t->slot = calloc(t->n_slots, sizeof *t->slot);
    }
    if (t == NULL || t->word == NULL || t->slot == NULL) {
        l1t_budget_table_close(t);
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory for crossings");
    }
    *table = t;
    return L1T_OK;
}

void l1t_budget_table_close(struct l1t_budget_table *table)
{
    if (table == NULL)
        return;
    free(table->word);
    free(table->slot);
    free(table);
}

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 29;
}

static uint64_t hash(const struct l1t_budget_word *word, size_t n_items)
{
    uint64_t h = 1;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        h = mix(h, word->fixed[w]);
    for (size_t i = 0; i < n_items; i++)
        h = mix(h, word->level[i]);
    return mix(h, h >> 31);
}

static int compare(const struct l1t_budget_word *a, const struct l1t_budget_word *b)
{
    const int fixed = memcmp(a->fixed, b->fixed, sizeof a->fixed);
    return fixed != 0 ? fixed : memcmp(a->level, b->level, sizeof a->level);
}

// The slot of a word, or the empty one where it belongs.
static size_t find(const struct l1t_budget_table *t, const struct l1t_budget_word *word)
{
    size_t at = (size_t)hash(word, t->n_items) & (t->n_slots - 1);
    while (t->slot[at] != 0 && compare(&t->word[t->slot[at] - 1], word) != 0)
        at = (at + 1) & (t->n_slots - 1);
    return at;
}

static bool grow(struct l1t_budget_table *t)
{
    struct l1t_budget_word *const word = realloc(t->word, 2 * t->room * sizeof *word);
    if (word == NULL)
        return false;
    t->word = word;
    uint32_t *const slot = calloc(2 * t->n_slots, sizeof *slot);
    if (slot == NULL)
        return false;
    free(t->slot);
    t->slot = slot;
    t->room *= 2;
    t->n_slots *= 2;
    for (size_t i = 0; i < t->n; i++)
        t->slot[find(t, &t->word[i])] = (uint32_t)i + 1;
    return true;
}

enum l1t_err l1t_budget_table_add(struct l1t_budget_table *table,
                                  const struct l1t_budget_word *word, struct l1t_diag *diag)
{
    size_t at = find(table, word);
    if (table->slot[at] != 0) {
        struct l1t_budget_word *const same = &table->word[table->slot[at] - 1];
        same->n += word->n;
        same->w += word->w;
        same->w2 += word->w2;
        return L1T_OK;
    }
    if (table->n == L1T_BUDGET_WORDS)
        return l1t_fail(diag, L1T_E_INPUT,
                        "more than %d different crossings; vary fewer algorithms, or thresholds "
                        "in larger steps",
                        L1T_BUDGET_WORDS);
    if (table->n == table->room) {
        if (!grow(table))
            return l1t_fail(diag, L1T_E_NOMEM, "out of memory for %zu different crossings",
                            2 * table->n);
        at = find(table, word);
    }
    table->word[table->n++] = *word;
    table->slot[at] = (uint32_t)table->n;
    return L1T_OK;
}

enum l1t_err l1t_budget_table_merge(struct l1t_budget_table *to,
                                    const struct l1t_budget_table *from, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < from->n; i++)
        err = l1t_budget_table_add(to, &from->word[i], diag);
    return err;
}

static int in_order(const void *a, const void *b)
{
    return compare(a, b);
}

void l1t_budget_table_take(struct l1t_budget_table *table, struct l1t_budget_sample *sample)
{
    qsort(table->word, table->n, sizeof *table->word, in_order);
    sample->word = table->word;
    sample->n_words = table->n;
    table->word = NULL;
    table->n = 0;
}

void l1t_budget_free(struct l1t_budget *budget)
{
    for (size_t s = 0; s < budget->n_samples; s++) {
        free(budget->sample[s].word);
        budget->sample[s].word = NULL;
    }
}

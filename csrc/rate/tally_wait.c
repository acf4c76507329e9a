// SPDX-License-Identifier: GPL-3.0-or-later
// Counters that wait, and what is expected of words, added to the sums.
#include "tally_internal.h"

#include "l1t/sample.h"

#include <stdlib.h>
#include <string.h>

struct tally_waiting *l1t_tally_waiting_new(const struct l1t_tally *tally)
{
    struct tally_waiting *w = calloc(1, sizeof *w);
    if (w == NULL)
        return NULL;
    w->count = calloc(tally->part[TALLY_PARTS], sizeof *w->count);
    w->shares = calloc(tally->n_columns * tally->n + 1, sizeof *w->shares);
    w->word = calloc(TALLY_WORDS, sizeof *w->word);
    w->open = aligned_alloc(64, L1T_SAMPLE_BLOCK * sizeof *w->open);
    w->kept = aligned_alloc(64, L1T_SAMPLE_BLOCK * sizeof *w->kept);
    w->mask = aligned_alloc(64, L1T_GT_ALGORITHMS * L1T_SAMPLE_BLOCK / 8);
    if (w->count != NULL && w->shares != NULL && w->word != NULL && w->open != NULL &&
        w->kept != NULL && w->mask != NULL)
        return w;
    l1t_tally_waiting_free(w);
    return NULL;
}

void l1t_tally_waiting_free(struct tally_waiting *waiting)
{
    if (waiting == NULL)
        return;
    free(waiting->count);
    free(waiting->shares);
    free(waiting->word);
    free(waiting->open);
    free(waiting->kept);
    free(waiting->mask);
    free(waiting);
}

// ---- words ----

static void expect_column(struct l1t_tally *t, struct tally_plan *plan, size_t c,
                          const struct tally_word *word)
{
    const struct tally_column *column = &plan->column[c];
    struct tally_expected e;
    l1t_tally_expect(plan, c, word->open, &e);
    if (e.total == 0)
        return;
    tally_sum_share(tally_part(t, TALLY_EXPECTED_TOTAL) + c, (int64_t)e.total, 0, word->w,
                    word->w2);
    struct tally_sum *pure = tally_part(t, TALLY_EXPECTED_PURE) + c * plan->n;
    struct tally_sum *share = tally_part(t, TALLY_EXPECTED_PROPORTIONAL) + c * plan->n;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        uint64_t left = word->open[w] & plan->part[w] & (column->always[w] | column->divided[w]);
        for (; left != 0; left &= left - 1) {
            const unsigned b = 64 * w + (unsigned)__builtin_ctzll(left);
            const size_t i = plan->index[b];
            if (e.pure[b] != 0)
                tally_sum_share(&pure[i], (int64_t)e.pure[b], 0, word->w, word->w2);
            tally_sum_share(&share[i], (int64_t)e.proportional[b], 0, word->w, word->w2);
        }
    }
    for (size_t s = 0; s < plan->n_sets; s++) {
        const size_t i = c * plan->n_sets + s;
        if (e.set_or[s] == 0)
            continue;
        tally_sum_share(tally_part(t, TALLY_EXPECTED_SET_OR) + i, (int64_t)e.set_or[s], 0, word->w,
                        word->w2);
        tally_sum_share(tally_part(t, TALLY_EXPECTED_SET_PURE) + i, (int64_t)e.set_pure[s], 0,
                        word->w, word->w2);
    }
}

static void settle_words(struct l1t_tally *t)
{
    struct tally_live *live = tally_live(t);
    for (size_t i = 0; live->waiting->n_words > 0 && i < TALLY_WORDS; i++) {
        struct tally_word *word = &live->waiting->word[i];
        if (word->n == 0)
            continue;
        for (size_t c = 0; c < live->plan.n_columns; c++)
            expect_column(t, &live->plan, c, word);
        word->n = 0;
    }
    live->waiting->n_words = 0;
}

static uint64_t hash(const uint64_t *word)
{
    uint64_t h = 0;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        h = (h ^ word[w]) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    return h * UINT64_C(0xBF58476D1CE4E5B9);
}

void l1t_tally_wait_word(struct l1t_tally *tally, const uint64_t open[L1T_GT_WORDS], int64_t weight)
{
    struct tally_waiting *waiting = tally_live(tally)->waiting;
    size_t at = hash(open) % TALLY_WORDS;
    struct tally_word *word = &waiting->word[at];
    while (word->n != 0 && memcmp(word->open, open, sizeof word->open) != 0) {
        at = (at + 1) % TALLY_WORDS;
        word = &waiting->word[at];
    }
    if (word->n == 0) {
        if (waiting->n_words == TALLY_WORDS / 2) {
            settle_words(tally);
            word = &waiting->word[hash(open) % TALLY_WORDS];
        }
        waiting->n_words++;
        memcpy(word->open, open, sizeof word->open);
        word->w = word->w2 = 0;
    }
    word->n++;
    word->w += weight;
    word->w2 += (l1t_int128)weight * weight;
}

// ---- counters ----

static void settle_shares(struct l1t_tally *t)
{
    struct tally_sum *sum = tally_part(t, TALLY_EXACT_PROPORTIONAL);
    struct tally_waiting *waiting = tally_live(t)->waiting;
    const uint32_t *alone = waiting->count + t->part[TALLY_EXACT_PURE];
    for (size_t i = 0; i < t->n_columns * t->n; i++) {
        struct tally_shares *s = &waiting->shares[i];
        // Those that were alone kept the whole.
        tally_sum_share(&sum[i], (int64_t)L1T_SHARE_ONE, alone[i], alone[i], alone[i]);
        tally_sum_add(&sum[i], s->n, s->share, 0);
        tally_sum_square(&sum[i], s->square);
        *s = (struct tally_shares){0, 0, 0};
    }
}

void l1t_tally_settle(const struct l1t_tally *tally)
{
    if (tally->pending == 0)
        return;
    struct l1t_tally *t = (struct l1t_tally *)tally;
    uint32_t *count = tally_live(t)->waiting->count;
    settle_shares(t);
    for (size_t i = 0; i < t->part[TALLY_PARTS]; i++) {
        if (count[i] != 0)
            tally_sum_add(&tally_sums(t)[i], count[i], count[i], count[i]);
        count[i] = 0;
    }
    settle_words(t);
    t->pending = 0;
}

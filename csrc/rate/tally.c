// SPDX-License-Identifier: GPL-3.0-or-later
// Making and merging tallies.
#include "tally_internal.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, LIVE = (sizeof(struct tally_live) + ALIGN - 1) / ALIGN * ALIGN };

struct tally_live *tally_live(const struct l1t_tally *tally)
{
    return (struct tally_live *)((char *)tally - LIVE);
}

static void lay_out(const struct tally_plan *plan, struct l1t_tally *t)
{
    const uint64_t n = plan->n, columns = plan->n_columns, sets = plan->n_sets;
    const uint64_t count[TALLY_PARTS] = {
        [TALLY_PILEUP_ALL] = L1T_TALLY_PILEUPS,
        [TALLY_PILEUP_TOTAL] = L1T_TALLY_PILEUPS,
        [TALLY_PILEUP_BEFORE] = L1T_TALLY_PILEUPS * n,
        [TALLY_BEFORE] = n,
        [TALLY_AFTER] = columns * n,
        [TALLY_EXACT_TOTAL] = columns,
        [TALLY_EXACT_PURE] = columns * n,
        [TALLY_EXACT_PROPORTIONAL] = columns * n,
        [TALLY_EXACT_SET_OR] = columns * sets,
        [TALLY_EXACT_SET_PURE] = columns * sets,
        [TALLY_EXPECTED_TOTAL] = columns,
        [TALLY_EXPECTED_PURE] = columns * n,
        [TALLY_EXPECTED_PROPORTIONAL] = columns * n,
        [TALLY_EXPECTED_SET_OR] = columns * sets,
        [TALLY_EXPECTED_SET_PURE] = columns * sets,
        [TALLY_OVERLAP] = plan->overlap ? n * n : 0,
    };
    t->n = n;
    t->n_columns = columns;
    t->n_sets = sets;
    t->focus = plan->focus;
    t->overlap = plan->overlap;
    t->unit = plan->unit;
    for (size_t p = 0; p < TALLY_PARTS; p++)
        t->part[p + 1] = t->part[p] + count[p];
    t->size = (sizeof *t + 15) / 16 * 16 + t->part[TALLY_PARTS] * sizeof(struct tally_sum);
}

enum l1t_err l1t_tally_open(const struct l1t_tally_spec *spec, double weight_unit,
                            struct l1t_tally **tally, struct l1t_diag *diag)
{
    struct tally_live live = {.waiting = NULL};
    struct l1t_tally head = {0};
    *tally = NULL;
    const enum l1t_err err = l1t_tally_plan_make(spec, weight_unit, &live.plan, diag);
    if (err != L1T_OK)
        return err;
    lay_out(&live.plan, &head);
    char *memory = calloc(1, LIVE + head.size); // what is never counted takes no memory
    live.waiting = l1t_tally_waiting_new(&head);
    if (memory == NULL || live.waiting == NULL) {
        free(memory);
        l1t_tally_waiting_free(live.waiting);
        l1t_tally_plan_free(&live.plan);
        return l1t_fail(diag, L1T_E_NOMEM, "accounting: out of memory");
    }
    memcpy(memory, &live, sizeof live);
    memcpy(memory + LIVE, &head, sizeof head);
    *tally = (struct l1t_tally *)(memory + LIVE);
    // cppcheck-suppress memleak ; close frees it from its beginning
    return L1T_OK;
}

void l1t_tally_close(struct l1t_tally *tally)
{
    if (tally == NULL)
        return;
    struct tally_live *live = tally_live(tally);
    l1t_tally_plan_free(&live->plan);
    l1t_tally_waiting_free(live->waiting);
    free(live);
}

void l1t_tally_merge(struct l1t_tally *to, const struct l1t_tally *from)
{
    l1t_tally_settle(from);
    const struct tally_sum *add = tally_sums((struct l1t_tally *)from);
    struct tally_sum *sum = tally_sums(to);
    for (size_t i = 0; i < to->part[TALLY_PARTS]; i++)
        if (add[i].n != 0 || add[i].w != 0 || (add[i].w2[0] | add[i].w2[1] | add[i].w2[2]) != 0)
            tally_sum_merge(&sum[i], &add[i]);
}

void *l1t_tally_bytes(struct l1t_tally *tally, size_t *size)
{
    l1t_tally_settle(tally);
    *size = tally->size;
    return tally;
}

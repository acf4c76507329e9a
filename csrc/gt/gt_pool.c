// SPDX-License-Identifier: GPL-3.0-or-later
// Distinct items in order of first use: legs and conditions that algorithms share.
#include "gt_compile.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash(const unsigned char *item, size_t size)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325); // FNV-1a
    for (size_t i = 0; i < size; i++)
        h = (h ^ item[i]) * UINT64_C(0x100000001b3);
    return h;
}

// The slot of an item: its own, or the empty one where it would go.
static size_t find(const struct l1t_gt_pool *pool, const unsigned char *item)
{
    size_t at = (size_t)hash(item, pool->size) & (pool->n_slots - 1);
    while (pool->slot[at] != 0 &&
           memcmp(pool->item + (pool->slot[at] - 1) * pool->size, item, pool->size) != 0)
        at = (at + 1) & (pool->n_slots - 1);
    return at;
}

static bool grow(struct l1t_gt_pool *pool)
{
    const size_t room = pool->room == 0 ? 64 : 2 * pool->room;
    unsigned char *const item = realloc(pool->item, room * pool->size);
    if (item != NULL)
        pool->item = item;
    uint32_t *const slot = calloc(4 * room, sizeof *slot);
    if (item == NULL || slot == NULL) {
        free(slot);
        return false;
    }
    free(pool->slot);
    pool->slot = slot;
    pool->n_slots = 4 * room;
    pool->room = room;
    for (size_t i = 0; i < pool->n; i++)
        pool->slot[find(pool, pool->item + i * pool->size)] = (uint32_t)i + 1;
    return true;
}

bool l1t_gt_pool_add(struct l1t_gt_pool *pool, const void *item, size_t *index)
{
    if (pool->n == pool->room && !grow(pool))
        return false;
    const size_t at = find(pool, item);
    if (pool->slot[at] == 0) {
        memcpy(pool->item + pool->n * pool->size, item, pool->size);
        pool->slot[at] = (uint32_t)++pool->n;
    }
    *index = pool->slot[at] - 1;
    return true;
}

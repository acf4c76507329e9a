// SPDX-License-Identifier: GPL-3.0-or-later
// Threads over contiguous shards.
#include "shards.h"

#include <pthread.h>
#include <stdbool.h>

struct shard {
    void (*work)(void *context, unsigned shard, size_t first, size_t count);
    void *context;
    size_t first, count;
    pthread_t thread;
    unsigned number;
    bool started;
};

size_t l1t_shard_start(size_t n, unsigned shards, unsigned shard)
{
    // n/shards each, the first n%shards one more; no product that could overflow.
    const size_t each = n / shards;
    const size_t more = n % shards;
    return each * shard + (shard < more ? shard : more);
}

static void *run(void *argument)
{
    struct shard *s = argument;
    s->work(s->context, s->number, s->first, s->count);
    return NULL;
}

void l1t_shards_run(unsigned shards, size_t n,
                    void (*work)(void *context, unsigned shard, size_t first, size_t count),
                    void *context)
{
    struct shard all[L1T_MAX_THREADS];
    shards = shards < 1 ? 1 : shards > L1T_MAX_THREADS ? L1T_MAX_THREADS : shards;
    for (unsigned i = 0; i < shards; i++) {
        struct shard *s = &all[i];
        const size_t first = l1t_shard_start(n, shards, i);
        const size_t count = l1t_shard_start(n, shards, i + 1) - first;
        *s = (struct shard){
            .work = work, .context = context, .number = i, .first = first, .count = count};
        s->started = i + 1 < shards && pthread_create(&s->thread, NULL, run, s) == 0;
        if (!s->started)
            run(s);
    }
    for (unsigned i = 0; i < shards; i++)
        if (all[i].started)
            pthread_join(all[i].thread, NULL);
}

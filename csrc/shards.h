/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A range cut into contiguous shards, one a thread. Which thread does which part must
 * never show in a result: work writes by index, or is merged in shard order.
 */
#ifndef L1T_SHARDS_H
#define L1T_SHARDS_H

#include <stddef.h>

enum { L1T_MAX_THREADS = 256 };

/* First item of a shard; shard == shards gives n. */
size_t l1t_shard_start(size_t n, unsigned shards, unsigned shard);

/*
 * Call work(context, shard, first, count) for every shard, the last one by the caller itself.
 * Returns after all are done. A thread that cannot be started is not an error: its shard is done
 * here.
 */
void l1t_shards_run(unsigned shards, size_t n,
                    void (*work)(void *context, unsigned shard, size_t first, size_t count),
                    void *context);

#endif

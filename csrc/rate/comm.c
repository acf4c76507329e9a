// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that share the work, when there is one of them.
#include "rate_internal.h"

#include <string.h>

int rate_rank(const struct l1t_comm *comm)
{
    return comm == NULL ? 0 : comm->rank;
}

int rate_ranks(const struct l1t_comm *comm)
{
    return comm == NULL ? 1 : comm->size;
}

void rate_gather(struct l1t_comm *comm, const void *mine, size_t size, void *all)
{
    if (rate_ranks(comm) > 1)
        comm->gather(comm, mine, size, all);
    else
        memcpy(all, mine, size);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that share the work: what does not depend on how they talk.
#include "rate_internal.h"

#include "l1t/rate_ranks.h"

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

int l1t_ranks_size(const struct l1t_comm *comm)
{
    return rate_ranks(comm);
}

bool l1t_ranks_first(const struct l1t_comm *comm)
{
    return rate_rank(comm) == 0;
}

enum l1t_err l1t_ranks_agree(struct l1t_comm *comm, enum l1t_err err, struct l1t_diag *diag)
{
    if (rate_ranks(comm) == 1)
        return err;
    const struct rate_verdict mine = {(int)err, *diag};
    comm->gather(comm, &mine, sizeof mine, comm->verdict);
    for (int r = 0; r < comm->size; r++)
        if (comm->verdict[r].err != L1T_OK) {
            *diag = comm->verdict[r].diag;
            return (enum l1t_err)comm->verdict[r].err;
        }
    return err;
}

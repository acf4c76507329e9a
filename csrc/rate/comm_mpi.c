// SPDX-License-Identifier: GPL-3.0-or-later
// Ranks of MPI (make WITH_MPI=1); in other builds there is one process.
#include "rate_internal.h"

#include "l1t/rate_ranks.h"

#ifdef L1T_WITH_MPI

#include <limits.h>
#include <mpi.h>
#include <stdlib.h>

enum { TAG = 1 };

static void gather(struct l1t_comm *comm, const void *mine, size_t size, void *all)
{
    (void)comm;
    (void)MPI_Allgather(mine, (int)size, MPI_BYTE, all, (int)size, MPI_BYTE, MPI_COMM_WORLD);
}

// A message has at most INT_MAX bytes.
static void send(struct l1t_comm *comm, const void *mine, size_t size)
{
    (void)comm;
    for (size_t at = 0; at < size; at += INT_MAX) {
        const size_t n = size - at < INT_MAX ? size - at : INT_MAX;
        (void)MPI_Send((const char *)mine + at, (int)n, MPI_BYTE, 0, TAG, MPI_COMM_WORLD);
    }
}

static void receive(struct l1t_comm *comm, int rank, void *theirs, size_t size)
{
    (void)comm;
    for (size_t at = 0; at < size; at += INT_MAX) {
        const size_t n = size - at < INT_MAX ? size - at : INT_MAX;
        (void)MPI_Recv((char *)theirs + at, (int)n, MPI_BYTE, rank, TAG, MPI_COMM_WORLD,
                       MPI_STATUS_IGNORE);
    }
}

// Started by mpirun or srun? Else MPI's own start would only cost time.
static bool was_launched(void)
{
    static const char *const signs[] = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (getenv(signs[i]) != NULL)
            return true;
    return false;
}

struct l1t_comm *l1t_ranks_open(void)
{
    int given = 0;
    if (!was_launched() || MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &given) != MPI_SUCCESS)
        return NULL;
    struct l1t_comm *comm = calloc(1, sizeof *comm);
    if (comm == NULL) {
        (void)MPI_Abort(MPI_COMM_WORLD, l1t_err_exit(L1T_E_NOMEM));
        return NULL;
    }
    (void)MPI_Comm_rank(MPI_COMM_WORLD, &comm->rank);
    (void)MPI_Comm_size(MPI_COMM_WORLD, &comm->size);
    comm->verdict = calloc((size_t)comm->size, sizeof *comm->verdict);
    if (comm->verdict == NULL) {
        (void)MPI_Abort(MPI_COMM_WORLD, l1t_err_exit(L1T_E_NOMEM));
        free(comm);
        return NULL;
    }
    comm->gather = gather;
    comm->send = send;
    comm->receive = receive;
    return comm;
}

void l1t_ranks_close(struct l1t_comm *comm)
{
    if (comm == NULL)
        return;
    (void)MPI_Finalize();
    free(comm->verdict);
    free(comm);
}

#else

struct l1t_comm *l1t_ranks_open(void)
{
    return NULL;
}

void l1t_ranks_close(struct l1t_comm *comm)
{
    (void)comm;
}

#endif

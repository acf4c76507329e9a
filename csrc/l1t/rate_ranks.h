/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Processes that share the work of l1t_rates_compute(): the ranks of mpirun in a program built with
 * WITH_MPI=1, else this process alone. Every rank calls the same functions in the same order.
 */
#ifndef L1T_RATE_RANKS_H
#define L1T_RATE_RANKS_H

#include "l1t/err.h"
#include "l1t/rates.h"

#include <stdbool.h>

/* NULL: this process alone. MPI is started only when a launcher started the program. */
struct l1t_comm *l1t_ranks_open(void);
void l1t_ranks_close(struct l1t_comm *comm); /* accepts NULL */
int l1t_ranks_size(const struct l1t_comm *comm);
bool l1t_ranks_first(const struct l1t_comm *comm); /* the one that prints */
/* Of all ranks' errors the first one's, with its text, for all. */
enum l1t_err l1t_ranks_agree(struct l1t_comm *comm, enum l1t_err err,
                             struct l1t_diag *diag) L1T_MUST_USE;

#endif

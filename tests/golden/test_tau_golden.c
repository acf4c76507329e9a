// SPDX-License-Identifier: GPL-3.0-or-later
// Taus against the reference: every record T0, T1 and T2 of every event of every file in
// both configurations (calo_golden.h).
#include "calo_golden.h"
#include "l1t/calo_text.h"

#include "l1t_test.h"

static void write_answers(FILE *out, const struct l1t_calo_config *config,
                          const struct l1t_towers *towers)
{
    static struct l1t_grid grid;
    static struct l1t_cluster_result clusters;
    static struct l1t_tau_result tau;
    l1t_grid_fill(&grid, towers);
    l1t_cluster(&config->cluster, &grid, &clusters);
    l1t_tau(&config->tau, &grid, l1t_ntt(towers), &clusters, &tau);
    l1t_tau_write_records(out, &clusters, &tau);
}

static const struct calo_golden golden = {"T0 T1 T2", write_answers};

CALO_GOLDEN_MAIN("tau_golden", &golden)

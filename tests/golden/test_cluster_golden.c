// SPDX-License-Identifier: GPL-3.0-or-later
// Pile-up estimator and clusters against the reference: every record NT and CL of every event of
// every file in both configurations (calo_golden.h).
#include "calo_golden.h"
#include "l1t/calo_text.h"

#include "l1t_test.h"

static void write_answers(FILE *out, const struct l1t_calo_config *config,
                          const struct l1t_towers *towers)
{
    static struct l1t_grid grid;
    static struct l1t_cluster_result clusters;
    l1t_grid_fill(&grid, towers);
    l1t_cluster(&config->cluster, &grid, &clusters);
    l1t_ntt_write_record(out, l1t_ntt(towers));
    l1t_cluster_write_records(out, &clusters);
}

static const struct calo_golden golden = {"NT CL", write_answers};

CALO_GOLDEN_MAIN("cluster_golden", &golden)

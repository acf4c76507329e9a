// SPDX-License-Identifier: GPL-3.0-or-later
// E/gamma against the reference: every record G0, G1 and G2 of every event of every file in
// both configurations (calo_golden.h).
#include "calo_golden.h"
#include "l1t/calo_text.h"

#include "l1t_test.h"

static void write_answers(FILE *out, const struct l1t_calo_config *config,
                          const struct l1t_towers *towers)
{
    static struct l1t_grid grid;
    static struct l1t_cluster_result clusters;
    static struct l1t_egamma_result egamma;
    l1t_grid_fill(&grid, towers);
    l1t_cluster(&config->cluster, &grid, &clusters);
    l1t_egamma(&config->egamma, &grid, l1t_ntt(towers), &clusters, &egamma);
    l1t_egamma_write_records(out, &clusters, &egamma);
}

static const struct calo_golden golden = {"G0 G1 G2", write_answers};

CALO_GOLDEN_MAIN("egamma_golden", &golden)

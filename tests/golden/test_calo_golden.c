// SPDX-License-Identifier: GPL-3.0-or-later
// The whole calorimeter against the reference: every record of every event of every file in both
// configurations, by one call of l1t_calo() (calo_golden.h).
#include "calo_golden.h"
#include "l1t/calo_text.h"
#include "l1t/jet_text.h"

#include "l1t_test.h"

static void write_answers(FILE *out, const struct l1t_calo_config *config,
                          const struct l1t_towers *towers)
{
    static struct l1t_calo_result result;
    l1t_calo(config, towers, &result);
    l1t_ntt_write_record(out, result.ntt);
    l1t_cluster_write_records(out, &result.clusters);
    l1t_egamma_write_records(out, &result.clusters, &result.egamma);
    l1t_tau_write_records(out, &result.clusters, &result.tau);
    l1t_jet_write_records(out, config->jet.pus, &result.jet);
    l1t_sums_write_records(out, &result.sums);
}

static const struct calo_golden golden = {"NT CL G0 G1 G2 T0 T1 T2 J0 J1 J2 S1 S2", write_answers};

CALO_GOLDEN_MAIN("calo_golden", &golden)

// SPDX-License-Identifier: GPL-3.0-or-later
// Energy sums against the reference: every record S1 and S2 of every event of every file in
// both configurations (calo_golden.h).
#include "calo_golden.h"
#include "l1t/calo_text.h"

#include "l1t_test.h"

static void write_answers(FILE *out, const struct l1t_calo_config *config,
                          const struct l1t_towers *towers)
{
    static struct l1t_jet_result jets;
    static struct l1t_sums_result sums;
    l1t_jet(&config->jet, towers, &jets);
    l1t_sums(&config->sums, towers, l1t_ntt(towers), &jets, &sums);
    l1t_sums_write_records(out, &sums);
}

static const struct calo_golden golden = {"S1 S2", write_answers};

static void sparse_events_agree(void)
{
    calo_golden_run("sparse", &golden);
}

static void corner_events_agree(void)
{
    calo_golden_run("corner", &golden);
}

static void wild_events_agree(void)
{
    calo_golden_run("wild", &golden);
}

static void pileup_events_agree(void)
{
    calo_golden_run("pileup", &golden);
}

L1T_TEST_MAIN("sums_golden", {"sparse events agree", sparse_events_agree},
              {"corner events agree", corner_events_agree},
              {"wild events agree", wild_events_agree},
              {"pile-up events agree", pileup_events_agree})

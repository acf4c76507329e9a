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

CALO_GOLDEN_MAIN("sums_golden", &golden)

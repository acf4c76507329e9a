// SPDX-License-Identifier: GPL-3.0-or-later
// The jet model against the reference answers: every record J0, J1, J2 of every event of every file
// in both configurations (calo_golden.h).
#include "calo_golden.h"
#include "l1t/jet_text.h"

#include "l1t_test.h"

static void write_answers(FILE *out, const struct l1t_calo_config *config,
                          const struct l1t_towers *towers)
{
    static struct l1t_jet_result result;
    l1t_jet(&config->jet, towers, &result);
    l1t_jet_write_records(out, config->jet.pus, &result);
}

static const struct calo_golden golden = {"J0 J1 J2", write_answers};

CALO_GOLDEN_MAIN("jet_golden", &golden)

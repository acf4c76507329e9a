// SPDX-License-Identifier: GPL-3.0-or-later
#include "egtau_path.h"

#include "tower_path.h"

#include "l1t/calo_text.h"

#include "calo/l1t_egamma.h"
#include "calo/l1t_ntt.h"
#include "calo/l1t_tau.h"

#include <assert.h>

static_assert((int)L1T_EGAMMA_STAGE_NTT == (int)L1T_TAU_STAGE_NTT &&
                  (int)L1T_EGAMMA_STAGE_SORT == (int)L1T_TAU_STAGE_SORT &&
                  (int)L1T_EGAMMA_STAGE_DEMUX == (int)L1T_TAU_STAGE_DEMUX,
              "l1t_egtau_place takes the stages of either");

void l1t_egtau_input(const struct l1t_calo_config *config, const uint32_t *in,
                     struct l1t_egtau_input *input)
{
    struct l1t_towers towers;
    l1t_words_to_towers(in, &towers);
    input->ntt = l1t_ntt(&towers);
    l1t_grid_fill(&input->grid, &towers);
    l1t_cluster(&config->cluster, &input->grid, &input->clusters);
}

void l1t_egtau_write_input(FILE *out, const struct l1t_egtau_input *input)
{
    l1t_ntt_write_record(out, input->ntt);
    l1t_cluster_write_records(out, &input->clusters);
}

void l1t_egtau_place(const char *what, unsigned stage, unsigned row, unsigned lane, char *text,
                     size_t size)
{
    if (stage == L1T_EGAMMA_STAGE_NTT)
        (void)snprintf(text, size, "rings 1-4");
    else if (stage == L1T_EGAMMA_STAGE_SORT)
        (void)snprintf(text, size, "%c side, register %u", lane < L1T_EGTAU_PER_SIDE ? '+' : '-',
                       lane % L1T_EGTAU_PER_SIDE);
    else if (stage == L1T_EGAMMA_STAGE_DEMUX)
        (void)snprintf(text, size, "%s %u of the links", what, lane);
    else
        l1t_place_slot(row, lane, text, size);
}

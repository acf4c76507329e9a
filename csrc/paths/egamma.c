// SPDX-License-Identifier: GPL-3.0-or-later
// The e/gamma path as the co-simulation driver sees it.
#include "calo_path.h"
#include "egamma_cover.h"
#include "egtau_path.h"

#include "l1t/calo_text.h"
#include "l1t/twin.h"

#include "calo/l1t_egamma.h"

enum { LANES = L1T_SIDES * L1T_CLUSTER_SLOTS, MP_LANES = L1T_SIDES * L1T_EGTAU_PER_SIDE };

static const struct l1t_stage stages[L1T_EGAMMA_STAGES] = {
    [L1T_EGAMMA_STAGE_NTT] = {"ntt", "ntt", 1, 1},
    [L1T_EGAMMA_STAGE_CLUSTER] = {"cluster", "cluster_cand", L1T_CLUSTER_RINGS, LANES},
    [L1T_EGAMMA_STAGE_CAND] = {"cand", "egamma_cand", L1T_CLUSTER_RINGS, LANES},
    [L1T_EGAMMA_STAGE_SORT] = {"sort", "egtau_mp", 1, MP_LANES},
    [L1T_EGAMMA_STAGE_DEMUX] = {"demux", "egamma_gt", 1, L1T_EGTAU_OUT},
};

static void emulate(const void *config, const uint32_t *in, struct l1t_egtau_input *input,
                    struct l1t_egamma_result *result)
{
    const struct l1t_calo_config *calo = &((const struct l1t_calo_setup *)config)->model;
    l1t_egtau_input(calo, in, input);
    l1t_egamma(&calo->egamma, &input->grid, input->ntt, &input->clusters, result);
}

static void model(const void *config, const uint32_t *in, uint32_t *words)
{
    struct l1t_egtau_input input;
    struct l1t_egamma_result result;
    emulate(config, in, &input, &result);
    l1t_egamma_pack_stages(input.ntt, &input.clusters, &result, words);
}

static void write_answer(FILE *out, const void *config, const uint32_t *in, bool physical)
{
    struct l1t_egtau_input input;
    struct l1t_egamma_result result;
    emulate(config, in, &input, &result);
    if (physical) {
        l1t_egtau_write_decoded(out, "e/gamma", &result.out);
        return;
    }
    l1t_egtau_write_input(out, &input);
    l1t_egamma_write_records(out, &input.clusters, &result);
}

static void place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    l1t_egtau_place("e/gamma", stage, row, lane, text, size);
}

const struct l1t_twin l1t_egamma_twin = {
    .name = "egamma",
    .summary = "calorimeter e/gammas: clusters, trimming, identification, isolation, sorters",
    .stages = stages,
    .n_stages = L1T_EGAMMA_STAGES,
    L1T_CALO_PATH_MEMBERS,
    .model = model,
    .write_answer = write_answer,
    .place = place,
    .cover = l1t_egamma_cover,
    .cover_names = l1t_egamma_cover_names,
};

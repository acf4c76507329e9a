// SPDX-License-Identifier: GPL-3.0-or-later
// The whole calorimeter as the co-simulation driver sees it: the stages of all paths.
#include "calo_cover.h"
#include "calo_path.h"

#include "l1t/calo_text.h"
#include "l1t/jet_text.h"
#include "l1t/twin.h"

#include "l1t_formats.h"

enum { LANES = L1T_SIDES * L1T_PHI_SLOTS };

// The paths' own twins name the places of their stages.
extern const struct l1t_twin l1t_egamma_twin, l1t_tau_twin, l1t_jet_twin, l1t_sums_twin;

static const struct l1t_stage stages[L1T_CALO_STAGES] = {
    {"ntt", "ntt", 1, 1},
    {"cluster", "cluster_cand", L1T_CLUSTER_RINGS, LANES},
    {"egamma_cand", "egamma_cand", L1T_CLUSTER_RINGS, LANES},
    {"egamma_sort", "egtau_mp", 1, L1T_SIDES *L1T_EGTAU_PER_SIDE},
    {"egamma_demux", "egamma_gt", 1, L1T_EGTAU_OUT},
    {"tau_cand", "tau_cand", L1T_TAU_RINGS, LANES},
    {"tau_sort", "egtau_mp", 1, L1T_SIDES *L1T_EGTAU_PER_SIDE},
    {"tau_demux", "tau_gt", 1, L1T_EGTAU_OUT},
    {"jet_max", "jet_max", L1T_RINGS, L1T_SIDES *L1T_PHIS},
    {"jet_raw", "jet_raw", L1T_RINGS, LANES},
    {"jet_flaps", "jet_flaps", L1T_RINGS, LANES},
    {"jet_pus", "jet_pus", L1T_RINGS, LANES},
    {"jet_cal", "jet_cal", L1T_RINGS, LANES},
    {"jet_select", "jet_keep", L1T_RINGS, LANES},
    {"jet_sort", "jet_mp", 1, L1T_SIDES *L1T_JET_REGISTERS},
    {"jet_demux", "jet_gt", 1, L1T_JET_OUT},
    {"scalar", "sum_scalar_mp", 1, 8},
    {"vector", "sum_vector_mp", 1, 16},
    {"mb", "sum_mb_mp", 1, 1},
    {"count", "sum_count_mp", 1, 1},
    {"et", "sum_et_gt", 1, 1},
    {"ht", "sum_ht_gt", 1, 1},
    {"met", "sum_met_gt", 1, 1},
    {"mht", "sum_mht_gt", 1, 1},
    {"methf", "sum_methf_gt", 1, 1},
    {"mhthf", "sum_mhthf_gt", 1, 1},
};

// The answer is too large for a stack and is needed only here.
static struct l1t_calo_result *run(const void *config, const uint32_t *in)
{
    static _Thread_local struct l1t_calo_result result;
    struct l1t_towers towers;
    l1t_words_to_towers(in, &towers);
    l1t_calo(&((const struct l1t_calo_setup *)config)->model, &towers, &result);
    return &result;
}

static void model(const void *config, const uint32_t *in, uint32_t *words)
{
    l1t_calo_pack_stages(run(config, in), words);
}

static void write_answer(FILE *out, const void *config, const uint32_t *in, bool physical)
{
    const struct l1t_calo_setup *setup = config;
    const struct l1t_calo_result *result = run(config, in);
    if (physical) {
        l1t_egtau_write_decoded(out, "e/gamma", &result->egamma.out);
        l1t_egtau_write_decoded(out, "tau", &result->tau.out);
        l1t_jet_write_decoded(out, &result->jet);
        l1t_sums_write_decoded(out, &result->sums);
        return;
    }
    l1t_ntt_write_record(out, result->ntt);
    l1t_cluster_write_records(out, &result->clusters);
    l1t_egamma_write_records(out, &result->clusters, &result->egamma);
    l1t_tau_write_records(out, &result->clusters, &result->tau);
    l1t_jet_write_records(out, setup->model.jet.pus, &result->jet);
    l1t_sums_write_records(out, &result->sums);
}

static void place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    if (stage < L1T_CALO_STAGE_TAU)
        l1t_egamma_twin.place(stage, row, lane, text, size);
    else if (stage < L1T_CALO_STAGE_JET)
        l1t_tau_twin.place(stage - L1T_CALO_STAGE_TAU + L1T_TAU_STAGE_CAND, row, lane, text, size);
    else if (stage < L1T_CALO_STAGE_SUMS)
        l1t_jet_twin.place(stage - L1T_CALO_STAGE_JET, row, lane, text, size);
    else
        l1t_sums_twin.place(stage - L1T_CALO_STAGE_SUMS + L1T_SUMS_STAGE_SCALAR, row, lane, text,
                            size);
}

const struct l1t_twin l1t_calo_twin = {
    .name = "calo",
    .summary = "the whole calorimeter: e/gamma, tau, jets and sums on one tower stream",
    .stages = stages,
    .n_stages = L1T_CALO_STAGES,
    L1T_CALO_PATH_MEMBERS,
    .model = model,
    .write_answer = write_answer,
    .place = place,
    .cover = l1t_calo_cover,
    .cover_names = l1t_calo_cover_names,
};

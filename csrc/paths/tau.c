// SPDX-License-Identifier: GPL-3.0-or-later
// The tau path as the co-simulation driver sees it.
#include "calo_path.h"
#include "tau_cover.h"
#include "tower_path.h"

#include "l1t/calo_text.h"
#include "l1t/towers.h"
#include "l1t/twin.h"

#include <stdlib.h>

enum { LANES = L1T_SIDES * L1T_PHI_SLOTS };

static const struct l1t_stage stages[L1T_TAU_STAGES] = {
    [L1T_TAU_STAGE_NTT] = {"ntt", "ntt", 1, 1},
    [L1T_TAU_STAGE_CLUSTER] = {"cluster", "cluster_cand", L1T_CLUSTER_RINGS, LANES},
    [L1T_TAU_STAGE_CAND] = {"cand", "tau_cand", L1T_TAU_RINGS, LANES},
    [L1T_TAU_STAGE_SORT] = {"sort", "egtau_mp", 1, L1T_SIDES *L1T_EGTAU_PER_SIDE},
    [L1T_TAU_STAGE_DEMUX] = {"demux", "tau_gt", 1, L1T_EGTAU_OUT},
};

// ---- the model ----

struct answer {
    unsigned ntt;
    struct l1t_grid grid;
    struct l1t_cluster_result clusters;
    struct l1t_tau_result tau;
};

static void find(const struct l1t_calo_config *config, const uint32_t *in, struct answer *answer)
{
    struct l1t_towers towers;
    l1t_words_to_towers(in, &towers);
    answer->ntt = l1t_ntt(&towers);
    l1t_grid_fill(&answer->grid, &towers);
    l1t_cluster(&config->cluster, &answer->grid, &answer->clusters);
    l1t_tau(&config->tau, &answer->grid, answer->ntt, &answer->clusters, &answer->tau);
}

static void model(const void *config, const uint32_t *in, uint32_t *words)
{
    const struct l1t_calo_setup *setup = config;
    struct answer answer;
    find(&setup->model, in, &answer);
    l1t_tau_pack_stages(answer.ntt, &answer.clusters, &answer.tau, words);
}

static void write_answer(FILE *out, const void *config, const uint32_t *in, bool physical)
{
    const struct l1t_calo_setup *setup = config;
    struct answer answer;
    find(&setup->model, in, &answer);
    if (physical) {
        l1t_egtau_write_decoded(out, "tau", &answer.tau.out);
        return;
    }
    l1t_ntt_write_record(out, answer.ntt);
    l1t_cluster_write_records(out, &answer.clusters);
    l1t_tau_write_records(out, &answer.clusters, &answer.tau);
}

// ---- places ----

static void place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    if (stage == L1T_TAU_STAGE_NTT)
        (void)snprintf(text, size, "rings 1-4");
    else if (stage == L1T_TAU_STAGE_SORT)
        (void)snprintf(text, size, "%c side, register %u", lane < L1T_EGTAU_PER_SIDE ? '+' : '-',
                       lane % L1T_EGTAU_PER_SIDE);
    else if (stage == L1T_TAU_STAGE_DEMUX)
        (void)snprintf(text, size, "tau %u of the links", lane);
    else
        l1t_place_slot(row, lane, text, size);
}

const struct l1t_twin l1t_tau_twin = {
    .name = "tau",
    .summary = "calorimeter taus: clusters, secondary clusters, calibration, isolation, sorters",
    .stages = stages,
    .n_stages = L1T_TAU_STAGES,
    .in_rows = L1T_RINGS,
    .in_words = L1T_TOWER_WORDS,
    .config_load = l1t_calo_path_load,
    .config_free = free,
    .config_digest = l1t_calo_path_digest,
    .config_luts = l1t_calo_path_luts,
    .config_write_mem = l1t_calo_path_write_mem,
    .mem_files = l1t_calo_mem_files,
    .config_corners = l1t_calo_path_corners,
    .config_towers = l1t_calo_path_towers,
    .config_settings = l1t_calo_path_settings,
    .model = model,
    .source_open = l1t_calo_path_open,
    .source_next = l1t_tower_source_next,
    .source_skip = l1t_tower_source_skip,
    .source_close = l1t_tower_source_close,
    .source_name = l1t_tower_source_name,
    .write_begin = l1t_towers_begin,
    .write_event = l1t_tower_write_event,
    .write_end = l1t_towers_end,
    .write_answer = write_answer,
    .place = place,
    .cover = l1t_tau_cover,
    .cover_names = l1t_tau_cover_names,
};

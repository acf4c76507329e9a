// SPDX-License-Identifier: GPL-3.0-or-later
// One configuration for the twins egamma, tau, sums and calo.
#include "calo_path.h"

#include "l1t_calo_settings.h"

#include <stdlib.h>
#include <string.h>

enum l1t_err l1t_calo_path_load(const char *yaml, const char *luts_dir, void **config,
                                struct l1t_diag *diag)
{
    struct l1t_calo_setup *setup = calloc(1, sizeof *setup);
    if (setup == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = l1t_calo_setup_load(yaml, luts_dir, setup, diag);
    if (err != L1T_OK) {
        free(setup);
        return err;
    }
    *config = setup;
    return L1T_OK;
}

void l1t_calo_path_digest(const void *config, char digest[65])
{
    const struct l1t_calo_setup *setup = config;
    memcpy(digest, setup->digest, sizeof setup->digest);
}

const struct l1t_lut_note *l1t_calo_path_luts(const void *config, size_t *n)
{
    *n = L1T_CALO_LUTS;
    return ((const struct l1t_calo_setup *)config)->luts;
}

const void *l1t_calo_path_model(const void *config)
{
    return &((const struct l1t_calo_setup *)config)->model;
}

enum l1t_err l1t_calo_path_write_mem(const void *config, const char *dir, struct l1t_diag *diag)
{
    return l1t_calo_tables_write_mem(config, dir, diag);
}

const char *const l1t_calo_mem_files[] = {
    "l1t_egamma_compress.mem",    "l1t_egamma_trimming.mem",
    "l1t_egamma_calibration.mem", "l1t_egamma_isolation_0.mem",
    "l1t_egamma_isolation_1.mem", "l1t_tau_compress.mem",
    "l1t_tau_calibration.mem",    "l1t_tau_isolation.mem",
    "l1t_sums_ntt_bin.mem",       "l1t_sums_met_min.mem",
    "l1t_jet_pt_bin.mem",         "l1t_jet_eta_bin.mem",
    "l1t_jet_calibration.mem",    NULL};

void l1t_calo_path_corners(void *config, double share)
{
    struct l1t_calo_setup *setup = config;
    setup->generator.corners = share;
}

struct l1t_tower_gen_params *l1t_calo_path_towers(void *config)
{
    return &((struct l1t_calo_setup *)config)->generator;
}

enum l1t_err l1t_calo_path_open(const void *config, const char *spec, uint64_t seed, void **source,
                                struct l1t_diag *diag)
{
    const struct l1t_calo_setup *setup = config;
    return l1t_tower_source_open(&setup->generator, spec, seed, source, diag);
}

void l1t_calo_path_settings(const void *config, uint32_t *settings)
{
    const struct l1t_calo_config *model = &((const struct l1t_calo_setup *)config)->model;
    settings[L1T_CALO_SET_SEED_MIN] = model->cluster.seed_min;
    settings[L1T_CALO_SET_MEMBER_MIN] = model->cluster.member_min;
    settings[L1T_CALO_SET_HOE_BARREL] = model->cluster.hoe_ratio[0];
    settings[L1T_CALO_SET_HOE_ENDCAP] = model->cluster.hoe_ratio[1];
    settings[L1T_CALO_SET_HOE_EXT_MIN] = model->egamma.hoe_ext_min;
    settings[L1T_CALO_SET_NO_ID_MIN] = model->egamma.no_id_min;
    settings[L1T_CALO_SET_PHI_RING] = model->jet.pus == L1T_JET_PUS_PHI_RING;
    settings[L1T_CALO_SET_JET_SEED_MIN] = model->jet.seed_min;
    settings[L1T_CALO_SET_JET_MIN] = model->sums.jet_min;
    for (unsigned i = 0; i < L1T_SUMS_CENTRALITIES; i++) {
        settings[L1T_CALO_SET_CENTRALITY_LOWER + i] = (uint32_t)model->sums.centrality_lower[i];
        settings[L1T_CALO_SET_CENTRALITY_UPPER + i] = (uint32_t)model->sums.centrality_upper[i];
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The jet path as the co-simulation driver sees it.
#include "jet_cover.h"
#include "tower_path.h"

#include "l1t/jet_config.h"
#include "l1t/jet_text.h"
#include "l1t/twin.h"

#include "l1t_formats.h"

#include <stdlib.h>
#include <string.h>

enum { LANES = L1T_SIDES * L1T_JET_SLOTS };

static const struct l1t_stage stages[L1T_JET_STAGES] = {
    [L1T_JET_STAGE_MAX] = {"max", "jet_max", L1T_RINGS, L1T_SIDES *L1T_PHIS},
    [L1T_JET_STAGE_RAW] = {"raw", "jet_raw", L1T_RINGS, LANES},
    [L1T_JET_STAGE_FLAPS] = {"flaps", "jet_flaps", L1T_RINGS, LANES},
    [L1T_JET_STAGE_PUS] = {"pus", "jet_pus", L1T_RINGS, LANES},
    [L1T_JET_STAGE_CAL] = {"cal", "jet_cal", L1T_RINGS, LANES},
    [L1T_JET_STAGE_SELECT] = {"select", "jet_keep", L1T_RINGS, LANES},
    [L1T_JET_STAGE_SORT] = {"sort", "jet_mp", 1, L1T_SIDES *L1T_JET_REGISTERS},
    [L1T_JET_STAGE_DEMUX] = {"demux", "jet_gt", 1, L1T_JET_OUT},
};

// ---- configuration ----

static enum l1t_err config_load(const char *yaml, const char *luts_dir, void **config,
                                struct l1t_diag *diag)
{
    struct l1t_jet_setup *setup = calloc(1, sizeof *setup);
    if (setup == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = l1t_jet_setup_load(yaml, luts_dir, setup, diag);
    if (err != L1T_OK) {
        free(setup);
        return err;
    }
    *config = setup;
    return L1T_OK;
}

static void config_digest(const void *config, char digest[65])
{
    const struct l1t_jet_setup *setup = config;
    memcpy(digest, setup->digest, sizeof setup->digest);
}

static const struct l1t_lut_note *config_luts(const void *config, size_t *n)
{
    *n = L1T_JET_LUTS;
    return ((const struct l1t_jet_setup *)config)->luts;
}

static enum l1t_err config_write_mem(const void *config, const char *dir, struct l1t_diag *diag)
{
    return l1t_jet_tables_write_mem(config, dir, diag);
}

static void config_settings(const void *config, uint32_t *settings)
{
    const struct l1t_jet_setup *setup = config;
    settings[0] = setup->model.pus == L1T_JET_PUS_PHI_RING;
    settings[1] = setup->model.seed_min;
}

static const char *const mem_files[] = {"l1t_jet_pt_bin.mem", "l1t_jet_eta_bin.mem",
                                        "l1t_jet_calibration.mem", NULL};

static struct l1t_tower_gen_params *config_towers(void *config)
{
    return &((struct l1t_jet_setup *)config)->generator;
}

static void config_corners(void *config, double share)
{
    struct l1t_jet_setup *setup = config;
    setup->generator.corners = share;
}

static void model(const void *config, const uint32_t *in, uint32_t *words)
{
    const struct l1t_jet_setup *setup = config;
    struct l1t_towers towers;
    struct l1t_jet_result result;
    l1t_words_to_towers(in, &towers);
    l1t_jet(&setup->model, &towers, &result);
    l1t_jet_pack_stages(&result, words);
}

// ---- events ----

static enum l1t_err source_open(const void *config, const char *spec, uint64_t seed, void **source,
                                struct l1t_diag *diag)
{
    const struct l1t_jet_setup *setup = config;
    return l1t_tower_source_open(&setup->generator, spec, seed, source, diag);
}

static void write_answer(FILE *out, const void *config, const uint32_t *in, bool physical)
{
    const struct l1t_jet_setup *setup = config;
    struct l1t_towers towers;
    struct l1t_jet_result result;
    l1t_words_to_towers(in, &towers);
    l1t_jet(&setup->model, &towers, &result);
    if (physical)
        l1t_jet_write_decoded(out, &result);
    else
        l1t_jet_write_records(out, setup->model.pus, &result);
}

// ---- places ----

static void place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    if (stage == L1T_JET_STAGE_MAX) {
        const unsigned iphi = lane % L1T_PHIS + 1;
        l1t_place_towers(row, lane / L1T_PHIS, iphi, iphi, text, size);
    } else if (stage == L1T_JET_STAGE_SORT) {
        (void)snprintf(text, size, "%c side, register %u", lane < L1T_JET_REGISTERS ? '+' : '-',
                       lane % L1T_JET_REGISTERS);
    } else if (stage == L1T_JET_STAGE_DEMUX) {
        (void)snprintf(text, size, "jet %u of the link", lane);
    } else {
        l1t_place_slot(row, lane, text, size);
    }
}

const struct l1t_twin l1t_jet_twin = {
    .name = "jet",
    .summary = "calorimeter jets: 9x9 maxima, pile-up subtraction, calibration, sorters",
    .stages = stages,
    .n_stages = L1T_JET_STAGES,
    L1T_TOWER_PATH_MEMBERS,
    .config_load = config_load,
    .config_digest = config_digest,
    .config_luts = config_luts,
    .config_write_mem = config_write_mem,
    .mem_files = mem_files,
    .config_corners = config_corners,
    .config_towers = config_towers,
    .config_settings = config_settings,
    .model = model,
    .source_open = source_open,
    .write_answer = write_answer,
    .place = place,
    .cover = l1t_jet_cover,
    .cover_names = l1t_jet_cover_names,
};

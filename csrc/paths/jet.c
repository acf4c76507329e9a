// SPDX-License-Identifier: GPL-3.0-or-later
// The jet path as the co-simulation driver sees it.
#include "jet_cover.h"

#include "l1t/jet_config.h"
#include "l1t/jet_text.h"
#include "l1t/towers.h"
#include "l1t/twin.h"

#include "l1t_formats.h"

#include <stdlib.h>
#include <string.h>

enum {
    IN_WORDS = L1T_SIDES * L1T_RINGS * L1T_PHIS / 2, // two towers a word, as on the links
    LANES = L1T_SIDES * L1T_JET_SLOTS
};

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

// The input of the hardware is struct l1t_towers as it lies in memory: two towers a word, the lower
// phi in the low half, as on the links; side 0's rings, then side 1's.
static void towers_to_words(const struct l1t_towers *towers, uint32_t in[IN_WORDS])
{
    const uint16_t *w = (const uint16_t *)towers->w;
    for (size_t i = 0; i < IN_WORDS; i++)
        in[i] = w[2 * i] | (uint32_t)w[2 * i + 1] << 16;
}

static void words_to_towers(const uint32_t in[IN_WORDS], struct l1t_towers *towers)
{
    // cppcheck-suppress ctuuninitvar ; filled here
    uint16_t *w = (uint16_t *)towers->w;
    for (size_t i = 0; i < IN_WORDS; i++) {
        w[2 * i] = (uint16_t)(in[i] & 0xffff);
        w[2 * i + 1] = (uint16_t)(in[i] >> 16);
    }
}

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
    words_to_towers(in, &towers);
    l1t_jet(&setup->model, &towers, &result);
    l1t_jet_pack_stages(&result, words);
}

// ---- events ----

struct source {
    struct l1t_tower_reader *reader; // or
    struct l1t_tower_gen *generator;
    uint64_t next; // number of the generator's next event
    char name[L1T_TOWERS_NAME];
};

static void source_close(void *source)
{
    struct source *s = source;
    if (s == NULL)
        return;
    l1t_tower_reader_close(s->reader);
    l1t_tower_gen_free(s->generator);
    free(s);
}

static enum l1t_err source_open(const void *config, const char *spec, uint64_t seed, void **source,
                                struct l1t_diag *diag)
{
    const struct l1t_jet_setup *setup = config;
    struct source *s = calloc(1, sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = strcmp(spec, "generator") == 0
                                 ? l1t_tower_gen_new(&setup->generator, seed, &s->generator, diag)
                                 : l1t_tower_reader_open(spec, &s->reader, diag);
    if (err != L1T_OK) {
        source_close(s);
        return err;
    }
    *source = s;
    return L1T_OK;
}

static int source_next(void *source, uint32_t *in, uint64_t *event_id, struct l1t_diag *diag)
{
    struct source *s = source;
    struct l1t_towers towers;
    int status = 1;
    if (s->generator != NULL) {
        *event_id = s->next++;
        l1t_tower_gen_event(s->generator, *event_id, &towers);
    } else {
        status = l1t_tower_reader_next(s->reader, &towers, event_id, s->name, diag);
    }
    if (status == 1)
        towers_to_words(&towers, in);
    return status;
}

static enum l1t_err source_skip(void *source, uint64_t n, struct l1t_diag *diag)
{
    struct source *s = source;
    if (s->generator != NULL) {
        s->next += n;
        return L1T_OK;
    }
    struct l1t_towers towers;
    uint64_t id;
    for (uint64_t i = 0; i < n; i++) {
        const int status = l1t_tower_reader_next(s->reader, &towers, &id, NULL, diag);
        if (status < 0)
            return L1T_E_INPUT;
        if (status == 0)
            return l1t_fail(diag, L1T_E_INPUT, "the file ends after %llu events; cannot skip %llu",
                            (unsigned long long)i, (unsigned long long)n);
    }
    return L1T_OK;
}

static const char *source_name(const void *source)
{
    return ((const struct source *)source)->name;
}

static enum l1t_err write_event(FILE *out, const uint32_t *in, uint64_t event_id, const char *name,
                                struct l1t_diag *diag)
{
    struct l1t_towers towers;
    words_to_towers(in, &towers);
    return l1t_towers_write(out, &towers, event_id, name, diag);
}

static void write_answer(FILE *out, const void *config, const uint32_t *in, bool physical)
{
    const struct l1t_jet_setup *setup = config;
    struct l1t_towers towers;
    struct l1t_jet_result result;
    words_to_towers(in, &towers);
    l1t_jet(&setup->model, &towers, &result);
    if (physical)
        l1t_jet_write_decoded(out, &result);
    else
        l1t_jet_write_records(out, setup->model.pus, &result);
}

// ---- places ----

static void place_row(unsigned row, unsigned side, unsigned first, unsigned last, char *text,
                      size_t size)
{
    const int ieta = l1t_ieta_of_ring((int)row + 1);
    if (first == last)
        (void)snprintf(text, size, "ieta %+d, iphi %u", side == 0 ? ieta : -ieta, first);
    else
        (void)snprintf(text, size, "ieta %+d, iphi %u-%u", side == 0 ? ieta : -ieta, first, last);
}

static void place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    if (stage == L1T_JET_STAGE_MAX) {
        const unsigned iphi = lane % L1T_PHIS + 1;
        place_row(row, lane / L1T_PHIS, iphi, iphi, text, size);
    } else if (stage == L1T_JET_STAGE_SORT) {
        (void)snprintf(text, size, "%c side, register %u", lane < L1T_JET_REGISTERS ? '+' : '-',
                       lane % L1T_JET_REGISTERS);
    } else if (stage == L1T_JET_STAGE_DEMUX) {
        (void)snprintf(text, size, "jet %u of the link", lane);
    } else {
        const unsigned slot = lane % L1T_JET_SLOTS;
        place_row(row, lane / L1T_JET_SLOTS, 4 * slot + 1, 4 * slot + 4, text, size);
    }
}

const struct l1t_twin l1t_jet_twin = {
    .name = "jet",
    .summary = "calorimeter jets: 9x9 maxima, pile-up subtraction, calibration, sorters",
    .stages = stages,
    .n_stages = L1T_JET_STAGES,
    .in_rows = L1T_RINGS,
    .in_words = IN_WORDS,
    .config_load = config_load,
    .config_free = free,
    .config_digest = config_digest,
    .config_write_mem = config_write_mem,
    .mem_files = mem_files,
    .config_corners = config_corners,
    .config_settings = config_settings,
    .model = model,
    .source_open = source_open,
    .source_next = source_next,
    .source_skip = source_skip,
    .source_close = source_close,
    .source_name = source_name,
    .write_begin = l1t_towers_begin,
    .write_event = write_event,
    .write_end = l1t_towers_end,
    .write_answer = write_answer,
    .place = place,
    .cover = l1t_jet_cover,
    .cover_names = l1t_jet_cover_names,
};

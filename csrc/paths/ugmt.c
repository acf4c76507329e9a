// SPDX-License-Identifier: GPL-3.0-or-later
// The global muon trigger as the driver sees it.
#include "ugmt_cover.h"

#include "l1t/muons.h"
#include "l1t/twin.h"
#include "l1t/ugmt_config.h"
#include "l1t/ugmt_text.h"

#include "l1t_formats.h"
#include "l1t_ugmt_settings.h"

#include <stdlib.h>
#include <string.h>

static const struct l1t_stage stages[L1T_UGMT_STAGES] = {
    [L1T_UGMT_STAGE_DECODE] = {"decode", "muon_dec", 1, L1T_UGMT_IN},
    [L1T_UGMT_STAGE_CANCEL] = {"cancel", "muon_cancel", 1, L1T_UGMT_IN},
    [L1T_UGMT_STAGE_EXTRAPOLATE] = {"extrapolate", "muon_ext", 1, L1T_UGMT_IN},
    [L1T_UGMT_STAGE_RANK] = {"rank", "muon_rank", 1, L1T_UGMT_IN},
    [L1T_UGMT_STAGE_FIRST] = {"first", "muon_kept", 1, L1T_UGMT_KEPT},
    [L1T_UGMT_STAGE_FINAL] = {"final", "muon_final", 1, L1T_UGMT_OUT},
    [L1T_UGMT_STAGE_MID] = {"mid", "muon_mid", 1, L1T_UGMT_KEPT},
    [L1T_UGMT_STAGE_GT] = {"gt", "muon_gt", 1, L1T_UGMT_OUT},
    [L1T_UGMT_STAGE_ETA] = {"eta", "muon_eta_pair", 1, L1T_UGMT_OUT / 2},
};

// ---- configuration ----

static enum l1t_err config_load(const char *yaml, const char *luts_dir, void **config,
                                struct l1t_diag *diag)
{
    struct l1t_ugmt_setup *setup = calloc(1, sizeof *setup);
    if (setup == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = l1t_ugmt_setup_load(yaml, luts_dir, setup, diag);
    if (err != L1T_OK) {
        free(setup);
        return err;
    }
    *config = setup;
    return L1T_OK;
}

static void config_digest(const void *config, char digest[65])
{
    const struct l1t_ugmt_setup *setup = config;
    memcpy(digest, setup->digest, sizeof setup->digest);
}

static const struct l1t_lut_note *config_luts(const void *config, size_t *n)
{
    *n = L1T_UGMT_LUTS;
    return ((const struct l1t_ugmt_setup *)config)->luts;
}

static const void *config_model(const void *config)
{
    return &((const struct l1t_ugmt_setup *)config)->model;
}

static void config_corners(void *config, double share)
{
    struct l1t_ugmt_setup *setup = config;
    setup->generator.corners = share;
}

// The barrel track finder that is here makes words of Run 3; read as those of Run 2 they would be
// other muons.
static enum l1t_err config_takes_links(const void *config, struct l1t_diag *diag)
{
    const struct l1t_ugmt_setup *setup = config;
    return setup->model.order == L1T_UGMT_ORDER_RUN3
               ? L1T_OK
               : l1t_fail(diag, L1T_E_INPUT,
                          "the configuration has 'barrel_word: run2', but the barrel track finder "
                          "sends words of Run 3; expected 'barrel_word: run3'");
}

static enum l1t_err config_write_mem(const void *config, const char *dir, struct l1t_diag *diag)
{
    return l1t_ugmt_tables_write_mem(config, dir, diag);
}

static const char *const mem_files[] = {"l1t_ugmt_match_ob_plus.mem", "l1t_ugmt_match_ob_minus.mem",
                                        "l1t_ugmt_match_oe_plus.mem", "l1t_ugmt_match_oe_minus.mem",
                                        "l1t_ugmt_match_oo_plus.mem", "l1t_ugmt_match_oo_minus.mem",
                                        "l1t_ugmt_match_ee_plus.mem", "l1t_ugmt_match_ee_minus.mem",
                                        "l1t_ugmt_eta_barrel.mem",    "l1t_ugmt_eta_overlap.mem",
                                        "l1t_ugmt_eta_endcap.mem",    "l1t_ugmt_phi_barrel.mem",
                                        "l1t_ugmt_phi_overlap.mem",   "l1t_ugmt_phi_endcap.mem",
                                        "l1t_ugmt_rank.mem",          "l1t_ugmt_eta_region.mem",
                                        "l1t_ugmt_phi_region.mem",    "l1t_ugmt_absolute.mem",
                                        "l1t_ugmt_relative.mem",      NULL};

static void config_settings(const void *config, uint32_t *settings)
{
    const struct l1t_ugmt_config *m = &((const struct l1t_ugmt_setup *)config)->model;
    settings[L1T_UGMT_SET_RUN2_WORDS] = m->order == L1T_UGMT_ORDER_RUN2;
    settings[L1T_UGMT_SET_RUN2_LISTS] = m->barrel == L1T_UGMT_LISTS_RUN2;
    settings[L1T_UGMT_SET_ADDRESSES] = m->endcap == L1T_UGMT_ENDCAP_ADDRESSES;
    settings[L1T_UGMT_SET_LAYOUT] = m->layout;
    settings[L1T_UGMT_SET_SHORT] = m->pt_bits == 6;
    settings[L1T_UGMT_SET_PHI_SHIFT] = m->phi_shift;
}

// ---- the model ----

static void run(const void *config, const uint32_t *in, struct l1t_ugmt_result *result)
{
    const struct l1t_ugmt_setup *setup = config;
    struct l1t_ugmt_event event;
    l1t_ugmt_unpack(in, &event);
    l1t_ugmt(&setup->model, &event, result);
}

static void model(const void *config, const uint32_t *in, uint32_t *words)
{
    struct l1t_ugmt_result result;
    run(config, in, &result);
    l1t_ugmt_pack_stages(&result, words);
}

static void write_answer(FILE *out, const void *config, const uint32_t *in, bool physical)
{
    struct l1t_ugmt_result result;
    run(config, in, &result);
    if (physical)
        l1t_ugmt_write_decoded(out, &result);
    else
        l1t_ugmt_write_records(out, &result);
}

static void write_words(FILE *out, const void *config, const uint32_t *in, uint64_t event_id)
{
    struct l1t_ugmt_result result;
    run(config, in, &result);
    l1t_ugmt_write_words(out, event_id, &result);
}

// ---- events ----

struct source {
    struct l1t_muon_reader *reader; // NULL: generator
    struct l1t_muon_gen *gen;
    uint64_t next; // number of the generator's next event
};

static void source_close(void *source)
{
    struct source *s = source;
    if (s == NULL)
        return;
    l1t_muon_reader_close(s->reader);
    l1t_muon_gen_free(s->gen);
    free(s);
}

static enum l1t_err source_open(const void *config, const char *spec, uint64_t seed, void **source,
                                struct l1t_diag *diag)
{
    const struct l1t_ugmt_setup *setup = config;
    struct source *s = calloc(1, sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = strcmp(spec, "generator") == 0
                                 ? l1t_muon_gen_new(&setup->generator, seed, &s->gen, diag)
                                 : l1t_muon_reader_open(spec, &s->reader, diag);
    if (err != L1T_OK) {
        source_close(s);
        return err;
    }
    *source = s;
    return L1T_OK;
}

// The links' service bits, which nothing may depend on: in every other slot, then in the others.
static void set_service_bits(uint64_t id, struct l1t_ugmt_event *event)
{
    for (unsigned i = (unsigned)(id & 1); i < L1T_UGMT_IN; i += 2)
        event->muon[i] |= l1t_muon_in_service_31_put(1) | l1t_muon_in_service_63_put(1);
}

static int source_next(void *source, uint32_t *in, uint64_t *event_id, struct l1t_diag *diag)
{
    struct source *s = source;
    struct l1t_ugmt_event event;
    int status = 1;
    if (s->reader != NULL) {
        status = l1t_muon_reader_next(s->reader, &event, event_id, diag);
    } else {
        *event_id = s->next++;
        (void)l1t_muon_gen_event(s->gen, *event_id, &event, NULL);
        set_service_bits(*event_id, &event);
    }
    if (status == 1)
        l1t_ugmt_pack(&event, in);
    return status;
}

static enum l1t_err source_skip(void *source, uint64_t n, struct l1t_diag *diag)
{
    struct source *s = source;
    struct l1t_ugmt_event event;
    uint64_t id;
    if (s->reader == NULL) {
        s->next += n;
        return L1T_OK;
    }
    for (uint64_t i = 0; i < n; i++) {
        const int status = l1t_muon_reader_next(s->reader, &event, &id, diag);
        if (status < 0)
            return L1T_E_INPUT;
        if (status == 0)
            return l1t_fail(diag, L1T_E_INPUT, "the file ends after %llu events; cannot skip %llu",
                            (unsigned long long)i, (unsigned long long)n);
    }
    return L1T_OK;
}

static enum l1t_err write_event(FILE *out, const uint32_t *in, uint64_t event_id, const char *name,
                                struct l1t_diag *diag)
{
    struct l1t_ugmt_event event;
    l1t_ugmt_unpack(in, &event);
    return l1t_muons_write(out, &event, event_id, name, diag);
}

// ---- places ----

static void place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    (void)row; // every stage has one
    if (stage <= L1T_UGMT_STAGE_RANK) {
        (void)l1t_ugmt_where(lane, text, size);
    } else if (stage == L1T_UGMT_STAGE_FIRST || stage == L1T_UGMT_STAGE_MID) {
        unsigned group = L1T_UGMT_GROUPS - 1;
        while (lane < l1t_ugmt_place[group])
            group--;
        (void)snprintf(text, size, "place %u of %s", lane - l1t_ugmt_place[group],
                       l1t_muon_groups[group]);
    } else if (stage == L1T_UGMT_STAGE_ETA) {
        (void)snprintf(text, size, "muons %u and %u", 2 * lane, 2 * lane + 1);
    } else {
        (void)snprintf(text, size, "muon %u", lane);
    }
}

const struct l1t_twin l1t_ugmt_twin = {
    .name = "ugmt",
    .summary = "global muon trigger: cancel-out, extrapolation, sorters, isolation",
    .stages = stages,
    .n_stages = L1T_UGMT_STAGES,
    .in_rows = L1T_UGMT_FRAMES,
    .in_words = L1T_UGMT_IN_WORDS,
    .config_load = config_load,
    .config_free = free,
    .config_digest = config_digest,
    .config_luts = config_luts,
    .config_model = config_model,
    .config_corners = config_corners,
    .config_write_mem = config_write_mem,
    .mem_files = mem_files,
    .config_settings = config_settings,
    .config_takes_links = config_takes_links,
    .model = model,
    .source_open = source_open,
    .source_next = source_next,
    .source_skip = source_skip,
    .source_close = source_close,
    .write_event = write_event,
    .write_answer = write_answer,
    .write_words = write_words,
    .place = place,
    .cover = l1t_ugmt_cover,
    .cover_names = l1t_ugmt_cover_names,
};

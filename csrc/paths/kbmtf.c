// SPDX-License-Identifier: GPL-3.0-or-later
// The barrel track finder as a path: stubs in, link words out. It has no RTL twin, so it can be
// emulated but not co-simulated; docs/muon.md says why.
#include "l1t/kbmtf_config.h"
#include "l1t/kbmtf_text.h"
#include "l1t/twin.h"

#include "l1t_formats.h"
#include "muon/l1t_ugmt.h"

#include <stdlib.h>
#include <string.h>

// Three words for each place; see pack_stub(). Not a link's format: that comes with an RTL twin.
enum { STUB_WORDS = 3, IN_WORDS = STUB_WORDS * L1T_KBMTF_PLACES, VALID = 0x80 };

enum { FIRST_BARREL_LINK = 12 }; // of the 36 that the global muon trigger has

static const struct l1t_stage stages[] = {
    {"muons", "muon_b", L1T_KBMTF_SECTORS, L1T_KBMTF_SECTOR_TRACKS},
};

// ---- configuration ----

static enum l1t_err config_load(const char *yaml, const char *luts_dir, void **config,
                                struct l1t_diag *diag)
{
    struct l1t_kbmtf_setup *setup = malloc(sizeof *setup);
    if (setup == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = l1t_kbmtf_setup_load(yaml, luts_dir, setup, diag);
    if (err != L1T_OK) {
        free(setup);
        return err;
    }
    *config = setup;
    return L1T_OK;
}

static void config_digest(const void *config, char digest[65])
{
    const struct l1t_kbmtf_setup *setup = config;
    memcpy(digest, setup->digest, sizeof setup->digest);
}

static const struct l1t_lut_note *config_luts(const void *config, size_t *n)
{
    *n = L1T_KBMTF_LUTS;
    return ((const struct l1t_kbmtf_setup *)config)->luts;
}

static const void *config_model(const void *config)
{
    return &((const struct l1t_kbmtf_setup *)config)->model;
}

static enum l1t_err config_write_mem(const void *config, const char *dir, struct l1t_diag *diag)
{
    (void)config;
    return l1t_fail(diag, L1T_E_USAGE, "%s: the barrel track finder has no RTL to load images into",
                    dir);
}

// ---- events ----

static uint32_t halves(int low, int high)
{
    return (uint32_t)(low & 0xffff) | (uint32_t)high << 16;
}

static void pack_stub(const struct l1t_kbmtf_stub *s, uint32_t w[STUB_WORDS])
{
    w[0] = halves(s->phi, s->phib);
    w[1] = halves(s->eta[0], s->eta[1]);
    w[2] = VALID | s->quality | (uint32_t)s->qeta[0] << 8 | (uint32_t)s->qeta[1] << 16;
}

static int low_half(uint32_t w)
{
    return (int16_t)(uint16_t)(w & 0xffff);
}

static int high_half(uint32_t w)
{
    return (int16_t)(uint16_t)(w >> 16);
}

static void pack_event(const struct l1t_kbmtf_event *event, uint32_t in[IN_WORDS])
{
    memset(in, 0, IN_WORDS * sizeof in[0]);
    for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++)
        if (l1t_kbmtf_have(event, place))
            pack_stub(&event->stub[place], &in[(size_t)STUB_WORDS * place]);
}

static void unpack_event(const uint32_t in[IN_WORDS], struct l1t_kbmtf_event *event)
{
    memset(event->have, 0, sizeof event->have);
    for (unsigned place = 0; place < L1T_KBMTF_PLACES; place++) {
        const uint32_t *w = &in[(size_t)STUB_WORDS * place];
        if (!(w[2] & VALID))
            continue;
        (&event->have[0][0])[place / L1T_KBMTF_SLOTS] |= (uint8_t)(1u << place % L1T_KBMTF_SLOTS);
        event->stub[place] = (struct l1t_kbmtf_stub){
            .phi = (int16_t)low_half(w[0]),
            .phib = (int16_t)high_half(w[0]),
            .quality = w[2] & 7,
            .qeta = {w[2] >> 8 & 3, w[2] >> 16 & 3},
            .eta = {(int16_t)low_half(w[1]), (int16_t)high_half(w[1])},
        };
    }
}

struct source {
    struct l1t_kbmtf_reader *reader;
    struct l1t_kbmtf_event event;
    char mode[L1T_KBMTF_MODE];
};

static void source_close(void *source)
{
    struct source *s = source;
    if (s == NULL)
        return;
    l1t_kbmtf_reader_close(s->reader);
    free(s);
}

static enum l1t_err source_open(const void *config, const char *spec, uint64_t seed, void **source,
                                struct l1t_diag *diag)
{
    (void)config;
    (void)seed;
    if (strcmp(spec, "generator") == 0)
        return l1t_fail(diag, L1T_E_USAGE,
                        "the barrel track finder needs a file of stubs; 'l1twin generate stubs' "
                        "makes one");
    struct source *s = malloc(sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = l1t_kbmtf_reader_open(spec, &s->reader, diag);
    if (err != L1T_OK) {
        free(s);
        return err;
    }
    *source = s;
    return L1T_OK;
}

static int source_next(void *source, uint32_t *in, uint64_t *event_id, struct l1t_diag *diag)
{
    struct source *s = source;
    const int status = l1t_kbmtf_reader_next(s->reader, &s->event, event_id, s->mode, diag);
    if (status == 1)
        pack_event(&s->event, in);
    return status;
}

static enum l1t_err source_skip(void *source, uint64_t n, struct l1t_diag *diag)
{
    struct source *s = source;
    uint64_t id;
    for (uint64_t i = 0; i < n; i++) {
        const int status = l1t_kbmtf_reader_next(s->reader, &s->event, &id, s->mode, diag);
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
    struct l1t_kbmtf_event event;
    unpack_event(in, &event);
    return l1t_kbmtf_write_event(out, &event, event_id, name, diag);
}

// ---- answers ----

static void model(const void *config, const uint32_t *in, uint32_t *words)
{
    const struct l1t_kbmtf_setup *setup = config;
    struct l1t_kbmtf_event event;
    struct l1t_kbmtf_result result;
    unpack_event(in, &event);
    l1t_kbmtf(&setup->model, &event, &result);
    memset(words, 0, l1t_stage_event_words(&stages[0]) * sizeof words[0]);
    for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++)
        for (unsigned i = 0; i < result.sector[s].n_tracks; i++)
            l1t_bits_put(words, 64 * (s * L1T_KBMTF_SECTOR_TRACKS + i), 64,
                         result.sector[s].word[i]);
}

static void write_answer(FILE *out, const void *config, const uint32_t *in, bool physical)
{
    const struct l1t_kbmtf_setup *setup = config;
    struct l1t_kbmtf_event event;
    struct l1t_kbmtf_result result;
    unpack_event(in, &event);
    l1t_kbmtf(&setup->model, &event, &result);
    if (physical)
        l1t_kbmtf_write_decoded(out, &result);
    else
        l1t_kbmtf_write_records(out, setup, &event, &result, 1);
}

// Sector s is link s of the global muon trigger's barrel group.
static void links(const void *config, const uint32_t *in, uint32_t *next)
{
    const struct l1t_kbmtf_setup *setup = config;
    struct l1t_kbmtf_event event;
    struct l1t_kbmtf_result result;
    struct l1t_ugmt_event muons = {.muon = {0}};
    unpack_event(in, &event);
    l1t_kbmtf(&setup->model, &event, &result);
    for (unsigned s = 0; s < L1T_KBMTF_SECTORS; s++)
        for (unsigned i = 0; i < result.sector[s].n_tracks; i++)
            muons.muon[(FIRST_BARREL_LINK + s) * L1T_UGMT_SLOTS + i] = result.sector[s].word[i];
    l1t_ugmt_pack(&muons, next);
}

static void name_place(unsigned stage, unsigned row, unsigned lane, char *text, size_t size)
{
    (void)stage;
    (void)snprintf(text, size, "sector %u, muon %u", row, lane);
}

const struct l1t_twin l1t_kbmtf_twin = {
    .name = "kbmtf",
    .summary = "barrel muon track finder: Kalman filter from stubs to link words (C model only)",
    .stages = stages,
    .n_stages = 1,
    .in_rows = (size_t)L1T_KBMTF_WHEELS * L1T_KBMTF_SECTORS,
    .in_words = IN_WORDS,
    .config_load = config_load,
    .config_free = free,
    .config_digest = config_digest,
    .config_luts = config_luts,
    .config_model = config_model,
    .config_write_mem = config_write_mem,
    .model = model,
    .source_open = source_open,
    .source_next = source_next,
    .source_skip = source_skip,
    .source_close = source_close,
    .write_event = write_event,
    .write_answer = write_answer,
    .links_to = "ugmt",
    .links = links,
    .place = name_place,
};

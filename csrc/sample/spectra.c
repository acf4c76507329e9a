// SPDX-License-Identifier: GPL-3.0-or-later
// Crossings of the physical mode (processes.h) as the global trigger would see them. A process says
// of an object what it is and its transverse momentum; the rest is drawn here from the crossing's
// own numbers: a place in the acceptance, flat in eta and phi, and for muons a charge. Everything
// is isolated and of single-muon quality: what the rates were measured with is not known in more
// detail (docs/samples.md).
// Random words: stream SAMPLE_PLACES, event = crossing, block = slot among the eight.
#include "sample_internal.h"

#include "l1t/io.h"
#include "l1t/spectra_config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PER_TYPE = 2, MUON_ETA = 225, PHI_CALO = 144, PHI_MUON = 576 };
enum { SINGLE_QUALITY = 12, ISO_TIGHT = 1, ISO_TIGHT_AND_LOOSE = 3 };

struct spectra {
    struct l1t_processes processes;
    uint64_t seed;
    uint8_t pileup; // what the rates were measured at; the same in every crossing
};

struct reader {
    struct l1t_crossings crossings;
    size_t n_filled; // of the last block: to be emptied
    struct l1t_gt_event *filled[L1T_BATCH];
};
_Static_assert((int)L1T_BATCH >= (int)L1T_SAMPLE_BLOCK, "a block is made in one go");

// ---- one object ----

// Codes of |eta| up to the acceptance: calorimeter 0.0435, left edges; muons 0.010875, centred.
struct acceptance {
    enum l1t_gt_type type;
    int calo, muon;
};
static const struct acceptance acceptance[L1T_OBJECTS] = {
    [L1T_JET] = {L1T_GT_JET, 69, 0},            // 3.0
    [L1T_MUON] = {L1T_GT_MU, 55, MUON_ETA - 5}, // 2.4
    [L1T_EGAMMA] = {L1T_GT_EG, 57, 0},          // 2.5
    [L1T_TAU] = {L1T_GT_TAU, 48, 0},            // 2.1
};

// A whole number below n from a random word; its bias is below n / 2^32.
static int below(uint32_t word, int n)
{
    return (int)((uint64_t)word * (uint64_t)n >> 32);
}

// Track finder of a muon by where it is: index 0..17 and 90..107 endcaps, 18..35 and 72..89
// overlap, 36..71 barrel.
static uint8_t muon_index(int eta)
{
    const int size = eta < 0 ? -eta : eta;
    if (size <= 76) // 0.83
        return 36;
    if (size <= 114) // 1.24
        return eta > 0 ? 18 : 72;
    return eta > 0 ? 0 : 90;
}

static struct l1t_gt_object muon(unsigned code, const uint32_t word[4], bool narrow)
{
    const int most = narrow ? 193 : acceptance[L1T_MUON].muon; // 2.1, 2.4
    const int eta = below(word[0], 2 * most + 1) - most;
    const unsigned et = code + 1 > 511 ? 511 : code + 1; // code 1 is 0 GeV
    const unsigned upt = (et + 1) / 2;
    return (struct l1t_gt_object){
        .et = (uint16_t)et,
        .eta = (int16_t)eta,
        .phi = (uint16_t)below(word[1], PHI_MUON),
        .upt = (uint8_t)(upt > 255 ? 255 : upt),
        .index = muon_index(eta),
        .quality = SINGLE_QUALITY,
        .iso = ISO_TIGHT_AND_LOOSE,
        .charge = (uint8_t)(L1T_GT_SIGN_VALID | (word[2] >> 31)),
    };
}

static struct l1t_gt_object calo(enum l1t_object kind, unsigned code, const uint32_t word[4],
                                 bool narrow)
{
    const int own = acceptance[kind].calo, tau = acceptance[L1T_TAU].calo;
    const int most = narrow && own > tau && kind != L1T_JET ? tau : own;
    return (struct l1t_gt_object){
        .et = (uint16_t)code,
        .eta = (int16_t)(below(word[0], 2 * most) - most), // bins from -most to most
        .phi = (uint16_t)below(word[1], PHI_CALO),
        .iso = (uint8_t)(kind == L1T_JET   ? 0
                         : kind == L1T_TAU ? ISO_TIGHT
                                           : ISO_TIGHT_AND_LOOSE),
    };
}

// With a tau beside it an object lies where taus do: rates of such pairs are given there.
static void fill(const struct spectra *s, const struct l1t_crossings *c, size_t at,
                 struct l1t_gt_event *event)
{
    const bool narrow = c->leading[L1T_TAU][at] > 0;
    for (unsigned o = 0; o < L1T_OBJECTS; o++)
        for (unsigned k = 0; k < PER_TYPE; k++) {
            const unsigned code = k == 0 ? c->leading[o][at] : c->second[o][at];
            const unsigned slot = l1t_gt_first_slot[acceptance[o].type] + k;
            uint32_t word[4];
            if (code == 0)
                continue;
            l1t_rng_words(s->seed, L1T_STREAM_SAMPLE_PLACES, c->number[at], PER_TYPE * o + k, word);
            event->object[slot] = o == L1T_MUON ? muon(code, word, narrow)
                                                : calo((enum l1t_object)o, code, word, narrow);
        }
}

// ---- the sample ----

static enum l1t_err open_spectra(const struct l1t_sample_spec *spec, struct l1t_sample *sample,
                                 struct l1t_digest *digest, struct l1t_diag *diag)
{
    struct spectra *s = calloc(1, sizeof *s);
    struct l1t_spectra *file = calloc(1, sizeof *file);
    sample->data = s;
    if (s == NULL || file == NULL) {
        free(file);
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", spec->path);
    }
    enum l1t_err err = l1t_spectra_load(file, spec->path, digest, diag);
    if (err == L1T_OK && !file->has_physical)
        err = l1t_fail(diag, L1T_E_INPUT, "%s: no section 'physical' to make crossings from",
                       spec->path);
    if (err == L1T_OK && spec->events == 0)
        err = l1t_fail(diag, L1T_E_INPUT, "%s: how many crossings? 0 are too few", spec->path);
    if (err == L1T_OK)
        err = l1t_spectra_processes(file, &s->processes, diag);
    if (err == L1T_OK) {
        s->seed = spec->seed;
        sample->info.n = spec->events;
        sample->info.has_pileup = file->beam.pileup > 0;
        s->pileup = (uint8_t)fmin(nearbyint(file->beam.pileup), L1T_SAMPLE_PILEUP_MAX);
        l1t_digest_add(digest, "seed", &spec->seed, sizeof spec->seed);
    }
    l1t_spectra_free(file);
    free(file);
    return err;
}

static void close_spectra(struct l1t_sample *sample)
{
    struct spectra *s = sample->data;
    if (s != NULL)
        l1t_processes_free(&s->processes);
    free(s);
}

static enum l1t_err open_reader(struct l1t_sample_reader *reader, struct l1t_diag *diag)
{
    reader->data = calloc(1, sizeof(struct reader));
    return reader->data != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "sample: out of memory");
}

static void close_reader(struct l1t_sample_reader *reader)
{
    free(reader->data);
}

// Nearly all crossings are empty: only those filled last time are emptied.
static enum l1t_err read_events(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                struct l1t_gt_event *event, struct l1t_diag *diag)
{
    const struct spectra *s = reader->sample->data;
    struct reader *r = reader->data;
    (void)diag;
    for (size_t i = 0; i < r->n_filled; i++)
        *r->filled[i] = reader->sample->empty;
    l1t_crossings_make(&s->processes, s->seed, first, n, &r->crossings);
    r->n_filled = r->crossings.n;
    for (size_t i = 0; i < r->crossings.n; i++) {
        r->filled[i] = &event[r->crossings.number[i] - first];
        fill(s, &r->crossings, i, r->filled[i]);
    }
    return L1T_OK;
}

static enum l1t_err read_columns(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                 struct l1t_diag *diag)
{
    const struct spectra *s = reader->sample->data;
    (void)first;
    (void)diag;
    memset(reader->pileup, s->pileup, n);
    return L1T_OK;
}

const struct l1t_sample_ops l1t_sample_spectra = {
    .origin = "spectra",
    .open = open_spectra,
    .close = close_spectra,
    .reader_open = open_reader,
    .reader_close = close_reader,
    .events = read_events,
    .columns = read_columns,
};

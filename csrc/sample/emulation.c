// SPDX-License-Identifier: GPL-3.0-or-later
#include "emulation.h"

#include "l1t/calo_config.h"
#include "l1t/ugmt_config.h"
#include "sample_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct l1t_emulation {
    struct l1t_calo_setup calo;
    struct l1t_ugmt_setup ugmt;
    struct l1t_tower_gen *towers;
    struct l1t_muon_gen *muons; // NULL: none
};

struct l1t_emulation_bench {
    struct l1t_towers towers;
    struct l1t_calo_result calo;
    struct l1t_ugmt_event candidates;
    struct l1t_ugmt_result muons;
};

// ---- open and close ----

static enum l1t_err load_calo(struct l1t_emulation *e, const char *path, double mean, uint64_t seed,
                              struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_calo_setup_load(path, NULL, &e->calo, diag);
    if (err != L1T_OK)
        return err;
    e->calo.generator.corners = 0; // crossings of the kind that nature makes
    if (mean >= 0)
        e->calo.generator.jets = mean;
    return l1t_tower_gen_new(&e->calo.generator, seed, &e->towers, diag);
}

static enum l1t_err load_muons(struct l1t_emulation *e, const char *path, double mean,
                               uint64_t seed, struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_ugmt_setup_load(path, NULL, &e->ugmt, diag);
    if (err != L1T_OK)
        return err;
    if (e->ugmt.model.layout != L1T_UGMT_LAYOUT_RUN3)
        return l1t_fail(diag, L1T_E_INPUT,
                        "%s: 'output' is not run3, the words that the global trigger reads; "
                        "expected 'output: run3'",
                        path);
    e->ugmt.generator.corners = 0;
    if (mean >= 0)
        e->ugmt.generator.muons = mean;
    return l1t_muon_gen_new(&e->ugmt.generator, seed, &e->muons, diag);
}

enum l1t_err l1t_emulation_open(const char *calorimeter, const char *muons, double jets_mean,
                                double muons_mean, uint64_t seed, struct l1t_emulation **emulation,
                                struct l1t_diag *diag)
{
    *emulation = NULL;
    struct l1t_emulation *e = calloc(1, sizeof *e);
    if (e == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = load_calo(e, calorimeter, jets_mean, seed, diag);
    if (err == L1T_OK && muons != NULL)
        err = load_muons(e, muons, muons_mean, seed, diag);
    if (err == L1T_OK)
        *emulation = e;
    else
        l1t_emulation_close(e);
    return err;
}

void l1t_emulation_close(struct l1t_emulation *emulation)
{
    if (emulation == NULL)
        return;
    l1t_tower_gen_free(emulation->towers);
    l1t_muon_gen_free(emulation->muons);
    free(emulation);
}

const char *l1t_emulation_calo_digest(const struct l1t_emulation *emulation)
{
    return emulation->calo.digest;
}

const char *l1t_emulation_muon_digest(const struct l1t_emulation *emulation)
{
    return emulation->muons != NULL ? emulation->ugmt.digest : NULL;
}

// ---- crossings ----

struct l1t_emulation_bench *l1t_emulation_bench(void)
{
    return calloc(1, sizeof(struct l1t_emulation_bench));
}

void l1t_emulation_bench_free(struct l1t_emulation_bench *bench)
{
    free(bench);
}

// Word of a calorimeter object without its quality bits: ET, eta, phi and isolation are where the
// global trigger has them, and long-lived jets (bit 27 there) are not emulated.
enum { OBJECT_BITS = 0x07ffffff };

void l1t_emulation_words(const struct l1t_emulation *emulation, struct l1t_emulation_bench *bench,
                         uint64_t crossing, struct l1t_gt_words *words)
{
    struct l1t_emulation_bench *b = bench;
    memset(words, 0, sizeof *words);
    l1t_tower_gen_event(emulation->towers, crossing, &b->towers);
    l1t_calo(&emulation->calo.model, &b->towers, &b->calo);
    for (unsigned i = 0; i < L1T_GT_CALOS; i++) {
        words->egamma[i] = b->calo.egamma.out.gt[i] & OBJECT_BITS;
        words->tau[i] = b->calo.tau.out.gt[i] & OBJECT_BITS;
        words->jet[i] = b->calo.jet.gt[i] & OBJECT_BITS;
    }
    memcpy(words->sum, b->calo.sums.gt, sizeof words->sum);
    if (emulation->muons == NULL)
        return;
    (void)l1t_muon_gen_event(emulation->muons, crossing, &b->candidates, NULL);
    l1t_ugmt(&emulation->ugmt.model, &b->candidates, &b->muons);
    memcpy(words->muon, b->muons.gt, sizeof words->muon);
}

// ---- as a sample ----

static enum l1t_err open_sample(const struct l1t_sample_spec *spec, struct l1t_sample *sample,
                                struct l1t_digest *digest, struct l1t_diag *diag)
{
    struct l1t_emulation *e = NULL;
    if (spec->events == 0)
        return l1t_fail(diag, L1T_E_INPUT, "emulation: how many crossings? 0 are too few");
    const enum l1t_err err = l1t_emulation_open(spec->calorimeter, spec->muons, spec->jets_mean,
                                                spec->muons_mean, spec->seed, &e, diag);
    sample->data = e;
    if (err != L1T_OK || e == NULL)
        return err;
    const char *const muons = l1t_emulation_muon_digest(e);
    const double means[2] = {e->calo.generator.jets, muons != NULL ? e->ugmt.generator.muons : 0};
    sample->info.n = spec->events;
    sample->info.has_pileup = true;
    l1t_digest_add(digest, "calorimeter", e->calo.digest, strlen(e->calo.digest));
    if (muons != NULL)
        l1t_digest_add(digest, "muons", muons, strlen(muons));
    l1t_digest_add(digest, "means", means, sizeof means);
    l1t_digest_add(digest, "seed", &spec->seed, sizeof spec->seed);
    return L1T_OK;
}

static void close_sample(struct l1t_sample *sample)
{
    l1t_emulation_close(sample->data);
}

static enum l1t_err open_reader(struct l1t_sample_reader *reader, struct l1t_diag *diag)
{
    reader->data = l1t_emulation_bench();
    return reader->data != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "sample: out of memory");
}

static void close_reader(struct l1t_sample_reader *reader)
{
    l1t_emulation_bench_free(reader->data);
}

static enum l1t_err read_events(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                struct l1t_gt_event *event, struct l1t_diag *diag)
{
    struct l1t_gt_words words;
    (void)diag;
    for (size_t i = 0; i < n; i++) {
        l1t_emulation_words(reader->sample->data, reader->data, first + i, &words);
        memcpy(words.external, reader->sample->empty.external, sizeof words.external);
        l1t_gt_decode(&words, &event[i]);
    }
    return L1T_OK;
}

// The generator's mean; how many interactions a crossing really had is not its pile-up.
static enum l1t_err read_columns(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                                 struct l1t_diag *diag)
{
    const struct l1t_emulation *e = reader->sample->data;
    const double mean = fmin(nearbyint(e->calo.generator.pile_up), L1T_SAMPLE_PILEUP_MAX);
    (void)first;
    (void)diag;
    memset(reader->pileup, (int)mean, n);
    return L1T_OK;
}

const struct l1t_sample_ops l1t_sample_emulation = {
    .origin = "emulation",
    .open = open_sample,
    .close = close_sample,
    .reader_open = open_reader,
    .reader_close = close_reader,
    .events = read_events,
    .columns = read_columns,
};

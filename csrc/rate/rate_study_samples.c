// SPDX-License-Identifier: GPL-3.0-or-later
// Samples of a study file: where crossings come from, and what they stand for.
#include "rate_study_internal.h"

#include "l1t/io.h"
#include "l1t/rng.h"

#include <stdlib.h>
#include <string.h>

struct sample_values {
    const char *file, *vectors, *csv, *spectra;
    const struct l1t_node *emulation, *externals;
    long long events, seed;
    double weight, cross_section, sections, prescale, fraction, bunches;
};

#define SAMPLE(member) offsetof(struct sample_values, member)
static const struct l1t_key sample_keys[] = {
    {"file", L1T_STRING, SAMPLE(file), false, 0, 0, NULL},
    {"vectors", L1T_STRING, SAMPLE(vectors), false, 0, 0, NULL},
    {"csv", L1T_STRING, SAMPLE(csv), false, 0, 0, NULL},
    {"spectra", L1T_STRING, SAMPLE(spectra), false, 0, 0, NULL},
    {"emulation", L1T_MAP, SAMPLE(emulation), false, 0, 0, NULL},
    {"externals", L1T_LIST, SAMPLE(externals), false, 0, 0, NULL},
    {"events", L1T_INT, SAMPLE(events), false, 1, 1e12, NULL},
    {"seed", L1T_INT, SAMPLE(seed), false, 0, (double)L1T_SEED_MAX, NULL},
    {"weight", L1T_NUMBER, SAMPLE(weight), false, 1e-12, 1e12, NULL},
    {"cross_section", L1T_XSEC, SAMPLE(cross_section), false, 1e-15, 1e6, NULL},
    {"sections", L1T_NUMBER, SAMPLE(sections), false, 1e-3, 1e9, NULL},
    {"prescale", L1T_NUMBER, SAMPLE(prescale), false, 1, 1e12, NULL},
    {"fraction", L1T_PERCENT, SAMPLE(fraction), false, 1e-9, 1, NULL},
    {"bunches", L1T_NUMBER, SAMPLE(bunches), false, 1, L1T_GT_ORBIT, NULL},
};

// A key that has no meaning beside the others is a mistake, not something to be quiet about.
static enum l1t_err refuse(const struct l1t_yaml *yaml, const struct l1t_node *map, const char *key,
                           const char *why, struct l1t_diag *diag)
{
    const struct l1t_node *node = l1t_node_get(map, key);
    return node == NULL ? L1T_OK : l1t_yaml_fail(yaml, node, diag, "%s", why);
}

static enum l1t_err bind_norm(const struct l1t_yaml *yaml, const struct l1t_node *map,
                              const struct sample_values *values, bool signal,
                              struct l1t_norm *norm, struct l1t_diag *diag)
{
    static const char *const of_sections[] = {"prescale", "fraction", "bunches"};
    enum l1t_err err = L1T_OK;
    *norm = (struct l1t_norm){L1T_NORM_ZERO_BIAS, values->sections, values->prescale,
                              values->fraction,   values->bunches,  values->cross_section};
    if (signal) {
        const char *why = "a signal is for efficiencies and has no rate; leave it out";
        err = refuse(yaml, map, "cross_section", why, diag);
        if (err == L1T_OK)
            err = refuse(yaml, map, "sections", why, diag);
    }
    if (err == L1T_OK && values->cross_section > 0) {
        norm->kind = L1T_NORM_CROSS_SECTION;
        err = refuse(yaml, map, "sections",
                     "a sample has a cross-section or luminosity sections, not both", diag);
    }
    if (values->sections > 0)
        norm->kind = L1T_NORM_SECTIONS;
    for (size_t i = 0; err == L1T_OK && values->sections == 0 && i < L1T_COUNT_OF(of_sections); i++)
        err = refuse(yaml, map, of_sections[i], "goes with 'sections', which is missing", diag);
    return err;
}

static enum l1t_err beside(const struct l1t_rate_study *rate, const char *path, const char **to,
                           struct l1t_diag *diag)
{
    *to = path == NULL ? NULL : l1t_path_beside(rate->study->path, path);
    return path == NULL || *to != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

struct emulation_values {
    const char *calorimeter, *muons;
    double jets, mean_muons;
};

static enum l1t_err bind_emulation(const struct l1t_rate_study *rate, const struct l1t_node *map,
                                   struct l1t_sample_spec *spec, struct l1t_diag *diag)
{
#define EMULATION(member) offsetof(struct emulation_values, member)
    static const struct l1t_key keys[] = {
        {"calorimeter", L1T_STRING, EMULATION(calorimeter), true, 0, 0, NULL},
        {"muons", L1T_STRING, EMULATION(muons), false, 0, 0, NULL},
        {"jets_a_crossing", L1T_NUMBER, EMULATION(jets), false, 0, 8, NULL},
        {"muons_a_crossing", L1T_NUMBER, EMULATION(mean_muons), false, 0, 8, NULL},
    };
    struct emulation_values values = {NULL, NULL, -1, -1};
    enum l1t_err err =
        l1t_yaml_bind(rate->study->yaml, map, keys, L1T_COUNT_OF(keys), &values, diag);
    spec->jets_mean = values.jets;
    spec->muons_mean = values.mean_muons;
    if (err == L1T_OK)
        err = beside(rate, values.calorimeter, &spec->calorimeter, diag);
    if (err == L1T_OK)
        err = beside(rate, values.muons, &spec->muons, diag);
    return err;
}

// One of the five keys that say where crossings come from.
static enum l1t_err bind_kind(const struct l1t_rate_study *rate, const struct l1t_node *map,
                              const struct sample_values *values, struct l1t_sample_spec *spec,
                              struct l1t_diag *diag)
{
    const struct l1t_yaml *yaml = rate->study->yaml;
    const char *const path[] = {[L1T_SAMPLE_STORE] = values->file,
                                [L1T_SAMPLE_VECTORS] = values->vectors,
                                [L1T_SAMPLE_CSV] = values->csv,
                                [L1T_SAMPLE_SPECTRA] = values->spectra};
    int given = 0;
    for (int kind = L1T_SAMPLE_STORE; kind <= L1T_SAMPLE_SPECTRA; kind++)
        if (path[kind] != NULL) {
            spec->kind = (enum l1t_sample_kind)kind;
            given++;
        }
    if (values->emulation != NULL) {
        spec->kind = L1T_SAMPLE_EMULATION;
        given++;
    }
    if (given != 1)
        return l1t_yaml_fail(yaml, map, diag,
                             "%s; expected one of: file, vectors, csv, spectra, emulation",
                             given == 0 ? "does not say where its crossings come from"
                                        : "says twice where its crossings come from");
    if (spec->kind == L1T_SAMPLE_EMULATION)
        return bind_emulation(rate, values->emulation, spec, diag);
    return beside(rate, path[spec->kind], &spec->path, diag);
}

static enum l1t_err check_events(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                 const struct l1t_sample_spec *spec, struct l1t_diag *diag)
{
    const bool made = spec->kind == L1T_SAMPLE_SPECTRA || spec->kind == L1T_SAMPLE_EMULATION;
    if (made && spec->events == 0)
        return l1t_yaml_fail(yaml, map, diag,
                             "events: required key is missing: how many crossings "
                             "to generate?");
    const char *why = "is for crossings that are generated; a file has as many as it has";
    enum l1t_err err = made ? L1T_OK : refuse(yaml, map, "events", why, diag);
    if (err == L1T_OK && !made)
        err = refuse(yaml, map, "seed", why, diag);
    return err;
}

static enum l1t_err bind_sample(const struct l1t_rate_study *rate, const struct l1t_node *map,
                                bool signal, struct l1t_study_sample *sample, long long number,
                                struct l1t_diag *diag)
{
    const struct l1t_yaml *yaml = rate->study->yaml;
    // Generated samples must not be the same crossings twice.
    struct sample_values values = {
        .seed = rate->study->seed + number, .weight = 1, .prescale = 1, .fraction = 1};
    enum l1t_err err =
        l1t_yaml_bind(yaml, map, sample_keys, L1T_COUNT_OF(sample_keys), &values, diag);
    if (err != L1T_OK)
        return err;
    sample->node = map;
    sample->weight = values.weight;
    sample->externals = values.externals;
    sample->spec.events = (uint64_t)values.events;
    sample->spec.seed = (uint64_t)values.seed;
    sample->spec.jets_mean = sample->spec.muons_mean = -1;
    err = bind_kind(rate, map, &values, &sample->spec, diag);
    if (err == L1T_OK)
        err = check_events(yaml, map, &sample->spec, diag);
    if (err == L1T_OK)
        err = bind_norm(yaml, map, &values, signal, &sample->norm, diag);
    if (err == L1T_OK && sample->norm.kind == L1T_NORM_CROSS_SECTION &&
        rate->rates.beam.luminosity == 0)
        err = l1t_yaml_fail(yaml, l1t_node_get(map, "cross_section"), diag,
                            "needs rates.beam.luminosity, which is missing");
    return err;
}

enum l1t_err l1t_study_bind_samples(struct l1t_rate_study *rate, const struct l1t_node *map,
                                    bool signals, struct l1t_diag *diag)
{
    size_t *n = signals ? &rate->n_signals : &rate->rates.n_samples;
    struct l1t_study_sample *all = signals ? rate->signal : rate->rates.sample;
    enum l1t_err err = L1T_OK;
    if (l1t_node_len(map) == 0 || l1t_node_len(map) > L1T_STUDY_SAMPLES)
        return l1t_yaml_fail(rate->study->yaml, map, diag, "%zu samples; allowed 1 to %d",
                             l1t_node_len(map), L1T_STUDY_SAMPLES);
    for (size_t i = 0; err == L1T_OK && i < l1t_node_len(map); i++) {
        struct l1t_study_sample *sample = &all[(*n)++];
        sample->name = l1t_node_key(map, i);
        if (strlen(sample->name) >= L1T_SAMPLE_NAME)
            return l1t_yaml_fail(rate->study->yaml, l1t_node_at(map, i), diag,
                                 "a sample's name has at most %d bytes", L1T_SAMPLE_NAME - 1);
        err = bind_sample(rate, l1t_node_at(map, i), signals, sample,
                          (signals ? L1T_STUDY_SAMPLES : 0) + (long long)i, diag);
    }
    return err;
}

void l1t_study_free_sample(struct l1t_study_sample *sample)
{
    free((char *)sample->spec.path);
    free((char *)sample->spec.calorimeter);
    free((char *)sample->spec.muons);
}

// ---- what needs the menu ----

static enum l1t_err find_external(const struct l1t_yaml *yaml, const struct l1t_gt_menu *menu,
                                  const struct l1t_node *node, struct l1t_sample_spec *spec,
                                  struct l1t_diag *diag)
{
    static const struct l1t_key key = {"", L1T_STRING, 0, true, 0, 0, NULL};
    const char *name = NULL;
    const enum l1t_err err = l1t_yaml_value(yaml, node, &key, &name, diag);
    if (err != L1T_OK)
        return err;
    for (size_t i = 0; i < menu->n_externals; i++)
        if (strcmp(menu->external[i].name, name) == 0) {
            const unsigned channel = menu->external[i].channel;
            spec->external[channel / 64] |= UINT64_C(1) << channel % 64;
            return L1T_OK;
        }
    return l1t_yaml_fail(yaml, node, diag, "menu %s has no external signal '%s'", menu->name, name);
}

static enum l1t_err use_menu(const struct l1t_yaml *yaml, const struct l1t_gt_menu *menu,
                             struct l1t_study_sample *sample, struct l1t_diag *diag)
{
    const struct l1t_node *list = sample->externals;
    enum l1t_err err = L1T_OK;
    memset(sample->spec.external, 0, sizeof sample->spec.external);
    sample->spec.scales = &menu->scales;
    for (size_t i = 0; err == L1T_OK && list != NULL && i < l1t_node_len(list); i++)
        err = find_external(yaml, menu, l1t_node_at(list, i), &sample->spec, diag);
    return err;
}

enum l1t_err l1t_rate_study_use_menu(struct l1t_rate_study *rate, const struct l1t_gt_menu *menu,
                                     struct l1t_diag *diag)
{
    const struct l1t_yaml *yaml = rate->study->yaml;
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < rate->rates.n_samples; i++)
        err = use_menu(yaml, menu, &rate->rates.sample[i], diag);
    for (size_t i = 0; err == L1T_OK && i < rate->n_signals; i++)
        err = use_menu(yaml, menu, &rate->signal[i], diag);
    return err;
}

enum l1t_err l1t_rate_study_column(const struct l1t_rate_study *rate,
                                   const struct l1t_gt_menu *menu, size_t *column,
                                   struct l1t_diag *diag)
{
    const char *name = rate->rates.column;
    *column = 0;
    if (name == NULL)
        return L1T_OK;
    for (size_t i = 0; i < menu->n_columns; i++)
        if (strcmp(menu->column[i], name) == 0) {
            *column = i;
            return L1T_OK;
        }
    const char *nearest = l1t_nearest(name, (const char *const *)menu->column, menu->n_columns);
    const struct l1t_node *rates = rate->study->sections.rates;
    const struct l1t_node *node = rates != NULL ? l1t_node_get(rates, "column") : NULL;
    const char *hint[] = {nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                          nearest != NULL ? "'?" : ""};
    if (node != NULL && strcmp(l1t_node_text(node), name) == 0)
        return l1t_yaml_fail(rate->study->yaml, node, diag,
                             "menu %s has no prescale column '%s'"
                             "%s%s%s",
                             menu->name, name, hint[0], hint[1], hint[2]);
    return l1t_fail(diag, L1T_E_INPUT, "menu %s has no prescale column '%.60s'%s%s%s", menu->name,
                    name, hint[0], hint[1], hint[2]);
}

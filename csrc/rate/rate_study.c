// SPDX-License-Identifier: GPL-3.0-or-later
// The section `rates:` of a study file: menu, beam, samples, pile-up, extrapolations, dead time.
#include "rate_study_internal.h"

#include "l1t/io.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rates_values {
    const char *menu, *column, *compare_to;
    const struct l1t_node *beam, *samples, *pileup, *extrapolate, *dead_time;
    double exponential;
};

#define RATES(member) offsetof(struct rates_values, member)
static const struct l1t_key rates_keys[] = {
    {"menu", L1T_STRING, RATES(menu), true, 0, 0, NULL},
    {"column", L1T_STRING, RATES(column), false, 0, 0, NULL},
    {"beam", L1T_MAP, RATES(beam), true, 0, 0, NULL},
    {"samples", L1T_MAP, RATES(samples), true, 0, 0, NULL},
    {"pileup", L1T_MAP, RATES(pileup), false, 0, 0, NULL},
    {"extrapolate", L1T_LIST, RATES(extrapolate), false, 0, 0, NULL},
    {"exponential", L1T_NUMBER, RATES(exponential), false, 0, 1, NULL},
    {"dead_time", L1T_MAP, RATES(dead_time), false, 0, 0, NULL},
    {"compare_to", L1T_STRING, RATES(compare_to), false, 0, 0, NULL},
};

#define BEAM(member) offsetof(struct l1t_rate_beam, member)
static const struct l1t_key beam_keys[] = {
    {"luminosity", L1T_LUMI, BEAM(luminosity), false, 1e24, 1e38, NULL},
    {"bunches", L1T_NUMBER, BEAM(bunches), false, 1, L1T_GT_ORBIT, NULL},
    {"revolution", L1T_RATE, BEAM(revolution_hz), false, 1, 1e6, NULL},
    {"sigma_inelastic", L1T_XSEC, BEAM(sigma_inelastic_mb), false, 1, 1000, NULL},
    {"pileup", L1T_NUMBER, BEAM(pileup), false, 1e-6, L1T_SAMPLE_PILEUP_MAX, NULL},
};

static enum l1t_err no_memory(struct l1t_diag *diag)
{
    return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static enum l1t_err bind_beam(struct l1t_rate_study *rate, const struct l1t_node *map,
                              struct l1t_diag *diag)
{
    const struct l1t_yaml *yaml = rate->study->yaml;
    struct l1t_rate_beam *beam = &rate->rates.beam;
    *beam = (struct l1t_rate_beam){.revolution_hz = L1T_REVOLUTION_HZ, .sigma_inelastic_mb = 80};
    const enum l1t_err err =
        l1t_yaml_bind(yaml, map, beam_keys, L1T_COUNT_OF(beam_keys), beam, diag);
    if (err != L1T_OK)
        return err;
    if (beam->bunches == 0)
        return l1t_yaml_fail(yaml, map, diag, "bunches: required key is missing");
    if (beam->bunches != floor(beam->bunches))
        return l1t_yaml_fail(yaml, l1t_node_get(map, "bunches"), diag,
                             "%g is not a number of bunches; write it like '2544'", beam->bunches);
    return L1T_OK;
}

/*
 * What an extrapolation does not say is as in `beam`. Of luminosity and pile-up one follows from
 * the other as they go together there.
 */
static enum l1t_err bind_extrapolation(struct l1t_rate_study *rate, const struct l1t_node *map,
                                       struct l1t_diag *diag)
{
    const struct l1t_rate_beam *from = &rate->rates.beam;
    struct l1t_rate_beam to = *from;
    to.luminosity = to.pileup = 0;
    enum l1t_err err =
        l1t_yaml_bind(rate->study->yaml, map, beam_keys, L1T_COUNT_OF(beam_keys), &to, diag);
    if (err != L1T_OK)
        return err;
    const double share = from->bunches / to.bunches; // of the luminosity to a bunch
    const double pileup = l1t_beam_pileup(from);
    const bool known = from->luminosity > 0 && pileup > 0;
    if (to.luminosity == 0 && to.pileup == 0)
        to.pileup = from->pileup; // other bunches of the same kind
    if (to.pileup == 0 && to.luminosity > 0 && known)
        to.pileup = pileup * to.luminosity / from->luminosity * share;
    if (to.luminosity == 0 && to.pileup > 0 && known)
        to.luminosity = from->luminosity * to.pileup / pileup / share;
    rate->rates.to[rate->rates.n_beams++] = to;
    return L1T_OK;
}

static enum l1t_err bind_extrapolations(struct l1t_rate_study *rate, const struct l1t_node *list,
                                        struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    if (l1t_node_len(list) > L1T_STUDY_BEAMS)
        return l1t_yaml_fail(rate->study->yaml, list, diag, "%zu beams are more than %d",
                             l1t_node_len(list), L1T_STUDY_BEAMS);
    for (size_t i = 0; err == L1T_OK && i < l1t_node_len(list); i++)
        err = bind_extrapolation(rate, l1t_node_at(list, i), diag);
    return err;
}

struct pileup_values {
    const char *target;
    int method;
};

static enum l1t_err bind_pileup(struct l1t_rate_study *rate, const struct l1t_node *map,
                                struct l1t_diag *diag)
{
    static const char *const methods[] = {"binned", "reweight", NULL};
    static const struct l1t_key keys[] = {
        {"target", L1T_STRING, offsetof(struct pileup_values, target), true, 0, 0, NULL},
        {"method", L1T_CHOICE, offsetof(struct pileup_values, method), false, 0, 0, methods},
    };
    struct pileup_values values = {NULL, 0};
    struct l1t_diag why = {""};
    enum l1t_err err =
        l1t_yaml_bind(rate->study->yaml, map, keys, L1T_COUNT_OF(keys), &values, diag);
    if (err != L1T_OK)
        return err;
    rate->rates.has_target = true;
    rate->rates.pileup_binned = values.method == 0;
    err = l1t_pileup_target_parse(values.target, rate->study->path, &rate->rates.target, &why);
    if (err == L1T_E_INPUT)
        return l1t_yaml_fail(rate->study->yaml, l1t_node_get(map, "target"), diag, "%s", why.text);
    return err == L1T_OK ? L1T_OK : l1t_fail(diag, err, "%s", why.text);
}

// ---- dead time ----

struct dead_values {
    const struct l1t_node *rules, *buffer;
    const char *filling;
    long long orbits;
};

static enum l1t_err bind_filling(struct l1t_rate_study *rate, const struct l1t_node *map,
                                 const char *text, struct l1t_diag *diag)
{
    struct l1t_diag why = {""};
    // A scheme is cut to the beam's bunches; without one all crossings have them.
    const unsigned bunches = text != NULL ? (unsigned)rate->rates.beam.bunches : 0;
    const enum l1t_err err =
        l1t_filling_parse(text != NULL ? text : "all", bunches, &rate->rates.filling, &why);
    if (err == L1T_E_INPUT && text != NULL)
        return l1t_yaml_fail(rate->study->yaml, l1t_node_get(map, "filling"), diag, "%s", why.text);
    return err == L1T_OK ? L1T_OK : l1t_fail(diag, err, "%s", why.text);
}

static enum l1t_err bind_dead_time(struct l1t_rate_study *rate, const struct l1t_node *map,
                                   struct l1t_diag *diag)
{
    static const struct l1t_key keys[] = {
        {"rules", L1T_LIST, offsetof(struct dead_values, rules), false, 0, 0, NULL},
        {"buffer", L1T_MAP, offsetof(struct dead_values, buffer), false, 0, 0, NULL},
        {"filling", L1T_STRING, offsetof(struct dead_values, filling), false, 0, 0, NULL},
        {"orbits", L1T_INT, offsetof(struct dead_values, orbits), false, 1, 1e9, NULL},
    };
    const struct l1t_yaml *yaml = rate->study->yaml;
    struct dead_values values = {NULL, NULL, NULL, 20000};
    enum l1t_err err = l1t_yaml_bind(yaml, map, keys, L1T_COUNT_OF(keys), &values, diag);
    if (err != L1T_OK)
        return err;
    rate->rates.orbits = values.orbits;
    rate->rates.rules = l1t_cms_trigger_rules;
    if (values.rules != NULL)
        err = l1t_trigger_rules_bind(yaml, values.rules, &rate->rates.rules, diag);
    if (err == L1T_OK && values.buffer != NULL)
        err = l1t_trigger_buffer_bind(yaml, values.buffer, &rate->rates.rules, diag);
    return err == L1T_OK ? bind_filling(rate, map, values.filling, diag) : err;
}

// ---- the section ----

static enum l1t_err bind_paths(struct l1t_rate_study *rate, const struct rates_values *values,
                               struct l1t_diag *diag)
{
    rate->rates.menu = l1t_path_beside(rate->study->path, values->menu);
    if (values->compare_to != NULL)
        rate->rates.compare_to = l1t_path_beside(rate->study->path, values->compare_to);
    return rate->rates.menu == NULL ||
                   (values->compare_to != NULL && rate->rates.compare_to == NULL)
               ? no_memory(diag)
               : L1T_OK;
}

static enum l1t_err bind_rates(struct l1t_rate_study *rate, const struct l1t_node *map,
                               struct l1t_diag *diag)
{
    struct rates_values values = {.exponential = 0};
    enum l1t_err err =
        l1t_yaml_bind(rate->study->yaml, map, rates_keys, L1T_COUNT_OF(rates_keys), &values, diag);
    if (err != L1T_OK)
        return err;
    rate->rates.on = true;
    rate->rates.column = values.column;
    rate->rates.exponential_k = values.exponential;
    err = bind_paths(rate, &values, diag);
    if (err == L1T_OK)
        err = bind_beam(rate, values.beam, diag);
    if (err == L1T_OK)
        err = l1t_study_bind_samples(rate, values.samples, false, diag);
    if (err == L1T_OK && values.pileup != NULL)
        err = bind_pileup(rate, values.pileup, diag);
    if (err == L1T_OK && values.extrapolate != NULL)
        err = bind_extrapolations(rate, values.extrapolate, diag);
    if (err == L1T_OK && values.dead_time != NULL)
        err = bind_dead_time(rate, values.dead_time, diag);
    return err;
}

static enum l1t_err bind_sections(struct l1t_rate_study *rate, struct l1t_diag *diag)
{
    const struct l1t_study *study = rate->study;
    enum l1t_err err = L1T_OK;
    if (study->sections.rates != NULL)
        err = bind_rates(rate, study->sections.rates, diag);
    if (err == L1T_OK && study->sections.signals != NULL)
        err = l1t_study_bind_samples(rate, study->sections.signals, true, diag);
    if (err == L1T_OK && study->sections.scans != NULL)
        err = l1t_study_bind_scans(rate, study->sections.scans, diag);
    if (err == L1T_OK && study->sections.budget != NULL)
        err = l1t_study_bind_budget(rate, study->sections.budget, diag);
    return err;
}

enum l1t_err l1t_rate_study_bind(struct l1t_rate_study *rate, struct l1t_study *study,
                                 struct l1t_diag *diag)
{
    memset(rate, 0, sizeof *rate);
    rate->study = study;
    const enum l1t_err err = bind_sections(rate, diag);
    if (err != L1T_OK)
        l1t_rate_study_free(rate);
    return err;
}

enum l1t_err l1t_rate_study_check(const struct l1t_rate_study *rate, struct l1t_diag *diag)
{
    return rate->rates.on ? L1T_OK
                          : l1t_yaml_fail(rate->study->yaml, l1t_yaml_root(rate->study->yaml), diag,
                                          "rates: required section is missing");
}

void l1t_rate_study_free(struct l1t_rate_study *rate)
{
    free(rate->rates.menu);
    free(rate->rates.compare_to);
    for (size_t i = 0; i < rate->rates.n_samples; i++)
        l1t_study_free_sample(&rate->rates.sample[i]);
    for (size_t i = 0; i < rate->n_signals; i++)
        l1t_study_free_sample(&rate->signal[i]);
    memset(rate, 0, sizeof *rate);
}

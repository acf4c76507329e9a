// SPDX-License-Identifier: GPL-3.0-or-later
#include "muon_generator_config.h"

#include "config_lists.h"
#include "ugmt_formula_config.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct generator {
    double muons, slope, eta, segment, mistaken, corners;
    const struct l1t_node *pt, *finder[L1T_UGMT_FINDERS], *punch_through, *helix;
};

#define GENERATOR(member) offsetof(struct generator, member)
static const struct l1t_key generator_keys[] = {
    {"muons", L1T_NUMBER, GENERATOR(muons), false, 0, 8, NULL},
    {"pt", L1T_LIST, GENERATOR(pt), false, 0, 0, NULL},
    {"slope", L1T_NUMBER, GENERATOR(slope), false, 0, 10, NULL},
    {"eta", L1T_NUMBER, GENERATOR(eta), false, 0, 2.5, NULL},
    {"segment", L1T_PERCENT, GENERATOR(segment), false, 0, 1, NULL},
    {"mistaken", L1T_PERCENT, GENERATOR(mistaken), false, 0, 1, NULL},
    {"barrel", L1T_MAP, GENERATOR(finder[L1T_UGMT_BARREL]), false, 0, 0, NULL},
    {"overlap", L1T_MAP, GENERATOR(finder[L1T_UGMT_OVERLAP]), false, 0, 0, NULL},
    {"endcap", L1T_MAP, GENERATOR(finder[L1T_UGMT_ENDCAP]), false, 0, 0, NULL},
    {"punch_through", L1T_MAP, GENERATOR(punch_through), false, 0, 0, NULL},
    {"helix", L1T_MAP, GENERATOR(helix), false, 0, 0, NULL},
    {"corners", L1T_PERCENT, GENERATOR(corners), false, 0, 1, NULL},
};

struct finder {
    struct l1t_muon_finder f;
    const struct l1t_node *eta, *quality;
};

#define FINDER(member) offsetof(struct finder, member)
static const struct l1t_key finder_keys[] = {
    {"eta", L1T_LIST, FINDER(eta), false, 0, 0, NULL},
    {"reach", L1T_ENERGY, FINDER(f.reach_gev), false, 0, 1000, NULL},
    {"efficiency", L1T_PERCENT, FINDER(f.efficiency), false, 0, 1, NULL},
    {"border", L1T_ANGLE, FINDER(f.border_rad), false, 0, 0.25, NULL},
    {"twice", L1T_PERCENT, FINDER(f.twice), false, 0, 1, NULL},
    {"raise", L1T_NUMBER, FINDER(f.raise), false, 0.5, 2, NULL},
    {"pt_error", L1T_PERCENT, FINDER(f.pt_error), false, 0, 1, NULL},
    {"straight_error", L1T_NUMBER, FINDER(f.straight_error), false, 0, 0.1, NULL},
    {"phi_error", L1T_ANGLE, FINDER(f.phi_error_rad), false, 0, 0.1, NULL},
    {"eta_error", L1T_NUMBER, FINDER(f.eta_error), false, 0, 0.2, NULL},
    {"eta_error_coarse", L1T_NUMBER, FINDER(f.eta_error_coarse), false, 0, 0.2, NULL},
    {"fine", L1T_PERCENT, FINDER(f.fine), false, 0, 1, NULL},
    {"quality", L1T_MAP, FINDER(quality), false, 0, 0, NULL},
};

struct punch {
    double number, slope, error;
    const struct l1t_node *pt, *quality;
};

static const struct l1t_key punch_keys[] = {
    {"number", L1T_NUMBER, offsetof(struct punch, number), false, 0, 8, NULL},
    {"pt", L1T_LIST, offsetof(struct punch, pt), false, 0, 0, NULL},
    {"slope", L1T_NUMBER, offsetof(struct punch, slope), false, 0, 10, NULL},
    {"error", L1T_PERCENT, offsetof(struct punch, error), false, 0, 1, NULL},
    {"quality", L1T_MAP, offsetof(struct punch, quality), false, 0, 0, NULL},
};

// "[3 GeV, 250 GeV]"; node NULL: as it is.
static enum l1t_err read_range(const struct l1t_yaml *yaml, const struct l1t_node *node,
                               const struct l1t_list_rule *rule, double *low, double *high,
                               struct l1t_diag *diag)
{
    double range[2] = {0, 0};
    if (node == NULL)
        return L1T_OK;
    enum l1t_err err = l1t_list_read_per(yaml, node, rule, "ends of the range", 2, range, diag);
    if (err == L1T_OK && range[1] < range[0])
        err = l1t_yaml_fail(yaml, node, diag, "%s: the lower end comes first", rule->name);
    *low = range[0];
    *high = range[1];
    return err;
}

static const struct l1t_list_rule pt_rule = {"pt", L1T_ENERGY, 1, 1000, 2};
static const struct l1t_list_rule eta_rule = {"eta", L1T_NUMBER, 0, 2.5, 2};

// Weight of each quality that is named; node NULL: as it is.
static enum l1t_err read_qualities(const struct l1t_yaml *yaml, const struct l1t_node *node,
                                   double weight[L1T_MUON_GEN_QUALITIES], struct l1t_diag *diag)
{
    static const char *const names[L1T_MUON_GEN_QUALITIES] = {
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"};
    struct l1t_key keys[L1T_MUON_GEN_QUALITIES];
    double sum = 0;
    if (node == NULL)
        return L1T_OK;
    for (unsigned q = 0; q < L1T_MUON_GEN_QUALITIES; q++) {
        weight[q] = 0;
        keys[q] = (struct l1t_key){names[q], L1T_PERCENT, q * sizeof weight[0], false, 0, 1, NULL};
    }
    const enum l1t_err err = l1t_yaml_bind(yaml, node, keys, L1T_MUON_GEN_QUALITIES, weight, diag);
    for (unsigned q = 0; q < L1T_MUON_GEN_QUALITIES; q++)
        sum += weight[q];
    return err == L1T_OK && !(sum > 0)
               ? l1t_yaml_fail(yaml, node, diag, "quality: at least one with a share above 0")
               : err;
}

static enum l1t_err read_finder(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                struct l1t_muon_finder *f, struct l1t_diag *diag)
{
    struct finder g = {.f = *f};
    enum l1t_err err = l1t_yaml_bind(yaml, map, finder_keys, COUNT(finder_keys), &g, diag);
    if (err == L1T_OK)
        err = read_range(yaml, g.eta, &eta_rule, &g.f.eta_min, &g.f.eta_max, diag);
    if (err == L1T_OK)
        err = read_qualities(yaml, g.quality, g.f.quality, diag);
    *f = g.f;
    return err;
}

static enum l1t_err read_punch(const struct l1t_yaml *yaml, const struct l1t_node *map,
                               struct l1t_muon_gen_params *p, struct l1t_diag *diag)
{
    struct punch g = {
        .number = p->punch_through, .slope = p->punch_spectrum.slope, .error = p->punch_error};
    enum l1t_err err = l1t_yaml_bind(yaml, map, punch_keys, COUNT(punch_keys), &g, diag);
    if (err == L1T_OK)
        err = read_range(yaml, g.pt, &pt_rule, &p->punch_spectrum.pt_min_gev,
                         &p->punch_spectrum.pt_max_gev, diag);
    if (err == L1T_OK)
        err = read_qualities(yaml, g.quality, p->punch_quality, diag);
    p->punch_through = g.number;
    p->punch_spectrum.slope = g.slope;
    p->punch_error = g.error;
    return err;
}

static enum l1t_err read_section(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                 const struct l1t_node **helix, struct l1t_muon_gen_params *p,
                                 struct l1t_diag *diag)
{
    struct generator g = {.muons = p->muons,
                          .slope = p->spectrum.slope,
                          .eta = p->eta_max,
                          .segment = p->segment,
                          .mistaken = p->mistaken,
                          .corners = p->corners};
    enum l1t_err err = l1t_yaml_bind(yaml, map, generator_keys, COUNT(generator_keys), &g, diag);
    if (err == L1T_OK)
        err = read_range(yaml, g.pt, &pt_rule, &p->spectrum.pt_min_gev, &p->spectrum.pt_max_gev,
                         diag);
    for (unsigned i = 0; i < L1T_UGMT_FINDERS && err == L1T_OK; i++)
        if (g.finder[i] != NULL)
            err = read_finder(yaml, g.finder[i], &p->finder[i], diag);
    if (err == L1T_OK && g.punch_through != NULL)
        err = read_punch(yaml, g.punch_through, p, diag);
    p->muons = g.muons;
    p->spectrum.slope = g.slope;
    p->eta_max = g.eta;
    p->segment = g.segment;
    p->mistaken = g.mistaken;
    p->corners = g.corners;
    *helix = g.helix != NULL ? g.helix : *helix;
    return err;
}

enum l1t_err l1t_muon_generator_config_read(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                            const struct l1t_node *helix,
                                            struct l1t_muon_gen_params *params,
                                            struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    l1t_muon_gen_defaults(params);
    if (map != NULL)
        err = read_section(yaml, map, &helix, params, diag);
    return err == L1T_OK && helix != NULL ? l1t_ugmt_helix_read(yaml, helix, &params->helix, diag)
                                          : err;
}

void l1t_muon_generator_config_digest(const struct l1t_muon_gen_params *params,
                                      struct l1t_digest *digest)
{
    char text[L1T_MUON_GEN_TEXT];
    l1t_muon_gen_text(params, text, sizeof text);
    l1t_digest_add(digest, "generator", text, strlen(text));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "generator_config.h"

#include "config_lists.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

struct generator {
    double pile_up, jets, jet_threshold, jet_scale, corners;
    const struct l1t_node *rings, *hits, *mean_et, *ecal, *inject;
};

static const struct l1t_key generator_keys[] = {
    {"pile_up", L1T_NUMBER, offsetof(struct generator, pile_up), false, 0, 1000, NULL},
    {"rings", L1T_LIST, offsetof(struct generator, rings), false, 0, 0, NULL},
    {"hits", L1T_LIST, offsetof(struct generator, hits), false, 0, 0, NULL},
    {"mean_et", L1T_LIST, offsetof(struct generator, mean_et), false, 0, 0, NULL},
    {"ecal", L1T_LIST, offsetof(struct generator, ecal), false, 0, 0, NULL},
    {"inject", L1T_MAP, offsetof(struct generator, inject), false, 0, 0, NULL},
    {"jets", L1T_NUMBER, offsetof(struct generator, jets), false, 0, 10, NULL},
    {"jet_threshold", L1T_ENERGY, offsetof(struct generator, jet_threshold), false, 0, 1000, NULL},
    {"jet_scale", L1T_ENERGY, offsetof(struct generator, jet_scale), false, 0.1, 1000, NULL},
    {"corners", L1T_PERCENT, offsetof(struct generator, corners), false, 0, 1, NULL},
};

// An entry of "inject"; the last key bears the name of what it shapes.
struct injected {
    double per_event, slope, eta, shape;
    const struct l1t_node *pt;
};

#define INJECTED(shape_name, type, max)                                                            \
    {                                                                                              \
        {"per_event", L1T_NUMBER, offsetof(struct injected, per_event),                            \
         false,       0,          L1T_TOWER_GEN_PER_EVENT,                                         \
         NULL},                                                                                    \
            {"pt", L1T_LIST, offsetof(struct injected, pt), false, 0, 0, NULL},                    \
            {"slope", L1T_NUMBER, offsetof(struct injected, slope), false, 0, 10, NULL},           \
            {"eta", L1T_NUMBER, offsetof(struct injected, eta), false, 0, 5, NULL},                \
        {                                                                                          \
            shape_name, type, offsetof(struct injected, shape), false, 0, max, NULL                \
        }                                                                                          \
    }
enum { INJECTED_KEYS = 5 };
static const struct l1t_key injected_keys[L1T_INJECTED][INJECTED_KEYS] = {
    [L1T_TRUTH_ELECTRON] = INJECTED("material", L1T_NUMBER, 4),
    [L1T_TRUTH_PHOTON] = INJECTED("material", L1T_NUMBER, 4),
    [L1T_TRUTH_TAU] = INJECTED("three_prongs", L1T_PERCENT, 1),
    [L1T_TRUTH_JET] = INJECTED("photons", L1T_PERCENT, 1),
};

static enum l1t_err read_injected(const struct l1t_yaml *yaml, const struct l1t_node *map, int kind,
                                  struct l1t_inject *in, struct l1t_diag *diag)
{
    struct injected g = {in->per_event, in->slope, in->eta_max, in->shape, NULL};
    enum l1t_err err = l1t_yaml_bind(yaml, map, injected_keys[kind], INJECTED_KEYS, &g, diag);
    if (err == L1T_OK && g.per_event != floor(g.per_event))
        err = l1t_yaml_fail(yaml, map, diag, "per_event: a whole number, not %g", g.per_event);
    if (err == L1T_OK && g.pt != NULL) {
        static const struct l1t_list_rule pt = {"pt", L1T_ENERGY, 0.5, 1000, 2};
        double range[2] = {0, 0};
        err = l1t_list_read_per(yaml, g.pt, &pt, "ends of the range", 2, range, diag);
        if (err == L1T_OK && range[1] < range[0])
            err = l1t_yaml_fail(yaml, g.pt, diag, "pt: the lower end comes first");
        in->pt_min_gev = range[0];
        in->pt_max_gev = range[1];
    }
    in->per_event = g.per_event;
    in->slope = g.slope;
    in->eta_max = g.eta;
    in->shape = g.shape;
    return err;
}

static enum l1t_err read_inject(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                struct l1t_tower_gen_params *p, struct l1t_diag *diag)
{
    const struct l1t_node *entry[L1T_INJECTED] = {NULL};
    struct l1t_key keys[L1T_INJECTED];
    for (int k = 0; k < L1T_INJECTED; k++)
        keys[k] = (struct l1t_key){l1t_truth_names[k],
                                   L1T_MAP,
                                   (size_t)k * sizeof(const struct l1t_node *),
                                   false,
                                   0,
                                   0,
                                   NULL};
    enum l1t_err err =
        map != NULL ? l1t_yaml_bind(yaml, map, keys, L1T_INJECTED, (void *)entry, diag) : L1T_OK;
    for (int k = 0; k < L1T_INJECTED && err == L1T_OK; k++)
        if (entry[k] != NULL)
            err = read_injected(yaml, entry[k], k, &p->inject[k], diag);
    return err;
}

static enum l1t_err read_ecal(const struct l1t_yaml *yaml, const struct generator *g,
                              struct l1t_tower_gen_params *p, struct l1t_diag *diag)
{
    static const struct l1t_list_rule ecal = {"ecal", L1T_PERCENT, 0, 1, L1T_TOWER_GEN_POINTS};
    if (g->ecal != NULL)
        return l1t_list_read_per(yaml, g->ecal, &ecal, "rings", p->n_points, p->ecal, diag);
    for (unsigned i = 0; g->rings != NULL && i < p->n_points; i++)
        p->ecal[i] = 0.5; // the default's points are others
    return L1T_OK;
}

static enum l1t_err read_profile(const struct l1t_yaml *yaml, const struct generator *g,
                                 struct l1t_tower_gen_params *p, struct l1t_diag *diag)
{
    const int given = (g->rings != NULL) + (g->hits != NULL) + (g->mean_et != NULL);
    if (given == 0)
        return L1T_OK;
    const struct l1t_node *any = g->rings != NULL  ? g->rings
                                 : g->hits != NULL ? g->hits
                                                   : g->mean_et;
    if (given != 3)
        return l1t_yaml_fail(yaml, any, diag, "generator: rings, hits and mean_et go together");
    unsigned n_hits = 0, n_mean = 0;
    static const struct l1t_list_rule rings = {"rings", L1T_NUMBER, 1, L1T_RINGS,
                                               L1T_TOWER_GEN_POINTS},
                                      hits = {"hits", L1T_NUMBER, 0, 1, L1T_TOWER_GEN_POINTS},
                                      mean_et = {"mean_et", L1T_ENERGY, 0.05, 50,
                                                 L1T_TOWER_GEN_POINTS};
    enum l1t_err err = l1t_list_read_edges(yaml, g->rings, &rings, 1, p->ring, &p->n_points, diag);
    if (err == L1T_OK)
        err = l1t_list_read(yaml, g->hits, &hits, p->hits, &n_hits, diag);
    if (err == L1T_OK)
        err = l1t_list_read(yaml, g->mean_et, &mean_et, p->mean_et_gev, &n_mean, diag);
    if (err == L1T_OK && (n_hits != p->n_points || n_mean != p->n_points))
        err = l1t_yaml_fail(yaml, any, diag,
                            "generator: %u rings, %u hits and %u mean_et; one of each per point",
                            p->n_points, n_hits, n_mean);
    return err;
}

enum l1t_err l1t_generator_config_read(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                       struct l1t_tower_gen_params *p, struct l1t_diag *diag)
{
    if (map == NULL)
        return L1T_OK;
    struct generator g = {.pile_up = p->pile_up,
                          .jets = p->jets,
                          .jet_threshold = p->jet_threshold_gev,
                          .jet_scale = p->jet_scale_gev,
                          .corners = p->corners};
    enum l1t_err err = l1t_yaml_bind(yaml, map, generator_keys,
                                     sizeof generator_keys / sizeof generator_keys[0], &g, diag);
    if (err != L1T_OK)
        return err;
    p->pile_up = g.pile_up;
    p->jets = g.jets;
    p->jet_threshold_gev = g.jet_threshold;
    p->jet_scale_gev = g.jet_scale;
    p->corners = g.corners;
    err = read_profile(yaml, &g, p, diag);
    if (err == L1T_OK)
        err = read_ecal(yaml, &g, p, diag);
    return err == L1T_OK ? read_inject(yaml, g.inject, p, diag) : err;
}

void l1t_generator_config_digest(const struct l1t_tower_gen_params *g, struct l1t_digest *digest)
{
    char text[L1T_TOWER_GEN_TEXT];
    l1t_tower_gen_text(g, text, sizeof text);
    l1t_digest_add(digest, "generator", text, strlen(text));
}

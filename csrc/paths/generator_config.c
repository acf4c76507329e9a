// SPDX-License-Identifier: GPL-3.0-or-later
#include "generator_config.h"

#include "config_lists.h"

#include <stddef.h>
#include <stdio.h>

struct generator {
    double pile_up, jets, jet_threshold, jet_scale, corners;
    const struct l1t_node *rings, *hits, *mean_et;
};

static const struct l1t_key generator_keys[] = {
    {"pile_up", L1T_NUMBER, offsetof(struct generator, pile_up), false, 0, 1000, NULL},
    {"rings", L1T_LIST, offsetof(struct generator, rings), false, 0, 0, NULL},
    {"hits", L1T_LIST, offsetof(struct generator, hits), false, 0, 0, NULL},
    {"mean_et", L1T_LIST, offsetof(struct generator, mean_et), false, 0, 0, NULL},
    {"jets", L1T_NUMBER, offsetof(struct generator, jets), false, 0, 10, NULL},
    {"jet_threshold", L1T_ENERGY, offsetof(struct generator, jet_threshold), false, 0, 1000, NULL},
    {"jet_scale", L1T_ENERGY, offsetof(struct generator, jet_scale), false, 0.1, 1000, NULL},
    {"corners", L1T_PERCENT, offsetof(struct generator, corners), false, 0, 1, NULL},
};

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
    l1t_tower_gen_defaults(p);
    if (map == NULL)
        return L1T_OK;
    struct generator g = {.pile_up = p->pile_up,
                          .jets = p->jets,
                          .jet_threshold = p->jet_threshold_gev,
                          .jet_scale = p->jet_scale_gev,
                          .corners = p->corners};
    const enum l1t_err err = l1t_yaml_bind(
        yaml, map, generator_keys, sizeof generator_keys / sizeof generator_keys[0], &g, diag);
    if (err != L1T_OK)
        return err;
    p->pile_up = g.pile_up;
    p->jets = g.jets;
    p->jet_threshold_gev = g.jet_threshold;
    p->jet_scale_gev = g.jet_scale;
    p->corners = g.corners;
    return read_profile(yaml, &g, p, diag);
}

void l1t_generator_config_digest(const struct l1t_tower_gen_params *g, struct l1t_digest *digest)
{
    char text[256];
    int n = snprintf(text, sizeof text, "%.17g %.17g %.17g %.17g %.17g", g->pile_up, g->jets,
                     g->jet_threshold_gev, g->jet_scale_gev, g->corners);
    l1t_digest_add(digest, "generator", text, (size_t)n);
    for (unsigned i = 0; i < g->n_points; i++) {
        n = snprintf(text, sizeof text, "%.17g %.17g %.17g", g->ring[i], g->hits[i],
                     g->mean_et_gev[i]);
        l1t_digest_add(digest, "ring", text, (size_t)n);
    }
}

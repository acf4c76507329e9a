// SPDX-License-Identifier: GPL-3.0-or-later
// configs/paths/jet.yaml: keys, units and limits.
#include "l1t/jet_config.h"

#include "l1t/io.h"
#include "l1t/provenance.h"
#include "l1t/yaml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct top {
    double seed_threshold;
    int pile_up;
    const struct l1t_node *luts, *pt_bins, *eta_bins, *calibration, *generator;
};

static const char *const pile_up_words[] = {"chunky_donut", "phi_ring", NULL};

static const struct l1t_key top_keys[] = {
    {"seed_threshold", L1T_ENERGY, offsetof(struct top, seed_threshold), true, 0.5, 254, NULL},
    {"pile_up", L1T_CHOICE, offsetof(struct top, pile_up), true, 0, 0, pile_up_words},
    {"luts", L1T_MAP, offsetof(struct top, luts), false, 0, 0, NULL},
    {"pt_bins", L1T_LIST, offsetof(struct top, pt_bins), false, 0, 0, NULL},
    {"eta_bins", L1T_LIST, offsetof(struct top, eta_bins), false, 0, 0, NULL},
    {"calibration", L1T_MAP, offsetof(struct top, calibration), false, 0, 0, NULL},
    {"generator", L1T_MAP, offsetof(struct top, generator), false, 0, 0, NULL},
};

struct lut_names {
    const char *pt, *eta, *calibration;
};

static const struct l1t_key lut_keys[] = {
    {"pt", L1T_STRING, offsetof(struct lut_names, pt), true, 0, 0, NULL},
    {"eta", L1T_STRING, offsetof(struct lut_names, eta), true, 0, 0, NULL},
    {"calibration", L1T_STRING, offsetof(struct lut_names, calibration), true, 0, 0, NULL},
};

struct calibration {
    double knee, power;
    const struct l1t_node *high, *low, *offset;
};

static const struct l1t_key calibration_keys[] = {
    {"knee", L1T_ENERGY, offsetof(struct calibration, knee), true, 0.1, 1000, NULL},
    {"power", L1T_NUMBER, offsetof(struct calibration, power), true, 0.1, 10, NULL},
    {"high", L1T_LIST, offsetof(struct calibration, high), true, 0, 0, NULL},
    {"low", L1T_LIST, offsetof(struct calibration, low), true, 0, 0, NULL},
    {"offset", L1T_LIST, offsetof(struct calibration, offset), true, 0, 0, NULL},
};

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

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// A list of at most 16 numbers of one type, each within limits.
static enum l1t_err read_list(const struct l1t_yaml *yaml, const struct l1t_node *list,
                              const char *name, enum l1t_type type, double min, double max,
                              double value[L1T_JET_BINS], unsigned *n, struct l1t_diag *diag)
{
    const struct l1t_key key = {name, type, 0, true, min, max, NULL};
    const size_t length = l1t_node_len(list);
    if (length < 1 || length > L1T_JET_BINS)
        return l1t_yaml_fail(yaml, list, diag, "%s: a list of 1 to %d values, not %zu", name,
                             L1T_JET_BINS, length);
    for (size_t i = 0; i < length; i++) {
        const enum l1t_err err = l1t_yaml_value(yaml, l1t_node_at(list, i), &key, &value[i], diag);
        if (err != L1T_OK)
            return err;
    }
    *n = (unsigned)length;
    return L1T_OK;
}

// Lower edges of bins: the first is given, each is above the one before.
static enum l1t_err read_edges(const struct l1t_yaml *yaml, const struct l1t_node *list,
                               const char *name, enum l1t_type type, double first, double max,
                               double value[L1T_JET_BINS], unsigned *n, struct l1t_diag *diag)
{
    const enum l1t_err err = read_list(yaml, list, name, type, first, max, value, n, diag);
    if (err != L1T_OK)
        return err;
    for (unsigned i = 0; i < *n; i++) {
        if (i == 0 ? value[0] > first : value[i] <= value[i - 1])
            return l1t_yaml_fail(yaml, l1t_node_at(list, i), diag,
                                 "%s: edges ascend and start with %g", name, first);
        if (value[i] != floor(value[i]))
            return l1t_yaml_fail(yaml, l1t_node_at(list, i), diag,
                                 "%s: edges are whole numbers here, not %g", name, value[i]);
    }
    return L1T_OK;
}

static enum l1t_err read_bins(const struct l1t_yaml *yaml, const struct top *top,
                              struct l1t_jet_formula *f, struct l1t_diag *diag)
{
    double eta[L1T_JET_BINS];
    enum l1t_err err = read_edges(yaml, top->pt_bins, "pt_bins", L1T_ENERGY, 0, 255, f->pt_edge_gev,
                                  &f->n_pt, diag);
    if (err == L1T_OK)
        err = read_edges(yaml, top->eta_bins, "eta_bins", L1T_NUMBER, 1, L1T_RINGS, eta, &f->n_eta,
                         diag);
    for (unsigned i = 0; err == L1T_OK && i < f->n_eta; i++)
        f->eta_edge[i] = (unsigned)eta[i];
    return err;
}

static enum l1t_err read_per_bin(const struct l1t_yaml *yaml, const struct l1t_node *list,
                                 const char *name, enum l1t_type type, double min, double max,
                                 unsigned n_eta, double value[L1T_JET_BINS], struct l1t_diag *diag)
{
    unsigned n;
    const enum l1t_err err = read_list(yaml, list, name, type, min, max, value, &n, diag);
    if (err != L1T_OK)
        return err;
    return n == n_eta
               ? L1T_OK
               : l1t_yaml_fail(yaml, list, diag, "%s: %u values for %u eta_bins", name, n, n_eta);
}

static enum l1t_err tables_by_formula(const struct l1t_yaml *yaml, const struct top *top,
                                      struct l1t_jet_config *config, struct l1t_diag *diag)
{
    struct l1t_jet_formula f = {0};
    struct calibration c;
    enum l1t_err err = read_bins(yaml, top, &f, diag);
    if (err == L1T_OK)
        err = l1t_yaml_bind(yaml, top->calibration, calibration_keys, COUNT(calibration_keys), &c,
                            diag);
    if (err != L1T_OK)
        return err;
    f.knee_gev = c.knee;
    f.power = c.power;
    err = read_per_bin(yaml, c.high, "high", L1T_NUMBER, 0, 2, f.n_eta, f.high, diag);
    if (err == L1T_OK)
        err = read_per_bin(yaml, c.low, "low", L1T_NUMBER, -2, 2, f.n_eta, f.low, diag);
    if (err == L1T_OK)
        err = read_per_bin(yaml, c.offset, "offset", L1T_ENERGY, -63.5, 63.5, f.n_eta, f.offset_gev,
                           diag);
    if (err != L1T_OK)
        return err;
    struct l1t_diag inner = {""};
    err = l1t_jet_tables_make(&f, config, &inner);
    return err == L1T_OK ? err : l1t_yaml_fail(yaml, top->calibration, diag, "%s", inner.text);
}

// A table file lies in the folder the user named, or beside the YAML.
static char *table_path(const char *yaml_path, const char *luts_dir, const char *name)
{
    if (luts_dir == NULL)
        return l1t_path_beside(yaml_path, name);
    const size_t room = strlen(luts_dir) + 2;
    char *base = malloc(room);
    if (base == NULL)
        return NULL;
    snprintf(base, room, "%s/", luts_dir); // "beside" a file of that folder
    char *path = l1t_path_beside(base, name);
    free(base);
    return path;
}

static enum l1t_err tables_from_files(const struct l1t_yaml *yaml, const struct top *top,
                                      const char *luts_dir, struct l1t_jet_config *config,
                                      struct l1t_diag *diag)
{
    struct lut_names names;
    enum l1t_err err = l1t_yaml_bind(yaml, top->luts, lut_keys, COUNT(lut_keys), &names, diag);
    if (err != L1T_OK)
        return err;
    const char *path = l1t_yaml_path(yaml);
    char *pt = table_path(path, luts_dir, names.pt);
    char *eta = table_path(path, luts_dir, names.eta);
    char *calibration = table_path(path, luts_dir, names.calibration);
    if (pt == NULL || eta == NULL || calibration == NULL)
        err = l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    else
        err = l1t_jet_tables_read(pt, eta, calibration, config, diag);
    free(pt);
    free(eta);
    free(calibration);
    return err;
}

static enum l1t_err read_tables(const struct l1t_yaml *yaml, const struct top *top,
                                const char *luts_dir, struct l1t_jet_config *config,
                                struct l1t_diag *diag)
{
    const struct l1t_node *root = l1t_yaml_root(yaml);
    const bool formula = top->pt_bins != NULL || top->eta_bins != NULL || top->calibration != NULL;
    if (top->luts != NULL && formula)
        return l1t_yaml_fail(yaml, top->luts, diag,
                             "luts: table files and a formula (pt_bins, eta_bins, calibration) "
                             "exclude each other");
    if (top->luts != NULL)
        return tables_from_files(yaml, top, luts_dir, config, diag);
    if (top->pt_bins == NULL || top->eta_bins == NULL || top->calibration == NULL)
        return l1t_yaml_fail(yaml, root, diag,
                             "either luts, or all of pt_bins, eta_bins and calibration");
    if (luts_dir != NULL)
        return l1t_yaml_fail(yaml, root, diag,
                             "a folder of tables (%s) was given, but this file names none: it "
                             "has no 'luts:'; jet_2018.yaml and jet_2024.yaml do",
                             luts_dir);
    return tables_by_formula(yaml, top, config, diag);
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
    enum l1t_err err =
        read_edges(yaml, g->rings, "rings", L1T_NUMBER, 1, L1T_RINGS, p->ring, &p->n_points, diag);
    if (err == L1T_OK)
        err = read_list(yaml, g->hits, "hits", L1T_NUMBER, 0, 1, p->hits, &n_hits, diag);
    if (err == L1T_OK)
        err = read_list(yaml, g->mean_et, "mean_et", L1T_ENERGY, 0.05, 50, p->mean_et_gev, &n_mean,
                        diag);
    if (err == L1T_OK && (n_hits != p->n_points || n_mean != p->n_points))
        err = l1t_yaml_fail(yaml, any, diag,
                            "generator: %u rings, %u hits and %u mean_et; one of each per point",
                            p->n_points, n_hits, n_mean);
    return err;
}

static enum l1t_err read_generator(const struct l1t_yaml *yaml, const struct l1t_node *map,
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
    const enum l1t_err err =
        l1t_yaml_bind(yaml, map, generator_keys, COUNT(generator_keys), &g, diag);
    if (err != L1T_OK)
        return err;
    p->pile_up = g.pile_up;
    p->jets = g.jets;
    p->jet_threshold_gev = g.jet_threshold;
    p->jet_scale_gev = g.jet_scale;
    p->corners = g.corners;
    return read_profile(yaml, &g, p, diag);
}

// Everything that decides results: the model's tables as they are, the generator as text.
static enum l1t_err make_digest(struct l1t_jet_setup *setup, struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const struct l1t_jet_config *m = &setup->model;
    const struct l1t_tower_gen_params *g = &setup->generator;
    char text[256];
    int n = snprintf(text, sizeof text, "%u %d", (unsigned)m->seed_min, (int)m->pus);
    l1t_digest_add(digest, "jet", text, (size_t)n);
    l1t_digest_add(digest, "pt", m->pt_bin, sizeof m->pt_bin);
    l1t_digest_add(digest, "eta", m->eta_bin, sizeof m->eta_bin);
    l1t_digest_add(digest, "calibration", m->calibration, sizeof m->calibration);
    n = snprintf(text, sizeof text, "%.17g %.17g %.17g %.17g %.17g", g->pile_up, g->jets,
                 g->jet_threshold_gev, g->jet_scale_gev, g->corners);
    l1t_digest_add(digest, "generator", text, (size_t)n);
    for (unsigned i = 0; i < g->n_points; i++) {
        n = snprintf(text, sizeof text, "%.17g %.17g %.17g", g->ring[i], g->hits[i],
                     g->mean_et_gev[i]);
        l1t_digest_add(digest, "ring", text, (size_t)n);
    }
    l1t_digest_hex(digest, setup->digest);
    l1t_digest_free(digest);
    return L1T_OK;
}

static enum l1t_err read_setup(const struct l1t_yaml *yaml, const char *luts_dir,
                               struct l1t_jet_setup *setup, struct l1t_diag *diag)
{
    struct top top = {0};
    enum l1t_err err =
        l1t_yaml_bind(yaml, l1t_yaml_root(yaml), top_keys, COUNT(top_keys), &top, diag);
    if (err != L1T_OK)
        return err;
    memset(setup, 0, sizeof *setup);
    // A tower is a seed when it reaches the threshold: round up to the next tower unit.
    setup->model.seed_min = (uint16_t)ceil(top.seed_threshold * 2 - 1e-9);
    setup->model.pus = top.pile_up == 0 ? L1T_JET_PUS_DONUT : L1T_JET_PUS_PHI_RING;
    err = read_tables(yaml, &top, luts_dir, &setup->model, diag);
    if (err == L1T_OK)
        err = read_generator(yaml, top.generator, &setup->generator, diag);
    return err == L1T_OK ? make_digest(setup, diag) : err;
}

enum l1t_err l1t_jet_setup_load(const char *yaml, const char *luts_dir, struct l1t_jet_setup *setup,
                                struct l1t_diag *diag)
{
    struct l1t_yaml *file;
    char *found = NULL;
    enum l1t_err err = yaml == NULL ? l1t_config_path("paths/jet.yaml", &found, diag) : L1T_OK;
    if (err == L1T_OK)
        err = l1t_yaml_load(yaml == NULL ? found : yaml, &file, diag);
    free(found);
    if (err != L1T_OK)
        return err;
    err = read_setup(file, luts_dir, setup, diag);
    l1t_yaml_free(file);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// configs/paths/jet.yaml: keys, units and limits.
#include "l1t/jet_config.h"

#include "config_lists.h"
#include "generator_config.h"

#include "l1t/lut_set.h"
#include "l1t/provenance.h"
#include "l1t/yaml.h"

#include <math.h>
#include <stdio.h>
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

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static enum l1t_err read_bins(const struct l1t_yaml *yaml, const struct top *top,
                              struct l1t_jet_formula *f, struct l1t_diag *diag)
{
    static const struct l1t_list_rule pt_bins = {"pt_bins", L1T_ENERGY, 0, 255, L1T_JET_BINS},
                                      eta_bins = {"eta_bins", L1T_NUMBER, 1, L1T_RINGS,
                                                  L1T_JET_BINS};
    double eta[L1T_JET_BINS];
    enum l1t_err err =
        l1t_list_read_edges(yaml, top->pt_bins, &pt_bins, 1, f->pt_edge_gev, &f->n_pt, diag);
    if (err == L1T_OK)
        err = l1t_list_read_edges(yaml, top->eta_bins, &eta_bins, 1, eta, &f->n_eta, diag);
    for (unsigned i = 0; err == L1T_OK && i < f->n_eta; i++)
        f->eta_edge[i] = (unsigned)eta[i];
    return err;
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
    static const struct l1t_list_rule high = {"high", L1T_NUMBER, 0, 2, L1T_JET_BINS},
                                      low = {"low", L1T_NUMBER, -2, 2, L1T_JET_BINS},
                                      offset = {"offset", L1T_ENERGY, -63.5, 63.5, L1T_JET_BINS};
    err = l1t_list_read_per(yaml, c.high, &high, "eta_bins", f.n_eta, f.high, diag);
    if (err == L1T_OK)
        err = l1t_list_read_per(yaml, c.low, &low, "eta_bins", f.n_eta, f.low, diag);
    if (err == L1T_OK)
        err = l1t_list_read_per(yaml, c.offset, &offset, "eta_bins", f.n_eta, f.offset_gev, diag);
    if (err != L1T_OK)
        return err;
    struct l1t_diag inner = {""};
    err = l1t_jet_tables_make(&f, config, &inner);
    return err == L1T_OK ? err : l1t_yaml_fail(yaml, top->calibration, diag, "%s", inner.text);
}

static enum l1t_err read_files(const struct l1t_yaml *yaml, const struct l1t_node *luts,
                               const char *luts_dir, struct l1t_jet_setup *setup,
                               struct l1t_diag *diag)
{
    struct lut_names names = {"jet_pt_bin.txt", "jet_eta_bin.txt", "jet_calibration.txt"};
    enum l1t_err err = L1T_OK;
    if (luts != NULL)
        err = l1t_yaml_bind(yaml, luts, lut_keys, COUNT(lut_keys), &names, diag);
    const char *const name[L1T_JET_LUTS] = {names.pt, names.eta, names.calibration};
    for (size_t i = 0; i < L1T_JET_LUTS && err == L1T_OK; i++)
        err = l1t_lut_load(&l1t_jet_luts[i], l1t_yaml_path(yaml), luts_dir, name[i],
                           L1T_LUT_MAY_END, &setup->model, &setup->luts[i], diag);
    return err;
}

static enum l1t_err read_formula(const struct l1t_yaml *yaml, const struct top *top,
                                 struct l1t_jet_setup *setup, struct l1t_diag *diag)
{
    enum l1t_err err = tables_by_formula(yaml, top, &setup->model, diag);
    for (size_t i = 0; i < L1T_JET_LUTS && err == L1T_OK; i++)
        err = l1t_lut_note_make(&l1t_jet_luts[i], &setup->model, "formula", &setup->luts[i], diag);
    return err;
}

static enum l1t_err read_tables(const struct l1t_yaml *yaml, const struct top *top,
                                const char *luts_dir, struct l1t_jet_setup *setup,
                                struct l1t_diag *diag)
{
    const bool formula = top->pt_bins != NULL || top->eta_bins != NULL || top->calibration != NULL;
    if (top->luts != NULL && formula)
        return l1t_yaml_fail(yaml, top->luts, diag,
                             "luts: table files and a formula (pt_bins, eta_bins, calibration) "
                             "exclude each other");
    if (top->luts == NULL &&
        (top->pt_bins == NULL || top->eta_bins == NULL || top->calibration == NULL))
        return l1t_yaml_fail(yaml, l1t_yaml_root(yaml), diag,
                             "either luts, or all of pt_bins, eta_bins and calibration");
    if (top->luts != NULL)
        return read_files(yaml, top->luts, luts_dir, setup, diag);
    if (luts_dir == NULL)
        return read_formula(yaml, top, setup, diag);
    const enum l1t_err err =
        l1t_lut_need_standard(yaml, luts_dir, "jet_pt_bin.txt", "jet_2018.yaml", diag);
    return err == L1T_OK ? read_files(yaml, NULL, luts_dir, setup, diag) : err;
}

// Everything that decides results: the model's tables as they are, the generator as text.
static enum l1t_err make_digest(struct l1t_jet_setup *setup, struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const struct l1t_jet_config *m = &setup->model;
    char text[32];
    const int n = snprintf(text, sizeof text, "%u %d", (unsigned)m->seed_min, (int)m->pus);
    l1t_digest_add(digest, "jet", text, (size_t)n);
    for (size_t i = 0; i < L1T_JET_LUTS; i++)
        l1t_digest_add(digest, l1t_jet_luts[i].name, setup->luts[i].digest, 64);
    l1t_generator_config_digest(&setup->generator, digest);
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
    err = read_tables(yaml, &top, luts_dir, setup, diag);
    l1t_tower_gen_defaults(&setup->generator);
    if (err == L1T_OK)
        err = l1t_generator_config_read(yaml, top.generator, &setup->generator, diag);
    return err == L1T_OK ? make_digest(setup, diag) : err;
}

enum l1t_err l1t_jet_setup_load(const char *yaml, const char *luts_dir, struct l1t_jet_setup *setup,
                                struct l1t_diag *diag)
{
    struct l1t_yaml *file;
    enum l1t_err err = l1t_yaml_load_or(yaml, "paths/jet.yaml", &file, diag);
    if (err != L1T_OK)
        return err;
    err = read_setup(file, luts_dir, setup, diag);
    l1t_yaml_free(file);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// configs/paths/calo.yaml: keys, units and limits. Each table comes from a file or from a formula
// (calo_formula_config.c).
#include "l1t/calo_config.h"

#include "calo_formula_config.h"
#include "config_lists.h"
#include "generator_config.h"

#include "l1t/io.h"
#include "l1t/jet_config.h"
#include "l1t/yaml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct top {
    const char *jet;
    const struct l1t_node *cluster, *egamma, *tau, *sums, *luts, *generator;
};

static const struct l1t_key top_keys[] = {
    {"cluster", L1T_MAP, offsetof(struct top, cluster), false, 0, 0, NULL},
    {"egamma", L1T_MAP, offsetof(struct top, egamma), false, 0, 0, NULL},
    {"tau", L1T_MAP, offsetof(struct top, tau), false, 0, 0, NULL},
    {"jet", L1T_STRING, offsetof(struct top, jet), true, 0, 0, NULL},
    {"sums", L1T_MAP, offsetof(struct top, sums), false, 0, 0, NULL},
    {"luts", L1T_MAP, offsetof(struct top, luts), false, 0, 0, NULL},
    {"generator", L1T_MAP, offsetof(struct top, generator), false, 0, 0, NULL},
};

// Thresholds in GeV, and where each table's formula and file name are.
struct sections {
    double seed, member, hoe_ext, no_id, jet;
    const struct l1t_node *centrality_lower, *centrality_upper;
    long long hoe_barrel, hoe_endcap;
    const struct l1t_node *formula[L1T_CALO_LUTS];
    const char *file[L1T_CALO_LUTS];
    char standard[L1T_CALO_LUTS][40]; // names of "l1twin lut make"
};

#define FORMULA(name, type, lut)                                                                   \
    {                                                                                              \
        name, type, offsetof(struct sections, formula[lut]), false, 0, 0, NULL                     \
    }

static const struct l1t_key cluster_keys[] = {
    {"seed_threshold", L1T_ENERGY, offsetof(struct sections, seed), false, 0.5, 254, NULL},
    {"member_threshold", L1T_ENERGY, offsetof(struct sections, member), false, 0.5, 254, NULL},
    {"hoe_barrel", L1T_INT, offsetof(struct sections, hoe_barrel), false, 0, 7, NULL},
    {"hoe_endcap", L1T_INT, offsetof(struct sections, hoe_endcap), false, 0, 7, NULL},
};

static const struct l1t_key egamma_keys[] = {
    {"hoe_tower_threshold", L1T_ENERGY, offsetof(struct sections, hoe_ext), false, 0, 255, NULL},
    {"no_id_threshold", L1T_ENERGY, offsetof(struct sections, no_id), false, 0, 2047, NULL},
    FORMULA("compression", L1T_MAP, L1T_LUT_EGAMMA_COMPRESS),
    FORMULA("trimming", L1T_LIST, L1T_LUT_EGAMMA_TRIMMING),
    FORMULA("calibration", L1T_MAP, L1T_LUT_EGAMMA_CALIBRATION),
    FORMULA("isolation_tight", L1T_MAP, L1T_LUT_EGAMMA_ISOLATION_0),
    FORMULA("isolation_loose", L1T_MAP, L1T_LUT_EGAMMA_ISOLATION_1),
};

static const struct l1t_key tau_keys[] = {
    FORMULA("compression", L1T_MAP, L1T_LUT_TAU_COMPRESS),
    FORMULA("calibration", L1T_MAP, L1T_LUT_TAU_CALIBRATION),
    FORMULA("isolation", L1T_MAP, L1T_LUT_TAU_ISOLATION),
};

static const struct l1t_key sums_keys[] = {
    {"jet_threshold", L1T_ENERGY, offsetof(struct sections, jet), false, 0, 2047, NULL},
    {"centrality_lower", L1T_LIST, offsetof(struct sections, centrality_lower), false, 0, 0, NULL},
    {"centrality_upper", L1T_LIST, offsetof(struct sections, centrality_upper), false, 0, 0, NULL},
    FORMULA("met_threshold", L1T_MAP, L1T_LUT_SUMS_MET_MIN),
};

// The tables of this file; those of the jets and the sums' nTT come from elsewhere.
static bool is_ours(unsigned lut)
{
    return lut < L1T_LUT_JET && lut != L1T_LUT_SUMS_NTT_BIN;
}

static enum l1t_err read_names(const struct l1t_yaml *yaml, const struct l1t_node *luts,
                               struct sections *s, struct l1t_diag *diag)
{
    struct l1t_key keys[L1T_CALO_LUTS];
    size_t n = 0;
    for (unsigned i = 0; i < L1T_CALO_LUTS; i++)
        if (is_ours(i))
            keys[n++] = (struct l1t_key){l1t_calo_luts[i].name,
                                         L1T_STRING,
                                         offsetof(struct sections, file) + i * sizeof s->file[0],
                                         false,
                                         0,
                                         0,
                                         NULL};
    return l1t_yaml_bind(yaml, luts, keys, n, s, diag);
}

static enum l1t_err read_sections(const struct l1t_yaml *yaml, const struct top *top,
                                  struct sections *s, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    if (top->cluster != NULL)
        err = l1t_yaml_bind(yaml, top->cluster, cluster_keys, COUNT(cluster_keys), s, diag);
    if (err == L1T_OK && top->egamma != NULL)
        err = l1t_yaml_bind(yaml, top->egamma, egamma_keys, COUNT(egamma_keys), s, diag);
    if (err == L1T_OK && top->tau != NULL)
        err = l1t_yaml_bind(yaml, top->tau, tau_keys, COUNT(tau_keys), s, diag);
    if (err == L1T_OK && top->sums != NULL)
        err = l1t_yaml_bind(yaml, top->sums, sums_keys, COUNT(sums_keys), s, diag);
    if (err == L1T_OK && top->luts != NULL)
        err = read_names(yaml, top->luts, s, diag);
    return err;
}

// A value that reaches a threshold passes: the next tower unit up. One that must exceed it passes
// in the unit above: down.
static uint16_t units_from(double gev)
{
    return (uint16_t)ceil(gev * 2 - 1e-9);
}

static uint16_t units_above(double gev)
{
    return (uint16_t)floor(gev * 2 + 1e-9);
}

static void sections_defaults(struct sections *s)
{
    *s = (struct sections){.seed = 2,
                           .member = 1,
                           .hoe_barrel = 3,
                           .hoe_endcap = 4,
                           .hoe_ext = 5,
                           .no_id = 128,
                           .jet = 30};
}

static void set_thresholds(const struct sections *s, struct l1t_calo_config *model)
{
    model->cluster.seed_min = units_from(s->seed);
    model->cluster.member_min = units_from(s->member);
    model->cluster.hoe_ratio[0] = (uint8_t)s->hoe_barrel;
    model->cluster.hoe_ratio[1] = (uint8_t)s->hoe_endcap;
    model->tau.cluster = model->cluster;
    model->egamma.hoe_ext_min = units_above(s->hoe_ext);
    model->egamma.no_id_min = units_from(s->no_id);
    model->sums.jet_min = units_above(s->jet);
}

// Limits of the centrality bits in tower units; all 0 when nothing is said.
static enum l1t_err read_limits(const struct l1t_yaml *yaml, const struct l1t_node *list,
                                const char *name, int32_t limit[L1T_SUMS_CENTRALITIES],
                                struct l1t_diag *diag)
{
    const struct l1t_list_rule rule = {name, L1T_ENERGY, -32767, 32767, L1T_SUMS_CENTRALITIES};
    double gev[L1T_SUMS_CENTRALITIES] = {0};
    if (list == NULL)
        return L1T_OK;
    const enum l1t_err err =
        l1t_list_read_per(yaml, list, &rule, "centrality bits", L1T_SUMS_CENTRALITIES, gev, diag);
    for (unsigned i = 0; err == L1T_OK && i < L1T_SUMS_CENTRALITIES; i++)
        limit[i] = (int32_t)lround(gev[i] * 2);
    return err;
}

static enum l1t_err read_centrality(const struct l1t_yaml *yaml, const struct sections *s,
                                    struct l1t_sums_config *sums, struct l1t_diag *diag)
{
    const enum l1t_err err =
        read_limits(yaml, s->centrality_lower, "centrality_lower", sums->centrality_lower, diag);
    return err == L1T_OK ? read_limits(yaml, s->centrality_upper, "centrality_upper",
                                       sums->centrality_upper, diag)
                         : err;
}

static enum l1t_err read_one(const struct l1t_yaml *yaml, const struct sections *s,
                             const char *luts_dir, unsigned lut, struct l1t_calo_setup *setup,
                             struct l1t_diag *diag)
{
    const struct l1t_lut_slot *slot = &l1t_calo_luts[lut];
    struct l1t_lut_note *note = &setup->luts[lut];
    if (s->file[lut] != NULL && s->formula[lut] != NULL)
        return l1t_yaml_fail(yaml, s->formula[lut], diag,
                             "a formula, but luts names a file for %s; expected one of them",
                             slot->name);
    if (s->file[lut] != NULL)
        return l1t_lut_load(slot, l1t_yaml_path(yaml), luts_dir, s->file[lut], L1T_LUT_MAY_END,
                            &setup->model, note, diag);
    if (s->formula[lut] == NULL)
        return l1t_yaml_fail(yaml, l1t_yaml_root(yaml), diag,
                             "neither a formula for the table %s nor a file in luts", slot->name);
    const enum l1t_err err =
        l1t_calo_formula_make(yaml, s->formula[lut], (enum l1t_calo_lut)lut, &setup->model, diag);
    return err == L1T_OK ? l1t_lut_note_make(slot, &setup->model, "formula", note, diag) : err;
}

static enum l1t_err read_own_luts(const struct l1t_yaml *yaml, const struct sections *s,
                                  const char *luts_dir, struct l1t_calo_setup *setup,
                                  struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (unsigned i = 0; i < L1T_LUT_JET && err == L1T_OK; i++) {
        if (i != L1T_LUT_SUMS_NTT_BIN) {
            err = read_one(yaml, s, luts_dir, i, setup, diag);
            continue;
        }
        l1t_calo_share_ntt(&setup->model);
        err = l1t_lut_note_make(&l1t_calo_luts[i], &setup->model, "part of egamma_compress",
                                &setup->luts[i], diag);
    }
    return err;
}

// With a folder and no names: every table by its own name.
static enum l1t_err use_standard_names(const struct l1t_yaml *yaml, const char *luts_dir,
                                       struct sections *s, struct l1t_diag *diag)
{
    for (unsigned i = 0; i < L1T_CALO_LUTS; i++) {
        if (!is_ours(i))
            continue;
        snprintf(s->standard[i], sizeof s->standard[i], "%s.txt", l1t_calo_luts[i].name);
        s->file[i] = s->standard[i];
        s->formula[i] = NULL;
        const enum l1t_err err =
            l1t_lut_need_standard(yaml, luts_dir, s->file[i], "calo_2018.yaml", diag);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

static enum l1t_err read_jet(const struct l1t_yaml *yaml, const char *name, const char *luts_dir,
                             struct l1t_calo_setup *setup, struct l1t_diag *diag)
{
    char *path = l1t_path_beside(l1t_yaml_path(yaml), name);
    if (path == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", name);
    struct l1t_jet_setup jet;
    const enum l1t_err err = l1t_jet_setup_load(path, luts_dir, &jet, diag);
    free(path);
    if (err != L1T_OK)
        return err;
    setup->model.jet = jet.model;
    setup->generator = jet.generator;
    for (unsigned i = 0; i < L1T_JET_LUTS; i++) {
        setup->luts[L1T_LUT_JET + i] = jet.luts[i];
        setup->luts[L1T_LUT_JET + i].slot = &l1t_calo_luts[L1T_LUT_JET + i];
    }
    return L1T_OK;
}

static enum l1t_err make_digest(struct l1t_calo_setup *setup, struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const struct l1t_calo_config *m = &setup->model;
    char text[160];
    int n = snprintf(text, sizeof text, "%u %u %u %u %u %u %u %u %d", m->cluster.seed_min,
                     m->cluster.member_min, m->cluster.hoe_ratio[0], m->cluster.hoe_ratio[1],
                     m->egamma.hoe_ext_min, m->egamma.no_id_min, m->sums.jet_min, m->jet.seed_min,
                     (int)m->jet.pus);
    l1t_digest_add(digest, "calo", text, (size_t)n);
    for (unsigned i = 0; i < L1T_SUMS_CENTRALITIES; i++) {
        n = snprintf(text, sizeof text, "%ld %ld", (long)m->sums.centrality_lower[i],
                     (long)m->sums.centrality_upper[i]);
        l1t_digest_add(digest, "centrality", text, (size_t)n);
    }
    for (unsigned i = 0; i < L1T_CALO_LUTS; i++)
        l1t_digest_add(digest, l1t_calo_luts[i].name, setup->luts[i].digest, 64);
    l1t_generator_config_digest(&setup->generator, digest);
    l1t_digest_hex(digest, setup->digest);
    l1t_digest_free(digest);
    return L1T_OK;
}

static enum l1t_err read_setup(const struct l1t_yaml *yaml, const char *luts_dir,
                               struct l1t_calo_setup *setup, struct l1t_diag *diag)
{
    struct top top = {0};
    struct sections s;
    sections_defaults(&s);
    memset(setup, 0, sizeof *setup);
    enum l1t_err err =
        l1t_yaml_bind(yaml, l1t_yaml_root(yaml), top_keys, COUNT(top_keys), &top, diag);
    if (err == L1T_OK)
        err = read_sections(yaml, &top, &s, diag);
    if (err == L1T_OK && luts_dir != NULL && top.luts == NULL)
        err = use_standard_names(yaml, luts_dir, &s, diag);
    if (err == L1T_OK)
        err = read_own_luts(yaml, &s, luts_dir, setup, diag);
    if (err == L1T_OK)
        err = read_jet(yaml, top.jet, luts_dir, setup, diag);
    if (err == L1T_OK) // over that of the jets' file
        err = l1t_generator_config_read(yaml, top.generator, &setup->generator, diag);
    if (err == L1T_OK)
        err = read_centrality(yaml, &s, &setup->model.sums, diag);
    set_thresholds(&s, &setup->model);
    return err == L1T_OK ? make_digest(setup, diag) : err;
}

enum l1t_err l1t_calo_setup_load(const char *yaml, const char *luts_dir,
                                 struct l1t_calo_setup *setup, struct l1t_diag *diag)
{
    struct l1t_yaml *file;
    enum l1t_err err = l1t_yaml_load_or(yaml, "paths/calo.yaml", &file, diag);
    if (err != L1T_OK)
        return err;
    err = read_setup(file, luts_dir, setup, diag);
    l1t_yaml_free(file);
    return err;
}

enum l1t_err l1t_calo_tables_write_mem(const struct l1t_calo_setup *setup, const char *dir,
                                       struct l1t_diag *diag)
{
    return l1t_lut_set_write_mem(l1t_calo_luts, L1T_CALO_LUTS, &setup->model, setup->digest, dir,
                                 diag);
}

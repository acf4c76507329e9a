// SPDX-License-Identifier: GPL-3.0-or-later
// configs/paths/ugmt.yaml: keys, units and limits. Each table comes from a file or from a formula
// (ugmt_formula_config.c).
#include "l1t/ugmt_config.h"

#include "muon_generator_config.h"
#include "ugmt_formula_config.h"

#include "l1t/io.h"
#include "l1t/provenance.h"
#include "l1t/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct top {
    int order, barrel, endcap, layout;
    const struct l1t_node *windows, *rank, *extrapolation, *regions, *isolation, *luts, *generator;
};

static const char *const run_words[] = {"run3", "run2", NULL};
static const char *const endcap_words[] = {"coordinates", "addresses", NULL};
static const char *const layout_words[] = {"run3", "2017", "2016", NULL};

static const struct l1t_key top_keys[] = {
    {"barrel_word", L1T_CHOICE, offsetof(struct top, order), true, 0, 0, run_words},
    {"barrel_cancel", L1T_CHOICE, offsetof(struct top, barrel), true, 0, 0, run_words},
    {"endcap_cancel", L1T_CHOICE, offsetof(struct top, endcap), true, 0, 0, endcap_words},
    {"output", L1T_CHOICE, offsetof(struct top, layout), true, 0, 0, layout_words},
    {"match_windows", L1T_MAP, offsetof(struct top, windows), false, 0, 0, NULL},
    {"rank", L1T_MAP, offsetof(struct top, rank), false, 0, 0, NULL},
    {"extrapolation", L1T_MAP, offsetof(struct top, extrapolation), true, 0, 0, NULL},
    {"regions", L1T_MAP, offsetof(struct top, regions), false, 0, 0, NULL},
    {"isolation", L1T_MAP, offsetof(struct top, isolation), false, 0, 0, NULL},
    {"luts", L1T_MAP, offsetof(struct top, luts), false, 0, 0, NULL},
    {"generator", L1T_MAP, offsetof(struct top, generator), false, 0, 0, NULL},
};

struct extrapolation {
    long long pt_bits, phi_shift, phi_data_bits;
    bool in_eta;
    const struct l1t_node *helix;
};

static const struct l1t_key extrapolation_keys[] = {
    {"pt_bits", L1T_INT, offsetof(struct extrapolation, pt_bits), true, 6, 7, NULL},
    {"phi_shift", L1T_INT, offsetof(struct extrapolation, phi_shift), true, 0, 3, NULL},
    {"phi_data_bits", L1T_INT, offsetof(struct extrapolation, phi_data_bits), false,
     L1T_UGMT_PHI_DATA_BITS_MIN, L1T_UGMT_PHI_DATA_BITS, NULL},
    {"in_eta", L1T_BOOL, offsetof(struct extrapolation, in_eta), false, 0, 0, NULL},
    {"helix", L1T_MAP, offsetof(struct extrapolation, helix), false, 0, 0, NULL},
};

// Where each table's file name and formula are.
struct sources {
    unsigned phi_data_bits;
    bool in_eta;
    const struct l1t_node *luts;
    const char *file[L1T_UGMT_LUTS];
    const struct l1t_node *formula[L1T_UGMT_LUTS];
    char standard[L1T_UGMT_LUTS][40];
};

static bool is_eta(unsigned lut)
{
    return lut >= L1T_UGMT_LUT_ETA && lut < L1T_UGMT_LUT_PHI;
}

static bool is_phi(unsigned lut)
{
    return lut >= L1T_UGMT_LUT_PHI && lut < L1T_UGMT_LUT_RANK;
}

static enum l1t_err read_names(const struct l1t_yaml *yaml, const struct l1t_node *luts,
                               struct sources *s, struct l1t_diag *diag)
{
    struct l1t_key keys[L1T_UGMT_LUTS];
    for (unsigned i = 0; i < L1T_UGMT_LUTS; i++)
        keys[i] = (struct l1t_key){l1t_ugmt_luts[i].name,
                                   L1T_STRING,
                                   offsetof(struct sources, file) + i * sizeof s->file[0],
                                   false,
                                   0,
                                   0,
                                   NULL};
    return l1t_yaml_bind(yaml, luts, keys, L1T_UGMT_LUTS, s, diag);
}

static enum l1t_err read_extrapolation(const struct l1t_yaml *yaml, const struct top *top,
                                       struct l1t_ugmt_config *model, struct sources *s,
                                       struct l1t_diag *diag)
{
    struct extrapolation e = {.phi_data_bits = L1T_UGMT_PHI_DATA_BITS, .in_eta = true};
    const enum l1t_err err = l1t_yaml_bind(yaml, top->extrapolation, extrapolation_keys,
                                           COUNT(extrapolation_keys), &e, diag);
    if (err != L1T_OK)
        return err;
    // The rest of the 12 address bits is |eta|, of 8 bits.
    model->pt_bits = (uint8_t)e.pt_bits;
    model->eta_shift = (uint8_t)(e.pt_bits - 4);
    model->phi_shift = (uint8_t)e.phi_shift;
    s->phi_data_bits = (unsigned)e.phi_data_bits;
    s->in_eta = e.in_eta;
    for (unsigned i = L1T_UGMT_LUT_ETA; i < L1T_UGMT_LUT_RANK; i++)
        s->formula[i] = e.helix;
    return L1T_OK;
}

static void name_formulas(const struct top *top, struct sources *s)
{
    for (unsigned i = 0; i < L1T_UGMT_MATCHES; i++)
        s->formula[L1T_UGMT_LUT_MATCH + i] = top->windows;
    s->formula[L1T_UGMT_LUT_RANK] = top->rank;
    s->formula[L1T_UGMT_LUT_ETA_REGION] = top->regions;
    s->formula[L1T_UGMT_LUT_PHI_REGION] = top->regions;
    s->formula[L1T_UGMT_LUT_ABSOLUTE] = top->isolation;
    s->formula[L1T_UGMT_LUT_RELATIVE] = top->isolation;
}

// With a folder and no names: every table that is used by its own name.
static enum l1t_err use_standard_names(const struct l1t_yaml *yaml, const char *luts_dir,
                                       struct sources *s, struct l1t_diag *diag)
{
    for (unsigned i = 0; i < L1T_UGMT_LUTS; i++) {
        if (is_eta(i) && !s->in_eta)
            continue;
        snprintf(s->standard[i], sizeof s->standard[i], "%s.txt", l1t_ugmt_luts[i].name);
        s->file[i] = s->standard[i];
        s->formula[i] = NULL;
    }
    if (!l1t_lut_exists(luts_dir, s->file[0]))
        return l1t_yaml_fail(yaml, l1t_yaml_root(yaml), diag,
                             "the folder of tables (%s) has no %s and this file names none: it has "
                             "no 'luts:'; ugmt_a.yaml and ugmt_2017.yaml do",
                             luts_dir, s->file[0]);
    return L1T_OK;
}

// ---- one table ----

// The table as this configuration has it.
static struct l1t_lut_slot shape_of(const struct sources *s, unsigned lut)
{
    struct l1t_lut_slot slot = l1t_ugmt_luts[lut];
    if (is_phi(lut))
        slot.data_bits = s->phi_data_bits;
    return slot;
}

// Regions are addresses of sums: those that do not exist are refused here, as the model cannot.
static enum l1t_err check_regions(const struct l1t_yaml *yaml, const char *luts_dir,
                                  const char *name, const struct l1t_lut_slot *slot,
                                  const struct l1t_ugmt_config *model, struct l1t_diag *diag)
{
    uint32_t region[1 << 10];
    const bool phi = slot->address_bits == 10;
    const unsigned regions = phi ? L1T_UGMT_PHI_REGIONS : L1T_UGMT_ETA_REGIONS;
    enum l1t_err err = L1T_OK;
    l1t_lut_slot_get(slot, model, region);
    for (unsigned i = 0; i < 1u << slot->address_bits && err == L1T_OK; i++)
        if (region[i] >= regions) {
            char *path = l1t_lut_path(l1t_yaml_path(yaml), luts_dir, name);
            err = l1t_fail(
                diag, L1T_E_INPUT, "%s: address %u holds %u; a region of %s is at most %u",
                path != NULL ? path : name, i, region[i], phi ? "phi" : "eta", regions - 1);
            free(path);
        }
    return err;
}

static enum l1t_err read_file(const struct l1t_yaml *yaml, const struct sources *s,
                              const char *luts_dir, unsigned lut, struct l1t_ugmt_setup *setup,
                              struct l1t_diag *diag)
{
    const struct l1t_lut_slot slot = shape_of(s, lut);
    enum l1t_err err = l1t_lut_load(&slot, l1t_yaml_path(yaml), luts_dir, s->file[lut],
                                    L1T_LUT_WHOLE, &setup->model, &setup->luts[lut], diag);
    setup->luts[lut].slot = &l1t_ugmt_luts[lut];
    if (err == L1T_OK && (lut == L1T_UGMT_LUT_ETA_REGION || lut == L1T_UGMT_LUT_PHI_REGION))
        err = check_regions(yaml, luts_dir, s->file[lut], &slot, &setup->model, diag);
    return err;
}

// Words of a formula saturate at the width of this configuration.
static enum l1t_err make_table(const struct l1t_yaml *yaml, const struct sources *s, unsigned lut,
                               struct l1t_ugmt_setup *setup, struct l1t_diag *diag)
{
    const struct l1t_lut_slot slot = shape_of(s, lut);
    enum l1t_err err =
        l1t_ugmt_formula_make(yaml, s->formula[lut], (enum l1t_ugmt_lut)lut, &setup->model, diag);
    if (err != L1T_OK)
        return err;
    if (is_phi(lut)) {
        uint8_t *word = setup->model.phi_extrapolation[lut - L1T_UGMT_LUT_PHI];
        const unsigned largest = (1u << slot.data_bits) - 1;
        for (unsigned i = 0; i < 1u << slot.address_bits; i++)
            word[i] = (uint8_t)(word[i] < largest ? word[i] : largest);
    }
    err = l1t_lut_note_make(&slot, &setup->model, "formula", &setup->luts[lut], diag);
    setup->luts[lut].slot = &l1t_ugmt_luts[lut];
    return err;
}

static enum l1t_err read_one(const struct l1t_yaml *yaml, const struct sources *s,
                             const char *luts_dir, unsigned lut, struct l1t_ugmt_setup *setup,
                             struct l1t_diag *diag)
{
    const struct l1t_lut_slot *slot = &l1t_ugmt_luts[lut];
    if (is_eta(lut) && !s->in_eta) {
        if (s->file[lut] != NULL)
            return l1t_yaml_fail(yaml, l1t_node_get(s->luts, slot->name), diag,
                                 "luts names a file for %s, but extrapolation.in_eta is false",
                                 slot->name);
        return l1t_lut_note_make(slot, &setup->model, "none", &setup->luts[lut], diag);
    }
    if (s->file[lut] != NULL && s->formula[lut] != NULL)
        return l1t_yaml_fail(yaml, s->formula[lut], diag,
                             "a formula, but luts names a file for %s; expected one of them",
                             slot->name);
    if (s->file[lut] != NULL)
        return read_file(yaml, s, luts_dir, lut, setup, diag);
    if (s->formula[lut] == NULL)
        return l1t_yaml_fail(yaml, l1t_yaml_root(yaml), diag,
                             "neither a formula for the table %s nor a file in luts", slot->name);
    return make_table(yaml, s, lut, setup, diag);
}

static enum l1t_err read_tables(const struct l1t_yaml *yaml, const struct top *top,
                                const char *luts_dir, struct l1t_ugmt_setup *setup,
                                struct l1t_diag *diag)
{
    struct sources s = {.luts = top->luts};
    name_formulas(top, &s);
    enum l1t_err err = read_extrapolation(yaml, top, &setup->model, &s, diag);
    if (err == L1T_OK && top->luts != NULL)
        err = read_names(yaml, top->luts, &s, diag);
    if (err == L1T_OK && top->luts == NULL && luts_dir != NULL)
        err = use_standard_names(yaml, luts_dir, &s, diag);
    for (unsigned i = 0; i < L1T_UGMT_LUTS && err == L1T_OK; i++)
        err = read_one(yaml, &s, luts_dir, i, setup, diag);
    return err;
}

// ---- the whole file ----

static enum l1t_err make_digest(struct l1t_ugmt_setup *setup, struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const struct l1t_ugmt_config *m = &setup->model;
    char text[80];
    const int n = snprintf(text, sizeof text, "%d %d %d %d %u %u %u", (int)m->order, (int)m->barrel,
                           (int)m->endcap, (int)m->layout, m->eta_shift, m->pt_bits, m->phi_shift);
    l1t_digest_add(digest, "ugmt", text, (size_t)n);
    for (unsigned i = 0; i < L1T_UGMT_LUTS; i++)
        l1t_digest_add(digest, l1t_ugmt_luts[i].name, setup->luts[i].digest, 64);
    l1t_muon_generator_config_digest(&setup->generator, digest);
    l1t_digest_hex(digest, setup->digest);
    l1t_digest_free(digest);
    return L1T_OK;
}

static enum l1t_err read_setup(const struct l1t_yaml *yaml, const char *luts_dir,
                               struct l1t_ugmt_setup *setup, struct l1t_diag *diag)
{
    struct top top = {0};
    memset(setup, 0, sizeof *setup);
    enum l1t_err err =
        l1t_yaml_bind(yaml, l1t_yaml_root(yaml), top_keys, COUNT(top_keys), &top, diag);
    if (err != L1T_OK)
        return err;
    setup->model.order = (enum l1t_ugmt_order)top.order;
    setup->model.barrel = (enum l1t_ugmt_lists)top.barrel;
    setup->model.endcap = (enum l1t_ugmt_endcap)top.endcap;
    setup->model.layout = (enum l1t_ugmt_layout)top.layout;
    err = read_tables(yaml, &top, luts_dir, setup, diag);
    if (err == L1T_OK)
        err = l1t_muon_generator_config_read(
            yaml, top.generator, l1t_node_get(top.extrapolation, "helix"), &setup->generator, diag);
    setup->generator.order = setup->model.order;
    setup->generator.barrel = setup->model.barrel;
    return err == L1T_OK ? make_digest(setup, diag) : err;
}

enum l1t_err l1t_ugmt_setup_load(const char *yaml, const char *luts_dir,
                                 struct l1t_ugmt_setup *setup, struct l1t_diag *diag)
{
    struct l1t_yaml *file;
    char *found = NULL;
    enum l1t_err err = yaml == NULL ? l1t_config_path("paths/ugmt.yaml", &found, diag) : L1T_OK;
    if (err == L1T_OK)
        err = l1t_yaml_load(yaml == NULL ? found : yaml, &file, diag);
    free(found);
    if (err != L1T_OK)
        return err;
    err = read_setup(file, luts_dir, setup, diag);
    l1t_yaml_free(file);
    return err;
}

enum l1t_err l1t_ugmt_tables_write_mem(const struct l1t_ugmt_setup *setup, const char *dir,
                                       struct l1t_diag *diag)
{
    return l1t_lut_set_write_mem(l1t_ugmt_luts, L1T_UGMT_LUTS, &setup->model, setup->digest, dir,
                                 diag);
}

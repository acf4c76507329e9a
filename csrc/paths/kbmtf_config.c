// SPDX-License-Identifier: GPL-3.0-or-later
// configs/paths/kbmtf.yaml: numbers of the formulas that make the tables.
#include "config_lists.h"
#include "kbmtf_formula.h"
#include "kbmtf_luts.h"
#include "kbmtf_tables.h"

#include "l1t/io.h"
#include "l1t/provenance.h"
#include "l1t/yaml.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct top {
    const struct l1t_node *seed, *beam_line, *momentum, *detector, *generator;
};

static const struct l1t_key top_keys[] = {
    {"seed", L1T_MAP, offsetof(struct top, seed), true, 0, 0, NULL},
    {"beam_line", L1T_MAP, offsetof(struct top, beam_line), true, 0, 0, NULL},
    {"momentum", L1T_MAP, offsetof(struct top, momentum), true, 0, 0, NULL},
    {"detector", L1T_MAP, offsetof(struct top, detector), true, 0, 0, NULL},
    {"generator", L1T_MAP, offsetof(struct top, generator), false, 0, 0, NULL},
};

// One number for each station, or step between stations.
static enum l1t_err read_per(const struct l1t_yaml *yaml, const struct l1t_node *list,
                             const char *name, enum l1t_type type, double min, double max,
                             const char *whose, unsigned n, double *value, struct l1t_diag *diag)
{
    const struct l1t_list_rule rule = {name, type, min, max, n};
    return l1t_list_read_per(yaml, list, &rule, whose, n, value, diag);
}

// ---- seed ----

struct seed {
    const struct l1t_node *slope, *bend;
};

static const struct l1t_key seed_keys[] = {
    {"slope", L1T_LIST, offsetof(struct seed, slope), true, 0, 0, NULL},
    {"bend", L1T_LIST, offsetof(struct seed, bend), true, 0, 0, NULL},
};

// 1 + bend |A| stays positive up to the largest |A|, 8 * 127.
static enum l1t_err read_seed(const struct l1t_yaml *yaml, const struct l1t_node *map,
                              struct l1t_kbmtf_seed_formula *f, struct l1t_diag *diag)
{
    static const char stations[] = "stations (2, 3, 4)";
    struct seed s = {0};
    enum l1t_err err = l1t_yaml_bind(yaml, map, seed_keys, COUNT(seed_keys), &s, diag);
    if (err == L1T_OK)
        err = read_per(yaml, s.slope, "slope", L1T_NUMBER, -10, -0.1, stations, 3, f->slope, diag);
    if (err == L1T_OK)
        err = read_per(yaml, s.bend, "bend", L1T_NUMBER, -0.1, 0.1, stations, 3, f->bend, diag);
    static const double largest[3] = {8 * 127, 8 * 30, 8 * 15};
    for (unsigned i = 0; i < 3 && err == L1T_OK; i++)
        if (1 + f->bend[i] * largest[i] < 0.05)
            err = l1t_yaml_fail(yaml, l1t_node_at(s.bend, i), diag,
                                "bend: 1 + bend * %g must stay above 0.05", largest[i]);
    return err;
}

// ---- beam line, momentum ----

static const struct l1t_key beam_keys[] = {
    {"loss", L1T_NUMBER, offsetof(struct l1t_kbmtf_beam_formula, loss), true, 0, 0.01, NULL},
    {"shift", L1T_NUMBER, offsetof(struct l1t_kbmtf_beam_formula, shift), true, 0, 2, NULL},
    {"shift_bend", L1T_NUMBER, offsetof(struct l1t_kbmtf_beam_formula, shift_bend), true, 0, 0.01,
     NULL},
};

static const struct l1t_key pt_keys[] = {
    {"scale", L1T_NUMBER, offsetof(struct l1t_kbmtf_pt_formula, scale), true, 0.1, 10, NULL},
    {"bend", L1T_NUMBER, offsetof(struct l1t_kbmtf_pt_formula, bend), true, 0, 10, NULL},
    {"asymmetry", L1T_NUMBER, offsetof(struct l1t_kbmtf_pt_formula, asymmetry), true, -0.1, 0.1,
     NULL},
    {"raise", L1T_NUMBER, offsetof(struct l1t_kbmtf_pt_formula, raise), true, 0.5, 2, NULL},
    {"low", L1T_NUMBER, offsetof(struct l1t_kbmtf_pt_formula, low), true, 1, 511, NULL},
    {"high", L1T_NUMBER, offsetof(struct l1t_kbmtf_pt_formula, high), true, 1, 511, NULL},
    {"straight", L1T_NUMBER, offsetof(struct l1t_kbmtf_pt_formula, straight), true, 0, 2047, NULL},
};

static enum l1t_err read_momentum(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                  struct l1t_kbmtf_pt_formula *f, struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_yaml_bind(yaml, map, pt_keys, COUNT(pt_keys), f, diag);
    if (err == L1T_OK && f->low > f->high)
        return l1t_yaml_fail(yaml, map, diag, "low (%g) is above high (%g)", f->low, f->high);
    return err;
}

// ---- detector ----

struct detector {
    const struct l1t_node *radius, *phib_spread, *yoke;
    double wheel_pitch, wheel_length, phi_error, phib_error_low, phib_error_high;
    double k_spread, vertex_error, inner, inner_radius;
};

#define DETECTOR(name) offsetof(struct detector, name)
static const struct l1t_key detector_keys[] = {
    {"radius", L1T_LIST, DETECTOR(radius), true, 0, 0, NULL},
    {"wheel_pitch", L1T_NUMBER, DETECTOR(wheel_pitch), true, 0.1, 100, NULL},
    {"wheel_length", L1T_NUMBER, DETECTOR(wheel_length), true, 0.1, 100, NULL},
    {"phi_error", L1T_ANGLE, DETECTOR(phi_error), true, 1e-6, 0.1, NULL},
    {"phib_error_high", L1T_ANGLE, DETECTOR(phib_error_high), true, 1e-6, 1, NULL},
    {"phib_error_low", L1T_ANGLE, DETECTOR(phib_error_low), true, 1e-6, 10, NULL},
    {"phib_spread", L1T_LIST, DETECTOR(phib_spread), true, 0, 0, NULL},
    {"k_spread", L1T_NUMBER, DETECTOR(k_spread), true, 0.001, 1, NULL},
    {"vertex_error", L1T_ANGLE, DETECTOR(vertex_error), true, 1e-6, 1, NULL},
    {"yoke", L1T_LIST, DETECTOR(yoke), true, 0, 0, NULL},
    {"inner", L1T_NUMBER, DETECTOR(inner), true, 0.1, 1000, NULL},
    {"inner_radius", L1T_NUMBER, DETECTOR(inner_radius), true, 0.1, 100, NULL},
};

static enum l1t_err read_detector(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                  struct l1t_kbmtf_detector *d, struct l1t_diag *diag)
{
    struct detector in = {0};
    enum l1t_err err = l1t_yaml_bind(yaml, map, detector_keys, COUNT(detector_keys), &in, diag);
    if (err == L1T_OK)
        err = read_per(yaml, in.radius, "radius", L1T_NUMBER, 0.1, 100, "stations",
                       L1T_KBMTF_STATIONS, d->radius, diag);
    if (err == L1T_OK)
        err = read_per(yaml, in.phib_spread, "phib_spread", L1T_ANGLE, 0, 1, "stations (2, 3, 4)",
                       3, d->phib_spread, diag);
    if (err == L1T_OK)
        err = read_per(yaml, in.yoke, "yoke", L1T_NUMBER, 0.1, 1000, "steps between stations", 3,
                       d->yoke, diag);
    d->wheel_pitch = in.wheel_pitch;
    d->wheel_length = in.wheel_length;
    d->phi_error = in.phi_error;
    d->phib_error[0] = in.phib_error_low;
    d->phib_error[1] = in.phib_error_high;
    d->k_spread = in.k_spread;
    d->vertex_error = in.vertex_error;
    d->inner = in.inner;
    d->inner_radius = in.inner_radius;
    return err;
}

// ---- generator of stubs ----

static const struct l1t_key generator_keys[] = {
    {"segment", L1T_PERCENT, offsetof(struct l1t_stub_params, segment), false, 0, 1, NULL},
    {"high", L1T_PERCENT, offsetof(struct l1t_stub_params, high), false, 0, 1, NULL},
    {"theta", L1T_PERCENT, offsetof(struct l1t_stub_params, theta), false, 0, 1, NULL},
    {"noise", L1T_NUMBER, offsetof(struct l1t_stub_params, noise), false, 0, 20, NULL},
};

static enum l1t_err read_generator(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                   const struct l1t_kbmtf_formula *f, struct l1t_stub_params *p,
                                   struct l1t_diag *diag)
{
    const struct l1t_kbmtf_detector *d = &f->detector;
    *p = (struct l1t_stub_params){.wheel_pitch = d->wheel_pitch,
                                  .wheel_length = d->wheel_length,
                                  .phi_error_rad = d->phi_error,
                                  .phib_error_rad = {d->phib_error[0], d->phib_error[1]},
                                  .scale = f->pt.scale,
                                  .bend = f->pt.bend,
                                  .asymmetry = f->pt.asymmetry,
                                  .segment = 0.95,
                                  .high = 0.9,
                                  .theta = 0.85,
                                  .noise = 2};
    memcpy(p->radius, d->radius, sizeof p->radius);
    return map != NULL ? l1t_yaml_bind(yaml, map, generator_keys, COUNT(generator_keys), p, diag)
                       : L1T_OK;
}

// ---- all ----

static enum l1t_err read_formula(const struct l1t_yaml *yaml, struct l1t_kbmtf_formula *f,
                                 struct l1t_stub_params *generator, struct l1t_diag *diag)
{
    struct top top = {0};
    enum l1t_err err =
        l1t_yaml_bind(yaml, l1t_yaml_root(yaml), top_keys, COUNT(top_keys), &top, diag);
    if (err == L1T_OK)
        err = read_seed(yaml, top.seed, &f->seed, diag);
    if (err == L1T_OK)
        err = l1t_yaml_bind(yaml, top.beam_line, beam_keys, COUNT(beam_keys), &f->beam, diag);
    if (err == L1T_OK)
        err = read_momentum(yaml, top.momentum, &f->pt, diag);
    if (err == L1T_OK)
        err = read_detector(yaml, top.detector, &f->detector, diag);
    return err == L1T_OK ? read_generator(yaml, top.generator, f, generator, diag) : err;
}

// Entries as 16-bit numbers, low byte first, so that a digest is the same on any machine.
static void add_entries(struct l1t_digest *digest, const char *role, const void *table, size_t n,
                        size_t entry_bytes)
{
    const unsigned char *bytes = table;
    for (size_t i = 0; i < n; i++) {
        uint16_t entry = bytes[i];
        if (entry_bytes == 2)
            memcpy(&entry, bytes + 2 * i, 2);
        const unsigned char pair[2] = {(unsigned char)(entry & 255), (unsigned char)(entry >> 8)};
        l1t_digest_add(digest, role, pair, 2);
    }
}

// Single-precision numbers, as pairs of such entries.
static void add_floats(struct l1t_digest *digest, const char *role, const float *table, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, &table[i], sizeof bits);
        const uint16_t half[2] = {(uint16_t)(bits & 0xffff), (uint16_t)(bits >> 16)};
        add_entries(digest, role, half, 2, 2);
    }
}

static enum l1t_err make_digest(struct l1t_kbmtf_setup *setup, struct l1t_diag *diag)
{
    const struct l1t_kbmtf_config *m = &setup->model;
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    add_entries(digest, "seed", m->seed_k, sizeof m->seed_k / 2, 2);
    add_entries(digest, "gain", m->gain, sizeof m->gain / 2, 2);
    add_entries(digest, "gain2", m->gain2, sizeof m->gain2 / 2, 2);
    add_entries(digest, "vertex", m->vertex, sizeof m->vertex / 2, 2);
    add_entries(digest, "eta", m->coarse_eta, sizeof m->coarse_eta, 1);
    add_entries(digest, "loss", m->loss, sizeof m->loss / 2, 2);
    add_entries(digest, "shift", m->shift, sizeof m->shift / 2, 2);
    add_entries(digest, "pt", m->pt, sizeof m->pt / 2, 2);
    add_floats(digest, "phi_gain", setup->phi_gain[0], sizeof setup->phi_gain / sizeof(float));
    l1t_digest_hex(digest, setup->digest);
    l1t_digest_free(digest);
    return L1T_OK;
}

static enum l1t_err make_setup(const struct l1t_yaml *yaml, const char *luts_dir,
                               struct l1t_kbmtf_setup *setup, struct l1t_diag *diag)
{
    struct l1t_kbmtf_formula f;
    enum l1t_err err = read_formula(yaml, &f, &setup->generator, diag);
    if (err != L1T_OK)
        return err;
    const bool files = luts_dir != NULL, own_form = files && !l1t_kbmtf_luts_exist(luts_dir);
    l1t_kbmtf_make_seeds(&f.seed, &setup->model);
    if (own_form) {
        err = l1t_kbmtf_read_tables(luts_dir, setup, diag);
    } else {
        l1t_kbmtf_make_beam(&f.beam, &setup->model);
        l1t_kbmtf_make_pt(&f.pt, &setup->model);
        l1t_kbmtf_make_coarse_eta(&f.detector, &setup->model);
        l1t_kbmtf_make_gains(&f, setup);
        if (files)
            err = l1t_kbmtf_luts_read(luts_dir, setup, diag);
    }
    if (err == L1T_OK)
        err = l1t_kbmtf_luts_note(setup,
                                  !files     ? "formula"
                                  : own_form ? "file of the track finder's own form"
                                             : NULL,
                                  diag);
    return err == L1T_OK ? make_digest(setup, diag) : err;
}

enum l1t_err l1t_kbmtf_setup_load(const char *yaml, const char *luts_dir,
                                  struct l1t_kbmtf_setup *setup, struct l1t_diag *diag)
{
    struct l1t_yaml *file;
    char *found = NULL;
    memset(setup, 0, sizeof *setup);
    enum l1t_err err = yaml == NULL ? l1t_config_path("paths/kbmtf.yaml", &found, diag) : L1T_OK;
    if (err == L1T_OK)
        err = l1t_yaml_load(yaml == NULL ? found : yaml, &file, diag);
    free(found);
    if (err != L1T_OK)
        return err;
    err = make_setup(file, luts_dir, setup, diag);
    l1t_yaml_free(file);
    return err;
}

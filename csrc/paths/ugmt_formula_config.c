// SPDX-License-Identifier: GPL-3.0-or-later
// Sections of configs/paths/ugmt.yaml that are formulas: keys, units and limits.
#include "ugmt_formula_config.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// ---- match windows ----

struct windows {
    const struct l1t_node *pair[L1T_UGMT_MATCHES / 2]; // both sides share one
};

static const struct l1t_key windows_keys[] = {
    {"barrel_overlap", L1T_MAP, offsetof(struct windows, pair[0]), true, 0, 0, NULL},
    {"overlap_endcap", L1T_MAP, offsetof(struct windows, pair[1]), true, 0, 0, NULL},
    {"overlap", L1T_MAP, offsetof(struct windows, pair[2]), true, 0, 0, NULL},
    {"endcap", L1T_MAP, offsetof(struct windows, pair[3]), true, 0, 0, NULL},
};

static const struct l1t_key window_keys[] = {
    {"radius", L1T_NUMBER, offsetof(struct l1t_ugmt_window, radius), true, 0, 1, NULL},
    {"eta_fine", L1T_NUMBER, offsetof(struct l1t_ugmt_window, eta_fine), true, 0, 100, NULL},
    {"eta_coarse", L1T_NUMBER, offsetof(struct l1t_ugmt_window, eta_coarse), true, 0, 100, NULL},
    {"phi", L1T_NUMBER, offsetof(struct l1t_ugmt_window, phi), true, 0, 100, NULL},
};

static enum l1t_err make_match(const struct l1t_yaml *yaml, const struct l1t_node *section,
                               enum l1t_ugmt_match match, struct l1t_ugmt_config *config,
                               struct l1t_diag *diag)
{
    struct windows windows = {{NULL}};
    struct l1t_ugmt_window window = {0};
    enum l1t_err err =
        l1t_yaml_bind(yaml, section, windows_keys, COUNT(windows_keys), &windows, diag);
    if (err == L1T_OK)
        err = l1t_yaml_bind(yaml, windows.pair[match / 2], window_keys, COUNT(window_keys), &window,
                            diag);
    if (err == L1T_OK)
        l1t_ugmt_make_match(&window, match, config);
    return err;
}

// ---- rank ----

static const struct l1t_key rank_keys[] = {
    {"pt", L1T_NUMBER, offsetof(struct l1t_ugmt_ranking, pt), true, 0, 100, NULL},
    {"quality", L1T_NUMBER, offsetof(struct l1t_ugmt_ranking, quality), true, 0, 100, NULL},
};

static enum l1t_err make_rank(const struct l1t_yaml *yaml, const struct l1t_node *section,
                              struct l1t_ugmt_config *config, struct l1t_diag *diag)
{
    struct l1t_ugmt_ranking ranking = {0};
    const enum l1t_err err =
        l1t_yaml_bind(yaml, section, rank_keys, COUNT(rank_keys), &ranking, diag);
    if (err == L1T_OK)
        l1t_ugmt_make_rank(&ranking, config);
    return err;
}

// ---- extrapolation ----

struct helix {
    double field;
    const struct l1t_node *coil, *station[L1T_UGMT_FINDERS];
};

static const struct l1t_key helix_keys[] = {
    {"field", L1T_NUMBER, offsetof(struct helix, field), true, 0.1, 20, NULL},
    {"coil", L1T_MAP, offsetof(struct helix, coil), true, 0, 0, NULL},
    {"barrel", L1T_MAP, offsetof(struct helix, station[L1T_UGMT_BARREL]), true, 0, 0, NULL},
    {"overlap", L1T_MAP, offsetof(struct helix, station[L1T_UGMT_OVERLAP]), true, 0, 0, NULL},
    {"endcap", L1T_MAP, offsetof(struct helix, station[L1T_UGMT_ENDCAP]), true, 0, 0, NULL},
};

struct place {
    double radius, z;
};

static const struct l1t_key place_keys[] = {
    {"radius", L1T_NUMBER, offsetof(struct place, radius), true, 0.1, 30, NULL},
    {"z", L1T_NUMBER, offsetof(struct place, z), true, 0.1, 30, NULL},
};

enum l1t_err l1t_ugmt_helix_read(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                 struct l1t_ugmt_helix *f, struct l1t_diag *diag)
{
    struct helix helix = {0};
    struct place coil = {0};
    enum l1t_err err = l1t_yaml_bind(yaml, section, helix_keys, COUNT(helix_keys), &helix, diag);
    if (err == L1T_OK)
        err = l1t_yaml_bind(yaml, helix.coil, place_keys, COUNT(place_keys), &coil, diag);
    *f =
        (struct l1t_ugmt_helix){.field = helix.field, .coil_radius = coil.radius, .coil_z = coil.z};
    for (unsigned i = 0; i < L1T_UGMT_FINDERS && err == L1T_OK; i++) {
        struct place station = {0};
        err = l1t_yaml_bind(yaml, helix.station[i], place_keys, COUNT(place_keys), &station, diag);
        f->station_radius[i] = station.radius;
        f->station_z[i] = station.z;
        if (err == L1T_OK && (station.radius < coil.radius || station.z < coil.z))
            err = l1t_yaml_fail(yaml, helix.station[i], diag,
                                "a muon station inside the coil (radius %g, z %g); expected "
                                "outside",
                                coil.radius, coil.z);
    }
    return err;
}

static enum l1t_err make_extrapolation(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                       enum l1t_ugmt_lut lut, struct l1t_ugmt_config *config,
                                       struct l1t_diag *diag)
{
    struct l1t_ugmt_helix f;
    const enum l1t_err err = l1t_ugmt_helix_read(yaml, section, &f, diag);
    if (err != L1T_OK)
        return err;
    if (lut >= L1T_UGMT_LUT_PHI)
        l1t_ugmt_make_phi(&f, lut - L1T_UGMT_LUT_PHI, config);
    else
        l1t_ugmt_make_eta(&f, lut - L1T_UGMT_LUT_ETA, config);
    return L1T_OK;
}

// ---- isolation ----

struct regions {
    double eta_width, phi_offset;
};

static const struct l1t_key regions_keys[] = {
    {"eta_width", L1T_NUMBER, offsetof(struct regions, eta_width), true, 0.01, 10, NULL},
    {"phi_offset", L1T_ANGLE, offsetof(struct regions, phi_offset), true, -0.0873, 0.0873, NULL},
};

static enum l1t_err make_region(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                enum l1t_ugmt_lut lut, struct l1t_ugmt_config *config,
                                struct l1t_diag *diag)
{
    struct regions regions = {0};
    const enum l1t_err err =
        l1t_yaml_bind(yaml, section, regions_keys, COUNT(regions_keys), &regions, diag);
    if (err == L1T_OK && lut == L1T_UGMT_LUT_ETA_REGION)
        l1t_ugmt_make_eta_region(regions.eta_width, config);
    else if (err == L1T_OK)
        l1t_ugmt_make_phi_region(regions.phi_offset, config);
    return err;
}

struct isolation {
    long long absolute;
    double relative;
};

static const struct l1t_key isolation_keys[] = {
    {"absolute", L1T_INT, offsetof(struct isolation, absolute), true, 0, 32, NULL},
    {"relative", L1T_NUMBER, offsetof(struct isolation, relative), true, 0, 100, NULL},
};

static enum l1t_err make_isolation(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                   enum l1t_ugmt_lut lut, struct l1t_ugmt_config *config,
                                   struct l1t_diag *diag)
{
    struct isolation isolation = {0};
    const enum l1t_err err =
        l1t_yaml_bind(yaml, section, isolation_keys, COUNT(isolation_keys), &isolation, diag);
    if (err == L1T_OK && lut == L1T_UGMT_LUT_ABSOLUTE)
        l1t_ugmt_make_absolute((unsigned)isolation.absolute, config);
    else if (err == L1T_OK)
        l1t_ugmt_make_relative(isolation.relative, config);
    return err;
}

enum l1t_err l1t_ugmt_formula_make(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                   enum l1t_ugmt_lut lut, struct l1t_ugmt_config *config,
                                   struct l1t_diag *diag)
{
    if (lut < L1T_UGMT_LUT_ETA)
        return make_match(yaml, section, (enum l1t_ugmt_match)(lut - L1T_UGMT_LUT_MATCH), config,
                          diag);
    if (lut < L1T_UGMT_LUT_RANK)
        return make_extrapolation(yaml, section, lut, config, diag);
    if (lut == L1T_UGMT_LUT_RANK)
        return make_rank(yaml, section, config, diag);
    if (lut <= L1T_UGMT_LUT_PHI_REGION)
        return make_region(yaml, section, lut, config, diag);
    return make_isolation(yaml, section, lut, config, diag);
}

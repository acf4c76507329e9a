// SPDX-License-Identifier: GPL-3.0-or-later
#include "calo_formula_config.h"

#include "config_lists.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// ---- compression ----

struct compression {
    const struct l1t_node *et, *eta, *ntt, *shape;
};

static const struct l1t_key compression_keys[] = {
    {"et_edges", L1T_LIST, offsetof(struct compression, et), true, 0, 0, NULL},
    {"eta_edges", L1T_LIST, offsetof(struct compression, eta), true, 0, 0, NULL},
    {"ntt_edges", L1T_LIST, offsetof(struct compression, ntt), true, 0, 0, NULL},
    {"shape_classes", L1T_LIST, offsetof(struct compression, shape), true, 0, 0, NULL}, // e/gamma
};

// Numbers of bins that the hardware's addresses have room for.
struct room {
    unsigned et, eta, rings, ntt, max_ntt;
};

static enum l1t_err read_edges(const struct l1t_yaml *yaml, const struct compression *c,
                               const struct room *room, struct l1t_bins *et, struct l1t_bins *eta,
                               struct l1t_bins *ntt, struct l1t_diag *diag)
{
    const struct l1t_list_rule et_rule = {"et_edges", L1T_ENERGY, 0, 127.5, room->et},
                               eta_rule = {"eta_edges", L1T_NUMBER, 1, room->rings, room->eta},
                               ntt_rule = {"ntt_edges", L1T_NUMBER, 0, room->max_ntt, room->ntt};
    enum l1t_err err = l1t_list_read_edges(yaml, c->et, &et_rule, 0.5, et->edge, &et->n, diag);
    if (err == L1T_OK)
        err = l1t_list_read_edges(yaml, c->eta, &eta_rule, 1, eta->edge, &eta->n, diag);
    if (err == L1T_OK)
        err = l1t_list_read_edges(yaml, c->ntt, &ntt_rule, 1, ntt->edge, &ntt->n, diag);
    return err;
}

static enum l1t_err read_classes(const struct l1t_yaml *yaml, const struct l1t_node *rows,
                                 unsigned shape[5][4], struct l1t_diag *diag)
{
    static const struct l1t_list_rule rule = {"shape_classes", L1T_NUMBER, 0,
                                              L1T_EGAMMA_CLASSES - 1, 4};
    if (l1t_node_len(rows) != 5)
        return l1t_yaml_fail(yaml, rows, diag,
                             "shape_classes: 5 rows (0 to 4 members along phi), not %zu",
                             l1t_node_len(rows));
    for (unsigned i = 0; i < 5; i++) {
        double value[4];
        const struct l1t_node *row = l1t_node_at(rows, i);
        const enum l1t_err err =
            l1t_list_read_per(yaml, row, &rule, "members beside (0 to 3)", 4, value, diag);
        if (err != L1T_OK)
            return err;
        for (unsigned j = 0; j < 4; j++) {
            shape[i][j] = (unsigned)value[j];
            if (value[j] != shape[i][j])
                return l1t_yaml_fail(yaml, l1t_node_at(row, j), diag,
                                     "shape_classes: a class is a whole number, not %g", value[j]);
        }
    }
    return L1T_OK;
}

static enum l1t_err egamma_compress(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                    struct l1t_calo_config *model, struct l1t_diag *diag)
{
    static const struct room room = {L1T_EGAMMA_BINS, L1T_EGAMMA_BINS, L1T_CLUSTER_RINGS,
                                     L1T_NTT_BINS, 255};
    struct compression c = {0};
    struct l1t_egamma_compression f = {0};
    enum l1t_err err =
        l1t_yaml_bind(yaml, section, compression_keys, COUNT(compression_keys), &c, diag);
    if (err == L1T_OK)
        err = read_edges(yaml, &c, &room, &f.et, &f.eta, &f.ntt, diag);
    if (err == L1T_OK)
        err = read_classes(yaml, c.shape, f.shape, diag);
    if (err == L1T_OK)
        l1t_egamma_make_compress(&f, &model->egamma);
    return err;
}

static enum l1t_err tau_compress(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                 struct l1t_calo_config *model, struct l1t_diag *diag)
{
    static const struct room room = {32, L1T_TAU_ETA_BINS, L1T_TAU_RINGS, L1T_NTT_BINS, 576};
    struct compression c = {0};
    struct l1t_tau_compression f = {0};
    enum l1t_err err =
        l1t_yaml_bind(yaml, section, compression_keys, COUNT(compression_keys) - 1, &c, diag);
    if (err == L1T_OK)
        err = read_edges(yaml, &c, &room, &f.et, &f.eta, &f.ntt, diag);
    if (err == L1T_OK)
        l1t_tau_make_compress(&f, &model->tau);
    return err;
}

// ---- trimming ----

struct trimming {
    long long ring;
    int far, corner;
};

static const char *const far_words[] = {"drop", "alone", "keep", NULL};
static const char *const corner_words[] = {"drop", "joined", "keep", NULL};

static const struct l1t_key trimming_keys[] = {
    {"ring", L1T_INT, offsetof(struct trimming, ring), true, 1, L1T_CLUSTER_RINGS, NULL},
    {"far", L1T_CHOICE, offsetof(struct trimming, far), true, 0, 0, far_words},
    {"corners", L1T_CHOICE, offsetof(struct trimming, corner), true, 0, 0, corner_words},
};

static enum l1t_err egamma_trimming(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                    struct l1t_calo_config *model, struct l1t_diag *diag)
{
    struct l1t_egamma_trimming rule[L1T_CLUSTER_RINGS];
    const size_t n = l1t_node_len(section);
    if (n < 1 || n > L1T_CLUSTER_RINGS)
        return l1t_yaml_fail(yaml, section, diag, "trimming: a list of 1 to %d rules, not %zu",
                             L1T_CLUSTER_RINGS, n);
    for (size_t i = 0; i < n; i++) {
        struct trimming t = {0};
        const struct l1t_node *at = l1t_node_at(section, i);
        const enum l1t_err err =
            l1t_yaml_bind(yaml, at, trimming_keys, COUNT(trimming_keys), &t, diag);
        if (err != L1T_OK)
            return err;
        if (i == 0 ? t.ring != 1 : t.ring <= rule[i - 1].ring)
            return l1t_yaml_fail(yaml, at, diag, "trimming: rings ascend and start with 1");
        rule[i].ring = (unsigned)t.ring;
        rule[i].far = (enum l1t_trim_far)t.far;
        rule[i].corner = (enum l1t_trim_corner)t.corner;
    }
    l1t_egamma_make_trimming(rule, (unsigned)n, &model->egamma);
    return L1T_OK;
}

// ---- calibration ----

struct calibration {
    double knee, power, had, merged;
    const struct l1t_node *high, *low, *shape, *electron_from;
};

static const struct l1t_key calibration_keys[] = {
    {"knee", L1T_ENERGY, offsetof(struct calibration, knee), true, 0.1, 1000, NULL},
    {"power", L1T_NUMBER, offsetof(struct calibration, power), true, 0.1, 10, NULL},
    {"high", L1T_LIST, offsetof(struct calibration, high), true, 0, 0, NULL},
    {"low", L1T_LIST, offsetof(struct calibration, low), true, 0, 0, NULL},
    {"shape", L1T_LIST, offsetof(struct calibration, shape), true, 0, 0, NULL}, // e/gamma
    {"electron_from", L1T_LIST, offsetof(struct calibration, electron_from), true, 0, 0, NULL},
};

static const struct l1t_key tau_calibration_keys[] = {
    {"knee", L1T_ENERGY, offsetof(struct calibration, knee), true, 0.1, 1000, NULL},
    {"power", L1T_NUMBER, offsetof(struct calibration, power), true, 0.1, 10, NULL},
    {"high", L1T_LIST, offsetof(struct calibration, high), true, 0, 0, NULL},
    {"low", L1T_LIST, offsetof(struct calibration, low), true, 0, 0, NULL},
    {"had", L1T_NUMBER, offsetof(struct calibration, had), true, 0, 2, NULL},
    {"merged", L1T_NUMBER, offsetof(struct calibration, merged), true, 0, 2, NULL},
};

static enum l1t_err read_factors(const struct l1t_yaml *yaml, const struct calibration *c,
                                 unsigned n_eta, double *high, double *low, struct l1t_diag *diag)
{
    static const struct l1t_list_rule high_rule = {"high", L1T_NUMBER, 0, 2, L1T_EGAMMA_BINS},
                                      low_rule = {"low", L1T_NUMBER, -2, 2, L1T_EGAMMA_BINS};
    const enum l1t_err err =
        l1t_list_read_per(yaml, c->high, &high_rule, "eta bins", n_eta, high, diag);
    return err == L1T_OK ? l1t_list_read_per(yaml, c->low, &low_rule, "eta bins", n_eta, low, diag)
                         : err;
}

static enum l1t_err egamma_calibration(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                       struct l1t_calo_config *model, struct l1t_diag *diag)
{
    static const struct l1t_list_rule shape = {"shape", L1T_NUMBER, 0, 2, L1T_EGAMMA_CLASSES},
                                      from = {"electron_from", L1T_ENERGY, 0, 1000,
                                              L1T_EGAMMA_CLASSES};
    struct calibration c = {0};
    struct l1t_egamma_calibration f = {0};
    enum l1t_err err =
        l1t_yaml_bind(yaml, section, calibration_keys, COUNT(calibration_keys), &c, diag);
    if (err == L1T_OK)
        err = read_factors(yaml, &c, l1t_egamma_eta_bins(&model->egamma), f.high, f.low, diag);
    if (err == L1T_OK)
        err =
            l1t_list_read_per(yaml, c.shape, &shape, "classes", L1T_EGAMMA_CLASSES, f.shape, diag);
    if (err == L1T_OK)
        err = l1t_list_read_per(yaml, c.electron_from, &from, "classes", L1T_EGAMMA_CLASSES,
                                f.electron_from, diag);
    if (err != L1T_OK)
        return err;
    f.knee = c.knee;
    f.power = c.power;
    struct l1t_diag inner = {""};
    err = l1t_egamma_make_calibration(&f, &model->egamma, &inner);
    return err == L1T_OK ? err : l1t_yaml_fail(yaml, section, diag, "%s", inner.text);
}

static enum l1t_err tau_calibration(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                    struct l1t_calo_config *model, struct l1t_diag *diag)
{
    struct calibration c = {0};
    struct l1t_tau_calibration f = {0};
    enum l1t_err err =
        l1t_yaml_bind(yaml, section, tau_calibration_keys, COUNT(tau_calibration_keys), &c, diag);
    if (err == L1T_OK)
        err = read_factors(yaml, &c, l1t_tau_eta_bins(&model->tau), f.high, f.low, diag);
    if (err != L1T_OK)
        return err;
    f.knee = c.knee;
    f.power = c.power;
    f.had = c.had;
    f.merged = c.merged;
    struct l1t_diag inner = {""};
    err = l1t_tau_make_calibration(&f, &model->tau, &inner);
    return err == L1T_OK ? err : l1t_yaml_fail(yaml, section, diag, "%s", inner.text);
}

// ---- isolation ----

struct isolation {
    double offset, per_et, always;
    const struct l1t_node *per_tower;
};

static const struct l1t_key isolation_keys[] = {
    {"offset", L1T_ENERGY, offsetof(struct isolation, offset), true, -127, 127, NULL},
    {"per_tower", L1T_LIST, offsetof(struct isolation, per_tower), true, 0, 0, NULL},
    {"per_et", L1T_NUMBER, offsetof(struct isolation, per_et), true, -1, 1, NULL},
    {"always_from", L1T_ENERGY, offsetof(struct isolation, always), true, 0, 1000, NULL},
};

static enum l1t_err read_isolation(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                   unsigned n_eta, struct l1t_isolation *f, struct l1t_diag *diag)
{
    static const struct l1t_list_rule per_tower = {"per_tower", L1T_ENERGY, 0, 10, L1T_EGAMMA_BINS};
    struct isolation i = {0};
    const enum l1t_err err =
        l1t_yaml_bind(yaml, section, isolation_keys, COUNT(isolation_keys), &i, diag);
    if (err != L1T_OK)
        return err;
    *f = (struct l1t_isolation){.offset = i.offset, .per_et = i.per_et, .always = i.always};
    return l1t_list_read_per(yaml, i.per_tower, &per_tower, "eta bins", n_eta, f->per_tower, diag);
}

// ---- missing ET ----

struct met {
    double typical_ntt;
    const struct l1t_node *rings, *offset, *per_tower;
};

static const struct l1t_key met_keys[] = {
    {"rings", L1T_LIST, offsetof(struct met, rings), true, 0, 0, NULL},
    {"offset", L1T_LIST, offsetof(struct met, offset), true, 0, 0, NULL},
    {"per_tower", L1T_LIST, offsetof(struct met, per_tower), true, 0, 0, NULL},
    {"typical_ntt", L1T_NUMBER, offsetof(struct met, typical_ntt), true, 0, 576, NULL},
};

static enum l1t_err sums_met_min(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                 struct l1t_calo_config *model, struct l1t_diag *diag)
{
    static const struct l1t_list_rule rings = {"rings", L1T_NUMBER, 1, L1T_RINGS, 16},
                                      offset = {"offset", L1T_ENERGY, -255, 255, 16},
                                      per_tower = {"per_tower", L1T_ENERGY, -10, 10, 16};
    struct met m = {0};
    struct l1t_met_threshold f = {0};
    enum l1t_err err = l1t_yaml_bind(yaml, section, met_keys, COUNT(met_keys), &m, diag);
    if (err == L1T_OK)
        err = l1t_list_read_edges(yaml, m.rings, &rings, 1, f.ring, &f.n, diag);
    if (err == L1T_OK)
        err = l1t_list_read_per(yaml, m.offset, &offset, "rings", f.n, f.offset, diag);
    if (err == L1T_OK)
        err = l1t_list_read_per(yaml, m.per_tower, &per_tower, "rings", f.n, f.per_tower, diag);
    if (err != L1T_OK)
        return err;
    f.typical_ntt = m.typical_ntt;
    l1t_sums_make_met_min(&f, &model->sums);
    return L1T_OK;
}

// ---- all ----

enum l1t_err l1t_calo_formula_make(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                   enum l1t_calo_lut lut, struct l1t_calo_config *model,
                                   struct l1t_diag *diag)
{
    struct l1t_isolation isolation;
    enum l1t_err err = L1T_OK;
    switch (lut) {
    case L1T_LUT_EGAMMA_COMPRESS:
        return egamma_compress(yaml, section, model, diag);
    case L1T_LUT_EGAMMA_TRIMMING:
        return egamma_trimming(yaml, section, model, diag);
    case L1T_LUT_EGAMMA_CALIBRATION:
        return egamma_calibration(yaml, section, model, diag);
    case L1T_LUT_TAU_COMPRESS:
        return tau_compress(yaml, section, model, diag);
    case L1T_LUT_TAU_CALIBRATION:
        return tau_calibration(yaml, section, model, diag);
    case L1T_LUT_SUMS_MET_MIN:
        return sums_met_min(yaml, section, model, diag);
    case L1T_LUT_TAU_ISOLATION:
        err = read_isolation(yaml, section, l1t_tau_eta_bins(&model->tau), &isolation, diag);
        if (err == L1T_OK)
            l1t_tau_make_isolation(&isolation, &model->tau);
        return err;
    case L1T_LUT_EGAMMA_ISOLATION_0:
    case L1T_LUT_EGAMMA_ISOLATION_1:
        err = read_isolation(yaml, section, l1t_egamma_eta_bins(&model->egamma), &isolation, diag);
        if (err == L1T_OK)
            l1t_egamma_make_isolation(&isolation, lut != L1T_LUT_EGAMMA_ISOLATION_0,
                                      &model->egamma);
        return err;
    default: // from elsewhere
        return l1t_yaml_fail(yaml, section, diag, "this table has no formula of its own");
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/lut_view.h"

#include "l1t/calo_tables.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// What a part of an address counts.
enum axis_kind {
    AXIS_NONE,
    AXIS_ET,       // 0.5 GeV
    AXIS_GEV,      // whole GeV
    AXIS_RING,     // |ieta| or compact ring
    AXIS_RING_0,   // the same, from 0
    AXIS_NTT,      // towers
    AXIS_SHAPE,    // pattern of members
    AXIS_CLASS,    // of patterns
    AXIS_FLAG,     // yes or no
    AXIS_NUMBER,   // as it is
    AXIS_MU_PT,    // code of a muon's pt
    AXIS_MU_ETA,   // eta of a muon, two's complement
    AXIS_MU_BIN,   // |eta| of a muon, bins of eight
    AXIS_MU_DETA,  // differences of muons
    AXIS_MU_PHI,   // and phi
    AXIS_EG_ET,    // bins of the e/gamma compression
    AXIS_EG_RING,  //
    AXIS_EG_NTT,   //
    AXIS_TAU_ET,   // and of the taus'
    AXIS_TAU_RING, //
    AXIS_TAU_NTT,  //
    AXIS_JET_PT,   // and of the jets'
    AXIS_JET_RING
};

struct axis {
    const char *name;
    unsigned low, width;
    enum axis_kind kind;
};

struct value {
    const char *name, *unit;
    unsigned low, width;
    double scale;
    bool has_sign, has_always; // two's complement; above 255: "always"
};

// Compression tables are sections one behind the other, each with an axis of its own.
struct section {
    unsigned base, count;
    struct axis axis;
    struct value value;
};

struct l1t_lut_view {
    const char *table;
    size_t n_axes, n_values, n_sections;
    uint32_t without_ntt; // rings below it are looked up at nTT bin 0 only
    struct axis axis[L1T_LUT_VIEW_AXES];
    struct value value[L1T_LUT_VIEW_VALUES];
    struct section section[4];
};

#define BIN(low, width)                                                                            \
    {                                                                                              \
        "bin", "", low, width, 1, false, false                                                     \
    }
#define LIMIT                                                                                      \
    {                                                                                              \
        {                                                                                          \
            "limit", "GeV", 0, 9, 0.5, false, true                                                 \
        }                                                                                          \
    }
#define EG_ISOLATION                                                                               \
    {                                                                                              \
        {"ring", 9, 4, AXIS_EG_RING}, {"et", 5, 4, AXIS_EG_ET}, {"ntt", 0, 5, AXIS_EG_NTT},        \
        {                                                                                          \
            NULL, 0, 0, AXIS_NONE                                                                  \
        }                                                                                          \
    }

#define MU_MATCH(name)                                                                             \
    {                                                                                              \
        .table = (name), .n_axes = 3, .n_values = 1,                                               \
        .axis = {{"fine", 8, 1, AXIS_FLAG},                                                        \
                 {"deta", 3, 5, AXIS_MU_DETA},                                                     \
                 {"dphi", 0, 3, AXIS_MU_PHI}},                                                     \
        .value = {                                                                                 \
            {"match", "", 0, 1, 1, false, false}                                                   \
        }                                                                                          \
    }
#define MU_EXTRAPOLATION(table_name, what, unit, scale)                                            \
    {                                                                                              \
        .table = (table_name), .n_axes = 2, .n_values = 1,                                         \
        .axis = {{"|eta|", 7, 5, AXIS_MU_BIN}, {"pt", 0, 7, AXIS_MU_PT}}, .value = {               \
            {what, unit, 0, 4, scale, false, false}                                                \
        }                                                                                          \
    }
#define MU_ETA 0.010875
#define MU_PHI 0.010908307824964559 /* 2 pi / 576 */

static const struct l1t_lut_view views[] = {
    MU_MATCH("ugmt_match_ob_plus"),
    MU_MATCH("ugmt_match_ob_minus"),
    MU_MATCH("ugmt_match_oe_plus"),
    MU_MATCH("ugmt_match_oe_minus"),
    MU_MATCH("ugmt_match_oo_plus"),
    MU_MATCH("ugmt_match_oo_minus"),
    MU_MATCH("ugmt_match_ee_plus"),
    MU_MATCH("ugmt_match_ee_minus"),
    MU_EXTRAPOLATION("ugmt_eta_barrel", "deta", "", MU_ETA),
    MU_EXTRAPOLATION("ugmt_eta_overlap", "deta", "", MU_ETA),
    MU_EXTRAPOLATION("ugmt_eta_endcap", "deta", "", MU_ETA),
    MU_EXTRAPOLATION("ugmt_phi_barrel", "dphi", "rad", 4 * MU_PHI),
    MU_EXTRAPOLATION("ugmt_phi_overlap", "dphi", "rad", 4 * MU_PHI),
    MU_EXTRAPOLATION("ugmt_phi_endcap", "dphi", "rad", 4 * MU_PHI),
    {.table = "ugmt_rank",
     .n_axes = 2,
     .n_values = 1,
     .axis = {{"quality", 9, 4, AXIS_NUMBER}, {"pt", 0, 9, AXIS_MU_PT}},
     .value = {{"rank", "", 0, 10, 1, false, false}}},
    {.table = "ugmt_eta_region",
     .n_axes = 1,
     .n_values = 1,
     .axis = {{"eta", 0, 9, AXIS_MU_ETA}},
     .value = {{"region", "", 0, 5, 1, false, false}}},
    {.table = "ugmt_phi_region",
     .n_axes = 1,
     .n_values = 1,
     .axis = {{"phi", 0, 10, AXIS_MU_PHI}},
     .value = {{"region", "", 0, 6, 1, false, false}}},
    {.table = "ugmt_absolute",
     .n_axes = 1,
     .n_values = 1,
     .axis = {{"sum", 0, 5, AXIS_NUMBER}},
     .value = {{"isolated", "", 0, 1, 1, false, false}}},
    {.table = "ugmt_relative",
     .n_axes = 2,
     .n_values = 1,
     .axis = {{"sum", 9, 5, AXIS_NUMBER}, {"pt", 0, 9, AXIS_MU_PT}},
     .value = {{"isolated", "", 0, 1, 1, false, false}}},
    {.table = "egamma_compress",
     .n_axes = 2,
     .n_values = 1,
     .n_sections = 4,
     .value = {BIN(0, 12)},
     .section = {{0, 128, {"shape", 0, 7, AXIS_SHAPE}, BIN(0, 4)},
                 {128, 256, {"et", 0, 8, AXIS_ET}, BIN(4, 4)},
                 {384, 32, {"ring", 0, 5, AXIS_RING}, BIN(8, 4)},
                 {416, 256, {"ntt", 0, 8, AXIS_NTT}, BIN(0, 5)}}},
    {.table = "egamma_trimming",
     .n_axes = 2,
     .n_values = 1,
     .axis = {{"ring", 7, 5, AXIS_RING_0}, {"shape", 0, 7, AXIS_SHAPE}},
     .value = {{"kept", "", 0, 7, 1, false, false}}},
    {.table = "egamma_calibration",
     .n_axes = 3,
     .n_values = 2,
     .axis = {{"ring", 8, 4, AXIS_EG_RING}, {"et", 4, 4, AXIS_EG_ET}, {"class", 0, 4, AXIS_CLASS}},
     .value = {{"factor", "", 0, 9, 1 / 256., false, false},
               {"electron", "", 9, 1, 1, false, false}}},
    {.table = "egamma_isolation_0",
     .n_axes = 3,
     .n_values = 1,
     .axis = EG_ISOLATION,
     .value = LIMIT},
    {.table = "egamma_isolation_1",
     .n_axes = 3,
     .n_values = 1,
     .axis = EG_ISOLATION,
     .value = LIMIT},
    {.table = "tau_compress",
     .n_axes = 2,
     .n_values = 1,
     .n_sections = 3,
     .value = {BIN(0, 5)},
     .section = {{0, 32, {"ring", 0, 5, AXIS_RING}, BIN(0, 2)},
                 {32, 256, {"et", 0, 8, AXIS_ET}, BIN(0, 5)},
                 {288, 1024, {"ntt", 0, 10, AXIS_NTT}, BIN(0, 5)}}},
    {.table = "tau_calibration",
     .n_axes = 4,
     .n_values = 1,
     .axis = {{"ring", 7, 2, AXIS_TAU_RING},
              {"et", 2, 5, AXIS_TAU_ET},
              {"em", 1, 1, AXIS_FLAG},
              {"merged", 0, 1, AXIS_FLAG}},
     .value = {{"factor", "", 0, 10, 1 / 512., false, false}}},
    {.table = "tau_isolation",
     .n_axes = 3,
     .n_values = 1,
     .axis = {{"ring", 10, 2, AXIS_TAU_RING},
              {"et", 5, 5, AXIS_TAU_ET},
              {"ntt", 0, 5, AXIS_TAU_NTT}},
     .value = LIMIT},
    {.table = "sums_ntt_bin",
     .n_axes = 1,
     .n_values = 1,
     .axis = {{"ntt", 0, 8, AXIS_NTT}},
     .value = {BIN(0, 5)}},
    {.table = "sums_met_min",
     .without_ntt = 13,
     .n_axes = 2,
     .n_values = 1,
     .axis = {{"ntt", 6, 5, AXIS_EG_NTT}, {"ring", 0, 6, AXIS_RING}},
     .value = {{"threshold", "GeV", 0, 9, 0.5, false, false}}},
    {.table = "jet_pt_bin",
     .n_axes = 1,
     .n_values = 1,
     .axis = {{"et", 0, 8, AXIS_GEV}},
     .value = {BIN(0, 4)}},
    {.table = "jet_eta_bin",
     .n_axes = 1,
     .n_values = 1,
     .axis = {{"ring", 0, 6, AXIS_RING}},
     .value = {BIN(0, 4)}},
    {.table = "jet_calibration",
     .n_axes = 2,
     .n_values = 2,
     .axis = {{"ring", 4, 7, AXIS_JET_RING}, {"et", 0, 4, AXIS_JET_PT}},
     .value = {{"factor", "", 0, 10, 1 / 512., false, false},
               {"addend", "GeV", 10, 8, 0.5, true, false}}},
};

const struct l1t_lut_view *l1t_lut_view_find(const char *table)
{
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
        if (strcmp(views[i].table, table) == 0)
            return &views[i];
    return NULL;
}

size_t l1t_lut_view_axes(const struct l1t_lut_view *view)
{
    return view->n_axes;
}

const char *l1t_lut_view_axis_name(const struct l1t_lut_view *view, size_t axis)
{
    static const char *const of_sections[] = {"part", "input"};
    return view->n_sections != 0 ? of_sections[axis] : view->axis[axis].name;
}

size_t l1t_lut_view_values(const struct l1t_lut_view *view)
{
    return view->n_values;
}

const char *l1t_lut_view_value_name(const struct l1t_lut_view *view, size_t value)
{
    return view->value[value].name;
}

const char *l1t_lut_view_value_unit(const struct l1t_lut_view *view, size_t value)
{
    return view->value[value].unit;
}

static const struct section *section_of(const struct l1t_lut_view *view, uint32_t address)
{
    for (size_t i = 0; i < view->n_sections; i++)
        if (address >= view->section[i].base &&
            address - view->section[i].base < view->section[i].count)
            return &view->section[i];
    return NULL;
}

static unsigned field(uint32_t word, unsigned low, unsigned width)
{
    return word >> low & ((1u << width) - 1);
}

// ---- bins ----

// Inputs of a compression that fall into one bin: the first and the last. None: first > last.
struct inputs {
    unsigned first, last;
};

static void widen(struct inputs *in, unsigned i)
{
    in->first = i < in->first ? i : in->first;
    in->last = i > in->last ? i : in->last;
}

static struct inputs inputs_of(const struct l1t_calo_config *c, enum axis_kind kind, unsigned bin)
{
    struct inputs in = {UINT32_MAX, 0};
    const uint16_t *eg = c->egamma.compress;
    const uint8_t *tau = c->tau.compress;
    for (unsigned i = 0; i < 256; i++) {
        const unsigned eta = i & 31u;
        if ((kind == AXIS_EG_ET && eg[L1T_EGAMMA_COMPRESS_ET + i] >> 4 == bin) ||
            (kind == AXIS_EG_NTT && eg[L1T_EGAMMA_COMPRESS_NTT + i] == bin) ||
            (kind == AXIS_TAU_ET && tau[L1T_TAU_COMPRESS_ET + i] == bin) ||
            (kind == AXIS_JET_PT && c->jet.pt_bin[i] == bin))
            widen(&in, i);
        if (i < 1 || i > L1T_RINGS)
            continue;
        if ((kind == AXIS_EG_RING && i <= L1T_CLUSTER_RINGS &&
             eg[L1T_EGAMMA_COMPRESS_ETA + eta] >> 8 == bin) ||
            (kind == AXIS_TAU_RING && i <= L1T_TAU_RINGS &&
             tau[L1T_TAU_COMPRESS_ETA + eta] == bin) ||
            (kind == AXIS_JET_RING && c->jet.eta_bin[i] == bin))
            widen(&in, i);
    }
    for (unsigned i = 0; kind == AXIS_TAU_NTT && i < 1024; i++)
        if (tau[L1T_TAU_COMPRESS_NTT + i] == bin)
            widen(&in, i);
    return in;
}

static bool is_bin(enum axis_kind kind)
{
    return kind >= AXIS_EG_ET;
}

static void bin_text(const struct l1t_calo_config *config, enum axis_kind kind, unsigned bin,
                     char *text, size_t size)
{
    *text = '\0';
    if (config == NULL) {
        snprintf(text, size, "bin %u", bin);
        return;
    }
    const struct inputs in = inputs_of(config, kind, bin);
    if (in.first > in.last)
        return;
    const bool open = in.last == 255 || in.last == 1023;
    if (kind == AXIS_EG_ET || kind == AXIS_TAU_ET || kind == AXIS_JET_PT) {
        const double unit = kind == AXIS_JET_PT ? 1 : 0.5;
        if (open)
            snprintf(text, size, "from %g GeV", in.first * unit);
        else
            snprintf(text, size, "%g to %g GeV", in.first * unit, (in.last + 1) * unit);
    } else if (open) {
        snprintf(text, size, "from %u", in.first);
    } else if (in.first == in.last) {
        snprintf(text, size, "%u", in.first);
    } else {
        snprintf(text, size, "%u to %u", in.first, in.last);
    }
}

// ---- patterns ----

static void shape_text(unsigned shape, char *text, size_t size)
{
    static const char *const member[] = {"N", "S", "side", "N-corner", "S-corner", "NN", "SS"};
    snprintf(text, size, "seed");
    for (unsigned b = 0; b < 7; b++) {
        const size_t n = strlen(text);
        if ((shape >> b & 1) != 0)
            snprintf(text + n, size - n, "+%s", member[b]);
    }
}

static void muon_text(enum axis_kind kind, unsigned number, char *text, size_t size)
{
    if (kind == AXIS_MU_PT && number == 0)
        snprintf(text, size, "none");
    else if (kind == AXIS_MU_PT)
        snprintf(text, size, "%s%g GeV", number == 511 ? "from " : "", (number - 1) * 0.5);
    else if (kind == AXIS_MU_BIN)
        snprintf(text, size, "%.3f to %.3f", number * 8 * MU_ETA, (number + 1) * 8 * MU_ETA);
    else if (kind == AXIS_MU_PHI)
        snprintf(text, size, "%.4f rad", number * MU_PHI);
    else if (kind == AXIS_MU_ETA && number > 255)
        snprintf(text, size, "%.4f", ((int)number - 512) * MU_ETA);
    else
        snprintf(text, size, "%.4f", number * MU_ETA);
}

static void axis_text(const struct axis *axis, const struct l1t_calo_config *config,
                      unsigned number, char *text, size_t size)
{
    if (is_bin(axis->kind))
        bin_text(config, axis->kind, number, text, size);
    else if (axis->kind >= AXIS_MU_PT && axis->kind <= AXIS_MU_PHI)
        muon_text(axis->kind, number, text, size);
    else if (axis->kind == AXIS_ET)
        snprintf(text, size, "%g GeV", number * 0.5);
    else if (axis->kind == AXIS_GEV)
        snprintf(text, size, "%u GeV", number);
    else if (axis->kind == AXIS_SHAPE)
        shape_text(number, text, size);
    else if (axis->kind == AXIS_FLAG)
        snprintf(text, size, "%s", number != 0 ? "yes" : "no");
    else
        snprintf(text, size, "%u", number + (axis->kind == AXIS_RING_0));
}

void l1t_lut_view_axis(const struct l1t_lut_view *view, const struct l1t_calo_config *config,
                       uint32_t address, size_t axis, char *text, size_t size)
{
    const struct axis *a = &view->axis[axis];
    if (view->n_sections != 0) {
        const struct section *section = section_of(view, address);
        *text = '\0';
        if (section == NULL)
            return;
        if (axis == 0) {
            snprintf(text, size, "%s", section->axis.name);
            return;
        }
        a = &section->axis;
        address -= section->base;
    }
    axis_text(a, config, field(address, a->low, a->width), text, size);
}

double l1t_lut_view_value(const struct l1t_lut_view *view, uint32_t address, uint32_t word,
                          size_t value)
{
    const struct value *v = &view->value[value];
    if (view->n_sections != 0) {
        const struct section *section = section_of(view, address);
        if (section == NULL)
            return NAN;
        v = &section->value;
    }
    const unsigned units = field(word, v->low, v->width);
    if (v->has_always && units > 255)
        return NAN;
    const bool negative = v->has_sign && (units >> (v->width - 1) & 1) != 0;
    return v->scale * ((double)units - (negative ? (double)(1u << v->width) : 0));
}

bool l1t_lut_view_reached(const struct l1t_lut_view *view, const struct l1t_calo_config *config,
                          uint32_t address)
{
    if (view->n_sections != 0)
        return section_of(view, address) != NULL;
    if (address > 63 && (address & 63u) < view->without_ntt)
        return false;
    for (size_t i = 0; i < view->n_axes; i++) {
        const struct axis *a = &view->axis[i];
        const unsigned number = field(address, a->low, a->width);
        if (is_bin(a->kind) && config != NULL) {
            const struct inputs in = inputs_of(config, a->kind, number);
            if (in.first > in.last)
                return false;
        }
        if (a->kind == AXIS_MU_PHI && number > 575)
            return false;
        if (a->kind == AXIS_RING && a->width == 6 && (number < 1 || number > L1T_RINGS))
            return false;
    }
    return true;
}

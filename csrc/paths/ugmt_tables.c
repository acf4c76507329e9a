// SPDX-License-Identifier: GPL-3.0-or-later
// The global muon trigger's tables as the model keeps them, and our own ones from formulas
// (docs/muon.md).
#include "l1t/ugmt_tables.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define AT(member) offsetof(struct l1t_ugmt_config, member)
#define MATCH(name, at)                                                                            \
    {                                                                                              \
        name, "fine << 8 | deta << 3 | dphi -> match", 9, 1, AT(match[at]), 1                      \
    }
#define EXT_ETA(name, f)                                                                           \
    {                                                                                              \
        name, "|eta| bin, pt -> deta", 12, 4, AT(eta_extrapolation[f]), 1                          \
    }
#define EXT_PHI(name, f)                                                                           \
    {                                                                                              \
        name, "|eta| bin, pt -> dphi", 12, L1T_UGMT_PHI_DATA_BITS, AT(phi_extrapolation[f]), 1     \
    }

const struct l1t_lut_slot l1t_ugmt_luts[L1T_UGMT_LUTS] = {
    MATCH("ugmt_match_ob_plus", L1T_UGMT_MATCH_OB_PLUS),
    MATCH("ugmt_match_ob_minus", L1T_UGMT_MATCH_OB_MINUS),
    MATCH("ugmt_match_oe_plus", L1T_UGMT_MATCH_OE_PLUS),
    MATCH("ugmt_match_oe_minus", L1T_UGMT_MATCH_OE_MINUS),
    MATCH("ugmt_match_oo_plus", L1T_UGMT_MATCH_OO_PLUS),
    MATCH("ugmt_match_oo_minus", L1T_UGMT_MATCH_OO_MINUS),
    MATCH("ugmt_match_ee_plus", L1T_UGMT_MATCH_EE_PLUS),
    MATCH("ugmt_match_ee_minus", L1T_UGMT_MATCH_EE_MINUS),
    EXT_ETA("ugmt_eta_barrel", L1T_UGMT_BARREL),
    EXT_ETA("ugmt_eta_overlap", L1T_UGMT_OVERLAP),
    EXT_ETA("ugmt_eta_endcap", L1T_UGMT_ENDCAP),
    EXT_PHI("ugmt_phi_barrel", L1T_UGMT_BARREL),
    EXT_PHI("ugmt_phi_overlap", L1T_UGMT_OVERLAP),
    EXT_PHI("ugmt_phi_endcap", L1T_UGMT_ENDCAP),
    {"ugmt_rank", "quality << 9 | pt -> rank", 13, 10, AT(rank), 2},
    {"ugmt_eta_region", "eta at the vertex -> region, 0 to 27", 9, 5, AT(eta_region), 1},
    {"ugmt_phi_region", "phi at the vertex -> region, 0 to 35", 10, 6, AT(phi_region), 1},
    {"ugmt_absolute", "sum -> isolated", 5, 1, AT(absolute), 1},
    {"ugmt_relative", "sum << 9 | pt -> isolated", 14, 1, AT(relative), 1},
};

static const double eta_unit = 0.010875;
static const double two_pi = 6.283185307179586477;
static const double phi_unit = 6.283185307179586477 / L1T_UGMT_PHIS;

void l1t_ugmt_make_match(const struct l1t_ugmt_window *f, enum l1t_ugmt_match match,
                         struct l1t_ugmt_config *config)
{
    for (unsigned address = 0; address < 512; address++) {
        const double scale = address >> 8 != 0 ? f->eta_fine : f->eta_coarse;
        const double deta = scale * (address >> 3 & 31) * eta_unit;
        const double dphi = f->phi * (address & 7) * phi_unit;
        config->match[match][address] = sqrt(deta * deta + dphi * dphi) <= f->radius;
    }
}

void l1t_ugmt_make_rank(const struct l1t_ugmt_ranking *f, struct l1t_ugmt_config *config)
{
    for (unsigned quality = 0; quality < 16; quality++)
        for (unsigned pt = 0; pt < 512; pt++)
            config->rank[quality << 9 | pt] =
                (uint16_t)fmin(round(f->pt * pt + f->quality * quality), 1023);
}

// ---- extrapolation ----

enum { LARGEST = 10 }; // more than any table can hold

// Gets from (x, y), running at angle turn, to the distance r from the beam: path in the transverse
// plane.
static double path_to_radius(double x, double y, double turn, double r)
{
    const double along = x * cos(turn) + y * sin(turn);
    const double inside = along * along - (x * x + y * y) + r * r;
    return inside > 0 ? fmax(sqrt(inside) - along, 0) : 0;
}

void l1t_ugmt_bend(const struct l1t_ugmt_helix *f, unsigned finder, double pt, double eta,
                   double *deta, double *dphi)
{
    const double slope = sinh(eta);           // z per transverse path
    const double rho = pt / (0.3 * f->field); // radius of the helix in m
    const double leaves = slope > 0 ? f->coil_z / slope : INFINITY;
    const bool reaches_coil = 2 * rho > f->coil_radius;
    const double arc = reaches_coil ? 2 * rho * asin(f->coil_radius / (2 * rho)) : INFINITY;
    const double inside = fmin(arc, leaves);
    *deta = LARGEST;
    *dphi = LARGEST;
    if (isinf(inside) || inside > 3 * rho) // turned back before it left the field
        return;
    const double turn = inside / rho;
    double x = rho * sin(turn), y = rho * (1 - cos(turn));
    const double outside =
        fmin(path_to_radius(x, y, turn, f->station_radius[finder]),
             slope > 0 ? fmax(f->station_z[finder] / slope - inside, 0) : INFINITY);
    x += outside * cos(turn);
    y += outside * sin(turn);
    *dphi = atan2(y, x);
    *deta = asinh(slope * (inside + outside) / hypot(x, y)) - eta;
}

// Bin middles; pt code 1 is 0 GeV, so its middle is 0.25 GeV.
static double middle_pt(unsigned pt)
{
    return pt * 0.5 - 0.25;
}

static double middle_eta(const struct l1t_ugmt_config *config, unsigned bin)
{
    return (bin + 0.5) * (1u << config->eta_shift) * eta_unit;
}

static uint8_t angle_word(double angle, double unit)
{
    return (uint8_t)fmin(fmax(round(angle / unit), 0), 15);
}

static void make_extrapolation(const struct l1t_ugmt_helix *f, unsigned finder, bool phi,
                               struct l1t_ugmt_config *config)
{
    uint8_t *table = phi ? config->phi_extrapolation[finder] : config->eta_extrapolation[finder];
    const double unit = phi ? phi_unit * (1u << config->phi_shift) : eta_unit;
    const unsigned pts = 1u << config->pt_bits;
    memset(table, 0, 4096);
    for (unsigned address = 0; address < 4096; address++) {
        double deta, dphi;
        if (address % pts == 0) // no muon
            continue;
        l1t_ugmt_bend(f, finder, middle_pt(address % pts), middle_eta(config, address / pts), &deta,
                      &dphi);
        table[address] = angle_word(phi ? dphi : deta, unit);
    }
}

void l1t_ugmt_make_eta(const struct l1t_ugmt_helix *f, unsigned finder,
                       struct l1t_ugmt_config *config)
{
    make_extrapolation(f, finder, false, config);
}

void l1t_ugmt_make_phi(const struct l1t_ugmt_helix *f, unsigned finder,
                       struct l1t_ugmt_config *config)
{
    make_extrapolation(f, finder, true, config);
}

// ---- isolation ----

// Part of a unit, so that rounding does not decide where a region starts.
static const double edge = 1e-6;

void l1t_ugmt_make_eta_region(double eta_width, struct l1t_ugmt_config *config)
{
    for (int eta = -256; eta < 256; eta++) {
        const double region =
            floor((eta + edge) * eta_unit / eta_width) + L1T_UGMT_ETA_REGIONS / 2.0;
        config->eta_region[(unsigned)eta & 511] =
            (uint8_t)fmin(fmax(region, 0), L1T_UGMT_ETA_REGIONS - 1);
    }
}

void l1t_ugmt_make_phi_region(double phi_offset, struct l1t_ugmt_config *config)
{
    memset(config->phi_region, 0, sizeof config->phi_region);
    for (unsigned phi = 0; phi < L1T_UGMT_PHIS; phi++) {
        const double at = (phi + edge) * phi_unit - phi_offset;
        const int region = (int)floor(at / two_pi * L1T_UGMT_PHI_REGIONS);
        config->phi_region[phi] = (uint8_t)((region + L1T_UGMT_PHI_REGIONS) % L1T_UGMT_PHI_REGIONS);
    }
}

void l1t_ugmt_make_absolute(unsigned below, struct l1t_ugmt_config *config)
{
    for (unsigned sum = 0; sum < 32; sum++)
        config->absolute[sum] = sum < below;
}

void l1t_ugmt_make_relative(double ratio, struct l1t_ugmt_config *config)
{
    for (unsigned sum = 0; sum < 32; sum++)
        for (unsigned pt = 0; pt < 512; pt++)
            config->relative[sum << 9 | pt] = sum < ratio * pt || (sum == 0 && pt == 0);
}

// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Limits of cuts between objects: the physical limit is squared (or halved) in double, rounded
 * outward at a number of decimal digits, then scaled by an exact power of ten. No tolerance: 1.4
 * as the CMS editor writes it is the double above 1.4, and its deltaR limit 1961000, not 1960000.
 */
#include "gt_compile.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 uint128;

static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5};

enum l1t_gt_pair l1t_gt_pair_of(unsigned type1, unsigned type2)
{
    const bool muon1 = type1 == L1T_GT_MU, muon2 = type2 == L1T_GT_MU;
    return muon1 && muon2 ? L1T_GT_MU_MU : muon1 || muon2 ? L1T_GT_CALO_MU : L1T_GT_CALO_CALO;
}

// A whole number of 0 to 2^63, times 10^zeros; cut at the largest of 128 bits that 64 + 64 hold.
static uint128 scaled(double whole, unsigned zeros)
{
    uint128 value = whole >= 0x1p63 ? (uint128)1 << 63 : whole <= 0 ? 0 : (uint128)whole;
    for (; zeros > 0; zeros--)
        value *= 10;
    return value;
}

static uint64_t low_word(uint128 value)
{
    return value > UINT64_MAX ? UINT64_MAX : (uint64_t)value;
}

// The quantity at digits places, low end down and high end up, times 10^zeros. A high end below 0
// lets nothing pass.
static struct l1t_gt_limits limits(double low, double high, unsigned digits, unsigned zeros)
{
    const double least = floor(low * powers[digits]), most = ceil(high * powers[digits]);
    if (most < 0)
        return (struct l1t_gt_limits){1, 0};
    return (struct l1t_gt_limits){low_word(scaled(least, zeros)), low_word(scaled(most, zeros))};
}

// Squares of limits; a negative limit keeps its sign, so that it stays below everything.
static double squared(double x)
{
    return x < 0 ? -(x * x) : x * x;
}

static struct l1t_gt_limits difference(const struct l1t_gt_cut_def *cut, unsigned digits,
                                       const struct l1t_gt_digits *d)
{
    return limits(cut->minimum, cut->maximum, digits, d->delta - digits);
}

static struct l1t_gt_limits radius(const struct l1t_gt_cut_def *cut, unsigned digits,
                                   const struct l1t_gt_digits *d)
{
    return limits(squared(cut->minimum), squared(cut->maximum), digits, 2 * d->delta - digits);
}

static enum l1t_err charge(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                           struct l1t_gt_cuts *cuts)
{
    if (strcmp(cut->data, "ls") == 0)
        cuts->which |= L1T_GT_CUT_LIKE_SIGN;
    else if (strcmp(cut->data, "os") == 0)
        cuts->which |= L1T_GT_CUT_OPPOSITE_SIGN;
    else
        return L1T_GT_REFUSE(c, "cut '%s': '%.40s'; expected ls (like sign) or os (opposite sign)",
                             cut->name, cut->data);
    return L1T_OK;
}

enum l1t_err l1t_gt_make_limits(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                                const struct l1t_gt_digits *d, struct l1t_gt_cuts *cuts)
{
    const double low2 = squared(cut->minimum), high2 = squared(cut->maximum);
    const unsigned mass_zeros = 2 * d->mass_pt + d->math - d->mass;
    switch (cut->type) {
    case L1T_GT_C_DETA:
    case L1T_GT_C_ORMDETA:
        cuts->which |= L1T_GT_CUT_DETA;
        cuts->deta = difference(cut, cut->type == L1T_GT_C_DETA ? d->delta : d->overlap, d);
        return L1T_OK;
    case L1T_GT_C_DPHI:
    case L1T_GT_C_ORMDPHI:
        cuts->which |= L1T_GT_CUT_DPHI;
        cuts->dphi = difference(cut, cut->type == L1T_GT_C_DPHI ? d->delta : d->overlap, d);
        return L1T_OK;
    case L1T_GT_C_DR:
    case L1T_GT_C_ORMDR:
        cuts->which |= L1T_GT_CUT_DR;
        cuts->dr2 = radius(cut, cut->type == L1T_GT_C_DR ? d->delta : d->overlap, d);
        return L1T_OK;
    case L1T_GT_C_MASS:
    case L1T_GT_C_MASSUPT:
        cuts->which |= cut->type == L1T_GT_C_MASSUPT ? L1T_GT_CUT_MASS_UPT : L1T_GT_CUT_MASS;
        cuts->mass = limits(low2 / 2, high2 / 2, d->mass, mass_zeros);
        return L1T_OK;
    case L1T_GT_C_MASSDR: {
        const uint128 low = scaled(floor(low2 / 2 * powers[d->mass]), mass_zeros + d->inv);
        cuts->which |= L1T_GT_CUT_MASS_DR;
        cuts->mass_dr_low[0] = (uint64_t)low;
        cuts->mass_dr_low[1] = (uint64_t)(low >> 64);
        return L1T_OK;
    }
    case L1T_GT_C_TBPT:
        cuts->which |= L1T_GT_CUT_TBPT;
        cuts->tbpt2_low = limits(low2, 0, d->tbpt, 2 * d->mass_pt + 2 * d->tbpt_math - d->tbpt).low;
        return L1T_OK;
    case L1T_GT_C_CHGCOR:
        return charge(c, cut, cuts);
    default:
        return L1T_GT_REFUSE(c, "cut '%s' is for one object, not between objects", cut->name);
    }
}

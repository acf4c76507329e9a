// SPDX-License-Identifier: Apache-2.0
// The integer arithmetic between objects. Differences are taken on one grid, tables turn them into
// physical units, and products are compared with limits that were scaled by powers of ten: nothing
// is rounded after the tables.
//
// Source: docs/gt.md, "Integer arithmetic"
#include "l1t_gt_cuts.h"
#include "../l1t_fixed.h"

// M^2/2 over deltaR^2 needs up to 83 bits.
__extension__ typedef unsigned __int128 wide;

enum { CALO_HALF_TURN = 72, MUON_HALF_TURN = 288 };

// ---- coordinates ----

// A calorimeter object beside a muon moves to the muon's grid: four times finer, bin centres.
static int on_grid(unsigned pair, struct l1t_gt_pick pick, int code)
{
    return pair == L1T_GT_CALO_MU && pick.type != L1T_GT_MU ? 4 * code + 2 : code;
}

static int eta_of(unsigned pair, struct l1t_gt_pick pick)
{
    return on_grid(pair, pick, pick.object->eta);
}

static int phi_of(unsigned pair, struct l1t_gt_pick pick)
{
    return on_grid(pair, pick, pick.object->phi);
}

static unsigned distance(int a, int b)
{
    return (unsigned)(a < b ? b - a : a - b);
}

static unsigned around_turn(unsigned difference, unsigned half)
{
    return difference < half ? difference : 2 * half - difference;
}

static unsigned eta_bins(unsigned pair, struct l1t_gt_pick a, struct l1t_gt_pick b)
{
    return distance(eta_of(pair, a), eta_of(pair, b));
}

static unsigned phi_bins(unsigned pair, struct l1t_gt_pick a, struct l1t_gt_pick b)
{
    return around_turn(distance(phi_of(pair, a), phi_of(pair, b)),
                       pair == L1T_GT_CALO_CALO ? CALO_HALF_TURN : MUON_HALF_TURN);
}

// ---- tables: beyond the end is the last entry ----

static uint32_t entry(uint32_t at, uint32_t n)
{
    return at < n ? at : n - 1;
}

static uint64_t pt_of(const struct l1t_gt_tables *tables, struct l1t_gt_pick pick)
{
    return tables->pt[pick.type][entry(pick.object->et, tables->n_pt[pick.type])];
}

static uint64_t upt_of(const struct l1t_gt_tables *tables, struct l1t_gt_pick pick)
{
    return tables->upt[entry(pick.object->upt, tables->n_upt)];
}

uint64_t l1t_gt_deta(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                     struct l1t_gt_pick b)
{
    const struct l1t_gt_pair_tables *t = &tables->pair[pair];
    return t->deta[entry(eta_bins(pair, a, b), t->n_eta)];
}

uint64_t l1t_gt_dphi(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                     struct l1t_gt_pick b)
{
    const struct l1t_gt_pair_tables *t = &tables->pair[pair];
    return t->dphi[entry(phi_bins(pair, a, b), t->n_phi)];
}

uint64_t l1t_gt_dr2(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                    struct l1t_gt_pick b)
{
    const uint64_t deta = l1t_gt_deta(tables, pair, a, b);
    const uint64_t dphi = l1t_gt_dphi(tables, pair, a, b);
    return deta * deta + dphi * dphi;
}

// ---- masses ----

static int64_t cos_dphi(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                        struct l1t_gt_pick b)
{
    const struct l1t_gt_pair_tables *t = &tables->pair[pair];
    return t->cos[entry(phi_bins(pair, a, b), t->n_phi)];
}

// cosh(deta) - cos(dphi), which is never negative.
static uint64_t opening(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                        struct l1t_gt_pick b)
{
    const struct l1t_gt_pair_tables *t = &tables->pair[pair];
    const int64_t cosh_deta = t->cosh[entry(eta_bins(pair, a, b), t->n_eta)];
    return (uint64_t)(cosh_deta - cos_dphi(tables, pair, a, b));
}

uint64_t l1t_gt_mass(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                     struct l1t_gt_pick b)
{
    return pt_of(tables, a) * pt_of(tables, b) * opening(tables, pair, a, b);
}

uint64_t l1t_gt_mass_t(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                       struct l1t_gt_pick b)
{
    const int64_t one = tables->pair[pair].mass_t_one;
    return pt_of(tables, a) * pt_of(tables, b) * (uint64_t)(one - cos_dphi(tables, pair, a, b));
}

uint64_t l1t_gt_mass_upt(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                         struct l1t_gt_pick b)
{
    return upt_of(tables, a) * upt_of(tables, b) * opening(tables, pair, a, b);
}

uint64_t l1t_gt_mass_3(const struct l1t_gt_tables *tables, unsigned pair,
                       const struct l1t_gt_pick *picks)
{
    return l1t_gt_mass(tables, pair, picks[0], picks[1]) +
           l1t_gt_mass(tables, pair, picks[0], picks[2]) +
           l1t_gt_mass(tables, pair, picks[1], picks[2]);
}

// Muons enter deltaR^2 of this cut, and of this cut only, at half resolution.
void l1t_gt_mass_dr(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                    struct l1t_gt_pick b, uint64_t ratio[2])
{
    const struct l1t_gt_pair_tables *t = &tables->pair[pair];
    unsigned deta = eta_bins(pair, a, b), dphi = phi_bins(pair, a, b);
    if (pair == L1T_GT_MU_MU) {
        deta = distance((int)l1t_shr(a.object->eta, 1), (int)l1t_shr(b.object->eta, 1));
        dphi = around_turn(distance(a.object->phi / 2, b.object->phi / 2), MUON_HALF_TURN / 2);
    }
    ratio[0] = ratio[1] = UINT64_MAX;
    if (deta == 0 && dphi == 0)
        return;
    const uint64_t inverse =
        t->inv_dr2[(size_t)entry(deta, t->n_inv_eta) * t->n_inv_phi + entry(dphi, t->n_inv_phi)];
    const wide product = (wide)l1t_gt_mass(tables, pair, a, b) * inverse;
    ratio[0] = (uint64_t)product;
    ratio[1] = (uint64_t)(product >> 64);
}

uint64_t l1t_gt_tbpt2(const struct l1t_gt_tables *tables, unsigned pair, struct l1t_gt_pick a,
                      struct l1t_gt_pick b)
{
    const struct l1t_gt_pair_tables *t = &tables->pair[pair];
    const uint32_t i = entry((uint32_t)phi_of(pair, a), t->n_trig);
    const uint32_t j = entry((uint32_t)phi_of(pair, b), t->n_trig);
    const int64_t pt_a = (int64_t)pt_of(tables, a), pt_b = (int64_t)pt_of(tables, b);
    const int64_t scalar =
        (int64_t)t->cos_phi[i] * t->cos_phi[j] + (int64_t)t->sin_phi[i] * t->sin_phi[j];
    const int64_t sum =
        (pt_a * pt_a + pt_b * pt_b) * (int64_t)t->tbpt_scale + 2 * pt_a * pt_b * scalar;
    // Rounded cosines of back-to-back objects may leave less than nothing.
    return sum > 0 ? (uint64_t)sum : 0;
}

// ---- cuts ----

static bool within(uint64_t value, struct l1t_gt_limits limits)
{
    return limits.low <= value && value <= limits.high;
}

static bool at_least(const uint64_t value[2], const uint64_t low[2])
{
    return value[1] != low[1] ? value[1] > low[1] : value[0] >= low[0];
}

bool l1t_gt_charges_hold(uint32_t which, const struct l1t_gt_pick *picks, size_t n)
{
    if ((which & (L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN)) == 0)
        return true;
    bool alike = true;
    for (size_t i = 0; i < n; i++) {
        if ((picks[i].object->charge & L1T_GT_SIGN_VALID) == 0)
            return false;
        alike = alike && picks[i].object->charge == picks[0].object->charge;
    }
    return ((which & L1T_GT_CUT_LIKE_SIGN) == 0 || alike) &&
           ((which & L1T_GT_CUT_OPPOSITE_SIGN) == 0 || !alike);
}

static bool distances_hold(const struct l1t_gt_tables *tables, unsigned pair,
                           const struct l1t_gt_cuts *cuts, struct l1t_gt_pick a,
                           struct l1t_gt_pick b)
{
    const uint32_t which = cuts->which;
    return ((which & L1T_GT_CUT_DETA) == 0 ||
            within(l1t_gt_deta(tables, pair, a, b), cuts->deta)) &&
           ((which & L1T_GT_CUT_DPHI) == 0 ||
            within(l1t_gt_dphi(tables, pair, a, b), cuts->dphi)) &&
           ((which & L1T_GT_CUT_DR) == 0 || within(l1t_gt_dr2(tables, pair, a, b), cuts->dr2));
}

static bool masses_hold(const struct l1t_gt_tables *tables, unsigned pair,
                        const struct l1t_gt_cuts *cuts, const struct l1t_gt_pick *picks, size_t n)
{
    const uint32_t which = cuts->which;
    const struct l1t_gt_pick a = picks[0], b = picks[1];
    uint64_t ratio[2];
    if ((which & L1T_GT_CUT_MASS) != 0 &&
        !within(n == 3 ? l1t_gt_mass_3(tables, pair, picks) : l1t_gt_mass(tables, pair, a, b),
                cuts->mass))
        return false;
    if ((which & L1T_GT_CUT_MASS_T) != 0 && !within(l1t_gt_mass_t(tables, pair, a, b), cuts->mass))
        return false;
    if ((which & L1T_GT_CUT_MASS_UPT) != 0 &&
        !within(l1t_gt_mass_upt(tables, pair, a, b), cuts->mass))
        return false;
    if ((which & L1T_GT_CUT_MASS_DR) == 0)
        return true;
    l1t_gt_mass_dr(tables, pair, a, b, ratio);
    return at_least(ratio, cuts->mass_dr_low);
}

bool l1t_gt_cuts_hold(const struct l1t_gt_tables *tables, unsigned pair,
                      const struct l1t_gt_cuts *cuts, const struct l1t_gt_pick *picks, size_t n)
{
    if (!l1t_gt_charges_hold(cuts->which, picks, n))
        return false;
    return n < 2 || (distances_hold(tables, pair, cuts, picks[0], picks[1]) &&
                     masses_hold(tables, pair, cuts, picks, n) &&
                     ((cuts->which & L1T_GT_CUT_TBPT) == 0 ||
                      l1t_gt_tbpt2(tables, pair, picks[0], picks[1]) >= cuts->tbpt2_low));
}

bool l1t_gt_overlaps(const struct l1t_gt_tables *tables, unsigned pair,
                     const struct l1t_gt_cuts *cuts, struct l1t_gt_pick a, struct l1t_gt_pick b)
{
    const uint32_t which = cuts->which;
    return ((which & L1T_GT_CUT_DETA) != 0 &&
            within(l1t_gt_deta(tables, pair, a, b), cuts->deta)) ||
           ((which & L1T_GT_CUT_DPHI) != 0 &&
            within(l1t_gt_dphi(tables, pair, a, b), cuts->dphi)) ||
           ((which & L1T_GT_CUT_DR) != 0 && within(l1t_gt_dr2(tables, pair, a, b), cuts->dr2));
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is measured between the objects in two slots, crossing by crossing, in the integer units of
 * struct l1t_gt_limits. Sums are taken modulo 2^64 as the interpreter does.
 */
#ifndef L1T_GT_BATCH_QUANTITY_H
#define L1T_GT_BATCH_QUANTITY_H

#include "l1t_gt_batch_internal.h"

/* M^2/2 over deltaR^2 needs up to 83 bits. */
__extension__ typedef unsigned __int128 l1t_gt_wide;

enum { L1T_GT_CALO_HALF_TURN = 72, L1T_GT_MUON_HALF_TURN = 288 };

struct l1t_gt_side l1t_gt_side_of(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                                  unsigned pair, unsigned type, int bx, unsigned slot);

/*
 * Where a part that is compared crossing by crossing holds, added to is; only crossings of the mask
 * are looked at.
 */
void l1t_gt_batch_compare(const struct l1t_gt_view *view, unsigned kind,
                          struct l1t_gt_limits limits, const struct l1t_gt_mask *mask,
                          struct l1t_gt_mask *is);
/* The same for any part of a group of DETA, DPHI and DR, from the columns of two slots. */
void l1t_gt_batch_overlaps(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                           const struct l1t_gt_plan_group *group, const unsigned slot[2],
                           const struct l1t_gt_mask *mask, struct l1t_gt_mask *is);
/* Ranks of a shared quantity, in the crossings of a mask. */
void l1t_gt_batch_rank(const struct l1t_gt_view *view, unsigned q, const uint64_t *bound,
                       uint32_t half, const struct l1t_gt_mask *mask, uint16_t *ranks);

/* Beyond the end of a table is its last entry. */
static inline uint32_t l1t_gt_entry(uint32_t at, uint32_t n)
{
    return at < n ? at : n - 1;
}

static inline int l1t_gt_on_grid(const struct l1t_gt_side *side, int code)
{
    return side->to_muon_grid ? 4 * code + 2 : code;
}

static inline uint32_t l1t_gt_distance(int a, int b)
{
    return (uint32_t)(a < b ? b - a : a - b);
}

static inline uint32_t l1t_gt_turn(uint32_t difference, uint32_t half)
{
    return difference < half ? difference : 2 * half - difference;
}

static inline uint64_t l1t_gt_pt_at(const struct l1t_gt_side *side, unsigned at)
{
    return side->pt[l1t_gt_entry(side->et[at], side->n_pt)];
}

static inline int l1t_gt_eta_at(const struct l1t_gt_side *side, unsigned at)
{
    return l1t_gt_on_grid(side, (int16_t)side->eta[at]);
}

static inline int l1t_gt_phi_at(const struct l1t_gt_side *side, unsigned at)
{
    return l1t_gt_on_grid(side, side->phi[at]);
}

static inline uint64_t l1t_gt_deta_at(const struct l1t_gt_view *v, unsigned at)
{
    return v->tables->deta[v->deta[at]];
}

static inline uint64_t l1t_gt_dphi_at(const struct l1t_gt_view *v, unsigned at)
{
    return v->tables->dphi[v->dphi[at]];
}

static inline uint64_t l1t_gt_dr2_at(const struct l1t_gt_view *v, unsigned at)
{
    const uint64_t deta = l1t_gt_deta_at(v, at), dphi = l1t_gt_dphi_at(v, at);
    return deta * deta + dphi * dphi;
}

/* cosh(deta) - cos(dphi) */
static inline uint64_t l1t_gt_opening_at(const struct l1t_gt_view *v, unsigned at)
{
    return (uint64_t)((int64_t)v->tables->cosh[v->deta[at]] - v->tables->cos[v->dphi[at]]);
}

static inline uint64_t l1t_gt_mass_at(const struct l1t_gt_view *v, unsigned at)
{
    return l1t_gt_pt_at(&v->side[0], at) * l1t_gt_pt_at(&v->side[1], at) * l1t_gt_opening_at(v, at);
}

static inline uint64_t l1t_gt_mass_t_at(const struct l1t_gt_view *v, unsigned at)
{
    const int64_t opening = (int64_t)v->tables->mass_t_one - v->tables->cos[v->dphi[at]];
    return l1t_gt_pt_at(&v->side[0], at) * l1t_gt_pt_at(&v->side[1], at) * (uint64_t)opening;
}

static inline uint64_t l1t_gt_mass_upt_at(const struct l1t_gt_view *v, unsigned at)
{
    const uint64_t a = v->upt[l1t_gt_entry(v->side[0].upt[at], v->n_upt)];
    const uint64_t b = v->upt[l1t_gt_entry(v->side[1].upt[at], v->n_upt)];
    return a * b * l1t_gt_opening_at(v, at);
}

/* Is the mass over deltaR enough? Muons enter deltaR at half resolution; no distance is enough. */
static inline uint64_t l1t_gt_mass_dr_at(const struct l1t_gt_view *v, unsigned at)
{
    const struct l1t_gt_side *a = &v->side[0], *b = &v->side[1];
    const bool halve = v->pair == L1T_GT_MU_MU;
    const uint32_t half =
        v->pair == L1T_GT_CALO_CALO ? L1T_GT_CALO_HALF_TURN : L1T_GT_MUON_HALF_TURN;
    int eta[2] = {l1t_gt_eta_at(a, at), l1t_gt_eta_at(b, at)};
    int phi[2] = {l1t_gt_phi_at(a, at), l1t_gt_phi_at(b, at)};
    for (unsigned i = 0; halve && i < 2; i++) {
        eta[i] = (eta[i] - (eta[i] < 0)) / 2;
        phi[i] /= 2;
    }
    const uint32_t deta = l1t_gt_distance(eta[0], eta[1]);
    const uint32_t dphi = l1t_gt_turn(l1t_gt_distance(phi[0], phi[1]), halve ? half / 2 : half);
    if (deta == 0 && dphi == 0)
        return 1;
    const struct l1t_gt_pair_tables *t = v->tables;
    const uint64_t inverse = t->inv_dr2[(size_t)l1t_gt_entry(deta, t->n_inv_eta) * t->n_inv_phi +
                                        l1t_gt_entry(dphi, t->n_inv_phi)];
    const l1t_gt_wide ratio = (l1t_gt_wide)l1t_gt_mass_at(v, at) * inverse;
    return ratio >= ((l1t_gt_wide)v->ratio_low[1] << 64 | v->ratio_low[0]);
}

static inline uint64_t l1t_gt_tbpt2_at(const struct l1t_gt_view *v, unsigned at)
{
    const struct l1t_gt_pair_tables *t = v->tables;
    const struct l1t_gt_side *a = &v->side[0], *b = &v->side[1];
    const uint32_t i = l1t_gt_entry((uint32_t)l1t_gt_phi_at(a, at), t->n_trig);
    const uint32_t j = l1t_gt_entry((uint32_t)l1t_gt_phi_at(b, at), t->n_trig);
    const int64_t pt_a = (int64_t)l1t_gt_pt_at(a, at), pt_b = (int64_t)l1t_gt_pt_at(b, at);
    const int64_t scalar =
        (int64_t)t->cos_phi[i] * t->cos_phi[j] + (int64_t)t->sin_phi[i] * t->sin_phi[j];
    const int64_t sum =
        (pt_a * pt_a + pt_b * pt_b) * (int64_t)t->tbpt_scale + 2 * pt_a * pt_b * scalar;
    return sum > 0 ? (uint64_t)sum : 0;
}

#endif

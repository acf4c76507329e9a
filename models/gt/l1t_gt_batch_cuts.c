// SPDX-License-Identifier: Apache-2.0
// Cuts between the objects in two slots. Distances in bins are made for all crossings at once, and
// a cut on one of them is a window of bins. Everything else is made only in crossings where the
// legs and the cheaper cuts passed, and at most once for all conditions of a group.
#include "l1t_gt_batch_quantity.h"

// Not static: cloned functions need symbols of their own.
void l1t_gt_batch_deta(const uint16_t *restrict a, const uint16_t *restrict b, unsigned scale_a,
                       unsigned scale_b, uint16_t last, uint16_t *restrict bins);
void l1t_gt_batch_dphi(const uint16_t *restrict a, const uint16_t *restrict b, unsigned scale_a,
                       unsigned scale_b, uint16_t half, uint16_t last, uint16_t *restrict bins);

// A scale of 4 is to the muon's grid, 4 * code + 2; of 1, as it is.
__attribute__((always_inline)) static inline uint16_t difference(uint16_t a, uint16_t b,
                                                                 unsigned scale_a, unsigned scale_b)
{
    const uint16_t times_a = (uint16_t)scale_a, times_b = (uint16_t)scale_b;
    const uint16_t shift = (uint16_t)(scale_a / 2 - scale_b / 2);
    const int16_t d = (int16_t)(a * times_a - b * times_b + shift);
    return (uint16_t)(d < 0 ? -d : d);
}

__attribute__((always_inline)) static inline void eta_bins(const uint16_t *restrict a,
                                                           const uint16_t *restrict b,
                                                           unsigned scale_a, unsigned scale_b,
                                                           uint16_t last, uint16_t *restrict bins)
{
    for (unsigned i = 0; i < L1T_GT_BATCH; i++) {
        const uint16_t size = difference(a[i], b[i], scale_a, scale_b);
        bins[i] = size < last ? size : last;
    }
}

__attribute__((always_inline)) static inline void
phi_bins(const uint16_t *restrict a, const uint16_t *restrict b, unsigned scale_a, unsigned scale_b,
         uint16_t half, uint16_t last, uint16_t *restrict bins)
{
    for (unsigned i = 0; i < L1T_GT_BATCH; i++) {
        const uint16_t size = difference(a[i], b[i], scale_a, scale_b);
        const uint16_t other = (uint16_t)(2 * half - size);
        const uint16_t around = size < other ? size : other;
        bins[i] = around < last ? around : last;
    }
}

L1T_TARGET_CLONES void l1t_gt_batch_deta(const uint16_t *restrict a, const uint16_t *restrict b,
                                         unsigned scale_a, unsigned scale_b, uint16_t last,
                                         uint16_t *restrict bins)
{
    if (scale_a == scale_b) // then both are 1
        eta_bins(a, b, 1, 1, last, bins);
    else
        eta_bins(a, b, scale_a, scale_b, last, bins);
}

L1T_TARGET_CLONES void l1t_gt_batch_dphi(const uint16_t *restrict a, const uint16_t *restrict b,
                                         unsigned scale_a, unsigned scale_b, uint16_t half,
                                         uint16_t last, uint16_t *restrict bins)
{
    if (scale_a == scale_b)
        phi_bins(a, b, 1, 1, half, last, bins);
    else
        phi_bins(a, b, scale_a, scale_b, half, last, bins);
}

// ---- a pair of slots ----

void l1t_gt_pairs_begin(struct l1t_gt_pair_of_slots *pair, const struct l1t_gt_plan *plan,
                        const struct l1t_gt_space *space, const struct l1t_gt_plan_group *group)
{
    *pair = (struct l1t_gt_pair_of_slots){.plan = plan, .space = space, .group = group};
    for (uint32_t i = 0; i < group->n_parts; i++)
        space->part_made[i] = 0;
}

void l1t_gt_pair_set(struct l1t_gt_pair_of_slots *pair, unsigned a, unsigned b)
{
    pair->slot[0] = a;
    pair->slot[1] = b;
    pair->distances = pair->above = pair->below = false;
    pair->number++;
    for (unsigned q = 0; q < L1T_GT_SHARED; q++)
        l1t_gt_mask_fill(&pair->have[q], false);
}

// In another crossing of one that stands alone there is nothing.
static const uint16_t *column_or_null(const struct l1t_gt_plan *plan,
                                      const struct l1t_gt_space *space, unsigned type,
                                      unsigned field, unsigned slot, int bx)
{
    if (plan->column[type][field] == L1T_GT_NO_COLUMN)
        return NULL;
    return space->lone && bx != 0 ? space->absent
                                  : l1t_gt_column(plan, space, type, field, slot, bx);
}

struct l1t_gt_side l1t_gt_side_of(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                                  unsigned pair, unsigned type, int bx, unsigned slot)
{
    const struct l1t_gt_tables *tables = &plan->code->tables;
    return (struct l1t_gt_side){
        .et = column_or_null(plan, space, type, L1T_GT_ET, slot, bx),
        .eta = column_or_null(plan, space, type, L1T_GT_ETA, slot, bx),
        .phi = column_or_null(plan, space, type, L1T_GT_PHI, slot, bx),
        .upt = column_or_null(plan, space, type, L1T_GT_UPT, slot, bx),
        .pt = tables->pt[type],
        .n_pt = tables->n_pt[type],
        .to_muon_grid = pair == L1T_GT_CALO_MU && type != L1T_GT_MU,
    };
}

static struct l1t_gt_view view_of(const struct l1t_gt_pair_of_slots *pair)
{
    const struct l1t_gt_plan_group *g = pair->group;
    const struct l1t_gt_tables *tables = &pair->plan->code->tables;
    struct l1t_gt_view view = {
        .tables = &tables->pair[g->pair],
        .upt = tables->upt,
        .n_upt = tables->n_upt,
        .deta = pair->space->deta,
        .dphi = pair->space->dphi,
        .pair = g->pair,
    };
    for (unsigned k = 0; k < 2; k++)
        view.side[k] =
            l1t_gt_side_of(pair->plan, pair->space, g->pair, g->type[k], g->bx[k], pair->slot[k]);
    return view;
}

// Last bin that 16 bits can name.
static uint16_t last_bin(uint32_t n)
{
    return (uint16_t)(n - 1 < UINT16_MAX ? n - 1 : UINT16_MAX);
}

static void make_distances(struct l1t_gt_pair_of_slots *pair)
{
    if (pair->distances)
        return;
    pair->view = view_of(pair);
    const struct l1t_gt_view *v = &pair->view;
    const struct l1t_gt_side *a = &v->side[0], *b = &v->side[1];
    const unsigned scale_a = a->to_muon_grid ? 4 : 1, scale_b = b->to_muon_grid ? 4 : 1;
    const uint16_t half =
        v->pair == L1T_GT_CALO_CALO ? L1T_GT_CALO_HALF_TURN : L1T_GT_MUON_HALF_TURN;
    if (pair->group->eta && a->eta != NULL && b->eta != NULL)
        l1t_gt_batch_deta(a->eta, b->eta, scale_a, scale_b, last_bin(v->tables->n_eta),
                          pair->space->deta);
    if (pair->group->phi && a->phi != NULL && b->phi != NULL)
        l1t_gt_batch_dphi(a->phi, b->phi, scale_a, scale_b, half, last_bin(v->tables->n_phi),
                          pair->space->dphi);
    pair->distances = true;
}

// ---- parts ----

static unsigned quantity_of(unsigned kind)
{
    switch (kind) {
    case L1T_GT_PART_DR:
        return L1T_GT_DR2;
    case L1T_GT_PART_MASS:
        return L1T_GT_MASS;
    case L1T_GT_PART_MASS_T:
        return L1T_GT_MASS_T;
    default:
        return L1T_GT_MASS_UPT;
    }
}

static void compare_signs(const struct l1t_gt_pair_of_slots *pair, bool alike,
                          struct l1t_gt_mask *is)
{
    const struct l1t_gt_plan_group *g = pair->group;
    const struct l1t_gt_mask *sign[2][2];
    for (unsigned k = 0; k < 2; k++)
        for (unsigned s = 0; s < 2; s++)
            sign[k][s] = l1t_gt_leg_masks(pair->plan, pair->space, g->sign[k][s]) + pair->slot[k];
    l1t_gt_mask_fill(is, false);
    l1t_gt_mask_or_and(is, sign[0][0], sign[1][alike ? 0 : 1]);
    l1t_gt_mask_or_and(is, sign[0][1], sign[1][alike ? 1 : 0]);
}

enum {
    SOME = 8, // crossings; more of them pay for logarithms
    FEW = 32  // more of them pay for two comparisons of all
};

L1T_TARGET_CLONES unsigned l1t_gt_batch_count(const struct l1t_gt_mask *mask)
{
    unsigned n = 0;
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++)
        n += (unsigned)__builtin_popcountll(mask->word[w]);
    return n;
}

// A part that all crossings are compared for at once.
static bool compare_all(const struct l1t_gt_pair_of_slots *pair,
                        const struct l1t_gt_plan_part *part, struct l1t_gt_mask *is)
{
    switch (part->kind) {
    case L1T_GT_PART_LIKE_SIGN:
    case L1T_GT_PART_OPPOSITE_SIGN:
        compare_signs(pair, part->kind == L1T_GT_PART_LIKE_SIGN, is);
        return true;
    case L1T_GT_PART_DETA:
    case L1T_GT_PART_DPHI:
        if (!part->is_range)
            return false;
        l1t_gt_batch_range(part->kind == L1T_GT_PART_DETA ? pair->space->deta : pair->space->dphi,
                           part->low, part->span, is);
        return true;
    default:
        return false;
    }
}

// Crossings that may pass a cut on deltaR by each of its distances alone.
static void keep_near(const struct l1t_gt_pair_of_slots *pair, const struct l1t_gt_plan_part *part,
                      struct l1t_gt_mask *mask)
{
    struct l1t_gt_mask near;
    l1t_gt_batch_range(pair->space->dphi, 0, part->phi_last, &near);
    l1t_gt_mask_and(mask, &near);
    l1t_gt_batch_range(pair->space->deta, 0, part->eta_last, &near);
    l1t_gt_mask_and(mask, &near);
}

// A limit on a quantity that others in the group ask for too.
static void compare_ranks(struct l1t_gt_pair_of_slots *pair, const struct l1t_gt_plan_part *part,
                          const struct l1t_gt_mask *need, struct l1t_gt_mask *is)
{
    const unsigned q = quantity_of(part->kind);
    const struct l1t_gt_plan_bounds bounds = pair->group->bounds[q];
    struct l1t_gt_mask missing = *need, inside;
    l1t_gt_mask_without(&missing, &pair->have[q]);
    l1t_gt_mask_or(&pair->have[q], &missing);
    l1t_gt_batch_rank(&pair->view, q, &pair->plan->bound[bounds.first], bounds.half, &missing,
                      pair->space->rank[q]);
    l1t_gt_batch_range(pair->space->rank[q], part->low, part->span, &inside);
    l1t_gt_mask_or_and(is, &inside, need);
}

// Where a part holds, right in the crossings of a mask at least.
static const struct l1t_gt_mask *make_part(struct l1t_gt_pair_of_slots *pair, unsigned number,
                                           const struct l1t_gt_mask *mask)
{
    const struct l1t_gt_plan_part *part = &pair->plan->part[pair->group->first_part + number];
    struct l1t_gt_mask *have = &pair->space->part_have[number];
    struct l1t_gt_mask *is = &pair->space->part_is[number];
    if (pair->space->part_made[number] != pair->number) {
        pair->space->part_made[number] = pair->number;
        l1t_gt_mask_fill(have, false);
        l1t_gt_mask_fill(is, false);
        if (part->kind == L1T_GT_PART_MASS && pair->group->logs &&
            l1t_gt_batch_count(mask) > SOME) {
            make_distances(pair);
            l1t_gt_batch_rule_out(pair, part, have);
        }
    }
    struct l1t_gt_mask need = *mask;
    l1t_gt_mask_without(&need, have);
    if (!l1t_gt_mask_any(&need))
        return is;
    make_distances(pair);
    if (compare_all(pair, part, is)) {
        l1t_gt_mask_fill(have, true);
        return is;
    }
    l1t_gt_mask_or(have, &need);
    if (part->kind == L1T_GT_PART_DR && l1t_gt_batch_count(&need) > FEW)
        keep_near(pair, part, &need);
    pair->view.ratio_low = part->ratio_low;
    if (part->alone)
        l1t_gt_batch_compare(&pair->view, part->kind, part->limits, &need, is);
    else
        compare_ranks(pair, part, &need, is);
    return is;
}

bool l1t_gt_pair_cut(struct l1t_gt_pair_of_slots *pair, const uint16_t *cut, size_t n,
                     struct l1t_gt_mask *mask)
{
    for (size_t i = 0; i < n; i++) {
        l1t_gt_mask_and(mask, make_part(pair, cut[i], mask));
        if (!l1t_gt_mask_any(mask))
            return false;
    }
    return true;
}

void l1t_gt_pair_any(struct l1t_gt_pair_of_slots *pair, const struct l1t_gt_mask *mask,
                     struct l1t_gt_mask *any)
{
    l1t_gt_mask_fill(any, false);
    for (uint32_t i = 0; i < pair->group->n_parts; i++) {
        struct l1t_gt_mask left = *mask;
        l1t_gt_mask_without(&left, any);
        if (!l1t_gt_mask_any(&left))
            return;
        l1t_gt_mask_and(&left, make_part(pair, i, &left));
        l1t_gt_mask_or(any, &left);
    }
}

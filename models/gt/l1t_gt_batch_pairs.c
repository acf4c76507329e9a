// SPDX-License-Identifier: Apache-2.0
// Conditions on pairs of objects, a group at a time: for each pair of slots, each condition of the
// group looks at the crossings where its legs pass and where it has not fired yet. Cuts are
// symmetric, so objects of one list are paired once, whichever leg each serves.
#include "l1t_gt_batch_quantity.h"

struct reach {
    unsigned a, b; // slots
};

static struct reach reach_of(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                             const struct l1t_gt_plan_group *group)
{
    struct reach reach = {0, 0};
    for (uint32_t i = 0; i < group->n_members; i++) {
        const struct l1t_gt_plan_member *m = &plan->member[group->first_member + i];
        const unsigned a = space->leg_slots[m->leg[0]], b = space->leg_slots[m->leg[1]];
        if (a == 0 || b == 0)
            continue;
        reach.a = a > reach.a ? a : reach.a;
        reach.b = b > reach.b ? b : reach.b;
    }
    if (group->same)
        reach.a = reach.b = reach.a > reach.b ? reach.a : reach.b;
    return reach;
}

// Crossings of a pair of slots that a condition still looks at; false: none.
bool l1t_gt_batch_pair_legs(const struct l1t_gt_mask *restrict a,
                            const struct l1t_gt_mask *restrict b, unsigned i, unsigned j, bool same,
                            const struct l1t_gt_mask *restrict fired,
                            struct l1t_gt_mask *restrict mask);
L1T_TARGET_CLONES bool l1t_gt_batch_pair_legs(const struct l1t_gt_mask *restrict a,
                                              const struct l1t_gt_mask *restrict b, unsigned i,
                                              unsigned j, bool same,
                                              const struct l1t_gt_mask *restrict fired,
                                              struct l1t_gt_mask *restrict mask)
{
    uint64_t any = 0;
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++) {
        const uint64_t swapped = same ? a[j].word[w] & b[i].word[w] : 0;
        mask->word[w] = ((a[i].word[w] & b[j].word[w]) | swapped) & ~fired->word[w];
    }
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++)
        any |= mask->word[w];
    return any != 0;
}

// Some crossing has objects for both legs here, one way or the other.
static bool within_slots(const struct l1t_gt_space *space, const struct l1t_gt_plan_member *m,
                         const struct l1t_gt_pair_of_slots *pair)
{
    const unsigned a = space->leg_slots[m->leg[0]], b = space->leg_slots[m->leg[1]];
    const unsigned i = pair->slot[0], j = pair->slot[1];
    return (i < a && j < b) || (pair->group->same && j < a && i < b);
}

static void decide_pair(struct l1t_gt_pair_of_slots *pair)
{
    const struct l1t_gt_plan *plan = pair->plan;
    const struct l1t_gt_space *space = pair->space;
    const struct l1t_gt_plan_group *group = pair->group;
    for (uint32_t k = 0; k < group->n_members; k++) {
        const struct l1t_gt_plan_member *m = &plan->member[group->first_member + k];
        struct l1t_gt_mask *fired = &space->condition[m->condition];
        struct l1t_gt_mask mask;
        if (within_slots(space, m, pair) &&
            l1t_gt_batch_pair_legs(l1t_gt_leg_masks(plan, space, m->leg[0]),
                                   l1t_gt_leg_masks(plan, space, m->leg[1]), pair->slot[0],
                                   pair->slot[1], group->same, fired, &mask) &&
            l1t_gt_pair_cut(pair, &plan->cut[m->first_cut], m->n_cuts, &mask) &&
            (!m->overlap || l1t_gt_batch_keep_beside(plan, space, &plan->condition[m->condition],
                                                     pair->slot, &mask)))
            l1t_gt_mask_or(fired, &mask);
    }
}

void l1t_gt_batch_group(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                        const struct l1t_gt_plan_group *group)
{
    struct l1t_gt_pair_of_slots pair;
    const struct reach reach = reach_of(plan, space, group);
    l1t_gt_pairs_begin(&pair, plan, space, group);
    for (unsigned i = 0; i < reach.a; i++)
        for (unsigned j = group->same ? i + 1 : 0; j < reach.b; j++) {
            l1t_gt_pair_set(&pair, i, j);
            decide_pair(&pair);
        }
}

// ---- three objects ----

static uint64_t mass_of(const struct l1t_gt_view *v, const struct l1t_gt_side *a,
                        const struct l1t_gt_side *b, unsigned at)
{
    const uint32_t half =
        v->pair == L1T_GT_CALO_CALO ? L1T_GT_CALO_HALF_TURN : L1T_GT_MUON_HALF_TURN;
    const uint32_t deta = l1t_gt_distance(l1t_gt_eta_at(a, at), l1t_gt_eta_at(b, at));
    const uint32_t dphi =
        l1t_gt_turn(l1t_gt_distance(l1t_gt_phi_at(a, at), l1t_gt_phi_at(b, at)), half);
    const int64_t opening = (int64_t)v->tables->cosh[l1t_gt_entry(deta, v->tables->n_eta)] -
                            v->tables->cos[l1t_gt_entry(dphi, v->tables->n_phi)];
    return l1t_gt_pt_at(a, at) * l1t_gt_pt_at(b, at) * (uint64_t)opening;
}

static void keep_masses(const struct l1t_gt_view *view, const struct l1t_gt_side side[3],
                        struct l1t_gt_limits limits, struct l1t_gt_mask *mask)
{
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++)
        for (uint64_t bits = mask->word[w]; bits != 0; bits &= bits - 1) {
            const unsigned bit = l1t_gt_first_bit(bits), at = l1t_gt_place(64 * w + bit);
            const uint64_t sum = mass_of(view, &side[0], &side[1], at) +
                                 mass_of(view, &side[0], &side[2], at) +
                                 mass_of(view, &side[1], &side[2], at);
            if (sum < limits.low || sum > limits.high)
                mask->word[w] &= ~(UINT64_C(1) << bit);
        }
}

// All charges valid, and alike or not.
static void keep_signs(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                       const struct l1t_gt_plan_condition *condition, const unsigned slot[3],
                       struct l1t_gt_mask *mask)
{
    struct l1t_gt_mask alike[2], valid, any;
    if (!condition->like_sign && !condition->opposite_sign)
        return;
    l1t_gt_mask_fill(&valid, true);
    for (unsigned s = 0; s < 2; s++)
        l1t_gt_mask_fill(&alike[s], true);
    for (unsigned k = 0; k < 3; k++) {
        l1t_gt_mask_fill(&any, false);
        for (unsigned s = 0; s < 2; s++) {
            const struct l1t_gt_mask *sign =
                l1t_gt_leg_masks(plan, space, condition->sign[s]) + slot[k];
            l1t_gt_mask_and(&alike[s], sign);
            l1t_gt_mask_or(&any, sign);
        }
        l1t_gt_mask_and(&valid, &any);
    }
    l1t_gt_mask_or(&alike[0], &alike[1]);
    l1t_gt_mask_and(mask, &valid);
    if (condition->like_sign)
        l1t_gt_mask_and(mask, &alike[0]);
    if (condition->opposite_sign)
        l1t_gt_mask_without(mask, &alike[0]);
}

// The third object beside two that passed their cuts.
static void decide_third(struct l1t_gt_pair_of_slots *pair,
                         const struct l1t_gt_plan_condition *condition,
                         const struct l1t_gt_mask *two, struct l1t_gt_mask *fired)
{
    const struct l1t_gt_plan *plan = pair->plan;
    const struct l1t_gt_space *space = pair->space;
    const struct l1t_gt_plan_group *g = pair->group;
    const struct l1t_gt_view view = {.tables = &plan->code->tables.pair[condition->pair],
                                     .pair = condition->pair};
    const struct l1t_gt_mask *leg = l1t_gt_leg_masks(plan, space, condition->leg[2]);
    for (unsigned k = 0; k < space->leg_slots[condition->leg[2]]; k++) {
        const unsigned slot[3] = {pair->slot[0], pair->slot[1], k};
        struct l1t_gt_mask mask = *two;
        l1t_gt_mask_and(&mask, &leg[k]);
        l1t_gt_mask_without(&mask, fired);
        if (k == slot[0] || k == slot[1] || !l1t_gt_mask_any(&mask))
            continue;
        keep_signs(plan, space, condition, slot, &mask);
        struct l1t_gt_side side[3];
        for (unsigned i = 0; i < 3; i++)
            side[i] = l1t_gt_side_of(plan, space, condition->pair, g->type[0], g->bx[0], slot[i]);
        if (condition->mass)
            keep_masses(&view, side, condition->limits, &mask);
        l1t_gt_mask_or(fired, &mask);
    }
}

void l1t_gt_batch_triple(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                         const struct l1t_gt_plan_condition *condition, struct l1t_gt_mask *fired)
{
    struct l1t_gt_pair_of_slots pair;
    const struct l1t_gt_mask *a = l1t_gt_leg_masks(plan, space, condition->leg[0]);
    const struct l1t_gt_mask *b = l1t_gt_leg_masks(plan, space, condition->leg[1]);
    l1t_gt_pairs_begin(&pair, plan, space, &plan->group[condition->group]);
    for (unsigned i = 0; i < space->leg_slots[condition->leg[0]]; i++)
        for (unsigned j = 0; j < space->leg_slots[condition->leg[1]]; j++) {
            struct l1t_gt_mask mask;
            if (i == j || !l1t_gt_batch_pair_legs(a, b, i, j, false, fired, &mask))
                continue;
            l1t_gt_pair_set(&pair, i, j);
            if (l1t_gt_pair_cut(&pair, &plan->cut[condition->first_cut], condition->n_cuts, &mask))
                decide_third(&pair, condition, &mask, fired);
        }
}

// SPDX-License-Identifier: Apache-2.0
// Overlap removal. First, for each leg, in which crossings its object in a slot overlaps with the
// reference in a slot. Then, until 2020: objects that overlap with any passing reference are taken
// out of the legs; since 2021: for each reference, those that overlap with this one.
#include "l1t_gt_batch_internal.h"

enum { SLOTS = L1T_GT_MOST_SLOTS };

struct removal {
    const struct l1t_gt_plan *plan;
    const struct l1t_gt_space *space;
    const struct l1t_gt_plan_condition *condition;
    unsigned n_slots[L1T_GT_LEGS], n_references;
    const struct l1t_gt_mask *leg[L1T_GT_LEGS], *reference;
};

static struct l1t_gt_mask *overlap_at(const struct removal *r, unsigned k, unsigned slot,
                                      unsigned reference)
{
    return &r->space->overlap[(k * SLOTS + slot) * SLOTS + reference];
}

static struct l1t_gt_mask *allowed_at(const struct removal *r, unsigned k, unsigned slot)
{
    return &r->space->allowed[k * SLOTS + slot];
}

static void find_overlaps(const struct removal *r, unsigned k)
{
    struct l1t_gt_pair_of_slots pair;
    l1t_gt_pairs_begin(&pair, r->plan, r->space, &r->plan->group[r->condition->overlap_group[k]]);
    for (unsigned i = 0; i < r->n_slots[k]; i++)
        for (unsigned j = 0; j < r->n_references; j++) {
            struct l1t_gt_mask both = r->leg[k][i];
            struct l1t_gt_mask *overlap = overlap_at(r, k, i, j);
            l1t_gt_mask_and(&both, &r->reference[j]);
            l1t_gt_mask_fill(overlap, false);
            if (!l1t_gt_mask_any(&both))
                continue;
            l1t_gt_pair_set(&pair, i, j);
            l1t_gt_pair_any(&pair, &both, overlap);
        }
}

// Legs without the objects that overlap with a reference, or with any (reference = n_references).
static void allow(const struct removal *r, unsigned reference)
{
    const bool all = reference == r->n_references;
    for (unsigned k = 0; k < r->condition->n_legs; k++)
        for (unsigned i = 0; i < r->n_slots[k]; i++) {
            struct l1t_gt_mask *allowed = allowed_at(r, k, i);
            *allowed = r->leg[k][i];
            for (unsigned j = all ? 0 : reference; j < (all ? r->n_references : reference + 1); j++)
                l1t_gt_mask_without(allowed, overlap_at(r, k, i, j));
        }
}

// ---- what is left ----

static void left_comb(const struct removal *r, struct l1t_gt_mask *fired)
{
    struct l1t_gt_choice choice = {.n_slots = 0};
    for (unsigned k = 0; k < r->condition->n_legs; k++) {
        choice.leg[k] = allowed_at(r, k, 0);
        if (r->n_slots[k] > choice.n_slots)
            choice.n_slots = r->n_slots[k];
    }
    for (unsigned k = 0; k < r->condition->n_legs; k++)
        for (unsigned i = r->n_slots[k]; i < choice.n_slots; i++)
            l1t_gt_mask_fill(allowed_at(r, k, i), false);
    l1t_gt_batch_comb(r->plan, r->space, r->condition, &choice, fired);
}

static void left_pair(const struct removal *r, const struct l1t_gt_mask *within,
                      struct l1t_gt_mask *fired)
{
    const struct l1t_gt_plan_group *group = &r->plan->group[r->condition->group];
    struct l1t_gt_pair_of_slots pair;
    l1t_gt_pairs_begin(&pair, r->plan, r->space, group);
    l1t_gt_mask_fill(fired, false);
    for (unsigned i = 0; i < r->n_slots[0]; i++)
        for (unsigned j = 0; j < r->n_slots[1]; j++) {
            struct l1t_gt_mask mask = *allowed_at(r, 0, i);
            l1t_gt_mask_and(&mask, allowed_at(r, 1, j));
            l1t_gt_mask_and(&mask, within);
            l1t_gt_mask_without(&mask, fired);
            if ((group->same && i == j) || !l1t_gt_mask_any(&mask))
                continue;
            l1t_gt_pair_set(&pair, i, j);
            if (l1t_gt_pair_cut(&pair, &r->plan->cut[r->condition->first_cut], r->condition->n_cuts,
                                &mask))
                l1t_gt_mask_or(fired, &mask);
        }
}

// A lone leg is cut against the reference itself.
static void left_with_reference(const struct removal *r, unsigned reference,
                                struct l1t_gt_mask *fired)
{
    struct l1t_gt_pair_of_slots pair;
    l1t_gt_pairs_begin(&pair, r->plan, r->space, &r->plan->group[r->condition->group]);
    l1t_gt_mask_fill(fired, false);
    for (unsigned i = 0; i < r->n_slots[0]; i++) {
        struct l1t_gt_mask mask = *allowed_at(r, 0, i);
        l1t_gt_mask_and(&mask, &r->reference[reference]);
        if (!l1t_gt_mask_any(&mask))
            continue;
        l1t_gt_pair_set(&pair, i, reference);
        if (l1t_gt_pair_cut(&pair, &r->plan->cut[r->condition->first_cut], r->condition->n_cuts,
                            &mask))
            l1t_gt_mask_or(fired, &mask);
    }
}

static void decide_left(const struct removal *r, unsigned reference,
                        const struct l1t_gt_mask *within, struct l1t_gt_mask *fired)
{
    struct l1t_gt_mask found;
    if (r->condition->n_steps > 0)
        left_comb(r, &found);
    else if (r->condition->n_legs == 1)
        left_with_reference(r, reference, &found);
    else
        left_pair(r, within, &found);
    l1t_gt_mask_and(&found, within);
    l1t_gt_mask_or(fired, &found);
}

static void decide_all(const struct removal *r, struct l1t_gt_mask *fired)
{
    const bool lone = r->condition->n_steps == 0 && r->condition->n_legs == 1;
    struct l1t_gt_mask any;
    l1t_gt_mask_fill(&any, false);
    allow(r, r->n_references);
    for (unsigned j = 0; j < r->n_references; j++) {
        l1t_gt_mask_or(&any, &r->reference[j]);
        if (lone)
            decide_left(r, j, &r->reference[j], fired);
    }
    if (!lone)
        decide_left(r, 0, &any, fired);
}

void l1t_gt_batch_overlap(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                          const struct l1t_gt_plan_condition *condition, struct l1t_gt_mask *fired)
{
    const uint16_t reference = condition->leg[condition->n_legs];
    struct removal r = {.plan = plan,
                        .space = space,
                        .condition = condition,
                        .n_references = space->leg_slots[reference],
                        .reference = l1t_gt_leg_masks(plan, space, reference)};
    bool served = true;
    l1t_gt_mask_fill(fired, false);
    for (unsigned k = 0; k < condition->n_legs; k++) {
        r.leg[k] = l1t_gt_leg_masks(plan, space, condition->leg[k]);
        r.n_slots[k] = space->leg_slots[condition->leg[k]];
        served = served && r.n_slots[k] > 0;
    }
    if (!served || r.n_references == 0)
        return;
    for (unsigned k = 0; k < condition->n_legs; k++)
        find_overlaps(&r, k);
    if (condition->overlap == L1T_GT_OVERLAP_ALL) {
        decide_all(&r, fired);
        return;
    }
    for (unsigned j = 0; j < r.n_references; j++) {
        allow(&r, j);
        decide_left(&r, j, &r.reference[j], fired);
    }
}

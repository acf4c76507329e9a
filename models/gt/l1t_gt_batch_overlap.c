// SPDX-License-Identifier: Apache-2.0
// Overlap removal. First, for each leg, in which crossings its object in a slot overlaps with the
// reference in a slot; conditions with the same lists and cuts share what they find out. Then,
// until 2020: objects that overlap with any passing reference are taken out of the legs; since
// 2021: for each reference, those that overlap with this one.
#include "l1t_gt_batch_quantity.h"

enum { SLOTS = L1T_GT_MOST_SLOTS };

struct removal {
    const struct l1t_gt_plan *plan;
    const struct l1t_gt_space *space;
    const struct l1t_gt_plan_condition *condition;
    unsigned n_slots[L1T_GT_LEGS], n_references;
    const struct l1t_gt_mask *leg[L1T_GT_LEGS], *reference;
};

// Place of a pair of slots in the tables, for leg k of a condition.
static size_t overlap_at(const struct l1t_gt_plan_condition *condition, unsigned k, unsigned slot,
                         unsigned reference)
{
    const size_t table = condition->table[condition->n_tables > 1 ? k : 0];
    return (table * SLOTS + slot) * SLOTS + reference;
}

// What is not known yet of a mask, and is from now on; false: nothing.
static bool claim(const struct l1t_gt_space *space, size_t at, struct l1t_gt_mask *mask)
{
    struct l1t_gt_mask *have = &space->overlap_have[at];
    if (!l1t_gt_mask_any(have))
        l1t_gt_mask_fill(&space->overlap[at], false);
    l1t_gt_mask_without(mask, have);
    l1t_gt_mask_or(have, mask);
    return l1t_gt_mask_any(mask);
}

static struct l1t_gt_mask *allowed_at(const struct removal *r, unsigned k, unsigned slot)
{
    return &r->space->allowed[k * SLOTS + slot];
}

// Objects in a slot that any leg of the table takes.
static struct l1t_gt_mask taken(const struct removal *r, unsigned table, unsigned slot)
{
    struct l1t_gt_mask mask = r->leg[table][slot];
    for (unsigned k = 0; r->condition->n_tables == 1 && k < r->condition->n_legs; k++)
        l1t_gt_mask_or(&mask, &r->leg[k][slot]);
    return mask;
}

static void find_overlaps(const struct removal *r, unsigned k)
{
    const struct l1t_gt_mask *closed = &r->space->closed[r->condition - r->plan->condition];
    unsigned n_slots = r->n_slots[k];
    struct l1t_gt_pair_of_slots pair;
    for (unsigned i = 0; r->condition->n_tables == 1 && i < r->condition->n_legs; i++)
        n_slots = r->n_slots[i] > n_slots ? r->n_slots[i] : n_slots;
    l1t_gt_pairs_begin(&pair, r->plan, r->space,
                       &r->plan->group[r->plan->table_group[r->condition->table[k]]]);
    for (unsigned i = 0; i < n_slots; i++) {
        const struct l1t_gt_mask leg = taken(r, k, i);
        for (unsigned j = 0; j < r->n_references; j++) {
            const size_t at = overlap_at(r->condition, k, i, j);
            struct l1t_gt_mask both = leg, overlap;
            l1t_gt_mask_and(&both, &r->reference[j]);
            l1t_gt_mask_without(&both, closed);
            if (!claim(r->space, at, &both))
                continue;
            l1t_gt_pair_set(&pair, i, j);
            l1t_gt_pair_any(&pair, &both, &overlap);
            l1t_gt_mask_or_and(&r->space->overlap[at], &overlap, &both);
        }
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
                l1t_gt_mask_without_both(allowed, &r->reference[j],
                                         &r->space->overlap[overlap_at(r->condition, k, i, j)]);
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
    else
        left_with_reference(r, reference, &found);
    l1t_gt_mask_and(&found, within);
    l1t_gt_mask_or(fired, &found);
}

static void decide_all(const struct removal *r, struct l1t_gt_mask *fired)
{
    const bool lone = r->condition->n_steps == 0;
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

// The condition's legs and, in them, where objects overlap; false: a leg or the reference has none.
static bool begin(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                  const struct l1t_gt_plan_condition *condition, struct removal *r)
{
    const uint16_t reference = condition->leg[condition->n_legs];
    *r = (struct removal){.plan = plan,
                          .space = space,
                          .condition = condition,
                          .n_references = space->leg_slots[reference],
                          .reference = l1t_gt_leg_masks(plan, space, reference)};
    bool served = r->n_references > 0;
    for (unsigned k = 0; k < condition->n_legs; k++) {
        r->leg[k] = l1t_gt_leg_masks(plan, space, condition->leg[k]);
        r->n_slots[k] = space->leg_slots[condition->leg[k]];
        served = served && r->n_slots[k] > 0;
    }
    for (unsigned k = 0; served && k < condition->n_tables; k++)
        find_overlaps(r, k);
    return served;
}

void l1t_gt_batch_overlap(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                          const struct l1t_gt_plan_condition *condition, struct l1t_gt_mask *fired)
{
    struct removal r;
    if (!begin(plan, space, condition, &r))
        return;
    if (condition->overlap == L1T_GT_OVERLAP_ALL) {
        decide_all(&r, fired);
        return;
    }
    for (unsigned j = 0; j < r.n_references; j++) {
        allow(&r, j);
        decide_left(&r, j, &r.reference[j], fired);
    }
}

// ---- pairs in a group ----

// Right in the crossings of a mask. A group's work space is in use, and few crossings are left.
static const struct l1t_gt_mask *find_beside(const struct l1t_gt_plan *plan,
                                             const struct l1t_gt_space *space,
                                             const struct l1t_gt_plan_condition *condition,
                                             unsigned k, unsigned slot, unsigned reference,
                                             const struct l1t_gt_mask *mask)
{
    struct l1t_gt_mask missing = *mask;
    const size_t at = overlap_at(condition, k, slot, reference);
    const uint16_t table = condition->table[condition->n_tables > 1 ? k : 0];
    const struct l1t_gt_plan_group *group = &plan->group[plan->table_group[table]];
    if (claim(space, at, &missing))
        l1t_gt_batch_overlaps(plan, space, group, (const unsigned[2]){slot, reference}, &missing,
                              &space->overlap[at]);
    return &space->overlap[at];
}

bool l1t_gt_batch_keep_beside(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                              const struct l1t_gt_plan_condition *condition, const unsigned slot[2],
                              struct l1t_gt_mask *mask)
{
    const uint16_t leg = condition->leg[2];
    const struct l1t_gt_mask *reference = l1t_gt_leg_masks(plan, space, leg);
    const bool all = condition->overlap == L1T_GT_OVERLAP_ALL;
    struct l1t_gt_mask beside;
    l1t_gt_mask_fill(&beside, false);
    for (unsigned j = 0; j < space->leg_slots[leg]; j++) {
        struct l1t_gt_mask one = *mask;
        l1t_gt_mask_and(&one, &reference[j]);
        if (!l1t_gt_mask_any(&one))
            continue;
        for (unsigned k = 0; k < 2; k++) {
            const struct l1t_gt_mask *overlap =
                find_beside(plan, space, condition, k, slot[k], j, &one);
            if (all)
                l1t_gt_mask_without_both(mask, &reference[j], overlap);
            else
                l1t_gt_mask_without(&one, overlap);
        }
        l1t_gt_mask_or(&beside, &one);
    }
    l1t_gt_mask_and(mask, &beside);
    return l1t_gt_mask_any(mask);
}

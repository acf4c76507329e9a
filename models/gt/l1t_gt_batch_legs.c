// SPDX-License-Identifier: Apache-2.0
// Columns to masks of legs. Each threshold and each window of a list is compared once a slot,
// whoever asks; classes and legs are ANDs and ORs of those masks. Slots in which no crossing has an
// object, or none over the lowest threshold, cost next to nothing.
#include "l1t_gt_batch_internal.h"

// Cloned functions are not static: they need symbols of their own. Bits enter from below, the last
// row first; twice eight rows, so that they do not all wait for each other.
L1T_TARGET_CLONES void l1t_gt_batch_range(const uint16_t *restrict column, uint16_t low,
                                          uint16_t span, struct l1t_gt_mask *restrict mask)
{
    enum { HALF = L1T_GT_ROWS / 2 };
    uint16_t lanes[L1T_GT_LANES];
    for (unsigned lane = 0; lane < L1T_GT_LANES; lane++) {
        const uint16_t *first = &column[lane], *second = first + HALF * L1T_GT_LANES;
        uint16_t a = 0, b = 0;
        for (unsigned row = HALF; row-- > 0;) {
            const bool in_a = (uint16_t)(first[row * L1T_GT_LANES] - low) <= span;
            const bool in_b = (uint16_t)(second[row * L1T_GT_LANES] - low) <= span;
            a = (uint16_t)(a + a - (in_a ? UINT16_MAX : 0));
            b = (uint16_t)(b + b - (in_b ? UINT16_MAX : 0));
        }
        lanes[lane] = (uint16_t)(b << HALF | a);
    }
    memcpy(mask, lanes, sizeof lanes);
}

// Crossings whose code is not below a threshold: most of all comparisons.
void l1t_gt_batch_over(const uint16_t *restrict column, uint16_t low,
                       struct l1t_gt_mask *restrict mask);
L1T_TARGET_CLONES void l1t_gt_batch_over(const uint16_t *restrict column, uint16_t low,
                                         struct l1t_gt_mask *restrict mask)
{
    uint16_t lanes[L1T_GT_LANES];
    for (unsigned lane = 0; lane < L1T_GT_LANES; lane++) {
        uint16_t bits = 0;
        for (unsigned row = L1T_GT_ROWS; row-- > 0;) {
            const bool over = column[row * L1T_GT_LANES + lane] >= low;
            bits = (uint16_t)(bits + bits - (over ? UINT16_MAX : 0));
        }
        lanes[lane] = bits;
    }
    memcpy(mask, lanes, sizeof lanes);
}

// Codes in b are in a too: thresholds that rise.
static bool contains(const struct l1t_gt_plan_window *a, const struct l1t_gt_plan_window *b)
{
    return a->low <= b->low && a->low + a->span >= b->low + b->span;
}

static void compare_windows(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                            const struct l1t_gt_plan_list *list, unsigned slot, uint32_t first,
                            uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const struct l1t_gt_plan_window *window = &plan->window[list->first_window + i];
        if (i > 0 && i < list->n_et && contains(window - 1, window) &&
            !l1t_gt_mask_any(&space->window[i - 1])) {
            l1t_gt_mask_fill(&space->window[i], false);
            continue;
        }
        const uint16_t *column =
            l1t_gt_column(plan, space, list->type, window->field, slot, list->bx);
        if (window->low + window->span == UINT16_MAX)
            l1t_gt_batch_over(column, window->low, &space->window[i]);
        else
            l1t_gt_batch_range(column, window->low, window->span, &space->window[i]);
    }
}

// Some crossing has an object over some threshold.
static bool any_over(const struct l1t_gt_space *space, const struct l1t_gt_plan_list *list)
{
    for (uint32_t i = 0; i < list->n_et; i++)
        if (l1t_gt_mask_any(&space->window[i]))
            return true;
    return false;
}

void l1t_gt_batch_classes(const struct l1t_gt_plan *plan, const struct l1t_gt_plan_list *list,
                          const struct l1t_gt_mask *restrict window,
                          struct l1t_gt_mask *restrict of_class);
L1T_TARGET_CLONES void l1t_gt_batch_classes(const struct l1t_gt_plan *plan,
                                            const struct l1t_gt_plan_list *list,
                                            const struct l1t_gt_mask *restrict window,
                                            struct l1t_gt_mask *restrict of_class)
{
    for (uint32_t i = 0; i < list->n_classes; i++) {
        const struct l1t_gt_plan_class *c = &plan->class_[list->first_class + i];
        const uint16_t *program = &plan->program[c->first];
        struct l1t_gt_mask all;
        l1t_gt_mask_fill(&all, true);
        for (uint32_t t = 0; t < c->n_terms; t++) {
            struct l1t_gt_mask any;
            l1t_gt_mask_fill(&any, false);
            const uint16_t n = *program++;
            for (uint16_t k = 0; k < n; k++)
                l1t_gt_mask_or(&any, &window[*program++]);
            l1t_gt_mask_and(&all, &any);
        }
        of_class[i] = all;
    }
}

void l1t_gt_batch_and_legs(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                           const struct l1t_gt_plan_list *list, unsigned slot);
L1T_TARGET_CLONES void l1t_gt_batch_and_legs(const struct l1t_gt_plan *plan,
                                             const struct l1t_gt_space *space,
                                             const struct l1t_gt_plan_list *list, unsigned slot)
{
    for (uint32_t i = 0; i < list->n_legs; i++) {
        const struct l1t_gt_plan_leg *leg = &plan->leg[list->first_leg + i];
        struct l1t_gt_mask passes;
        l1t_gt_mask_fill(&passes, leg->slice_first <= slot && slot <= leg->slice_last);
        l1t_gt_mask_and(&passes, &space->window[leg->et]);
        l1t_gt_mask_and(&passes, &space->of_class[leg->of_class]);
        space->leg[plan->leg_mask[leg->leg] + slot] = passes;
    }
    for (uint32_t i = 0; i < list->n_legs; i++) {
        const uint16_t leg = plan->leg[list->first_leg + i].leg;
        if (l1t_gt_mask_any(&space->leg[plan->leg_mask[leg] + slot]))
            space->leg_slots[leg] = (uint8_t)(slot + 1);
    }
}

// A slot without objects: what absent ones pass.
static void absent_legs(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                        const struct l1t_gt_plan_list *list, unsigned slot)
{
    for (uint32_t i = 0; i < list->n_legs; i++) {
        const struct l1t_gt_plan_leg *leg = &plan->leg[list->first_leg + i];
        const bool passes = leg->empty && leg->slice_first <= slot && slot <= leg->slice_last;
        l1t_gt_mask_fill(&space->leg[plan->leg_mask[leg->leg] + slot], passes);
        if (passes)
            space->leg_slots[leg->leg] = (uint8_t)(slot + 1);
    }
}

// No crossing is over any threshold here.
static void no_legs(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                    const struct l1t_gt_plan_list *list, unsigned slot)
{
    for (uint32_t i = 0; i < list->n_legs; i++)
        l1t_gt_mask_fill(&space->leg[plan->leg_mask[plan->leg[list->first_leg + i].leg] + slot],
                         false);
}

void l1t_gt_batch_legs(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space)
{
    memset(space->leg_slots, 0, plan->n_legs);
    for (uint32_t i = 0; i < plan->n_lists; i++) {
        const struct l1t_gt_plan_list *list = &plan->list[i];
        const unsigned used = space->lone && list->bx != 0 ? 0 : space->used[list->type];
        for (unsigned slot = 0; slot < list->n_slots; slot++) {
            if (slot >= used) {
                absent_legs(plan, space, list, slot);
                continue;
            }
            compare_windows(plan, space, list, slot, 0, list->n_et);
            if (!any_over(space, list)) {
                no_legs(plan, space, list, slot);
                continue;
            }
            compare_windows(plan, space, list, slot, list->n_et, list->n_windows);
            l1t_gt_batch_classes(plan, list, space->window, space->of_class);
            l1t_gt_batch_and_legs(plan, space, list, slot);
        }
    }
}

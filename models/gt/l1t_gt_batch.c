// SPDX-License-Identifier: Apache-2.0
// A batch from filled columns to masks of algorithms: legs, conditions of one list, pairs by
// group, then what is built on pairs, then the expressions.
#include "l1t_gt_batch.h"
#include "l1t_gt_batch_internal.h"

// ---- memory ----

static void *take(unsigned char *memory, size_t *size, size_t bytes)
{
    void *at = memory != NULL ? memory + *size : NULL;
    *size += (bytes + 63) / 64 * 64;
    return at;
}

// With no memory only the size is right.
void l1t_gt_divide(const struct l1t_gt_plan *plan, void *memory, struct l1t_gt_space *space)
{
    const size_t mask = sizeof(struct l1t_gt_mask);
    const size_t narrow = L1T_GT_BATCH * sizeof(uint16_t);
    const size_t slots = L1T_GT_MOST_SLOTS;
    unsigned char *m = memory;
    size_t n = 0;
    space->column = take(m, &n, (size_t)plan->n_columns * L1T_GT_COLUMN * sizeof(uint16_t));
    space->plane = take(m, &n, L1T_GT_PLANES * sizeof *space->plane);
    space->leg = take(m, &n, plan->n_leg_masks * mask);
    space->condition = take(m, &n, plan->code->n_conditions * mask);
    space->closed = take(m, &n, plan->code->n_conditions * mask);
    space->window = take(m, &n, plan->max_windows * mask);
    space->of_class = take(m, &n, plan->max_classes * mask);
    space->state = take(m, &n, 3 * (size_t)plan->max_states * mask);
    space->stack = take(m, &n, L1T_GT_STACK * mask);
    space->part_have = take(m, &n, plan->max_parts * mask);
    space->part_is = take(m, &n, plan->max_parts * mask);
    space->overlap = take(m, &n, plan->n_tables * slots * slots * mask);
    space->overlap_have = take(m, &n, plan->n_tables * slots * slots * mask);
    space->allowed = take(m, &n, plan->max_overlap_legs * slots * mask);
    for (unsigned q = 0; q < L1T_GT_SHARED; q++)
        space->rank[q] = take(m, &n, narrow);
    space->log_above = take(m, &n, narrow);
    space->log_below = take(m, &n, narrow);
    space->log_pt = take(m, &n, L1T_GT_SLOTS * narrow);
    space->log_made = take(m, &n, L1T_GT_SLOTS * sizeof *space->log_made);
    space->deta = take(m, &n, narrow);
    space->dphi = take(m, &n, narrow);
    space->part_made = take(m, &n, plan->max_parts * sizeof(uint32_t));
    space->leg_slots = take(m, &n, plan->n_legs);
    space->used = take(m, &n, L1T_GT_TYPES);
    space->absent = take(m, &n, narrow);
    space->lone = false;
    space->size = n;
}

size_t l1t_gt_batch_size(const struct l1t_gt_plan *plan)
{
    struct l1t_gt_space space;
    l1t_gt_divide(plan, NULL, &space);
    return space.size;
}

// ---- conditions ----

// A channel, some crossings away.
static void read_plane(const uint64_t plane[L1T_GT_PLANE_WORDS], int bx, struct l1t_gt_mask *mask)
{
    for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++) {
        const uint64_t past = plane[w], here = plane[w + 1], next = plane[w + 2];
        mask->word[w] = bx == 0  ? here
                        : bx > 0 ? here >> bx | next << (64 - bx)
                                 : here << -bx | past >> (64 + bx);
    }
}

static struct l1t_gt_choice choice_of(const struct l1t_gt_plan *plan,
                                      const struct l1t_gt_space *space,
                                      const struct l1t_gt_plan_condition *condition)
{
    struct l1t_gt_choice choice = {.n_slots = 0};
    for (unsigned k = 0; k < condition->n_legs; k++) {
        const uint8_t n = space->leg_slots[condition->leg[k]];
        choice.leg[k] = l1t_gt_leg_masks(plan, space, condition->leg[k]);
        if (n > choice.n_slots)
            choice.n_slots = n;
        if (n == 0)
            return (struct l1t_gt_choice){.n_slots = 0};
    }
    return choice;
}

static bool is_cheap(const struct l1t_gt_plan_condition *condition)
{
    return condition->kind == L1T_GT_PLAN_NEVER || condition->kind == L1T_GT_PLAN_PLANE ||
           condition->kind == L1T_GT_PLAN_COMB;
}

static void decide_cheap(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                         const struct l1t_gt_plan_condition *condition, struct l1t_gt_mask *fired)
{
    l1t_gt_mask_fill(fired, false);
    if (condition->kind == L1T_GT_PLAN_PLANE)
        read_plane(space->plane[condition->plane], space->lone ? 0 : condition->bx, fired);
    if (condition->kind != L1T_GT_PLAN_COMB)
        return;
    const struct l1t_gt_choice choice = choice_of(plan, space, condition);
    if (choice.n_slots > 0)
        l1t_gt_batch_comb(plan, space, condition, &choice, fired);
}

// Crossings where no algorithm can fire with this condition, whatever it says.
static void close_off(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                      const struct l1t_gt_plan_condition *condition, struct l1t_gt_mask *closed)
{
    const uint16_t *program = &plan->program[condition->first_need];
    l1t_gt_mask_fill(closed, condition->has_needs);
    for (unsigned n = condition->has_needs ? *program++ : 0; n > 0; n--) {
        struct l1t_gt_mask all;
        l1t_gt_mask_fill(&all, true);
        for (unsigned k = *program++; k > 0; k--, program++) {
            const struct l1t_gt_mask *of = &space->condition[*program / 2];
            if (*program % 2 != 0)
                l1t_gt_mask_without(&all, of);
            else
                l1t_gt_mask_and(&all, of);
        }
        l1t_gt_mask_without(closed, &all);
    }
}

// Cheap conditions first: they say where the others are asked at all.
static void decide_conditions(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space)
{
    const size_t n = plan->code->n_conditions;
    for (size_t c = 0; c < n; c++)
        if (is_cheap(&plan->condition[c]))
            decide_cheap(plan, space, &plan->condition[c], &space->condition[c]);
    for (size_t c = 0; c < n; c++) {
        const struct l1t_gt_plan_condition *condition = &plan->condition[c];
        if (is_cheap(condition))
            continue;
        close_off(plan, space, condition, &space->closed[c]);
        space->condition[c] = space->closed[c];
        if (condition->kind == L1T_GT_PLAN_TRIPLE)
            l1t_gt_batch_triple(plan, space, condition, &space->condition[c]);
        else if (condition->kind == L1T_GT_PLAN_OVERLAP)
            l1t_gt_batch_overlap(plan, space, condition, &space->condition[c]);
    }
    for (uint32_t g = 0; g < plan->n_groups; g++)
        if (plan->group[g].n_members > 0)
            l1t_gt_batch_group(plan, space, &plan->group[g]);
    for (size_t c = 0; c < n; c++)
        if (!is_cheap(&plan->condition[c]))
            l1t_gt_mask_without(&space->condition[c], &space->closed[c]);
}

// ---- algorithms ----

static void combine(struct l1t_gt_mask *a, const struct l1t_gt_mask *b, unsigned op)
{
    for (unsigned i = 0; i < L1T_GT_MASK_WORDS; i++)
        a->word[i] = op == L1T_GT_OP_AND  ? a->word[i] & b->word[i]
                     : op == L1T_GT_OP_OR ? a->word[i] | b->word[i]
                                          : a->word[i] ^ b->word[i];
}

static void evaluate(const struct l1t_gt_code *code, const struct l1t_gt_algorithm *algorithm,
                     const struct l1t_gt_mask *condition, struct l1t_gt_mask *stack,
                     struct l1t_gt_mask *result)
{
    unsigned top = 0; // entries in use
    if (algorithm->n_nodes == 1) {
        *result = condition[code->node[algorithm->first_node].condition];
        return;
    }
    for (uint32_t i = 0; i < algorithm->n_nodes; i++) {
        const struct l1t_gt_node *node = &code->node[algorithm->first_node + i];
        if (node->op == L1T_GT_OP_CONDITION) {
            stack[top++] = condition[node->condition];
        } else if (node->op == L1T_GT_OP_NOT) {
            for (unsigned w = 0; w < L1T_GT_MASK_WORDS; w++)
                stack[top - 1].word[w] = ~stack[top - 1].word[w];
        } else {
            combine(&stack[top - 2], &stack[top - 1], node->op);
            top--;
        }
    }
    if (top > 0)
        *result = stack[top - 1];
}

// The first n crossings.
static struct l1t_gt_mask first_crossings(size_t n)
{
    struct l1t_gt_mask mask;
    for (size_t w = 0; w < L1T_GT_MASK_WORDS; w++)
        mask.word[w] = n >= 64 * (w + 1) ? UINT64_MAX
                       : n > 64 * w      ? (UINT64_C(1) << n % 64) - 1
                                         : 0;
    return mask;
}

void l1t_gt_batch_decide(const struct l1t_gt_plan *plan, void *memory, size_t n, bool lone,
                         struct l1t_gt_mask *result)
{
    const struct l1t_gt_code *code = plan->code;
    const struct l1t_gt_mask valid = first_crossings(n);
    struct l1t_gt_space space;
    l1t_gt_divide(plan, memory, &space);
    space.lone = lone;
    memset(space.absent, 0, L1T_GT_BATCH * sizeof *space.absent);
    memset(space.overlap_have, 0,
           (size_t)plan->n_tables * L1T_GT_MOST_SLOTS * L1T_GT_MOST_SLOTS * sizeof *space.overlap);
    memset(space.log_made, 0, L1T_GT_SLOTS * sizeof *space.log_made);
    l1t_gt_batch_legs(plan, &space);
    decide_conditions(plan, &space);
    for (size_t a = 0; a < code->n_algorithms; a++) {
        l1t_gt_mask_fill(&result[a], false);
        if (code->algorithm[a].supported)
            evaluate(code, &code->algorithm[a], space.condition, space.stack, &result[a]);
        l1t_gt_mask_and(&result[a], &valid);
    }
}

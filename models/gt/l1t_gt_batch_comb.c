// SPDX-License-Identifier: Apache-2.0
// Distinct objects for all legs, by dynamic programming over slots. A state says how many objects
// each different leg has been given; its mask, in which crossings that can be done with the slots
// seen so far. A slot moves crossings from state to state, fuller states first, so that one object
// never serves twice. Exact for any mix of legs, and linear in the number of slots.
#include "l1t_gt_batch_internal.h"

// Not static: cloned functions need symbols of their own.
void l1t_gt_batch_one(const struct l1t_gt_mask *leg, unsigned n_slots, struct l1t_gt_mask *fired);
L1T_TARGET_CLONES void l1t_gt_batch_one(const struct l1t_gt_mask *leg, unsigned n_slots,
                                        struct l1t_gt_mask *fired)
{
    struct l1t_gt_mask any;
    l1t_gt_mask_fill(&any, false);
    for (unsigned slot = 0; slot < n_slots; slot++)
        l1t_gt_mask_or(&any, &leg[slot]);
    *fired = any;
}

// States 1 .. n - 1 of a matching, after a slot in which leg[k] passes.
static inline void take_slot(struct l1t_gt_mask *state, const struct l1t_gt_plan_step *step,
                             size_t n, const struct l1t_gt_mask *const *leg, unsigned slot)
{
    for (size_t i = 0; i < n; i++) {
        const struct l1t_gt_mask *passes = &leg[step[i].leg][slot];
        if (step[i].from == 0)
            l1t_gt_mask_or(&state[step[i].to], passes);
        else
            l1t_gt_mask_or_and(&state[step[i].to], &state[step[i].from], passes);
    }
}

void l1t_gt_batch_match(const struct l1t_gt_plan_step *step, size_t n,
                        const struct l1t_gt_choice *choice, size_t n_states,
                        struct l1t_gt_mask *state);
L1T_TARGET_CLONES void l1t_gt_batch_match(const struct l1t_gt_plan_step *step, size_t n,
                                          const struct l1t_gt_choice *choice, size_t n_states,
                                          struct l1t_gt_mask *state)
{
    for (size_t s = 0; s < n_states; s++)
        l1t_gt_mask_fill(&state[s], false);
    for (unsigned slot = 0; slot < choice->n_slots; slot++)
        take_slot(state, step, n, choice->leg, slot);
}

// With charges, all of them valid: states of positive objects only, of negative ones only, of both.
void l1t_gt_batch_match_signs(const struct l1t_gt_plan_step *step, size_t n,
                              const struct l1t_gt_choice *choice,
                              const struct l1t_gt_mask *const sign[2], size_t n_states,
                              struct l1t_gt_mask *state);
L1T_TARGET_CLONES void l1t_gt_batch_match_signs(const struct l1t_gt_plan_step *step, size_t n,
                                                const struct l1t_gt_choice *choice,
                                                const struct l1t_gt_mask *const sign[2],
                                                size_t n_states, struct l1t_gt_mask *state)
{
    struct l1t_gt_mask *positive = state, *negative = state + n_states, *both = negative + n_states;
    for (size_t s = 0; s < 3 * n_states; s++)
        l1t_gt_mask_fill(&state[s], false);
    for (unsigned slot = 0; slot < choice->n_slots; slot++)
        for (size_t i = 0; i < n; i++) {
            struct l1t_gt_mask plus = choice->leg[step[i].leg][slot], minus = plus;
            const unsigned to = step[i].to, from = step[i].from;
            l1t_gt_mask_and(&plus, &sign[0][slot]);
            l1t_gt_mask_and(&minus, &sign[1][slot]);
            if (from == 0) {
                l1t_gt_mask_or(&positive[to], &plus);
                l1t_gt_mask_or(&negative[to], &minus);
                continue;
            }
            l1t_gt_mask_or_and(&both[to], &both[from], &plus);
            l1t_gt_mask_or_and(&both[to], &both[from], &minus);
            l1t_gt_mask_or_and(&both[to], &positive[from], &minus);
            l1t_gt_mask_or_and(&both[to], &negative[from], &plus);
            l1t_gt_mask_or_and(&positive[to], &positive[from], &plus);
            l1t_gt_mask_or_and(&negative[to], &negative[from], &minus);
        }
}

void l1t_gt_batch_comb(const struct l1t_gt_plan *plan, const struct l1t_gt_space *space,
                       const struct l1t_gt_plan_condition *condition,
                       const struct l1t_gt_choice *choice, struct l1t_gt_mask *fired)
{
    const struct l1t_gt_plan_step *step = &plan->step[condition->first_step];
    const size_t n = condition->n_states, last = n - 1;
    if (!condition->like_sign && !condition->opposite_sign) {
        if (n == 2) {
            l1t_gt_batch_one(choice->leg[0], choice->n_slots, fired);
            return;
        }
        l1t_gt_batch_match(step, condition->n_steps, choice, n, space->state);
        *fired = space->state[last];
        return;
    }
    const struct l1t_gt_mask *sign[2] = {l1t_gt_leg_masks(plan, space, condition->sign[0]),
                                         l1t_gt_leg_masks(plan, space, condition->sign[1])};
    l1t_gt_batch_match_signs(step, condition->n_steps, choice, sign, n, space->state);
    l1t_gt_mask_fill(fired, false);
    if (condition->like_sign && condition->opposite_sign)
        return;
    if (condition->opposite_sign) {
        *fired = space->state[2 * n + last];
        return;
    }
    l1t_gt_mask_or(fired, &space->state[last]);
    l1t_gt_mask_or(fired, &space->state[n + last]);
}

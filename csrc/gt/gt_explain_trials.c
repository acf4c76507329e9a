// SPDX-License-Identifier: GPL-3.0-or-later
// Every combination of objects that pass their legs, and which cuts hold for it. Each cut is asked
// of the interpreter alone, so that nothing is defined twice.
#include "gt_explain.h"

#include <string.h>

enum { MAX_TRIALS = 200000 };

struct search {
    const struct l1t_gt_code *code;
    const struct l1t_gt_condition *condition;
    const struct l1t_gt_around *around;
    struct l1t_gt_trials *trials;
    struct l1t_gt_trial now;
};

static const struct l1t_gt_leg *leg_of(const struct search *s, unsigned k)
{
    return &s->code->leg[s->condition->leg[k]];
}

static const struct l1t_gt_object *list_of(const struct search *s, unsigned k)
{
    const struct l1t_gt_leg *leg = leg_of(s, k);
    return &l1t_gt_at(s->around, leg->bx)->object[l1t_gt_first_slot[leg->type]];
}

static bool has_reference(const struct l1t_gt_condition *condition)
{
    return condition->overlap != L1T_GT_OVERLAP_NONE;
}

static uint16_t passing(const struct search *s, unsigned k)
{
    const struct l1t_gt_leg *leg = leg_of(s, k);
    unsigned places = 0;
    for (unsigned i = 0; i < l1t_gt_type_slots[leg->type]; i++)
        if (l1t_gt_leg_passes(leg, &list_of(s, k)[i], i))
            places |= 1U << i;
    return (uint16_t)places;
}

// No leg's object overlaps: with the reference of this trial, or with any that passes.
static bool is_clear(const struct search *s)
{
    const unsigned legs = s->condition->n_legs;
    const bool all = s->condition->overlap == L1T_GT_OVERLAP_ALL;
    for (unsigned r = 0; s->trials->passing[legs] >> r != 0; r++) {
        if ((s->trials->passing[legs] >> r & 1) == 0 || (!all && r != s->now.place[legs]))
            continue;
        for (unsigned k = 0; k < legs; k++)
            if (l1t_gt_overlapping(s->code, s->condition, k, s->around, r) >> s->now.place[k] & 1)
                return false;
    }
    return true;
}

static unsigned count_bits(uint32_t bits)
{
    unsigned n = 0;
    for (; bits != 0; bits &= bits - 1)
        n++;
    return n;
}

static void judge(struct search *s)
{
    const struct l1t_gt_condition *c = s->condition;
    struct l1t_gt_trials *t = s->trials;
    // Cuts are between the legs, or between a lone leg and the reference.
    const size_t n = c->n_legs == 1 ? s->now.n : c->n_legs;
    s->now.holds = 0;
    for (unsigned b = 0; b < L1T_GT_CUT_BITS; b++) {
        struct l1t_gt_cuts one = c->cuts;
        one.which = t->cuts & 1U << b;
        if (one.which == 0)
            continue;
        const bool holds = one.which == L1T_GT_CUT_OVERLAP
                               ? is_clear(s)
                               : l1t_gt_cuts_hold(&s->code->tables, c->pair, &one, s->now.pick, n);
        s->now.holds |= holds ? one.which : 0;
        t->with[b] += holds;
    }
    t->good += s->now.holds == t->cuts;
    if (t->n == 0 || count_bits(s->now.holds) > count_bits(t->best.holds))
        t->best = s->now;
    t->n++;
}

static bool is_taken(const struct search *s, unsigned k, unsigned place)
{
    if (k >= s->condition->n_legs)
        return false;
    for (unsigned i = 0; i < k; i++)
        if (s->now.place[i] == place && leg_of(s, i)->type == leg_of(s, k)->type &&
            leg_of(s, i)->bx == leg_of(s, k)->bx)
            return true;
    return false;
}

// NOLINTNEXTLINE(misc-no-recursion)
static void try_from(struct search *s, unsigned k)
{
    if (k == s->now.n) {
        judge(s);
        return;
    }
    for (unsigned i = 0; s->trials->passing[k] >> i != 0; i++) {
        if ((s->trials->passing[k] >> i & 1) == 0 || is_taken(s, k, i))
            continue;
        if (s->trials->n == MAX_TRIALS) {
            s->trials->complete = false;
            return;
        }
        s->now.place[k] = (uint8_t)i;
        s->now.pick[k] = (struct l1t_gt_pick){&list_of(s, k)[i], leg_of(s, k)->type};
        try_from(s, k + 1);
    }
}

void l1t_gt_try_all(const struct l1t_gt_code *code, const struct l1t_gt_condition *condition,
                    const struct l1t_gt_around *around, struct l1t_gt_trials *trials)
{
    memset(trials, 0, sizeof *trials);
    struct search s = {code, condition, around, trials, {0}};
    s.now.n = condition->n_legs + (has_reference(condition) ? 1U : 0U);
    trials->cuts =
        condition->cuts.which | (has_reference(condition) ? (uint32_t)L1T_GT_CUT_OVERLAP : 0);
    trials->complete = true;
    for (unsigned k = 0; k < s.now.n; k++)
        trials->passing[k] = passing(&s, k);
    try_from(&s, 0);
}

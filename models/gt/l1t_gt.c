// SPDX-License-Identifier: Apache-2.0
// The plain interpreter. A condition fires when objects can be chosen, one for each leg and
// distinct, that pass their legs and together pass the cuts: so it is written, as a search through
// all choices. Only a condition without cuts between objects, which may have twelve legs, is asked
// for a matching instead, the same question with a shorter way to its answer.
//
// Source: docs/gt.md, "The evaluator"
#include "l1t_gt.h"
#include "l1t_gt_cuts.h"

// ---- one object ----

static bool inside(int code, struct l1t_gt_window window)
{
    return window.low <= window.high ? window.low <= code && code <= window.high
                                     : code >= window.low || code <= window.high;
}

static bool inside_any(int code, const struct l1t_gt_window *windows, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (inside(code, windows[i]))
            return true;
    return n == 0;
}

static bool charge_passes(unsigned cut, unsigned charge)
{
    return cut == L1T_GT_CHARGE_ANY ||
           (cut == L1T_GT_CHARGE_POSITIVE && charge == L1T_GT_SIGN_VALID) ||
           (cut == L1T_GT_CHARGE_NEGATIVE && charge == (L1T_GT_SIGN_VALID | L1T_GT_SIGN_NEGATIVE));
}

static bool displaced_passes(unsigned cut, unsigned displaced)
{
    return cut == L1T_GT_DISPLACED_ANY || (cut == L1T_GT_DISPLACED_YES) == (displaced != 0);
}

static bool threshold_passes(const struct l1t_gt_leg *leg, unsigned et)
{
    if (leg->type == L1T_GT_TOWERCOUNT && et == 0)
        return false;
    return leg->equal ? et == leg->threshold : et >= leg->threshold;
}

bool l1t_gt_leg_passes(const struct l1t_gt_leg *leg, const struct l1t_gt_object *object,
                       unsigned place)
{
    return leg->slice_first <= place && place <= leg->slice_last &&
           threshold_passes(leg, object->et) && inside_any(object->eta, leg->eta, leg->n_eta) &&
           inside_any(object->phi, leg->phi, leg->n_phi) &&
           inside_any(object->index, leg->index, leg->n_index) &&
           (leg->quality_mask >> object->quality & 1) != 0 &&
           (leg->iso_mask >> object->iso & 1) != 0 && (leg->ip_mask >> object->ip & 1) != 0 &&
           leg->upt_low <= object->upt && object->upt <= leg->upt_high &&
           charge_passes(leg->charge, object->charge) &&
           displaced_passes(leg->displaced, object->displaced);
}

// ---- the list that a leg looks at ----

static const struct l1t_gt_object *list_of(const struct l1t_gt_leg *leg,
                                           const struct l1t_gt_around *around)
{
    return &l1t_gt_at(around, leg->bx)->object[l1t_gt_first_slot[leg->type]];
}

static uint16_t passing(const struct l1t_gt_leg *leg, const struct l1t_gt_around *around)
{
    const struct l1t_gt_object *list = list_of(leg, around);
    unsigned places = 0;
    for (unsigned i = 0; i < l1t_gt_type_slots[leg->type]; i++)
        if (l1t_gt_leg_passes(leg, &list[i], i))
            places |= 1U << i;
    return (uint16_t)places;
}

static bool same_list(const struct l1t_gt_leg *a, const struct l1t_gt_leg *b)
{
    return a->type == b->type && a->bx == b->bx;
}

// ---- choosing objects ----

// One condition on one crossing. allowed[k]: the places that leg k may take.
struct search {
    const struct l1t_gt_tables *tables;
    const struct l1t_gt_condition *condition;
    unsigned n;
    const struct l1t_gt_leg *leg[L1T_GT_LEGS + 1];
    const struct l1t_gt_object *list[L1T_GT_LEGS + 1];
    uint16_t allowed[L1T_GT_LEGS + 1];
    uint8_t place[L1T_GT_LEGS + 1]; /* chosen so far */
    struct l1t_gt_pick pick[L1T_GT_LEGS + 1];
};

static bool is_taken(const struct search *s, unsigned k, unsigned place)
{
    for (unsigned i = 0; i < k; i++)
        if (s->place[i] == place && same_list(s->leg[i], s->leg[k]))
            return true;
    return false;
}

// Every choice for leg k and those after it; how deep is known: at most n levels.
// NOLINTNEXTLINE(misc-no-recursion)
static bool choose(struct search *s, unsigned k)
{
    const struct l1t_gt_condition *c = s->condition;
    if (k == s->n)
        return l1t_gt_cuts_hold(s->tables, c->pair, &c->cuts, s->pick, s->n);
    for (unsigned i = 0; s->allowed[k] >> i != 0; i++) {
        if ((s->allowed[k] >> i & 1) == 0 || is_taken(s, k, i))
            continue;
        s->place[k] = (uint8_t)i;
        s->pick[k] = (struct l1t_gt_pick){&s->list[k][i], s->leg[k]->type};
        if (choose(s, k + 1))
            return true;
    }
    return false;
}

// Give leg k a place, moving legs that have one already; tried: places not to be asked again.
// NOLINTNEXTLINE(misc-no-recursion)
static bool find_place(const struct search *s, unsigned k, int owner[16], unsigned *tried)
{
    for (unsigned i = 0; s->allowed[k] >> i != 0; i++) {
        if ((s->allowed[k] >> i & 1) == 0 || (*tried >> i & 1) != 0)
            continue;
        *tried |= 1U << i;
        if (owner[i] < 0 || find_place(s, (unsigned)owner[i], owner, tried)) {
            owner[i] = (int)k;
            return true;
        }
    }
    return false;
}

static bool match(const struct search *s)
{
    int owner[16];
    for (unsigned i = 0; i < 16; i++)
        owner[i] = -1;
    for (unsigned k = 0; k < s->n; k++) {
        unsigned tried = 0;
        if (!find_place(s, k, owner, &tried))
            return false;
    }
    return true;
}

static bool exists(struct search *s)
{
    return s->condition->kind == L1T_GT_COMB && s->condition->cuts.which == 0 ? match(s)
                                                                              : choose(s, 0);
}

static void set_leg(struct search *s, unsigned k, const struct l1t_gt_leg *leg,
                    const struct l1t_gt_around *around)
{
    s->leg[k] = leg;
    s->list[k] = list_of(leg, around);
    s->allowed[k] = passing(leg, around);
}

static void set_legs(struct search *s, const struct l1t_gt_code *code,
                     const struct l1t_gt_condition *condition, const struct l1t_gt_around *around)
{
    s->tables = &code->tables;
    s->condition = condition;
    s->n = condition->n_legs;
    for (unsigned k = 0; k < s->n; k++)
        set_leg(s, k, &code->leg[condition->leg[k]], around);
}

// ---- overlap removal ----

uint16_t l1t_gt_overlapping(const struct l1t_gt_code *code,
                            const struct l1t_gt_condition *condition, unsigned k,
                            const struct l1t_gt_around *around, unsigned reference)
{
    const struct l1t_gt_leg *leg = &code->leg[condition->leg[k]];
    const struct l1t_gt_leg *other = &code->leg[condition->leg[condition->n_legs]];
    const struct l1t_gt_object *list = list_of(leg, around);
    const struct l1t_gt_pick r = {&list_of(other, around)[reference], other->type};
    unsigned places = 0;
    for (unsigned i = 0; i < l1t_gt_type_slots[leg->type]; i++)
        if (l1t_gt_overlaps(&code->tables, condition->overlap_pair, &condition->overlap_cuts,
                            (struct l1t_gt_pick){&list[i], leg->type}, r))
            places |= 1U << i;
    return (uint16_t)places;
}

// The legs that are left, with one reference object; a lone leg is cut against that reference.
static bool exists_with(struct search s, const struct l1t_gt_leg *reference,
                        const struct l1t_gt_around *around, unsigned place)
{
    if (s.n > 1)
        return exists(&s);
    const struct l1t_gt_object *object = &list_of(reference, around)[place];
    const struct l1t_gt_pick r = {object, reference->type};
    for (unsigned i = 0; s.allowed[0] >> i != 0; i++) {
        const struct l1t_gt_pick picks[2] = {{&s.list[0][i], s.leg[0]->type}, r};
        if ((s.allowed[0] >> i & 1) != 0 &&
            l1t_gt_cuts_hold(s.tables, s.condition->pair, &s.condition->cuts, picks, 2))
            return true;
    }
    return false;
}

// Since 2021 each reference removes for itself; until 2020 all of them remove together.
static bool fires_beside_reference(const struct l1t_gt_code *code,
                                   const struct l1t_gt_condition *condition,
                                   const struct l1t_gt_around *around)
{
    const struct l1t_gt_leg *reference = &code->leg[condition->leg[condition->n_legs]];
    const uint16_t references = passing(reference, around);
    struct search all;
    set_legs(&all, code, condition, around);
    for (unsigned r = 0; condition->overlap == L1T_GT_OVERLAP_ALL && references >> r != 0; r++)
        for (unsigned k = 0; (references >> r & 1) != 0 && k < all.n; k++)
            all.allowed[k] &= (uint16_t)~l1t_gt_overlapping(code, condition, k, around, r);
    for (unsigned r = 0; references >> r != 0; r++) {
        struct search one = all;
        for (unsigned k = 0; condition->overlap == L1T_GT_OVERLAP_EXISTS && k < all.n; k++)
            one.allowed[k] &= (uint16_t)~l1t_gt_overlapping(code, condition, k, around, r);
        if ((references >> r & 1) != 0 && exists_with(one, reference, around, r))
            return true;
    }
    return false;
}

// ---- conditions and algorithms ----

bool l1t_gt_condition_fires(const struct l1t_gt_code *code,
                            const struct l1t_gt_condition *condition,
                            const struct l1t_gt_around *around)
{
    struct search search;
    const struct l1t_gt_event *event = l1t_gt_at(around, condition->bx);
    switch (condition->kind) {
    case L1T_GT_EXTERNAL:
        return (event->external[condition->channel / 64] >> condition->channel % 64 & 1) != 0;
    case L1T_GT_SIGNAL:
        return (event->signal >> condition->channel & 1) != 0;
    case L1T_GT_COMB:
    case L1T_GT_PAIR:
    case L1T_GT_TRIPLE:
        if (condition->overlap != L1T_GT_OVERLAP_NONE)
            return fires_beside_reference(code, condition, around);
        set_legs(&search, code, condition, around);
        return exists(&search);
    default:
        return false;
    }
}

static bool evaluate(const struct l1t_gt_code *code, const struct l1t_gt_algorithm *algorithm,
                     const struct l1t_gt_around *around)
{
    bool stack[L1T_GT_STACK] = {false};
    unsigned top = 0; // entries in use
    for (uint32_t i = 0; i < algorithm->n_nodes; i++) {
        const struct l1t_gt_node *node = &code->node[algorithm->first_node + i];
        if (node->op == L1T_GT_OP_CONDITION) {
            stack[top++] = l1t_gt_condition_fires(code, &code->condition[node->condition], around);
            continue;
        }
        bool *last = &stack[top - 1];
        if (node->op == L1T_GT_OP_NOT) {
            *last = !*last;
            continue;
        }
        const bool a = stack[top - 2], b = *last;
        top--;
        stack[top - 1] = node->op == L1T_GT_OP_AND  ? a && b
                         : node->op == L1T_GT_OP_OR ? a || b
                                                    : a != b;
    }
    return top > 0 && stack[top - 1];
}

void l1t_gt_decide(const struct l1t_gt_code *code, const struct l1t_gt_around *around,
                   uint64_t bits[L1T_GT_WORDS])
{
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        bits[w] = 0;
    for (size_t i = 0; i < code->n_algorithms; i++) {
        const struct l1t_gt_algorithm *algorithm = &code->algorithm[i];
        if (algorithm->supported && evaluate(code, algorithm, around))
            bits[algorithm->bit / 64] |= UINT64_C(1) << algorithm->bit % 64;
    }
}

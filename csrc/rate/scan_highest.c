// SPDX-License-Identifier: GPL-3.0-or-later
// The highest threshold at which an algorithm fires on a crossing. It fires below that and not
// above, so that of an AND is the lower one of its parts, that of an OR the higher one. A condition
// of one or two objects is asked by a search through the choices; the others by halving the list of
// codes that come into question with the interpreter.
#include "scan_internal.h"

#include "gt/l1t_gt_cuts.h"

#include <string.h>

enum { CANDIDATES = (L1T_GT_LEGS + 1) * L1T_GT_CALOS };

// One question: the axis that is asked for, the other one's threshold.
struct question {
    const struct l1t_scan *scan;
    const struct l1t_gt_around *around;
    unsigned axis;
    int at[L1T_SCAN_AXES]; // at[axis]: the lowest that matters
};

static const struct l1t_gt_object *list_of(const struct question *q, const struct l1t_gt_leg *leg)
{
    return &l1t_gt_at(q->around, leg->bx)->object[l1t_gt_first_slot[leg->type]];
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

// A leg with the thresholds of the question.
static struct l1t_gt_leg leg_at(const struct question *q, unsigned leg)
{
    const struct l1t_scan_leg *const move = &q->scan->move[leg];
    struct l1t_gt_leg to = q->scan->leg[leg];
    if (move->axis != L1T_SCAN_FIXED) {
        const int threshold = q->at[move->axis] + move->difference;
        to.threshold = (uint16_t)smaller(larger(threshold, 0), UINT16_MAX);
        if (threshold > UINT16_MAX) // beyond all codes: no place is left
            to.slice_first = UINT8_MAX;
    }
    return to;
}

// Up to which threshold of the axis an object passes that passes at the lowest one.
static int highest_of(const struct question *q, unsigned leg, const struct l1t_gt_object *object)
{
    const struct l1t_scan_leg *const move = &q->scan->move[leg];
    return move->axis == q->axis ? smaller(object->et - move->difference, L1T_SCAN_ALWAYS)
                                 : L1T_SCAN_ALWAYS;
}

// ---- one and two objects ----

// Of a leg: the objects that pass at the lowest threshold, and how far.
struct choices {
    unsigned n;
    uint8_t place[L1T_GT_CALOS];
    int highest[L1T_GT_CALOS];
    const struct l1t_gt_object *list;
    uint8_t type;
    int8_t bx;
};

static int make_choices(const struct question *q, unsigned leg, struct choices *c)
{
    const struct l1t_gt_leg at = leg_at(q, leg);
    int best = L1T_SCAN_NEVER;
    c->list = list_of(q, &at);
    c->type = at.type;
    c->bx = at.bx;
    c->n = 0;
    for (unsigned i = 0; i < l1t_gt_type_slots[at.type]; i++) {
        if (!l1t_gt_leg_passes(&at, &c->list[i], i))
            continue;
        c->place[c->n] = (uint8_t)i;
        c->highest[c->n] = highest_of(q, leg, &c->list[i]);
        best = larger(best, c->highest[c->n]);
        c->n++;
    }
    return best;
}

static int highest_of_two(const struct question *q, const struct l1t_gt_condition *condition)
{
    struct choices a, b;
    const int most = make_choices(q, condition->leg[0], &a);
    if (most < 0)
        return L1T_SCAN_NEVER;
    const int limit = smaller(most, make_choices(q, condition->leg[1], &b));
    const bool same = a.type == b.type && a.bx == b.bx;
    int best = L1T_SCAN_NEVER;
    for (unsigned i = 0; i < a.n && best < limit; i++)
        for (unsigned j = 0; j < b.n; j++) {
            const int lower = smaller(a.highest[i], b.highest[j]);
            if (lower <= best || (same && a.place[i] == b.place[j]))
                continue;
            const struct l1t_gt_pick picks[2] = {{&a.list[a.place[i]], a.type},
                                                 {&b.list[b.place[j]], b.type}};
            if (l1t_gt_cuts_hold(&q->scan->lowest.tables, condition->pair, &condition->cuts, picks,
                                 2))
                best = lower;
        }
    return best;
}

static int highest_of_one(const struct question *q, const struct l1t_gt_condition *condition)
{
    struct choices a;
    return make_choices(q, condition->leg[0], &a);
}

// ---- any number, by the interpreter ----

static bool fires(const struct question *q, const struct l1t_gt_condition *condition)
{
    struct l1t_gt_leg leg[L1T_GT_LEGS + 1];
    struct l1t_gt_condition local = *condition;
    struct l1t_gt_code code = {.leg = leg, .tables = q->scan->lowest.tables};
    const unsigned n = condition->n_legs + (unsigned)(condition->overlap != L1T_GT_OVERLAP_NONE);
    for (unsigned k = 0; k < n; k++) {
        leg[k] = leg_at(q, condition->leg[k]); // cppcheck-suppress unreadVariable
        local.leg[k] = (uint16_t)k;
    }
    return l1t_gt_condition_fires(&code, &local, q->around);
}

// Codes at which something changes, above the lowest, falling, each once.
static unsigned insert(int *list, unsigned n, int code)
{
    unsigned at = n;
    while (at > 0 && list[at - 1] < code)
        at--;
    if (at > 0 && list[at - 1] == code)
        return n;
    memmove(&list[at + 1], &list[at], (n - at) * sizeof *list);
    list[at] = code;
    return n + 1;
}

static unsigned add_candidates(const struct question *q, unsigned leg, int *list, unsigned n,
                               unsigned room)
{
    const struct l1t_gt_leg *const at = &q->scan->leg[leg];
    const struct l1t_gt_object *const objects = list_of(q, at);
    for (unsigned i = 0; q->scan->move[leg].axis == q->axis && i < l1t_gt_type_slots[at->type];
         i++) {
        const int code = highest_of(q, leg, &objects[i]);
        if (code >= q->at[q->axis] && n < room)
            n = insert(list, n, code);
    }
    return n;
}

static int highest_by_halves(const struct question *q, const struct l1t_gt_condition *condition)
{
    int list[CANDIDATES + 1];
    unsigned n = 0;
    if (!fires(q, condition))
        return L1T_SCAN_NEVER;
    for (unsigned k = 0; k < condition->n_legs; k++)
        n = add_candidates(q, condition->leg[k], list, n, CANDIDATES);
    // list[last] fires: it is the lowest code at which anything changes.
    unsigned first = 0, last = n - 1;
    while (first < last) {
        const unsigned middle = (first + last) / 2;
        struct question higher = *q;
        higher.at[q->axis] = list[middle];
        if (fires(&higher, condition))
            last = middle;
        else
            first = middle + 1;
    }
    return list[last];
}

static int highest_of_condition(const struct question *q, unsigned number)
{
    const struct l1t_gt_condition *const condition = &q->scan->condition[number];
    const unsigned moved_by = q->scan->moved_by[number];
    if ((moved_by >> q->axis & 1) == 0) {
        const bool on = moved_by == 0
                            ? l1t_gt_condition_fires(&q->scan->lowest, condition, q->around)
                            : fires(q, condition);
        return on ? L1T_SCAN_ALWAYS : L1T_SCAN_NEVER;
    }
    const bool plain = condition->overlap == L1T_GT_OVERLAP_NONE;
    if (plain && condition->n_legs == 1 && condition->cuts.which == 0)
        return highest_of_one(q, condition);
    if (plain && condition->n_legs == 2)
        return highest_of_two(q, condition);
    return highest_by_halves(q, condition);
}

// ---- the expression ----

static int highest(const struct question *q)
{
    int stack[L1T_GT_STACK] = {0};
    unsigned top = 0;
    for (size_t i = 0; i < q->scan->lowest.n_nodes; i++) {
        const struct l1t_gt_node *const node = &q->scan->node[i];
        if (node->op == L1T_GT_OP_CONDITION) {
            stack[top++] = highest_of_condition(q, node->condition);
            continue;
        }
        int *const last = &stack[top - 1];
        if (node->op == L1T_GT_OP_NOT) { // of something that does not move
            *last = *last < 0 ? L1T_SCAN_ALWAYS : L1T_SCAN_NEVER;
            continue;
        }
        const int a = stack[top - 2], b = *last;
        top--;
        stack[top - 1] = node->op == L1T_GT_OP_AND  ? smaller(a, b)
                         : node->op == L1T_GT_OP_OR ? larger(a, b)
                         : (a < 0) != (b < 0)       ? L1T_SCAN_ALWAYS
                                                    : L1T_SCAN_NEVER;
    }
    return stack[0];
}

static int highest_at(const struct l1t_scan *scan, const struct l1t_gt_around *around,
                      unsigned axis, int x, int y)
{
    const struct question q = {scan, around, axis, {x, y}};
    return highest(&q);
}

int l1t_scan_highest(const struct l1t_scan *scan, const struct l1t_gt_around *around)
{
    return highest_at(scan, around, 0, scan->axis[0].from, 0);
}

// ---- two axes ----

enum { STEPS = L1T_SCAN_CORNERS - 1 };

// Codes of the first axis below x, falling.
static unsigned codes_below(const struct l1t_scan *scan, const struct l1t_gt_around *around, int x,
                            int list[STEPS + 1])
{
    const struct question q = {scan, around, 0, {scan->axis[0].from, 0}};
    unsigned n = 0;
    for (unsigned i = 0; i < scan->lowest.n_legs; i++)
        n = add_candidates(&q, i, list, n, STEPS);
    unsigned skip = 0;
    while (skip < n && list[skip] >= x)
        skip++;
    memmove(list, &list[skip], (n - skip) * sizeof *list);
    return n - skip;
}

size_t l1t_scan_staircase(const struct l1t_scan *scan, const struct l1t_gt_around *around,
                          struct l1t_scan_corner corner[L1T_SCAN_CORNERS])
{
    int list[STEPS + 1];
    const int low_x = scan->axis[0].from, low_y = scan->axis[1].from;
    const int x = highest_at(scan, around, 0, low_x, low_y);
    if (x < 0)
        return 0;
    const int most = highest_at(scan, around, 1, low_x, low_y);
    int y = highest_at(scan, around, 1, x, low_y);
    size_t n = 0;
    corner[n++] = (struct l1t_scan_corner){(uint16_t)x, (uint16_t)y};
    const unsigned codes = y < most ? codes_below(scan, around, x, list) : 0;
    for (unsigned i = 0; i < codes && y < most; i++) {
        const int higher = highest_at(scan, around, 1, list[i], low_y);
        if (higher > y)
            corner[n++] = (struct l1t_scan_corner){(uint16_t)list[i], (uint16_t)higher};
        y = larger(y, higher);
    }
    return n;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of single objects, list by list: thresholds and windows once each, classes (all
// that a leg asks beside its threshold) once each.
#include "gt_plan_internal.h"

#include <string.h>

enum { FULL = 0xffff, QUALITIES = 16, TWO_BITS = 4, MOST_WORDS = 256 };

// The windows of one class, as struct l1t_gt_plan.program has them.
struct program {
    uint16_t word[MOST_WORDS];
    uint32_t n, n_terms;
    uint32_t term; // where the term that is being written begins
};

// ---- windows ----

// Number within the list; the list's windows are the last ones of all.
static uint16_t window(struct gt_planner *p, const struct l1t_gt_plan_list *list, unsigned field,
                       unsigned low, unsigned span)
{
    const struct l1t_gt_plan_window w = {(uint16_t)field, (uint16_t)low, (uint16_t)span};
    const size_t n = p->window.n - list->first_window;
    gt_want(p, list->type, field);
    for (size_t i = 0; i < n; i++) {
        const struct l1t_gt_plan_window *other =
            GT_AT(struct l1t_gt_plan_window, p->window, list->first_window + i);
        if (other->field == w.field && other->low == w.low && other->span == w.span)
            return (uint16_t)i;
    }
    *(struct l1t_gt_plan_window *)gt_append(p, &p->window) = w;
    return (uint16_t)n;
}

static bool never_passes(const struct l1t_gt_leg *leg)
{
    return leg->slice_first > leg->slice_last ||
           (leg->type == L1T_GT_TOWERCOUNT && leg->equal && leg->threshold == 0);
}

// A tower count of 0 is no object.
static uint16_t threshold(struct gt_planner *p, const struct l1t_gt_plan_list *list,
                          const struct l1t_gt_leg *leg)
{
    const unsigned low = leg->type == L1T_GT_TOWERCOUNT && leg->threshold == 0 ? 1 : leg->threshold;
    return window(p, list, L1T_GT_ET, low, leg->equal ? 0 : FULL - low);
}

// ---- classes ----

static void begin_term(struct program *program)
{
    program->term = program->n;
    program->word[program->n++] = 0;
    program->n_terms++;
}

static void add(struct program *program, uint16_t number)
{
    program->word[program->n++] = number;
    program->word[program->term]++;
}

static void add_windows(struct gt_planner *p, const struct l1t_gt_plan_list *list, unsigned field,
                        const struct l1t_gt_window *windows, unsigned n, struct program *program)
{
    if (n == 0)
        return;
    begin_term(program);
    for (unsigned i = 0; i < n; i++)
        add(program, window(p, list, field, (uint16_t)windows[i].low,
                            (uint16_t)(windows[i].high - windows[i].low)));
}

// Codes of which the mask has the bit: a window for each run of bits.
static void add_mask(struct gt_planner *p, const struct l1t_gt_plan_list *list, unsigned field,
                     unsigned mask, unsigned n, struct program *program)
{
    const unsigned all = (1U << n) - 1;
    if ((mask & all) == all)
        return;
    begin_term(program);
    for (unsigned first = 0; first < n; first++) {
        unsigned end = first;
        while (end < n && (mask >> end & 1) != 0)
            end++;
        if (end > first)
            add(program, window(p, list, field, first, end - first - 1));
        first = end;
    }
}

static void add_range(struct gt_planner *p, const struct l1t_gt_plan_list *list, unsigned field,
                      unsigned low, unsigned high, struct program *program)
{
    begin_term(program);
    if (low <= high)
        add(program, window(p, list, field, low, high - low));
}

static void write_program(struct gt_planner *p, const struct l1t_gt_plan_list *list,
                          const struct l1t_gt_leg *leg, struct program *program)
{
    program->n = program->n_terms = 0;
    add_windows(p, list, L1T_GT_ETA, leg->eta, leg->n_eta, program);
    add_windows(p, list, L1T_GT_PHI, leg->phi, leg->n_phi, program);
    add_windows(p, list, L1T_GT_INDEX, leg->index, leg->n_index, program);
    add_mask(p, list, L1T_GT_QUALITY, leg->quality_mask, QUALITIES, program);
    add_mask(p, list, L1T_GT_ISO, leg->iso_mask, TWO_BITS, program);
    add_mask(p, list, L1T_GT_IP, leg->ip_mask, TWO_BITS, program);
    if (leg->upt_low > 0 || leg->upt_high < UINT8_MAX)
        add_range(p, list, L1T_GT_UPT, leg->upt_low, leg->upt_high, program);
    if (leg->charge != L1T_GT_CHARGE_ANY) {
        const unsigned code =
            L1T_GT_SIGN_VALID |
            (leg->charge == L1T_GT_CHARGE_NEGATIVE ? (unsigned)L1T_GT_SIGN_NEGATIVE : 0U);
        add_range(p, list, L1T_GT_CHARGE, code, code, program);
    }
    if (leg->displaced == L1T_GT_DISPLACED_YES)
        add_range(p, list, L1T_GT_DISPLACED, 1, FULL, program);
    if (leg->displaced == L1T_GT_DISPLACED_NO)
        add_range(p, list, L1T_GT_DISPLACED, 0, 0, program);
}

// Number within the list, whose classes are the last ones of all.
static uint16_t class_of(struct gt_planner *p, const struct l1t_gt_plan_list *list,
                         const struct l1t_gt_leg *leg)
{
    struct program program;
    const size_t n = p->class_.n - list->first_class;
    write_program(p, list, leg, &program);
    for (size_t i = 0; i < n; i++) {
        const struct l1t_gt_plan_class *c =
            GT_AT(struct l1t_gt_plan_class, p->class_, list->first_class + i);
        const size_t end = list->first_class + i + 1 < p->class_.n ? c[1].first : p->program.n;
        if (c->n_terms == program.n_terms && end - c->first == program.n &&
            (program.n == 0 || memcmp(GT_AT(uint16_t, p->program, c->first), program.word,
                                      program.n * sizeof(uint16_t)) == 0))
            return (uint16_t)i;
    }
    *(struct l1t_gt_plan_class *)gt_append(p, &p->class_) =
        (struct l1t_gt_plan_class){(uint32_t)p->program.n, program.n_terms};
    for (uint32_t i = 0; i < program.n; i++)
        *(uint16_t *)gt_append(p, &p->program) = program.word[i];
    return (uint16_t)n;
}

// ---- lists ----

static void plan_legs(struct gt_planner *p, const struct l1t_gt_plan_list *list)
{
    static const struct l1t_gt_object absent = {0};
    size_t at = list->first_leg;
    for (size_t i = 0; i < p->leg_def.n; i++) {
        const struct l1t_gt_leg *leg = GT_AT(struct l1t_gt_leg, p->leg_def, i);
        if (leg->type != list->type || leg->bx != list->bx)
            continue;
        const bool never = never_passes(leg);
        struct l1t_gt_plan_leg *planned = GT_AT(struct l1t_gt_plan_leg, p->leg, at++);
        planned->leg = (uint16_t)i;
        planned->of_class = class_of(p, list, leg);
        planned->slice_first = never ? 1 : leg->slice_first;
        planned->slice_last = never ? 0 : leg->slice_last;
        planned->empty = !never && l1t_gt_leg_passes(leg, &absent, leg->slice_first);
    }
}

// Thresholds of a list in rising order, those that ask for one code last: each contains the next.
static void plan_thresholds(struct gt_planner *p, const struct l1t_gt_plan_list *list)
{
    uint32_t next = 0; // lowest threshold not planned yet; ones for one code are above all others
    for (bool more = true; more;) {
        uint32_t lowest = UINT32_MAX;
        const struct l1t_gt_leg *leg = NULL;
        for (size_t i = 0; i < p->leg_def.n; i++) {
            const struct l1t_gt_leg *other = GT_AT(struct l1t_gt_leg, p->leg_def, i);
            const uint32_t rank = (other->equal ? 1U << 16 : 0U) + other->threshold;
            if (other->type == list->type && other->bx == list->bx && rank >= next &&
                rank < lowest) {
                lowest = rank;
                leg = other;
            }
        }
        more = leg != NULL;
        if (more)
            (void)threshold(p, list, leg);
        next = lowest + 1;
    }
}

// Thresholds come first, so that a slot where nothing passes one is left at once.
static void plan_list(struct gt_planner *p, unsigned type, int bx)
{
    struct l1t_gt_plan_list list = {.type = (uint8_t)type,
                                    .bx = (int8_t)bx,
                                    .n_slots = l1t_gt_type_slots[type],
                                    .first_window = (uint32_t)p->window.n,
                                    .first_class = (uint32_t)p->class_.n,
                                    .first_leg = (uint32_t)p->leg.n};
    plan_thresholds(p, &list);
    for (size_t i = 0; i < p->leg_def.n; i++) {
        const struct l1t_gt_leg *leg = GT_AT(struct l1t_gt_leg, p->leg_def, i);
        if (leg->type != type || leg->bx != bx)
            continue;
        struct l1t_gt_plan_leg *planned = gt_append(p, &p->leg);
        planned->et = threshold(p, &list, leg);
    }
    list.n_legs = (uint32_t)p->leg.n - list.first_leg;
    list.n_et = (uint32_t)p->window.n - list.first_window;
    if (list.n_legs == 0 || p->out_of_memory)
        return;
    plan_legs(p, &list);
    list.n_windows = (uint32_t)p->window.n - list.first_window;
    list.n_classes = (uint32_t)p->class_.n - list.first_class;
    if (list.n_windows > p->plan.max_windows)
        p->plan.max_windows = list.n_windows;
    if (list.n_classes > p->plan.max_classes)
        p->plan.max_classes = list.n_classes;
    p->plan.margins[type] = p->plan.margins[type] || bx != 0;
    *(struct l1t_gt_plan_list *)gt_append(p, &p->list) = list;
}

void gt_plan_lists(struct gt_planner *p)
{
    for (unsigned type = 0; type < L1T_GT_TYPES; type++)
        for (int bx = -L1T_GT_BX_REACH; bx <= L1T_GT_BX_REACH; bx++)
            plan_list(p, type, bx);
    for (size_t i = 0; i < p->leg_def.n; i++) {
        *(uint16_t *)gt_append(p, &p->leg_mask) = (uint16_t)p->plan.n_leg_masks;
        p->plan.n_leg_masks += l1t_gt_type_slots[GT_AT(struct l1t_gt_leg, p->leg_def, i)->type];
    }
}

uint16_t gt_sign_leg(struct gt_planner *p, unsigned type, int bx, unsigned sign)
{
    const uint8_t charge = sign == 0 ? L1T_GT_CHARGE_POSITIVE : L1T_GT_CHARGE_NEGATIVE;
    for (size_t i = p->code->n_legs; i < p->leg_def.n; i++) {
        const struct l1t_gt_leg *leg = GT_AT(struct l1t_gt_leg, p->leg_def, i);
        if (leg->type == type && leg->bx == bx && leg->charge == charge)
            return (uint16_t)i;
    }
    *(struct l1t_gt_leg *)gt_append(p, &p->leg_def) =
        (struct l1t_gt_leg){.type = (uint8_t)type,
                            .bx = (int8_t)bx,
                            .slice_last = UINT8_MAX,
                            .quality_mask = FULL,
                            .iso_mask = (1U << TWO_BITS) - 1,
                            .ip_mask = (1U << TWO_BITS) - 1,
                            .upt_high = UINT8_MAX,
                            .charge = charge};
    return (uint16_t)(p->leg_def.n - 1);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// One algorithm of a menu with free thresholds: taken apart so that every object has a leg of its
// own, and refused when it does not fall as a threshold rises.
#include "scan_internal.h"

#include <stdlib.h>
#include <string.h>

// What is being made, for messages.
struct maker {
    struct l1t_scan *scan;
    const struct l1t_gt_code *code;
    const char *name;
    unsigned object; // number of the next one, from 0
    struct l1t_diag *diag;
};

#define REFUSE(m, ...)                                                                             \
    l1t_fail_at((m)->diag, l1t_fail((m)->diag, L1T_E_INPUT, __VA_ARGS__), "%s", (m)->name)

static bool has_objects(const struct l1t_gt_condition *condition)
{
    return condition->kind == L1T_GT_COMB || condition->kind == L1T_GT_PAIR ||
           condition->kind == L1T_GT_TRIPLE;
}

static unsigned objects_of(const struct l1t_gt_condition *condition)
{
    return has_objects(condition)
               ? condition->n_legs + (unsigned)(condition->overlap != L1T_GT_OVERLAP_NONE)
               : 0;
}

static uint8_t axis_of(const struct l1t_scan *scan, unsigned object)
{
    for (size_t a = 0; a < scan->n_axes; a++)
        if (object < L1T_SCAN_OBJECTS && (scan->axis[a].legs >> object & 1) != 0)
            return (uint8_t)a;
    return L1T_SCAN_FIXED;
}

// ---- legs ----

static enum l1t_err check_leg(struct maker *m, const struct l1t_gt_leg *leg, uint8_t axis,
                              bool is_reference)
{
    const struct l1t_scan_axis *const a = &m->scan->axis[axis];
    if (leg->type != a->type)
        return REFUSE(m, "object %u is %s, the axis is of %s", m->object + 1,
                      l1t_gt_type_name((enum l1t_gt_type)leg->type), l1t_gt_type_name(a->type));
    if (leg->equal)
        return REFUSE(m, "object %u must equal its threshold: no rate against threshold",
                      m->object + 1);
    if (is_reference)
        return REFUSE(m,
                      "object %u is the reference of an overlap removal: the rate need not fall "
                      "with its threshold",
                      m->object + 1);
    return L1T_OK;
}

static enum l1t_err move_leg(struct maker *m, struct l1t_gt_leg *leg, struct l1t_scan_leg *move,
                             bool *seen)
{
    const struct l1t_scan_axis *const a = &m->scan->axis[move->axis];
    uint16_t *const nominal = &m->scan->nominal[move->axis];
    if (!*seen)
        *nominal = leg->threshold;
    *seen = true;
    move->difference = leg->threshold - *nominal;
    if (a->to + move->difference >= L1T_SCAN_CODES)
        return REFUSE(m, "threshold code %u of object %u is above %d", (unsigned)a->to,
                      m->object + 1, L1T_SCAN_CODES - 1);
    const int lowest = a->from + move->difference;
    leg->threshold = (uint16_t)(lowest > 0 ? lowest : 0);
    return L1T_OK;
}

static enum l1t_err add_condition(struct maker *m, const struct l1t_gt_condition *from, size_t at,
                                  bool seen[L1T_SCAN_AXES])
{
    struct l1t_scan *const s = m->scan;
    struct l1t_gt_condition *const to = &s->condition[at];
    *to = *from;
    for (unsigned k = 0; k < objects_of(from); k++, m->object++) {
        const size_t i = s->lowest.n_legs++;
        struct l1t_scan_leg *const move = &s->move[i];
        s->leg[i] = m->code->leg[from->leg[k]];
        to->leg[k] = (uint16_t)i;
        move->axis = axis_of(s, m->object);
        if (move->axis == L1T_SCAN_FIXED)
            continue;
        enum l1t_err err = check_leg(m, &s->leg[i], move->axis, k == from->n_legs);
        if (err == L1T_OK)
            err = move_leg(m, &s->leg[i], move, &seen[move->axis]);
        if (err != L1T_OK)
            return err;
        s->moved_by[at] |= (uint8_t)(1U << move->axis);
    }
    return L1T_OK;
}

// ---- the expression ----

// No NOT and no XOR may have a moving leg in it. stack: does the expression there move?
static enum l1t_err check_expression(struct maker *m)
{
    bool stack[L1T_GT_STACK] = {false};
    unsigned top = 0;
    for (size_t i = 0; i < m->scan->lowest.n_nodes; i++) {
        const struct l1t_gt_node *const node = &m->scan->node[i];
        if (node->op == L1T_GT_OP_CONDITION) {
            stack[top++] = m->scan->moved_by[node->condition] != 0;
            continue;
        }
        const bool last = stack[top - 1];
        const bool two = node->op != L1T_GT_OP_NOT;
        const bool either = last || (two && stack[top - 2]);
        if (either && (node->op == L1T_GT_OP_NOT || node->op == L1T_GT_OP_XOR))
            return REFUSE(m,
                          "an object of the axis stands under %s: the rate need not fall with "
                          "its threshold",
                          two ? "XOR" : "NOT");
        top -= two;
        stack[top - 1] = either;
    }
    return L1T_OK;
}

// Codes of the first axis at which a crossing's staircase can have a corner.
static unsigned corners(const struct l1t_scan *s)
{
    unsigned n = 0;
    for (size_t i = 0; i < s->lowest.n_legs; i++) {
        bool again = s->move[i].axis != 0;
        for (size_t k = 0; k < i && !again; k++)
            again = s->move[k].axis == 0 && s->move[k].difference == s->move[i].difference &&
                    s->leg[k].bx == s->leg[i].bx;
        n += again ? 0 : l1t_gt_type_slots[s->leg[i].type];
    }
    return n;
}

static enum l1t_err check_axes(struct maker *m)
{
    const struct l1t_scan *const s = m->scan;
    for (size_t a = 0; a < s->n_axes; a++) {
        const struct l1t_scan_axis *const axis = &s->axis[a];
        if (axis->step == 0 || axis->from > axis->to)
            return REFUSE(m, "thresholds from code %u to %u in steps of %u", (unsigned)axis->from,
                          (unsigned)axis->to, (unsigned)axis->step);
        if (axis->legs == 0)
            return REFUSE(m, "an axis without objects");
        if ((m->object < L1T_SCAN_OBJECTS && axis->legs >> m->object != 0))
            return REFUSE(m, "an axis with object %u; the algorithm has %u",
                          64 - (unsigned)__builtin_clzll(axis->legs), m->object);
    }
    if (s->n_axes > 1 && (s->axis[0].legs & s->axis[1].legs) != 0)
        return REFUSE(m, "an object is on both axes");
    if (s->n_axes > 1 && corners(s) >= L1T_SCAN_CORNERS)
        return REFUSE(m, "the first axis moves too many different thresholds");
    return L1T_OK;
}

static bool reserve(struct l1t_scan *s, size_t n_nodes, size_t n_conditions, size_t n_legs)
{
    s->node = calloc(n_nodes + 1, sizeof *s->node);
    s->condition = calloc(n_conditions + 1, sizeof *s->condition);
    s->moved_by = calloc(n_conditions + 1, sizeof *s->moved_by);
    s->leg = calloc(n_legs + 1, sizeof *s->leg);
    s->move = calloc(n_legs + 1, sizeof *s->move);
    return s->node != NULL && s->condition != NULL && s->moved_by != NULL && s->leg != NULL &&
           s->move != NULL;
}

static void summarize(struct l1t_scan *s, const struct l1t_gt_code *code)
{
    s->lowest.leg = s->leg;
    s->lowest.condition = s->condition;
    s->lowest.node = s->node;
    s->algorithm =
        (struct l1t_gt_algorithm){.supported = true, .n_nodes = (uint32_t)s->lowest.n_nodes};
    s->lowest.algorithm = &s->algorithm;
    s->lowest.n_algorithms = 1;
    s->lowest.tables = code->tables;
    s->lowest.bx_past = code->bx_past;
    s->lowest.bx_future = code->bx_future;
    for (size_t i = 0; i < s->lowest.n_legs; i++)
        s->lowest.types |= UINT32_C(1) << s->leg[i].type;
}

static enum l1t_err take_apart(struct maker *m, const struct l1t_gt_algorithm *algorithm)
{
    struct l1t_scan *const s = m->scan;
    bool seen[L1T_SCAN_AXES] = {false};
    const struct l1t_gt_node *const node = &m->code->node[algorithm->first_node];
    size_t n_conditions = 0, n_objects = 0;
    for (uint32_t i = 0; i < algorithm->n_nodes; i++)
        if (node[i].op == L1T_GT_OP_CONDITION) {
            n_conditions++;
            n_objects += objects_of(&m->code->condition[node[i].condition]);
        }
    if (!reserve(s, algorithm->n_nodes, n_conditions, n_objects))
        return l1t_fail(m->diag, L1T_E_NOMEM, "%s: out of memory", m->name);
    for (uint32_t i = 0; i < algorithm->n_nodes; i++) {
        struct l1t_gt_node *const to = &s->node[s->lowest.n_nodes++];
        *to = node[i];
        if (to->op != L1T_GT_OP_CONDITION)
            continue;
        to->condition = (uint16_t)s->lowest.n_conditions++;
        const enum l1t_err err =
            add_condition(m, &m->code->condition[node[i].condition], to->condition, seen);
        if (err != L1T_OK)
            return err;
    }
    enum l1t_err err = check_axes(m);
    if (err == L1T_OK)
        err = check_expression(m);
    summarize(s, m->code);
    return err;
}

enum l1t_err l1t_scan_make_code(const struct l1t_gt_code *code, size_t algorithm, const char *name,
                                const struct l1t_scan_axis *axis, size_t n_axes,
                                struct l1t_scan **scan, struct l1t_diag *diag)
{
    struct maker m = {.code = code, .name = name, .diag = diag};
    *scan = NULL;
    if (n_axes < 1 || n_axes > L1T_SCAN_AXES)
        return REFUSE(&m, "%zu axes; expected 1 or %d", n_axes, L1T_SCAN_AXES);
    if (!code->algorithm[algorithm].supported)
        return REFUSE(&m, "the algorithm cannot be evaluated");
    m.scan = calloc(1, sizeof *m.scan);
    if (m.scan == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", name);
    m.scan->n_axes = n_axes;
    memcpy(m.scan->axis, axis, n_axes * sizeof *axis);
    const enum l1t_err err = take_apart(&m, &code->algorithm[algorithm]);
    if (err == L1T_OK)
        *scan = m.scan;
    else
        l1t_scan_free(m.scan);
    return err;
}

// The menu's algorithm alone, compiled: the other ones have no say in it.
static enum l1t_err compile_one(const struct l1t_gt_menu *menu, size_t algorithm,
                                struct l1t_gt_code **code, struct l1t_diag *diag)
{
    struct l1t_gt_menu one = *menu;
    one.algorithm = &menu->algorithm[algorithm];
    one.n = 1;
    return l1t_gt_compile(&one, code, diag);
}

enum l1t_err l1t_scan_make(const struct l1t_gt_menu *menu, size_t algorithm,
                           const struct l1t_scan_axis *axis, size_t n_axes, struct l1t_scan **scan,
                           struct l1t_diag *diag)
{
    struct l1t_gt_code *code = NULL;
    *scan = NULL;
    enum l1t_err err = compile_one(menu, algorithm, &code, diag);
    if (err == L1T_OK)
        err =
            l1t_scan_make_code(code, 0, menu->algorithm[algorithm].name, axis, n_axes, scan, diag);
    if (err == L1T_OK)
        (*scan)->owned = code;
    else
        l1t_gt_code_free(code);
    return err;
}

void l1t_scan_free(struct l1t_scan *scan)
{
    if (scan == NULL)
        return;
    free(scan->node);
    free(scan->condition);
    free(scan->moved_by);
    free(scan->leg);
    free(scan->move);
    l1t_gt_code_free(scan->owned);
    free(scan);
}

const struct l1t_gt_code *l1t_scan_lowest(const struct l1t_scan *scan)
{
    return &scan->lowest;
}

uint16_t l1t_scan_nominal(const struct l1t_scan *scan, size_t axis)
{
    return scan->nominal[axis];
}

// SPDX-License-Identifier: GPL-3.0-or-later
// An algorithm "pair of jets over 110 and 35 GeV AND mass of two jets over 620 GeV" asks for the
// mass only where the pair is there. So for each condition on several objects: when all algorithms
// that it is in are plain ANDs, the cheap conditions beside it say where it matters.
#include "gt_plan_internal.h"

static bool is_cheap(const struct gt_planner *p, unsigned condition)
{
    const unsigned kind = GT_AT(struct l1t_gt_plan_condition, p->condition, condition)->kind;
    return kind == L1T_GT_PLAN_NEVER || kind == L1T_GT_PLAN_PLANE || kind == L1T_GT_PLAN_COMB;
}

static const struct l1t_gt_node *nodes_of(const struct gt_planner *p,
                                          const struct l1t_gt_algorithm *a)
{
    return &p->code->node[a->first_node];
}

// Nothing but ANDs of conditions and of conditions negated.
static bool is_and(const struct gt_planner *p, const struct l1t_gt_algorithm *a)
{
    const struct l1t_gt_node *node = nodes_of(p, a);
    for (uint32_t i = 0; i < a->n_nodes; i++) {
        const bool negates = node[i].op == L1T_GT_OP_NOT;
        if (node[i].op == L1T_GT_OP_OR || node[i].op == L1T_GT_OP_XOR ||
            (negates && (i == 0 || node[i - 1].op != L1T_GT_OP_CONDITION)))
            return false;
    }
    return true;
}

static bool has(const struct gt_planner *p, const struct l1t_gt_algorithm *a, unsigned condition)
{
    const struct l1t_gt_node *node = nodes_of(p, a);
    for (uint32_t i = 0; i < a->n_nodes; i++)
        if (node[i].op == L1T_GT_OP_CONDITION && node[i].condition == condition)
            return true;
    return false;
}

// The cheap conditions of an algorithm: appended when there is a place to; returns how many.
static uint16_t cheap_ones(struct gt_planner *p, const struct l1t_gt_algorithm *a, bool append)
{
    const struct l1t_gt_node *node = nodes_of(p, a);
    uint16_t n = 0;
    for (uint32_t i = 0; i < a->n_nodes; i++) {
        if (node[i].op != L1T_GT_OP_CONDITION || !is_cheap(p, node[i].condition))
            continue;
        const bool negated = i + 1 < a->n_nodes && node[i + 1].op == L1T_GT_OP_NOT;
        n++;
        if (append)
            *(uint16_t *)gt_append(p, &p->program) =
                (uint16_t)(2 * node[i].condition + (negated ? 1 : 0));
    }
    return n;
}

static void plan_need(struct gt_planner *p, unsigned condition)
{
    struct l1t_gt_plan_condition *to = GT_AT(struct l1t_gt_plan_condition, p->condition, condition);
    uint16_t n = 0;
    for (size_t i = 0; i < p->code->n_algorithms; i++) {
        const struct l1t_gt_algorithm *a = &p->code->algorithm[i];
        if (!a->supported || !has(p, a, condition))
            continue;
        if (!is_and(p, a) || cheap_ones(p, a, false) == 0)
            return; // it is asked everywhere
        n++;
    }
    to->has_needs = true;
    to->first_need = (uint32_t)p->program.n;
    *(uint16_t *)gt_append(p, &p->program) = n;
    for (size_t i = 0; i < p->code->n_algorithms; i++) {
        const struct l1t_gt_algorithm *a = &p->code->algorithm[i];
        if (!a->supported || !has(p, a, condition))
            continue;
        *(uint16_t *)gt_append(p, &p->program) = cheap_ones(p, a, false);
        (void)cheap_ones(p, a, true);
    }
}

void gt_plan_needs(struct gt_planner *p)
{
    for (size_t c = 0; c < p->condition.n && !p->out_of_memory; c++)
        if (!is_cheap(p, (unsigned)c))
            plan_need(p, (unsigned)c);
}

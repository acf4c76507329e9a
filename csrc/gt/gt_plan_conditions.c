// SPDX-License-Identifier: GPL-3.0-or-later
// Which way each condition is evaluated.
#include "gt_plan_internal.h"

static const uint32_t sign_cuts = L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN;

static const struct l1t_gt_leg *leg_of(const struct gt_planner *p, const struct l1t_gt_condition *c,
                                       unsigned k)
{
    return &p->code->leg[c->leg[k]];
}

static bool one_list(const struct gt_planner *p, const struct l1t_gt_condition *c)
{
    for (unsigned k = 1; k < c->n_legs; k++)
        if (leg_of(p, c, k)->type != leg_of(p, c, 0)->type ||
            leg_of(p, c, k)->bx != leg_of(p, c, 0)->bx)
            return false;
    return true;
}

static enum l1t_err refuse(const struct gt_planner *p, const struct l1t_gt_condition *c,
                           struct l1t_diag *diag)
{
    return l1t_fail(diag, L1T_E_INPUT,
                    "condition %zu of the compiled menu: kind %u with %u legs and cuts 0x%x, which "
                    "the batch engine does not know",
                    (size_t)(c - p->code->condition), c->kind, c->n_legs, c->cuts.which);
}

static void want_signs(struct gt_planner *p, const struct l1t_gt_condition *c,
                       struct l1t_gt_plan_condition *to)
{
    const struct l1t_gt_leg first = *leg_of(p, c, 0);
    to->like_sign = (c->cuts.which & L1T_GT_CUT_LIKE_SIGN) != 0;
    to->opposite_sign = (c->cuts.which & L1T_GT_CUT_OPPOSITE_SIGN) != 0;
    for (unsigned s = 0; s < 2 && (c->cuts.which & sign_cuts) != 0; s++)
        to->sign[s] = gt_sign_leg(p, first.type, first.bx, s);
}

// ---- combinations ----

// Different legs, and how often each is asked for; the reference stays behind the last.
static void merge_legs(const struct l1t_gt_condition *c, struct l1t_gt_plan_condition *to,
                       uint32_t times[L1T_GT_LEGS])
{
    to->n_legs = 0;
    for (unsigned k = 0; k < c->n_legs; k++) {
        unsigned i = 0;
        while (i < to->n_legs && to->leg[i] != c->leg[k])
            i++;
        if (i == to->n_legs) {
            to->leg[to->n_legs++] = c->leg[k];
            times[i] = 0;
        }
        times[i]++;
    }
    if (c->overlap != L1T_GT_OVERLAP_NONE)
        to->leg[to->n_legs] = c->leg[c->n_legs];
}

static void plan_comb(struct gt_planner *p, const struct l1t_gt_condition *c,
                      struct l1t_gt_plan_condition *to)
{
    uint32_t times[L1T_GT_LEGS] = {0}, stride[L1T_GT_LEGS];
    merge_legs(c, to, times);
    want_signs(p, c, to);
    to->first_step = (uint32_t)p->step.n;
    to->n_states = 1;
    for (unsigned k = 0; k < to->n_legs; k++) {
        stride[k] = to->n_states;
        to->n_states *= times[k] + 1;
    }
    for (uint32_t s = to->n_states - 1; s > 0; s--)
        for (unsigned k = 0; k < to->n_legs; k++)
            if (s / stride[k] % (times[k] + 1) > 0)
                *(struct l1t_gt_plan_step *)gt_append(p, &p->step) =
                    (struct l1t_gt_plan_step){(uint16_t)s, (uint16_t)(s - stride[k]), (uint8_t)k};
    to->n_steps = (uint32_t)p->step.n - to->first_step;
    if (to->n_states > p->plan.max_states)
        p->plan.max_states = to->n_states;
}

// ---- pairs and triples ----

static void plan_cuts(struct gt_planner *p, const struct l1t_gt_cuts *cuts,
                      struct l1t_gt_plan_condition *to)
{
    to->first_cut = (uint32_t)p->cut.n;
    to->n_cuts = gt_plan_cuts(p, to->group, cuts);
}

// Lists of a pair in one order, so that as many conditions as possible share a group.
static void plan_pair(struct gt_planner *p, const struct l1t_gt_condition *c,
                      struct l1t_gt_plan_condition *to)
{
    const struct l1t_gt_leg a = *leg_of(p, c, 0), b = *leg_of(p, c, 1);
    const bool swap = a.type > b.type || (a.type == b.type && a.bx > b.bx);
    to->kind = L1T_GT_PLAN_PAIR;
    to->leg[0] = c->leg[swap ? 1 : 0];
    to->leg[1] = c->leg[swap ? 0 : 1];
    to->group = gt_shared_group(p, swap ? &b : &a, swap ? &a : &b, c->pair);
    plan_cuts(p, &c->cuts, to);
    *(uint32_t *)gt_append(p, &p->member_of) = to->group;
    *(struct l1t_gt_plan_member *)gt_append(p, &p->member) = (struct l1t_gt_plan_member){
        .condition = (uint16_t)(c - p->code->condition),
        .leg = {to->leg[0], to->leg[1]},
        .overlap = c->overlap != L1T_GT_OVERLAP_NONE,
        .first_cut = to->first_cut,
        .n_cuts = to->n_cuts,
    };
}

static void plan_triple(struct gt_planner *p, const struct l1t_gt_condition *c,
                        struct l1t_gt_plan_condition *to)
{
    const struct l1t_gt_leg a = *leg_of(p, c, 0);
    struct l1t_gt_cuts of_two = c->cuts;
    to->kind = L1T_GT_PLAN_TRIPLE;
    to->mass = (c->cuts.which & L1T_GT_CUT_MASS) != 0;
    to->limits = c->cuts.mass;
    of_two.which &= ~(sign_cuts | L1T_GT_CUT_MASS);
    want_signs(p, c, to);
    to->group = gt_own_group(p, &a, &a, c->pair);
    plan_cuts(p, &of_two, to);
    gt_want(p, a.type, L1T_GT_ET);
    gt_want(p, a.type, L1T_GT_ETA);
    gt_want(p, a.type, L1T_GT_PHI);
}

// ---- overlap removal ----

static bool equal_limits(struct l1t_gt_limits a, struct l1t_gt_limits b)
{
    return a.low == b.low && a.high == b.high;
}

static bool same_overlap(const struct l1t_gt_cuts *a, const struct l1t_gt_cuts *b)
{
    return a->which == b->which && equal_limits(a->deta, b->deta) &&
           equal_limits(a->dphi, b->dphi) && equal_limits(a->dr2, b->dr2);
}

// Shared by conditions that ask the same of the same lists.
static uint16_t overlap_table(struct gt_planner *p, const struct l1t_gt_condition *c,
                              const struct l1t_gt_leg *leg, const struct l1t_gt_leg *reference)
{
    struct l1t_gt_cuts cuts = c->overlap_cuts;
    cuts.which &= L1T_GT_CUT_DETA | L1T_GT_CUT_DPHI | L1T_GT_CUT_DR;
    for (size_t i = 0; i < p->table.n; i++) {
        const struct gt_overlap_table *t = GT_AT(struct gt_overlap_table, p->table, i);
        const struct l1t_gt_plan_group *g =
            GT_AT(struct l1t_gt_plan_group, p->group, *GT_AT(uint32_t, p->table_group, i));
        if (same_overlap(&t->cuts, &cuts) && g->pair == c->overlap_pair &&
            g->type[0] == leg->type && g->bx[0] == leg->bx && g->type[1] == reference->type &&
            g->bx[1] == reference->bx)
            return (uint16_t)i;
    }
    const uint32_t group = gt_own_group(p, leg, reference, c->overlap_pair);
    *(uint32_t *)gt_append(p, &p->table_group) = group;
    *(struct gt_overlap_table *)gt_append(p, &p->table) = (struct gt_overlap_table){cuts};
    (void)gt_plan_cuts(p, group, &cuts);
    return (uint16_t)(p->table.n - 1);
}

static enum l1t_err plan_overlap(struct gt_planner *p, const struct l1t_gt_condition *c,
                                 struct l1t_gt_plan_condition *to, struct l1t_diag *diag)
{
    const struct l1t_gt_leg reference = *leg_of(p, c, c->n_legs);
    const bool comb = c->n_legs > 1 && c->kind == L1T_GT_COMB && (c->cuts.which & ~sign_cuts) == 0;
    if ((c->n_legs > 2 && !comb) || (comb && !one_list(p, c)))
        return refuse(p, c, diag);
    to->kind = L1T_GT_PLAN_OVERLAP;
    to->overlap = c->overlap;
    if (comb) {
        plan_comb(p, c, to);
    } else if (c->n_legs == 2) {
        plan_pair(p, c, to);
    } else {
        const struct l1t_gt_leg a = *leg_of(p, c, 0);
        to->group = gt_own_group(p, &a, &reference, c->pair);
        plan_cuts(p, &c->cuts, to);
    }
    to->n_tables = one_list(p, c) ? 1 : to->n_legs;
    for (unsigned k = 0; k < to->n_tables; k++)
        to->table[k] = overlap_table(p, c, &p->code->leg[to->leg[k]], &reference);
    if (to->n_legs > p->plan.max_overlap_legs)
        p->plan.max_overlap_legs = to->n_legs;
    return L1T_OK;
}

// ---- all ----

static enum l1t_err plan_objects(struct gt_planner *p, const struct l1t_gt_condition *c,
                                 struct l1t_gt_plan_condition *to, struct l1t_diag *diag)
{
    const bool pair_cuts = (c->cuts.which & ~sign_cuts) != 0;
    to->pair = c->pair;
    to->n_legs = c->n_legs;
    for (unsigned k = 0; k < L1T_GT_LEGS + 1; k++)
        to->leg[k] = c->leg[k];
    if (c->n_legs < 1 || c->n_legs > L1T_GT_LEGS)
        return refuse(p, c, diag);
    if (c->overlap != L1T_GT_OVERLAP_NONE)
        return plan_overlap(p, c, to, diag);
    if (c->n_legs == 2 && (c->kind == L1T_GT_PAIR || c->cuts.which != 0)) {
        plan_pair(p, c, to);
        return L1T_OK;
    }
    if (c->kind == L1T_GT_TRIPLE && c->n_legs == 3 && one_list(p, c)) {
        plan_triple(p, c, to);
        return L1T_OK;
    }
    if (c->n_legs > 1 && (c->kind != L1T_GT_COMB || pair_cuts || !one_list(p, c)))
        return refuse(p, c, diag);
    to->kind = L1T_GT_PLAN_COMB;
    plan_comb(p, c, to);
    return L1T_OK;
}

static enum l1t_err plan_condition(struct gt_planner *p, const struct l1t_gt_condition *c,
                                   struct l1t_diag *diag)
{
    struct l1t_gt_plan_condition to = {.kind = L1T_GT_PLAN_NEVER, .bx = c->bx};
    const unsigned plane = c->channel + (c->kind == L1T_GT_SIGNAL ? L1T_GT_EXTERNALS : 0U);
    enum l1t_err err = L1T_OK;
    switch (c->kind) {
    case L1T_GT_EXTERNAL:
    case L1T_GT_SIGNAL:
        if (plane >= L1T_GT_PLANES || c->channel >= L1T_GT_EXTERNALS)
            return refuse(p, c, diag);
        to.kind = L1T_GT_PLAN_PLANE;
        to.plane = (uint16_t)plane;
        p->plan.plane_words[plane / 64] = true;
        break;
    case L1T_GT_COMB:
    case L1T_GT_PAIR:
    case L1T_GT_TRIPLE:
        err = plan_objects(p, c, &to, diag);
        break;
    default:
        break;
    }
    *(struct l1t_gt_plan_condition *)gt_append(p, &p->condition) = to;
    return err;
}

enum l1t_err gt_plan_conditions(struct gt_planner *p, struct l1t_diag *diag)
{
    for (size_t i = 0; i < p->code->n_conditions && !p->out_of_memory; i++) {
        const enum l1t_err err = plan_condition(p, &p->code->condition[i], diag);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

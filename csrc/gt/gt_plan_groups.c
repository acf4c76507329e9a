// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of pairs of lists, and their cuts as parts. Limits on distances become windows of bins: a
// table of distances rises, so the bins that pass are neighbours.
#include "gt_plan_internal.h"

#include <string.h>

enum { NO_BIN = 0xffff };

// ---- groups ----

static struct l1t_gt_plan_group group_of(const struct l1t_gt_leg *a, const struct l1t_gt_leg *b,
                                         unsigned pair)
{
    return (struct l1t_gt_plan_group){
        .type = {a->type, b->type},
        .n_slots = {l1t_gt_type_slots[a->type], l1t_gt_type_slots[b->type]},
        .bx = {a->bx, b->bx},
        .pair = (uint8_t)pair,
        .same = a->type == b->type && a->bx == b->bx,
        .sign = {{L1T_GT_NO_LEG, L1T_GT_NO_LEG}, {L1T_GT_NO_LEG, L1T_GT_NO_LEG}},
    };
}

uint32_t gt_own_group(struct gt_planner *p, const struct l1t_gt_leg *a, const struct l1t_gt_leg *b,
                      unsigned pair)
{
    *(struct l1t_gt_plan_group *)gt_append(p, &p->group) = group_of(a, b, pair);
    return (uint32_t)(p->group.n - 1);
}

// Groups with members are shared; n_members counts them until they are put in order.
uint32_t gt_shared_group(struct gt_planner *p, const struct l1t_gt_leg *a,
                         const struct l1t_gt_leg *b, unsigned pair)
{
    for (size_t i = 0; i < p->group.n; i++) {
        struct l1t_gt_plan_group *g = GT_AT(struct l1t_gt_plan_group, p->group, i);
        if (g->n_members > 0 && g->type[0] == a->type && g->type[1] == b->type &&
            g->bx[0] == a->bx && g->bx[1] == b->bx && g->pair == pair) {
            g->n_members++;
            return (uint32_t)i;
        }
    }
    const uint32_t number = gt_own_group(p, a, b, pair);
    if (!p->out_of_memory)
        GT_AT(struct l1t_gt_plan_group, p->group, number)->n_members = 1;
    return number;
}

// ---- parts ----

// The window of bins whose entry is within the limits; false: they are not neighbours.
static bool bins_within(const uint32_t *table, uint32_t n, struct l1t_gt_limits limits,
                        struct l1t_gt_plan_part *part)
{
    uint32_t first = n, last = 0, count = 0;
    for (uint32_t i = 0; i < n; i++)
        if (limits.low <= table[i] && table[i] <= limits.high) {
            first = first == n ? i : first;
            last = i;
            count++;
        }
    part->low = (uint16_t)(count > 0 ? first : NO_BIN);
    part->span = (uint16_t)(count > 0 ? last - first : 0);
    return n <= NO_BIN && (count == 0 || last - first + 1 == count);
}

// Last bin of which the square is not beyond a limit; a later one cannot pass.
static uint16_t last_near(const uint32_t *table, uint32_t n, uint64_t high)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < n; i++)
        if ((uint64_t)table[i] * table[i] <= high)
            last = i;
    return (uint16_t)(last < NO_BIN ? last : NO_BIN);
}

static void set_part(const struct l1t_gt_pair_tables *tables, const struct l1t_gt_cuts *cuts,
                     unsigned kind, struct l1t_gt_plan_part *part)
{
    memset(part, 0, sizeof *part);
    part->kind = (uint8_t)kind;
    switch (kind) {
    case L1T_GT_PART_LIKE_SIGN:
    case L1T_GT_PART_OPPOSITE_SIGN:
        return;
    case L1T_GT_PART_DETA:
        part->limits = cuts->deta;
        part->is_range = bins_within(tables->deta, tables->n_eta, cuts->deta, part);
        return;
    case L1T_GT_PART_DPHI:
        part->limits = cuts->dphi;
        part->is_range = bins_within(tables->dphi, tables->n_phi, cuts->dphi, part);
        return;
    case L1T_GT_PART_DR:
        part->limits = cuts->dr2;
        part->eta_last = last_near(tables->deta, tables->n_eta, cuts->dr2.high);
        part->phi_last = last_near(tables->dphi, tables->n_phi, cuts->dr2.high);
        return;
    case L1T_GT_PART_MASS_DR:
        part->limits = (struct l1t_gt_limits){1, 1}; // measured as holds or not
        memcpy(part->ratio_low, cuts->mass_dr_low, sizeof part->ratio_low);
        return;
    case L1T_GT_PART_TBPT:
        part->limits = (struct l1t_gt_limits){cuts->tbpt2_low, UINT64_MAX};
        return;
    default:
        part->limits = cuts->mass;
        return;
    }
}

static bool equal_parts(const struct l1t_gt_plan_part *a, const struct l1t_gt_plan_part *b)
{
    return a->kind == b->kind && a->limits.low == b->limits.low &&
           a->limits.high == b->limits.high && a->ratio_low[0] == b->ratio_low[0] &&
           a->ratio_low[1] == b->ratio_low[1];
}

static void want_columns(struct gt_planner *p, struct l1t_gt_plan_group *group, unsigned kind)
{
    const bool sign = kind == L1T_GT_PART_LIKE_SIGN || kind == L1T_GT_PART_OPPOSITE_SIGN;
    const bool eta =
        !sign && kind != L1T_GT_PART_DPHI && kind != L1T_GT_PART_MASS_T && kind != L1T_GT_PART_TBPT;
    const bool phi = !sign && kind != L1T_GT_PART_DETA;
    group->eta = group->eta || eta;
    group->phi = group->phi || phi;
    for (unsigned k = 0; k < 2; k++) {
        gt_want(p, group->type[k], L1T_GT_ET);
        if (eta)
            gt_want(p, group->type[k], L1T_GT_ETA);
        if (phi)
            gt_want(p, group->type[k], L1T_GT_PHI);
        if (kind == L1T_GT_PART_MASS_UPT)
            gt_want(p, group->type[k], L1T_GT_UPT);
        for (unsigned s = 0; sign && s < 2; s++)
            group->sign[k][s] = gt_sign_leg(p, group->type[k], group->bx[k], s);
    }
}

// Its number within the group.
static uint16_t part_of(struct gt_planner *p, uint32_t number, const struct l1t_gt_plan_part *part)
{
    uint16_t n = 0;
    for (size_t i = 0; i < p->part.n; i++) {
        const struct gt_part *other = GT_AT(struct gt_part, p->part, i);
        if (other->group == number && equal_parts(&other->part, part))
            return n;
        n = (uint16_t)(n + (other->group == number));
    }
    *(struct gt_part *)gt_append(p, &p->part) = (struct gt_part){*part, number};
    return n;
}

uint32_t gt_plan_cuts(struct gt_planner *p, uint32_t group, const struct l1t_gt_cuts *cuts)
{
    static const struct {
        uint32_t which;
        unsigned kind;
    } kinds[] = {
        {L1T_GT_CUT_LIKE_SIGN, L1T_GT_PART_LIKE_SIGN},
        {L1T_GT_CUT_OPPOSITE_SIGN, L1T_GT_PART_OPPOSITE_SIGN},
        {L1T_GT_CUT_DETA, L1T_GT_PART_DETA},
        {L1T_GT_CUT_DPHI, L1T_GT_PART_DPHI},
        {L1T_GT_CUT_DR, L1T_GT_PART_DR},
        {L1T_GT_CUT_MASS, L1T_GT_PART_MASS},
        {L1T_GT_CUT_MASS_T, L1T_GT_PART_MASS_T},
        {L1T_GT_CUT_MASS_UPT, L1T_GT_PART_MASS_UPT},
        {L1T_GT_CUT_MASS_DR, L1T_GT_PART_MASS_DR},
        {L1T_GT_CUT_TBPT, L1T_GT_PART_TBPT},
    };
    uint32_t n = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !p->out_of_memory; i++) {
        struct l1t_gt_plan_group *g = GT_AT(struct l1t_gt_plan_group, p->group, group);
        struct l1t_gt_plan_part part;
        if ((cuts->which & kinds[i].which) == 0)
            continue;
        set_part(&p->code->tables.pair[g->pair], cuts, kinds[i].kind, &part);
        want_columns(p, g, kinds[i].kind);
        *(uint16_t *)gt_append(p, &p->cut) = part_of(p, group, &part);
        n++;
    }
    return n;
}

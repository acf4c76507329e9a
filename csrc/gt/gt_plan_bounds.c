// SPDX-License-Identifier: GPL-3.0-or-later
// Limits on one quantity, of whatever conditions, as ranks among all of its limits: a quantity is
// looked up once, and each limit is then a comparison of 16-bit ranks.
#include "gt_plan_internal.h"

#include <stdlib.h>

static const uint8_t kind_of[L1T_GT_SHARED] = {
    [L1T_GT_DR2] = L1T_GT_PART_DR,
    [L1T_GT_MASS] = L1T_GT_PART_MASS,
    [L1T_GT_MASS_T] = L1T_GT_PART_MASS_T,
    [L1T_GT_MASS_UPT] = L1T_GT_PART_MASS_UPT,
};

static int ascending(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

// In rising order, each once; returns how many are left.
static size_t sort_once(size_t n, uint64_t *bound)
{
    size_t left = 0;
    if (n > 1)
        qsort(bound, n, sizeof *bound, ascending);
    for (size_t i = 0; i < n; i++)
        if (left == 0 || bound[i] != bound[left - 1])
            bound[left++] = bound[i];
    return left;
}

// How many bounds a value reaches.
static uint16_t rank_of(const uint64_t *bound, size_t n, uint64_t value)
{
    uint16_t rank = 0;
    for (size_t i = 0; i < n; i++)
        rank = (uint16_t)(rank + (bound[i] <= value));
    return rank;
}

static void set_window(const uint64_t *bound, size_t n, struct l1t_gt_plan_part *part)
{
    const struct l1t_gt_limits limits = part->limits;
    const uint16_t low = limits.low == 0 ? 0 : rank_of(bound, n, limits.low);
    const uint16_t high = limits.high == UINT64_MAX ? UINT16_MAX : rank_of(bound, n, limits.high);
    const bool never = limits.low > limits.high;
    part->low = never ? UINT16_MAX : low; // no rank is as high as that
    part->span = (uint16_t)(never ? 0 : high - low);
}

// The bounds of one quantity, filled up with ones that nothing exceeds.
static void bounds_of(struct gt_planner *p, struct l1t_gt_plan_group *group, unsigned q)
{
    struct l1t_gt_plan_bounds *bounds = &group->bounds[q];
    bounds->first = (uint32_t)p->bound.n;
    for (uint32_t i = 0; i < group->n_parts; i++) {
        const struct l1t_gt_plan_part *part =
            GT_AT(struct l1t_gt_plan_part, p->ordered_part, group->first_part + i);
        if (part->kind != kind_of[q] || part->alone)
            continue;
        if (part->limits.low > 0)
            *(uint64_t *)gt_append(p, &p->bound) = part->limits.low;
        if (part->limits.high < UINT64_MAX)
            *(uint64_t *)gt_append(p, &p->bound) = part->limits.high + 1;
    }
    const size_t all = p->bound.n - bounds->first;
    if (p->out_of_memory || p->bound.data == NULL)
        return;
    const size_t n = sort_once(all, GT_AT(uint64_t, p->bound, bounds->first));
    p->bound.n = bounds->first + n;
    bounds->half = n > 0 ? 1 : 0;
    while (n > 0 && 2 * (size_t)bounds->half - 1 < n)
        bounds->half *= 2;
    while (n > 0 && p->bound.n - bounds->first < 2 * (size_t)bounds->half - 1 && !p->out_of_memory)
        *(uint64_t *)gt_append(p, &p->bound) = UINT64_MAX;
    for (uint32_t i = 0; i < group->n_parts; i++) {
        struct l1t_gt_plan_part *part =
            GT_AT(struct l1t_gt_plan_part, p->ordered_part, group->first_part + i);
        if (part->kind == kind_of[q] && !part->alone)
            set_window(GT_AT(uint64_t, p->bound, bounds->first), n, part);
    }
}

static bool is_shared(unsigned kind)
{
    for (unsigned q = 0; q < L1T_GT_SHARED; q++)
        if (kind_of[q] == kind)
            return true;
    return false;
}

// Parts that have their quantity to themselves: ranks would not pay.
static void find_lone_parts(struct gt_planner *p, const struct l1t_gt_plan_group *group)
{
    for (uint32_t i = 0; i < group->n_parts; i++) {
        struct l1t_gt_plan_part *part =
            GT_AT(struct l1t_gt_plan_part, p->ordered_part, group->first_part + i);
        unsigned n = 0;
        for (uint32_t k = 0; k < group->n_parts; k++)
            n += GT_AT(struct l1t_gt_plan_part, p->ordered_part, group->first_part + k)->kind ==
                 part->kind;
        part->alone = n == 1 || !is_shared(part->kind);
    }
}

void gt_plan_bounds(struct gt_planner *p, struct l1t_gt_plan_group *group)
{
    if (p->bound.n == 0)
        (void)gt_append(p, &p->bound); // so that there is an array
    if (!p->out_of_memory)
        find_lone_parts(p, group);
    for (unsigned q = 0; q < L1T_GT_SHARED && !p->out_of_memory; q++)
        bounds_of(p, group, q);
}

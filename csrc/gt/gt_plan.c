// SPDX-License-Identifier: GPL-3.0-or-later
// The plan of a compiled menu for the batch engine: made once, a menu of 500 algorithms takes about
// a millisecond.
#include "gt_plan_internal.h"

#include <stdlib.h>
#include <string.h>

void *gt_append(struct gt_planner *p, struct gt_array *array)
{
    if (array->n == array->room) {
        const size_t room = array->room == 0 ? 64 : 2 * array->room;
        void *data =
            room > SIZE_MAX / array->size ? NULL : realloc(array->data, room * array->size);
        if (data == NULL) {
            p->out_of_memory = true;
            return &p->spill;
        }
        array->data = data;
        array->room = room;
    }
    unsigned char *at = (unsigned char *)array->data + array->n++ * array->size;
    return memset(at, 0, array->size);
}

void gt_want(struct gt_planner *p, unsigned type, unsigned field)
{
    p->plan.column[type][field] = 0;
}

static void set_sizes(struct gt_planner *p)
{
    p->leg_def.size = sizeof(struct l1t_gt_leg);
    p->leg_mask.size = p->program.size = p->cut.size = sizeof(uint16_t);
    p->member_of.size = p->table_group.size = sizeof(uint32_t);
    p->table.size = sizeof(struct gt_overlap_table);
    p->bound.size = sizeof(uint64_t);
    p->list.size = sizeof(struct l1t_gt_plan_list);
    p->window.size = sizeof(struct l1t_gt_plan_window);
    p->class_.size = sizeof(struct l1t_gt_plan_class);
    p->leg.size = sizeof(struct l1t_gt_plan_leg);
    p->step.size = sizeof(struct l1t_gt_plan_step);
    p->group.size = sizeof(struct l1t_gt_plan_group);
    p->part.size = sizeof(struct gt_part);
    p->ordered_part.size = sizeof(struct l1t_gt_plan_part);
    p->member.size = p->ordered_member.size = sizeof(struct l1t_gt_plan_member);
    p->condition.size = sizeof(struct l1t_gt_plan_condition);
}

// Parts and members of a group in a row.
static void order_groups(struct gt_planner *p)
{
    for (size_t g = 0; g < p->group.n && !p->out_of_memory; g++) {
        struct l1t_gt_plan_group *group = GT_AT(struct l1t_gt_plan_group, p->group, g);
        group->first_part = (uint32_t)p->ordered_part.n;
        group->first_member = (uint32_t)p->ordered_member.n;
        for (size_t i = 0; i < p->part.n; i++) {
            const struct gt_part *part = GT_AT(struct gt_part, p->part, i);
            if (part->group == g)
                *(struct l1t_gt_plan_part *)gt_append(p, &p->ordered_part) = part->part;
        }
        for (size_t i = 0; i < p->member.n; i++)
            if (*GT_AT(uint32_t, p->member_of, i) == g)
                *(struct l1t_gt_plan_member *)gt_append(p, &p->ordered_member) =
                    *GT_AT(struct l1t_gt_plan_member, p->member, i);
        group->n_parts = (uint32_t)p->ordered_part.n - group->first_part;
        gt_plan_bounds(p, group);
        if (!p->out_of_memory)
            gt_plan_logs(p, group);
        group->n_members = (uint32_t)p->ordered_member.n - group->first_member;
        if (group->n_parts > p->plan.max_parts)
            p->plan.max_parts = group->n_parts;
    }
}

static void number_columns(struct l1t_gt_plan *plan)
{
    for (unsigned type = 0; type < L1T_GT_TYPES; type++)
        for (unsigned field = 0; field < L1T_GT_FIELDS; field++)
            if (plan->column[type][field] != L1T_GT_NO_COLUMN) {
                plan->column[type][field] = (uint16_t)plan->n_columns;
                plan->n_columns += l1t_gt_type_slots[type];
            }
}

static void set_pointers(struct gt_planner *p)
{
    struct l1t_gt_plan *plan = &p->plan;
    plan->n_legs = (uint32_t)p->leg_def.n;
    plan->n_lists = (uint32_t)p->list.n;
    plan->n_groups = (uint32_t)p->group.n;
    plan->leg_mask = p->leg_mask.data;
    plan->list = p->list.data;
    plan->window = p->window.data;
    plan->class_ = p->class_.data;
    plan->program = p->program.data;
    plan->leg = p->leg.data;
    plan->step = p->step.data;
    plan->group = p->group.data;
    plan->bound = p->bound.data;
    plan->part = p->ordered_part.data;
    plan->member = p->ordered_member.data;
    plan->cut = p->cut.data;
    plan->condition = p->condition.data;
    plan->table_group = p->table_group.data;
    plan->n_tables = (uint32_t)p->table.n;
}

static enum l1t_err make(struct gt_planner *p, struct l1t_diag *diag)
{
    for (size_t i = 0; i < p->code->n_legs; i++)
        *(struct l1t_gt_leg *)gt_append(p, &p->leg_def) = p->code->leg[i];
    const enum l1t_err err = gt_plan_conditions(p, diag);
    if (err != L1T_OK)
        return err;
    if (!p->out_of_memory)
        gt_plan_lists(p);
    order_groups(p);
    gt_plan_needs(p);
    if (p->out_of_memory)
        return l1t_fail(diag, L1T_E_NOMEM, "plan of the menu: out of memory");
    if (p->plan.n_leg_masks > UINT16_MAX)
        return l1t_fail(diag, L1T_E_INPUT, "menu of %zu legs; the batch engine takes about %d",
                        p->code->n_legs, UINT16_MAX / 12);
    number_columns(&p->plan);
    set_pointers(p);
    return L1T_OK;
}

enum l1t_err l1t_gt_plan_make(const struct l1t_gt_code *code, struct l1t_gt_plan **plan,
                              struct l1t_diag *diag)
{
    *plan = NULL;
    struct gt_planner *p = calloc(1, sizeof *p);
    if (p == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "plan of the menu: out of memory");
    p->code = p->plan.code = code;
    memset(p->plan.column, 0xff, sizeof p->plan.column);
    set_sizes(p);
    const enum l1t_err err = make(p, diag);
    if (err == L1T_OK)
        *plan = &p->plan;
    else
        l1t_gt_plan_free(&p->plan);
    return err;
}

void l1t_gt_plan_free(struct l1t_gt_plan *plan)
{
    struct gt_planner *p = (struct gt_planner *)(void *)plan; // its first member
    if (p == NULL)
        return;
    void *const owned[] = {
        p->leg_def.data,   p->leg_mask.data,  p->list.data,         p->window.data,
        p->class_.data,    p->program.data,   p->leg.data,          p->step.data,
        p->group.data,     p->part.data,      p->member.data,       p->cut.data,
        p->condition.data, p->member_of.data, p->ordered_part.data, p->ordered_member.data,
        p->bound.data,     p->table.data,     p->table_group.data};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    for (unsigned type = 0; type < L1T_GT_TYPES; type++)
        free(p->log_pt[type]);
    free(p);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Why a bit differs: the probes of the algorithm's conditions and of their legs beside what the
// interpreter makes of the same crossing.
#include "gt_cosim_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void add(struct l1t_gt_cosim_run *c, const char *fmt, ...) L1T_PRINTF(2, 3);

static void add(struct l1t_gt_cosim_run *c, const char *fmt, ...)
{
    char *const text = c->result->first;
    const size_t n = strlen(text);
    va_list list;
    va_start(list, fmt);
    (void)vsnprintf(text + n, sizeof c->result->first - n, fmt, list);
    va_end(list);
}

static unsigned bits_at(const uint32_t *words, size_t at, unsigned n)
{
    unsigned value = 0;
    for (unsigned i = 0; i < n; i++)
        value |= (unsigned)(words[(at + i) / 32] >> (at + i) % 32 & 1) << i;
    return value;
}

// Probes of so many clocks before the one that was last.
static const uint32_t *probe(const struct l1t_gt_cosim_run *c, const uint32_t *ring, size_t words,
                             unsigned before)
{
    return ring + (c->clock - 1 - before) % L1T_GT_COSIM_DEPTH * words;
}

static unsigned passing(const struct l1t_gt_cosim_run *c, const struct l1t_gt_leg *leg,
                        const struct l1t_gt_around *around)
{
    const struct l1t_gt_object *list =
        &l1t_gt_at(around, leg->bx)->object[l1t_gt_first_slot[leg->type]];
    unsigned places = 0;
    (void)c;
    for (unsigned i = 0; i < l1t_gt_type_slots[leg->type]; i++)
        places |= (unsigned)l1t_gt_leg_passes(leg, &list[i], i) << i;
    return places;
}

static void compare_legs(struct l1t_gt_cosim_run *c, const struct l1t_gt_condition *condition,
                         const struct l1t_gt_around *around)
{
    const struct l1t_gt_code *code = c->options->code;
    const uint32_t *legs =
        probe(c, c->legs, c->shape.leg_words, c->shape.latency - c->shape.legs_latency);
    const unsigned n = condition->n_legs + (condition->overlap != L1T_GT_OVERLAP_NONE ? 1U : 0U);
    bool agree = true;
    for (unsigned k = 0; k < n; k++) {
        const struct l1t_gt_leg *leg = &code->leg[condition->leg[k]];
        const unsigned rtl = bits_at(legs, (size_t)condition->leg[k] * L1T_GT_MENU_LEG_BITS,
                                     l1t_gt_type_slots[leg->type]);
        const unsigned model = passing(c, leg, around);
        if (rtl != model)
            add(c, "; leg %u (%s at %+d): RTL objects 0x%x, model 0x%x", condition->leg[k],
                l1t_gt_type_name((enum l1t_gt_type)leg->type), leg->bx, rtl, model);
        agree = agree && rtl == model;
    }
    if (agree && n > 0)
        add(c, "; its legs agree");
}

static void compare_conditions(struct l1t_gt_cosim_run *c, const struct l1t_gt_algorithm *algorithm,
                               const struct l1t_gt_around *around)
{
    const struct l1t_gt_code *code = c->options->code;
    const uint32_t *conditions = probe(c, c->conditions, c->shape.condition_words, 1);
    bool agree = true;
    for (uint32_t i = 0; i < algorithm->n_nodes; i++) {
        const struct l1t_gt_node *node = &code->node[algorithm->first_node + i];
        if (node->op != L1T_GT_OP_CONDITION)
            continue;
        const struct l1t_gt_condition *condition = &code->condition[node->condition];
        const unsigned rtl = bits_at(conditions, node->condition, 1);
        const unsigned model = l1t_gt_condition_fires(code, condition, around);
        if (rtl == model)
            continue;
        agree = false;
        add(c, "; condition %u: RTL %u, model %u", node->condition, rtl, model);
        compare_legs(c, condition, around);
    }
    if (agree)
        add(c, "; its conditions agree");
}

void l1t_gt_cosim_why(struct l1t_gt_cosim_run *c, size_t crossing, unsigned bit)
{
    const struct l1t_gt_code *code = c->options->code;
    const struct l1t_gt_menu *menu = c->options->menu;
    const char *name = "no algorithm";
    const unsigned model = (unsigned)(c->expected[crossing][bit / 64] >> bit % 64 & 1);
    struct l1t_gt_around around;
    for (size_t i = 0; i < menu->n; i++)
        if (menu->algorithm[i].bit == bit)
            name = menu->algorithm[i].name;
    add(c, "crossing %zu: bit %u (%.120s): RTL %u, model %u", crossing, bit, name, !model, model);
    l1t_gt_vectors_around(c->options->vectors, crossing, NULL, &around);
    for (size_t i = 0; i < code->n_algorithms; i++)
        if (code->algorithm[i].bit == bit)
            compare_conditions(c, &code->algorithm[i], &around);
}

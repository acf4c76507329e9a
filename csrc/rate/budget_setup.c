// SPDX-License-Identifier: GPL-3.0-or-later
// What a study lets move becomes items of the solver's problem; its groups become limits.
#include "budget_setup.h"

#include "scan_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum l1t_err refuse(const struct l1t_budget_setup *s, const struct l1t_study_move *move,
                           struct l1t_diag *diag, const char *text)
{
    return l1t_yaml_fail(s->opened->study.yaml, move->node, diag, "%.100s: %s", move->algorithm,
                         text);
}

// The item of an algorithm, new when it has none; what does not move is as in the menu.
static enum l1t_err item_of(struct l1t_budget_setup *s, const struct l1t_study_move *move,
                            size_t *index, struct l1t_diag *diag)
{
    const struct l1t_study_opened *const o = s->opened;
    size_t algorithm = 0;
    const enum l1t_err err =
        l1t_study_opened_find(o, move->algorithm, move->node, &algorithm, diag);
    if (err != L1T_OK)
        return err;
    const struct l1t_gt_algorithm_def *const a = &o->menu->algorithm[algorithm];
    for (*index = 0; *index < s->budget.n_items; ++*index)
        if (s->source[*index].algorithm == algorithm)
            return L1T_OK;
    if (a->masked || a->veto)
        return refuse(s, move, diag, "it has no part in the final OR");
    if (o->gate.factor[a->bit] == 0)
        return refuse(s, move, diag, "it is off in this column (prescale 0)");
    struct l1t_budget_source *const source = &s->source[*index];
    source->algorithm = algorithm;
    source->threshold = calloc(L1T_BUDGET_POINTS, sizeof *source->threshold);
    if (source->threshold == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const uint32_t factor = o->gate.factor[a->bit];
    s->budget.item[s->budget.n_items++] = (struct l1t_budget_item){.name = a->name,
                                                                   .bit = (uint16_t)a->bit,
                                                                   .n_points = 1,
                                                                   .threshold = source->threshold,
                                                                   .low = factor,
                                                                   .high = factor,
                                                                   .factor = factor};
    return L1T_OK;
}

static enum l1t_err move_prescale(struct l1t_budget_setup *s, const struct l1t_study_move *move,
                                  size_t index, struct l1t_diag *diag)
{
    struct l1t_budget_item *const item = &s->budget.item[index];
    if (item->low < item->high)
        return refuse(s, move, diag, "its prescale is in the list already");
    item->low = (uint32_t)lround(100 * move->from);
    item->high = (uint32_t)lround(100 * move->to);
    item->step = (uint32_t)lround(100 * move->step);
    return L1T_OK;
}

// An object of the axis must be above zero with the lowest threshold: a menu has no others.
static bool falls_below_zero(const struct l1t_study_opened *o, const struct l1t_budget_source *x)
{
    for (size_t k = 0; k < x->scan->lowest.n_legs; k++)
        if (x->scan->move[k].axis == 0) {
            const int code = x->axis.from + x->scan->move[k].difference;
            if (code < 0 || isnan(l1t_study_gev(o, x->axis.type, (unsigned)code)))
                return true;
        }
    return false;
}

static enum l1t_err move_threshold(struct l1t_budget_setup *s, const struct l1t_study_move *move,
                                   size_t index, struct l1t_diag *diag)
{
    const struct l1t_study_opened *const o = s->opened;
    struct l1t_budget_item *const item = &s->budget.item[index];
    struct l1t_budget_source *const x = &s->source[index];
    if (x->scan != NULL)
        return refuse(s, move, diag, "its threshold is in the list already");
    enum l1t_err err = l1t_scan_axis_of(o->menu, x->algorithm, move->leg, &x->axis, diag);
    if (err == L1T_OK)
        err = l1t_study_axis(o, move->algorithm, move->from, move->to, move->step, move->node,
                             &x->axis, diag);
    if (err == L1T_OK)
        err = l1t_scan_make(o->menu, x->algorithm, &x->axis, 1, &x->scan, diag);
    if (err != L1T_OK)
        return err;
    item->n_points = l1t_scan_points(&x->axis);
    if (item->n_points > L1T_BUDGET_POINTS)
        return refuse(s, move, diag, "more than 1024 thresholds; take larger steps");
    if (falls_below_zero(o, x))
        return refuse(s, move, diag,
                      "another leg would fall below the scale; begin at a higher threshold");
    for (size_t i = 0; i < item->n_points; i++)
        x->threshold[i] =
            l1t_study_gev(o, x->axis.type, (unsigned)(x->axis.from + i * x->axis.step));
    item->nominal = l1t_study_gev(o, x->axis.type, l1t_scan_nominal(x->scan, 0));
    return L1T_OK;
}

static enum l1t_err make_limits(struct l1t_budget_setup *s, struct l1t_diag *diag)
{
    const struct l1t_study_opened *const o = s->opened;
    struct l1t_budget *const b = &s->budget;
    b->limit[0].name = "total";
    b->limit[0].hz = o->rate.budget.total_hz;
    memset(b->limit[0].bits, 0xff, sizeof b->limit[0].bits);
    b->n_limits = 1;
    for (size_t g = 0; g < o->rate.budget.n_groups; g++) {
        struct l1t_budget_limit *const limit = &b->limit[b->n_limits++];
        bool any = false;
        limit->name = o->rate.budget.group[g].name;
        limit->hz = o->rate.budget.group[g].hz;
        for (size_t i = 0; i < o->menu->n; i++)
            if (strcmp(o->menu->algorithm[i].group, limit->name) == 0) {
                const unsigned bit = o->menu->algorithm[i].bit;
                limit->bits[bit / 64] |= UINT64_C(1) << bit % 64;
                any = true;
            }
        if (!any)
            return l1t_yaml_fail(o->study.yaml, o->rate.budget.group[g].node, diag,
                                 "menu %.60s has no algorithm of group '%.60s'", o->menu->name,
                                 limit->name);
    }
    return L1T_OK;
}

static void take_gate(struct l1t_budget *b, const struct l1t_gate *gate)
{
    for (unsigned bit = 0; bit < L1T_GT_ALGORITHMS; bit++) {
        const uint64_t mask = UINT64_C(1) << bit % 64;
        b->drop[bit] = gate->drop[bit];
        if (gate->factor[bit] == 0)
            continue;
        b->finor[bit / 64] |= gate->finor[bit / 64] & mask;
        b->veto[bit / 64] |= gate->veto[bit / 64] & mask;
        if (gate->factor[bit] == 100)
            b->always[bit / 64] |= mask;
    }
}

static void name_samples(struct l1t_budget_setup *s)
{
    const struct l1t_rate_study *const rate = &s->opened->rate;
    struct l1t_budget *const b = &s->budget;
    b->n_signals = rate->n_signals;
    for (size_t k = 0; k < rate->rates.n_samples; k++)
        b->sample[b->n_samples++].name = rate->rates.sample[k].name;
    for (size_t k = 0; k < rate->n_signals; k++) {
        b->sample[b->n_samples].weight = rate->signal[k].weight;
        b->sample[b->n_samples++].name = rate->signal[k].name;
    }
}

enum l1t_err l1t_budget_setup_make(struct l1t_budget_setup *setup, struct l1t_study_opened *opened,
                                   unsigned threads, struct l1t_diag *diag)
{
    memset(setup, 0, sizeof *setup);
    setup->opened = opened;
    setup->threads = threads;
    setup->budget.margin = opened->rate.budget.margin_sigma;
    setup->budget.objective = opened->rate.budget.objective;
    take_gate(&setup->budget, &opened->gate);
    name_samples(setup);
    enum l1t_err err = make_limits(setup, diag);
    for (size_t i = 0; err == L1T_OK && i < opened->rate.budget.n_moves; i++) {
        const struct l1t_study_move *const move = &opened->rate.budget.move[i];
        size_t index = 0;
        err = item_of(setup, move, &index, diag);
        if (err == L1T_OK)
            err = move->prescale ? move_prescale(setup, move, index, diag)
                                 : move_threshold(setup, move, index, diag);
    }
    return err;
}

void l1t_budget_setup_free(struct l1t_budget_setup *setup)
{
    for (size_t i = 0; i < L1T_BUDGET_ITEMS; i++) {
        l1t_scan_free(setup->source[i].scan);
        free(setup->source[i].threshold);
    }
    l1t_budget_free(&setup->budget);
    memset(setup, 0, sizeof *setup);
}

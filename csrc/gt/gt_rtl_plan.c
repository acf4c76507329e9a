// SPDX-License-Identifier: GPL-3.0-or-later
// What the RTL of a menu shares: the same lists, quantities and windows appear once.
#include "gt_rtl.h"

#include <stdlib.h>
#include <string.h>

enum { CHARGES = L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN };

// ---- places ----

static size_t add(struct l1t_gt_rtl *r, struct l1t_gt_pool *pool, const void *item)
{
    size_t index = 0;
    r->failed = !l1t_gt_pool_add(pool, item, &index) || r->failed;
    return index;
}

size_t l1t_gt_rtl_list_of(struct l1t_gt_rtl *r, unsigned leg)
{
    const struct l1t_gt_leg *l = &r->code->leg[leg];
    const struct l1t_gt_rtl_list list = {l->type, l->bx};
    return add(r, &r->list, &list);
}

size_t l1t_gt_rtl_values_of(struct l1t_gt_rtl *r, unsigned leg1, unsigned leg2, unsigned pair)
{
    const struct l1t_gt_rtl_values values = {
        {(uint16_t)l1t_gt_rtl_list_of(r, leg1), (uint16_t)l1t_gt_rtl_list_of(r, leg2)},
        (uint16_t)pair};
    return add(r, &r->values, &values);
}

unsigned l1t_gt_rtl_width(uint32_t cut)
{
    switch (cut) {
    case L1T_GT_CUT_DETA:
    case L1T_GT_CUT_DPHI:
        return 14;
    case L1T_GT_CUT_DR:
        return 29;
    case L1T_GT_CUT_MASS_DR:
        return 85;
    case L1T_GT_CUT_TBPT:
        return 63;
    case L1T_GT_RTL_MASS_3:
        return 59;
    default:
        return 57; // masses
    }
}

unsigned l1t_gt_rtl_ready(uint32_t cut)
{
    switch (cut) {
    case L1T_GT_CUT_DETA:
    case L1T_GT_CUT_DPHI:
        return 1;
    case L1T_GT_CUT_DR:
        return 2;
    case L1T_GT_CUT_MASS_DR:
    case L1T_GT_RTL_MASS_3:
        return 4;
    default:
        return 3;
    }
}

// ---- windows ----

// Limits as constants of the quantity's width. Beyond what it can be: nothing passes.
static struct l1t_gt_rtl_window window_of(size_t values, uint32_t cut,
                                          const struct l1t_gt_cuts *cuts)
{
    const unsigned width = l1t_gt_rtl_width(cut);
    struct l1t_gt_rtl_window w = {.values = (uint32_t)values, .cut = cut};
    const struct l1t_gt_limits limits = cut == L1T_GT_CUT_DETA   ? cuts->deta
                                        : cut == L1T_GT_CUT_DPHI ? cuts->dphi
                                        : cut == L1T_GT_CUT_DR   ? cuts->dr2
                                                                 : cuts->mass;
    if (cut == L1T_GT_CUT_MASS_DR) {
        const uint64_t most = (UINT64_C(1) << (width - 64)) - 1;
        const bool beyond = cuts->mass_dr_low[1] > most;
        w.low[0] = beyond ? UINT64_MAX : cuts->mass_dr_low[0];
        w.low[1] = beyond ? most : cuts->mass_dr_low[1];
        w.high[0] = UINT64_MAX;
        w.high[1] = most;
        return w;
    }
    const uint64_t most = (UINT64_C(1) << width) - 1;
    const uint64_t low = cut == L1T_GT_CUT_TBPT ? cuts->tbpt2_low : limits.low;
    const uint64_t high = cut == L1T_GT_CUT_TBPT ? most : limits.high;
    w.low[0] = low <= most && low <= high ? low : 1;
    w.high[0] = low <= most && low <= high ? (high < most ? high : most) : 0;
    return w;
}

unsigned l1t_gt_rtl_windows_of(struct l1t_gt_rtl *r, size_t values, const struct l1t_gt_cuts *cuts,
                               bool three, size_t window[10])
{
    unsigned n = 0;
    for (uint32_t cut = 1; cut <= L1T_GT_CUT_TBPT; cut <<= 1) {
        if ((cuts->which & cut) == 0)
            continue;
        const struct l1t_gt_rtl_window w =
            window_of(values, three && cut == L1T_GT_CUT_MASS ? L1T_GT_RTL_MASS_3 : cut, cuts);
        window[n++] = add(r, &r->window, &w);
    }
    return n;
}

// ---- conditions ----

enum l1t_gt_rtl_form l1t_gt_rtl_form_of(const struct l1t_gt_condition *c)
{
    const bool between = (c->cuts.which & ~(uint32_t)CHARGES) != 0;
    switch (c->kind) {
    case L1T_GT_EXTERNAL:
    case L1T_GT_SIGNAL:
        return L1T_GT_RTL_WIRE;
    case L1T_GT_COMB:
    case L1T_GT_PAIR:
    case L1T_GT_TRIPLE:
        break;
    default:
        return L1T_GT_RTL_NONE;
    }
    if (c->overlap != L1T_GT_OVERLAP_NONE && c->n_legs == 1)
        return L1T_GT_RTL_LONE;
    if (c->kind == L1T_GT_COMB && (!between || c->n_legs == 1))
        return L1T_GT_RTL_COMB;
    if (c->n_legs == 2)
        return L1T_GT_RTL_PAIR;
    return c->n_legs == 3 && c->overlap == L1T_GT_OVERLAP_NONE ? L1T_GT_RTL_TRIPLE
                                                               : L1T_GT_RTL_NONE;
}

static void plan_overlap(struct l1t_gt_rtl *r, const struct l1t_gt_condition *c)
{
    size_t window[10];
    r->overlap = true;
    for (unsigned k = 0; k < c->n_legs; k++)
        if (c->overlap_cuts.which != 0)
            (void)l1t_gt_rtl_windows_of(
                r, l1t_gt_rtl_values_of(r, c->leg[k], c->leg[c->n_legs], c->overlap_pair),
                &c->overlap_cuts, false, window);
}

static void plan_condition(struct l1t_gt_rtl *r, const struct l1t_gt_condition *c)
{
    const enum l1t_gt_rtl_form form = l1t_gt_rtl_form_of(c);
    const bool removes = c->overlap != L1T_GT_OVERLAP_NONE;
    size_t window[10];
    if (form == L1T_GT_RTL_WIRE)
        return;
    for (unsigned k = 0; k < c->n_legs + (removes ? 1U : 0U); k++) {
        r->leg[c->leg[k]] = true;
        const size_t list = l1t_gt_rtl_list_of(r, c->leg[k]);
        if ((c->cuts.which & CHARGES) != 0 && !r->failed)
            r->signs[list] = true;
    }
    if (removes)
        plan_overlap(r, c);
    if (form == L1T_GT_RTL_COMB || (c->cuts.which & ~(uint32_t)CHARGES) == 0)
        return;
    const bool three = form == L1T_GT_RTL_TRIPLE;
    (void)l1t_gt_rtl_windows_of(r, l1t_gt_rtl_values_of(r, c->leg[0], c->leg[1], c->pair), &c->cuts,
                                three, window);
}

// ---- algorithms ----

static bool can_be_built(const struct l1t_gt_code *code, const struct l1t_gt_algorithm *algorithm)
{
    for (uint32_t i = 0; i < algorithm->n_nodes; i++) {
        const struct l1t_gt_node *node = &code->node[algorithm->first_node + i];
        if (node->op == L1T_GT_OP_CONDITION &&
            l1t_gt_rtl_form_of(&code->condition[node->condition]) == L1T_GT_RTL_NONE)
            return false;
    }
    return algorithm->supported;
}

static void plan_algorithms(struct l1t_gt_rtl *r, const uint64_t *only,
                            struct l1t_gt_rtl_summary *summary)
{
    for (size_t i = 0; i < r->code->n_algorithms; i++) {
        const struct l1t_gt_algorithm *algorithm = &r->code->algorithm[i];
        const unsigned word = algorithm->bit / 64, bit = algorithm->bit % 64;
        if (only != NULL && (only[word] >> bit & 1) == 0) {
            summary->left_out++;
            continue;
        }
        if (!can_be_built(r->code, algorithm)) {
            summary->unsupported++;
            continue;
        }
        summary->algorithms++;
        r->present[word] |= UINT64_C(1) << bit;
        for (uint32_t k = 0; k < algorithm->n_nodes; k++) {
            const struct l1t_gt_node *node = &r->code->node[algorithm->first_node + k];
            if (node->op == L1T_GT_OP_CONDITION)
                r->condition[node->condition] = true;
        }
    }
}

// ---- when ----

static void plan_clocks(struct l1t_gt_rtl *r)
{
    r->pass_at = 1; // legs
    for (size_t w = 0; w < r->window.n; w++) {
        const struct l1t_gt_rtl_window *window = l1t_gt_rtl_window_at(r, w);
        const unsigned passes = l1t_gt_rtl_ready(window->cut) + 1;
        if (passes > r->pass_at)
            r->pass_at = passes;
        r->wanted[window->values] |= window->cut;
    }
    r->keep_at = r->pass_at + (r->overlap ? 1 : 0);
    // Words, objects, two crossings to come, conditions, algorithms.
    r->latency = 1 + 1 + 2 + r->keep_at + 1 + 1;
}

static void summarize(const struct l1t_gt_rtl *r, struct l1t_gt_rtl_summary *summary)
{
    for (size_t i = 0; i < r->code->n_legs; i++)
        summary->legs += r->leg[i];
    for (size_t i = 0; i < r->code->n_conditions; i++)
        summary->conditions += r->condition[i];
    summary->pair_lists = r->values.n;
    summary->windows = r->window.n;
    summary->latency = r->latency;
    memcpy(summary->present, r->present, sizeof summary->present);
}

enum l1t_err l1t_gt_rtl_plan(struct l1t_gt_rtl *r, const struct l1t_gt_rtl_options *options,
                             struct l1t_gt_rtl_summary *summary, struct l1t_diag *diag)
{
    const struct l1t_gt_code *code = r->code;
    enum { LISTS = L1T_GT_TYPES * (2 * L1T_GT_BX_REACH + 1) };
    r->list.size = sizeof(struct l1t_gt_rtl_list);
    r->values.size = sizeof(struct l1t_gt_rtl_values);
    r->window.size = sizeof(struct l1t_gt_rtl_window);
    r->leg = calloc(code->n_legs + 1, sizeof *r->leg);
    r->condition = calloc(code->n_conditions + 1, sizeof *r->condition);
    r->signs = calloc(LISTS, sizeof *r->signs);
    r->failed = r->leg == NULL || r->condition == NULL || r->signs == NULL;
    if (!r->failed)
        plan_algorithms(r, options->only, summary);
    for (size_t i = 0; i < code->n_conditions && !r->failed; i++)
        if (r->condition[i])
            plan_condition(r, &code->condition[i]);
    r->wanted = calloc(r->values.n + 1, sizeof *r->wanted);
    if (r->failed || r->wanted == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    plan_clocks(r);
    summarize(r, summary);
    return L1T_OK;
}

static void free_pool(struct l1t_gt_pool *pool)
{
    free(pool->item);
    free(pool->slot);
}

void l1t_gt_rtl_fini(struct l1t_gt_rtl *r)
{
    free_pool(&r->list);
    free_pool(&r->values);
    free_pool(&r->window);
    free(r->wanted);
    free(r->leg);
    free(r->condition);
    free(r->signs);
}

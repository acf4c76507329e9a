// SPDX-License-Identifier: GPL-3.0-or-later
// Rates and efficiencies for the solver's search. What no item can change is summed once.
#include "budget_eval.h"
#include "gate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// A different crossing in which an item fires.
struct entry {
    double w, w2;
    uint32_t first, n; // items that fire, in firing[]
    uint32_t none;     // of what does not move, by limit, in none[]
    uint16_t sample;
};

struct firing {
    uint16_t item, level;
};

struct budget_eval {
    const struct l1t_budget *budget;
    size_t n, n_firing;
    struct entry *entry;
    struct firing *firing;
    double *none;                     // [n][n_limits], with the probability of no veto in no_veto[]
    double *no_veto;                  // [n]
    uint32_t *list[L1T_BUDGET_ITEMS]; // entries of an item
    size_t n_list[L1T_BUDGET_ITEMS];
    uint64_t limits_of[L1T_BUDGET_ITEMS][2]; // bit c: limit c holds the item; LIMITS is 65
    struct budget_sums constant;
};

static bool in_limit(const struct budget_eval *e, size_t item, size_t limit)
{
    return (e->limits_of[item][limit / 64] >> limit % 64 & 1) != 0;
}

static unsigned items_of(const struct l1t_budget *b, const struct l1t_budget_word *word)
{
    unsigned n = 0;
    for (size_t i = 0; i < b->n_items; i++)
        n += word->level[i] > 0;
    return n;
}

static void add_constant(struct budget_eval *e, size_t s, const struct l1t_budget_word *word)
{
    const struct l1t_budget *const b = e->budget;
    const double unit = b->sample[s].unit;
    const double no_veto = l1t_none_kept(b->drop, word->fixed, b->veto, b->veto);
    for (size_t c = 0; c < b->n_limits; c++) {
        const double share =
            no_veto * (1 - l1t_none_kept(b->drop, word->fixed, b->limit[c].bits, b->finor));
        e->constant.w[s][c] += share * (double)word->w * unit;
        e->constant.w2[s][c] += share * share * (double)word->w2 * unit * unit;
    }
}

static void add_entry(struct budget_eval *e, size_t s, const struct l1t_budget_word *word)
{
    const struct l1t_budget *const b = e->budget;
    const double unit = b->sample[s].unit;
    struct entry *const to = &e->entry[e->n];
    *to = (struct entry){.w = (double)word->w * unit,
                         .w2 = (double)word->w2 * unit * unit,
                         .first = (uint32_t)e->n_firing,
                         .none = (uint32_t)(e->n * b->n_limits),
                         .sample = (uint16_t)s};
    e->no_veto[e->n] = l1t_none_kept(b->drop, word->fixed, b->veto, b->veto);
    for (size_t c = 0; c < b->n_limits; c++)
        e->none[to->none + c] = l1t_none_kept(b->drop, word->fixed, b->limit[c].bits, b->finor);
    for (size_t i = 0; i < b->n_items; i++)
        if (word->level[i] > 0) {
            e->firing[e->n_firing++] = (struct firing){(uint16_t)i, word->level[i]};
            e->list[i][e->n_list[i]++] = (uint32_t)e->n;
            to->n++;
        }
    e->n++;
}

static bool reserve(struct budget_eval *e)
{
    const struct l1t_budget *const b = e->budget;
    size_t n = 0, firing = 0, of_item[L1T_BUDGET_ITEMS] = {0};
    for (size_t s = 0; s < b->n_samples; s++)
        for (size_t k = 0; k < b->sample[s].n_words; k++) {
            const unsigned items = items_of(b, &b->sample[s].word[k]);
            n += items > 0;
            firing += items;
            for (size_t i = 0; i < b->n_items; i++)
                of_item[i] += b->sample[s].word[k].level[i] > 0;
        }
    e->entry = malloc((n + 1) * sizeof *e->entry);
    e->firing = malloc((firing + 1) * sizeof *e->firing);
    e->none = malloc((n * b->n_limits + 1) * sizeof *e->none);
    e->no_veto = malloc((n + 1) * sizeof *e->no_veto);
    bool good = e->entry != NULL && e->firing != NULL && e->none != NULL && e->no_veto != NULL;
    for (size_t i = 0; i < b->n_items; i++) {
        e->list[i] = malloc((of_item[i] + 1) * sizeof *e->list[i]);
        good = good && e->list[i] != NULL;
    }
    return good;
}

enum l1t_err l1t_budget_eval_open(const struct l1t_budget *b, struct budget_eval **eval,
                                  struct l1t_diag *diag)
{
    struct budget_eval *const e = calloc(1, sizeof *e);
    *eval = NULL;
    if (e != NULL)
        e->budget = b;
    if (e == NULL || !reserve(e)) {
        l1t_budget_eval_close(e);
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory for the budget's crossings");
    }
    for (size_t i = 0; i < b->n_items; i++)
        for (size_t c = 0; c < b->n_limits; c++)
            if ((b->limit[c].bits[b->item[i].bit / 64] >> b->item[i].bit % 64 & 1) != 0)
                e->limits_of[i][c / 64] |= UINT64_C(1) << c % 64;
    for (size_t s = 0; s < b->n_samples; s++)
        for (size_t k = 0; k < b->sample[s].n_words; k++) {
            const struct l1t_budget_word *const word = &b->sample[s].word[k];
            if (items_of(b, word) > 0)
                add_entry(e, s, word);
            else
                add_constant(e, s, word);
        }
    *eval = e;
    return L1T_OK;
}

void l1t_budget_eval_close(struct budget_eval *eval)
{
    if (eval == NULL)
        return;
    free(eval->entry);
    free(eval->firing);
    free(eval->none);
    free(eval->no_veto);
    for (size_t i = 0; i < L1T_BUDGET_ITEMS; i++)
        free(eval->list[i]);
    free(eval);
}

size_t l1t_budget_eval_size(const struct budget_eval *eval)
{
    return eval->n;
}

// ---- sums ----

static double drop_of(const struct budget_point *at, size_t i)
{
    return at->factor[i] > 0 ? 1 - 100 / at->factor[i] : 1;
}

// Adds sign times what an entry gives with a setting.
static void put(const struct budget_eval *e, const struct budget_point *at, size_t number,
                double sign, struct budget_sums *sums)
{
    const struct entry *const x = &e->entry[number];
    double none[L1T_BUDGET_LIMITS];
    memcpy(none, &e->none[x->none], e->budget->n_limits * sizeof *none);
    for (uint32_t k = x->first; k < x->first + x->n; k++) {
        const size_t i = e->firing[k].item;
        if (e->firing[k].level <= at->point[i])
            continue;
        const double drop = drop_of(at, i);
        for (size_t c = 0; c < e->budget->n_limits; c++)
            if (in_limit(e, i, c))
                none[c] *= drop;
    }
    for (size_t c = 0; c < e->budget->n_limits; c++) {
        const double share = e->no_veto[number] * (1 - none[c]);
        sums->w[x->sample][c] += sign * share * x->w;
        sums->w2[x->sample][c] += sign * share * share * x->w2;
    }
}

void l1t_budget_eval_all(const struct budget_eval *eval, const struct budget_point *at,
                         struct budget_sums *sums)
{
    *sums = eval->constant;
    for (size_t i = 0; i < eval->n; i++)
        put(eval, at, i, 1, sums);
}

static uint16_t level_of(const struct budget_eval *e, size_t number, size_t item)
{
    const struct entry *const x = &e->entry[number];
    uint32_t k = x->first;
    while (e->firing[k].item != item)
        k++;
    return e->firing[k].level;
}

void l1t_budget_eval_step(const struct budget_eval *eval, const struct budget_point *at,
                          const struct budget_point *to, size_t item, struct budget_sums *sums)
{
    const uint16_t low = at->point[item] < to->point[item] ? at->point[item] : to->point[item];
    const uint16_t high = at->point[item] < to->point[item] ? to->point[item] : at->point[item];
    const bool same_factor =
        !(at->factor[item] < to->factor[item]) && !(at->factor[item] > to->factor[item]);
    for (size_t k = 0; k < eval->n_list[item]; k++) {
        const size_t number = eval->list[item][k];
        const uint16_t level = level_of(eval, number, item);
        if (level <= low || (level > high && same_factor))
            continue;
        put(eval, at, number, -1, sums);
        put(eval, to, number, 1, sums);
    }
}

// ---- limits and objective ----

// The solver keeps this much below a limit, for rounding.
#define ROUNDING 1e-9

double l1t_budget_over(const struct l1t_budget *b, const struct budget_sums *sums, size_t limit)
{
    double hz = 0, variance = 0;
    for (size_t s = 0; s < b->n_samples - b->n_signals; s++) {
        const struct l1t_budget_sample *const x = &b->sample[s];
        const double w = sums->w[s][limit];
        const double full = x->all.w != 0 ? w / x->all.w : 0;
        hz += x->scale * w;
        variance += x->scale * x->scale * fmax(0, sums->w2[s][limit] - full * full * x->all.w2);
    }
    return (hz + b->margin * sqrt(variance)) / b->limit[limit].hz - 1 + ROUNDING;
}

double l1t_budget_excess(const struct l1t_budget *b, const struct budget_sums *sums)
{
    double excess = 0;
    for (size_t c = 0; c < b->n_limits; c++)
        excess += fmax(0, l1t_budget_over(b, sums, c));
    return excess;
}

static double distance(const struct l1t_budget *b, const struct budget_point *at)
{
    double sum = 0;
    for (size_t i = 0; i < b->n_items; i++) {
        const struct l1t_budget_item *const item = &b->item[i];
        if (item->n_points > 1)
            sum += fabs(item->threshold[at->point[i]] - item->nominal) / fmax(item->nominal, 1);
        if (item->low < item->high)
            sum += fabs(log(at->factor[i] / item->factor));
    }
    return sum;
}

double l1t_budget_value(const struct l1t_budget *b, const struct budget_sums *sums,
                        const struct budget_point *at)
{
    double efficiency = 0;
    for (size_t k = b->n_samples - b->n_signals; k < b->n_samples; k++)
        if (b->sample[k].all.w > 0)
            efficiency += b->sample[k].weight * sums->w[k][0] / b->sample[k].all.w;
    return b->objective == L1T_OBJECTIVE_EFFICIENCY ? efficiency - 1e-6 * distance(b, at)
                                                    : -distance(b, at);
}

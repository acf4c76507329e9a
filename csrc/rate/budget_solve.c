// SPDX-License-Identifier: GPL-3.0-or-later
// The search: few settings are all tried; else steps that cost least objective for the rate they
// save until the budget is met, then exchanges of a step here for steps there as long as they gain,
// and free prescales by NLopt in between.
#include "budget_eval.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { ROUNDS = 200, ALL_SETTINGS = 200000000 /* settings times crossings */ };

// One thing that moves.
struct dim {
    size_t item;
    bool prescale;
};

struct search {
    const struct l1t_budget *budget;
    struct budget_eval *eval;
    size_t n_dims;
    struct dim dim[2 * L1T_BUDGET_ITEMS];
    struct budget_point at;
    struct budget_sums sums;
    size_t tried;
};

static void list_dims(struct search *s)
{
    for (size_t i = 0; i < s->budget->n_items; i++) {
        if (s->budget->item[i].n_points > 1)
            s->dim[s->n_dims++] = (struct dim){i, false};
        if (s->budget->item[i].low < s->budget->item[i].high)
            s->dim[s->n_dims++] = (struct dim){i, true};
    }
}

// ---- steps ----

static double next_factor(const struct l1t_budget_item *item, double factor, int direction)
{
    const double step = item->step > 0  ? item->step
                        : direction > 0 ? fmax(1, round(0.1 * factor))
                                        : fmax(1, round(factor - factor / 1.1));
    const double next = factor + direction * step;
    return fmin(fmax(next, item->low), item->high);
}

// A step up (tighter) or down in one dimension; false: it is at its end.
static bool take_step(const struct search *s, const struct dim *d, int direction,
                      struct budget_point *to)
{
    const struct l1t_budget_item *const item = &s->budget->item[d->item];
    if (d->prescale) {
        const double before = to->factor[d->item];
        to->factor[d->item] = next_factor(item, before, direction);
        return to->factor[d->item] < before || to->factor[d->item] > before;
    }
    const int point = to->point[d->item] + direction;
    if (point < 0 || point >= (int)item->n_points)
        return false;
    to->point[d->item] = (uint16_t)point;
    return true;
}

// A place to go to, and what is there.
struct place {
    struct budget_point at;
    struct budget_sums sums;
    double excess, value;
};

static void judge(struct search *s, struct place *p)
{
    p->excess = l1t_budget_excess(s->budget, &p->sums);
    p->value = l1t_budget_value(s->budget, &p->sums, &p->at);
}

static void here(struct search *s, struct place *p)
{
    p->at = s->at;
    p->sums = s->sums;
    judge(s, p);
}

static bool go(struct search *s, struct place *p, const struct dim *d, int direction)
{
    struct budget_point to = p->at;
    if (!take_step(s, d, direction, &to))
        return false;
    l1t_budget_eval_step(s->eval, &p->at, &to, d->item, &p->sums);
    p->at = to;
    s->tried++;
    judge(s, p);
    return true;
}

static void settle(struct search *s, const struct place *p)
{
    s->at = p->at;
    s->sums = p->sums;
}

// ---- until the budget is met ----

// Of all steps up the one that costs least for what it saves.
static bool tighten_once(struct search *s)
{
    struct place start, best = {.excess = -1};
    double least = DBL_MAX;
    here(s, &start);
    if (start.excess <= 0)
        return false;
    for (size_t k = 0; k < s->n_dims; k++) {
        struct place p = start;
        if (!go(s, &p, &s->dim[k], 1))
            continue;
        const double saved = start.excess - p.excess;
        const double lost = fmax(0, start.value - p.value) + 1e-12;
        const double cost = saved > 1e-15 ? lost / saved : DBL_MAX / 4 * fmin(1, lost);
        if (cost < least) {
            least = cost;
            best = p;
        }
    }
    if (best.excess < 0)
        return false;
    settle(s, &best);
    return true;
}

// ---- exchanges ----

#define GAIN 1e-12

// After a step that breaks a limit: the dimension in which going up mends it at the least cost.
static bool mend(struct search *s, const struct place *broken, size_t except, double above,
                 struct place *best)
{
    bool found = false;
    for (size_t k = 0; k < s->n_dims; k++) {
        struct place p = *broken;
        bool moved = true;
        while (k != except && moved && p.excess > 0 && p.value > above)
            moved = go(s, &p, &s->dim[k], 1);
        if (p.excess <= 0 && p.value > above + GAIN) {
            above = p.value;
            *best = p;
            found = true;
        }
    }
    return found;
}

// After a step up: what can be had for it by going down elsewhere.
static bool spend(struct search *s, const struct place *saved, size_t except, double above,
                  struct place *best)
{
    bool found = false;
    for (size_t k = 0; k < s->n_dims; k++) {
        struct place p = *saved;
        while (k != except) {
            struct place next = p;
            if (!go(s, &next, &s->dim[k], -1) || next.excess > 0 || next.value <= p.value)
                break;
            p = next;
        }
        if (p.excess <= 0 && p.value > above + GAIN) {
            above = p.value;
            *best = p;
            found = true;
        }
    }
    return found;
}

// One or two steps in a dimension, up or down.
static bool leap(struct search *s, struct place *p, const struct dim *d, int steps)
{
    const int direction = steps < 0 ? -1 : 1;
    bool moved = true;
    for (int i = 0; moved && i != steps; i += direction)
        moved = go(s, p, d, direction);
    return moved;
}

// The largest gain of one exchange; false: there is none.
static bool exchange_once(struct search *s)
{
    static const int leaps[] = {-1, 1, -2, 2};
    struct place start, best;
    bool found = false;
    here(s, &start);
    best = start;
    for (size_t k = 0; k < s->n_dims; k++)
        for (size_t i = 0; i < sizeof leaps / sizeof leaps[0]; i++) {
            struct place p = start;
            if (!leap(s, &p, &s->dim[k], leaps[i]))
                continue;
            if (p.excess <= 0 && p.value > best.value + GAIN) {
                best = p;
                found = true;
            }
            found |= p.excess > 0 ? mend(s, &p, k, best.value, &best)
                                  : spend(s, &p, k, best.value, &best);
        }
    if (found)
        settle(s, &best);
    return found;
}

static void refresh(struct search *s)
{
    l1t_budget_eval_all(s->eval, &s->at, &s->sums); // steps add up rounding errors
}

static enum l1t_err improve(struct search *s, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (int round = 0; err == L1T_OK && round < 4; round++) {
        struct place before, after;
        here(s, &before);
        for (int i = 0; i < ROUNDS && exchange_once(s); i++)
            refresh(s);
        err = l1t_budget_prescales(s->budget, s->eval, &s->at, &s->tried, diag);
        refresh(s);
        here(s, &after);
        if (after.value <= before.value + GAIN)
            break;
    }
    return err;
}

// ---- all settings ----

static bool few_settings(const struct search *s)
{
    double n = (double)l1t_budget_eval_size(s->eval) + 1;
    for (size_t k = 0; k < s->n_dims; k++) {
        if (s->dim[k].prescale)
            return false;
        n *= (double)s->budget->item[s->dim[k].item].n_points;
    }
    return n <= ALL_SETTINGS;
}

// Like a counter whose digits are the points; every change of a digit is one step.
static void try_all(struct search *s)
{
    struct place p, best;
    for (size_t k = 0; k < s->n_dims; k++)
        s->at.point[s->dim[k].item] = 0;
    refresh(s);
    here(s, &p);
    best = p;
    best.value = -DBL_MAX;
    for (;;) {
        if (p.excess <= 0 && p.value > best.value)
            best = p;
        size_t k = 0;
        while (k < s->n_dims && !go(s, &p, &s->dim[k], 1)) {
            struct budget_point to = p.at;
            to.point[s->dim[k].item] = 0;
            l1t_budget_eval_step(s->eval, &p.at, &to, s->dim[k].item, &p.sums);
            p.at = to;
            k++;
        }
        if (k == s->n_dims)
            break;
        if (k > 0) { // now and then, for rounding errors
            l1t_budget_eval_all(s->eval, &p.at, &p.sums);
            judge(s, &p);
        }
    }
    settle(s, &best);
    refresh(s);
}

// ---- the answer ----

static void to_end(struct search *s, bool tight)
{
    for (size_t k = 0; k < s->n_dims; k++) {
        const struct l1t_budget_item *const item = &s->budget->item[s->dim[k].item];
        if (s->dim[k].prescale)
            s->at.factor[s->dim[k].item] = tight ? item->high : item->low;
        else
            s->at.point[s->dim[k].item] = (uint16_t)(tight ? item->n_points - 1 : 0);
    }
    refresh(s);
}

// A prescale that is the menu's but for a thousandth stays the menu's.
static void snap(struct search *s)
{
    for (size_t i = 0; i < s->budget->n_items; i++) {
        const struct l1t_budget_item *const item = &s->budget->item[i];
        struct budget_point to = s->at;
        struct budget_sums sums;
        if (item->factor < item->low || item->factor > item->high ||
            fabs(s->at.factor[i] - item->factor) > 1e-3 * item->factor)
            continue;
        to.factor[i] = item->factor;
        l1t_budget_eval_all(s->eval, &to, &sums);
        if (l1t_budget_excess(s->budget, &sums) <= 0) {
            s->at = to;
            s->sums = sums;
        }
    }
}

static void to_setting(const struct search *s, struct l1t_budget_setting *setting)
{
    memset(setting, 0, sizeof *setting);
    for (size_t i = 0; i < s->budget->n_items; i++) {
        setting->point[i] = s->at.point[i];
        setting->factor[i] = (uint32_t)lround(s->at.factor[i]);
    }
}

static enum l1t_err no_solution(const struct search *s, struct l1t_diag *diag)
{
    struct l1t_budget_setting setting;
    struct l1t_budget_rates rates;
    size_t worst = 0;
    to_setting(s, &setting);
    l1t_budget_rates(s->budget, &setting, &rates);
    for (size_t c = 0; c < s->budget->n_limits; c++)
        if (l1t_budget_over(s->budget, &s->sums, c) > l1t_budget_over(s->budget, &s->sums, worst))
            worst = c;
    return l1t_fail(diag, L1T_E_NOSOLUTION,
                    "no setting meets the budget: with all that may move at its tightest, %s is "
                    "%.5g +- %.2g kHz (and %g standard deviations must stay below %.5g kHz)",
                    s->budget->limit[worst].name, rates.limit[worst].hz / 1e3,
                    isnan(rates.limit[worst].err) ? 0 : rates.limit[worst].err / 1e3,
                    s->budget->margin, s->budget->limit[worst].hz / 1e3);
}

// The limit that the steps down would break; the total when they break several.
static size_t binding(struct search *s)
{
    size_t found = s->budget->n_limits;
    struct place start;
    here(s, &start);
    for (size_t k = 0; k < s->n_dims; k++) {
        struct place p = start;
        if (!go(s, &p, &s->dim[k], -1))
            continue;
        for (size_t c = 0; c < found; c++)
            if (l1t_budget_over(s->budget, &p.sums, c) > 0)
                found = c;
    }
    return found;
}

// From the loosest setting, from the menu's and from the tightest one; the best of what they lead
// to.
static enum l1t_err search_from(struct search *s, const struct budget_point *menu,
                                struct l1t_diag *diag)
{
    struct place best, p;
    enum l1t_err err = L1T_OK;
    best.value = -DBL_MAX;
    for (int start = 0; err == L1T_OK && start < 3; start++) {
        s->at = *menu;
        if (start == 1)
            refresh(s);
        else
            to_end(s, start == 2);
        while (tighten_once(s))
            refresh(s);
        if (l1t_budget_excess(s->budget, &s->sums) > 0) // no step saves anything
            continue;
        err = improve(s, diag);
        here(s, &p);
        if (p.excess <= 0 && p.value > best.value)
            best = p;
    }
    if (err != L1T_OK)
        return err;
    if (best.value > -DBL_MAX)
        settle(s, &best);
    else
        to_end(s, true); // keeps the budget: solve() has seen it
    return L1T_OK;
}

static enum l1t_err solve(struct search *s, bool search, struct l1t_budget_answer *answer,
                          struct l1t_diag *diag)
{
    struct l1t_budget_setting nominal;
    l1t_budget_nominal(s->budget, &nominal);
    for (size_t i = 0; i < s->budget->n_items; i++) {
        s->at.point[i] = nominal.point[i];
        s->at.factor[i] = nominal.factor[i];
    }
    const struct budget_point menu = s->at;
    to_end(s, true);
    if (l1t_budget_excess(s->budget, &s->sums) > 0)
        return no_solution(s, diag);
    enum l1t_err err = L1T_OK;
    answer->exhaustive = !search && few_settings(s);
    if (answer->exhaustive) {
        try_all(s);
    } else {
        err = search_from(s, &menu, diag);
    }
    snap(s);
    to_setting(s, &answer->setting);
    l1t_budget_rates(s->budget, &answer->setting, &answer->rates);
    answer->binding = binding(s);
    answer->tried = s->tried;
    return err;
}

enum l1t_err l1t_budget_solve(const struct l1t_budget *budget, bool search,
                              struct l1t_budget_answer *answer, struct l1t_diag *diag)
{
    struct search s = {.budget = budget};
    memset(answer, 0, sizeof *answer);
    list_dims(&s);
    enum l1t_err err = l1t_budget_eval_open(budget, &s.eval, diag);
    if (err == L1T_OK)
        err = solve(&s, search, answer, diag);
    l1t_budget_eval_close(s.eval);
    return err;
}

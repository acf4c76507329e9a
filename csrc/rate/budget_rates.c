// SPDX-License-Identifier: GPL-3.0-or-later
// Rates and efficiencies of one setting. Probabilities are multiplied in ascending order of bits
// and rounded to 2^-40, then summed in whole numbers: as the accounting (tally_expect.c) does, so
// that the two agree to the last bit.
#include "l1t/budget.h"

#include "gate.h"
#include "rates_add.h"
#include "tally_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double drop_of(const struct l1t_budget_setting *setting, size_t i)
{
    return setting->factor[i] == 0 ? 1 : 1 - 100.0 / setting->factor[i];
}

// Fixed bits and items that fire, as bits; drop by bit.
struct view {
    double drop[L1T_GT_ALGORITHMS];
    const struct l1t_budget_setting *setting;
};

static void open_bits(const struct l1t_budget *b, const struct view *v,
                      const struct l1t_budget_word *word, uint64_t open[L1T_GT_WORDS])
{
    memcpy(open, word->fixed, sizeof word->fixed);
    for (size_t i = 0; i < b->n_items; i++)
        if (word->level[i] > v->setting->point[i])
            open[b->item[i].bit / 64] |= UINT64_C(1) << b->item[i].bit % 64;
}

static uint64_t kept(const struct l1t_budget *b, const struct view *v, const uint64_t *open,
                     size_t limit)
{
    const double no_veto = l1t_none_kept(v->drop, open, b->veto, b->veto);
    const double none = l1t_none_kept(v->drop, open, b->limit[limit].bits, b->finor);
    return (uint64_t)(no_veto * (1 - none) * (double)L1T_SHARE_ONE + 0.5);
}

// Sums of a sample for one limit.
static struct l1t_sum sum_of(const struct l1t_budget *b, const struct view *v,
                             const struct l1t_budget_sample *s, size_t limit)
{
    l1t_int128 w = 0;
    double w2 = 0;
    uint64_t n = 0;
    for (size_t i = 0; i < s->n_words; i++) {
        uint64_t open[L1T_GT_WORDS];
        open_bits(b, v, &s->word[i], open);
        const uint64_t share = kept(b, v, open, limit);
        const double part = ldexp((double)share, -L1T_SHARE_BITS);
        n += share > 0 ? s->word[i].n : 0;
        w += (l1t_int128)share * s->word[i].w;
        w2 += part * part * (double)s->word[i].w2;
    }
    return (struct l1t_sum){n, ldexp((double)w, -L1T_SHARE_BITS) * s->unit, w2 * s->unit * s->unit};
}

static struct l1t_rate rate_of(const struct l1t_budget *b, const struct view *v, size_t limit)
{
    struct l1t_rate rate = l1t_rates_none();
    for (size_t s = 0; s < b->n_samples - b->n_signals; s++) {
        const struct l1t_sum sum = sum_of(b, v, &b->sample[s], limit);
        const struct l1t_rate one = l1t_rate_of(&sum, &b->sample[s].all, b->sample[s].scale);
        l1t_rates_add(&rate, &one);
    }
    return rate;
}

static bool within(const struct l1t_budget *b, size_t limit, const struct l1t_rate *rate)
{
    const double err = isnan(rate->err) ? 0 : rate->err;
    return rate->hz + b->margin * err <= b->limit[limit].hz;
}

static void look(const struct l1t_budget *b, const struct l1t_budget_setting *setting,
                 struct view *v)
{
    v->setting = setting;
    memcpy(v->drop, b->drop, sizeof v->drop);
    for (size_t i = 0; i < b->n_items; i++)
        v->drop[b->item[i].bit] = drop_of(setting, i);
}

struct l1t_sum l1t_budget_sum(const struct l1t_budget *b, const struct l1t_budget_setting *setting,
                              size_t sample, size_t limit)
{
    struct view v;
    look(b, setting, &v);
    return sum_of(b, &v, &b->sample[sample], limit);
}

void l1t_budget_rates(const struct l1t_budget *b, const struct l1t_budget_setting *setting,
                      struct l1t_budget_rates *rates)
{
    struct view v;
    double efficiency = 0;
    memset(rates, 0, sizeof *rates);
    look(b, setting, &v);
    rates->feasible = true;
    for (size_t c = 0; c < b->n_limits; c++) {
        rates->limit[c] = rate_of(b, &v, c);
        rates->feasible = rates->feasible && within(b, c, &rates->limit[c]);
    }
    for (size_t k = 0; k < b->n_signals; k++) {
        const struct l1t_budget_sample *const s = &b->sample[b->n_samples - b->n_signals + k];
        const struct l1t_sum sum = sum_of(b, &v, s, 0);
        rates->efficiency[k] = l1t_fraction_of(&sum, &s->all);
        efficiency += s->weight * rates->efficiency[k].value;
    }
    rates->distance = l1t_budget_distance(b, setting);
    rates->objective = b->objective == L1T_OBJECTIVE_EFFICIENCY ? efficiency : -rates->distance;
}

double l1t_budget_distance(const struct l1t_budget *b, const struct l1t_budget_setting *setting)
{
    double distance = 0;
    for (size_t i = 0; i < b->n_items; i++) {
        const struct l1t_budget_item *const item = &b->item[i];
        if (item->n_points > 1)
            distance +=
                fabs(item->threshold[setting->point[i]] - item->nominal) / fmax(item->nominal, 1);
        if (item->low < item->high)
            distance += fabs(log((double)setting->factor[i] / item->factor));
    }
    return distance;
}

static uint16_t nearest(const struct l1t_budget_item *item)
{
    size_t best = 0;
    for (size_t p = 1; p < item->n_points; p++)
        if (fabs(item->threshold[p] - item->nominal) <= fabs(item->threshold[best] - item->nominal))
            best = p;
    return (uint16_t)best;
}

void l1t_budget_nominal(const struct l1t_budget *b, struct l1t_budget_setting *setting)
{
    memset(setting, 0, sizeof *setting);
    for (size_t i = 0; i < b->n_items; i++) {
        const struct l1t_budget_item *const item = &b->item[i];
        setting->point[i] = nearest(item);
        setting->factor[i] = item->factor < item->low    ? item->low
                             : item->factor > item->high ? item->high
                                                         : item->factor;
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
// A specification made ready, and the hardware's prescale counters in it.
#include "tally_plan.h"

#include "gt/l1t_gt_final.h"

#include <stdlib.h>
#include <string.h>

static enum l1t_err check(const struct l1t_tally_spec *s, double unit, struct l1t_diag *diag)
{
    if (s->n_algorithms > L1T_GT_ALGORITHMS)
        return l1t_fail(diag, L1T_E_INPUT, "accounting: %zu algorithms, at most %d",
                        s->n_algorithms, L1T_GT_ALGORITHMS);
    for (size_t i = 0; i < s->n_algorithms; i++)
        if (s->bit[i] >= L1T_GT_ALGORITHMS || (i > 0 && s->bit[i] <= s->bit[i - 1]))
            return l1t_fail(diag, L1T_E_INPUT, "accounting: bit %u of algorithm %zu, must ascend",
                            s->bit[i], i);
    if (s->n_columns < 1 || s->n_columns > L1T_TALLY_COLUMNS || s->focus >= s->n_columns)
        return l1t_fail(diag, L1T_E_INPUT, "accounting: column %zu of %zu, at most %d columns",
                        s->focus, s->n_columns, L1T_TALLY_COLUMNS);
    if (s->n_sets > L1T_TALLY_SETS)
        return l1t_fail(diag, L1T_E_INPUT, "accounting: %zu sets of algorithms, at most %d",
                        s->n_sets, L1T_TALLY_SETS);
    if (!(unit > 0))
        return l1t_fail(diag, L1T_E_INPUT, "accounting: unit of weights %g, must be above 0", unit);
    return L1T_OK;
}

static void make_column(const struct l1t_tally_spec *s, size_t c, struct tally_column *column)
{
    for (size_t i = 0; i < s->n_algorithms; i++) {
        const unsigned b = s->bit[i];
        const uint64_t one = UINT64_C(1) << b % 64;
        uint32_t factor = s->factor[c][b];
        if (factor != 0 && factor < L1T_GT_PRESCALE_ONE)
            factor = L1T_GT_PRESCALE_ONE; // as the hardware takes it
        column->factor[b] = factor;
        if (factor == L1T_GT_PRESCALE_ONE)
            column->always[b / 64] |= one;
        else if (factor != 0)
            column->divided[b / 64] |= one;
        column->p[b] = factor == 0 ? 0 : (double)L1T_GT_PRESCALE_ONE / factor;
    }
}

static enum l1t_err copy_masks(const struct l1t_tally_spec *s, struct tally_plan *plan)
{
    if (s->open == NULL)
        return L1T_OK;
    plan->open = malloc(L1T_GT_ORBIT * sizeof *plan->open);
    if (plan->open == NULL)
        return L1T_E_NOMEM;
    for (size_t x = 0; x < L1T_GT_ORBIT; x++)
        tally_and(s->open[x], plan->menu, plan->open[x]);
    return L1T_OK;
}

enum l1t_err l1t_tally_plan_make(const struct l1t_tally_spec *spec, double weight_unit,
                                 struct tally_plan *plan, struct l1t_diag *diag)
{
    memset(plan, 0, sizeof *plan);
    enum l1t_err err = check(spec, weight_unit, diag);
    if (err != L1T_OK)
        return err;
    plan->n = spec->n_algorithms;
    plan->n_columns = spec->n_columns;
    plan->focus = spec->focus;
    plan->n_sets = spec->n_sets;
    plan->overlap = spec->overlap;
    plan->unit = weight_unit;
    for (size_t i = 0; i < plan->n; i++) {
        const unsigned b = plan->bit[i] = spec->bit[i];
        plan->index[b] = (uint16_t)i;
        plan->menu[b / 64] |= UINT64_C(1) << b % 64;
    }
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        plan->part[w] = plan->menu[w] & spec->finor[w] & ~spec->veto[w];
        plan->veto[w] = plan->menu[w] & spec->veto[w];
    }
    plan->column = calloc(plan->n_columns, sizeof *plan->column);
    plan->set = calloc(plan->n_sets + 1, sizeof *plan->set);
    if (plan->column == NULL || plan->set == NULL || l1t_gauss_init(&plan->gauss) != 0 ||
        copy_masks(spec, plan) != L1T_OK) {
        l1t_tally_plan_free(plan);
        return l1t_fail(diag, L1T_E_NOMEM, "accounting: out of memory");
    }
    for (size_t k = 1; k <= L1T_GT_ALGORITHMS; k++) {
        plan->share[k] = (L1T_SHARE_ONE + k / 2) / k;
        plan->square[k] = tally_square(plan->share[k]);
    }
    for (size_t c = 0; c < plan->n_columns; c++)
        make_column(spec, c, &plan->column[c]);
    for (size_t s = 0; s < plan->n_sets; s++) {
        tally_and(spec->set[s].bits, plan->part, plan->set[s]);
        for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
            plan->member[b] |= (plan->set[s][b / 64] >> b % 64 & 1) << s;
    }
    return L1T_OK;
}

void l1t_tally_plan_free(struct tally_plan *plan)
{
    free(plan->column);
    free(plan->set);
    free(plan->open);
    l1t_gauss_free(&plan->gauss);
    memset(plan, 0, sizeof *plan);
}

void l1t_tally_counters(const struct tally_plan *plan, size_t column,
                        const uint64_t before[L1T_GT_ALGORITHMS], struct tally_counters *counters)
{
    const struct tally_column *c = &plan->column[column];
    uint16_t bit[L1T_GT_ALGORITHMS];
    const size_t n = tally_bits(c->divided, bit);
    for (size_t i = 0; i < n; i++) {
        const unsigned b = bit[i];
        const uint64_t factor = c->factor[b];
        counters->at[b] = (uint32_t)(L1T_GT_PRESCALE_ONE * (before[b] % factor) % factor);
    }
}

void l1t_tally_keep(const struct tally_plan *plan, size_t column, struct tally_counters *counters,
                    const uint64_t open[L1T_GT_WORDS], uint64_t kept[L1T_GT_WORDS])
{
    const struct tally_column *c = &plan->column[column];
    for (unsigned w = 0; w < L1T_GT_WORDS; w++) {
        kept[w] = open[w] & c->always[w];
        for (uint64_t left = open[w] & c->divided[w]; left != 0; left &= left - 1) {
            const unsigned b = 64 * w + (unsigned)__builtin_ctzll(left);
            kept[w] |= tally_accept(c, counters, b) ? left & -left : 0;
        }
    }
}

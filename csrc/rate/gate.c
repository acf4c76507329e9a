// SPDX-License-Identifier: GPL-3.0-or-later
// What a menu lets through: masks and prescales of one column.
#include "gate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum l1t_err close_crossings(const struct l1t_gt_menu *menu, struct l1t_gate *gate,
                                    struct l1t_diag *diag)
{
    size_t n = 0;
    for (size_t i = 0; i < menu->n; i++)
        n += menu->algorithm[i].n_closed;
    if (n == 0)
        return L1T_OK;
    gate->open = malloc(L1T_GT_ORBIT * sizeof *gate->open);
    if (gate->open == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory for masks by crossing");
    memset(gate->open, 0xff, L1T_GT_ORBIT * sizeof *gate->open);
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *const a = &menu->algorithm[i];
        for (size_t k = 0; k < a->n_closed; k++)
            for (unsigned bx = a->closed[k].first; bx <= a->closed[k].last && bx < L1T_GT_ORBIT;
                 bx++)
                gate->open[bx][a->bit / 64] &= ~(UINT64_C(1) << a->bit % 64);
    }
    return L1T_OK;
}

void l1t_gate_set(struct l1t_gate *gate, unsigned bit, uint32_t factor)
{
    gate->factor[bit] = factor;
    gate->drop[bit] = factor == 0 ? 1 : 1 - 100.0 / factor;
}

enum l1t_err l1t_gate_open(const struct l1t_gt_menu *menu, size_t column, struct l1t_gate *gate,
                           struct l1t_diag *diag)
{
    memset(gate, 0, sizeof *gate);
    for (unsigned b = 0; b < L1T_GT_ALGORITHMS; b++)
        gate->drop[b] = 1;
    for (size_t i = 0; i < menu->n; i++) {
        const struct l1t_gt_algorithm_def *const a = &menu->algorithm[i];
        const double prescale = column < menu->n_columns ? a->prescale[column] : 1;
        const uint64_t bit = UINT64_C(1) << a->bit % 64;
        l1t_gate_set(gate, a->bit, (uint32_t)lround(100 * prescale));
        if (!a->masked && !a->veto)
            gate->finor[a->bit / 64] |= bit;
        if (a->veto)
            gate->veto[a->bit / 64] |= bit;
    }
    return close_crossings(menu, gate, diag);
}

void l1t_gate_close(struct l1t_gate *gate)
{
    free(gate->open);
    gate->open = NULL;
}

void l1t_gate_mask(const struct l1t_gate *gate, unsigned crossing, const uint64_t *bits,
                   uint64_t open[L1T_GT_WORDS])
{
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        open[w] =
            bits[w] & (gate->open != NULL ? gate->open[crossing % L1T_GT_ORBIT][w] : UINT64_MAX);
}

double l1t_gate_none(const struct l1t_gate *gate, const uint64_t *open, const uint64_t *of)
{
    return l1t_none_kept(gate->drop, open, of, of);
}

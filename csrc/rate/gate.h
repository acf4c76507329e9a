/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a menu lets through: masks and prescales of one column, as probabilities. The final OR is
 * kept on average with 1 - prod(1 - p) over the algorithms that fire, times the probability that
 * none of those that veto is kept. Products are taken in ascending order of bits.
 */
#ifndef L1T_GATE_H
#define L1T_GATE_H

#include "l1t/gt_menu.h"

struct l1t_gate {
    uint64_t finor[L1T_GT_WORDS], veto[L1T_GT_WORDS]; /* what vetoes never makes the final OR */
    uint32_t factor[L1T_GT_ALGORITHMS];               /* hundredths, by bit; 0 off */
    double drop[L1T_GT_ALGORITHMS];                   /* 1 - 1 / prescale; 1: off */
    uint64_t (*open)[L1T_GT_WORDS];                   /* by crossing of the orbit, or NULL: all */
};

enum l1t_err l1t_gate_open(const struct l1t_gt_menu *menu, size_t column, struct l1t_gate *gate,
                           struct l1t_diag *diag) L1T_MUST_USE;
void l1t_gate_close(struct l1t_gate *gate);

/* Change a prescale, hundredths. */
void l1t_gate_set(struct l1t_gate *gate, unsigned bit, uint32_t factor);

/* Bits of a crossing that its mask lets through. */
void l1t_gate_mask(const struct l1t_gate *gate, unsigned crossing, const uint64_t *bits,
                   uint64_t open[L1T_GT_WORDS]);

/* Probability that none of the open bits among both `of` and `part` is kept; drop by bit. */
static inline double l1t_none_kept(const double *drop, const uint64_t *open, const uint64_t *of,
                                   const uint64_t *part)
{
    double none = 1;
    for (unsigned w = 0; w < L1T_GT_WORDS; w++)
        for (uint64_t left = open[w] & of[w] & part[w]; left != 0; left &= left - 1)
            none *= drop[64 * w + (unsigned)__builtin_ctzll(left)];
    return none;
}

/* The same of a gate's column. */
double l1t_gate_none(const struct l1t_gate *gate, const uint64_t *open, const uint64_t *of);

#endif

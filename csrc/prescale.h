/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Global Trigger's fractional prescaler (mp7_ugt_legacy, algo_pre_scaler): prescales are kept
 * with two decimals, P = round(100 PS). A fire is accepted when counter + 100 >= P, which takes P
 * off the counter; P = 0 never accepts.
 */
#ifndef L1T_PRESCALE_H
#define L1T_PRESCALE_H

#include <math.h>
#include <stdint.h>

struct l1t_prescaler {
    uint32_t factor;  /* P */
    uint32_t counter; /* starts at 0 */
};

static inline struct l1t_prescaler l1t_prescaler_make(double prescale)
{
    return (struct l1t_prescaler){(uint32_t)lround(100 * prescale), 0};
}

/* One fire: 1 when accepted. */
static inline int l1t_prescaler_step(struct l1t_prescaler *p)
{
    if (p->factor == 0)
        return 0;
    p->counter += 100;
    if (p->counter < p->factor)
        return 0;
    p->counter -= p->factor;
    return 1;
}

/* Long-run accepted fraction. */
static inline double l1t_prescaler_fraction(const struct l1t_prescaler *p)
{
    return p->factor == 0 ? 0 : 100.0 / p->factor;
}

#endif

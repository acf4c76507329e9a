/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integer arithmetic as gates do it. A model spells each cut of a value with one of
 * these, so that a reader sees which of the three kinds it is:
 *
 *   l1t_clip_u   keep within 0..2^width - 1; below is 0, above is the largest code
 *   l1t_wrap_u   keep the low bits
 *   l1t_shr      arithmetic shift right: rounds towards minus infinity
 *
 * Twin: rtl/common (functions of the same names)
 */
#ifndef L1T_FIXED_H
#define L1T_FIXED_H

#include <stdint.h>

/* Largest value of an unsigned field; width 1..32. */
static inline uint32_t l1t_max_u(unsigned width)
{
    return UINT32_MAX >> (32 - width);
}

static inline uint32_t l1t_clip_u(int64_t value, unsigned width)
{
    const int64_t max = (int64_t)l1t_max_u(width);
    return (uint32_t)(value < 0 ? 0 : value > max ? max : value);
}

static inline uint32_t l1t_wrap_u(int64_t value, unsigned width)
{
    return (uint32_t)((uint64_t)value & l1t_max_u(width));
}

/* Spelled with a division so that it does not lean on how a compiler shifts negative values. */
static inline int64_t l1t_shr(int64_t value, unsigned bits)
{
    const int64_t unit = (int64_t)1 << bits;
    return value >= 0 ? value / unit : -((-value + unit - 1) / unit);
}

#endif

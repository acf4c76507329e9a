/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integer arithmetic as gates do it, spelled with one name for each kind so that a reader sees
 * where and how a value is cut. Twin: the same cut is written out in the RTL, module by module.
 */
#ifndef L1T_FIXED_H
#define L1T_FIXED_H

#include <stdint.h>

/* Keep a value within 0..2^width - 1, width 1..32: below is 0, above is the largest code. */
static inline uint32_t l1t_clip_u(int64_t value, unsigned width)
{
    const int64_t max = (int64_t)(UINT32_MAX >> (32 - width));
    return (uint32_t)(value < 0 ? 0 : value > max ? max : value);
}

/* Keep the low bits, width 1..32. */
static inline uint32_t l1t_wrap_u(int64_t value, unsigned width)
{
    return (uint32_t)((uint64_t)value & UINT32_MAX >> (32 - width));
}

/*
 * Arithmetic shift right, which rounds towards minus infinity. Spelled with a division so that it
 * does not lean on how a compiler shifts negative values.
 */
static inline int64_t l1t_shr(int64_t value, unsigned bits)
{
    const int64_t unit = (int64_t)1 << bits;
    return value >= 0 ? value / unit : -((-value + unit - 1) / unit);
}

#endif

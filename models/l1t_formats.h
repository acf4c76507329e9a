/* SPDX-License-Identifier: Apache-2.0 */
/*
 * C codec made from l1t_formats.def. For each FIELD of each WORD:
 *   l1t_WORD_FIELD_lsb, l1t_WORD_FIELD_width     constants
 *   l1t_WORD_FIELD(word)                         read a field (signed fields sign-extended)
 *   l1t_WORD_FIELD_put(value)                    the field in its place, value cut to its width
 * Twin: rtl/common/l1t_formats_pkg.sv (printed by tools/gen_formats.c).
 */
#ifndef L1T_FORMATS_H
#define L1T_FORMATS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

static inline uint64_t l1t_bits_mask(unsigned width)
{
    return width >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << width) - 1;
}

static inline int64_t l1t_bits_get_u(uint64_t word, unsigned lsb, unsigned width)
{
    return (int64_t)((word >> lsb) & l1t_bits_mask(width));
}

static inline int64_t l1t_bits_get_s(uint64_t word, unsigned lsb, unsigned width)
{
    const uint64_t value = (uint64_t)l1t_bits_get_u(word, lsb, width);
    const uint64_t sign = UINT64_C(1) << (width - 1);
    return (int64_t)((value ^ sign) - sign);
}

/* Put a record of width bits into zeroed words, from a bit on, little-endian. */
static inline void l1t_bits_put(uint32_t *words, unsigned bit, unsigned width, uint64_t value)
{
    for (unsigned done = 0; done < width;) {
        const unsigned shift = (bit + done) % 32;
        words[(bit + done) / 32] |= (uint32_t)((value & l1t_bits_mask(width)) >> done) << shift;
        done += 32 - shift;
    }
}

/* Field constants: l1t_WORD_FIELD_lsb, _width, and the width of the word l1t_WORD_bits. */
enum {
#define L1T_WORD(word, bits, what) l1t_##word##_bits = (bits),
#define L1T_FIELD(word, field, lsb, width, sign, step, unit, meaning)                              \
    l1t_##word##_##field##_lsb = (lsb), l1t_##word##_##field##_width = (width),
#include "l1t_formats.def"
    l1t_formats_end
};

#define L1T_FIELD(word, field, lsb, width, sign, step, unit, meaning)                              \
    static inline int64_t l1t_##word##_##field(uint64_t w)                                         \
    {                                                                                              \
        return l1t_bits_get_##sign(w, lsb, width);                                                 \
    }                                                                                              \
    static inline uint64_t l1t_##word##_##field##_put(int64_t value)                               \
    {                                                                                              \
        return ((uint64_t)value & l1t_bits_mask(width)) << (lsb);                                  \
    }
#include "l1t_formats.def"

/* Description of a word for generic code: decoder, comparison, generator of the package. */
struct l1t_field {
    const char *name;
    unsigned lsb, width;
    int is_signed;
    double step;      /* physical value of one unit */
    const char *unit; /* "" when dimensionless */
    const char *meaning;
};

struct l1t_word {
    const char *name;
    unsigned bits;
    const char *what;
    const struct l1t_field *field;
    unsigned n_field;
};

/* Word by its name in l1t_formats.def ("jet_gt"); NULL if there is none. */
const struct l1t_word *l1t_word_find(const char *name);

/* All words, in the order of l1t_formats.def; *n is their number. */
const struct l1t_word *l1t_word_all(unsigned *n);

#ifdef __cplusplus
}
#endif

#endif

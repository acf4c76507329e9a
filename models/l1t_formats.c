// SPDX-License-Identifier: Apache-2.0
// The list of bit formats as tables, for code that handles any word: the decoder, the
// co-simulation driver and the generator of the SystemVerilog package.
#include "l1t_formats.h"

#include <stddef.h>
#include <string.h>

// The table of fields holds one unused row in front of each word's fields, so that the row
// number of a word (at_WORD) also finds its fields (from at_WORD + 1).
enum row_number {
#define L1T_WORD(word, bits, what)                                    at_##word,
#define L1T_FIELD(word, field, lsb, width, sign, step, unit, meaning) at_##word##_##field,
#include "l1t_formats.def"
    n_rows
};

#define L1T_IS_SIGNED_u 0
#define L1T_IS_SIGNED_s 1

static const struct l1t_field rows[n_rows] = {
#define L1T_FIELD(word, field, lsb, width, sign, step, unit, meaning)                              \
    [at_##word##_##field] = {#field, (lsb), (width), L1T_IS_SIGNED_##sign, (step), unit, meaning},
#include "l1t_formats.def"
};

// The compiler counts the fields of a word: a struct with one char more than the word has fields.
// Each word closes the struct of the word before it.
// clang-format off
// cppcheck-suppress unusedStructMember
struct fields_of_nothing { char none;
#define L1T_WORD(word, bits, what) }; struct fields_of_##word { char none;
#define L1T_FIELD(word, field, lsb, width, sign, step, unit, meaning) char field;
#include "l1t_formats.def"
};
// clang-format on

static const struct l1t_word words[] = {
#define L1T_WORD(word, bits, what)                                                                 \
    {#word, (bits), what, &rows[at_##word + 1], sizeof(struct fields_of_##word) - 1},
#include "l1t_formats.def"
};

const struct l1t_word *l1t_word_all(unsigned *n)
{
    *n = sizeof words / sizeof words[0];
    return words;
}

const struct l1t_word *l1t_word_find(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    return NULL;
}

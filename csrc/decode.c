// SPDX-License-Identifier: GPL-3.0-or-later
// Any word of l1t_formats.def as text.
#include "l1t/decode.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int64_t l1t_decode_value(const struct l1t_field *field, uint64_t word)
{
    return field->is_signed ? l1t_bits_get_s(word, field->lsb, field->width)
                            : l1t_bits_get_u(word, field->lsb, field->width);
}

double l1t_decode_physical(const struct l1t_field *field, uint64_t word)
{
    return (double)l1t_decode_value(field, word) * field->step;
}

double l1t_decode_named(const struct l1t_word *format, const char *name, uint64_t word)
{
    for (unsigned i = 0; i < format->n_field; i++)
        if (strcmp(format->field[i].name, name) == 0)
            return l1t_decode_physical(&format->field[i], word);
    return 0;
}

const char *l1t_decode_field(const struct l1t_field *field, uint64_t word, char *text, size_t size)
{
    const int64_t value = l1t_decode_value(field, word);
    const bool plain = field->unit[0] == '\0' && field->step > 0.999 && field->step < 1.001;
    if (plain)
        (void)snprintf(text, size, "%" PRId64, value);
    else
        (void)snprintf(text, size, "%" PRId64 " = %.6g%s%s", value,
                       l1t_decode_physical(field, word), field->unit[0] != '\0' ? " " : "",
                       field->unit);
    return text;
}

const char *l1t_decode_word(const struct l1t_word *format, uint64_t word, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (unsigned i = 0; i < format->n_field && used < size; i++) {
        char value[80];
        l1t_decode_field(&format->field[i], word, value, sizeof value);
        const int n = snprintf(text + used, size - used, "%s%s %s", i > 0 ? ", " : "",
                               format->field[i].name, value);
        used += n > 0 ? (size_t)n : 0;
    }
    return text;
}

unsigned l1t_decode_digits(const struct l1t_word *format)
{
    return (format->bits + 3) / 4;
}

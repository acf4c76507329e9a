/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words for people: every field in hardware units and as a physical value, by the
 * formats of models/l1t_formats.def.
 */
#ifndef L1T_DECODE_H
#define L1T_DECODE_H

#include "l1t_formats.h"

#include <stddef.h>
#include <stdio.h>

/* Value of a field in hardware units, sign-extended if the field is signed. */
int64_t l1t_decode_value(const struct l1t_field *field, uint64_t word);

/* Physical value: hardware units times step. */
double l1t_decode_physical(const struct l1t_field *field, uint64_t word);

/* The same of the field with this name, 0 if the format has none. */
double l1t_decode_named(const struct l1t_word *format, const char *name, uint64_t word);

/* "133 = 66.5 GeV", or "7" when the field has neither unit nor step. Returns text. */
const char *l1t_decode_field(const struct l1t_field *field, uint64_t word, char *text, size_t size);

/* "et 133 = 66.5 GeV, eta -25 = -1.0875, phi 133 = 5.803 rad, quality 0". Returns text. */
const char *l1t_decode_word(const struct l1t_word *format, uint64_t word, char *text, size_t size);

/* Hexadecimal digits that hold a word of this format. */
unsigned l1t_decode_digits(const struct l1t_word *format);

/* Print rtl/common/l1t_formats_pkg.sv. */
void l1t_formats_print_package(FILE *out);

#endif

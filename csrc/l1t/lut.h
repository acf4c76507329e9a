/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Look-up tables in the text form of the CMS calorimeter trigger:
 *
 *     # any text
 *     #<header> v1 8 4 </header>        version, address bits, data bits
 *     0 0
 *     1 1     # a comment
 *
 * Strict: addresses run from 0 without a gap; address, data and number of entries fit the header. A
 * file may end before 2^A entries (the rest reads as 0), repeat its header, have blank lines and no
 * final newline. Plain or gzip. And the memory image that RTL loads with $readmemh, from the same
 * table.
 */
#ifndef L1T_LUT_H
#define L1T_LUT_H

#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { L1T_LUT_MAX_ADDRESS_BITS = 20, L1T_LUT_MAX_DATA_BITS = 32, L1T_LUT_VERSION = 32 };

struct l1t_lut {
    char version[L1T_LUT_VERSION]; /* "v1" */
    unsigned address_bits, data_bits;
    size_t n;       /* entries given, at least 1 */
    uint32_t *data; /* 2^address_bits, 0 beyond n */
};

/* Read a file; free with l1t_lut_fini. On failure lut is empty and diag says "file:line: ...". */
enum l1t_err l1t_lut_read(struct l1t_lut *lut, const char *path,
                          struct l1t_diag *diag) L1T_MUST_USE;
/* The same from memory; name stands for the path. text[size] must be NUL. */
enum l1t_err l1t_lut_parse(struct l1t_lut *lut, const char *name, const char *text, size_t size,
                           struct l1t_diag *diag) L1T_MUST_USE;
/* Also refuses a table of another shape than the use needs. */
enum l1t_err l1t_lut_read_shape(struct l1t_lut *lut, const char *path, unsigned address_bits,
                                unsigned data_bits, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_lut_fini(struct l1t_lut *lut); /* accepts an empty one */

/* Write the text form, all 2^address_bits entries; title becomes the first comment. */
enum l1t_err l1t_lut_write(FILE *out, const struct l1t_lut *lut, const char *title,
                           struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Write DIR/NAME.mem: a "//" heading (name, width, depth, digest of what made it), then one
 * hexadecimal word of fixed width per line.
 */
enum l1t_err l1t_mem_write(const char *dir, const char *name, const uint32_t *data, size_t depth,
                           unsigned width, const char *digest, struct l1t_diag *diag) L1T_MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Look-up tables in the forms that hardware tools read, and back:
 *
 *     .txt  the text form of l1t/lut.h (.gz too)
 *     .mem  words for $readmemh, comments, "@address" where it is the next one
 *     .coe  AMD (Xilinx) memory initialisation
 *     .mif  Intel (Altera) memory initialisation
 *     .c .h an array; written only
 *
 * As strict as the text form: every address from 0 on once, every word within its width. .mem and
 * .coe do not say their width; ours do, in the heading "NAME: N words of W bits".
 */
#ifndef L1T_LUT_FORMS_H
#define L1T_LUT_FORMS_H

#include "l1t/lut.h"

#include <stdbool.h>

enum l1t_lut_form {
    L1T_LUT_FORM_TEXT,
    L1T_LUT_FORM_MEM,
    L1T_LUT_FORM_COE,
    L1T_LUT_FORM_MIF,
    L1T_LUT_FORM_C
};

/* The form of a file by the ending of its name; false, and text, when that tells nothing. */
bool l1t_lut_form_of(const char *path, enum l1t_lut_form *form);

/*
 * Read a file. data_bits is the width of its words, 0 when the file says it; a width that differs
 * from the file's is refused. Free with l1t_lut_fini; empty on failure.
 */
enum l1t_err l1t_lut_read_form(struct l1t_lut *lut, enum l1t_lut_form form, const char *path,
                               unsigned data_bits, struct l1t_diag *diag) L1T_MUST_USE;
/* The same from memory; name stands for the path. text[size] must be NUL. */
enum l1t_err l1t_lut_parse_form(struct l1t_lut *lut, enum l1t_lut_form form, const char *name,
                                const char *text, size_t size, unsigned data_bits,
                                struct l1t_diag *diag) L1T_MUST_USE;

/* Write all 2^address_bits words; name is that of the array and in the heading, title its rest. */
enum l1t_err l1t_lut_write_form(FILE *out, enum l1t_lut_form form, const struct l1t_lut *lut,
                                const char *name, const char *title,
                                struct l1t_diag *diag) L1T_MUST_USE;

#endif

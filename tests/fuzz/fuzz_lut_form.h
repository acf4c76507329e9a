/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the targets for the forms of look-up tables share. */
#ifndef L1T_FUZZ_LUT_FORM_H
#define L1T_FUZZ_LUT_FORM_H

#include "fuzz.h"
#include "l1t/lut_forms.h"

#include <stdlib.h>
#include <string.h>

static inline void l1t_fuzz_again(enum l1t_lut_form form, const struct l1t_lut *lut)
{
    struct l1t_lut again;
    struct l1t_diag diag = {""};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return;
    const enum l1t_err err = l1t_lut_write_form(out, form, lut, "fuzz", "title", &diag);
    if (fclose(out) != 0 || err != L1T_OK ||
        l1t_lut_parse_form(&again, form, "again", text, size, 0, &diag) != L1T_OK ||
        again.address_bits != lut->address_bits || again.data_bits != lut->data_bits ||
        memcmp(again.data, lut->data, sizeof lut->data[0] << lut->address_bits) != 0)
        abort();
    l1t_lut_fini(&again);
    free(text);
}

static inline int l1t_fuzz_lut_form(enum l1t_lut_form form, const uint8_t *data, size_t size)
{
    struct l1t_lut lut;
    struct l1t_diag diag = {""};
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    const enum l1t_err err = l1t_lut_parse_form(&lut, form, "fuzz", text, size, 0, &diag);
    free(text);
    if (err != L1T_OK)
        return l1t_fuzz_refused(&diag);
    for (size_t i = 0; i < (size_t)1 << lut.address_bits; i++)
        if ((uint64_t)lut.data[i] >> lut.data_bits != 0)
            abort();
    l1t_fuzz_again(form, &lut);
    l1t_lut_fini(&lut);
    return 1;
}

#endif

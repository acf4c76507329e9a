// SPDX-License-Identifier: GPL-3.0-or-later
// Writers of look-up tables in the forms of hardware tools.
#include "l1t/lut_forms.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

static size_t depth_of(const struct l1t_lut *lut)
{
    return (size_t)1 << lut->address_bits;
}

static int digits_of(const struct l1t_lut *lut)
{
    return (int)(lut->data_bits + 3) / 4;
}

static void write_heading(FILE *out, const char *mark, const struct l1t_lut *lut, const char *name,
                          const char *title)
{
    fprintf(out, "%s %s: %zu words of %u bits; %s\n", mark, name, depth_of(lut), lut->data_bits,
            title);
}

static void write_mem(FILE *out, const struct l1t_lut *lut, const char *name, const char *title)
{
    write_heading(out, "//", lut, name, title);
    for (size_t i = 0; i < depth_of(lut); i++)
        fprintf(out, "%0*lx\n", digits_of(lut), (unsigned long)lut->data[i]);
}

static void write_coe(FILE *out, const struct l1t_lut *lut, const char *name, const char *title)
{
    write_heading(out, ";", lut, name, title);
    fputs("memory_initialization_radix = 16;\nmemory_initialization_vector =\n", out);
    for (size_t i = 0; i < depth_of(lut); i++)
        fprintf(out, "%0*lx%s\n", digits_of(lut), (unsigned long)lut->data[i],
                i + 1 < depth_of(lut) ? "," : ";");
}

static void write_mif(FILE *out, const struct l1t_lut *lut, const char *name, const char *title)
{
    write_heading(out, "--", lut, name, title);
    fprintf(out,
            "WIDTH = %u;\nDEPTH = %zu;\nADDRESS_RADIX = HEX;\nDATA_RADIX = HEX;\nCONTENT BEGIN\n",
            lut->data_bits, depth_of(lut));
    for (size_t i = 0; i < depth_of(lut); i++)
        fprintf(out, "%zx : %0*lx;\n", i, digits_of(lut), (unsigned long)lut->data[i]);
    fputs("END;\n", out);
}

static void write_identifier(FILE *out, const char *name)
{
    if (!isalpha((unsigned char)name[0]) && name[0] != '_')
        fputs("lut_", out);
    for (const char *c = name; *c != '\0'; c++)
        putc(isalnum((unsigned char)*c) ? *c : '_', out);
}

static void write_c(FILE *out, const struct l1t_lut *lut, const char *name, const char *title)
{
    enum { PER_LINE = 12 };
    const unsigned bits = lut->data_bits <= 8 ? 8 : lut->data_bits <= 16 ? 16 : 32;
    write_heading(out, "//", lut, name, title);
    fprintf(out, "#include <stdint.h>\n\nstatic const uint%u_t ", bits);
    write_identifier(out, name);
    fprintf(out, "[%zu] = {", depth_of(lut));
    for (size_t i = 0; i < depth_of(lut); i++)
        fprintf(out, "%s%lu%s", i % PER_LINE == 0 ? "\n    " : " ", (unsigned long)lut->data[i],
                i + 1 < depth_of(lut) ? "," : "");
    fputs("\n};\n", out);
}

enum l1t_err l1t_lut_write_form(FILE *out, enum l1t_lut_form form, const struct l1t_lut *lut,
                                const char *name, const char *title, struct l1t_diag *diag)
{
    if (form == L1T_LUT_FORM_TEXT)
        return l1t_lut_write(out, lut, title, diag);
    if (form == L1T_LUT_FORM_MEM)
        write_mem(out, lut, name, title);
    else if (form == L1T_LUT_FORM_COE)
        write_coe(out, lut, name, title);
    else if (form == L1T_LUT_FORM_MIF)
        write_mif(out, lut, name, title);
    else
        write_c(out, lut, name, title);
    return ferror(out) ? l1t_fail(diag, L1T_E_IO, "cannot write a table: %s", strerror(errno))
                       : L1T_OK;
}

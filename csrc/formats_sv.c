// SPDX-License-Identifier: GPL-3.0-or-later
// The bit formats of models/l1t_formats.def as SystemVerilog constants.
#include "l1t/decode.h"

#include <ctype.h>

// "jet_mp" as "JetMp".
static void print_camel(FILE *out, const char *name)
{
    int start = 1;
    for (; *name != '\0'; name++) {
        if (*name != '_')
            putc(start ? toupper((unsigned char)*name) : *name, out);
        start = *name == '_';
    }
}

static void print_constant(FILE *out, const char *word, const char *field, const char *what,
                           unsigned value)
{
    fprintf(out, "  localparam int ");
    print_camel(out, word);
    print_camel(out, field);
    fprintf(out, "%s = %u;", what, value);
}

void l1t_formats_print_package(FILE *out)
{
    unsigned n;
    const struct l1t_word *word = l1t_word_all(&n);
    fprintf(out, "// SPDX-License-Identifier: Apache-2.0\n"
                 "// Printed by tools/gen_formats from models/l1t_formats.def; do not edit.\n"
                 "package l1t_formats_pkg;\n");
    for (; n > 0; n--, word++) {
        print_constant(out, word->name, "", "Bits", word->bits);
        fprintf(out, "  // %s\n", word->what);
        for (unsigned i = 0; i < word->n_field; i++) {
            const struct l1t_field *field = &word->field[i];
            print_constant(out, word->name, field->name, "Lsb", field->lsb);
            fprintf(out, "  // %s%s\n", field->is_signed ? "signed; " : "", field->meaning);
            print_constant(out, word->name, field->name, "Width", field->width);
            putc('\n', out);
        }
    }
    fprintf(out, "endpackage\n");
}

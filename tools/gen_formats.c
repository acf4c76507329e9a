// SPDX-License-Identifier: GPL-3.0-or-later
// Prints rtl/common/l1t_formats_pkg.sv: the bit formats of models/l1t_formats.def as SystemVerilog
// constants. A unit test compares the file with this output.
#include "l1t_formats.h"

#include <ctype.h>
#include <stdio.h>

// "jet_mp" as "JetMp".
static void print_camel(const char *name)
{
    int start = 1;
    for (; *name != '\0'; name++) {
        if (*name != '_')
            putchar(start ? toupper((unsigned char)*name) : *name);
        start = *name == '_';
    }
}

static void print_constant(const char *word, const char *field, const char *what, unsigned value)
{
    printf("  localparam int ");
    print_camel(word);
    print_camel(field);
    printf("%s = %u;", what, value);
}

int main(void)
{
    unsigned n;
    const struct l1t_word *word = l1t_word_all(&n);
    printf("// SPDX-License-Identifier: Apache-2.0\n"
           "// Printed by tools/gen_formats from models/l1t_formats.def; do not edit.\n"
           "package l1t_formats_pkg;\n");
    for (; n > 0; n--, word++) {
        print_constant(word->name, "", "Bits", word->bits);
        printf("  // %s\n", word->what);
        for (unsigned i = 0; i < word->n_field; i++) {
            const struct l1t_field *field = &word->field[i];
            print_constant(word->name, field->name, "Lsb", field->lsb);
            printf("  // %s%s\n", field->is_signed ? "signed; " : "", field->meaning);
            print_constant(word->name, field->name, "Width", field->width);
            putchar('\n');
        }
    }
    printf("endpackage\n");
    return fflush(stdout) == 0 ? 0 : 3;
}

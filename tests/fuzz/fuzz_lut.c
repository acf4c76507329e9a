// SPDX-License-Identifier: GPL-3.0-or-later
// Look-up tables as text; an accepted one holds to its own header.
#include "fuzz.h"
#include "l1t/lut.h"

#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {
    "# text\n#<header> v1 3 4 </header>\n0 0\n1 1   # comment\n2 15\n3 7\n4 0\n5 0\n6 1\n7 2\n",
    "#<header> v2 8 18 </header>\n0 262143\n\n1 0\n#<header> v2 8 18 </header>\n2 5",
    "# a\r\n#<header> V5 1 32 </header>\r\n0 4294967295\r\n", NULL};

L1T_FUZZ(lut, seeds)
{
    struct l1t_lut lut = {.n = 0};
    struct l1t_diag diag = {""};
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    const enum l1t_err err = l1t_lut_parse(&lut, "fuzz.txt", text, size, &diag);
    free(text);
    if (err != L1T_OK)
        return l1t_fuzz_refused(&diag);
    for (size_t i = 0; i < (size_t)1 << lut.address_bits; i++)
        if ((uint64_t)lut.data[i] >> lut.data_bits != 0)
            abort();
    l1t_lut_fini(&lut);
    return 1;
}

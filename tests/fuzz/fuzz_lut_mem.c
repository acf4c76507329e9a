// SPDX-License-Identifier: GPL-3.0-or-later
// Memory images; an accepted one keeps its width, and is written and read again.
#include "fuzz.h"
#include "fuzz_lut_form.h"

static const char *const seeds[] = {
    "// name: 4 words of 10 bits; why\n0ff\n3_00\n/* more */ 001 2\n",
    "// a: 3 words of 1 bits\n@0 1 @1 0 1", "// words of 32 bits, 3 words of 32 bits\nffffffff\n",
    NULL};

L1T_FUZZ(lut_mem, seeds)
{
    return l1t_fuzz_lut_form(L1T_LUT_FORM_MEM, data, size);
}

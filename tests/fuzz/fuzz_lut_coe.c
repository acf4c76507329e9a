// SPDX-License-Identifier: GPL-3.0-or-later
// AMD memory initialisation; an accepted one keeps its width, and is written and read again.
#include "fuzz.h"
#include "fuzz_lut_form.h"

static const char *const seeds[] = {
    "; name: 4 words of 10 bits; why\nmemory_initialization_radix = 16;\n"
    "memory_initialization_vector =\n0ff,\n300,\n; more\n001 2;\n",
    "; a: 2 words of 4 "
    "bits\nMEMORY_INITIALIZATION_RADIX=2;\nmemory_initialization_vector=10,11\n;\n",
    NULL};

L1T_FUZZ(lut_coe, seeds)
{
    return l1t_fuzz_lut_form(L1T_LUT_FORM_COE, data, size);
}

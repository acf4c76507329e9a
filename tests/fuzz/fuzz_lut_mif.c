// SPDX-License-Identifier: GPL-3.0-or-later
// Intel memory initialisation; an accepted one keeps its width, and is written and read again.
#include "fuzz.h"
#include "fuzz_lut_form.h"

static const char *const seeds[] = {
    "-- name\nWIDTH = 10;\nDEPTH = 4;\nADDRESS_RADIX = HEX;\nDATA_RADIX = HEX;\nCONTENT BEGIN\n"
    "0 : 0ff;\n[1..2] : 300; % more % 3 : 1;\nEND;\n",
    "DEPTH=2;WIDTH=32;DATA_RADIX=UNS;CONTENT BEGIN [0..1]:4294967295;END;", NULL};

L1T_FUZZ(lut_mif, seeds)
{
    return l1t_fuzz_lut_form(L1T_LUT_FORM_MIF, data, size);
}

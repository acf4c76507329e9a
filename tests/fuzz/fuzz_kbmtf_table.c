// SPDX-License-Identifier: GPL-3.0-or-later
// Table files of the barrel track finder: whole numbers, and numbers in single precision.
#include "csrc/paths/kbmtf_tables.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {"-5 0 17\n511\n", "0 1 2 3", "\r\n-2.5 0 1e1 63.9\n\n", NULL};

L1T_FUZZ(kbmtf_table, seeds)
{
    static const struct l1t_kbmtf_shape shape = {4, 1, 100, 511};
    int value[4];
    float real[4];
    struct l1t_diag diag = {""};
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    const enum l1t_err whole = l1t_kbmtf_parse_table("fuzz.txt", text, size, &shape, value, &diag);
    const enum l1t_err any = l1t_kbmtf_parse_floats("fuzz.txt", text, size, 4, 64, real, &diag);
    free(text);
    for (int i = 0; i < 4 && whole == L1T_OK; i++)
        if (value[i] < (i == 0 ? -100 : 0) || value[i] > 511)
            abort();
    for (int i = 0; i < 4 && any == L1T_OK; i++)
        if (!(real[i] >= -64 && real[i] <= 64))
            abort();
    return whole == L1T_OK || any == L1T_OK ? 1 : l1t_fuzz_refused(&diag);
}

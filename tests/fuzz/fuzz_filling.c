// SPDX-License-Identifier: GPL-3.0-or-later
// Filling schemes, and targets of pile-up, which are short texts, too.
#include "fuzz.h"
#include "l1t/beam.h"
#include "l1t/deadtime.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {"all, gap 119",
                                    "8b4e",
                                    "48b7e x3 + 31e",
                                    "((48b7e x3 + 31e) x8 + 12b) x2 + 60e, gap 119",
                                    "gauss(52,4)",
                                    "poisson(52)",
                                    "flat(40,60)",
                                    "51.75",
                                    NULL};

static void check_filling(const struct l1t_filling *filling)
{
    unsigned n = 0;
    for (unsigned c = 0; c < 64 * sizeof filling->filled / sizeof filling->filled[0]; c++)
        if (filling->filled[c / 64] >> (c % 64) & 1) {
            n++;
            if (c >= L1T_GT_ORBIT)
                abort();
        }
    if (n == 0 || n != filling->bunches)
        abort();
}

static void check_target(const struct l1t_pileup_target *target)
{
    double sum = 0;
    for (unsigned k = 0; k < L1T_TALLY_PILEUPS; k++)
        sum += target->share[k];
    if (!(fabs(sum - 1) < 1e-9))
        abort();
}

L1T_FUZZ(filling, seeds)
{
    struct l1t_filling filling;
    struct l1t_pileup_target target;
    struct l1t_diag diag = {""};
    char text[5000];
    const size_t n = size < sizeof text - 1 ? size : sizeof text - 1;
    memcpy(text, data, n);
    text[n] = '\0';
    if (l1t_filling_parse(text, 0, &filling, &diag) == L1T_OK) {
        check_filling(&filling);
        return 1;
    }
    (void)l1t_fuzz_refused(&diag);
    if (l1t_pileup_target_parse(text, "/nonexistent/", &target, &diag) == L1T_OK) {
        check_target(&target);
        return 1;
    }
    return l1t_fuzz_refused(&diag);
}

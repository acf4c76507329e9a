// SPDX-License-Identifier: GPL-3.0-or-later
// Rates of several samples.
#include "rates_add.h"

#include <math.h>

struct l1t_rate l1t_rates_none(void)
{
    return (struct l1t_rate){0, NAN, 0, 0, 0};
}

void l1t_rates_add(struct l1t_rate *to, const struct l1t_rate *more)
{
    const bool seen = !isnan(more->err), before = !isnan(to->err);
    to->hz += more->hz;
    if (seen)
        to->err = hypot(before ? to->err : 0, more->err);
    if (seen || before) {
        to->upper84 = to->upper90 = to->upper95 = NAN;
        return;
    }
    to->upper84 += more->upper84; // none of them saw anything: on the safe side
    to->upper90 += more->upper90;
    to->upper95 += more->upper95;
}

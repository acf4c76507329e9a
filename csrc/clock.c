// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/clock.h"

#include <time.h>

double l1t_seconds(void)
{
    struct timespec t = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

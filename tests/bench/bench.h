/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clocks and spreads. Times are CPU times of the calling thread, and the variants take turns round
 * by round: on a shared machine only the ratios inside one run are claims.
 */
#ifndef L1T_BENCH_H
#define L1T_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int bench_ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* "name  min 5.1  median 5.3  max 6.0 unit"; returns the median; v is sorted. */
static inline double bench_print(const char *name, double *v, size_t n, const char *unit)
{
    qsort(v, n, sizeof *v, bench_ascending);
    printf("%-42s min %10.4g  median %10.4g  max %10.4g %s\n", name, v[0], v[n / 2], v[n - 1],
           unit);
    return v[n / 2];
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where tests find the published curves (kept outside the repository; tests that
 * need them print a SKIPPED line when they are not there), and their reference values.
 */
#ifndef L1T_TEST_CURVES_H
#define L1T_TEST_CURVES_H

#include "l1t/curve.h"

#include <stdio.h>
#include <stdlib.h>

static inline int open_published_curve(const char *name, struct l1t_curve *curve)
{
    const char *shared = getenv("L1TWIN_SHARED");
    char path[1000];
    snprintf(path, sizeof path, "%s/opendata/l1t_curves/%s.csv.gz",
             shared != NULL ? shared : "../shared", name);
    FILE *there = fopen(path, "rb");
    if (there == NULL) {
        printf("SKIPPED: no %s (set L1TWIN_SHARED)\n", path);
        return 0;
    }
    fclose(there);
    struct l1t_diag diag = {""};
    if (l1t_curve_load(curve, path, &diag) == L1T_OK)
        return 1;
    printf("FAILED: %s\n", diag.text);
    exit(1);
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The published curves, which are kept outside the repository: without them a test is skipped. */
#ifndef L1T_TEST_CURVES_H
#define L1T_TEST_CURVES_H

#include "l1t/curve.h"
#include "l1t_test.h"

/* 0 when the curve is not there (a SKIPPED line is printed), else 1. */
static inline int open_published_curve(const char *name, struct l1t_curve *curve)
{
    char relative[100];
    char path[1024];
    struct l1t_diag diag = {""};
    snprintf(relative, sizeof relative, "opendata/l1t_curves/%s.csv.gz", name);
    if (!l1t_shared_path(path, sizeof path, relative)) {
        l1t_test_skip("%s absent", path);
        return 0;
    }
    const enum l1t_err err = l1t_curve_load(curve, path, &diag);
    L1T_ASSERT_OK(err, diag);
    return err == L1T_OK;
}

#endif

// SPDX-License-Identifier: GPL-3.0-or-later
// Turn-on curves as CSV; an accepted curve must evaluate to finite values.
#include "fuzz.h"
#include "l1t/curve.h"

#include <math.h>
#include <stdlib.h>

static const char *const seeds[] = {
    "x,y\n10,0.0\n20,0.25\n30,0.9\n40,1\n",
    "# a comment\npt,efficiency\r\n0 , 0\r\n1.5e1, .5\r\n1e2,1.0\r\n", "1\t0.1\n2\t0.2\n",
    "0,0\n1e-3,1e-3\n1e6,1\n", NULL};

L1T_FUZZ(curve, seeds)
{
    struct l1t_curve curve;
    struct l1t_diag diag = {""};
    if (l1t_curve_load(&curve, l1t_fuzz_file(data, size), &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    for (size_t i = 0; i < curve.n; i++)
        if (!isfinite(l1t_curve_eval(&curve, curve.x[i])) ||
            !isfinite(l1t_curve_eval(&curve, 0.5 * (curve.x[0] + curve.x[i]))))
            abort();
    (void)l1t_curve_crossing(&curve, 0.5);
    l1t_curve_free(&curve);
    return 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Central 68.27 % intervals of efficiencies. */
#ifndef L1T_CLOPPER_PEARSON_H
#define L1T_CLOPPER_PEARSON_H

/*
 * k of n, 0 <= k <= n. They need not be whole: effective counts of weighted events. k = 0: low is
 * 0; k = n: high is 1; n = 0: 0 to 1.
 */
void l1t_clopper_pearson(double k, double n, double *low, double *high);

#endif

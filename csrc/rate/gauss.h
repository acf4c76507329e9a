/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gauss-Legendre rules on [0, 1]: n nodes are exact for polynomials up to degree 2 n - 1. A rule is
 * made when it is first asked for.
 */
#ifndef L1T_GAUSS_H
#define L1T_GAUSS_H

#include <stddef.h>

enum { L1T_GAUSS_MAX = 256 };

struct l1t_gauss {
    double *memory; /* rules one after the other */
    unsigned char made[L1T_GAUSS_MAX + 1];
};

/* 0, or -1: no memory. */
int l1t_gauss_init(struct l1t_gauss *gauss);
void l1t_gauss_free(struct l1t_gauss *gauss);
/* n in 1 .. L1T_GAUSS_MAX: node[n], then weight[n]. */
const double *l1t_gauss_rule(struct l1t_gauss *gauss, size_t n);

#endif

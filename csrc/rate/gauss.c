// SPDX-License-Identifier: GPL-3.0-or-later
// Roots of Legendre polynomials by Newton's method from the well-known first guess.
#include "gauss.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

int l1t_gauss_init(struct l1t_gauss *gauss)
{
    memset(gauss->made, 0, sizeof gauss->made);
    // Pages of rules that nobody asks for are never touched.
    gauss->memory = malloc((size_t)L1T_GAUSS_MAX * (L1T_GAUSS_MAX + 1) * sizeof *gauss->memory);
    return gauss->memory != NULL ? 0 : -1;
}

void l1t_gauss_free(struct l1t_gauss *gauss)
{
    free(gauss->memory);
    gauss->memory = NULL;
}

// P_n(x) and its derivative, by the recurrence.
static double legendre(size_t n, double x, double *derivative)
{
    double before = 1, p = x;
    for (size_t k = 2; k <= n; k++) {
        const double next = ((double)(2 * k - 1) * x * p - (double)(k - 1) * before) / (double)k;
        before = p;
        p = next;
    }
    *derivative = (double)n * (x * p - before) / (x * x - 1);
    return p;
}

static void make(size_t n, double *node, double *weight)
{
    for (size_t i = 0; i < (n + 1) / 2; i++) {
        double x = cos(pi * ((double)i + 0.75) / ((double)n + 0.5)), slope = 1;
        for (int step = 0; step < 10; step++) {
            const double p = legendre(n, x, &slope);
            x -= p / slope;
            if (fabs(p / slope) < 1e-16)
                break;
        }
        if (2 * i + 1 == n)
            x = 0;
        (void)legendre(n, x, &slope);
        const double w = 1 / ((1 - x * x) * slope * slope); // half of [-1, 1]'s
        node[i] = (1 - x) / 2;
        node[n - 1 - i] = (1 + x) / 2;
        weight[i] = weight[n - 1 - i] = w;
    }
}

const double *l1t_gauss_rule(struct l1t_gauss *gauss, size_t n)
{
    double *rule = gauss->memory + n * (n - 1); // 2 (1 + 2 + .. + n - 1)
    if (!gauss->made[n])
        make(n, rule, rule + n);
    gauss->made[n] = 1;
    return rule;
}

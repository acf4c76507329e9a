/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawings of a menu's rates as inline SVG: bars with errors on a logarithmic scale, a heat map. */
#ifndef L1T_REPORT_DRAW_RATES_H
#define L1T_REPORT_DRAW_RATES_H

#include "l1t/plot.h"

#include <stddef.h>
#include <stdio.h>

/* A measured rate, Hz; a bar of its own height. */
struct l1t_rate_bar {
    const char *label;
    const char *heading; /* above the bar when it begins something new; NULL: none */
    double hz, error;    /* error NAN: none is drawn */
    double inner_hz;     /* a part of it, drawn darker; 0: none */
    enum l1t_colour colour;
};
/* The scale covers the decades that the bars need, at most six; rates below it have no length. */
void l1t_draw_rate_bars(FILE *out, const char *alt, const struct l1t_rate_bar *bars, size_t n);

/* Squares in n rows and columns, fraction [n][n] row by row, 0..1, NAN: empty. */
void l1t_draw_heat(FILE *out, const char *alt, const char *const *labels, const double *fraction,
                   size_t n);

#endif

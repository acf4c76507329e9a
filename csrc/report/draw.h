/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawings that gnuplot does not do well, as inline SVG: bars with names, a budget, twin pipelines.
 */
#ifndef L1T_REPORT_DRAW_H
#define L1T_REPORT_DRAW_H

#include "l1t/plot.h"

#include <stddef.h>
#include <stdio.h>

/* The root element; the caller writes "</svg>". anchor: "start", "middle", "end"; attributes:
 * 'fill="#fff"'. */
void l1t_draw_open(FILE *out, int width, int height, const char *alt);
void l1t_draw_text(FILE *out, double x, double y, int size, const char *anchor,
                   const char *attributes, const char *text);

/* Horizontal bars, one under the other; each split evenly among its colours (objects that take
 * part). */
struct l1t_bar {
    const char *label, *text; /* text stands behind the bar: "24.8 %" */
    double value;
    enum l1t_colour colour[4];
    unsigned n_colours;
    const double *part; /* add up to value; or NULL */
    size_t n_parts;
};
void l1t_draw_bars(FILE *out, const char *alt, const struct l1t_bar *bars, size_t n);

/* One bar of parts against a limit; 0: none. error: of the total; NAN for none. */
struct l1t_budget_part {
    const char *label;
    double value;
    enum l1t_colour colour;
};
void l1t_draw_budget(FILE *out, const char *alt, const struct l1t_budget_part *parts, size_t n,
                     double error, double limit, const char *unit);

/* The stages of two twins above each other with what was compared between them. */
struct l1t_draw_stage {
    const char *name;
    unsigned long long records, differences;
    int latency;
    const char *problem; /* NULL: they agree in everything; else a word or two */
};
void l1t_draw_twins(FILE *out, const char *alt, const struct l1t_draw_stage *stages, size_t n);

#endif

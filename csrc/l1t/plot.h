/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures. A plot is described by its axes and series, written as a gnuplot
 * script, and drawn by the gnuplot program (started directly, without a shell) to
 * SVG text that can stand inside an HTML page. The same plot gives the same
 * bytes: no dates, no counters, identifiers from the caller's prefix only.
 *
 * Series are copied when added. Adding cannot fail visibly: a failure (memory)
 * is remembered and returned by l1t_plot_script() and l1t_plot_svg().
 */
#ifndef L1T_PLOT_H
#define L1T_PLOT_H

#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>

/* Okabe and Ito's colours, distinct for every kind of colour vision; ink and grey for the rest. */
enum l1t_colour {
    L1T_BLUE,
    L1T_VERMILION,
    L1T_GREEN,
    L1T_PURPLE,
    L1T_ORANGE,
    L1T_SKY,
    L1T_INK,
    L1T_GREY,
    L1T_COLOURS
};
const char *l1t_colour_hex(enum l1t_colour colour); /* "#0072b2" */

struct l1t_plot_axis {
    const char *label; /* "threshold" */
    const char *unit;  /* "GeV"; "" for none */
    bool log;
    double min, max; /* equal: found from the data */
};

enum l1t_plot_legend {
    L1T_LEGEND_TOP_RIGHT,
    L1T_LEGEND_TOP_LEFT,
    L1T_LEGEND_BOTTOM_RIGHT,
    L1T_LEGEND_BOTTOM_LEFT,
    L1T_LEGEND_NONE
};

struct l1t_plot_frame {
    int width, height; /* of the drawing, px; the page scales it */
    struct l1t_plot_axis x, y;
    enum l1t_plot_legend legend;
};

struct l1t_plot;
struct l1t_plot *l1t_plot_new(const struct l1t_plot_frame *frame); /* NULL when out of memory */
void l1t_plot_free(struct l1t_plot *plot);                         /* accepts NULL */

/* label NULL or "": not in the legend. NAN values leave a hole. */
void l1t_plot_line(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                   const double *x, const double *y, size_t n);
void l1t_plot_dashed(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                     const double *x, const double *y, size_t n);
void l1t_plot_dotted(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                     const double *x, const double *y, size_t n);
/* error: half length of the error bars, or NULL. */
void l1t_plot_points(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                     const double *x, const double *y, const double *error, size_t n);
/* Same with open markers: data of others beside ours. */
void l1t_plot_open_points(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                          const double *x, const double *y, const double *error, size_t n);
/* Histogram of n bins with n + 1 edges; filled down to the axis when fill. */
void l1t_plot_steps(struct l1t_plot *plot, const char *label, enum l1t_colour colour, bool fill,
                    const double *edge, const double *y, size_t n);
/* Area between two curves. */
void l1t_plot_band(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                   const double *x, const double *low, const double *high, size_t n);

/* A vertical or horizontal guide across the frame with a word beside it. */
void l1t_plot_vertical(struct l1t_plot *plot, const char *label, enum l1t_colour colour, double x);
void l1t_plot_horizontal(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                         double y);

/* The gnuplot script; the caller frees *script with free(). */
enum l1t_err l1t_plot_script(const struct l1t_plot *plot, char **script,
                             struct l1t_diag *diag) L1T_MUST_USE;

/*
 * An <svg> element without prologue; identifiers in it start with prefix, alt describes the figure
 * for those who cannot see it. The caller frees *svg. L1T_E_ENV when gnuplot is not installed or
 * fails.
 */
enum l1t_err l1t_plot_svg(const struct l1t_plot *plot, const char *prefix, const char *alt,
                          char **svg, struct l1t_diag *diag) L1T_MUST_USE;

/* Version line of the gnuplot in use ("gnuplot 5.4 patchlevel 4") or "" without one. */
void l1t_plot_gnuplot_version(char *text, size_t size);

/* Free bytes in (0 when out of memory). Appends text to out as a single-quoted gnuplot string. */
size_t l1t_plot_quote(const char *text, char *out, size_t size);

#endif

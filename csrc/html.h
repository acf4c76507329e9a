/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing one self-contained HTML page. Text from files is escaped by default:
 * in l1t_html() the format is markup written here, and every %s is text, never markup.
 * The first failure is kept in the writer and returned by l1t_html_end(), so
 * that pages read as prose and not as a chain of checks.
 */
#ifndef L1T_HTML_H
#define L1T_HTML_H

#include "l1t/err.h"
#include "l1t/plot.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct l1t_html {
    FILE *out;
    unsigned n_figures, n_tables;
    enum l1t_err err;
    struct l1t_diag diag;
};

extern const char *const l1t_html_style[]; /* CSS, NULL-terminated */

/* The page's head with its style, up to and including the banner. */
void l1t_html_begin(struct l1t_html *html, FILE *out, const char *title, const char *subtitle);
enum l1t_err l1t_html_end(struct l1t_html *html, const char *footer,
                          struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Markup with conversions: %s text (escaped), %d %u %x with l ll z, %f %g %e with flags, width and
 * precision, %%. No '*' and no other conversion.
 */
void l1t_html(struct l1t_html *html, const char *fmt, ...) L1T_PRINTF(2, 3);

/* Text escaped for element content and double-quoted attributes; control characters but line ends
 * dropped. */
void l1t_html_text(FILE *out, const char *text);

/*
 * Draw a plot as a numbered figure; frees plot (NULL is "out of memory"). alt: what a person who
 * cannot see it should know. caption: markup as in l1t_html().
 */
void l1t_html_plot(struct l1t_html *html, struct l1t_plot *plot, const char *alt,
                   const char *caption, ...) L1T_PRINTF(4, 5);

/* The same frame for a drawing of ours: write the <svg> between the two. */
void l1t_html_figure_begin(struct l1t_html *html);
void l1t_html_figure_end(struct l1t_html *html, const char *caption, ...) L1T_PRINTF(2, 3);

/* A numbered table: caption, heading row; the caller writes the rows and ends it. */
struct l1t_html_column {
    const char *name, *unit; /* unit "" for none */
    bool is_text;            /* left-aligned; numbers are right-aligned */
};
void l1t_html_table(struct l1t_html *html, const char *caption,
                    const struct l1t_html_column *columns, size_t n);
void l1t_html_table_end(struct l1t_html *html);

/* Cells. NAN becomes a dash. */
void l1t_html_cell(struct l1t_html *html, const char *text);
void l1t_html_number(struct l1t_html *html, double value, int digits);     /* significant digits */
void l1t_html_count(struct l1t_html *html, unsigned long long value);      /* 12 345 678 */
void l1t_html_measured(struct l1t_html *html, double value, double error); /* 7.63 ± 0.04 */

/* "7.63" and "0.04": the error to two significant digits, the value to the same place. */
void l1t_measured_text(double value, double error, char *value_text, char *error_text, size_t size);
/* 12345678 as "12 345 678" with narrow no-break spaces. */
void l1t_count_text(unsigned long long value, char *text, size_t size);

#endif

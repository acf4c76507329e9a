// SPDX-License-Identifier: GPL-3.0-or-later
// A plot is kept as two pieces of gnuplot text that grow while series are added: the data blocks
// and the items of the plot command. Drawing them is csrc/plot_gnuplot.c.
#include "l1t/plot.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN_CIRCLE = 6, FULL_CIRCLE = 7 }; // gnuplot's point types

struct l1t_plot {
    struct l1t_plot_frame frame;
    char *labels[4]; // own copies: x label, x unit, y label, y unit
    FILE *data, *items, *guides;
    char *data_text, *items_text, *guides_text;
    size_t data_size, items_size, guides_size;
    unsigned n_series;
    bool failed;
};

static const char *const colours[L1T_COLOURS] = {
    [L1T_BLUE] = "#0072b2",   [L1T_VERMILION] = "#d55e00", [L1T_GREEN] = "#009e73",
    [L1T_PURPLE] = "#b2569b", [L1T_ORANGE] = "#e69f00",    [L1T_SKY] = "#56b4e9",
    [L1T_INK] = "#1d2733",    [L1T_GREY] = "#8a94a0",
};

const char *l1t_colour_hex(enum l1t_colour colour)
{
    return (unsigned)colour < L1T_COLOURS ? colours[colour] : colours[L1T_INK];
}

// In single quotes gnuplot expands nothing; a quote is doubled. Names come from user files, so
// control characters (a newline would end the string) become blanks.
size_t l1t_plot_quote(const char *text, char *out, size_t size)
{
    size_t used = 0;
    if (size < 3)
        return 0;
    out[used++] = '\'';
    for (const char *c = text; *c != '\0' && used + 4 < size; c++) {
        const unsigned char u = (unsigned char)*c;
        if (u < 0x20 || u == 0x7f) {
            out[used++] = ' ';
        } else {
            if (u == '\'')
                out[used++] = '\'';
            out[used++] = (char)u;
        }
    }
    out[used++] = '\'';
    out[used] = '\0';
    return used;
}

static void write_quoted(FILE *out, const char *text)
{
    char quoted[512];
    l1t_plot_quote(text != NULL ? text : "", quoted, sizeof quoted);
    fputs(quoted, out);
}

static char *copy_text(const char *text)
{
    const char *source = text != NULL ? text : "";
    const size_t size = strlen(source) + 1;
    char *copy = malloc(size);
    if (copy != NULL)
        memcpy(copy, source, size);
    return copy;
}

struct l1t_plot *l1t_plot_new(const struct l1t_plot_frame *frame)
{
    struct l1t_plot *plot = calloc(1, sizeof *plot);
    if (plot == NULL)
        return NULL;
    plot->frame = *frame;
    const char *const texts[4] = {frame->x.label, frame->x.unit, frame->y.label, frame->y.unit};
    for (size_t i = 0; i < 4; i++) {
        plot->labels[i] = copy_text(texts[i]);
        plot->failed |= plot->labels[i] == NULL;
    }
    plot->data = open_memstream(&plot->data_text, &plot->data_size);
    plot->items = open_memstream(&plot->items_text, &plot->items_size);
    plot->guides = open_memstream(&plot->guides_text, &plot->guides_size);
    if (plot->failed || plot->data == NULL || plot->items == NULL || plot->guides == NULL) {
        l1t_plot_free(plot);
        return NULL;
    }
    return plot;
}

void l1t_plot_free(struct l1t_plot *plot)
{
    if (plot == NULL)
        return;
    if (plot->data != NULL)
        fclose(plot->data);
    if (plot->items != NULL)
        fclose(plot->items);
    if (plot->guides != NULL)
        fclose(plot->guides);
    free(plot->data_text);
    free(plot->items_text);
    free(plot->guides_text);
    for (size_t i = 0; i < 4; i++)
        free(plot->labels[i]);
    free(plot);
}

static void write_number(FILE *out, double value)
{
    if (isfinite(value))
        fprintf(out, " %.10g", value);
    else
        fputs(" NaN", out);
}

// One data block of up to four columns; missing columns are NULL.
static void write_block(struct l1t_plot *plot, const double *const column[4], size_t n)
{
    fprintf(plot->data, "$d%u << EOD\n", plot->n_series);
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < 4 && column[c] != NULL; c++)
            write_number(plot->data, column[c][i]);
        fputc('\n', plot->data);
    }
    fputs("EOD\n", plot->data);
}

// "$d3 using 1:2 with ... lc rgb '#...' title '...'", and the block's number is used up.
static void write_item(struct l1t_plot *plot, const char *how, const char *label,
                       enum l1t_colour colour)
{
    fprintf(plot->items, "%s$d%u %s lc rgb '%s' ", plot->n_series > 0 ? ", \\\n  " : "",
            plot->n_series, how, l1t_colour_hex(colour));
    if (label != NULL && label[0] != '\0') {
        fputs("title ", plot->items);
        write_quoted(plot->items, label);
    } else {
        fputs("notitle", plot->items);
    }
    plot->n_series++;
    plot->failed |= ferror(plot->data) != 0 || ferror(plot->items) != 0;
}

void l1t_plot_line(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                   const double *x, const double *y, size_t n)
{
    write_block(plot, (const double *const[4]){x, y}, n);
    write_item(plot, "using 1:2 with lines lw 2.2", label, colour);
}

void l1t_plot_dashed(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                     const double *x, const double *y, size_t n)
{
    write_block(plot, (const double *const[4]){x, y}, n);
    write_item(plot, "using 1:2 with lines lw 1.6 dt (9,5)", label, colour);
}

void l1t_plot_dotted(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                     const double *x, const double *y, size_t n)
{
    write_block(plot, (const double *const[4]){x, y}, n);
    write_item(plot, "using 1:2 with lines lw 1.2 dt (2,4)", label, colour);
}

// Error bars as low and high ends: on a log axis an end at or below zero would make gnuplot drop
// the whole point, so it stops far below any axis instead.
static void add_points(struct l1t_plot *plot, int marker, const char *label, enum l1t_colour colour,
                       const double *x, const double *y, const double *error, size_t n)
{
    char how[80];
    double *end = error != NULL ? malloc((2 * n + 1) * sizeof *end) : NULL;
    if (error != NULL && end == NULL) {
        plot->failed = true;
        return;
    }
    for (size_t i = 0; end != NULL && i < n; i++) {
        end[i] = y[i] - error[i];
        end[n + i] = y[i] + error[i];
        if (plot->frame.y.log && !(end[i] > 0))
            end[i] = y[i] * 1e-6;
    }
    write_block(plot, (const double *const[4]){x, y, end, end != NULL ? end + n : NULL}, n);
    snprintf(how, sizeof how, "using 1:2%s pt %d ps %s lw 1.3",
             end != NULL ? ":3:4 with yerrorbars" : " with points", marker,
             marker == OPEN_CIRCLE ? "0.8" : (n > 60 ? "0.4" : "0.55"));
    write_item(plot, how, label, colour);
    free(end);
}

void l1t_plot_points(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                     const double *x, const double *y, const double *error, size_t n)
{
    add_points(plot, FULL_CIRCLE, label, colour, x, y, error, n);
}

void l1t_plot_open_points(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                          const double *x, const double *y, const double *error, size_t n)
{
    add_points(plot, OPEN_CIRCLE, label, colour, x, y, error, n);
}

void l1t_plot_steps(struct l1t_plot *plot, const char *label, enum l1t_colour colour, bool fill,
                    const double *edge, const double *y, size_t n)
{
    double *outline = malloc((4 * n + 1) * sizeof *outline);
    if (outline == NULL) {
        plot->failed = true;
        return;
    }
    double *x = outline;
    double *height = outline + 2 * n;
    // An empty bin has no place on a log axis: the outline goes to the lower edge of the frame.
    const double floor = plot->frame.y.log ? plot->frame.y.min * 0.5 : 0.0;
    for (size_t i = 0; i < n; i++) {
        x[2 * i] = edge[i];
        x[2 * i + 1] = edge[i + 1];
        height[2 * i] = height[2 * i + 1] = y[i] > floor ? y[i] : floor;
    }
    if (fill) {
        write_block(plot, (const double *const[4]){x, height}, 2 * n);
        char how[80];
        snprintf(how, sizeof how,
                 "using 1:2 with filledcurves y1=%.6g fs transparent solid 0.18 noborder",
                 plot->frame.y.log ? plot->frame.y.min : 0.0);
        write_item(plot, how, NULL, colour);
    }
    write_block(plot, (const double *const[4]){x, height}, 2 * n);
    write_item(plot, "using 1:2 with lines lw 1.6", label, colour);
    free(outline);
}

void l1t_plot_band(struct l1t_plot *plot, const char *label, enum l1t_colour colour,
                   const double *x, const double *low, const double *high, size_t n)
{
    write_block(plot, (const double *const[4]){x, low, high}, n);
    write_item(plot, "using 1:2:3 with filledcurves fs transparent solid 0.22 noborder", label,
               colour);
}

// Guides are drawn as arrows without heads, in the coordinates of one axis and of the frame.
static void add_guide(struct l1t_plot *plot, bool upright, const char *label,
                      enum l1t_colour colour, double at)
{
    if (!isfinite(at))
        return;
    const char *hex = l1t_colour_hex(colour);
    if (upright)
        fprintf(plot->guides, "set arrow from first %.10g, graph 0 to first %.10g, graph 1 ", at,
                at);
    else
        fprintf(plot->guides, "set arrow from graph 0, first %.10g to graph 1, first %.10g ", at,
                at);
    fprintf(plot->guides, "nohead back lw 1.1 dt (3,4) lc rgb '%s'\n", hex);
    if (label == NULL || label[0] == '\0')
        return;
    fputs("set label ", plot->guides);
    write_quoted(plot->guides, label);
    if (upright)
        fprintf(plot->guides, " at first %.10g, graph 0.97 left offset 0.5,0 ", at);
    else
        fprintf(plot->guides, " at graph 0.985, first %.10g right offset 0,0.55 ", at);
    fprintf(plot->guides, "textcolor rgb '%s' font ',12'\n", hex);
}

void l1t_plot_vertical(struct l1t_plot *plot, const char *label, enum l1t_colour colour, double x)
{
    add_guide(plot, true, label, colour, x);
}

void l1t_plot_horizontal(struct l1t_plot *plot, const char *label, enum l1t_colour colour, double y)
{
    add_guide(plot, false, label, colour, y);
}

// "0.01", "20", or "10⁻⁶": plain where that is short, else with raised digits, which need no markup
// (the terminal takes all text literally).
static void write_tick(FILE *out, int digit, int power, bool is_plain)
{
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    const unsigned size = (unsigned)abs(power) % 100;
    if (is_plain || power == 0)
        fprintf(out, "'%g' %de%d", digit * pow(10, power), digit, power);
    else
        fprintf(out, "'10%s%s%s' 1e%d", power < 0 ? "⁻" : "", size > 9 ? raised[size / 10] : "",
                raised[size % 10], power);
}

// Names at each decade, and at 2 and 5 of it when there are few decades; explicit names switch
// gnuplot's small ticks off, so they are written too, without names.
static void write_log_ticks(FILE *out, char name, const struct l1t_plot_axis *axis)
{
    if (!(axis->min > 0 && axis->max > axis->min))
        return;
    const int first = (int)floor(log10(axis->min) + 1e-9);
    const int last = (int)floor(log10(axis->max) + 1e-9);
    const bool is_plain = axis->min >= 0.999e-3 && axis->max < 1.001e4;
    const bool few = axis->max / axis->min < 200 && is_plain;
    fprintf(out, "set %ctics (", name);
    for (int power = first; power <= last; power++) {
        fputs(power > first ? ", " : "", out);
        write_tick(out, 1, power, is_plain);
        for (int digit = 2; digit <= 9; digit++) {
            fputs(", ", out);
            if (few && (digit == 2 || digit == 5))
                write_tick(out, digit, power, true);
            else
                fprintf(out, "'' %de%d 1", digit, power);
        }
    }
    fputs(")\n", out);
}

static void write_axis(FILE *out, char name, const struct l1t_plot_axis *axis, const char *label,
                       const char *unit)
{
    char text[300];
    if (unit[0] != '\0')
        snprintf(text, sizeof text, "%s [%s]", label, unit);
    else
        snprintf(text, sizeof text, "%s", label);
    fprintf(out, "set %clabel ", name);
    write_quoted(out, text);
    fprintf(out, " offset %s\n", name == 'x' ? "0,0.3" : "-0.6,0");
    if (axis->log) {
        fprintf(out, "set logscale %c 10\nset m%ctics 10\n", name, name);
        write_log_ticks(out, name, axis);
    }
    if (axis->max > axis->min)
        fprintf(out, "set %crange [%.10g:%.10g]\n", name, axis->min, axis->max);
}

enum l1t_err l1t_plot_script(const struct l1t_plot *plot, char **script, struct l1t_diag *diag)
{
    static const char *const keys[] = {"top right", "top left", "bottom right", "bottom left"};
    size_t size = 0;
    *script = NULL;
    // The streams are ours alone; flushing makes their text complete without ending them.
    fflush(plot->data);
    fflush(plot->items);
    fflush(plot->guides);
    FILE *out = open_memstream(script, &size);
    if (out == NULL || plot->failed || plot->n_series == 0) {
        if (out != NULL)
            fclose(out);
        free(*script);
        *script = NULL;
        return l1t_fail(diag, L1T_E_NOMEM, "plot: out of memory or nothing to draw");
    }
    fprintf(out, "set terminal svg size %d,%d font ',14' noenhanced butt\n", plot->frame.width,
            plot->frame.height);
    fputs("set encoding utf8\nset datafile missing 'NaN'\nset border 3 lw 1 lc rgb '#6b7580'\n"
          "set tics nomirror out scale 0.6,0.3 textcolor rgb '#3a4653'\n"
          "set grid xtics ytics lt 1 lw 0.7 lc rgb '#e3e7eb'\nset samples 2\nset errorbars "
          "small\nset format '%g'\n"
          "set lmargin 9\nset rmargin 2.2\nset tmargin 1\nset bmargin 3.4\n",
          out);
    if (plot->frame.legend < L1T_LEGEND_NONE)
        fprintf(
            out,
            "set key %s Left reverse samplen 2.2 spacing 1.25 font ',13' textcolor rgb '#1d2733'\n",
            keys[plot->frame.legend]);
    else
        fputs("unset key\n", out);
    write_axis(out, 'x', &plot->frame.x, plot->labels[0], plot->labels[1]);
    write_axis(out, 'y', &plot->frame.y, plot->labels[2], plot->labels[3]);
    fprintf(out, "%s%splot %s\n", plot->guides_text, plot->data_text, plot->items_text);
    if (fclose(out) != 0)
        return l1t_fail(diag, L1T_E_NOMEM, "plot: out of memory");
    return L1T_OK;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Bars of rates over decades, and the heat map of overlaps.
#include "draw_rates.h"

#include "../html.h"
#include "draw.h"

#include <math.h>

enum { CANVAS = 960, LABELS = 300, VALUES = 130, STEP = 20, HIGH = 13, HEADING = 26, MARGIN = 26 };
enum { DECADES_MAX = 6 };

#define INK  "#1d2733"
#define SOFT "#55616e"
#define LINE "#dfe5ea"

struct scale {
    int first, decades; /* 10^first is where bars begin */
    double left, step;  /* pixels of a decade */
};

static struct scale make_scale(const struct l1t_rate_bar *bars, size_t n)
{
    double largest = 0;
    double smallest = INFINITY;
    for (size_t i = 0; i < n; i++) {
        const double high = bars[i].hz + (isfinite(bars[i].error) ? bars[i].error : 0);
        largest = fmax(largest, high);
        if (bars[i].hz > 0)
            smallest = fmin(smallest, bars[i].hz);
    }
    struct scale scale = {.left = LABELS};
    const int last = largest > 0 ? (int)ceil(log10(largest) - 1e-9) : 1;
    const int first = isfinite(smallest) ? (int)floor(log10(smallest) + 1e-9) : last - 1;
    scale.decades = last - first < 1 ? 1 : last - first > DECADES_MAX ? DECADES_MAX : last - first;
    scale.first = last - scale.decades;
    scale.step = (double)(CANVAS - LABELS - VALUES) / scale.decades;
    return scale;
}

static double at(const struct scale *scale, double hz)
{
    const double decades = hz > 0 ? log10(hz) - scale->first : 0;
    return scale->left + scale->step * fmin(fmax(decades, 0), scale->decades);
}

static void put_axis(FILE *out, const struct scale *scale, double bottom)
{
    for (int d = 0; d <= scale->decades; d++) {
        const double x = scale->left + d * scale->step;
        const int power = scale->first + d;
        char text[24];
        (void)snprintf(text, sizeof text, power >= 3 ? "%g kHz" : "%g Hz",
                       pow(10, power >= 3 ? power - 3 : power));
        fprintf(out, "<path d=\"M%.2f 4V%.1f\" stroke=\"%s\"/>\n", x, bottom, LINE);
        l1t_draw_text(out, x, bottom + 18, 13, "middle", "fill=\"" SOFT "\"", text);
    }
}

static void put_bar(FILE *out, const struct scale *scale, const struct l1t_rate_bar *bar,
                    double top)
{
    const double end = at(scale, bar->hz);
    const double middle = top + HIGH / 2.0;
    char value[40];
    l1t_draw_text(out, LABELS - 10, top + HIGH - 2, 13, "end", "fill=\"" INK "\"", bar->label);
    fprintf(out, "<rect x=\"%d\" y=\"%.1f\" width=\"%.2f\" height=\"%d\" fill=\"%s\"/>\n", LABELS,
            top, end - LABELS, HIGH, l1t_colour_hex(bar->colour));
    if (bar->inner_hz > 0)
        fprintf(out,
                "<rect x=\"%d\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"" INK
                "\" fill-opacity=\"0.45\"/>\n",
                LABELS, top + HIGH * 0.3, at(scale, bar->inner_hz) - LABELS, HIGH * 0.4);
    double reach = end;
    if (isfinite(bar->error) && bar->error > 0) {
        reach = at(scale, bar->hz + bar->error);
        fprintf(out, "<path d=\"M%.2f %.1fH%.2f\" stroke=\"%s\" stroke-width=\"1.6\"/>\n",
                at(scale, bar->hz - bar->error), middle, reach, INK);
    }
    (void)snprintf(value, sizeof value, bar->hz >= 1000 ? "%.3g kHz" : "%.3g Hz",
                   bar->hz >= 1000 ? bar->hz / 1000 : bar->hz);
    l1t_draw_text(out, reach + 8, top + HIGH - 2, 12, "start", "fill=\"" SOFT "\"", value);
}

void l1t_draw_rate_bars(FILE *out, const char *alt, const struct l1t_rate_bar *bars, size_t n)
{
    const struct scale scale = make_scale(bars, n);
    double height = 8;
    for (size_t i = 0; i < n; i++)
        height += STEP + (bars[i].heading != NULL ? HEADING : 0);
    l1t_draw_open(out, CANVAS, (int)height + MARGIN, alt);
    put_axis(out, &scale, height);
    double top = 6;
    for (size_t i = 0; i < n; i++) {
        if (bars[i].heading != NULL) {
            l1t_draw_text(out, LABELS - 10, top + HEADING - 9, 14, "end",
                          "font-weight=\"600\" fill=\"" INK "\"", bars[i].heading);
            top += HEADING;
        }
        put_bar(out, &scale, &bars[i], top);
        top += STEP;
    }
    fputs("</svg>\n", out);
}

// ---- heat map ----

static void put_cell(FILE *out, double x, double y, double size, double fraction,
                     const char *const names[2])
{
    const double shade = sqrt(fmin(fmax(fraction, 0), 1));
    fprintf(out,
            "<g><rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#0b4f7d\" "
            "fill-opacity=\"%.3f\"/><title>",
            x, y, size - 0.5, size - 0.5, shade);
    l1t_html_text(out, names[0]);
    fprintf(out, ": %.1f %% also ", 100 * fraction);
    l1t_html_text(out, names[1]);
    fputs("</title></g>\n", out);
}

void l1t_draw_heat(FILE *out, const char *alt, const char *const *labels, const double *fraction,
                   size_t n)
{
    enum { LEFT = 290, TOP = 34 };
    const double size = n > 0 ? fmin(26, (double)(CANVAS - LEFT) / (double)n) : 1;
    char number[24];
    l1t_draw_open(out, CANVAS, TOP + (int)ceil(size * (double)n) + 6, alt);
    for (size_t i = 0; i < n; i++) {
        const double y = TOP + size * (double)i;
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        l1t_draw_text(out, LEFT + size * ((double)i + 0.5), TOP - 8, 10, "middle",
                      "fill=\"" SOFT "\"", number);
        l1t_draw_text(out, LEFT - 26, y + size * 0.5 + 4, 11, "end", "fill=\"" INK "\"", labels[i]);
        l1t_draw_text(out, LEFT - 6, y + size * 0.5 + 4, 10, "end", "fill=\"" SOFT "\"", number);
        for (size_t j = 0; j < n; j++)
            if (isfinite(fraction[i * n + j]))
                put_cell(out, LEFT + size * (double)j, y, size, fraction[i * n + j],
                         (const char *const[2]){labels[i], labels[j]});
    }
    fputs("</svg>\n", out);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Bars and a budget drawn by hand: positions are whole pixels of a fixed canvas, the page scales
// it.
#include "draw.h"

#include "../html.h"

#include <math.h>
#include <string.h>

enum { CANVAS = 960, BAR_STEP = 30, BAR_HIGH = 18, LABEL_WIDTH = 180, VALUE_WIDTH = 190 };

#define INK  "#1d2733"
#define SOFT "#55616e"
#define RED  "#b42318"

void l1t_draw_open(FILE *out, int width, int height, const char *alt)
{
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\" "
            "aria-label=\"",
            width, height);
    l1t_html_text(out, alt);
    fputs("\">\n", out);
}

void l1t_draw_text(FILE *out, double x, double y, int size, const char *anchor,
                   const char *attributes, const char *text)
{
    fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" %s>", x, y, size,
            anchor, attributes);
    l1t_html_text(out, text);
    fputs("</text>\n", out);
}

static void put_rect(FILE *out, double x, double y, double width, double height, const char *fill,
                     double opacity)
{
    fprintf(out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"", x, y,
            width > 0 ? width : 0, height, fill);
    if (opacity < 1)
        fprintf(out, " fill-opacity=\"%.2f\"", opacity);
    fputs("/>\n", out);
}

void l1t_draw_bars(FILE *out, const char *alt, const struct l1t_bar *bars, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, bars[i].value);
    const double scale = largest > 0 ? (CANVAS - LABEL_WIDTH - VALUE_WIDTH) / largest : 0;
    l1t_draw_open(out, CANVAS, (int)n * BAR_STEP + 8, alt);
    for (size_t i = 0; i < n; i++) {
        const double top = 6 + (double)i * BAR_STEP;
        const double width = bars[i].value * scale;
        l1t_draw_text(out, LABEL_WIDTH - 12, top + 14, 15, "end", "fill=\"" INK "\"",
                      bars[i].label);
        // Objects share a bar as stripes one above the other, so that lengths stay comparable.
        const unsigned stripes = bars[i].n_colours > 0 ? bars[i].n_colours : 1;
        for (unsigned c = 0; c < stripes; c++) {
            const char *fill = l1t_colour_hex(bars[i].n_colours > 0 ? bars[i].colour[c] : L1T_GREY);
            put_rect(out, LABEL_WIDTH, top + (double)BAR_HIGH * c / stripes, width,
                     (double)BAR_HIGH / stripes, fill, 1);
        }
        double cut = 0;
        for (size_t k = 0; k + 1 < bars[i].n_parts; k++) {
            cut += bars[i].part[k];
            put_rect(out, LABEL_WIDTH + cut * scale - 1, top, 2, BAR_HIGH, "#fff", 1);
        }
        l1t_draw_text(out, LABEL_WIDTH + width + 9, top + 14, 15, "start", "fill=\"" SOFT "\"",
                      bars[i].text);
    }
    fputs("</svg>\n", out);
}

// Round steps for a scale with four to eight ticks.
static double tick_step(double full)
{
    const double decade = pow(10, floor(log10(full)));
    const double lead = full / decade;
    if (lead < 1.6)
        return decade * 0.2;
    if (lead < 4)
        return decade * 0.5;
    return decade;
}

static void put_scale(FILE *out, double left, double scale, double full, double y, const char *unit)
{
    char text[40];
    const double step = tick_step(full);
    for (int i = 0; i * step <= full * 1.0001; i++) {
        const double x = left + i * step * scale;
        fprintf(out, "<path d=\"M%.2f %.1fv6\" stroke=\"%s\"/>\n", x, y, SOFT);
        snprintf(text, sizeof text, "%g", i * step);
        l1t_draw_text(out, x, y + 21, 14, "middle", "fill=\"" SOFT "\"", text);
    }
    l1t_draw_text(out, CANVAS - 4, y + 21, 14, "end", "fill=\"" SOFT "\"", unit);
}

static void put_limit(FILE *out, double x, int top, int bottom, bool over, double limit,
                      const char *unit)
{
    char text[80];
    fprintf(out, "<path d=\"M%.2f %dV%d\" stroke=\"%s\" stroke-width=\"2.4\"/>\n", x, top - 10,
            bottom + 6, over ? RED : INK);
    snprintf(text, sizeof text, "budget %g %s", limit, unit);
    l1t_draw_text(out, x, top - 16, 15, "end", over ? "fill=\"" RED "\"" : "fill=\"" INK "\"",
                  text);
}

void l1t_draw_budget(FILE *out, const char *alt, const struct l1t_budget_part *parts, size_t n,
                     double error, double limit, const char *unit)
{
    enum { LEFT = 8, TOP = 40, HIGH = 46 };
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += parts[i].value;
    const double full = 1.06 * fmax(limit, total + (isfinite(error) ? error : 0));
    const double scale = (CANVAS - 2 * LEFT) / full;
    l1t_draw_open(out, CANVAS, TOP + HIGH + 34, alt);
    put_rect(out, LEFT, TOP, limit * scale, HIGH, "#eef2f5", 1);
    double x = LEFT;
    for (size_t i = 0; i < n; i++) {
        const double width = parts[i].value * scale;
        // Neighbours of one colour stay apart by a hair line of background.
        fputs("<g>", out);
        put_rect(out, x, TOP, width - 1.2, HIGH, l1t_colour_hex(parts[i].colour), 0.92);
        fputs("<title>", out);
        l1t_html_text(out, parts[i].label);
        fprintf(out, ": %.3g %s</title></g>\n", parts[i].value, unit);
        // About 6.4 px a character at this size.
        if (width > 6.4 * (double)strlen(parts[i].label) + 4)
            l1t_draw_text(out, x + width / 2, TOP + 28, 13, "middle", "fill=\"#fff\"",
                          parts[i].label);
        x += width;
    }
    if (isfinite(error))
        fprintf(
            out,
            "<path d=\"M%.2f %dH%.2fM%.2f %dv12M%.2f %dv12\" stroke=\"%s\" stroke-width=\"1.6\" "
            "fill=\"none\"/>\n",
            x - error * scale, TOP + HIGH / 2, x + error * scale, x - error * scale,
            TOP + HIGH / 2 - 6, x + error * scale, TOP + HIGH / 2 - 6, INK);
    if (limit > 0)
        put_limit(out, LEFT + limit * scale, TOP, TOP + HIGH, total > limit, limit, unit);
    put_scale(out, LEFT, scale, full, TOP + HIGH + 8, unit);
    fputs("</svg>\n", out);
}

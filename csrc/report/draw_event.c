// SPDX-License-Identifier: GPL-3.0-or-later
// The event display. Towers of one shade are one path, which keeps two thousand of them small.
#include "draw_event.h"

#include "draw.h"
#include "labels.h"

#include "l1t_formats.h"

#include <math.h>
#include <stdbool.h>

enum { CANVAS = 960, LEFT = 54, TOP = 14, WIDE = 880, HIGH = 520, SHADES = 7 };

#define INK      "#1d2733"
#define SOFT     "#55616e"
#define ETA_END  5.191
#define PI       3.14159265358979323846
#define STEP_GEV 0.5 // of a tower's ET

// ET from which on a tower has the shade, in GeV, and the shades, light to dark.
static const double shade_from[SHADES] = {1, 2, 4, 8, 16, 32, 64};
static const char *const shade[SHADES] = {"#dfe8f1", "#c3d5e6", "#9cbbd6", "#6f9bc3",
                                          "#4678ab", "#27548a", "#0f2f5c"};

double l1t_ring_eta_edge(int ring)
{
    static const double edge[L1T_RINGS + 1 - 20] = {
        1.740, 1.830, 1.930, 2.043, 2.172, 2.322, 2.500, 2.650, 2.964, 3.139, 3.314,
        3.489, 3.664, 3.839, 4.013, 4.191, 4.363, 4.538, 4.716, 4.889, 5.191};
    return ring <= 20 ? 0.087 * ring : edge[ring - 20];
}

static double x_of(double eta)
{
    return LEFT + (eta + ETA_END) / (2 * ETA_END) * WIDE;
}

static double y_of(double phi)
{
    return TOP + (1 - phi / (2 * PI)) * HIGH;
}

static int shade_of(double gev)
{
    int s = -1;
    while (s + 1 < SHADES && gev >= shade_from[s + 1])
        s++;
    return s;
}

static void put_towers(FILE *out, const struct l1t_towers *towers, int wanted)
{
    const double high = (double)HIGH / L1T_PHIS;
    fprintf(out, "<path fill=\"%s\" d=\"", shade[wanted]);
    for (int side = 0; side < L1T_SIDES; side++)
        for (int ring = 0; ring < L1T_RINGS; ring++) {
            const double a = l1t_ring_eta_edge(ring), b = l1t_ring_eta_edge(ring + 1);
            const double x = x_of(side == 0 ? a : -b), wide = x_of(b) - x_of(a);
            for (int p = 0; p < L1T_PHIS; p++) {
                const double gev = STEP_GEV * (double)l1t_tower_et(towers->w[side][ring][p]);
                if (shade_of(gev) == wanted)
                    fprintf(out, "M%.1f %.1fh%.1fv%.1fh-%.1fz", x, TOP + HIGH - (p + 1) * high,
                            wide, high, wide);
            }
        }
    fputs("\"/>\n", out);
}

static void put_axes(FILE *out)
{
    char text[16];
    fprintf(out,
            "<path d=\"M%d %dh%dv%dh-%dz\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.2\"/>\n",
            LEFT, TOP, WIDE, HIGH, WIDE, INK);
    for (int eta = -5; eta <= 5; eta++) {
        fprintf(out, "<path d=\"M%.1f %dv6\" stroke=\"%s\"/>\n", x_of(eta), TOP + HIGH, INK);
        snprintf(text, sizeof text, "%d", eta);
        l1t_draw_text(out, x_of(eta), TOP + HIGH + 22, 14, "middle", "fill=\"" SOFT "\"", text);
    }
    static const char *const quarter[] = {"0", "π/2", "π", "3π/2", "2π"};
    for (int i = 0; i <= 4; i++) {
        const double y = y_of(i * PI / 2);
        fprintf(out, "<path d=\"M%d %.1fh-6\" stroke=\"%s\"/>\n", LEFT, y, INK);
        l1t_draw_text(out, LEFT - 9, y + 5, 14, "end", "fill=\"" SOFT "\"", quarter[i]);
    }
    // Where the forward calorimeter begins, and the end of the barrel.
    for (int sign = -1; sign <= 1; sign += 2)
        fprintf(out, "<path d=\"M%.1f %dv%d\" stroke=\"%s\" stroke-dasharray=\"3 4\"/>\n",
                x_of(sign * l1t_ring_eta_edge(28)), TOP, HIGH, SOFT);
    l1t_draw_text(out, LEFT + WIDE, TOP + HIGH + 42, 15, "end", "fill=\"" INK "\"", "η");
    l1t_draw_text(out, 14, TOP + 14, 15, "start", "fill=\"" INK "\"", "φ");
}

static void put_scale(FILE *out)
{
    char text[32];
    const double y = TOP + HIGH + 32;
    l1t_draw_text(out, LEFT, y + 11, 14, "start", "fill=\"" SOFT "\"", "tower ET ≥");
    for (int s = 0; s < SHADES; s++) {
        const double x = LEFT + 88 + s * 62;
        fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"20\" height=\"13\" fill=\"%s\"/>\n", x, y,
                shade[s]);
        snprintf(text, sizeof text, "%g%s", shade_from[s], s == SHADES - 1 ? " GeV" : "");
        l1t_draw_text(out, x + 25, y + 11, 14, "start", "fill=\"" SOFT "\"", text);
    }
}

// Edge of the signed rings in eta: 0 is the lower end of -40, 80 the upper one of 40.
static double signed_edge(int i)
{
    i = i < 0 ? 0 : i > 2 * L1T_RINGS ? 2 * L1T_RINGS : i;
    return i < L1T_RINGS ? -l1t_ring_eta_edge(L1T_RINGS - i) : l1t_ring_eta_edge(i - L1T_RINGS);
}

int l1t_row_of_eta(double eta)
{
    int row = 0;
    while (row + 1 < 2 * L1T_RINGS && eta >= signed_edge(row + 1))
        row++;
    return row;
}

// A jet's window: the towers of its ring and of the four rings on each side, which are wider in the
// forward calorimeter and end with it. Over the edge of phi it goes on at the other one.
static struct l1t_box window_of(double eta, double phi)
{
    const int row = l1t_row_of_eta(eta);
    const double high = 9.0 * HIGH / L1T_PHIS, y = y_of(phi) - high / 2;
    return (struct l1t_box){x_of(signed_edge(row - 4)), y, x_of(signed_edge(row + 5)), y + high};
}

// The lines of a window, which labels leave readable.
static void mark_lines(struct l1t_labels *labels, double left, double top, double right,
                       double bottom)
{
    const double half = 3;
    const struct l1t_box line[] = {{left - half, top, left + half, bottom},
                                   {right - half, top, right + half, bottom},
                                   {left, top - half, right, top + half},
                                   {left, bottom - half, right, bottom + half}};
    for (size_t i = 0; i < sizeof line / sizeof line[0]; i++)
        l1t_labels_mark(labels, &line[i], 0.3);
}

static void put_square(FILE *out, struct l1t_labels *labels, const struct l1t_box *window,
                       const char *colour)
{
    for (int turn = -1; turn <= 1; turn++) {
        const double top = fmax(window->top + turn * HIGH, TOP);
        const double bottom = fmin(window->bottom + turn * HIGH, TOP + HIGH);
        if (bottom <= top)
            continue;
        mark_lines(labels, window->left, top, window->right, bottom);
        fprintf(out,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" "
                "stroke=\"%s\" stroke-width=\"2\"/>\n",
                window->left, top, window->right - window->left, bottom - top, colour);
    }
}

// What the object's mark takes up.
static struct l1t_box mark_of(const struct l1t_draw_object *o)
{
    static const struct l1t_box around[] = {[L1T_SHAPE_CIRCLE] = {-9, -9, 9, 9},
                                            [L1T_SHAPE_TRIANGLE] = {-12, -13, 12, 8},
                                            [L1T_SHAPE_CROSS] = {-6, -6, 6, 6}};
    if (o->shape == L1T_SHAPE_SQUARE)
        return window_of(o->eta, o->phi_rad);
    const double x = x_of(o->eta), y = y_of(o->phi_rad);
    const struct l1t_box *a = &around[o->shape];
    return (struct l1t_box){x + a->left, y + a->top, x + a->right, y + a->bottom};
}

static void put_mark(FILE *out, struct l1t_labels *labels, const struct l1t_draw_object *o)
{
    const char *colour = l1t_colour_hex(o->colour);
    const struct l1t_box mark = mark_of(o);
    if (o->shape != L1T_SHAPE_SQUARE) // labels of other objects may be in a window
        l1t_labels_mark(labels, &mark, 1);
    const double x = x_of(o->eta), y = y_of(o->phi_rad);
    switch (o->shape) {
    case L1T_SHAPE_CIRCLE:
        fprintf(out,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"8\" fill=\"none\" stroke=\"%s\" "
                "stroke-width=\"2.4\"/>\n",
                x, y, colour);
        break;
    case L1T_SHAPE_TRIANGLE:
        fprintf(out,
                "<path d=\"M%.1f %.1fl11 19h-22z\" fill=\"none\" stroke=\"%s\" "
                "stroke-width=\"2.4\"/>\n",
                x, y - 12, colour);
        break;
    case L1T_SHAPE_SQUARE:
        put_square(out, labels, &mark, colour);
        break;
    case L1T_SHAPE_CROSS:
        fprintf(out, "<path d=\"M%.1f %.1fh12m-6 -6v12\" stroke=\"%s\" stroke-width=\"1.6\"/>\n",
                x - 6, y, colour);
        break;
    }
}

// White behind the text keeps it readable on dark towers.
static void put_label(FILE *out, struct l1t_labels *labels, const struct l1t_box *mark,
                      const char *colour, const char *text)
{
    char attributes[160];
    snprintf(attributes, sizeof attributes,
             "fill=\"%s\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\" "
             "font-weight=\"600\"",
             colour);
    const struct l1t_box box = l1t_labels_place(labels, mark, text);
    l1t_draw_text(out, box.left, box.bottom - 3, L1T_LABEL_SIZE, "start", attributes, text);
}

static void put_missing(FILE *out, struct l1t_labels *labels, double gev, double phi)
{
    char text[40];
    const double y = y_of(phi), x = LEFT + WIDE;
    const struct l1t_box mark = {x, y - 7, x + 16, y + 7};
    fprintf(out, "<path d=\"M%.1f %.1fl14 -7v14z\" fill=\"%s\"/>\n", x + 2, y, INK);
    snprintf(text, sizeof text, "MET %.1f GeV", gev);
    put_label(out, labels, &mark, INK, text);
}

// All marks are known before the first label, so that none is covered where there is room. Small
// marks have less choice than the windows of jets, which come first in the list.
static void put_objects(FILE *out, struct l1t_labels *labels, const struct l1t_draw_object *objects,
                        size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_mark(out, labels, &objects[i]);
    for (size_t i = n; i-- > 0;) {
        const struct l1t_box mark = mark_of(&objects[i]);
        if (objects[i].text[0] != '\0')
            put_label(out, labels, &mark, l1t_colour_hex(objects[i].colour), objects[i].text);
    }
}

void l1t_draw_event(FILE *out, const char *alt, const struct l1t_towers *towers,
                    const struct l1t_draw_object *objects, size_t n, double missing_gev,
                    double missing_phi_rad)
{
    l1t_draw_open(out, CANVAS, TOP + HIGH + 52, alt);
    for (int s = 0; s < SHADES; s++)
        put_towers(out, towers, s);
    put_axes(out);
    put_scale(out);
    struct l1t_labels labels = {.frame = {LEFT + 2, TOP + 2, LEFT + WIDE - 2, TOP + HIGH - 2}};
    put_objects(out, &labels, objects, n);
    if (missing_gev >= 0)
        put_missing(out, &labels, missing_gev, missing_phi_rad);
    fputs("</svg>\n", out);
}

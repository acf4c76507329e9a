// SPDX-License-Identifier: GPL-3.0-or-later
// The event display. Towers of one shade are one path, which keeps two thousand of them small.
#include "draw_event.h"

#include "draw.h"

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

// A jet's window: nine towers each way, over the edge of phi it goes on at the other one.
static void put_square(FILE *out, double eta, double phi, const char *colour)
{
    const double half = 4.5 * 0.087, wide = x_of(half) - x_of(-half);
    const double high = 9.0 * HIGH / L1T_PHIS;
    for (int turn = -1; turn <= 1; turn++) {
        const double y = y_of(phi + 2 * PI * turn) - high / 2;
        const double top = fmax(y, TOP), bottom = fmin(y + high, TOP + HIGH);
        if (bottom > top)
            fprintf(out,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" "
                    "stroke=\"%s\" stroke-width=\"2\"/>\n",
                    x_of(eta - half), top, wide, bottom - top, colour);
    }
}

static void put_object(FILE *out, const struct l1t_draw_object *o)
{
    const char *colour = l1t_colour_hex(o->colour);
    const double x = x_of(o->eta), y = y_of(o->phi_rad);
    double beside = 11;
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
        put_square(out, o->eta, o->phi_rad, colour);
        beside = x_of(4.5 * 0.087) - x_of(0) + 4;
        break;
    case L1T_SHAPE_CROSS:
        fprintf(out, "<path d=\"M%.1f %.1fh12m-6 -6v12\" stroke=\"%s\" stroke-width=\"1.6\"/>\n",
                x - 6, y, colour);
        break;
    }
    if (o->text[0] == '\0')
        return;
    // White behind the text keeps it readable on dark towers.
    char attributes[160];
    snprintf(attributes, sizeof attributes,
             "fill=\"%s\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\" "
             "font-weight=\"600\"",
             colour);
    const bool left = x + beside + 60 > LEFT + WIDE;
    l1t_draw_text(out, left ? x - beside : x + beside,
                  o->shape == L1T_SHAPE_SQUARE ? y + 17 : y - 6, 13, left ? "end" : "start",
                  attributes, o->text);
}

static void put_missing(FILE *out, double gev, double phi)
{
    char text[40];
    const double y = y_of(phi), x = LEFT + WIDE;
    fprintf(out, "<path d=\"M%.1f %.1fl14 -7v14z\" fill=\"%s\"/>\n", x + 2, y, INK);
    snprintf(text, sizeof text, "MET %.1f GeV", gev);
    l1t_draw_text(out, x - 6, y - 5, 13, "end",
                  "fill=\"" INK "\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"",
                  text);
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
    for (size_t i = 0; i < n; i++)
        put_object(out, &objects[i]);
    if (missing_gev >= 0)
        put_missing(out, missing_gev, missing_phi_rad);
    fputs("</svg>\n", out);
}

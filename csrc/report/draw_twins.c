// SPDX-License-Identifier: GPL-3.0-or-later
// The two twins as two rows of stages, and between them whether they agree. Many stages, those of
// several paths, go on below, without arrows: they do not follow one another.
#include "draw.h"

#include "../html.h"

#include <string.h>

enum {
    WIDE = 960,
    LABELS = 96,
    ROW_C = 14,
    ROW_RTL = 122,
    BOX_HIGH = 42,
    TALL = 222,
    IN_LINE = 8,
    IN_MANY = 7
};

static const char soft[] = "#55616e";

static void put_box(FILE *out, double x, double y, double width, const char *stroke,
                    const char *fill, const char *name)
{
    fprintf(out,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"6\" fill=\"%s\" "
            "stroke=\"%s\" stroke-width=\"1.4\"/>\n",
            x, y, width, BOX_HIGH, fill, stroke);
    l1t_draw_text(out, x + width / 2, y + 27, strlen(name) > 8 ? 13 : 16, "middle",
                  "fill=\"#1d2733\" font-weight=\"600\"", name);
}

static void put_arrow(FILE *out, double x, double y, double length)
{
    fprintf(out,
            "<path d=\"M%.1f %.1fh%.1fm-5 -4l5 4l-5 4\" fill=\"none\" stroke=\"%s\" "
            "stroke-width=\"1.4\"/>\n",
            x, y, length, soft);
}

// The sign between the twins at one stage and the number of records it stands for.
static void put_verdict(FILE *out, double x, double top, const struct l1t_draw_stage *stage)
{
    const bool same = stage->differences == 0;
    const char *colour = !same || stage->problem != NULL ? "#b42318" : "#00795a";
    const double y = top + (ROW_C + BOX_HIGH + ROW_RTL) / 2.0;
    char count[64];
    fprintf(out,
            "<path d=\"M%.1f %.1fV%.1fM%.1f %.1fV%.1f\" stroke=\"%s\" stroke-width=\"1.4\"/>\n", x,
            top + ROW_C + BOX_HIGH, y - 15, x, y + 15, top + ROW_RTL, colour);
    fprintf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"15\" fill=\"%s\"/>\n", x, y, colour);
    l1t_draw_text(out, x, y + 7, 20, "middle", "fill=\"#fff\" font-weight=\"700\"",
                  same ? "=" : "≠");
    if (stage->problem == NULL)
        return;
    l1t_count_text(stage->differences, count, sizeof count);
    l1t_draw_text(out, x + 20, y + 5, 13, "start", "fill=\"#b42318\"",
                  same ? stage->problem : count);
}

static void put_labels(FILE *out, double top)
{
    static const char bold[] = "fill=\"#0b4f7d\" font-weight=\"600\"", grey[] = "fill=\"#55616e\"";
    l1t_draw_text(out, 0, top + ROW_C + 20, 16, "start", bold, "C model");
    l1t_draw_text(out, 0, top + ROW_C + 38, 13, "start", grey, "integers");
    l1t_draw_text(out, 0, top + ROW_RTL + 20, 16, "start", bold, "RTL");
    l1t_draw_text(out, 0, top + ROW_RTL + 38, 13, "start", grey, "Verilator");
    l1t_draw_text(out, 0, top + ROW_RTL + BOX_HIGH + 24, 13, "start", grey, "latency");
}

void l1t_draw_twins(FILE *out, const char *alt, const struct l1t_draw_stage *stages, size_t n)
{
    if (n == 0)
        return;
    const size_t in_line = n <= IN_LINE ? n : IN_MANY, lines = (n + in_line - 1) / in_line;
    const double step = (double)(WIDE - LABELS) / (double)in_line;
    const double box = step - 22;
    l1t_draw_open(out, WIDE, (int)lines * TALL, alt);
    for (size_t i = 0; i < n; i++) {
        const double x = LABELS + (double)(i % in_line) * step, top = (double)(i / in_line) * TALL;
        char latency[40];
        if (i % in_line == 0)
            put_labels(out, top);
        put_box(out, x, top + ROW_C, box, "#0b4f7d", "#eef5fa", stages[i].name);
        put_box(out, x, top + ROW_RTL, box, "#0b4f7d", "#fff", stages[i].name);
        if (i + 1 < n && lines == 1) {
            put_arrow(out, x + box + 3, ROW_C + BOX_HIGH / 2.0, 16);
            put_arrow(out, x + box + 3, ROW_RTL + BOX_HIGH / 2.0, 16);
        }
        put_verdict(out, x + box / 2, top, &stages[i]);
        snprintf(latency, sizeof latency, "%d clk", stages[i].latency);
        l1t_draw_text(out, x + box / 2, top + ROW_RTL + BOX_HIGH + 24, 14, "middle",
                      "fill=\"#55616e\"", latency);
    }
    fputs("</svg>\n", out);
}

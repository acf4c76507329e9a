// SPDX-License-Identifier: GPL-3.0-or-later
#include "common.h"

#include <math.h>

static const struct {
    const char *label;
    enum l1t_colour colour;
} looks[L1T_OBJECTS] = {
    [L1T_JET] = {"jet", L1T_GREEN},
    [L1T_MUON] = {"muon", L1T_BLUE},
    [L1T_EGAMMA] = {"e/γ", L1T_VERMILION},
    [L1T_TAU] = {"tau", L1T_PURPLE},
};

const char *l1t_object_label(enum l1t_object object)
{
    return (unsigned)object < L1T_OBJECTS ? looks[object].label : "?";
}

enum l1t_colour l1t_object_colour(enum l1t_object object)
{
    return (unsigned)object < L1T_OBJECTS ? looks[object].colour : L1T_GREY;
}

void l1t_html_named(struct l1t_html *html, enum l1t_colour colour, const char *name)
{
    l1t_html(html,
             "<td class=\"keep\"><span class=\"swatch\" style=\"background:%s\"></span>%s</td>",
             l1t_colour_hex(colour), name);
}

void l1t_seed_text(const struct l1t_seed *seed, char *text, size_t size)
{
    const struct l1t_seed_leg *leg = seed->leg;
    if (seed->n_legs < 2)
        snprintf(text, size, "%s ≥ %g", l1t_object_label(leg[0].object), leg[0].threshold_gev);
    else
        snprintf(text, size, "%s ≥ %g, %s ≥ %g", l1t_object_label(leg[0].object),
                 leg[0].threshold_gev, l1t_object_label(leg[1].object), leg[1].threshold_gev);
}

enum l1t_colour l1t_seed_colour(const struct l1t_seed *seed)
{
    return l1t_object_colour(seed->leg[0].object);
}

void l1t_grid(double *x, size_t n, double a, double b)
{
    for (size_t i = 0; i < n; i++)
        x[i] = a + (b - a) * (double)i / (double)(n - 1);
}

void l1t_log_grid(double *x, size_t n, double a, double b)
{
    l1t_grid(x, n, log(a), log(b));
    for (size_t i = 0; i < n; i++)
        x[i] = exp(x[i]);
}

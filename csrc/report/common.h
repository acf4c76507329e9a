/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all pages share: how objects are called and coloured. */
#ifndef L1T_REPORT_COMMON_H
#define L1T_REPORT_COMMON_H

#include "../html.h"
#include "l1t/plot.h"
#include "l1t/report.h"
#include "l1t/spectrum.h"

/* "e/γ" for people; the colour is the same in every figure. */
const char *l1t_object_label(enum l1t_object object);
enum l1t_colour l1t_object_colour(enum l1t_object object);

/* A cell with the object's colour in front of a name. */
void l1t_html_named(struct l1t_html *html, enum l1t_colour colour, const char *name);

/* "muon ≥ 22" or "tau ≥ 34, tau ≥ 34", and the colour of the first leg. */
void l1t_seed_text(const struct l1t_seed *seed, char *text, size_t size);
enum l1t_colour l1t_seed_colour(const struct l1t_seed *seed);

/* n values from a to b, evenly, or evenly in the logarithm. */
void l1t_grid(double *x, size_t n, double a, double b);
void l1t_log_grid(double *x, size_t n, double a, double b);

#endif

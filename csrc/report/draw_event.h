/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One crossing as an eta-phi map: towers by ET, and the objects that the trigger found in it. */
#ifndef L1T_REPORT_DRAW_EVENT_H
#define L1T_REPORT_DRAW_EVENT_H

#include "l1t/plot.h"

#include "calo/l1t_towers.h"

#include <stddef.h>
#include <stdio.h>

enum l1t_draw_shape { L1T_SHAPE_CIRCLE, L1T_SHAPE_TRIANGLE, L1T_SHAPE_SQUARE, L1T_SHAPE_CROSS };

struct l1t_draw_object {
    enum l1t_draw_shape shape; /* a square has the size of a jet's window */
    enum l1t_colour colour;
    double eta, phi_rad;
    const char *text; /* beside it; "" for none */
};

/* |eta| where ring |m| = 1..40 ends; 0 for ring 0. */
double l1t_ring_eta_edge(int ring);

/* Signed ring of an eta: 0 is -40, 39 is -1, 40 is 1, 79 is 40; beyond the ends the last one. */
int l1t_row_of_eta(double eta);

/*
 * Map of the towers with ET of at least 1 GeV, darker for more, and the objects. missing_gev < 0:
 * no missing ET; else an arrow at the edge, at missing_phi_rad.
 */
void l1t_draw_event(FILE *out, const char *alt, const struct l1t_towers *towers,
                    const struct l1t_draw_object *objects, size_t n, double missing_gev,
                    double missing_phi_rad);

#endif

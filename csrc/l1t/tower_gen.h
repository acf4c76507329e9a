/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Generated tower events: pile-up in every tower, jets on top, and on request a share of events
 * that are hard for a trigger on purpose (ties, saturation, edges). Event e depends on (parameters,
 * seed, e) only, so any event can be made alone, in any order, by any thread. Its loops draw from
 * alias tables and count in integers. Not a simulation of a detector: docs/calo.md says what it is.
 */
#ifndef L1T_TOWER_GEN_H
#define L1T_TOWER_GEN_H

#include "l1t/err.h"

#include "calo/l1t_towers.h"

#include <stdint.h>

enum { L1T_TOWER_GEN_POINTS = 16 };

struct l1t_tower_gen_params {
    double pile_up; /* mean number of interactions of a crossing */
    /* Per compact ring |m|, straight lines between points: mean hits a tower gets from one
     * interaction, and the mean ET of a hit (exponential). */
    unsigned n_points;
    double ring[L1T_TOWER_GEN_POINTS]; /* ascending, 1..40 */
    double hits[L1T_TOWER_GEN_POINTS];
    double mean_et_gev[L1T_TOWER_GEN_POINTS];
    double jets;              /* mean number of jets of a crossing (Poisson) */
    double jet_threshold_gev; /* lowest jet pt */
    double jet_scale_gev;     /* pt above it falls as exp(-pt / scale) */
    double corners;           /* share of events, 0..1, that are hard on purpose */
};

/* About 50 interactions, 2000 towers, three jets; no corner events. */
void l1t_tower_gen_defaults(struct l1t_tower_gen_params *params);

struct l1t_tower_gen;
enum l1t_err l1t_tower_gen_new(const struct l1t_tower_gen_params *params, uint64_t seed,
                               struct l1t_tower_gen **gen, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_tower_gen_free(struct l1t_tower_gen *gen); /* accepts NULL */

/* Make one event; thread-safe. */
void l1t_tower_gen_event(const struct l1t_tower_gen *gen, uint64_t event,
                         struct l1t_towers *towers);

/* Tower word of E and H by the Layer-1 rule, feature bits 0. */
uint16_t l1t_tower_word(unsigned e, unsigned h);

/* The hard events alone: kind is taken modulo their number. Exposed for tests. */
unsigned l1t_tower_corner_kinds(void);
void l1t_tower_corner(uint64_t seed, uint64_t event, unsigned kind, struct l1t_towers *towers);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Generated tower events: a Poisson number of interactions with hits all over the detector, jets,
 * and objects put in on request (electrons, photons, taus, jets) whose truth is known; a share of
 * events can be hard for a trigger on purpose (ties, saturation, edges). Event e depends on
 * (parameters, seed, e) only, so any event can be made alone, in any order, by any thread. Its
 * loops draw from alias tables and count in integers. Not a simulation of a detector:
 * docs/towers.md says what it is.
 */
#ifndef L1T_TOWER_GEN_H
#define L1T_TOWER_GEN_H

#include "l1t/err.h"
#include "l1t/real_events.h"
#include "l1t/truth.h"

#include "calo/l1t_towers.h"

#include <stdint.h>

enum {
    L1T_TOWER_GEN_POINTS = 16,
    L1T_TOWER_GEN_PER_EVENT = 16,
    L1T_TOWER_GEN_TEXT = 4000 /* room for all parameters as text */
};

/* Objects of one kind, put into each event. */
struct l1t_inject {
    double per_event;  /* whole number, 0..16; fewer when they find no room 0.8 apart */
    double pt_min_gev; /* 0.5..1000 */
    double pt_max_gev;
    double slope;   /* 1/GeV: pt falls as exp(-slope pt); 0: flat */
    double eta_max; /* |eta| is flat up to it, at most 5 */
    /* Shape: electron, photon: factor on the material in front of the calorimeter; tau: share of
     * three-prong decays; jet: share of its particles that are photons. */
    double shape;
};

struct l1t_tower_gen_params {
    double pile_up; /* mean number of interactions of a crossing (Poisson) */
    /* Per compact ring |m|, straight lines between points: mean hits a tower gets from one
     * interaction, the mean ET of a hit (exponential), and the part of it that the ECAL sees
     * (nothing in the forward rings, which have no ECAL). */
    unsigned n_points;
    double ring[L1T_TOWER_GEN_POINTS]; /* ascending, 1..40 */
    double hits[L1T_TOWER_GEN_POINTS];
    double mean_et_gev[L1T_TOWER_GEN_POINTS];
    double ecal[L1T_TOWER_GEN_POINTS];
    double jets;                            /* mean number of jets of a crossing (Poisson) */
    double jet_threshold_gev;               /* lowest jet pt */
    double jet_scale_gev;                   /* pt above it falls as exp(-pt / scale) */
    struct l1t_inject inject[L1T_INJECTED]; /* by enum l1t_truth_kind */
    double corners; /* share of events, 0..1, that are hard on purpose; they have no truth */
    /* Objects of event e from entry e of these, modulo their number, instead of those drawn; the
     * caller keeps them as long as the generator lives. NULL: none. */
    const struct l1t_real_events *real;
    enum l1t_truth_kind real_kind;
};

/* About 50 interactions, 2000 towers, three jets; nothing injected, no corner events. */
void l1t_tower_gen_defaults(struct l1t_tower_gen_params *params);

/* One line that names every parameter, for digests and headings; returns text. */
const char *l1t_tower_gen_text(const struct l1t_tower_gen_params *params, char *text, size_t size);

struct l1t_tower_gen;
enum l1t_err l1t_tower_gen_new(const struct l1t_tower_gen_params *params, uint64_t seed,
                               struct l1t_tower_gen **gen, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_tower_gen_free(struct l1t_tower_gen *gen); /* accepts NULL */

/* Make one event, of any number; thread-safe. */
void l1t_tower_gen_event(const struct l1t_tower_gen *gen, uint64_t event,
                         struct l1t_towers *towers);

/* The same, and what was put into it; returns the number of objects. */
size_t l1t_tower_gen_event_truth(const struct l1t_tower_gen *gen, uint64_t event,
                                 struct l1t_towers *towers, struct l1t_truth truth[L1T_TRUTH_MAX]);

/* Tower word of E and H by the Layer-1 rule, feature bits 0. */
uint16_t l1t_tower_word(unsigned e, unsigned h);

/* The hard events alone: kind is taken modulo their number. Exposed for tests. */
unsigned l1t_tower_corner_kinds(void);
void l1t_tower_corner(uint64_t seed, uint64_t event, unsigned kind, struct l1t_towers *towers);

#endif

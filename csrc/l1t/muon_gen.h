/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Generated crossings of the global muon trigger: muons of a falling spectrum as the track finders
 * send them, one that two sectors or two track finders see as several candidates, and hadrons that
 * punch through to the muon stations. A share of events can be hard for a trigger on purpose (full
 * links, ties, extremes). Event e depends on (parameters, seed, e) only, so any event can be made
 * alone, in any order, by any thread. Tables are made once; events are integers. Not a simulation
 * of a detector: docs/muon.md says what it is.
 */
#ifndef L1T_MUON_GEN_H
#define L1T_MUON_GEN_H

#include "l1t/err.h"
#include "l1t/real_events.h"
#include "l1t/ugmt_tables.h"

#include "muon/l1t_ugmt.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
    L1T_MUON_GEN_PER_EVENT = 16, /* muons, and as many hadrons */
    L1T_MUON_GEN_QUALITIES = 16,
    L1T_MUON_GEN_TEXT = 4000, /* room for all parameters as text */
    L1T_MUON_TRUTH_MAX = 2 * L1T_MUON_GEN_PER_EVENT,
    L1T_MUON_TRUTH_SEEN = 8 /* candidates of one muon that are noted */
};

/* How a track finder sees a muon. */
struct l1t_muon_finder {
    double eta_min, eta_max; /* |eta| at the vertex, up to 2.5 */
    double reach_gev;        /* softer muons do not get to the stations */
    double efficiency;       /* 0..1 */
    double border_rad;       /* so near to a neighbouring sector, along phi, */
    double twice;            /* 0..1: both find it with this probability */
    double raise;            /* of pt, so that few muons are below a threshold they are above of */
    double pt_error;         /* relative, of the curvature */
    double straight_error;   /* of the curvature of a straight track, 1/GeV */
    double phi_error_rad;
    double eta_error, eta_error_coarse;
    double fine;                            /* 0..1: eta is fine */
    double quality[L1T_MUON_GEN_QUALITIES]; /* weights, not all 0 */
};

/* A falling spectrum: exp(-slope pt), flat for slope 0. */
struct l1t_muon_spectrum {
    double pt_min_gev, pt_max_gev; /* 1..1000 */
    double slope;                  /* 1/GeV, 0..10 */
};

struct l1t_muon_gen_params {
    double muons;    /* mean number of a crossing (Poisson), 0..8 */
    int per_event;   /* exactly so many instead, 0..16; -1: as above */
    double eta_max;  /* |eta| is flat up to it, at most 2.5 */
    double segment;  /* 0..1: a station has a segment of the muon's track */
    double mistaken; /* 0..1: of two that see a muon, the second took other segments */
    struct l1t_muon_spectrum spectrum;
    struct l1t_muon_finder finder[L1T_UGMT_FINDERS]; /* L1T_UGMT_BARREL ... */
    double punch_through;                            /* mean number of a crossing, 0..8 */
    struct l1t_muon_spectrum punch_spectrum;
    double punch_error; /* of the curvature, relative to the hadron's */
    double punch_quality[L1T_MUON_GEN_QUALITIES];
    struct l1t_ugmt_helix helix; /* from the vertex to the stations */
    /* What the words of the barrel look like; as in the configuration of the model. */
    enum l1t_ugmt_order order;
    enum l1t_ugmt_lists barrel;
    double corners; /* share of events, 0..1, that are hard on purpose; they have no truth */
    /* Muons of event e from entry e of these, modulo their number, instead of drawn ones; the
     * caller keeps them as long as the generator lives. NULL: none. */
    const struct l1t_real_events *real;
    /* Ideal track finders: each muon within eta_max is found once, by the one whose range begins
     * last before it, and its values are only rounded. No hadrons. */
    bool ideal;
};

/* As configs/paths/ugmt.yaml. */
void l1t_muon_gen_defaults(struct l1t_muon_gen_params *params);

/* One line that names every parameter, for digests and headings; returns text. */
const char *l1t_muon_gen_text(const struct l1t_muon_gen_params *params, char *text, size_t size);

enum l1t_muon_kind { L1T_MUON_TRUE, L1T_MUON_PUNCH };

/* A particle that was put in, and its candidates. */
struct l1t_muon_truth {
    enum l1t_muon_kind kind;
    double pt_gev, eta, phi; /* at the vertex; phi -pi..pi */
    int charge;
    uint64_t line;                      /* of the file it comes from; 0 for none */
    unsigned n;                         /* candidates */
    uint8_t index[L1T_MUON_TRUTH_SEEN]; /* 3 * (link - 36) + slot */
};

struct l1t_muon_gen;
enum l1t_err l1t_muon_gen_new(const struct l1t_muon_gen_params *params, uint64_t seed,
                              struct l1t_muon_gen **gen, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_muon_gen_free(struct l1t_muon_gen *gen); /* accepts NULL */

/* Make one event (number below 2^40); thread-safe. truth may be NULL; the number of particles. */
size_t l1t_muon_gen_event(const struct l1t_muon_gen *gen, uint64_t event,
                          struct l1t_ugmt_event *out, struct l1t_muon_truth *truth);

/* The particles alone, without candidates; hard events do not matter. Whether track finders are
 * ideal. */
size_t l1t_muon_gen_particles(const struct l1t_muon_gen *gen, uint64_t event,
                              struct l1t_muon_truth truth[L1T_MUON_TRUTH_MAX]);
bool l1t_muon_gen_ideal(const struct l1t_muon_gen *gen);
/* Where a particle is at the barrel's station, 2^-32 of a turn. */
uint32_t l1t_muon_gen_barrel_phi(const struct l1t_muon_gen *gen,
                                 const struct l1t_muon_truth *particle);

/* The hard events alone: kind is taken modulo their number. */
unsigned l1t_muon_corner_kinds(void);
void l1t_muon_corner(uint64_t seed, uint64_t event, unsigned kind, struct l1t_ugmt_event *out);

/*
 * Truth as CSV: comment lines, a heading, a row a particle, "# end N particles".
 *
 *     event,kind,pt_gev,eta,phi_rad,charge,line,candidates
 *     12,muon,17.0625,0.871040,-1.204987,-1,0,45 60
 *
 * kind: muon or punch_through; candidates: those numbers that answers name, may be none.
 */
void l1t_muon_truth_begin(FILE *out, const char *config_digest, const uint64_t *seed);
void l1t_muon_truth_write(FILE *out, uint64_t event, const struct l1t_muon_truth *truth, size_t n);
void l1t_muon_truth_end(FILE *out, uint64_t particles);

#endif

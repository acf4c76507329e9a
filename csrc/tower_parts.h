/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the tower generator: pile-up, objects, and what each event is made of. */
#ifndef L1T_TOWER_PARTS_H
#define L1T_TOWER_PARTS_H

#include "l1t/tower_gen.h"
#include "tower_shower.h"

/* ---- pile-up (tower_pile_up.c) ---- */

enum { L1T_MOST_INTERACTIONS = 2048, L1T_SHARES = 128 };

struct l1t_pile_up {
    struct l1t_alias interactions; /* of a crossing */
    struct l1t_alias hits;         /* of an interaction */
    struct l1t_alias row;          /* of a hit */
    uint32_t scale[L1T_ROWS];      /* ET of half a code of the unit exponential, 1/65536 units */
    uint8_t share[L1T_RINGS][L1T_SHARES]; /* part of a hit seen by the ECAL, 1/128 */
};

int l1t_pile_up_init(struct l1t_pile_up *p, const struct l1t_tower_gen_params *params);
void l1t_pile_up_free(struct l1t_pile_up *p);
/* first: a random word, which decides on the number of interactions. */
void l1t_pile_up_add(const struct l1t_pile_up *p, const struct l1t_shower *shower, uint64_t seed,
                     uint64_t event, uint32_t first, struct l1t_deposits *to);

/* ---- objects (tower_objects.c) ---- */

struct l1t_objects {
    struct l1t_law_pt {
        struct l1t_alias code; /* entry NULL: flat */
        uint32_t min, step;    /* pt = min + code * step + 0..step-1 */
        uint32_t range;
    } pt[L1T_TRUTH_KINDS];
    unsigned n[L1T_INJECTED];
    int32_t eta_max[L1T_TRUTH_KINDS];
    uint32_t shape[L1T_TRUTH_KINDS]; /* 1/65536 */
    struct l1t_alias qcd;            /* number of jets of the crossing */
    const struct l1t_real_events *real;
    enum l1t_truth_kind real_kind;
};

enum { L1T_MOST_QCD = 15 };

int l1t_objects_init(struct l1t_objects *o, const struct l1t_tower_gen_params *params);
void l1t_objects_free(struct l1t_objects *o);
/* All objects of an event; first: a random word, which decides on the number of jets. */
size_t l1t_objects_add(const struct l1t_objects *o, const struct l1t_shower *shower, uint64_t seed,
                       uint64_t event, uint32_t first, struct l1t_deposits *to,
                       struct l1t_truth truth[L1T_TRUTH_MAX]);

/* ---- particles of one object (tower_particles.c) ---- */

void l1t_make_electron(const struct l1t_shower *shower, struct l1t_draws *d,
                       const struct l1t_particle *p, uint32_t material, struct l1t_deposits *to);
void l1t_make_photon(const struct l1t_shower *shower, struct l1t_draws *d,
                     const struct l1t_particle *p, uint32_t material, struct l1t_deposits *to);
void l1t_make_tau(const struct l1t_shower *shower, struct l1t_draws *d,
                  const struct l1t_particle *p, uint32_t three_prongs, struct l1t_deposits *to);
void l1t_make_jet(const struct l1t_shower *shower, struct l1t_draws *d,
                  const struct l1t_particle *p, uint32_t photons, struct l1t_deposits *to);

/* Weights of a Poisson number up to n - 1. */
void l1t_poisson_weights(double mean, double *weight, size_t n);

#endif

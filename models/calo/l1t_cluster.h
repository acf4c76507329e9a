/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clusters, the common start of the e/gamma and tau paths: towers that are the maximum of a window
 * of 3 (eta) x 9 (phi) towers, with up to seven neighbours that carry energy and of which only the
 * heavier side in eta is kept.
 *
 * Directions: east is towards positive eta on both sides, north towards smaller phi.
 *
 * Twin: rtl/calo/l1t_cluster.sv and one module a stage
 * Source: CMS Layer-2 emulator behaviour (JINST 15 P10017 section 5); docs/calo.md
 */
#ifndef L1T_CLUSTER_H
#define L1T_CLUSTER_H

#include "l1t_grid.h"

#include <stdint.h>

enum {
    L1T_CLUSTER_RINGS = 28,    /* no clusters in HF */
    L1T_CLUSTER_SLOTS = 18,    /* phi slots of 4 towers; at most one maximum in each */
    L1T_CLUSTER_PER_RING = 14, /* maxima that fit in one ring: 72 / 5 */
    L1T_CLUSTER_MAX = L1T_SIDES * L1T_CLUSTER_RINGS * L1T_CLUSTER_PER_RING
};

/* Flag word: the members, and which side was kept. */
enum {
    L1T_CLUSTER_VALID = 1 << 0,
    L1T_CLUSTER_NW = 1 << 1,
    L1T_CLUSTER_N = 1 << 2,
    L1T_CLUSTER_NE = 1 << 3,
    L1T_CLUSTER_E = 1 << 4,
    L1T_CLUSTER_SE = 1 << 5,
    L1T_CLUSTER_S = 1 << 6,
    L1T_CLUSTER_SW = 1 << 7,
    L1T_CLUSTER_W = 1 << 8,
    L1T_CLUSTER_NN = 1 << 9,
    L1T_CLUSTER_SS = 1 << 10,
    L1T_CLUSTER_RIGHT = 1 << 11, /* the east side was kept */
    L1T_CLUSTER_FIRST_MEMBER = 1,
    L1T_CLUSTER_LAST_MEMBER = 10,
    L1T_CLUSTER_EAST = L1T_CLUSTER_NE | L1T_CLUSTER_E | L1T_CLUSTER_SE,
    L1T_CLUSTER_WEST = L1T_CLUSTER_NW | L1T_CLUSTER_W | L1T_CLUSTER_SW
};

/* Where energy leans: the code of fg_eta and fg_phi. */
enum { L1T_LEAN_NONE = 0, L1T_LEAN_WEST = 1, L1T_LEAN_EAST = 2 };
enum { L1T_LEAN_NORTH = 1, L1T_LEAN_SOUTH = 2 };

struct l1t_cluster_config {
    uint16_t seed_min;    /* tower units (4 = 2 GeV) */
    uint16_t member_min;  /* 2 = 1 GeV */
    uint8_t hoe_ratio[2]; /* log2(E/H) of an e/gamma seed is above it: barrel |ieta| < 16, endcap */
};

struct l1t_cluster {
    int8_t m;       /* ieta -28..-1, 1..28 */
    uint8_t phi;    /* 1..72 */
    uint16_t flags; /* after the side was chosen */
    uint16_t et, em, had;
    uint8_t fg_eta, fg_phi; /* L1T_LEAN_*; decided before and after the side was chosen */
    uint8_t hoe, fg;        /* seed: 1 mostly electromagnetic; 1 not electron-like */
};

struct l1t_cluster_result {
    unsigned n; /* in stream order: ring 1..28; in a ring + side then - side; phi ascending */
    struct l1t_cluster cluster[L1T_CLUSTER_MAX];
};

void l1t_cluster(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                 struct l1t_cluster_result *result);

/*
 * Stages; each reads what the one before it wrote. max finds the seeds, members flags neighbours
 * and keeps a side, measure sums the energies and looks at the seed.
 */
void l1t_cluster_max(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                     struct l1t_cluster_result *result); /* m phi */
void l1t_cluster_members(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                         struct l1t_cluster_result *result); /* flags fg_eta fg_phi */
void l1t_cluster_measure(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                         struct l1t_cluster_result *result); /* et em had hoe fg */

/* For the tau path, which clusters a second time around its satellites. at is the seed's place. */

/* 1 if no tower of the 3x3 around it beats it, by the rule of the large window. */
int l1t_cluster_is_core_max(const struct l1t_grid *grid, int at);

/* Flags of the neighbours that belong to a seed, both sides, without VALID. */
unsigned l1t_cluster_flags(const struct l1t_cluster_config *config, const struct l1t_grid *grid,
                           int at);

/* ET of the flagged members, without the seed. */
unsigned l1t_cluster_sum(const struct l1t_grid *grid, int at, unsigned flags);

/* L1T_LEAN_* of the flagged members in phi. */
unsigned l1t_cluster_lean_phi(const struct l1t_grid *grid, int at, unsigned flags);

/* Where member flag number b (1..10) sits relative to the seed, as l1t_grid_step(). */
int l1t_cluster_member_step(unsigned b);

#endif

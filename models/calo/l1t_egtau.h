/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the e/gamma and tau paths have in common behind their calibration: the isolation window, the
 * fine position, the main-processor sorter and the order of the global-trigger words.
 *
 * Twin: rtl/calo/l1t_egtau_sort.sv, l1t_egtau_demux.sv; the isolation window: l1t_cluster.sv
 * Source: CMS Layer-2 emulator behaviour (JINST 15 P10017 section 5); docs/calo.md
 */
#ifndef L1T_EGTAU_H
#define L1T_EGTAU_H

#include "l1t_cluster.h"

#include <stdint.h>

enum {
    L1T_EGTAU_PER_SIDE = 6, /* main-processor objects of a side */
    L1T_EGTAU_OUT = 12      /* global-trigger objects */
};

/* Fine position codes of the main-processor word. */
enum { L1T_FINE_WEST = 1, L1T_FINE_ETA_CENTRE = 2, L1T_FINE_EAST = 3 };
enum { L1T_FINE_LARGER_PHI = 1, L1T_FINE_PHI_CENTRE = 2, L1T_FINE_SMALLER_PHI = 3 };

/* Codes of a cluster's L1T_LEAN_* values. */
unsigned l1t_fine_eta(unsigned lean);
unsigned l1t_fine_phi(unsigned lean);

/*
 * Global-trigger coordinates of a tower (m -28..-1, 1..28; phi 1..72) and its fine codes: a third
 * of a tower in eta, half a tower in phi.
 */
int l1t_egtau_gt_eta(int m, unsigned fine_eta);
unsigned l1t_egtau_gt_phi(unsigned phi, unsigned fine_phi);

/*
 * ET of the isolation window: dp -4..+4, and two rings beyond the seed on the side that the cluster
 * left, three on the side that it kept.
 */
unsigned l1t_egtau_window(const struct l1t_grid *grid, int at, unsigned cluster_flags);

/* An object on its way into the sorter. */
struct l1t_egtau {
    int8_t m;    /* -28..-1, 1..28 */
    uint32_t mp; /* egtau_mp word; ET 0 is dropped */
};

struct l1t_egtau_result {
    uint32_t mp[L1T_SIDES][L1T_EGTAU_PER_SIDE]; /* sorter registers of each side, 0 = empty */
    unsigned n_gt;
    uint32_t gt[L1T_EGTAU_OUT]; /* global-trigger words in sending order, 0 beyond n_gt */
};

/* The main-processor sorter; objects in stream order (ring 1.., + side then - side). */
void l1t_egtau_sort(const struct l1t_egtau *object, unsigned n, struct l1t_egtau_result *result);

/*
 * The demultiplexer: both sides in one list, largest (pt, phi, eta) first, which leaves no ties.
 * egamma_gt and tau_gt have the same layout; quality is 7 and 0.
 */
void l1t_egtau_demux(unsigned quality, struct l1t_egtau_result *result);

#endif

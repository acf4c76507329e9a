/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Look-up tables of the global muon trigger: what each is, and the formulas that make our own ones
 * (docs/muon.md). Angles are in radians here and in units of 2 pi / 576 (phi) and 0.010875 (eta) in
 * the tables.
 */
#ifndef L1T_UGMT_TABLES_H
#define L1T_UGMT_TABLES_H

#include "l1t/lut_set.h"

#include "muon/l1t_ugmt.h"

enum l1t_ugmt_lut {
    L1T_UGMT_LUT_MATCH,                                       /* as enum l1t_ugmt_match */
    L1T_UGMT_LUT_ETA = L1T_UGMT_LUT_MATCH + L1T_UGMT_MATCHES, /* barrel, overlap, endcap */
    L1T_UGMT_LUT_PHI = L1T_UGMT_LUT_ETA + L1T_UGMT_FINDERS,   /* barrel, overlap, endcap */
    L1T_UGMT_LUT_RANK = L1T_UGMT_LUT_PHI + L1T_UGMT_FINDERS,
    L1T_UGMT_LUT_ETA_REGION,
    L1T_UGMT_LUT_PHI_REGION,
    L1T_UGMT_LUT_ABSOLUTE,
    L1T_UGMT_LUT_RELATIVE,
    L1T_UGMT_LUTS
};

/* Words of phi extrapolations had three bits in 2016, four since. */
enum { L1T_UGMT_PHI_DATA_BITS_MIN = 3, L1T_UGMT_PHI_DATA_BITS = 4 };

/* All of them, as parts of struct l1t_ugmt_config. */
extern const struct l1t_lut_slot l1t_ugmt_luts[L1T_UGMT_LUTS];

/* ---- formulas ---- */

/*
 * A pair matches when sqrt((f deta)^2 + (phi dphi)^2) <= radius; f is eta_fine when both eta are
 * fine, else eta_coarse.
 */
struct l1t_ugmt_window {
    double radius, eta_fine, eta_coarse, phi;
};

void l1t_ugmt_make_match(const struct l1t_ugmt_window *f, enum l1t_ugmt_match match,
                         struct l1t_ugmt_config *config);

/* rank = pt * code of pt + quality * quality, rounded, at most 1023. */
struct l1t_ugmt_ranking {
    double pt, quality;
};

void l1t_ugmt_make_rank(const struct l1t_ugmt_ranking *f, struct l1t_ugmt_config *config);

/*
 * A muon from the vertex runs on a helix in the solenoid's field and straight outside. The field
 * ends at coil_radius or, along the beam, at coil_z; the station where eta and phi are measured is
 * at station_radius or, if that is reached before, at station_z. Lengths in m, field in T.
 */
struct l1t_ugmt_helix {
    double field, coil_radius, coil_z;
    double station_radius[L1T_UGMT_FINDERS], station_z[L1T_UGMT_FINDERS];
};

/* By how much |eta| grows from the vertex to the station, and phi turns, for a track of pt in GeV
 * and eta >= 0. A track that does not get out of the field has the largest angles, 10. */
void l1t_ugmt_bend(const struct l1t_ugmt_helix *f, unsigned finder, double pt, double eta,
                   double *deta, double *dphi);

/* Both tables of a finder, at the middle of each bin of |eta| and pt; config has the shifts. */
void l1t_ugmt_make_eta(const struct l1t_ugmt_helix *f, unsigned finder,
                       struct l1t_ugmt_config *config);
void l1t_ugmt_make_phi(const struct l1t_ugmt_helix *f, unsigned finder,
                       struct l1t_ugmt_config *config);

/* Regions of width eta_width, eta 0 between the 14th and the 15th; beyond, the outermost ones. */
void l1t_ugmt_make_eta_region(double eta_width, struct l1t_ugmt_config *config);
/* 36 equal regions, the first from phi_offset (-pi / 36 .. pi / 36) on. */
void l1t_ugmt_make_phi_region(double phi_offset, struct l1t_ugmt_config *config);

/* Isolated: sum below a limit; sum below ratio * code of pt, or both 0. */
void l1t_ugmt_make_absolute(unsigned below, struct l1t_ugmt_config *config);
void l1t_ugmt_make_relative(double ratio, struct l1t_ugmt_config *config);

#endif

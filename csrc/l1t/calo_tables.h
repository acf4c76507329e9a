/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Look-up tables of the calorimeter paths: what each is, and the formulas that make our own ones
 * (docs/luts.md). Energies are in GeV here and in 0.5 GeV in the tables.
 */
#ifndef L1T_CALO_TABLES_H
#define L1T_CALO_TABLES_H

#include "l1t/err.h"
#include "l1t/lut_set.h"

#include "calo/l1t_calo.h"

/* In the order in which they are made: formulas look at the compression before them. */
enum l1t_calo_lut {
    L1T_LUT_EGAMMA_COMPRESS,
    L1T_LUT_EGAMMA_TRIMMING,
    L1T_LUT_EGAMMA_CALIBRATION,
    L1T_LUT_EGAMMA_ISOLATION_0,
    L1T_LUT_EGAMMA_ISOLATION_1,
    L1T_LUT_TAU_COMPRESS,
    L1T_LUT_TAU_CALIBRATION,
    L1T_LUT_TAU_ISOLATION,
    L1T_LUT_SUMS_NTT_BIN, /* the nTT part of the e/gamma compression */
    L1T_LUT_SUMS_MET_MIN,
    L1T_LUT_JET, /* the jets' three, as in l1t/jet_config.h */
    L1T_CALO_LUTS = L1T_LUT_JET + 3
};

/* All of them, as parts of struct l1t_calo_config. */
extern const struct l1t_lut_slot l1t_calo_luts[L1T_CALO_LUTS];

/* The thresholds of all years: seeds of 2 GeV, members of 1 GeV and so on; tables are zero. */
void l1t_calo_thresholds(struct l1t_calo_config *config);

/* The sums read the nTT part of the e/gamma compression; copy it. */
void l1t_calo_share_ntt(struct l1t_calo_config *config);

/* ---- formulas ---- */

enum { L1T_EGAMMA_BINS = 16, L1T_EGAMMA_CLASSES = 16, L1T_TAU_ETA_BINS = 4, L1T_NTT_BINS = 32 };

/* Lower edges of up to 32 bins, ascending. */
struct l1t_bins {
    unsigned n;
    double edge[L1T_NTT_BINS];
};

/*
 * E/gamma compression. The class of a pattern is shape[members along phi][members on the kept
 * side]: N, S, NN and SS; the side's middle and two corners.
 */
struct l1t_egamma_compression {
    struct l1t_bins et, eta, ntt; /* GeV; ring 1..28; towers */
    unsigned shape[5][4];         /* 0..15 */
};

/* What is left of a pattern from ring on (up to the next rule's ring). */
enum l1t_trim_far { L1T_TRIM_FAR_DROP, L1T_TRIM_FAR_ALONE, L1T_TRIM_FAR_KEEP };
enum l1t_trim_corner { L1T_TRIM_CORNER_DROP, L1T_TRIM_CORNER_JOINED, L1T_TRIM_CORNER_KEEP };
struct l1t_egamma_trimming {
    unsigned ring;               /* first ring, 1..28 */
    enum l1t_trim_far far;       /* NN and SS; alone: NN without S, SS without N */
    enum l1t_trim_corner corner; /* joined: with the side's middle and the neighbour in phi */
};

/*
 * Factor of e/gammas in ring bin k, ET and class c, at the middle of each ET bin:
 *
 *     shape[c] * (high[k] + low[k] / (1 + (ET / knee)^power))
 *
 * Class c has the shape bit from electron_from[c] on.
 */
struct l1t_egamma_calibration {
    double knee, power;
    double high[L1T_EGAMMA_BINS], low[L1T_EGAMMA_BINS]; /* of each ring bin */
    double shape[L1T_EGAMMA_CLASSES], electron_from[L1T_EGAMMA_CLASSES];
};

/* Isolated below offset + per_tower[ring bin] * nTT + per_et * ET, always from ET = always on. */
struct l1t_isolation {
    double offset, per_et, always;
    double per_tower[L1T_EGAMMA_BINS];
};

struct l1t_tau_compression {
    struct l1t_bins et, eta, ntt; /* up to 32, 4 and 32 bins */
};

/* (high + low / (1 + (ET / knee)^power)), times had if the seed has no E, times merged if so. */
struct l1t_tau_calibration {
    double knee, power, had, merged;
    double high[L1T_TAU_ETA_BINS], low[L1T_TAU_ETA_BINS];
};

/* A tower of a ring counts above offset + per_tower * nTT, both on straight lines between rings;
 * rings below 13 do not know nTT and take typical_ntt. */
struct l1t_met_threshold {
    unsigned n;
    double ring[16], offset[16], per_tower[16];
    double typical_ntt;
};

/* Number of ring bins of a compression table: of the lists above. */
unsigned l1t_egamma_eta_bins(const struct l1t_egamma_config *config);
unsigned l1t_tau_eta_bins(const struct l1t_tau_config *config);

/* Each fills one table; those that need it read the compression that is in config already. Refused,
 * with the bin: what does not fit the table's width. */
void l1t_egamma_make_compress(const struct l1t_egamma_compression *f,
                              struct l1t_egamma_config *config);
void l1t_egamma_make_trimming(const struct l1t_egamma_trimming *rule, unsigned n,
                              struct l1t_egamma_config *config);
enum l1t_err l1t_egamma_make_calibration(const struct l1t_egamma_calibration *f,
                                         struct l1t_egamma_config *config,
                                         struct l1t_diag *diag) L1T_MUST_USE;
void l1t_egamma_make_isolation(const struct l1t_isolation *f, unsigned bit,
                               struct l1t_egamma_config *config);
void l1t_tau_make_compress(const struct l1t_tau_compression *f, struct l1t_tau_config *config);
enum l1t_err l1t_tau_make_calibration(const struct l1t_tau_calibration *f,
                                      struct l1t_tau_config *config,
                                      struct l1t_diag *diag) L1T_MUST_USE;
void l1t_tau_make_isolation(const struct l1t_isolation *f, struct l1t_tau_config *config);
void l1t_sums_make_met_min(const struct l1t_met_threshold *f, struct l1t_sums_config *config);

#endif

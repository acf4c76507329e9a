/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tau candidates of the calorimeter Layer-2 trigger. A tau's energy may lie in two clusters, so a
 * second one beside the main cluster is merged with it; the result is calibrated and isolated by
 * look-up tables and sorted. Integers only, no heap, no failure: a pure function of one event and a
 * configuration.
 *
 * Twin: rtl/calo/l1t_tau.sv
 * Source: CMS Layer-2 emulator behaviour (JINST 15 P10017 section 5); docs/calo.md
 */
#ifndef L1T_TAU_H
#define L1T_TAU_H

#include "l1t_cluster.h"
#include "l1t_egtau.h"

#include <stdint.h>

enum {
    L1T_TAU_RINGS = 25,
    L1T_TAU_SITES = 8, /* where a secondary seed can be */
    L1T_TAU_NO_SITE = 8,
    L1T_TAU_MAX = L1T_SIDES * L1T_TAU_RINGS * L1T_CLUSTER_PER_RING
};

/* Where the parts of the compression table start. */
enum { L1T_TAU_COMPRESS_ETA = 0, L1T_TAU_COMPRESS_ET = 32, L1T_TAU_COMPRESS_NTT = 288 };

struct l1t_tau_config {
    struct l1t_cluster_config cluster; /* thresholds of the secondary cluster */
    uint8_t compress[4096];            /* 5 bits: [0 + |ieta|], [32 + ET], [288 + nTT] */
    uint16_t calibration[512];         /* 10 bits: [eta << 7 | ET << 2 | EM << 1 | merged] */
    uint16_t isolation[4096];          /* 9 bits: [eta << 10 | ET << 5 | nTT] */
};

struct l1t_tau_cand {
    uint16_t cluster;   /* number of the main cluster */
    uint8_t active;     /* sites with a secondary seed, bit 0..7 */
    uint8_t site;       /* the one that is merged, or L1T_TAU_NO_SITE */
    uint16_t secondary; /* ET of its cluster */
    uint16_t flags;     /* members of the main cluster without those the secondary has too */
    uint8_t em, iso;    /* the seed has E; isolation bit */
    uint8_t fine_eta, fine_phi;
    uint16_t raw, pt, iso_et; /* merged ET; calibrated ET; window - raw, at least 0 */
};

struct l1t_tau_result {
    unsigned n;
    struct l1t_tau_cand cand[L1T_TAU_MAX]; /* the clusters with |ieta| <= 25, in their order */
    struct l1t_egtau_result out;
};

/* The whole path behind the clusters. */
void l1t_tau(const struct l1t_tau_config *config, const struct l1t_grid *grid, unsigned ntt,
             const struct l1t_cluster_result *clusters, struct l1t_tau_result *result);

/* Stages, in order; each reads what the one before it wrote. */
void l1t_tau_secondary(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                       const struct l1t_cluster_result *clusters,
                       struct l1t_tau_result *result); /* n cluster active site secondary */
void l1t_tau_merge(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                   const struct l1t_cluster_result *clusters,
                   struct l1t_tau_result *result); /* flags raw fine_* */
void l1t_tau_cal(const struct l1t_tau_config *config, const struct l1t_grid *grid,
                 const struct l1t_cluster_result *clusters,
                 struct l1t_tau_result *result); /* em pt */
void l1t_tau_iso(const struct l1t_tau_config *config, const struct l1t_grid *grid, unsigned ntt,
                 const struct l1t_cluster_result *clusters,
                 struct l1t_tau_result *result); /* iso_et iso */
void l1t_tau_sort(const struct l1t_cluster_result *clusters, struct l1t_tau_result *result);
void l1t_tau_demux(struct l1t_tau_result *result);

/*
 * The stages as flat words for comparison with the RTL's probes (layout as in l1t_egamma.h):
 *
 *   stage    rows  lanes  record        lane
 *   ntt         1      1  ntt
 *   cluster    28     36  cluster_cand  side * 18 + (iphi - 1) / 4   (row = ring - 1)
 *   cand       25     36  tau_cand      same
 *   sort        1     12  egtau_mp      side * 6 + register
 *   demux       1     12  tau_gt        position on the link
 */
enum {
    L1T_TAU_STAGE_NTT,
    L1T_TAU_STAGE_CLUSTER,
    L1T_TAU_STAGE_CAND,
    L1T_TAU_STAGE_SORT,
    L1T_TAU_STAGE_DEMUX,
    L1T_TAU_STAGES
};

/* 36 records of 59 and 46 bits fill 67 and 52 words a row, 12 of 30 bits 12 words. */
enum { L1T_TAU_STAGE_WORDS = 1 + 28 * 67 + 25 * 52 + 12 + 12 };

void l1t_tau_pack_stages(unsigned ntt, const struct l1t_cluster_result *clusters,
                         const struct l1t_tau_result *result, uint32_t words[L1T_TAU_STAGE_WORDS]);

#endif

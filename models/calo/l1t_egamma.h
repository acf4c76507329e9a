/* SPDX-License-Identifier: Apache-2.0 */
/*
 * E/gamma candidates of the calorimeter Layer-2 trigger: a cluster trimmed to the shape of a
 * shower, identified, calibrated and isolated by look-up tables, then sorted. Integers only, no
 * heap, no failure: a pure function of one event and a configuration.
 *
 * Twin: rtl/calo/l1t_egamma.sv, l1t_egamma_core.sv and one module a stage
 * Source: CMS Layer-2 emulator behaviour (JINST 15 P10017 section 5); docs/calo.md
 */
#ifndef L1T_EGAMMA_H
#define L1T_EGAMMA_H

#include "l1t_cluster.h"
#include "l1t_egtau.h"

#include <stdint.h>

/* Where the parts of the compression table start; its entries are already shifted into place. */
enum {
    L1T_EGAMMA_COMPRESS_SHAPE = 0,
    L1T_EGAMMA_COMPRESS_ET = 128,
    L1T_EGAMMA_COMPRESS_ETA = 384,
    L1T_EGAMMA_COMPRESS_NTT = 416
};

struct l1t_egamma_config {
    uint16_t hoe_ext_min;       /* towers above it (10 = 5 GeV) around the seed need E >= H */
    uint16_t no_id_min;         /* from this calibrated ET on (256 = 128 GeV) no ID bit is needed */
    uint16_t compress[1024];    /* 12 bits: [0 + shape], [128 + ET], [384 + |ieta|], [416 + nTT] */
    uint8_t trimming[4096];     /* 7 bits: [(|ieta| - 1) << 7 | shape] */
    uint16_t calibration[4096]; /* [compressed eta | ET | shape]: factor 8:0, shape ID 9 */
    uint16_t isolation[2][8192]; /* 9 bits: [eta | ET | nTT], limit of iso bit 0 and bit 1 */
};

/* ID bits; a candidate needs all four, or a large ET. */
enum {
    L1T_EGAMMA_ID_FG = 1,      /* the seed's fine-grain bit says electron */
    L1T_EGAMMA_ID_HOE = 2,     /* the seed is mostly electromagnetic */
    L1T_EGAMMA_ID_SHAPE = 4,   /* the calibration table says so */
    L1T_EGAMMA_ID_HOE_EXT = 8, /* and so are the towers around it */
    L1T_EGAMMA_ID_ALL = 15,
    L1T_EGAMMA_QUALITY = 7 /* of every accepted candidate, in the global-trigger word */
};

/* Candidate i is cluster i. */
struct l1t_egamma_cand {
    uint8_t shape, trimmed;         /* N, S, E or W, NE or NW, SE or SW, NN, SS of the kept side */
    uint8_t quality, iso, accepted; /* L1T_EGAMMA_ID_*; isolation bits; goes to the sorter */
    uint8_t fine_eta, fine_phi;     /* codes of egtau_mp */
    uint16_t raw, pt;               /* ET after trimming, calibrated ET */
    uint16_t cal;                   /* the calibration table's word */
    uint16_t footprint;             /* what the shower itself puts into the isolation window */
    int16_t iso_et;                 /* window - footprint */
};

struct l1t_egamma_result {
    unsigned n;
    struct l1t_egamma_cand cand[L1T_CLUSTER_MAX];
    struct l1t_egtau_result out;
};

/* The whole path behind the clusters. */
void l1t_egamma(const struct l1t_egamma_config *config, const struct l1t_grid *grid, unsigned ntt,
                const struct l1t_cluster_result *clusters, struct l1t_egamma_result *result);

/* Stages, in order; each reads what the one before it wrote. */
void l1t_egamma_trim(const struct l1t_egamma_config *config, const struct l1t_grid *grid,
                     const struct l1t_cluster_result *clusters,
                     struct l1t_egamma_result *result); /* n shape trimmed raw fine_* */
void l1t_egamma_cal(const struct l1t_egamma_config *config,
                    const struct l1t_cluster_result *clusters,
                    struct l1t_egamma_result *result); /* cal pt */
void l1t_egamma_id(const struct l1t_egamma_config *config, const struct l1t_grid *grid,
                   const struct l1t_cluster_result *clusters,
                   struct l1t_egamma_result *result); /* quality accepted */
void l1t_egamma_iso(const struct l1t_egamma_config *config, const struct l1t_grid *grid,
                    unsigned ntt, const struct l1t_cluster_result *clusters,
                    struct l1t_egamma_result *result); /* footprint iso_et iso */
void l1t_egamma_sort(const struct l1t_cluster_result *clusters, struct l1t_egamma_result *result);
void l1t_egamma_demux(struct l1t_egamma_result *result);

/*
 * The stages as flat words for comparison with the RTL's probes, laid out as those of the jets
 * (l1t_jet.h): rows of records packed from bit 0 upwards, each row padded to whole words.
 *
 *   stage    rows  lanes  record        lane
 *   ntt         1      1  ntt
 *   cluster    28     36  cluster_cand  side * 18 + (iphi - 1) / 4   (row = ring - 1)
 *   cand       28     36  egamma_cand   same
 *   sort        1     12  egtau_mp      side * 6 + register
 *   demux       1     12  egamma_gt     position on the link
 */
enum {
    L1T_EGAMMA_STAGE_NTT,
    L1T_EGAMMA_STAGE_CLUSTER,
    L1T_EGAMMA_STAGE_CAND,
    L1T_EGAMMA_STAGE_SORT,
    L1T_EGAMMA_STAGE_DEMUX,
    L1T_EGAMMA_STAGES
};

/* 36 records of 59 and 64 bits fill 67 and 72 words a row, 12 of 30 bits 12 words. */
enum { L1T_EGAMMA_STAGE_WORDS = 1 + 28 * 67 + 28 * 72 + 12 + 12 };

void l1t_egamma_pack_stages(unsigned ntt, const struct l1t_cluster_result *clusters,
                            const struct l1t_egamma_result *result,
                            uint32_t words[L1T_EGAMMA_STAGE_WORDS]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Energy sums of the calorimeter Layer-2 trigger: total, missing and jet sums of each side at the
 * main processor, and what the demultiplexer makes of the two sides: missing energy as length and
 * direction, asymmetries, centrality and the six words for the global trigger. Integers only, no
 * heap, no failure: a pure function of one event, its jets and a configuration.
 *
 * Twin: rtl/calo/l1t_sums.sv, l1t_sums_core.sv and what they are made of
 * Source: CMS Layer-2 emulator behaviour (JINST 15 P10017 section 5); docs/calo.md
 */
#ifndef L1T_SUMS_H
#define L1T_SUMS_H

#include "l1t_jet.h"
#include "l1t_towers.h"

#include <stdint.h>

enum {
    L1T_SUMS_RINGS = 28,    /* without HF */
    L1T_SUMS_HT_RINGS = 26, /* jets of HT without HF */
    L1T_SUMS_FIRST_SATURATED = 509,
    L1T_SUMS_SATURATED = 65535,
    L1T_SUMS_VECTOR_SATURATED = INT32_MAX,
    L1T_SUMS_CENTRALITIES = 8,
    L1T_SUMS_FRAMES = 6
};

struct l1t_sums_config {
    uint16_t jet_min;       /* a jet counts above it (60 = 30 GeV) */
    uint16_t ntt_bin[256];  /* 5 bits of min(nTT, 255) */
    uint16_t met_min[2048]; /* a tower counts in missing ET above [ring] or, from ring 13 on, above
                               [ntt_bin << 6 | ring]; 9 bits */
    /* Centrality bit i: lower <= HF energy <= upper. */
    int32_t centrality_lower[L1T_SUMS_CENTRALITIES], centrality_upper[L1T_SUMS_CENTRALITIES];
};

/* A scalar sum and its vector. */
struct l1t_vector_sum {
    uint32_t et; /* 0..65535; 65535 saturated */
    int32_t x,
        y; /* INT32_MAX saturated; missing ET in 1/1023, jet sums in 16/1023 of a tower unit */
};

/* One side at the main processor. */
struct l1t_sums_side {
    struct l1t_vector_sum et, et_hf; /* towers; only x and y have a threshold */
    struct l1t_vector_sum ht, ht_hf; /* jets */
    uint32_t em;                     /* electromagnetic part of et */
    uint8_t mb[2];                   /* minimum-bias counts, 0..15 */
    uint16_t towers;                 /* towers with energy, without HF */
};

struct l1t_missing {
    uint32_t et;
    uint32_t phi; /* 144 = 2 pi; up to 147 */
};

/* Both sides at the demultiplexer. */
struct l1t_sums_total {
    uint32_t ett, ett_hf, em, ht, ht_hf;         /* 0..4095 */
    struct l1t_missing met, mht, met_hf, mht_hf; /* et may exceed 4095 here, not in the words */
    uint32_t towers;
    uint8_t asym_et, asym_et_hf, asym_ht, asym_ht_hf, centrality;
};

struct l1t_sums_result {
    struct l1t_sums_side side[L1T_SIDES];
    struct l1t_sums_total total;
    uint32_t gt[L1T_SUMS_FRAMES]; /* sum_et_gt, sum_ht_gt, sum_met_gt, mht, methf, mhthf */
};

/* The whole path; jets are those of l1t_jet() for the same event. */
void l1t_sums(const struct l1t_sums_config *config, const struct l1t_towers *towers, unsigned ntt,
              const struct l1t_jet_result *jets, struct l1t_sums_result *result);

/* Stages, in order; each reads what the one before it wrote. */
void l1t_sums_towers(const struct l1t_sums_config *config, const struct l1t_towers *towers,
                     unsigned ntt, struct l1t_sums_result *result); /* et et_hf em mb towers */
void l1t_sums_jets(const struct l1t_sums_config *config, const struct l1t_jet_result *jets,
                   struct l1t_sums_result *result); /* ht ht_hf */
void l1t_sums_demux(const struct l1t_sums_config *config, struct l1t_sums_result *result);

/* 8-bit asymmetry of the two sides' sums, by a reciprocal table and no division. */
unsigned l1t_sums_asymmetry(uint32_t plus, uint32_t minus);

/* Cosine and sine of the middle of column iphi 1..72 in 1/1023. */
int l1t_sums_cos(int phi);
int l1t_sums_sin(int phi);

/*
 * The stages as flat words for comparison with the RTL's probes, one row each:
 *
 *   stage    lanes  record         lane
 *   ntt          1  ntt
 *   scalar       8  sum_scalar_mp  side * 4 + kind; kinds as on the links: ET with HF, ET without,
 *                                  HT with HF, HT without
 *   vector      16  sum_vector_mp  (side * 4 + kind) * 2, x then y
 *   mb           1  sum_mb_mp
 *   count        1  sum_count_mp
 *   et ht met mht methf mhthf      the six global-trigger frames, sum_et_gt ... sum_mhthf_gt
 */
enum {
    L1T_SUMS_STAGE_NTT,
    L1T_SUMS_STAGE_SCALAR,
    L1T_SUMS_STAGE_VECTOR,
    L1T_SUMS_STAGE_MB,
    L1T_SUMS_STAGE_COUNT,
    L1T_SUMS_STAGE_FRAME,
    L1T_SUMS_STAGES = L1T_SUMS_STAGE_FRAME + L1T_SUMS_FRAMES
};

enum { L1T_SUMS_STAGE_WORDS = 1 + 8 + 16 + 1 + 1 + L1T_SUMS_FRAMES };

void l1t_sums_pack_stages(unsigned ntt, const struct l1t_sums_result *result,
                          uint32_t words[L1T_SUMS_STAGE_WORDS]);

#endif

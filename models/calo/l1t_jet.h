/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Jets of the calorimeter Layer-2 trigger: 9x9 window maxima, pile-up
 * subtraction, calibration, six a ring, the main-processor sorter and the
 * demultiplexer's global-trigger words. Integers only, no heap, no failure:
 * a pure function of one event and a configuration. The stage functions bear
 * the names of the stage modules in rtl/calo/.
 *
 * Twin: rtl/calo/l1t_jet.sv
 * Source: CMS Layer-2 emulator behaviour (JINST 15 P10017 section 5); docs/calo.md
 */
#ifndef L1T_JET_H
#define L1T_JET_H

#include "l1t_towers.h"

#include <stdint.h>

enum {
    L1T_JET_SLOTS = 18,    /* phi slots of 4 towers; at most one 9x9 maximum in each */
    L1T_JET_PER_RING = 14, /* maxima that fit in one ring: 72 / 5 */
    L1T_JET_RING_KEEP = 6, /* kept of each ring and side */
    L1T_JET_REGISTERS = 7, /* sorter registers of a side */
    L1T_JET_PER_SIDE = 6,  /* main-processor jets of a side */
    L1T_JET_OUT = 12,      /* global-trigger jets */
    L1T_JET_CANDS = L1T_SIDES * L1T_RINGS * L1T_JET_PER_RING,
    L1T_JET_SATURATED = 65535
};

enum l1t_jet_pus { L1T_JET_PUS_DONUT = 0, L1T_JET_PUS_PHI_RING = 1 };

struct l1t_jet_config {
    uint16_t seed_min;          /* seed threshold, tower units (8 = 4 GeV) */
    enum l1t_jet_pus pus;       /* chunky donut (2018, 2022) or phi ring (2024, 2025) */
    uint8_t pt_bin[256];        /* 4-bit bin of min(ET,511) >> 1 */
    uint8_t eta_bin[64];        /* 4-bit bin of |m| */
    uint32_t calibration[2048]; /* [eta_bin << 4 | pt_bin]: multiplier 9:0, signed addend 17:10 */
};

/* A local maximum and all that becomes of it. */
struct l1t_jet_cand {
    int8_t m;           /* compact eta -40..-1, 1..40 */
    uint8_t phi;        /* 1..72 */
    uint8_t keep;       /* 1: among the six of its ring */
    uint16_t seed, raw; /* ET of the seed; sum of 81 towers */
    uint16_t
        flap[4]; /* phi up, phi down, eta up, eta down; 0 with the phi ring or a saturated seed */
    uint16_t pu, et;        /* pile-up estimate; ET after it (0: dropped; 65535: saturated seed) */
    uint16_t et_ht, et_cal; /* calibrated: HT copy and sorting copy */
};

struct l1t_jet_result {
    unsigned n_cand; /* in stream order: ring 1..40; in a ring + side then - side; phi ascending */
    struct l1t_jet_cand cand[L1T_JET_CANDS];
    uint32_t reg[L1T_SIDES][L1T_JET_REGISTERS]; /* jet_mp words of the register chain, 0 = empty */
    uint32_t mp[L1T_SIDES][L1T_JET_PER_SIDE];   /* after the register 5/6 rule, 0 = empty */
    unsigned n_gt;
    uint32_t gt[L1T_JET_OUT]; /* jet_gt words in sending order, 0 beyond n_gt */
};

/* The whole path: all stages of one event. */
void l1t_jet(const struct l1t_jet_config *config, const struct l1t_towers *towers,
             struct l1t_jet_result *result);

/* Stages, in order; each reads what the one before it wrote. */
void l1t_jet_max(const struct l1t_jet_config *config, const struct l1t_towers *towers,
                 struct l1t_jet_result *result); /* m phi seed raw flap */
void l1t_jet_pus(const struct l1t_jet_config *config, const struct l1t_towers *towers,
                 struct l1t_jet_result *result); /* pu et */
void l1t_jet_cal(const struct l1t_jet_config *config,
                 struct l1t_jet_result *result);    /* et_ht et_cal */
void l1t_jet_select(struct l1t_jet_result *result); /* keep */
void l1t_jet_sort(struct l1t_jet_result *result);   /* reg mp */
void l1t_jet_demux(struct l1t_jet_result *result);  /* n_gt gt */

/*
 * The stages as flat words for comparison with the RTL's probes. Stage order and
 * sizes are those of l1t_jet_stages[] (csrc/paths/jet.c). A row is the records
 * of all its lanes, packed little-endian without padding between records, then
 * padded to whole 32-bit words:
 *
 *   stage   rows  lanes  record     lane
 *   max      40    144   jet_max    side * 72 + iphi - 1        (row = ring |m| - 1)
 *   raw      40     36   jet_raw    side * 18 + (iphi - 1) / 4
 *   flaps    40     36   jet_flaps  same
 *   pus      40     36   jet_pus    same
 *   cal      40     36   jet_cal    same; zero for a dropped jet
 *   select   40     36   jet_keep   same
 *   sort      1     14   jet_mp     side * 7 + register; before the register 5/6 rule
 *   demux     1     12   jet_gt     position on the link
 */
enum {
    L1T_JET_STAGE_MAX,
    L1T_JET_STAGE_RAW,
    L1T_JET_STAGE_FLAPS,
    L1T_JET_STAGE_PUS,
    L1T_JET_STAGE_CAL,
    L1T_JET_STAGE_SELECT,
    L1T_JET_STAGE_SORT,
    L1T_JET_STAGE_DEMUX,
    L1T_JET_STAGES
};

/* Words of one event: 40*5 + 40*36*(1 + 2 + 1 + 1) + 40*2 + 14 + 12; rows of jet_mp and
 * jet_gt records are 14*30 and 12*30 bits, rounded up to whole words. */
enum { L1T_JET_STAGE_WORDS = 40 * 5 + 40 * 36 * 5 + 40 * 2 + 14 + 12 };

void l1t_jet_pack_stages(const struct l1t_jet_result *result, uint32_t words[L1T_JET_STAGE_WORDS]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The final decision: from raw algorithm bits to one bit a crossing. In this order: mask by
 * crossing, prescale, FINOR mask, OR, veto. Counters count before and after prescale and after dead
 * time, and are latched at the end of a luminosity section. A second set of prescales, the preview,
 * is counted but decides nothing.
 *
 * Source: docs/gt.md, "Final decision"
 */
#ifndef L1T_GT_FINAL_H
#define L1T_GT_FINAL_H

#include "gt/l1t_gt_event.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    L1T_GT_PRESCALE_ONE = 100,     /* factors are hundredths: 100 keeps all, 0 nothing */
    L1T_GT_PRESCALE_MAX = 0xffffff /* 24 bits: 167772.15 */
};

/*
 * One prescaler. Of n requests floor(100 n / factor) are accepted, evenly: with 200 the 2nd, the
 * 4th and so on. The counter goes on when the factor changes; factor 0 holds it at 0. A factor of
 * 1..99, which no prescale has, is taken as 100.
 */
struct l1t_gt_prescale {
    uint32_t counter;
};
bool l1t_gt_prescale_step(struct l1t_gt_prescale *prescale, uint32_t factor, bool request);

/* By algorithm bit, hundredths. */
struct l1t_gt_factors {
    uint32_t prescale[L1T_GT_ALGORITHMS], preview[L1T_GT_ALGORITHMS];
};

/* Masks: bit b of word b / 64 is algorithm b; 1 lets it through, veto: 1 vetoes. */
struct l1t_gt_masks {
    uint64_t finor[L1T_GT_WORDS], veto[L1T_GT_WORDS];
    /* By crossing of the orbit, L1T_GT_ORBIT of them; NULL: all open. */
    const uint64_t (*crossing)[L1T_GT_WORDS];
};

/* Of one luminosity section; 32 bits, wrapping, as in the hardware. */
struct l1t_gt_counts {
    uint32_t before[L1T_GT_ALGORITHMS];  /* after the mask by crossing, before prescale */
    uint32_t after[L1T_GT_ALGORITHMS];   /* after prescale */
    uint32_t live[L1T_GT_ALGORITHMS];    /* after prescale, outside dead time */
    uint32_t preview[L1T_GT_ALGORITHMS]; /* after the preview's prescale */
    uint32_t finor, finor_live, finor_preview;
};

struct l1t_gt_final {
    struct l1t_gt_factors factors, requested;
    bool update; /* requested becomes effective with the next section */
    struct l1t_gt_prescale prescaler[L1T_GT_ALGORITHMS], previewer[L1T_GT_ALGORITHMS];
    struct l1t_gt_counts counts;
};

struct l1t_gt_final_in {
    uint64_t raw[L1T_GT_WORDS];
    uint16_t crossing; /* 0 .. L1T_GT_ORBIT - 1 */
    bool gap;          /* calibration gap: algorithms are suppressed */
    bool dead;         /* the experiment takes no trigger in this crossing */
};

struct l1t_gt_final_out {
    uint64_t open[L1T_GT_WORDS];      /* after the mask by crossing */
    uint64_t prescaled[L1T_GT_WORDS]; /* what is read out as the algorithm bits */
    bool veto, finor;                 /* finor is false under a veto */
    bool preview;                     /* finor of the preview's prescales */
};

/* Start of a run: counters 0, factors effective at once. */
void l1t_gt_final_init(struct l1t_gt_final *state, const struct l1t_gt_factors *factors);

/* Ask for other factors; they wait for the next section. */
void l1t_gt_final_request(struct l1t_gt_final *state, const struct l1t_gt_factors *factors);

/* Boundary of luminosity sections: counts of the one that ended, new factors if asked for. */
void l1t_gt_final_section(struct l1t_gt_final *state, struct l1t_gt_counts *ended);

/* One crossing. */
void l1t_gt_final_step(struct l1t_gt_final *state, const struct l1t_gt_masks *masks,
                       const struct l1t_gt_final_in *in, struct l1t_gt_final_out *out);

#endif

// SPDX-License-Identifier: Apache-2.0
// Calibration: a multiplier and an addend from a table of (ring bin, ET bin).
// Twin: rtl/calo/l1t_jet_cal.sv
#include "../l1t_fixed.h"
#include "l1t_jet.h"

// The sum is unsigned 32 bit in the reference, so a negative result is a huge one and clips to full
// scale (the firmware of 2017 gives 0). Tables are checked not to get there.
static uint16_t calibrate(const struct l1t_jet_config *config, const struct l1t_jet_cand *cand)
{
    const unsigned et = cand->et;
    const unsigned ring = (unsigned)(cand->m < 0 ? -cand->m : cand->m);
    const unsigned pt_bin = config->pt_bin[(et > 511 ? 511 : et) >> 1] & 15u;
    const unsigned eta_bin = config->eta_bin[ring] & 15u;
    const uint32_t word = config->calibration[eta_bin << 4 | pt_bin];
    const uint32_t multiplier = word & 0x3ff;
    const uint32_t addend = (word >> 10 & 0xff) ^ 0x80; // biased by 128
    const uint32_t sum = ((et * multiplier) >> 9) + addend - 0x80;
    return (uint16_t)l1t_clip_u(sum, 16);
}

void l1t_jet_cal(const struct l1t_jet_config *config, struct l1t_jet_result *result)
{
    for (unsigned i = 0; i < result->n_cand; i++) {
        struct l1t_jet_cand *cand = &result->cand[i];
        cand->et_cal = cand->et == 0 ? 0 : calibrate(config, cand);
        cand->et_ht = cand->et == L1T_JET_SATURATED ? cand->et : cand->et_cal;
    }
}

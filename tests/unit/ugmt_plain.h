/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A second global muon trigger, written as plainly as possible: every slot of a crossing against
 * every other one, sorters that count wins, fields by shifts. Slow, and the model's oracle where
 * there are no reference answers.
 */
#ifndef UGMT_PLAIN_H
#define UGMT_PLAIN_H

#include "muon/l1t_ugmt.h"

#include <stdbool.h>
#include <stdint.h>

struct ugmt_plain_muon {
    bool there;
    int group, processor; /* as E+ O+ B O- E- and from 0 */
    int pt, eta, phi, quality, hf, sign, sign_valid, pt_u, dxy;
    int station[4], wheel, side; /* barrel */
    int chamber[4], segment[4];  /* endcap */
    unsigned cancel;             /* L1T_UGMT_CANCEL_* */
    int deta, dphi, rank;
};

struct ugmt_plain_result {
    struct ugmt_plain_muon muon[L1T_UGMT_IN];
    int kept[L1T_UGMT_KEPT]; /* index, -1 for none */
    int final[L1T_UGMT_OUT]; /* index, -1 for none */
    int eta_vtx[L1T_UGMT_OUT], phi_vtx[L1T_UGMT_OUT];
    int eta_region[L1T_UGMT_OUT], phi_region[L1T_UGMT_OUT], sum[L1T_UGMT_OUT], iso[L1T_UGMT_OUT];
    uint64_t mid[L1T_UGMT_KEPT], gt[L1T_UGMT_OUT];
    uint32_t eta_pair[L1T_UGMT_OUT / 2];
};

void ugmt_plain(const struct l1t_ugmt_config *config, const struct l1t_ugmt_event *event,
                struct ugmt_plain_result *result);

/* In the form of l1t_ugmt_pack_stages. */
void ugmt_plain_pack(const struct ugmt_plain_result *result, uint32_t words[L1T_UGMT_STAGE_WORDS]);

#endif

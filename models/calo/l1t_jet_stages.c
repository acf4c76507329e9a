// SPDX-License-Identifier: Apache-2.0
// The stages of one event as the RTL's probes show them: rows of records packed from bit 0 upwards.
#include "../l1t_formats.h"
#include "l1t_jet.h"

#include <string.h>

enum {
    MAX_ROW = L1T_SIDES * L1T_PHIS * l1t_jet_max_bits / 32 +
              (L1T_SIDES * L1T_PHIS * l1t_jet_max_bits % 32 != 0),
    LANES = L1T_SIDES * L1T_JET_SLOTS,
    KEEP_ROW = (LANES + 31) / 32,
    AT_MAX = 0,
    AT_RAW = AT_MAX + L1T_RINGS * MAX_ROW,
    AT_FLAPS = AT_RAW + L1T_RINGS * LANES,
    AT_PUS = AT_FLAPS + 2 * L1T_RINGS * LANES,
    AT_CAL = AT_PUS + L1T_RINGS * LANES,
    AT_KEEP = AT_CAL + L1T_RINGS * LANES,
    AT_SORT = AT_KEEP + L1T_RINGS * KEEP_ROW,
    SORT_LANES = L1T_SIDES * L1T_JET_REGISTERS,
    AT_DEMUX = AT_SORT + (SORT_LANES * l1t_jet_mp_bits + 31) / 32,
};

static void pack_cand(const struct l1t_jet_cand *cand, uint32_t *words)
{
    const unsigned ring = (unsigned)(cand->m < 0 ? -cand->m : cand->m) - 1;
    const unsigned side = cand->m < 0, column = cand->phi - 1u;
    const unsigned lane = side * L1T_JET_SLOTS + column / 4;
    const unsigned tower = side * L1T_PHIS + column;
    words[AT_MAX + ring * MAX_ROW + tower / 32] |= UINT32_C(1) << tower % 32;
    words[AT_RAW + ring * LANES + lane] =
        (uint32_t)(l1t_jet_raw_phi_put(cand->phi) | l1t_jet_raw_seed_put(cand->seed) |
                   l1t_jet_raw_raw_put(cand->raw));
    uint32_t *flaps = &words[AT_FLAPS + 2 * (ring * LANES + lane)];
    flaps[0] = (uint32_t)(cand->flap[0] | (uint32_t)cand->flap[1] << 16);
    flaps[1] = (uint32_t)(cand->flap[2] | (uint32_t)cand->flap[3] << 16);
    words[AT_PUS + ring * LANES + lane] =
        (uint32_t)(l1t_jet_pus_pu_put(cand->pu) | l1t_jet_pus_et_put(cand->et));
    words[AT_CAL + ring * LANES + lane] =
        (uint32_t)(l1t_jet_cal_et_put(cand->et_cal) | l1t_jet_cal_et_ht_put(cand->et_ht));
    words[AT_KEEP + ring * KEEP_ROW + lane / 32] |= (uint32_t)(cand->keep & 1) << lane % 32;
}

void l1t_jet_pack_stages(const struct l1t_jet_result *result, uint32_t words[L1T_JET_STAGE_WORDS])
{
    memset(words, 0, L1T_JET_STAGE_WORDS * sizeof words[0]);
    for (unsigned i = 0; i < result->n_cand; i++)
        pack_cand(&result->cand[i], words);
    for (unsigned side = 0; side < L1T_SIDES; side++)
        for (unsigned i = 0; i < L1T_JET_REGISTERS; i++)
            l1t_bits_put(words + AT_SORT, (side * L1T_JET_REGISTERS + i) * l1t_jet_mp_bits,
                         l1t_jet_mp_bits, result->reg[side][i]);
    for (unsigned i = 0; i < L1T_JET_OUT; i++)
        l1t_bits_put(words + AT_DEMUX, i * l1t_jet_gt_bits, l1t_jet_gt_bits, result->gt[i]);
}

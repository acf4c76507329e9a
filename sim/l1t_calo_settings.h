/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Static inputs of the tops egamma, tau, sums and calo (struct l1t_dut_options settings): the same
 * words for each; a top leaves out what it does not have. Energies in tower units.
 */
#ifndef L1T_CALO_SETTINGS_H
#define L1T_CALO_SETTINGS_H

enum {
    L1T_CALO_SET_SEED_MIN, /* clusters */
    L1T_CALO_SET_MEMBER_MIN,
    L1T_CALO_SET_HOE_BARREL,
    L1T_CALO_SET_HOE_ENDCAP,
    L1T_CALO_SET_HOE_EXT_MIN, /* e/gamma */
    L1T_CALO_SET_NO_ID_MIN,
    L1T_CALO_SET_PHI_RING, /* jets */
    L1T_CALO_SET_JET_SEED_MIN,
    L1T_CALO_SET_JET_MIN,          /* sums */
    L1T_CALO_SET_CENTRALITY_LOWER, /* eight words, two's complement */
    L1T_CALO_SET_CENTRALITY_UPPER = L1T_CALO_SET_CENTRALITY_LOWER + 8,
    L1T_CALO_SETTINGS = L1T_CALO_SET_CENTRALITY_UPPER + 8
};

#endif

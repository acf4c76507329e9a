/* SPDX-License-Identifier: Apache-2.0 */
/* Static inputs of the top ugmt (struct l1t_dut_options settings). */
#ifndef L1T_UGMT_SETTINGS_H
#define L1T_UGMT_SETTINGS_H

enum {
    L1T_UGMT_SET_RUN2_WORDS, /* words of the track finders */
    L1T_UGMT_SET_RUN2_LISTS, /* track addresses of the barrel */
    L1T_UGMT_SET_ADDRESSES,  /* endcap by track addresses */
    L1T_UGMT_SET_LAYOUT,     /* enum l1t_ugmt_layout */
    L1T_UGMT_SET_SHORT,      /* extrapolation tables for 6 bits of pt, not 7 */
    L1T_UGMT_SET_PHI_SHIFT,  /* unit of their phi */
    L1T_UGMT_SETTINGS
};

#endif

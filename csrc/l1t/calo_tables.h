/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Look-up tables of the e/gamma, tau and sum paths from files in the text form of l1t/lut.h, and
 * the thresholds that go with them.
 */
#ifndef L1T_CALO_TABLES_H
#define L1T_CALO_TABLES_H

#include "l1t/err.h"

#include "calo/l1t_calo.h"

/* File names; a file that is not there is also looked for as NAME.gz. */
struct l1t_calo_luts {
    const char *egamma_compress, *egamma_trimming, *egamma_calibration;
    const char *egamma_isolation[2]; /* of iso bit 0 and bit 1 */
    const char *tau_compress, *tau_calibration, *tau_isolation;
    const char *met_threshold; /* by ring and compressed nTT */
};

/* The thresholds of all years: seeds of 2 GeV, members of 1 GeV and so on; tables are zero. */
void l1t_calo_thresholds(struct l1t_calo_config *config);

/*
 * Fill the tables of all paths but the jets'. Refuses a table of another shape than its use needs.
 * The sums read the e/gamma compression of nTT.
 */
enum l1t_err l1t_calo_tables_read(const char *dir, const struct l1t_calo_luts *luts,
                                  struct l1t_calo_config *config,
                                  struct l1t_diag *diag) L1T_MUST_USE;

#endif

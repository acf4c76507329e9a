/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clusters, e/gamma, tau and sums a second time, as plainly as they can be said: every tower is
 * tested against its whole window, neighbours are looked up one by one in detector coordinates,
 * vector sums go tower by tower, sorters are the textbook form. The oracle of the fast models;
 * shares no code with models/calo. Jets are in jet_plain.h.
 */
#ifndef CALO_PLAIN_H
#define CALO_PLAIN_H

#include "calo/l1t_calo.h"

/* Fills all of result but jet and grid; sums take the jets that result->jet holds. */
void calo_plain(const struct l1t_calo_config *config, const struct l1t_towers *towers,
                struct l1t_calo_result *result);

/*
 * Thresholds of the real trigger and tables of random numbers, as wide as the hardware's: every
 * address line and every data bit matters. Jet calibration multiplies by one to two.
 */
void calo_random_config(uint64_t seed, struct l1t_calo_config *config);

#endif

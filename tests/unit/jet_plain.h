/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The jet path a second time, as plainly as it can be said: every tower is tested against its whole
 * window, every sum is a double loop, every sorter is the textbook form. The oracle of the fast
 * model and the yardstick of its benchmark. Shares no code with models/calo.
 */
#ifndef JET_PLAIN_H
#define JET_PLAIN_H

#include "calo/l1t_jet.h"

void jet_plain(const struct l1t_jet_config *config, const struct l1t_towers *towers,
               struct l1t_jet_result *result);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random events and configurations of the global muon trigger, for tests and benchmarks. */
#ifndef UGMT_EVENTS_H
#define UGMT_EVENTS_H

#include "muon/l1t_ugmt.h"

#include <stdint.h>

/* Tables of full width and any combination of modes; depends on the number only. */
void ugmt_random_config(uint64_t number, struct l1t_ugmt_config *config);

/*
 * Event of a kind, by number % UGMT_KINDS: all fields random, at three occupancies; muons seen by
 * all links around them; few values of everything, so that ties are the rule; extreme values.
 */
enum { UGMT_SPARSE, UGMT_HALF, UGMT_FULL, UGMT_DUPLICATES, UGMT_TIES, UGMT_EXTREMES, UGMT_KINDS };
void ugmt_random_event(uint64_t number, struct l1t_ugmt_event *event);

#endif

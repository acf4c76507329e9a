/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests of the dead-time simulation, shared with its test. */
#ifndef L1T_DEADTIME_INTERNAL_H
#define L1T_DEADTIME_INTERNAL_H

#include "gt/l1t_gt_event.h"

#include <stddef.h>
#include <stdint.h>

enum { L1T_REQUEST_POWERS = 12 }; /* gaps up to 4095, more than an orbit */

/* When requests come: with one probability in each filled crossing. */
struct l1t_request_law {
    uint64_t seed;
    unsigned bunches;
    uint16_t crossing[L1T_GT_ORBIT];   /* of the filled ones */
    uint64_t none[L1T_REQUEST_POWERS]; /* [k]: no request in 2^k of them, in units of 2^-64 */
};
struct l1t_filling;
/* probability: 0 < p <= 1 */
void l1t_request_law_make(struct l1t_request_law *law, const struct l1t_filling *filling,
                          double probability, uint64_t seed);
/* Crossings of the requests in an orbit, ascending; returns how many. Integers only. */
size_t l1t_requests_of_orbit(const struct l1t_request_law *law, uint64_t orbit,
                             uint16_t crossing[L1T_GT_ORBIT]);

#endif

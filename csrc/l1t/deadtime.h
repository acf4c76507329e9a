/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dead time: trigger rules ("at most n accepts in a window of crossings") on a bunch-filling
 * scheme. Random requests at a rate, accepted one after the other as the trigger control does.
 *
 * Source: docs/rates.md, "Dead time"
 */
#ifndef L1T_DEADTIME_H
#define L1T_DEADTIME_H

#include "gt/l1t_gt_event.h"
#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>

enum { L1T_RULES_MAX = 8 };
/* At most `accepts` in any `window` consecutive crossings. */
struct l1t_trigger_rule {
    unsigned accepts, window; /* 1..64; 1..3564 */
};
struct l1t_trigger_rules {
    size_t n;
    struct l1t_trigger_rule rule[L1T_RULES_MAX];
};
/* 1 in 3, 2 in 25, 3 in 100, 4 in 240. */
extern const struct l1t_trigger_rules l1t_cms_trigger_rules;

/* Filled crossings of an orbit. */
struct l1t_filling {
    uint64_t filled[(L1T_GT_ORBIT + 63) / 64];
    unsigned bunches;
};
/*
 * "all"; or trains, repeated until the orbit or the count ends: "48b7e x3 + 31e" ... (grammar:
 * docs/rates.md); "8b4e"; with an abort gap at the end. bunches > 0: exactly so many, the first.
 */
enum l1t_err l1t_filling_parse(const char *text, unsigned bunches, struct l1t_filling *filling,
                               struct l1t_diag *diag) L1T_MUST_USE;

struct l1t_deadtime {
    uint64_t orbits, requests, accepts;
    uint64_t lost[L1T_RULES_MAX];           /* by the first rule that forbids, in their order */
    uint64_t lost_alone[L1T_RULES_MAX + 1]; /* with rules 1..k only, each simulated by itself */
    double requested_hz, accepted_hz;
    double loss, loss_err; /* fraction of requests */
    double dead;           /* fraction of crossings in which a request would be refused */
};

/*
 * Requests of each filled crossing are random with the same probability, total rate_hz; orbit o of
 * seed s is the same whatever the number of threads. L1T_E_INPUT: more than one a filled crossing.
 */
enum l1t_err l1t_deadtime_simulate(const struct l1t_trigger_rules *rules,
                                   const struct l1t_filling *filling, double rate_hz,
                                   double revolution_hz, uint64_t orbits, uint64_t seed,
                                   unsigned threads, struct l1t_deadtime *result,
                                   struct l1t_diag *diag) L1T_MUST_USE;

#endif

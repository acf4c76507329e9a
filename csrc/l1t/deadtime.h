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
#include "l1t/yaml.h"

#include <stddef.h>
#include <stdint.h>

enum {
    L1T_RULES_MAX = 8,
    L1T_RULE_ACCEPTS_MAX = 64,
    L1T_DEADTIME_STRETCH = 1000, /* orbits that are simulated in one go, after */
    L1T_DEADTIME_HISTORY = 10    /* orbits of history that are not counted */
};
/* At most `accepts` in any `window` consecutive crossings. */
struct l1t_trigger_rule {
    unsigned accepts, window; /* 1..64; 1..3564 */
};
/*
 * Rules, in the order in which they are asked, and after them a buffer that is read out at a steady
 * pace (a leaky bucket; depth 0: none): what is accepted waits in it, the first one leaves after
 * `service` crossings, each other one `service` crossings after the one before; while `depth` are
 * in it requests are refused. depth * service is at most L1T_DEADTIME_HISTORY orbits.
 */
struct l1t_trigger_rules {
    size_t n;
    struct l1t_trigger_rule rule[L1T_RULES_MAX];
    unsigned depth, service; /* 0..64; crossings */
};
/* 1 in 3, 2 in 25, 3 in 100, 4 in 240; no buffer. */
extern const struct l1t_trigger_rules l1t_cms_trigger_rules;

/* "1/3,2/25,3/100,4/240": accepts in a window. */
enum l1t_err l1t_trigger_rules_parse(const char *text, struct l1t_trigger_rules *rules,
                                     struct l1t_diag *diag) L1T_MUST_USE;
/* "8/120": the buffer of rules, depth and service. */
enum l1t_err l1t_trigger_buffer_parse(const char *text, struct l1t_trigger_rules *rules,
                                      struct l1t_diag *diag) L1T_MUST_USE;
/* [[1, 3], [2, 25]] in a YAML file, or a list of {accepts: 1, window: 3}; the buffer stays as it
 * is. */
enum l1t_err l1t_trigger_rules_bind(const struct l1t_yaml *yaml, const struct l1t_node *list,
                                    struct l1t_trigger_rules *rules,
                                    struct l1t_diag *diag) L1T_MUST_USE;
/* {depth: 8, service: 120} in a YAML file: the buffer of rules. */
enum l1t_err l1t_trigger_buffer_bind(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                     struct l1t_trigger_rules *rules,
                                     struct l1t_diag *diag) L1T_MUST_USE;
/* A file with `rules:` and, if wanted, `buffer:`. */
enum l1t_err l1t_trigger_rules_load(const char *path, struct l1t_trigger_rules *rules,
                                    struct l1t_diag *diag) L1T_MUST_USE;

/* Filled crossings of an orbit: crossing c is bit c % 64 of word c / 64. */
struct l1t_filling {
    uint64_t filled[(L1T_GT_ORBIT + 63) / 64];
    unsigned bunches;
};
/*
 * "all", or trains that are repeated until the orbit ends: "8b4e", "48b7e x3 + 31e",
 * "(48b7e x3 + 31e) x8 + 60e"; at the end of either ", gap 119": as many crossings empty at the
 * orbit's end. bunches > 0: only the first so many of them; refused when there are fewer.
 */
enum l1t_err l1t_filling_parse(const char *text, unsigned bunches, struct l1t_filling *filling,
                               struct l1t_diag *diag) L1T_MUST_USE;

struct l1t_deadtime {
    uint64_t orbits, requests, accepts;
    /* By the first rule that forbids, in their order; [rules.n]: by the buffer. */
    uint64_t lost[L1T_RULES_MAX + 1];
    /* With rules 1..k only, each simulated by itself; [0] is 0; [rules.n + 1]: with the buffer. */
    uint64_t lost_alone[L1T_RULES_MAX + 2];
    double requested_hz, accepted_hz; /* as asked for; that times accepts / requests */
    double loss, loss_err;            /* fraction of requests; NAN: no request; none lost */
    double dead;     /* fraction of filled crossings in which a request would be refused */
    double dead_all; /* the same of all crossings: of time */
};

/*
 * Requests of each filled crossing are random with the same probability, total rate_hz; orbit o of
 * seed s is the same whatever the number of threads. Stretches of L1T_DEADTIME_STRETCH orbits are
 * simulated for themselves, each after L1T_DEADTIME_HISTORY orbits that begin without any accept.
 * L1T_E_INPUT: more than one request a filled crossing, no filled crossing, no orbit, rules out of
 * range.
 */
enum l1t_err l1t_deadtime_simulate(const struct l1t_trigger_rules *rules,
                                   const struct l1t_filling *filling, double rate_hz,
                                   double revolution_hz, uint64_t orbits, uint64_t seed,
                                   unsigned threads, struct l1t_deadtime *result,
                                   struct l1t_diag *diag) L1T_MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of numbers in the paths' YAML files. */
#ifndef L1T_CONFIG_LISTS_H
#define L1T_CONFIG_LISTS_H

#include "l1t/yaml.h"

/* What a list may hold: 1 to room values of one type, each within limits (base unit). */
struct l1t_list_rule {
    const char *name; /* for messages */
    enum l1t_type type;
    double min, max;
    unsigned room;
};

enum l1t_err l1t_list_read(const struct l1t_yaml *yaml, const struct l1t_node *list,
                           const struct l1t_list_rule *rule, double *value, unsigned *n,
                           struct l1t_diag *diag) L1T_MUST_USE;

/* Exactly count values; whose says what there is one of each for ("eta_bins"). */
enum l1t_err l1t_list_read_per(const struct l1t_yaml *yaml, const struct l1t_node *list,
                               const struct l1t_list_rule *rule, const char *whose, unsigned count,
                               double *value, struct l1t_diag *diag) L1T_MUST_USE;

/* Lower edges of bins: the first is rule->min, each is above the one before and a multiple of step
 * (base unit). */
enum l1t_err l1t_list_read_edges(const struct l1t_yaml *yaml, const struct l1t_node *list,
                                 const struct l1t_list_rule *rule, double step, double *value,
                                 unsigned *n, struct l1t_diag *diag) L1T_MUST_USE;

#endif

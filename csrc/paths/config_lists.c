// SPDX-License-Identifier: GPL-3.0-or-later
#include "config_lists.h"

#include <math.h>
#include <stddef.h>

enum l1t_err l1t_list_read(const struct l1t_yaml *yaml, const struct l1t_node *list,
                           const struct l1t_list_rule *rule, double *value, unsigned *n,
                           struct l1t_diag *diag)
{
    const struct l1t_key key = {rule->name, rule->type, 0, true, rule->min, rule->max, NULL};
    const size_t length = l1t_node_len(list);
    if (length < 1 || length > rule->room)
        return l1t_yaml_fail(yaml, list, diag, "%s: a list of 1 to %u values, not %zu", rule->name,
                             rule->room, length);
    for (size_t i = 0; i < length; i++) {
        const enum l1t_err err = l1t_yaml_value(yaml, l1t_node_at(list, i), &key, &value[i], diag);
        if (err != L1T_OK)
            return err;
    }
    *n = (unsigned)length;
    return L1T_OK;
}

enum l1t_err l1t_list_read_per(const struct l1t_yaml *yaml, const struct l1t_node *list,
                               const struct l1t_list_rule *rule, const char *whose, unsigned count,
                               double *value, struct l1t_diag *diag)
{
    unsigned n = 0;
    const enum l1t_err err = l1t_list_read(yaml, list, rule, value, &n, diag);
    if (err != L1T_OK)
        return err;
    return n == count ? L1T_OK
                      : l1t_yaml_fail(yaml, list, diag, "%s: %u values for %u %s", rule->name, n,
                                      count, whose);
}

enum l1t_err l1t_list_read_edges(const struct l1t_yaml *yaml, const struct l1t_node *list,
                                 const struct l1t_list_rule *rule, double step, double *value,
                                 unsigned *n, struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_list_read(yaml, list, rule, value, n, diag);
    if (err != L1T_OK)
        return err;
    for (unsigned i = 0; i < *n; i++) {
        const struct l1t_node *at = l1t_node_at(list, i);
        if (i == 0 ? value[0] > rule->min : value[i] <= value[i - 1])
            return l1t_yaml_fail(yaml, at, diag, "%s: edges ascend and start with %g", rule->name,
                                 rule->min);
        if (value[i] / step != floor(value[i] / step)) {
            if (step == 1)
                return l1t_yaml_fail(yaml, at, diag, "%s: edges are whole numbers here, not %g",
                                     rule->name, value[i]);
            return l1t_yaml_fail(yaml, at, diag, "%s: edges are multiples of %g here, not %g",
                                 rule->name, step, value[i]);
        }
    }
    return L1T_OK;
}

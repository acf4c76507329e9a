// SPDX-License-Identifier: GPL-3.0-or-later
// The sections `scans:` and `budget:` of a study file.
#include "rate_study_internal.h"

// ---- scans ----

struct scan_values {
    const char *algorithm, *leg;
    const struct l1t_node *legs, *from, *to, *step;
};

// One energy, or as many as there are axes.
static enum l1t_err bind_energies(const struct l1t_yaml *yaml, const struct l1t_node *node,
                                  size_t n, double min, double to[L1T_SCAN_AXES],
                                  struct l1t_diag *diag)
{
    const struct l1t_key key = {"", L1T_ENERGY, 0, true, min, 4096, NULL};
    const bool list = l1t_node_kind(node) == L1T_NODE_LIST;
    enum l1t_err err = L1T_OK;
    if (list && l1t_node_len(node) != n)
        return l1t_yaml_fail(yaml, node, diag, "%zu values for %zu legs", l1t_node_len(node), n);
    for (size_t i = 0; err == L1T_OK && i < n; i++)
        err = l1t_yaml_value(yaml, list ? l1t_node_at(node, i) : node, &key, &to[i], diag);
    return err;
}

static enum l1t_err bind_legs(const struct l1t_yaml *yaml, const struct scan_values *values,
                              struct l1t_study_scan *scan, struct l1t_diag *diag)
{
    static const struct l1t_key key = {"", L1T_STRING, 0, true, 0, 0, NULL};
    enum l1t_err err = L1T_OK;
    scan->n_axes = 1;
    scan->leg[0] = values->leg;
    if (values->legs == NULL)
        return L1T_OK;
    if (values->leg != NULL)
        return l1t_yaml_fail(yaml, values->legs, diag, "'leg' and 'legs' contradict each other");
    scan->n_axes = l1t_node_len(values->legs);
    if (scan->n_axes < 1 || scan->n_axes > L1T_SCAN_AXES)
        return l1t_yaml_fail(yaml, values->legs, diag, "%zu legs; allowed 1 to %d", scan->n_axes,
                             L1T_SCAN_AXES);
    for (size_t i = 0; err == L1T_OK && i < scan->n_axes; i++)
        err = l1t_yaml_value(yaml, l1t_node_at(values->legs, i), &key, &scan->leg[i], diag);
    return err;
}

static enum l1t_err bind_scan(const struct l1t_yaml *yaml, const struct l1t_node *map,
                              struct l1t_study_scan *scan, struct l1t_diag *diag)
{
#define SCAN(member) offsetof(struct scan_values, member)
    static const struct l1t_key keys[] = {
        {"algorithm", L1T_STRING, SCAN(algorithm), true, 0, 0, NULL},
        {"leg", L1T_STRING, SCAN(leg), false, 0, 0, NULL},
        {"legs", L1T_LIST, SCAN(legs), false, 0, 0, NULL},
        {"from", L1T_NODE, SCAN(from), true, 0, 0, NULL},
        {"to", L1T_NODE, SCAN(to), true, 0, 0, NULL},
        {"step", L1T_NODE, SCAN(step), true, 0, 0, NULL},
    };
    struct scan_values values = {NULL, NULL, NULL, NULL, NULL, NULL};
    enum l1t_err err = l1t_yaml_bind(yaml, map, keys, L1T_COUNT_OF(keys), &values, diag);
    if (err != L1T_OK)
        return err;
    scan->node = map;
    scan->algorithm = values.algorithm;
    err = bind_legs(yaml, &values, scan, diag);
    if (err == L1T_OK)
        err = bind_energies(yaml, values.from, scan->n_axes, 0, scan->from, diag);
    if (err == L1T_OK)
        err = bind_energies(yaml, values.to, scan->n_axes, 0, scan->to, diag);
    if (err == L1T_OK)
        err = bind_energies(yaml, values.step, scan->n_axes, 1e-3, scan->step, diag);
    for (size_t i = 0; err == L1T_OK && i < scan->n_axes; i++)
        if (scan->to[i] < scan->from[i])
            err = l1t_yaml_fail(yaml, values.to, diag, "%g GeV is below 'from', %g GeV",
                                scan->to[i], scan->from[i]);
    return err;
}

enum l1t_err l1t_study_bind_scans(struct l1t_rate_study *rate, const struct l1t_node *list,
                                  struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    if (l1t_node_len(list) > L1T_STUDY_SCANS)
        return l1t_yaml_fail(rate->study->yaml, list, diag, "%zu scans are more than %d",
                             l1t_node_len(list), L1T_STUDY_SCANS);
    for (size_t i = 0; err == L1T_OK && i < l1t_node_len(list); i++)
        err =
            bind_scan(rate->study->yaml, l1t_node_at(list, i), &rate->scan[rate->n_scans++], diag);
    return err;
}

// ---- budget ----

// The search goes step by step.
enum { MOVE_STEPS = 10000 };

struct budget_values {
    double total, margin;
    const struct l1t_node *groups, *vary;
    int objective;
};

struct move_values {
    const char *algorithm;
    const struct l1t_node *threshold, *prescale;
};

struct range_values {
    double from, to, step;
    const char *leg;
};

#define RANGE(member) offsetof(struct range_values, member)
static const struct l1t_key threshold_keys[] = {
    {"from", L1T_ENERGY, RANGE(from), true, 0, 4096, NULL},
    {"to", L1T_ENERGY, RANGE(to), true, 0, 4096, NULL},
    {"step", L1T_ENERGY, RANGE(step), true, 1e-3, 4096, NULL},
    {"leg", L1T_STRING, RANGE(leg), false, 0, 0, NULL},
};
static const struct l1t_key prescale_keys[] = {
    {"from", L1T_NUMBER, RANGE(from), true, 1, 167772, NULL},
    {"to", L1T_NUMBER, RANGE(to), true, 1, 167772, NULL},
    {"step", L1T_NUMBER, RANGE(step), false, 0, 167772, NULL},
};

static enum l1t_err bind_move(const struct l1t_yaml *yaml, const struct l1t_node *map,
                              struct l1t_study_move *move, struct l1t_diag *diag)
{
#define MOVE(member) offsetof(struct move_values, member)
    static const struct l1t_key keys[] = {
        {"algorithm", L1T_STRING, MOVE(algorithm), true, 0, 0, NULL},
        {"threshold", L1T_MAP, MOVE(threshold), false, 0, 0, NULL},
        {"prescale", L1T_MAP, MOVE(prescale), false, 0, 0, NULL},
    };
    struct move_values values = {NULL, NULL, NULL};
    struct range_values range = {0, 0, 0, NULL};
    enum l1t_err err = l1t_yaml_bind(yaml, map, keys, L1T_COUNT_OF(keys), &values, diag);
    if (err != L1T_OK)
        return err;
    if ((values.threshold == NULL) == (values.prescale == NULL))
        return l1t_yaml_fail(yaml, map, diag, "expected either 'threshold' or 'prescale'");
    const struct l1t_node *given = values.prescale != NULL ? values.prescale : values.threshold;
    err = values.prescale != NULL
              ? l1t_yaml_bind(yaml, given, prescale_keys, L1T_COUNT_OF(prescale_keys), &range, diag)
              : l1t_yaml_bind(yaml, given, threshold_keys, L1T_COUNT_OF(threshold_keys), &range,
                              diag);
    if (err == L1T_OK && range.to < range.from)
        err = l1t_yaml_fail(yaml, l1t_node_get(given, "to"), diag, "%g is below 'from', %g",
                            range.to, range.from);
    if (err == L1T_OK && range.step > 0 && (range.to - range.from) / range.step > MOVE_STEPS)
        err = l1t_yaml_fail(yaml, l1t_node_get(given, "step"), diag,
                            "%g makes more than %d steps; take a larger one%s", range.step,
                            MOVE_STEPS, values.prescale != NULL ? ", or none" : "");
    *move = (struct l1t_study_move){values.algorithm,
                                    values.prescale != NULL,
                                    range.leg,
                                    range.from,
                                    range.to,
                                    range.step,
                                    map};
    return err;
}

static enum l1t_err bind_groups(struct l1t_rate_study *rate, const struct l1t_node *map,
                                struct l1t_diag *diag)
{
    static const struct l1t_key key = {"", L1T_RATE, 0, true, 1e-3, 40e6, NULL};
    enum l1t_err err = L1T_OK;
    if (l1t_node_len(map) > L1T_TALLY_SETS)
        return l1t_yaml_fail(rate->study->yaml, map, diag, "%zu groups are more than %d",
                             l1t_node_len(map), L1T_TALLY_SETS);
    for (size_t i = 0; err == L1T_OK && i < l1t_node_len(map); i++) {
        const size_t g = rate->budget.n_groups++;
        rate->budget.group[g].name = l1t_node_key(map, i);
        rate->budget.group[g].node = l1t_node_at(map, i);
        err = l1t_yaml_value(rate->study->yaml, l1t_node_at(map, i), &key,
                             &rate->budget.group[g].hz, diag);
    }
    return err;
}

enum l1t_err l1t_study_bind_budget(struct l1t_rate_study *rate, const struct l1t_node *map,
                                   struct l1t_diag *diag)
{
#define BUDGET(member) offsetof(struct budget_values, member)
    static const char *const objectives[] = {"efficiency", "keep", NULL}; // enum l1t_objective
    static const struct l1t_key keys[] = {
        {"total", L1T_RATE, BUDGET(total), true, 1e-3, 40e6, NULL},
        {"groups", L1T_MAP, BUDGET(groups), false, 0, 0, NULL},
        {"margin", L1T_NUMBER, BUDGET(margin), false, 0, 10, NULL},
        {"vary", L1T_LIST, BUDGET(vary), true, 0, 0, NULL},
        {"objective", L1T_CHOICE, BUDGET(objective), false, 0, 0, objectives},
    };
    const struct l1t_yaml *yaml = rate->study->yaml;
    struct budget_values values = {.margin = 0, .objective = L1T_OBJECTIVE_KEEP};
    enum l1t_err err = l1t_yaml_bind(yaml, map, keys, L1T_COUNT_OF(keys), &values, diag);
    if (err != L1T_OK)
        return err;
    rate->budget.on = true;
    rate->budget.total_hz = values.total;
    rate->budget.margin_sigma = values.margin;
    rate->budget.objective = (enum l1t_objective)values.objective;
    if (rate->budget.objective == L1T_OBJECTIVE_EFFICIENCY && rate->n_signals == 0)
        return l1t_yaml_fail(yaml, l1t_node_get(map, "objective"), diag,
                             "efficiency of what? there is no section 'signals'");
    if (l1t_node_len(values.vary) == 0 || l1t_node_len(values.vary) > L1T_STUDY_MOVES)
        return l1t_yaml_fail(yaml, values.vary, diag, "%zu that may move; allowed 1 to %d",
                             l1t_node_len(values.vary), L1T_STUDY_MOVES);
    if (values.groups != NULL)
        err = bind_groups(rate, values.groups, diag);
    for (size_t i = 0; err == L1T_OK && i < l1t_node_len(values.vary); i++)
        err = bind_move(yaml, l1t_node_at(values.vary, i),
                        &rate->budget.move[rate->budget.n_moves++], diag);
    return err;
}

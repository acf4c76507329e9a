// SPDX-License-Identifier: GPL-3.0-or-later
// Trigger rules as text and as YAML.
#include "l1t/deadtime.h"
#include "l1t/io.h"

#include <string.h>

enum { most_stored = L1T_DEADTIME_HISTORY * L1T_GT_ORBIT };

// "a/b" with limits; the text after it, or NULL.
static const char *quotient(const char *text, uint64_t most_a, uint64_t most_b, uint64_t *a,
                            uint64_t *b)
{
    const char *at = l1t_parse_u64(text, 1, most_a, a);
    return at != NULL && *at == '/' ? l1t_parse_u64(at + 1, 1, most_b, b) : NULL;
}

static enum l1t_err add_rule(const char *text, size_t length, struct l1t_trigger_rules *rules,
                             struct l1t_diag *diag)
{
    uint64_t accepts, window;
    const int shown = length < 60 ? (int)length : 60;
    const char *at = quotient(text, L1T_RULE_ACCEPTS_MAX, L1T_GT_ORBIT, &accepts, &window);
    if (at != text + length)
        return l1t_fail(diag, L1T_E_INPUT,
                        "trigger rule '%.*s': want accepts/window such as 3/100, 1..%d in 1..%d "
                        "crossings",
                        shown, text, L1T_RULE_ACCEPTS_MAX, L1T_GT_ORBIT);
    if (rules->n == L1T_RULES_MAX)
        return l1t_fail(diag, L1T_E_INPUT, "more than %d trigger rules", L1T_RULES_MAX);
    rules->rule[rules->n++] = (struct l1t_trigger_rule){(unsigned)accepts, (unsigned)window};
    return L1T_OK;
}

enum l1t_err l1t_trigger_rules_parse(const char *text, struct l1t_trigger_rules *rules,
                                     struct l1t_diag *diag)
{
    rules->n = 0;
    for (bool more = true; more;) {
        text += strspn(text, " ");
        size_t length = strcspn(text, ",");
        more = text[length] == ',';
        const char *next = text + length + (more ? 1 : 0);
        while (length > 0 && text[length - 1] == ' ')
            length--;
        const enum l1t_err err = add_rule(text, length, rules, diag);
        if (err != L1T_OK)
            return err;
        text = next;
    }
    return L1T_OK;
}

enum l1t_err l1t_trigger_buffer_parse(const char *text, struct l1t_trigger_rules *rules,
                                      struct l1t_diag *diag)
{
    uint64_t depth, service;
    const char *at = quotient(text, L1T_RULE_ACCEPTS_MAX, most_stored, &depth, &service);
    if (at == NULL || *at != '\0' || depth * service > most_stored)
        return l1t_fail(diag, L1T_E_INPUT,
                        "buffer '%.60s': want depth/service such as 8/120, a depth of 1..%d and a "
                        "product of at most %d crossings",
                        text, L1T_RULE_ACCEPTS_MAX, most_stored);
    rules->depth = (unsigned)depth;
    rules->service = (unsigned)service;
    return L1T_OK;
}

// ---- YAML ----

struct pair {
    long long first, second;
};

static const struct l1t_key rule_keys[] = {
    {"accepts", L1T_INT, offsetof(struct pair, first), true, 1, L1T_RULE_ACCEPTS_MAX, NULL},
    {"window", L1T_INT, offsetof(struct pair, second), true, 1, L1T_GT_ORBIT, NULL}};

static const struct l1t_key buffer_keys[] = {
    {"depth", L1T_INT, offsetof(struct pair, first), true, 1, L1T_RULE_ACCEPTS_MAX, NULL},
    {"service", L1T_INT, offsetof(struct pair, second), true, 1, most_stored, NULL}};

static enum l1t_err bind_rule(const struct l1t_yaml *yaml, const struct l1t_node *node,
                              struct pair *pair, struct l1t_diag *diag)
{
    if (l1t_node_kind(node) == L1T_NODE_MAP)
        return l1t_yaml_bind(yaml, node, rule_keys, 2, pair, diag);
    if (l1t_node_kind(node) != L1T_NODE_LIST || l1t_node_len(node) != 2)
        return l1t_yaml_fail(yaml, node, diag,
                             "a trigger rule is written like [3, 100]: 3 accepts in 100 crossings");
    const enum l1t_err err =
        l1t_yaml_value(yaml, l1t_node_at(node, 0), &rule_keys[0], &pair->first, diag);
    return err != L1T_OK
               ? err
               : l1t_yaml_value(yaml, l1t_node_at(node, 1), &rule_keys[1], &pair->second, diag);
}

enum l1t_err l1t_trigger_rules_bind(const struct l1t_yaml *yaml, const struct l1t_node *list,
                                    struct l1t_trigger_rules *rules, struct l1t_diag *diag)
{
    rules->n = 0;
    if (l1t_node_kind(list) != L1T_NODE_LIST || l1t_node_len(list) == 0)
        return l1t_yaml_fail(yaml, list, diag,
                             "want a list of trigger rules like [[1, 3], [2, 25]]");
    if (l1t_node_len(list) > L1T_RULES_MAX)
        return l1t_yaml_fail(yaml, list, diag, "%zu trigger rules; at most %d", l1t_node_len(list),
                             L1T_RULES_MAX);
    for (size_t i = 0; i < l1t_node_len(list); i++) {
        struct pair pair = {0, 0};
        const enum l1t_err err = bind_rule(yaml, l1t_node_at(list, i), &pair, diag);
        if (err != L1T_OK)
            return err;
        rules->rule[rules->n++] =
            (struct l1t_trigger_rule){(unsigned)pair.first, (unsigned)pair.second};
    }
    return L1T_OK;
}

enum l1t_err l1t_trigger_buffer_bind(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                     struct l1t_trigger_rules *rules, struct l1t_diag *diag)
{
    struct pair pair = {0, 0};
    if (l1t_node_kind(map) != L1T_NODE_MAP)
        return l1t_yaml_fail(yaml, map, diag, "a buffer is written like {depth: 8, service: 120}");
    const enum l1t_err err = l1t_yaml_bind(yaml, map, buffer_keys, 2, &pair, diag);
    if (err != L1T_OK)
        return err;
    if (pair.first * pair.second > most_stored)
        return l1t_yaml_fail(yaml, map, diag,
                             "depth times service is %lld crossings; at most %d (%d orbits)",
                             pair.first * pair.second, most_stored, L1T_DEADTIME_HISTORY);
    rules->depth = (unsigned)pair.first;
    rules->service = (unsigned)pair.second;
    return L1T_OK;
}

struct file {
    const struct l1t_node *rules, *buffer;
};

static const struct l1t_key file_keys[] = {
    {"rules", L1T_LIST, offsetof(struct file, rules), true, 0, 0, NULL},
    {"buffer", L1T_MAP, offsetof(struct file, buffer), false, 0, 0, NULL}};

static enum l1t_err bind_file(const struct l1t_yaml *yaml, struct l1t_trigger_rules *rules,
                              struct l1t_diag *diag)
{
    struct file file = {NULL, NULL};
    enum l1t_err err = l1t_yaml_bind(yaml, l1t_yaml_root(yaml), file_keys, 2, &file, diag);
    if (err == L1T_OK)
        err = l1t_trigger_rules_bind(yaml, file.rules, rules, diag);
    if (err == L1T_OK && file.buffer != NULL)
        err = l1t_trigger_buffer_bind(yaml, file.buffer, rules, diag);
    return err;
}

enum l1t_err l1t_trigger_rules_load(const char *path, struct l1t_trigger_rules *rules,
                                    struct l1t_diag *diag)
{
    struct l1t_yaml *yaml;
    *rules = (struct l1t_trigger_rules){.n = 0};
    enum l1t_err err = l1t_yaml_load(path, &yaml, diag);
    if (err != L1T_OK)
        return err;
    err = bind_file(yaml, rules, diag);
    l1t_yaml_free(yaml);
    return err;
}

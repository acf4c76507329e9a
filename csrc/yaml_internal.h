/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree behind l1t/yaml.h: made by yaml_tree.c, read by yaml_bind.c and yaml_value.c. */
#ifndef L1T_YAML_INTERNAL_H
#define L1T_YAML_INTERNAL_H

#include "l1t/yaml.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct l1t_place {
    uint32_t line, column; /* from 1 */
};

struct l1t_entry {
    char *key;              /* NULL in lists */
    struct l1t_place place; /* of the key */
    struct l1t_node *value;
};

struct l1t_node {
    enum l1t_node_kind kind;
    bool quoted; /* scalar in quotes, or a block: text, never a number */
    struct l1t_place place;
    const struct l1t_node *parent;
    uint32_t index; /* of the entry in parent */
    char *text;     /* scalar */
    struct l1t_entry *entries;
    size_t n, room;
};

struct l1t_yaml {
    char *path, *name; /* as given; for messages */
    struct l1t_node *root;
    size_t n_nodes;
};

/* "seeds[12].threshold" of a node, then ".key" unless key is NULL; "" for the root. */
void l1t_yaml_node_path(const struct l1t_node *node, const char *key, char *path, size_t size);

/* "'text'" for a message, cut to a readable length between characters. */
void l1t_yaml_quote(const char *text, char *quoted, size_t size);

#endif

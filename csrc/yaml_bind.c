// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the tree: accessors, messages with a place and a path, and maps bound to C structs.
#include "yaml_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct l1t_node *l1t_yaml_root(const struct l1t_yaml *yaml)
{
    return yaml->root;
}

const char *l1t_yaml_path(const struct l1t_yaml *yaml)
{
    return yaml->path;
}

enum l1t_node_kind l1t_node_kind(const struct l1t_node *node)
{
    return node->kind;
}

size_t l1t_node_len(const struct l1t_node *node)
{
    return node->n;
}

const struct l1t_node *l1t_node_at(const struct l1t_node *node, size_t i)
{
    return i < node->n ? node->entries[i].value : NULL;
}

const char *l1t_node_key(const struct l1t_node *map, size_t i)
{
    return i < map->n && map->kind == L1T_NODE_MAP ? map->entries[i].key : "";
}

const struct l1t_node *l1t_node_get(const struct l1t_node *map, const char *key)
{
    for (size_t i = 0; map->kind == L1T_NODE_MAP && i < map->n; i++)
        if (strcmp(map->entries[i].key, key) == 0)
            return map->entries[i].value;
    return NULL;
}

const char *l1t_node_text(const struct l1t_node *scalar)
{
    return scalar->text != NULL ? scalar->text : "";
}

// ---- messages ----

static void append(char *text, size_t size, const char *fmt, ...) L1T_PRINTF(3, 4);
static void append(char *text, size_t size, const char *fmt, ...)
{
    const size_t n = strlen(text);
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text + n, size - n, fmt, args);
    va_end(args);
}

static void append_path(const struct l1t_node *node, char *path, size_t size)
{
    if (node->parent == NULL)
        return;
    append_path(node->parent, path, size);
    if (node->parent->kind == L1T_NODE_LIST)
        append(path, size, "[%u]", (unsigned)node->index);
    else
        append(path, size, "%s%s", *path ? "." : "", node->parent->entries[node->index].key);
}

void l1t_yaml_node_path(const struct l1t_node *node, const char *key, char *path, size_t size)
{
    path[0] = '\0';
    append_path(node, path, size);
    if (key != NULL)
        append(path, size, "%s%s", *path ? "." : "", key);
}

enum l1t_err l1t_yaml_fail(const struct l1t_yaml *yaml, const struct l1t_node *node,
                           struct l1t_diag *diag, const char *fmt, ...)
{
    if (diag == NULL)
        return L1T_E_INPUT;
    char path[200], message[sizeof diag->text];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    l1t_yaml_node_path(node, NULL, path, sizeof path);
    return l1t_fail(diag, L1T_E_INPUT, "%s:%u:%u: %s%s%s", yaml->name, (unsigned)node->place.line,
                    (unsigned)node->place.column, path, *path ? ": " : "", message);
}

// ---- maps ----

enum { MAX_KEYS = 64 };

// Names of the keys, as an array and as a list for people; returns how many.
static size_t list_keys(const struct l1t_key *keys, size_t n_keys, const char *names[MAX_KEYS],
                        char *list, size_t size)
{
    size_t n = 0;
    list[0] = '\0';
    for (; n < n_keys && n < MAX_KEYS; n++) {
        names[n] = keys[n].name;
        append(list, size, "%s%s", n > 0 ? ", " : "", keys[n].name);
    }
    return n;
}

static enum l1t_err unknown_key(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                const struct l1t_entry *entry, const struct l1t_key *keys,
                                size_t n_keys, struct l1t_diag *diag)
{
    const char *names[MAX_KEYS];
    char path[200], hint[80] = "", allowed[400];
    const size_t n = list_keys(keys, n_keys, names, allowed, sizeof allowed);
    const char *nearest = l1t_nearest(entry->key, names, n);
    if (nearest != NULL)
        (void)snprintf(hint, sizeof hint, "; did you mean '%s'?", nearest);
    l1t_yaml_node_path(map, entry->key, path, sizeof path);
    return l1t_fail(diag, L1T_E_INPUT, "%s:%u:%u: %s: unknown key%s (allowed: %s)", yaml->name,
                    (unsigned)entry->place.line, (unsigned)entry->place.column, path, hint,
                    allowed);
}

static enum l1t_err bind_entry(const struct l1t_yaml *yaml, const struct l1t_node *map, size_t i,
                               const struct l1t_key *keys, size_t n_keys, void *out,
                               struct l1t_diag *diag)
{
    const struct l1t_entry *entry = &map->entries[i];
    for (size_t k = 0; k < n_keys; k++)
        if (strcmp(entry->key, keys[k].name) == 0)
            return l1t_yaml_value(yaml, entry->value, &keys[k], (char *)out + keys[k].offset, diag);
    return unknown_key(yaml, map, entry, keys, n_keys, diag);
}

enum l1t_err l1t_yaml_bind(const struct l1t_yaml *yaml, const struct l1t_node *map,
                           const struct l1t_key *keys, size_t n_keys, void *out,
                           struct l1t_diag *diag)
{
    if (map->kind != L1T_NODE_MAP)
        return l1t_yaml_fail(yaml, map, diag, "expected a map of keys and values, found %s",
                             map->kind == L1T_NODE_LIST ? "a list"
                             : *map->text != '\0'       ? "a single value"
                                                        : "nothing");
    for (size_t i = 0; i < map->n; i++) {
        const enum l1t_err err = bind_entry(yaml, map, i, keys, n_keys, out, diag);
        if (err != L1T_OK)
            return err;
    }
    for (size_t k = 0; k < n_keys; k++) {
        if (!keys[k].required || l1t_node_get(map, keys[k].name) != NULL)
            continue;
        char path[200];
        l1t_yaml_node_path(map, keys[k].name, path, sizeof path);
        return l1t_fail(diag, L1T_E_INPUT, "%s:%u:%u: %s: required key is missing", yaml->name,
                        (unsigned)map->place.line, (unsigned)map->place.column, path);
    }
    return L1T_OK;
}

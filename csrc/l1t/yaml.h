/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strict YAML: libyaml's events made into a tree with positions, and tables of
 * keys that bind a mapping to a C struct. Messages read like a compiler's:
 *
 *     menu.yaml:41:9: seeds[12].threshold: '22 GeVV' is not an energy; write it like '22 GeV'
 *     study.yaml:3:1: bugdet: unknown key; did you mean 'budget'? (allowed: budget, menu, ...)
 *
 * Refused: duplicate and unknown keys, missing required keys, anchors and aliases (no bombs), tags,
 * merge keys, more than one document, depth over 32, over a million nodes, files over 16 MiB, NaN,
 * infinities, numbers outside a key's range, wrong types.
 */
#ifndef L1T_YAML_H
#define L1T_YAML_H

#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>

struct l1t_yaml; /* a loaded file; owns its nodes and strings */
struct l1t_node; /* scalar, list or map */

enum l1t_err l1t_yaml_load(const char *path, struct l1t_yaml **yaml,
                           struct l1t_diag *diag) L1T_MUST_USE;
/* The same of the default configuration `name` (l1t_config_path) when path is NULL. */
enum l1t_err l1t_yaml_load_or(const char *path, const char *name, struct l1t_yaml **yaml,
                              struct l1t_diag *diag) L1T_MUST_USE;
/* Same from memory; name stands for the path in messages. */
enum l1t_err l1t_yaml_parse(const char *name, const char *text, size_t size, struct l1t_yaml **yaml,
                            struct l1t_diag *diag) L1T_MUST_USE;
void l1t_yaml_free(struct l1t_yaml *yaml); /* accepts NULL */

const struct l1t_node *l1t_yaml_root(const struct l1t_yaml *yaml);
const char *l1t_yaml_path(const struct l1t_yaml *yaml);

enum l1t_node_kind { L1T_NODE_SCALAR, L1T_NODE_LIST, L1T_NODE_MAP };
enum l1t_node_kind l1t_node_kind(const struct l1t_node *node);
size_t l1t_node_len(const struct l1t_node *node); /* list or map; 0 scalar */
const struct l1t_node *l1t_node_at(const struct l1t_node *node, size_t i); /* value of entry i */
const char *l1t_node_key(const struct l1t_node *map, size_t i);            /* key of entry i */
const struct l1t_node *l1t_node_get(const struct l1t_node *map, const char *key); /* or NULL */
const char *l1t_node_text(const struct l1t_node *scalar); /* "" for others */

/* What a scalar may be. A quantity is a number and a unit; the value is kept in the base unit. */
enum l1t_type {
    L1T_STRING,  /* const char *            text, not empty; lives as long as the yaml */
    L1T_BOOL,    /* bool                    true | false */
    L1T_INT,     /* long long               1_000_000 and 2e6 allowed when whole */
    L1T_NUMBER,  /* double                  no unit */
    L1T_ENERGY,  /* double, GeV             '22 GeV', '500 MeV', '1.2 TeV' */
    L1T_RATE,    /* double, Hz              '100 kHz', '11245.6 Hz' , '40 MHz' */
    L1T_LUMI,    /* double, cm-2 s-1        '2.0e34 cm-2 s-1' */
    L1T_XSEC,    /* double, mb              '80 mb', '69.2 mb', 'ub', 'nb', 'pb' */
    L1T_ANGLE,   /* double, rad             '1.4 rad', '30 deg' */
    L1T_PERCENT, /* double, 0..1            '28.2 %' or a plain 0.282 */
    L1T_CHOICE,  /* int, index in choices   one of the listed words */
    L1T_NODE,    /* const struct l1t_node * any kind; the caller walks it */
    L1T_LIST,    /* const struct l1t_node * a list */
    L1T_MAP      /* const struct l1t_node * a map */
};

struct l1t_key {
    const char *name;
    enum l1t_type type;
    size_t offset;   /* offsetof the member */
    bool required;   /* otherwise the member keeps the value it had */
    double min, max; /* numbers and quantities, base unit; both 0: no limit beyond finite */
    const char *const *choices; /* L1T_CHOICE: NULL-terminated */
};

/* Bind a map to a struct: every key known, required ones present, values in range. */
enum l1t_err l1t_yaml_bind(const struct l1t_yaml *yaml, const struct l1t_node *map,
                           const struct l1t_key *keys, size_t n_keys, void *out,
                           struct l1t_diag *diag) L1T_MUST_USE;

/* One scalar (a list's item, for instance); key gives type and limits, *value is of its C type. */
enum l1t_err l1t_yaml_value(const struct l1t_yaml *yaml, const struct l1t_node *node,
                            const struct l1t_key *key, void *value,
                            struct l1t_diag *diag) L1T_MUST_USE;

/* Fail at a node: "file:line:col: path: message". */
enum l1t_err l1t_yaml_fail(const struct l1t_yaml *yaml, const struct l1t_node *node,
                           struct l1t_diag *diag, const char *fmt, ...) L1T_PRINTF(4, 5);

/* The name nearest to text (edit distance, at most a third of its length), or NULL. */
const char *l1t_nearest(const char *text, const char *const *names, size_t n);

#endif

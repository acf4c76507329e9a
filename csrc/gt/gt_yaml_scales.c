// SPDX-License-Identifier: GPL-3.0-or-later
// Scales: steps and ranges by object and quantity, decimal digits of the correlation arithmetic by
// pair; in a file of their own or inside a menu.
#include "gt_yaml_parts.h"
#include "l1t/io.h"
#include "yaml_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct top {
    const char *name;
    const struct l1t_node *objects, *precision;
};

static const struct l1t_key top_keys[] = {
    {"scales", L1T_STRING, offsetof(struct top, name), true, 0, 0, NULL},
    {"objects", L1T_MAP, offsetof(struct top, objects), true, 0, 0, NULL},
    {"precision", L1T_MAP, offsetof(struct top, precision), true, 0, 0, NULL},
};

struct quantity {
    long long bits;
    double step;
    const struct l1t_node *range, *bins;
};

static const struct l1t_key quantity_keys[] = {
    {"bits", L1T_INT, offsetof(struct quantity, bits), true, 1, 16, NULL},
    {"step", L1T_NUMBER, offsetof(struct quantity, step), true, 1e-6, 1e6, NULL},
    {"range", L1T_LIST, offsetof(struct quantity, range), true, 0, 0, NULL},
    {"bins", L1T_LIST, offsetof(struct quantity, bins), false, 0, 0, NULL},
};

static const struct l1t_key number_key = {"", L1T_NUMBER, 0, true, 0, 0, NULL};

static bool is_word(const char *text, const char *also)
{
    for (const char *c = text; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && strchr(also, *c) == NULL)
            return false;
    return *text != '\0' && strlen(text) < 24;
}

static enum l1t_err add_scale(const struct l1t_gt_reader *r, const char *object, const char *type,
                              struct l1t_gt_scale **scale)
{
    struct l1t_gt_scales *s = &r->menu->scales;
    if ((s->n & (s->n + 1)) == 0) { // 0, 1, 3, 7 ...: full, twice as many
        struct l1t_gt_scale *more = realloc(s->scale, (2 * s->n + 1) * sizeof *more);
        if (more == NULL)
            return l1t_gt_yaml_no_memory(r);
        s->scale = more;
    }
    *scale = &s->scale[s->n++];
    **scale = (struct l1t_gt_scale){0};
    (void)snprintf((*scale)->object, sizeof(*scale)->object, "%s", object);
    (void)snprintf((*scale)->type, sizeof(*scale)->type, "%s", type);
    return L1T_OK;
}

static enum l1t_err read_pair(const struct l1t_gt_reader *r, const struct l1t_node *list,
                              size_t first, double *low, double *high)
{
    enum l1t_err err = l1t_yaml_value(r->yaml, l1t_node_at(list, first), &number_key, low, r->diag);
    if (err == L1T_OK)
        err = l1t_yaml_value(r->yaml, l1t_node_at(list, first + 1), &number_key, high, r->diag);
    if (err == L1T_OK && !(*low < *high))
        return l1t_yaml_fail(r->yaml, list, r->diag, "%.15g is not below %.15g", *low, *high);
    return err;
}

static enum l1t_err read_bins(const struct l1t_gt_reader *r, const struct l1t_node *bins,
                              struct l1t_gt_scale *scale)
{
    const struct l1t_key code = {"",  L1T_INT, 0, true, 0, (double)((1u << scale->n_bits) - 1),
                                 NULL};
    const size_t n = l1t_node_len(bins);
    if (n == 0 || n > (size_t)1 << scale->n_bits)
        return l1t_yaml_fail(r->yaml, bins, r->diag, "%zu bins; expected 1 to %u", n,
                             1u << scale->n_bits);
    scale->bin = calloc(n, sizeof *scale->bin);
    if (scale->bin == NULL)
        return l1t_gt_yaml_no_memory(r);
    for (size_t i = 0; i < n; i++) {
        const struct l1t_node *item = l1t_node_at(bins, i);
        long long number = 0;
        if (l1t_node_kind(item) != L1T_NODE_LIST || l1t_node_len(item) != 3)
            return l1t_yaml_fail(r->yaml, item, r->diag, "expected [code, lowest, highest]");
        enum l1t_err err = l1t_yaml_value(r->yaml, l1t_node_at(item, 0), &code, &number, r->diag);
        if (err == L1T_OK)
            err = read_pair(r, item, 1, &scale->bin[i].minimum, &scale->bin[i].maximum);
        if (err != L1T_OK)
            return err;
        scale->bin[i].number = (uint32_t)number;
        scale->n_bins++;
    }
    return L1T_OK;
}

static enum l1t_err read_quantity(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                  const char *object, const char *type)
{
    struct quantity v = {0, 0, NULL, NULL};
    struct l1t_gt_scale *scale;
    if (!is_word(type, ""))
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "expected a quantity like ET, ETA, PHI, UPT, COUNT, INDEX, CSCORE");
    enum l1t_err err = l1t_yaml_bind(r->yaml, node, quantity_keys, 4, &v, r->diag);
    if (err == L1T_OK && l1t_node_len(v.range) != 2)
        err = l1t_yaml_fail(r->yaml, v.range, r->diag, "expected [lowest, highest]");
    if (err == L1T_OK)
        err = add_scale(r, object, type, &scale);
    if (err != L1T_OK)
        return err;
    scale->n_bits = (unsigned)v.bits;
    scale->step = v.step;
    err = read_pair(r, v.range, 0, &scale->minimum, &scale->maximum);
    return err == L1T_OK && v.bins != NULL ? read_bins(r, v.bins, scale) : err;
}

static enum l1t_err read_objects(const struct l1t_gt_reader *r, const struct l1t_node *objects)
{
    for (size_t i = 0; i < l1t_node_len(objects); i++) {
        const struct l1t_node *map = l1t_node_at(objects, i);
        const char *object = l1t_node_key(objects, i);
        if (!is_word(object, "") || l1t_node_kind(map) != L1T_NODE_MAP ||
            strcmp(object, "PRECISION") == 0)
            return l1t_yaml_fail(r->yaml, map, r->diag,
                                 "expected an object and its quantities, like MU: {ET: {...}}");
        for (size_t k = 0; k < l1t_node_len(map); k++) {
            const enum l1t_err err =
                read_quantity(r, l1t_node_at(map, k), object, l1t_node_key(map, k));
            if (err != L1T_OK)
                return err;
        }
    }
    return L1T_OK;
}

// EG-MU: {Delta: 3, Mass: 1} is the scale PRECISION, EG-MU-Delta of 3 "bits" and so on.
static enum l1t_err read_precision(const struct l1t_gt_reader *r, const struct l1t_node *precision)
{
    static const struct l1t_key digits = {"", L1T_INT, 0, true, 0, 7, NULL};
    for (size_t i = 0; i < l1t_node_len(precision); i++) {
        const struct l1t_node *map = l1t_node_at(precision, i);
        const char *pair = l1t_node_key(precision, i);
        if (!is_word(pair, "-") || strchr(pair, '-') == NULL || l1t_node_kind(map) != L1T_NODE_MAP)
            return l1t_yaml_fail(r->yaml, map, r->diag,
                                 "expected a pair and its digits, like EG-MU: {Delta: 3}");
        for (size_t k = 0; k < l1t_node_len(map); k++) {
            char type[64];
            long long value = 0;
            struct l1t_gt_scale *scale;
            const struct l1t_node *node = l1t_node_at(map, k);
            (void)snprintf(type, sizeof type, "%s-%.30s", pair, l1t_node_key(map, k));
            if (!is_word(l1t_node_key(map, k), "") || strlen(type) >= sizeof scale->type)
                return l1t_yaml_fail(r->yaml, node, r->diag,
                                     "expected a quantity like Delta, Mass, MassPt, Math");
            enum l1t_err err = l1t_yaml_value(r->yaml, node, &digits, &value, r->diag);
            if (err == L1T_OK)
                err = add_scale(r, "PRECISION", type, &scale);
            if (err != L1T_OK)
                return err;
            scale->n_bits = (unsigned)value;
        }
    }
    return L1T_OK;
}

static enum l1t_err read_scales(const struct l1t_gt_reader *r, const struct l1t_node *map)
{
    struct top v = {NULL, NULL, NULL};
    enum l1t_err err = l1t_yaml_bind(r->yaml, map, top_keys, 3, &v, r->diag);
    if (err == L1T_OK && strlen(v.name) >= sizeof r->menu->scales.name)
        err = l1t_yaml_fail(r->yaml, l1t_node_get(map, "scales"), r->diag,
                            "longer than %zu characters", sizeof r->menu->scales.name - 1);
    if (err != L1T_OK)
        return err;
    (void)snprintf(r->menu->scales.name, sizeof r->menu->scales.name, "%s", v.name);
    err = read_objects(r, v.objects);
    return err == L1T_OK ? read_precision(r, v.precision) : err;
}

enum l1t_err l1t_gt_yaml_scales(const struct l1t_gt_reader *r, const struct l1t_node *node)
{
    static const struct l1t_key file_key = {"", L1T_STRING, 0, true, 0, 0, NULL};
    const char *file = NULL;
    if (node == NULL)
        return l1t_gt_scales_default(&r->menu->scales, r->diag);
    if (l1t_node_kind(node) == L1T_NODE_MAP)
        return read_scales(r, node);
    enum l1t_err err = l1t_yaml_value(r->yaml, node, &file_key, &file, r->diag);
    if (err != L1T_OK)
        return err;
    struct l1t_gt_reader of_file = *r;
    struct l1t_yaml *yaml = NULL;
    char *path = l1t_path_beside(l1t_yaml_path(r->yaml), file);
    if (path == NULL)
        return l1t_gt_yaml_no_memory(r);
    err = l1t_yaml_load(path, &yaml, r->diag);
    of_file.yaml = yaml;
    if (err == L1T_OK)
        err = read_scales(&of_file, l1t_yaml_root(yaml));
    if (err != L1T_OK)
        (void)l1t_fail_at(r->diag, err, "%s:%u: scales", r->yaml->name, (unsigned)node->place.line);
    l1t_yaml_free(yaml);
    free(path);
    return err;
}

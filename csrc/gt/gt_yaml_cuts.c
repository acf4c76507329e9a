// SPDX-License-Identifier: GPL-3.0-or-later
// Named cuts of a YAML menu. A name says what is cut, MU-ETA_2p1 or DR_MAX_1p4; the value says how.
// Names that say all (docs/menu.md lists them) need no definition.
#include "gt_yaml_parts.h"
#include "yaml_internal.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Names are looked up one after the other: these keep a hostile file from taking minutes.
enum { MAX_NAMED = 4096, MAX_CUTS = 255 };

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// ---- places and messages ----

struct l1t_gt_place l1t_gt_yaml_place(const struct l1t_node *node, size_t offset)
{
    return (struct l1t_gt_place){node->place.line,
                                 node->place.column + (node->quoted ? 1 : 0) + (unsigned)offset};
}

struct l1t_gt_place l1t_gt_yaml_key_place(const struct l1t_node *node)
{
    const struct l1t_place place = node->parent != NULL && node->parent->kind == L1T_NODE_MAP
                                       ? node->parent->entries[node->index].place
                                       : node->place;
    return (struct l1t_gt_place){place.line, place.column};
}

enum l1t_err l1t_gt_yaml_fail_at(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                 size_t offset, const char *fmt, ...)
{
    char path[200], message[400];
    const struct l1t_gt_place place = l1t_gt_yaml_place(node, offset);
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    l1t_yaml_node_path(node, NULL, path, sizeof path);
    return l1t_fail(r->diag, L1T_E_INPUT, "%s:%u:%u: %s: %s", r->yaml->name, place.line,
                    place.column, path, message);
}

enum l1t_err l1t_gt_yaml_no_memory(const struct l1t_gt_reader *r)
{
    return l1t_fail(r->diag, L1T_E_NOMEM, "%s: out of memory", r->yaml->name);
}

void l1t_gt_cut_clear(struct l1t_gt_cut_def *cut)
{
    free(cut->name);
    free(cut->object);
    free(cut->data);
    *cut = (struct l1t_gt_cut_def){0};
}

// ---- values ----

static enum l1t_err read_number(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                double *value)
{
    static const struct l1t_key number = {"", L1T_NUMBER, 0, true, 0, 0, NULL};
    return l1t_yaml_value(r->yaml, node, &number, value, r->diag);
}

static enum l1t_err read_pair(const struct l1t_gt_reader *r, const struct l1t_node *list,
                              struct l1t_gt_cut_def *cut)
{
    if (l1t_node_len(list) != 2)
        return l1t_yaml_fail(r->yaml, list, r->diag, "%zu numbers; expected two, [lowest, highest]",
                             l1t_node_len(list));
    enum l1t_err err = read_number(r, l1t_node_at(list, 0), &cut->minimum);
    if (err == L1T_OK)
        err = read_number(r, l1t_node_at(list, 1), &cut->maximum);
    return err;
}

struct limits {
    double min, max;
};

static enum l1t_err read_limits_map(const struct l1t_gt_reader *r, const struct l1t_node *map,
                                    struct l1t_gt_cut_def *cut)
{
    static const struct l1t_key keys[] = {
        {"min", L1T_NUMBER, offsetof(struct limits, min), false, 0, 0, NULL},
        {"max", L1T_NUMBER, offsetof(struct limits, max), false, 0, 0, NULL}};
    const struct l1t_gt_cut_kind *kind = &l1t_gt_cut_kinds[cut->type];
    struct limits v = {kind->least, kind->most};
    const enum l1t_err err = l1t_yaml_bind(r->yaml, map, keys, 2, &v, r->diag);
    if (err == L1T_OK && l1t_node_len(map) == 0)
        return l1t_yaml_fail(r->yaml, map, r->diag, "no limit; expected min, max or both");
    cut->minimum = v.min;
    cut->maximum = v.max;
    return err;
}

static enum l1t_err check_window(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                 const struct l1t_gt_cut_def *cut)
{
    // eta and phi windows may be the wrong way round: outside of it, through zero
    if (cut->minimum > cut->maximum && cut->type != L1T_GT_C_ETA && cut->type != L1T_GT_C_PHI)
        return l1t_yaml_fail(r->yaml, node, r->diag, "%.15g is above %.15g; expected low, high",
                             cut->minimum, cut->maximum);
    return L1T_OK;
}

static enum l1t_err read_window(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                struct l1t_gt_cut_def *cut)
{
    const struct l1t_gt_cut_kind *kind = &l1t_gt_cut_kinds[cut->type];
    enum l1t_err err;
    if (node->kind == L1T_NODE_LIST)
        err = read_pair(r, node, cut);
    else if (node->kind == L1T_NODE_MAP)
        err = read_limits_map(r, node, cut);
    else {
        double value;
        err = read_number(r, node, &value);
        if (err != L1T_OK)
            return err;
        if (cut->type == L1T_GT_C_ETA) {
            if (value < 0)
                return l1t_yaml_fail(r->yaml, node, r->diag,
                                     "%s: one number is the largest |eta|; expected [low, high]",
                                     node->text);
            cut->minimum = -value;
            cut->maximum = value;
        } else if (cut->type == L1T_GT_C_UPT) {
            cut->minimum = value;
            cut->maximum = kind->most;
        } else {
            return l1t_yaml_fail(r->yaml, node, r->diag,
                                 "%s: which limit? expected [low, high], {min: x} or {max: x}",
                                 node->text);
        }
    }
    return err == L1T_OK ? check_window(r, node, cut) : err;
}

static enum l1t_err read_codes(const struct l1t_gt_reader *r, const struct l1t_node *list,
                               struct l1t_gt_cut_def *cut)
{
    const unsigned codes = l1t_gt_cut_kinds[cut->type].codes;
    const struct l1t_key code = {"", L1T_INT, 0, true, 0, codes - 1, NULL};
    unsigned long seen = 0;
    char text[64] = "";
    if (list->kind != L1T_NODE_LIST || list->n == 0)
        return l1t_yaml_fail(r->yaml, list, r->diag, "expected a list of codes 0 to %u, like [%s]",
                             codes - 1, codes == 16 ? "12, 13, 14, 15" : "1, 3");
    for (size_t i = 0; i < list->n; i++) {
        long long value;
        const struct l1t_node *item = l1t_node_at(list, i);
        const enum l1t_err err = l1t_yaml_value(r->yaml, item, &code, &value, r->diag);
        if (err != L1T_OK)
            return err;
        if (seen & 1ul << value)
            return l1t_yaml_fail(r->yaml, item, r->diag, "%lld is in the list already", value);
        seen |= 1ul << value;
        const size_t n = strlen(text);
        (void)snprintf(text + n, sizeof text - n, "%s%lld", n > 0 ? "," : "", value);
    }
    cut->data = strdup(text);
    return cut->data != NULL ? L1T_OK : l1t_gt_yaml_no_memory(r);
}

static enum l1t_err read_word(const struct l1t_gt_reader *r, const struct l1t_node *node,
                              struct l1t_gt_cut_def *cut)
{
    const struct l1t_gt_cut_kind *kind = &l1t_gt_cut_kinds[cut->type];
    const struct l1t_key any = {"", L1T_STRING, 0, true, 0, 0, NULL};
    const struct l1t_key choice = {"", L1T_CHOICE, 0, true, 0, 0, kind->words};
    const char *word = NULL;
    int index = 0;
    enum l1t_err err;
    if (kind->words == NULL) {
        err = l1t_yaml_value(r->yaml, node, &any, &word, r->diag);
    } else {
        err = l1t_yaml_value(r->yaml, node, &choice, &index, r->diag);
        word = kind->words[index];
    }
    if (err != L1T_OK)
        return err;
    cut->data = strdup(word);
    return cut->data != NULL ? L1T_OK : l1t_gt_yaml_no_memory(r);
}

enum l1t_err l1t_gt_yaml_cut_value(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                   struct l1t_gt_cut_def *cut)
{
    enum l1t_err err;
    cut->minimum = cut->maximum = 0;
    cut->place = l1t_gt_yaml_place(node, 0);
    switch (l1t_gt_cut_kinds[cut->type].shape) {
    case L1T_GT_SHAPE_CODES:
        return read_codes(r, node, cut);
    case L1T_GT_SHAPE_WORD:
        return read_word(r, node, cut);
    case L1T_GT_SHAPE_MINIMUM:
        if (node->kind == L1T_NODE_LIST)
            err = read_pair(r, node, cut);
        else if (node->kind == L1T_NODE_MAP)
            err = read_limits_map(r, node, cut);
        else
            err = read_number(r, node, &cut->minimum);
        break;
    default:
        err = read_window(r, node, cut);
        break;
    }
    if (err == L1T_OK && (cut->data = strdup("")) == NULL)
        return l1t_gt_yaml_no_memory(r);
    return err;
}

// ---- a definition: "NAME: value", or all written out ----

struct long_form {
    const char *object, *data;
    int type;
    double min, max;
};

static enum l1t_err read_long_form(const struct l1t_gt_reader *r, const struct l1t_node *map,
                                   struct l1t_gt_cut_def *cut)
{
    const char *types[L1T_GT_C_TYPES + 1] = {NULL};
    for (size_t t = 0; t < L1T_GT_C_TYPES; t++)
        types[t] = l1t_gt_cut_kinds[t].name;
    const struct l1t_key keys[] = {
        {"object", L1T_STRING, offsetof(struct long_form, object), false, 0, 0, NULL},
        {"type", L1T_CHOICE, offsetof(struct long_form, type), true, 0, 0, types},
        {"min", L1T_NUMBER, offsetof(struct long_form, min), false, 0, 0, NULL},
        {"max", L1T_NUMBER, offsetof(struct long_form, max), false, 0, 0, NULL},
        {"data", L1T_STRING, offsetof(struct long_form, data), false, 0, 0, NULL}};
    struct long_form v = {"", "", 0, 0, 0};
    const enum l1t_err err = l1t_yaml_bind(r->yaml, map, keys, COUNT(keys), &v, r->diag);
    if (err != L1T_OK)
        return err;
    cut->type = (enum l1t_gt_cut_type)v.type;
    if (!l1t_gt_cut_is_of(cut->type, v.object))
        return l1t_yaml_fail(r->yaml, map, r->diag, "'%.30s' has no cut %s; expected object: %s",
                             v.object, types[v.type],
                             *l1t_gt_cut_kinds[v.type].objects != '\0'
                                 ? l1t_gt_cut_kinds[v.type].objects
                                 : "left out, this is a cut between objects");
    cut->minimum = v.min;
    cut->maximum = v.max;
    cut->place = l1t_gt_yaml_place(map, 0);
    cut->object = strdup(v.object);
    cut->data = strdup(v.data);
    return cut->object != NULL && cut->data != NULL ? L1T_OK : l1t_gt_yaml_no_memory(r);
}

static enum l1t_err read_definition(const struct l1t_gt_reader *r, const char *name,
                                    const struct l1t_node *node, struct l1t_gt_cut_def *cut)
{
    char object[24];
    if (name[strcspn(name, ",[]{}() \t")] != '\0')
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "the name of a cut is one word without brackets and commas");
    cut->name = strdup(name);
    if (cut->name == NULL)
        return l1t_gt_yaml_no_memory(r);
    if (node->kind == L1T_NODE_MAP && l1t_node_get(node, "type") != NULL)
        return read_long_form(r, node, cut);
    if (!l1t_gt_cut_name_says(name, object, &cut->type))
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "the name says no cut; expected OBJECT-CUT_any like MU-ETA_2p1, "
                             "CUT_any like DR_MAX_1p4, or a map with object and type");
    cut->object = strdup(object);
    if (cut->object == NULL)
        return l1t_gt_yaml_no_memory(r);
    return l1t_gt_yaml_cut_value(r, node, cut);
}

enum l1t_err l1t_gt_yaml_check_cuts(const struct l1t_gt_reader *r, const struct l1t_node *map)
{
    if (map != NULL && l1t_node_len(map) > MAX_NAMED)
        return l1t_yaml_fail(r->yaml, map, r->diag, "%zu cuts; at most %d", l1t_node_len(map),
                             MAX_NAMED);
    for (size_t i = 0; map != NULL && i < l1t_node_len(map); i++) {
        struct l1t_gt_cut_def cut = {0};
        const enum l1t_err err =
            read_definition(r, l1t_node_key(map, i), l1t_node_at(map, i), &cut);
        l1t_gt_cut_clear(&cut);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

static enum l1t_err default_cut(const struct l1t_gt_reader *r, const char *name,
                                struct l1t_gt_cut_def *cut, bool *found)
{
    char object[24];
    const char *data;
    if (!l1t_gt_cut_name_says(name, object, &cut->type) || !l1t_gt_cut_by_name(name, cut, &data))
        return L1T_OK;
    *found = true;
    cut->name = strdup(name);
    cut->object = strdup(object);
    cut->data = strdup(data);
    return cut->name != NULL && cut->object != NULL && cut->data != NULL ? L1T_OK
                                                                         : l1t_gt_yaml_no_memory(r);
}

enum l1t_err l1t_gt_yaml_find_cut(const struct l1t_gt_reader *r, const struct l1t_node *own,
                                  const char *name, struct l1t_gt_cut_def *cut, bool *found)
{
    const struct l1t_node *node = own != NULL ? l1t_node_get(own, name) : NULL;
    *cut = (struct l1t_gt_cut_def){0};
    *found = true;
    if (node == NULL && r->cuts != NULL)
        node = l1t_node_get(r->cuts, name);
    if (node != NULL)
        return read_definition(r, name, node, cut);
    *found = false;
    return default_cut(r, name, cut, found);
}

// ---- the cuts of an algorithm ----

static bool same_cut(const struct l1t_gt_cut_def *a, const struct l1t_gt_cut_def *b)
{
    return a->type == b->type && !(a->minimum < b->minimum) && !(a->minimum > b->minimum) &&
           !(a->maximum < b->maximum) && !(a->maximum > b->maximum) &&
           strcmp(a->object, b->object) == 0 && strcmp(a->data, b->data) == 0;
}

static const struct l1t_gt_cut_def *cut_of_name(const struct l1t_gt_algorithm_def *algorithm,
                                                const char *name)
{
    for (size_t i = 0; i < algorithm->n_cuts; i++)
        if (strcmp(algorithm->cut[i].name, name) == 0)
            return &algorithm->cut[i];
    return NULL;
}

static enum l1t_err append_cut(const struct l1t_gt_reader *r,
                               struct l1t_gt_algorithm_def *algorithm, struct l1t_gt_cut_def *cut)
{
    struct l1t_gt_cut_def *more =
        realloc(algorithm->cut, (algorithm->n_cuts + 1) * sizeof *algorithm->cut);
    if (more == NULL)
        return l1t_gt_yaml_no_memory(r);
    algorithm->cut = more;
    algorithm->cut[algorithm->n_cuts++] = *cut;
    *cut = (struct l1t_gt_cut_def){0};
    return L1T_OK;
}

enum l1t_err l1t_gt_yaml_add_cut(const struct l1t_gt_reader *r,
                                 struct l1t_gt_algorithm_def *algorithm, struct l1t_gt_cut_def *cut,
                                 const char **name)
{
    char numbered[120];
    (void)snprintf(numbered, sizeof numbered, "%s", cut->name);
    for (unsigned i = 2;; i++) {
        const struct l1t_gt_cut_def *there = cut_of_name(algorithm, numbered);
        if (there != NULL && same_cut(there, cut)) {
            *name = there->name;
            l1t_gt_cut_clear(cut);
            return L1T_OK;
        }
        if (there == NULL)
            break;
        (void)snprintf(numbered, sizeof numbered, "%.100s_%u", cut->name, i);
    }
    free(cut->name);
    cut->name = strdup(numbered);
    *name = cut->name;
    return cut->name != NULL ? append_cut(r, algorithm, cut) : l1t_gt_yaml_no_memory(r);
}

// Names that an expression may use, for "did you mean".
static enum l1t_err unknown_cut(const struct l1t_gt_reader *r, const struct l1t_node *own,
                                const struct l1t_node *expression, size_t offset, const char *name)
{
    const size_t n_own = own != NULL ? own->n : 0;
    const size_t n = n_own + (r->cuts != NULL ? r->cuts->n : 0);
    const char **names = calloc(n + 4, sizeof *names);
    char hint[80] = "";
    if (names == NULL)
        return l1t_gt_yaml_no_memory(r);
    for (size_t i = 0; i < n; i++)
        names[i] = i < n_own ? l1t_node_key(own, i) : l1t_node_key(r->cuts, i - n_own);
    names[n] = "MU-QLTY_OPEN";
    names[n + 1] = "MU-QLTY_DBLE";
    names[n + 2] = "MU-QLTY_SNGL";
    names[n + 3] = "CHGCOR_OS";
    const char *nearest = l1t_nearest(name, names, n + 4);
    if (nearest != NULL)
        (void)snprintf(hint, sizeof hint, "; did you mean '%s'?", nearest);
    free(names);
    return l1t_gt_yaml_fail_at(r, expression, offset, "'%.60s' is no cut of this menu%s", name,
                               hint);
}

static enum l1t_err collect_one(const struct l1t_gt_reader *r, const struct l1t_node *own,
                                const struct l1t_node *expression, size_t offset, size_t n,
                                struct l1t_gt_algorithm_def *algorithm)
{
    char name[128];
    struct l1t_gt_cut_def cut;
    bool found;
    if (n == 0 || n >= sizeof name)
        return l1t_gt_yaml_fail_at(r, expression, offset, "expected the name of a cut");
    memcpy(name, expression->text + offset, n);
    name[n] = '\0';
    if (cut_of_name(algorithm, name) != NULL)
        return L1T_OK;
    enum l1t_err err = l1t_gt_yaml_find_cut(r, own, name, &cut, &found);
    if (err == L1T_OK && algorithm->n_cuts == MAX_CUTS)
        err = l1t_gt_yaml_fail_at(r, expression, offset, "more than %d different cuts", MAX_CUTS);
    if (err == L1T_OK && !found)
        err = unknown_cut(r, own, expression, offset, name);
    if (cut.place.line == 0)
        cut.place = l1t_gt_yaml_place(expression, offset);
    if (err == L1T_OK)
        err = append_cut(r, algorithm, &cut);
    l1t_gt_cut_clear(&cut);
    return err;
}

enum l1t_err l1t_gt_yaml_collect_cuts(const struct l1t_gt_reader *r, const struct l1t_node *own,
                                      const struct l1t_node *expression,
                                      struct l1t_gt_algorithm_def *algorithm)
{
    const char *text = expression->text;
    for (const char *c = strchr(text, '['); c != NULL; c = strchr(c, '[')) {
        const size_t length = strcspn(c, "]");
        for (size_t i = 1; i < length;) {
            i += strspn(c + i, " ");
            size_t n = strcspn(c + i, ",]");
            const size_t next = i + n + 1;
            while (n > 0 && c[i + n - 1] == ' ')
                n--;
            const enum l1t_err err =
                collect_one(r, own, expression, (size_t)(c - text) + i, n, algorithm);
            if (err != L1T_OK)
                return err;
            i = next;
        }
        c += length;
    }
    return L1T_OK;
}

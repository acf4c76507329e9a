// SPDX-License-Identifier: GPL-3.0-or-later
// A menu in YAML (docs/menu.md): names, columns, externals, cuts and algorithms.
#include "gt_internal.h"
#include "gt_yaml_parts.h"
#include "l1t/io.h"
#include "yaml_internal.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_EXTERNALS = 512 /* names of 256 channels */, MAX_BYTES = 16 << 20 };

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct top {
    const char *menu, *comment, *grammar;
    int overlap;
    const struct l1t_node *scales, *columns, *externals, *cuts, *algorithms;
};

static const char *const overlap_words[] = {"exists", "all", NULL};

static const struct l1t_key top_keys[] = {
    {"menu", L1T_STRING, offsetof(struct top, menu), true, 0, 0, NULL},
    {"comment", L1T_STRING, offsetof(struct top, comment), false, 0, 0, NULL},
    {"grammar", L1T_STRING, offsetof(struct top, grammar), false, 0, 0, NULL},
    {"scales", L1T_NODE, offsetof(struct top, scales), false, 0, 0, NULL},
    {"overlap", L1T_CHOICE, offsetof(struct top, overlap), false, 0, 0, overlap_words},
    {"columns", L1T_LIST, offsetof(struct top, columns), false, 0, 0, NULL},
    {"externals", L1T_MAP, offsetof(struct top, externals), false, 0, 0, NULL},
    {"cuts", L1T_MAP, offsetof(struct top, cuts), false, 0, 0, NULL},
    {"algorithms", L1T_MAP, offsetof(struct top, algorithms), true, 0, 0, NULL},
};

struct entry {
    long long bit, module;
    const char *group, *comment;
    const struct l1t_node *labels, *prescale, *expression, *legs, *cross, *with, *cuts, *closed;
    bool masked, veto;
};

static const struct l1t_key entry_keys[] = {
    {"bit", L1T_INT, offsetof(struct entry, bit), true, 0, L1T_GT_ALGORITHMS - 1, NULL},
    {"group", L1T_STRING, offsetof(struct entry, group), false, 0, 0, NULL},
    {"labels", L1T_NODE, offsetof(struct entry, labels), false, 0, 0, NULL},
    {"comment", L1T_STRING, offsetof(struct entry, comment), false, 0, 0, NULL},
    {"prescale", L1T_NODE, offsetof(struct entry, prescale), false, 0, 0, NULL},
    {"expression", L1T_NODE, offsetof(struct entry, expression), false, 0, 0, NULL},
    {"legs", L1T_NODE, offsetof(struct entry, legs), false, 0, 0, NULL},
    {"cross", L1T_LIST, offsetof(struct entry, cross), false, 0, 0, NULL},
    {"and", L1T_NODE, offsetof(struct entry, with), false, 0, 0, NULL},
    {"cuts", L1T_MAP, offsetof(struct entry, cuts), false, 0, 0, NULL},
    {"masked", L1T_BOOL, offsetof(struct entry, masked), false, 0, 0, NULL},
    {"veto", L1T_BOOL, offsetof(struct entry, veto), false, 0, 0, NULL},
    {"closed", L1T_LIST, offsetof(struct entry, closed), false, 0, 0, NULL},
    {"module", L1T_INT, offsetof(struct entry, module), false, 0, 63, NULL},
};

static enum l1t_err copy(const struct l1t_gt_reader *r, const char *text, char **to)
{
    *to = strdup(text);
    return *to != NULL ? L1T_OK : l1t_gt_yaml_no_memory(r);
}

static bool is_name(const char *text, const char *also)
{
    const char *c = text;
    while (isalnum((unsigned char)*c) || (*c != '\0' && strchr(also, *c) != NULL))
        c++;
    return *text != '\0' && *c == '\0' && strlen(text) < 128;
}

// ---- columns ----

static enum l1t_err read_columns(const struct l1t_gt_reader *r, const struct l1t_node *list)
{
    static const struct l1t_key name_key = {"", L1T_STRING, 0, true, 0, 0, NULL};
    struct l1t_gt_menu *menu = r->menu;
    if (list == NULL) {
        menu->n_columns = 1;
        return copy(r, "default", &menu->column[0]);
    }
    const size_t n = l1t_node_len(list);
    if (n < 1 || n > L1T_GT_COLUMNS_MAX)
        return l1t_yaml_fail(r->yaml, list, r->diag, "%zu columns; expected 1 to %d", n,
                             L1T_GT_COLUMNS_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct l1t_node *node = l1t_node_at(list, i);
        const char *name;
        enum l1t_err err = l1t_yaml_value(r->yaml, node, &name_key, &name, r->diag);
        if (err == L1T_OK && !is_name(name, "_.+-"))
            err = l1t_yaml_fail(r->yaml, node, r->diag,
                                "a column is named by letters, digits and _ . + -");
        for (size_t k = 0; err == L1T_OK && k < i; k++)
            if (strcmp(menu->column[k], name) == 0)
                err = l1t_yaml_fail(r->yaml, node, r->diag, "'%s' is there already", name);
        if (err == L1T_OK)
            err = copy(r, name, &menu->column[i]);
        if (err != L1T_OK)
            return err;
        menu->n_columns = i + 1;
    }
    return L1T_OK;
}

// 0 is off, else 1 and more in steps of 0.01, of 24 bits of hundredths.
static enum l1t_err read_prescale(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                  double *value)
{
    static const struct l1t_key key = {"", L1T_NUMBER, 0, true, 0, 167772.15, NULL};
    const enum l1t_err err = l1t_yaml_value(r->yaml, node, &key, value, r->diag);
    if (err != L1T_OK)
        return err;
    if (*value > 0 && *value < 1)
        return l1t_yaml_fail(r->yaml, node, r->diag, "%g is no prescale; 0 (off), or 1 and more",
                             *value);
    if (fabs(*value * 100 - round(*value * 100)) > 1e-6)
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "%.15g has more than two decimals; the nearest prescale is %.2f",
                             *value, round(*value * 100) / 100);
    return L1T_OK;
}

static enum l1t_err unknown_column(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                   const char *name)
{
    char list[300] = "", hint[80] = "";
    const char *const *names = (const char *const *)r->menu->column;
    for (size_t i = 0; i < r->menu->n_columns; i++) {
        const size_t used = strlen(list);
        (void)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    const char *nearest = l1t_nearest(name, names, r->menu->n_columns);
    if (nearest != NULL)
        (void)snprintf(hint, sizeof hint, "; did you mean '%s'?", nearest);
    return l1t_yaml_fail(r->yaml, node, r->diag,
                         "'%.40s' is no column of this menu%s (columns: %s)", name, hint, list);
}

// One number for all columns, a list in their order, or a map of all of them.
static enum l1t_err read_prescales(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                   struct l1t_gt_algorithm_def *a)
{
    const size_t n = r->menu->n_columns;
    double value = 1;
    enum l1t_err err = L1T_OK;
    if (node == NULL || l1t_node_kind(node) == L1T_NODE_SCALAR) {
        if (node != NULL)
            err = read_prescale(r, node, &value);
        for (size_t i = 0; i < n; i++)
            a->prescale[i] = value;
        return err;
    }
    if (l1t_node_kind(node) == L1T_NODE_MAP)
        for (size_t i = 0; i < l1t_node_len(node); i++) {
            size_t k = 0;
            while (k < n && strcmp(r->menu->column[k], l1t_node_key(node, i)) != 0)
                k++;
            if (k == n)
                return unknown_column(r, l1t_node_at(node, i), l1t_node_key(node, i));
        }
    if (l1t_node_len(node) != n)
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "%zu prescales for %zu columns; give one for all, or one each",
                             l1t_node_len(node), n);
    for (size_t i = 0; err == L1T_OK && i < n; i++)
        err = read_prescale(r,
                            l1t_node_kind(node) == L1T_NODE_LIST
                                ? l1t_node_at(node, i)
                                : l1t_node_get(node, r->menu->column[i]),
                            &a->prescale[i]);
    return err;
}

// ---- externals ----

struct external {
    const char *system;
    long long channel, cable;
};

static const struct l1t_key external_keys[] = {
    {"system", L1T_STRING, offsetof(struct external, system), false, 0, 0, NULL},
    {"channel", L1T_INT, offsetof(struct external, channel), true, 0, L1T_GT_EXTERNALS - 1, NULL},
    {"cable", L1T_INT, offsetof(struct external, cable), false, 0, 3, NULL},
};

// NAME: channel, or NAME: {system: BRIL, cable: 0, channel: 4}
static enum l1t_err read_external(const struct l1t_gt_reader *r, const struct l1t_node *map,
                                  size_t i)
{
    static const struct l1t_key channel_key = {"", L1T_INT, 0, true, 0, L1T_GT_EXTERNALS - 1, NULL};
    struct l1t_gt_external *e = &r->menu->external[i];
    const struct l1t_node *node = l1t_node_at(map, i);
    const char *name = l1t_node_key(map, i);
    struct external v = {"", 0, 0};
    enum l1t_err err;
    if (!is_name(name, "_.-"))
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "a signal is named by letters, digits and _ . -");
    if (strncmp(name, "EXT_", 4) == 0)
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "written without EXT_ here; expressions say EXT_ and the name");
    if (l1t_node_kind(node) == L1T_NODE_SCALAR)
        err = l1t_yaml_value(r->yaml, node, &channel_key, &v.channel, r->diag);
    else
        err = l1t_yaml_bind(r->yaml, node, external_keys, COUNT(external_keys), &v, r->diag);
    if (err != L1T_OK)
        return err;
    if (l1t_node_kind(node) == L1T_NODE_MAP && l1t_node_get(node, "cable") != NULL &&
        v.channel > 63)
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "channel %lld of a cable; 0 to 63, or 0 to 255 without a cable",
                             v.channel);
    e->channel = (unsigned)(v.channel + 64 * v.cable);
    r->menu->n_externals = i + 1;
    err = copy(r, name, &e->name);
    return err == L1T_OK ? copy(r, v.system, &e->system) : err;
}

static enum l1t_err read_externals(const struct l1t_gt_reader *r, const struct l1t_node *map)
{
    const size_t n = map != NULL ? l1t_node_len(map) : 0;
    if (n > MAX_EXTERNALS)
        return l1t_yaml_fail(r->yaml, map, r->diag, "%zu signals; at most %d", n, MAX_EXTERNALS);
    if (n == 0)
        return L1T_OK;
    r->menu->external = calloc(n, sizeof *r->menu->external);
    if (r->menu->external == NULL)
        return l1t_gt_yaml_no_memory(r);
    for (size_t i = 0; i < n; i++) {
        const enum l1t_err err = read_external(r, map, i);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

// ---- algorithms ----

// A word or a list of words, to "a,b".
static enum l1t_err read_labels(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                char **labels)
{
    static const struct l1t_key key = {"", L1T_STRING, 0, true, 0, 0, NULL};
    const bool list = node != NULL && l1t_node_kind(node) == L1T_NODE_LIST;
    const size_t n = node == NULL ? 0 : list ? l1t_node_len(node) : 1;
    char text[512] = "";
    for (size_t i = 0; i < n; i++) {
        const struct l1t_node *item = list ? l1t_node_at(node, i) : node;
        const char *word;
        const enum l1t_err err = l1t_yaml_value(r->yaml, item, &key, &word, r->diag);
        if (err != L1T_OK)
            return err;
        const size_t used = strlen(text);
        if (strchr(word, ',') != NULL || used + strlen(word) + 2 > sizeof text)
            return l1t_yaml_fail(r->yaml, item, r->diag, "expected short labels without commas");
        (void)snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? "," : "", word);
    }
    return copy(r, text, labels);
}

// Crossings in which the algorithm is masked: [17, [100, 199]].
static enum l1t_err read_closed(const struct l1t_gt_reader *r, const struct l1t_node *list,
                                struct l1t_gt_algorithm_def *a)
{
    static const struct l1t_key key = {"", L1T_INT, 0, true, 0, L1T_GT_ORBIT - 1, NULL};
    const size_t n = list != NULL ? l1t_node_len(list) : 0;
    if (n > L1T_GT_ORBIT)
        return l1t_yaml_fail(r->yaml, list, r->diag, "more than %d crossings", L1T_GT_ORBIT);
    if (n == 0)
        return L1T_OK;
    a->closed = calloc(n, sizeof *a->closed);
    if (a->closed == NULL)
        return l1t_gt_yaml_no_memory(r);
    for (size_t i = 0; i < n; i++) {
        const struct l1t_node *item = l1t_node_at(list, i);
        const bool range = l1t_node_kind(item) == L1T_NODE_LIST;
        long long first = 0, last = 0;
        if (range && l1t_node_len(item) != 2)
            return l1t_yaml_fail(r->yaml, item, r->diag, "expected a crossing or [first, last]");
        enum l1t_err err =
            l1t_yaml_value(r->yaml, range ? l1t_node_at(item, 0) : item, &key, &first, r->diag);
        if (err == L1T_OK)
            err =
                l1t_yaml_value(r->yaml, range ? l1t_node_at(item, 1) : item, &key, &last, r->diag);
        if (err == L1T_OK && first > last)
            err = l1t_yaml_fail(r->yaml, item, r->diag, "%lld is after %lld", first, last);
        if (err != L1T_OK)
            return err;
        a->closed[a->n_closed++] = (struct l1t_gt_bx_range){(uint16_t)first, (uint16_t)last};
    }
    return L1T_OK;
}

static enum l1t_err take_text(const struct l1t_gt_reader *r, const struct l1t_node *node,
                              const char **text)
{
    static const struct l1t_key key = {"", L1T_STRING, 0, true, 0, 0, NULL};
    return l1t_yaml_value(r->yaml, node, &key, text, r->diag);
}

static enum l1t_err parse_expression(const struct l1t_gt_reader *r, const struct l1t_node *node,
                                     const struct l1t_node *cuts, struct l1t_gt_algorithm_def *a)
{
    const char *text = NULL;
    enum l1t_err err = take_text(r, node, &text);
    if (err == L1T_OK)
        err = l1t_gt_yaml_collect_cuts(r, cuts, node, a);
    if (err == L1T_OK)
        err = copy(r, text, &a->expression);
    a->expression_place = l1t_gt_yaml_place(node, 0);
    return err == L1T_OK ? l1t_gt_parse(r->menu, a, r->diag) : err;
}

// An expression beside legs is parsed by itself first, so that its messages have their place.
static enum l1t_err check_with(const struct l1t_gt_reader *r, const struct l1t_node *node,
                               const struct l1t_node *cuts, const char **text)
{
    struct l1t_gt_algorithm_def a = {0};
    enum l1t_err err = take_text(r, node, text);
    if (err == L1T_OK)
        err = parse_expression(r, node, cuts, &a);
    l1t_gt_algorithm_free(&a);
    return err;
}

// Messages about legs name the legs, not a column of a text that nobody wrote.
static void set_places(struct l1t_gt_expr *expr, struct l1t_gt_place place)
{
    if (expr == NULL)
        return;
    expr->place = place;
    for (size_t i = 0; i < expr->n_args; i++)
        set_places(expr->arg[i], place);
}

static enum l1t_err join(const struct l1t_gt_reader *r, const char *legs, const char *with,
                         char **all)
{
    const size_t size = strlen(legs) + strlen(with) + 8;
    *all = malloc(size);
    if (*all == NULL)
        return l1t_gt_yaml_no_memory(r);
    (void)snprintf(*all, size, "%s%s%s%s", legs, *with != '\0' ? " AND (" : "", with,
                   *with != '\0' ? ")" : "");
    return L1T_OK;
}

static enum l1t_err parse_legs(const struct l1t_gt_reader *r, const struct entry *v,
                               struct l1t_gt_algorithm_def *a)
{
    char *legs = NULL;
    const char *with = "";
    enum l1t_err err = l1t_gt_yaml_legs(r, v->legs, v->cross, a, &legs);
    if (err == L1T_OK && v->with != NULL)
        err = check_with(r, v->with, v->cuts, &with);
    if (err == L1T_OK && v->with != NULL)
        err = l1t_gt_yaml_collect_cuts(r, v->cuts, v->with, a);
    if (err == L1T_OK)
        err = join(r, legs, with, &a->expression);
    if (err == L1T_OK) {
        a->expression_place = l1t_gt_yaml_place(v->legs, 0);
        err = l1t_gt_parse(r->menu, a, r->diag);
        a->expression[0] = '\0'; // written as legs
        set_places(a->expr, a->expression_place);
    }
    free(legs);
    return err;
}

static enum l1t_err check_form(const struct l1t_gt_reader *r, const struct l1t_node *node,
                               const struct entry *v)
{
    if ((v->expression == NULL) == (v->legs == NULL))
        return l1t_yaml_fail(r->yaml, node, r->diag, "%s; an algorithm is legs or an expression",
                             v->legs == NULL ? "neither legs nor expression" : "two of them");
    if (v->legs == NULL && (v->cross != NULL || v->with != NULL))
        return l1t_yaml_fail(r->yaml, v->cross != NULL ? v->cross : v->with, r->diag,
                             "only beside legs; write it into the expression");
    return l1t_gt_yaml_check_cuts(r, v->cuts);
}

static enum l1t_err read_algorithm(const struct l1t_gt_reader *r, const char *name,
                                   const struct l1t_node *node)
{
    struct l1t_gt_algorithm_def *a = &r->menu->algorithm[r->menu->n];
    struct entry v = {.group = "", .comment = ""};
    if (!is_name(name, "_-."))
        return l1t_yaml_fail(r->yaml, node, r->diag,
                             "an algorithm is named by letters, digits and _ - .");
    enum l1t_err err = l1t_yaml_bind(r->yaml, node, entry_keys, COUNT(entry_keys), &v, r->diag);
    if (err == L1T_OK)
        err = check_form(r, node, &v);
    for (size_t i = 0; err == L1T_OK && i < r->menu->n; i++)
        if (r->menu->algorithm[i].bit == (unsigned)v.bit)
            err = l1t_yaml_fail(r->yaml, l1t_node_get(node, "bit"), r->diag,
                                "bit %lld is that of %s", v.bit, r->menu->algorithm[i].name);
    if (err != L1T_OK)
        return err;
    r->menu->n++; // from here on freed with the menu
    a->place = l1t_gt_yaml_key_place(node);
    a->bit = (unsigned)v.bit;
    a->module_id = (unsigned)v.module;
    a->masked = v.masked;
    a->veto = v.veto;
    err = copy(r, name, &a->name);
    if (err == L1T_OK)
        err = copy(r, v.group, &a->group);
    if (err == L1T_OK)
        err = copy(r, v.comment, &a->comment);
    if (err == L1T_OK)
        err = read_labels(r, v.labels, &a->labels);
    if (err == L1T_OK)
        err = read_prescales(r, v.prescale, a);
    if (err == L1T_OK)
        err = read_closed(r, v.closed, a);
    if (err != L1T_OK)
        return err;
    return v.legs != NULL ? parse_legs(r, &v, a) : parse_expression(r, v.expression, v.cuts, a);
}

static int by_bit(const void *x, const void *y)
{
    const struct l1t_gt_algorithm_def *a = x, *b = y;
    return (a->bit > b->bit) - (a->bit < b->bit);
}

static enum l1t_err read_algorithms(const struct l1t_gt_reader *r, const struct l1t_node *map)
{
    const size_t n = l1t_node_len(map);
    if (n == 0 || n > L1T_GT_ALGORITHMS)
        return l1t_yaml_fail(r->yaml, map, r->diag, "%zu algorithms; expected 1 to %d", n,
                             L1T_GT_ALGORITHMS);
    r->menu->algorithm = calloc(n, sizeof *r->menu->algorithm);
    if (r->menu->algorithm == NULL)
        return l1t_gt_yaml_no_memory(r);
    for (size_t i = 0; i < n; i++) {
        const enum l1t_err err = read_algorithm(r, l1t_node_key(map, i), l1t_node_at(map, i));
        if (err != L1T_OK)
            return err;
    }
    qsort(r->menu->algorithm, n, sizeof *r->menu->algorithm, by_bit);
    return L1T_OK;
}

// ---- the file ----

static enum l1t_err read_menu(struct l1t_gt_reader *r)
{
    const struct l1t_node *root = l1t_yaml_root(r->yaml);
    struct l1t_gt_menu *menu = r->menu;
    struct top v = {.comment = "", .grammar = "", .overlap = -1};
    enum l1t_err err = l1t_yaml_bind(r->yaml, root, top_keys, COUNT(top_keys), &v, r->diag);
    if (err != L1T_OK)
        return err;
    r->cuts = v.cuts;
    err = copy(r, v.menu, &menu->name);
    if (err == L1T_OK)
        err = copy(r, v.comment, &menu->comment);
    if (err == L1T_OK)
        err = copy(r, v.grammar, &menu->grammar);
    if (err == L1T_OK)
        err = l1t_gt_yaml_scales(r, v.scales);
    if (err == L1T_OK)
        err = read_columns(r, v.columns);
    if (err == L1T_OK)
        err = read_externals(r, v.externals);
    if (err == L1T_OK)
        err = l1t_gt_yaml_check_cuts(r, v.cuts);
    if (err != L1T_OK)
        return err;
    menu->overlap = v.overlap < 0    ? L1T_GT_OVERLAP_NONE // by the scales' date
                    : v.overlap == 0 ? L1T_GT_OVERLAP_EXISTS
                                     : L1T_GT_OVERLAP_ALL;
    return read_algorithms(r, v.algorithms);
}

enum l1t_err l1t_gt_menu_parse_yaml(const char *path, const char *text, size_t size,
                                    struct l1t_gt_menu **menu, struct l1t_diag *diag)
{
    struct l1t_yaml *yaml = NULL;
    *menu = NULL;
    if (size > MAX_BYTES)
        return l1t_fail(diag, L1T_E_INPUT, "%s: larger than %d MiB", path, MAX_BYTES >> 20);
    enum l1t_err err = l1t_yaml_parse(path, text, size, &yaml, diag);
    if (err != L1T_OK)
        return err;
    struct l1t_gt_reader reader = {yaml, calloc(1, sizeof **menu), NULL, diag};
    if (reader.menu == NULL) {
        err = l1t_gt_yaml_no_memory(&reader);
        l1t_yaml_free(yaml);
        return err;
    }
    err = copy(&reader, strcmp(path, "-") == 0 ? "stdin" : path, &reader.menu->path);
    if (err == L1T_OK)
        err = read_menu(&reader);
    l1t_yaml_free(yaml);
    if (err == L1T_OK)
        *menu = reader.menu;
    else
        l1t_gt_menu_free(reader.menu);
    return err;
}

enum l1t_err l1t_gt_menu_load_yaml(const char *path, struct l1t_gt_menu **menu,
                                   struct l1t_diag *diag)
{
    char *text = NULL;
    size_t size = 0;
    *menu = NULL;
    enum l1t_err err = l1t_read_text(path, MAX_BYTES, &text, &size, diag);
    if (err == L1T_OK)
        err = l1t_gt_menu_parse_yaml(path, text, size, menu, diag);
    free(text);
    return err;
}

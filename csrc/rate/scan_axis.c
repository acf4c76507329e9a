// SPDX-License-Identifier: GPL-3.0-or-later
// Which objects of an algorithm people mean by a leg, and the range of its codes.
#include "scan_internal.h"

#include "../gt/gt_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The objects of an expression that have a threshold, left to right.
struct objects {
    const struct l1t_gt_menu *menu;
    unsigned n;
    struct {
        struct l1t_gt_object_def *object;
        unsigned type; // enum l1t_gt_type
        bool is_reference;
    } item[L1T_SCAN_OBJECTS];
};

static bool removes_overlap(enum l1t_gt_function f)
{
    return f == L1T_GT_F_COMB_ORM || f == L1T_GT_F_DIST_ORM || f == L1T_GT_F_MASS_INV_ORM ||
           f == L1T_GT_F_MASS_TRV_ORM;
}

// How deep is known: the parser refuses more than L1T_GT_DEPTH levels.
// NOLINTNEXTLINE(misc-no-recursion)
static void collect(struct objects *o, const struct l1t_gt_expr *expr)
{
    for (size_t i = 0; expr->kind != L1T_GT_E_CONDITION && i < expr->n_args; i++)
        collect(o, expr->arg[i]);
    for (size_t i = 0; expr->kind == L1T_GT_E_CONDITION && i < expr->n_objects; i++) {
        unsigned type = 0;
        if (l1t_gt_word_of(o->menu, expr->object[i].type, &type) != L1T_GT_W_OBJECT)
            continue;
        if (o->n == L1T_SCAN_OBJECTS) // those after it cannot be named
            return;
        o->item[o->n].object = &expr->object[i];
        o->item[o->n].type = type;
        o->item[o->n].is_reference = removes_overlap(expr->function) && i + 1 == expr->n_objects;
        o->n++;
    }
}

struct l1t_gt_object_def *l1t_scan_object(const struct l1t_gt_menu *menu, size_t algorithm,
                                          unsigned k)
{
    struct objects objects = {.menu = menu};
    collect(&objects, menu->algorithm[algorithm].expr);
    return k < objects.n ? objects.item[k].object : NULL;
}

// "2", "second": 1; -1 no number. All that are nothing: -1.
static long number_of(const char *leg)
{
    static const char *const words[][2] = {
        {"leading", "first"}, {"second", "trailing"}, {"third", ""}, {"fourth", ""}};
    char *end;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(leg, words[i][0]) == 0 || strcmp(leg, words[i][1]) == 0)
            return (long)i;
    const long n = leg[0] >= '1' && leg[0] <= '9' ? strtol(leg, &end, 10) : 0;
    return n > 0 && *end == '\0' ? n - 1 : -1;
}

// What YAML menus and the CMS grammar call a list of objects.
static bool is_type(const char *leg, unsigned type)
{
    static const struct {
        const char *name;
        enum l1t_gt_type type;
    } names[] = {{"muon", L1T_GT_MU}, {"egamma", L1T_GT_EG}, {"tau", L1T_GT_TAU},
                 {"jet", L1T_GT_JET}, {"mu", L1T_GT_MU},     {"eg", L1T_GT_EG}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].type == type && strcmp(leg, names[i].name) == 0)
            return true;
    return strcmp(leg, l1t_gt_type_name((enum l1t_gt_type)type)) == 0;
}

static enum l1t_err unknown(const struct objects *o, const char *name, const char *leg,
                            struct l1t_diag *diag)
{
    char list[300] = "";
    for (unsigned i = 0; i < o->n && strlen(list) < 200; i++) {
        const size_t n = strlen(list);
        (void)snprintf(list + n, sizeof list - n, "%s%u %s", i > 0 ? ", " : "", i + 1,
                       l1t_gt_type_name((enum l1t_gt_type)o->item[i].type));
    }
    return l1t_fail(diag, L1T_E_INPUT, "%s: no leg '%.40s'; it has %s%s", name, leg, list,
                    o->n == 0 ? "no objects with thresholds" : "");
}

static uint64_t find(const struct objects *o, const char *leg)
{
    uint64_t legs = 0;
    const long number = leg != NULL ? number_of(leg) : -1;
    if (number >= 0)
        return number < (long)o->n ? UINT64_C(1) << number : 0;
    for (unsigned i = 0; i < o->n; i++) {
        const unsigned type = o->item[i].type;
        if (!o->item[i].is_reference &&
            (leg != NULL ? is_type(leg, type) : type == o->item[0].type))
            legs |= UINT64_C(1) << i;
    }
    return legs;
}

const struct l1t_gt_scale *l1t_scan_scale(const struct l1t_gt_menu *menu, enum l1t_gt_type type)
{
    return l1t_gt_scale_find(&menu->scales, l1t_gt_type_name(type), "ET");
}

// The highest code of a type whose bin the scale has; all 16 bits for counts and scores.
static uint16_t last_code(const struct l1t_gt_menu *menu, enum l1t_gt_type type)
{
    const struct l1t_gt_scale *const scale = l1t_scan_scale(menu, type);
    double low, high;
    int code = 0;
    if (scale == NULL)
        return L1T_SCAN_CODES - 1;
    while (code + 1 < L1T_SCAN_CODES && l1t_gt_range_of(scale, code + 1, &low, &high))
        code++;
    return (uint16_t)code;
}

enum l1t_err l1t_scan_axis_of(const struct l1t_gt_menu *menu, size_t algorithm, const char *leg,
                              struct l1t_scan_axis *axis, struct l1t_diag *diag)
{
    const struct l1t_gt_algorithm_def *const a = &menu->algorithm[algorithm];
    struct objects objects = {.menu = menu};
    collect(&objects, a->expr);
    const uint64_t legs = find(&objects, leg);
    if (legs == 0)
        return unknown(&objects, a->name, leg != NULL ? leg : "with a threshold", diag);
    const enum l1t_gt_type type = (enum l1t_gt_type)objects.item[__builtin_ctzll(legs)].type;
    *axis =
        (struct l1t_scan_axis){.type = type, .to = last_code(menu, type), .step = 1, .legs = legs};
    return L1T_OK;
}

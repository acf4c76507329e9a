// SPDX-License-Identifier: GPL-3.0-or-later
// An algorithm written as legs and cross cuts becomes an expression of the CMS grammar, which is
// then parsed like any other: one meaning for both.
//
// Legs of one object type and crossing are different objects. A pair with cuts is one condition;
// what no condition covers yet is asked for by itself; all conditions are ANDed.
#include "gt_yaml_legs.h"
#include "yaml_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum l1t_err too_long(const struct l1t_gt_legs *b, const struct l1t_node *legs)
{
    return l1t_yaml_fail(b->r->yaml, legs, b->r->diag,
                         "too many conditions; write it as an expression");
}

// The text of the next condition; NULL after refusing it (L1T_E_INPUT).
static char *start_part(struct l1t_gt_legs *b, const struct l1t_node *at)
{
    if (b->n_parts == L1T_GT_PARTS_MAX) {
        (void)too_long(b, at);
        return NULL;
    }
    char *part = b->part[b->n_parts];
    part[0] = '\0';
    b->part_legs[b->n_parts] = 0;
    return part;
}

static enum l1t_err end_part(struct l1t_gt_legs *b, const struct l1t_node *at)
{
    if (strlen(b->part[b->n_parts]) + 1 >= sizeof b->part[0])
        return too_long(b, at);
    b->n_parts++;
    return L1T_OK;
}

static void add_leg(struct l1t_gt_legs *b, char *part, size_t leg)
{
    const size_t n = strlen(part);
    if (part[n - 1] != '{')
        l1t_gt_legs_append(part, sizeof b->part[0], ",");
    l1t_gt_legs_append(part, sizeof b->part[0], b->leg[leg].text);
    b->part_legs[b->n_parts] |= 1u << leg;
}

static enum l1t_err add_cross_cut(struct l1t_gt_legs *b, char *part, size_t i, bool *first)
{
    const struct l1t_gt_cross *c = &b->cross[i];
    struct l1t_gt_cut_def cut = {.type = c->type,
                                 .minimum = c->minimum,
                                 .maximum = c->maximum,
                                 .place = l1t_gt_yaml_place(b->cross_node[i], 0)};
    const char *name = "";
    if (c->kind == L1T_GT_CROSS_SIGN && (cut.data = strdup(c->opposite ? "os" : "ls")) == NULL)
        return l1t_gt_yaml_no_memory(b->r);
    const enum l1t_err err = l1t_gt_legs_cut(b, "", &cut, &name);
    l1t_gt_legs_append(part, sizeof b->part[0], *first ? "}[" : ",");
    l1t_gt_legs_append(part, sizeof b->part[0], name);
    *first = false;
    b->used[i] = true;
    return err;
}

static unsigned legs_of(const struct l1t_gt_cross *c)
{
    unsigned set = 0;
    for (size_t i = 0; i < c->n_legs; i++)
        set |= 1u << c->leg[i];
    return set;
}

static bool is_muon(const struct l1t_gt_legs *b, size_t leg)
{
    return strcmp(l1t_gt_leg_objects[b->leg[leg].object].code, "MU") == 0;
}

static enum l1t_err check_cross(const struct l1t_gt_legs *b, size_t i)
{
    const struct l1t_gt_cross *c = &b->cross[i];
    const struct l1t_node *at = b->cross_node[i];
    for (size_t k = 0; k < c->n_legs; k++) {
        const struct l1t_gt_one_leg *leg = &b->leg[c->leg[k]];
        const char *name = l1t_gt_leg_objects[leg->object].name;
        const bool vector = l1t_gt_cut_is_of(L1T_GT_C_PHI, l1t_gt_leg_objects[leg->object].code);
        const bool has_eta = l1t_gt_cut_is_of(L1T_GT_C_ETA, l1t_gt_leg_objects[leg->object].code);
        const bool needs_eta = c->type != L1T_GT_C_DPHI && c->type != L1T_GT_C_ORMDPHI &&
                               c->type != L1T_GT_C_TBPT && !c->transverse;
        if ((c->type == L1T_GT_C_CHGCOR || c->type == L1T_GT_C_MASSUPT) && !is_muon(b, c->leg[k]))
            return l1t_yaml_fail(b->r->yaml, at, b->r->diag, "'%s' is %s; only muons have %s",
                                 b->name[c->leg[k]], name,
                                 c->type == L1T_GT_C_CHGCOR ? "a sign" : "unconstrained pt");
        if (!vector || (needs_eta && !has_eta))
            return l1t_yaml_fail(b->r->yaml, at, b->r->diag, "'%s' is %s, which has no %s",
                                 b->name[c->leg[k]], name, vector ? "eta" : "direction");
        if (leg->times > 1)
            return l1t_yaml_fail(b->r->yaml, at, b->r->diag,
                                 "'%s' stands for %lld objects; cuts need a leg for each",
                                 b->name[c->leg[k]], leg->times);
        if (c->kind == L1T_GT_CROSS_OVERLAP && is_muon(b, c->leg[k]))
            return l1t_yaml_fail(b->r->yaml, at, b->r->diag,
                                 "'%s' is a muon; overlap is removed between egamma, tau and jets",
                                 b->name[c->leg[k]]);
    }
    return L1T_OK;
}

static enum l1t_err read_cross(struct l1t_gt_legs *b, const struct l1t_node *cross)
{
    if (cross == NULL)
        return L1T_OK;
    if (cross->n > L1T_GT_CROSS_MAX)
        return l1t_yaml_fail(b->r->yaml, cross, b->r->diag, "more than %d cuts", L1T_GT_CROSS_MAX);
    for (size_t i = 0; i < cross->n; i++) {
        const struct l1t_node *line = l1t_node_at(cross, i);
        struct l1t_gt_cross *c = &b->cross[i];
        enum l1t_err err = l1t_gt_yaml_cross(b->r, line, b->name, b->n_legs, c);
        if (err != L1T_OK)
            return err;
        b->cross_node[i] = line;
        b->n_cross++;
        if (c->kind == L1T_GT_CROSS_SIGN && c->n_legs == 0) // of all muons
            for (size_t k = 0; k < b->n_legs; k++)
                if (is_muon(b, k))
                    c->leg[c->n_legs++] = k;
        if (c->kind == L1T_GT_CROSS_SIGN && c->n_legs < 2)
            return l1t_yaml_fail(b->r->yaml, line, b->r->diag,
                                 "the sign of %zu muons; expected two to four muon legs",
                                 c->n_legs);
        err = check_cross(b, i);
        if (err != L1T_OK)
            return err;
        for (size_t k = 0; k < i; k++)
            if (b->cross[k].type == c->type && b->cross[k].transverse == c->transverse &&
                legs_of(&b->cross[k]) == legs_of(c))
                return l1t_yaml_fail(b->r->yaml, line, b->r->diag,
                                     "the same quantity is cut on line %u already; for two "
                                     "limits write 'in 7..18'",
                                     (unsigned)b->cross_node[k]->place.line);
    }
    return L1T_OK;
}

enum { MASS_NONE, MASS_PLAIN, MASS_TRANSVERSE, MASS_UPT, MASS_DR };

// The mass that the cuts of a set of legs need; fails when there are two.
static enum l1t_err mass_of(const struct l1t_gt_legs *b, unsigned set, int *mass)
{
    *mass = MASS_NONE;
    for (size_t i = 0; i < b->n_cross; i++) {
        const struct l1t_gt_cross *c = &b->cross[i];
        if (c->kind != L1T_GT_CROSS_LIMIT || legs_of(c) != set)
            continue;
        const int m = c->type == L1T_GT_C_MASS      ? c->transverse ? MASS_TRANSVERSE : MASS_PLAIN
                      : c->type == L1T_GT_C_MASSUPT ? MASS_UPT
                      : c->type == L1T_GT_C_MASSDR  ? MASS_DR
                                                    : MASS_NONE;
        if (m != MASS_NONE && *mass != MASS_NONE)
            return l1t_yaml_fail(b->r->yaml, b->cross_node[i], b->r->diag,
                                 "two masses of one pair are two algorithms");
        *mass = m != MASS_NONE ? m : *mass;
    }
    return L1T_OK;
}

// All cuts of one set of legs (and, of a pair with an overlap reference, those too) as a condition.
static enum l1t_err add_pair(struct l1t_gt_legs *b, unsigned set, size_t first_cross)
{
    static const char *const names[] = {"dist", "mass_inv", "mass_trv", "mass_inv_upt",
                                        "mass_inv_dr"};
    const struct l1t_node *at = b->cross_node[first_cross];
    int mass;
    bool first = true;
    enum l1t_err err = mass_of(b, set, &mass);
    if (err != L1T_OK)
        return err;
    char *const part = start_part(b, at);
    if (part == NULL)
        return L1T_E_INPUT;
    const size_t n = b->cross[first_cross].n_legs;
    const bool only_sign = b->cross[first_cross].kind == L1T_GT_CROSS_SIGN;
    if (n == 3 && mass == MASS_PLAIN)
        l1t_gt_legs_append(part, sizeof b->part[0], "mass_inv_3{");
    else if (n > 2 || (only_sign && mass == MASS_NONE))
        l1t_gt_legs_append(part, sizeof b->part[0], "comb{");
    else {
        l1t_gt_legs_append(part, sizeof b->part[0], names[mass]);
        l1t_gt_legs_append(part, sizeof b->part[0], "{");
    }
    for (size_t i = 0; i < b->n_legs; i++)
        if (set & 1u << i)
            add_leg(b, part, i);
    for (size_t i = 0; err == L1T_OK && i < b->n_cross; i++)
        if (b->cross[i].kind != L1T_GT_CROSS_OVERLAP && legs_of(&b->cross[i]) == set)
            err = add_cross_cut(b, part, i, &first);
    l1t_gt_legs_append(part, sizeof b->part[0], "]");
    return err == L1T_OK ? end_part(b, at) : err;
}

// Limits first, as a pair of muons with a limit takes its sign cut along.
static enum l1t_err add_pairs(struct l1t_gt_legs *b)
{
    for (int sign = 0; sign < 2; sign++)
        for (size_t i = 0; i < b->n_cross; i++) {
            const struct l1t_gt_cross *c = &b->cross[i];
            if (b->used[i] || (c->kind == L1T_GT_CROSS_SIGN) != (sign == 1) ||
                c->kind == L1T_GT_CROSS_OVERLAP)
                continue;
            const enum l1t_err err = add_pair(b, legs_of(c), i);
            if (err != L1T_OK)
                return err;
        }
    return L1T_OK;
}

// Which legs and cuts go with an overlap reference; pair: the legs that cuts are of.
static enum l1t_err check_overlap(const struct l1t_gt_legs *b, size_t o, unsigned pair, bool *cuts)
{
    const struct l1t_node *at = b->cross_node[o];
    const size_t reference = b->cross[o].leg[0];
    *cuts = false;
    if (b->n_legs < 2 || b->n_legs > 5)
        return l1t_yaml_fail(b->r->yaml, at, b->r->diag,
                             "%zu legs; overlap removal has one to four and the reference",
                             b->n_legs);
    for (size_t i = 0; i < b->n_cross; i++) {
        const struct l1t_gt_cross *c = &b->cross[i];
        if (c->kind == L1T_GT_CROSS_OVERLAP ? c->leg[0] != reference : legs_of(c) != pair)
            return l1t_yaml_fail(b->r->yaml, b->cross_node[i], b->r->diag,
                                 "beside 'no overlap with %s', cuts are of all other legs%s",
                                 b->name[reference],
                                 b->n_legs == 2 ? " or of the leg and the reference" : "");
        *cuts = *cuts || c->kind != L1T_GT_CROSS_OVERLAP;
    }
    for (size_t i = 0; i < b->n_legs; i++)
        if (is_muon(b, i) || b->leg[i].times > 1 || b->leg[i].object >= L1T_GT_LISTS)
            return l1t_yaml_fail(b->r->yaml, at, b->r->diag,
                                 "'%s': overlap is removed between single egamma, tau and jets",
                                 b->name[i]);
    return L1T_OK;
}

// Legs of a comb are of one type and crossing.
static bool are_alike(const struct l1t_gt_legs *b, size_t reference)
{
    bool alike = true;
    for (size_t i = 0; i < b->n_legs; i++)
        for (size_t k = 0; k < i; k++)
            alike =
                alike && (i == reference || k == reference ||
                          (b->leg[i].object == b->leg[k].object && b->leg[i].bx == b->leg[k].bx));
    return alike;
}

// One reference, the last object; all other legs must keep away from it.
static enum l1t_err add_overlap(struct l1t_gt_legs *b, size_t o)
{
    static const char *const names[] = {"dist_orm{", "mass_inv_orm{", "mass_trv_orm{"};
    const struct l1t_node *at = b->cross_node[o];
    const size_t reference = b->cross[o].leg[0];
    const unsigned legs = ((1u << b->n_legs) - 1) & ~(1u << reference);
    const unsigned pair = b->n_legs == 2 ? legs | 1u << reference : legs;
    int mass = MASS_NONE;
    bool first = true, cuts;
    enum l1t_err err = check_overlap(b, o, pair, &cuts);
    if (err == L1T_OK)
        err = mass_of(b, pair, &mass);
    if (err == L1T_OK && mass > MASS_TRANSVERSE)
        err = l1t_yaml_fail(b->r->yaml, at, b->r->diag, "this mass knows no overlap removal");
    if (err != L1T_OK)
        return err;
    char *const part = start_part(b, at);
    if (part == NULL)
        return L1T_E_INPUT;
    l1t_gt_legs_append(part, sizeof b->part[0],
                       cuts || !are_alike(b, reference) ? names[mass] : "comb_orm{");
    for (size_t i = 0; i < b->n_legs; i++)
        if (i != reference)
            add_leg(b, part, i);
    add_leg(b, part, reference);
    for (size_t i = 0; err == L1T_OK && i < b->n_cross; i++)
        err = add_cross_cut(b, part, i, &first);
    l1t_gt_legs_append(part, sizeof b->part[0], "]");
    return err == L1T_OK ? end_part(b, at) : err;
}

// What a set of legs of one type and crossing asks for when no condition has all of them.
static enum l1t_err add_group(struct l1t_gt_legs *b, const struct l1t_node *legs, unsigned set)
{
    long long n = 0;
    for (size_t i = 0; i < b->n_legs; i++)
        n += (set & 1u << i) != 0 ? b->leg[i].times : 0;
    char *const part = start_part(b, legs);
    if (part == NULL)
        return L1T_E_INPUT;
    if (n > 1)
        l1t_gt_legs_append(part, sizeof b->part[0], "comb{");
    for (size_t i = 0; i < b->n_legs; i++) {
        for (long long k = 0; set & 1u << i && k < b->leg[i].times; k++) {
            if (n > 1)
                add_leg(b, part, i);
            else
                l1t_gt_legs_append(part, sizeof b->part[0], b->leg[i].text);
        }
        if (n > 1 && set & 1u << i && b->leg[i].object >= L1T_GT_LISTS)
            return l1t_yaml_fail(b->r->yaml, legs, b->r->diag,
                                 "there is one %s in a crossing, not %lld",
                                 l1t_gt_leg_objects[b->leg[i].object].name, n);
    }
    if (n > 1)
        l1t_gt_legs_append(part, sizeof b->part[0], "}");
    return end_part(b, legs);
}

static enum l1t_err add_groups(struct l1t_gt_legs *b, const struct l1t_node *legs)
{
    unsigned done = 0;
    const size_t n_conditions = b->n_parts;
    for (size_t i = 0; i < b->n_legs; i++) {
        unsigned set = 0;
        bool covered = false;
        if (done & 1u << i)
            continue;
        for (size_t k = i; k < b->n_legs; k++)
            if (b->leg[k].object == b->leg[i].object && b->leg[k].bx == b->leg[i].bx)
                set |= 1u << k;
        done |= set;
        for (size_t p = 0; p < n_conditions; p++)
            covered = covered || (b->part_legs[p] & set) == set;
        if (covered)
            continue;
        const enum l1t_err err = add_group(b, legs, set);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

static enum l1t_err join(const struct l1t_gt_legs *b, char **text)
{
    size_t size = 1;
    for (size_t i = 0; i < b->n_parts; i++)
        size += strlen(b->part[i]) + 5;
    *text = calloc(size, 1);
    if (*text == NULL)
        return l1t_gt_yaml_no_memory(b->r);
    for (size_t i = 0; i < b->n_parts; i++) {
        l1t_gt_legs_append(*text, size, i > 0 ? " AND " : "");
        l1t_gt_legs_append(*text, size, b->part[i]);
    }
    return L1T_OK;
}

enum l1t_err l1t_gt_yaml_legs(const struct l1t_gt_reader *r, const struct l1t_node *legs,
                              const struct l1t_node *cross, struct l1t_gt_algorithm_def *algorithm,
                              char **text)
{
    struct l1t_gt_legs *b = calloc(1, sizeof *b);
    size_t overlap = L1T_GT_CROSS_MAX;
    *text = NULL;
    if (b == NULL)
        return l1t_gt_yaml_no_memory(r);
    b->r = r;
    b->algorithm = algorithm;
    enum l1t_err err = l1t_gt_legs_read(b, legs);
    if (err == L1T_OK)
        err = read_cross(b, cross);
    for (size_t i = 0; err == L1T_OK && i < b->n_cross; i++)
        if (b->cross[i].kind == L1T_GT_CROSS_OVERLAP && overlap == L1T_GT_CROSS_MAX)
            overlap = i;
    if (err == L1T_OK)
        err = overlap < L1T_GT_CROSS_MAX ? add_overlap(b, overlap) : add_pairs(b);
    if (err == L1T_OK)
        err = add_groups(b, legs);
    if (err == L1T_OK)
        err = join(b, text);
    free(b);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// What each function of the grammar may hold, and the condition that it becomes.
#include "gt_compile.h"

#include <string.h>

#define CUT(type) (UINT32_C(1) << L1T_GT_C_##type)

enum {
    NEAR = CUT(DETA) | CUT(DPHI) | CUT(DR) | CUT(CHGCOR) | CUT(TBPT),
    REMOVAL = CUT(ORMDETA) | CUT(ORMDPHI) | CUT(ORMDR)
};

static const struct {
    unsigned min, max; // objects, the reference of an overlap removal counted
    bool same;         // legs are of one type and crossing
    bool removal;
    uint32_t may, must; // cuts between objects: these, and one of those
} functions[L1T_GT_FUNCTIONS] = {
    [L1T_GT_F_NONE] = {1, 1, false, false, 0, 0},
    [L1T_GT_F_COMB] = {1, 12, true, false, CUT(CHGCOR) | CUT(TBPT), 0},
    [L1T_GT_F_DIST] = {2, 2, false, false, NEAR, NEAR},
    [L1T_GT_F_MASS] = {2, 2, false, false, NEAR | CUT(MASS), CUT(MASS)},
    [L1T_GT_F_MASS_INV] = {2, 2, false, false, NEAR | CUT(MASS), CUT(MASS)},
    [L1T_GT_F_MASS_TRV] = {2, 2, false, false, NEAR | CUT(MASS), CUT(MASS)},
    [L1T_GT_F_MASS_INV_UPT] = {2, 2, false, false, NEAR | CUT(MASSUPT), CUT(MASSUPT)},
    [L1T_GT_F_MASS_INV_DR] = {2, 2, true, false, NEAR | CUT(MASSDR), CUT(MASSDR)},
    [L1T_GT_F_MASS_INV_3] = {3, 3, true, false, CUT(CHGCOR) | CUT(MASS), CUT(MASS)},
    [L1T_GT_F_COMB_ORM] = {2, 5, true, true, CUT(TBPT) | REMOVAL, REMOVAL},
    [L1T_GT_F_DIST_ORM] = {2, 3, false, true, NEAR | REMOVAL, REMOVAL},
    [L1T_GT_F_MASS_INV_ORM] = {2, 3, false, true, NEAR | CUT(MASS) | REMOVAL, REMOVAL},
    [L1T_GT_F_MASS_TRV_ORM] = {2, 3, false, true, NEAR | CUT(MASS) | REMOVAL, REMOVAL},
};

static const char *function_name(const struct l1t_gt_compiler *c)
{
    return l1t_gt_function_name(c->expr->function);
}

static bool is_calo(unsigned type)
{
    return type == L1T_GT_EG || type == L1T_GT_TAU || type == L1T_GT_JET;
}

// ---- legs ----

static enum l1t_err add_leg(struct l1t_gt_compiler *c, struct l1t_gt_condition *to, size_t i,
                            struct l1t_gt_leg *leg)
{
    size_t index = 0;
    const enum l1t_err err = l1t_gt_make_leg(c, &c->expr->object[i], leg);
    if (err != L1T_OK)
        return err;
    if (!l1t_gt_pool_add(&c->leg, leg, &index))
        return l1t_fail(c->diag, L1T_E_NOMEM, "%s: out of memory",
                        c->menu->path != NULL ? c->menu->path : "menu");
    if (index > UINT16_MAX)
        return L1T_GT_REFUSE(c, "the menu has more than %d different objects", UINT16_MAX);
    to->leg[i] = (uint16_t)index;
    return L1T_OK;
}

static enum l1t_err add_legs(struct l1t_gt_compiler *c, struct l1t_gt_condition *to,
                             struct l1t_gt_leg *leg)
{
    const struct l1t_gt_expr *const expr = c->expr;
    const unsigned min = functions[expr->function].min, max = functions[expr->function].max;
    if (expr->n_objects < min || expr->n_objects > max)
        return L1T_GT_REFUSE(c, "%s of %zu objects; expected %u to %u", function_name(c),
                             expr->n_objects, min, max);
    c->n_objects += expr->n_objects;
    if (c->n_objects > L1T_GT_OBJECTS_MAX)
        return L1T_GT_REFUSE(c, "the menu has more than %d objects", L1T_GT_OBJECTS_MAX);
    for (size_t i = 0; i < expr->n_objects; i++) {
        const enum l1t_err err = add_leg(c, to, i, &leg[i]);
        if (err != L1T_OK)
            return err;
    }
    to->n_legs = (uint8_t)(expr->n_objects - functions[expr->function].removal);
    for (size_t i = 1; functions[expr->function].same && i < to->n_legs; i++)
        if (leg[i].type != leg[0].type || leg[i].bx != leg[0].bx)
            return L1T_GT_REFUSE(c, "%s: objects of one type and bunch crossing expected",
                                 function_name(c));
    return L1T_OK;
}

// ---- cuts between objects ----

// Which quantities of both objects a cut needs.
static enum l1t_err check_quantities(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                                     unsigned type1, unsigned type2)
{
    const enum l1t_gt_cut_type t = cut->type;
    const bool muons = t == L1T_GT_C_CHGCOR || t == L1T_GT_C_MASSUPT;
    const bool flat = t == L1T_GT_C_DPHI || t == L1T_GT_C_ORMDPHI || t == L1T_GT_C_TBPT ||
                      (t == L1T_GT_C_MASS && (c->expr->function == L1T_GT_F_MASS_TRV ||
                                              c->expr->function == L1T_GT_F_MASS_TRV_ORM));
    const char *const name1 = l1t_gt_type_name((enum l1t_gt_type)type1);
    const char *const name2 = l1t_gt_type_name((enum l1t_gt_type)type2);
    if (muons && (type1 != L1T_GT_MU || type2 != L1T_GT_MU))
        return L1T_GT_REFUSE(c, "cut '%s' of type %s is between muons, not %s and %s", cut->name,
                             l1t_gt_cut_type_name(t), name1, name2);
    if (!l1t_gt_has_phi(type1) || !l1t_gt_has_phi(type2))
        return L1T_GT_REFUSE(c, "cut '%s': %s has no direction", cut->name,
                             l1t_gt_has_phi(type1) ? name2 : name1);
    if (!flat && !muons && (!l1t_gt_has_eta(type1) || !l1t_gt_has_eta(type2)))
        return L1T_GT_REFUSE(c, "cut '%s' of type %s: %s has no eta", cut->name,
                             l1t_gt_cut_type_name(t), l1t_gt_has_eta(type1) ? name2 : name1);
    return L1T_OK;
}

static bool is_removal(enum l1t_gt_cut_type type)
{
    return (REMOVAL >> type & 1) != 0;
}

static enum l1t_err add_cut(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                            const struct l1t_gt_leg *leg, struct l1t_gt_condition *to)
{
    const bool removal = is_removal(cut->type);
    const unsigned type1 = leg[0].type;
    const unsigned type2 = removal ? leg[to->n_legs].type : leg[c->expr->n_objects > 1].type;
    enum l1t_err err = check_quantities(c, cut, type1, type2);
    if (err == L1T_OK)
        err = l1t_gt_make_limits(c, cut, &c->digits[removal ? to->overlap_pair : to->pair],
                                 removal ? &to->overlap_cuts : &to->cuts);
    return err;
}

// The cut that gives a function its name, or any of several.
static enum l1t_err check_complete(struct l1t_gt_compiler *c, uint32_t seen)
{
    const enum l1t_gt_function function = c->expr->function;
    const uint32_t must = functions[function].must;
    const bool mass = function == L1T_GT_F_MASS_INV_ORM || function == L1T_GT_F_MASS_TRV_ORM;
    const char *what = " between the objects";
    if ((must == 0 || (seen & must) != 0) && (!mass || (seen & CUT(MASS)) != 0))
        return L1T_OK;
    if (must == CUT(MASSUPT))
        what = " of type MASSUPT";
    else if (must == CUT(MASSDR))
        what = " of type MASSDR";
    else if (must == REMOVAL && (seen & must) == 0)
        what = " of type ORMDETA, ORMDPHI or ORMDR";
    else if (must == CUT(MASS) || mass)
        what = " of type MASS";
    return L1T_GT_REFUSE(c, "%s without its cut%s", function_name(c), what);
}

static enum l1t_err add_cuts(struct l1t_gt_compiler *c, const struct l1t_gt_leg *leg,
                             struct l1t_gt_condition *to)
{
    const struct l1t_gt_expr *const expr = c->expr;
    uint32_t seen = 0;
    for (size_t i = 0; i < expr->n_cuts; i++) {
        const struct l1t_gt_cut_def *const cut = &c->algorithm->cut[expr->cut[i]];
        if ((functions[expr->function].may >> cut->type & 1) == 0)
            return L1T_GT_REFUSE(c, "cut '%s' of type %s has no place in %s", cut->name,
                                 l1t_gt_cut_type_name(cut->type),
                                 expr->function == L1T_GT_F_NONE ? "a single object"
                                                                 : function_name(c));
        if ((seen >> cut->type & 1) != 0)
            return L1T_GT_REFUSE(c, "a second cut of type %s between the objects, '%s'",
                                 l1t_gt_cut_type_name(cut->type), cut->name);
        seen |= UINT32_C(1) << cut->type;
        const enum l1t_err err = add_cut(c, cut, leg, to);
        if (err != L1T_OK)
            return err;
    }
    return check_complete(c, seen);
}

// ---- rules of one kind ----

// Up to four objects; more are one threshold on the n-th object in the hardware.
static enum l1t_err check_comb(struct l1t_gt_compiler *c, const struct l1t_gt_leg *leg,
                               const struct l1t_gt_condition *to)
{
    const unsigned slots = l1t_gt_type_slots[leg[0].type];
    const bool cut = (to->cuts.which & (L1T_GT_CUT_LIKE_SIGN | L1T_GT_CUT_OPPOSITE_SIGN)) != 0;
    if (to->n_legs > slots)
        return L1T_GT_REFUSE(c, "%s of %u objects; there %s %u", function_name(c), to->n_legs,
                             slots == 1 ? "is" : "are", slots);
    if ((to->cuts.which & L1T_GT_CUT_TBPT) != 0 && to->n_legs != 2)
        return L1T_GT_REFUSE(c, "a cut of type TBPT is between 2 objects, not %u", to->n_legs);
    if (cut && to->n_legs < 2)
        return L1T_GT_REFUSE(c, "a charge correlation of one muon");
    if (to->n_legs <= 4)
        return L1T_OK;
    if (!is_calo(leg[0].type))
        return L1T_GT_REFUSE(c, "%s of %u objects; more than 4 only of EG, TAU, JET",
                             function_name(c), to->n_legs);
    for (size_t i = 0; i < c->expr->n_objects; i++)
        if (to->leg[i] != to->leg[0] || c->expr->object[i].n_cuts != 0)
            return L1T_GT_REFUSE(c, "%s of more than 4 objects: one threshold and no cuts expected",
                                 function_name(c));
    return L1T_OK;
}

static enum l1t_err check_removal(struct l1t_gt_compiler *c, const struct l1t_gt_leg *leg,
                                  const struct l1t_gt_condition *to)
{
    for (size_t i = 0; i <= to->n_legs; i++)
        if (!is_calo(leg[i].type))
            return L1T_GT_REFUSE(c, "%s: overlap removal is for EG, TAU and JET only, not for %s",
                                 function_name(c), c->expr->object[i].type);
    return L1T_OK;
}

static uint8_t kind_of(enum l1t_gt_function function)
{
    switch (function) {
    case L1T_GT_F_NONE:
    case L1T_GT_F_COMB:
    case L1T_GT_F_COMB_ORM:
        return L1T_GT_COMB;
    case L1T_GT_F_MASS_INV_3:
        return L1T_GT_TRIPLE;
    default:
        return L1T_GT_PAIR;
    }
}

static enum l1t_err make_objects(struct l1t_gt_compiler *c, struct l1t_gt_condition *to)
{
    const enum l1t_gt_function function = c->expr->function;
    struct l1t_gt_leg leg[L1T_GT_LEGS + 1] = {{0}};
    enum l1t_err err = add_legs(c, to, leg);
    if (err != L1T_OK)
        return err;
    to->kind = kind_of(function);
    if (c->expr->n_objects > 1)
        to->pair = (uint8_t)l1t_gt_pair_of(leg[0].type, leg[1].type);
    if (functions[function].removal) {
        to->overlap = (uint8_t)c->overlap;
        to->overlap_pair = L1T_GT_CALO_CALO;
        err = check_removal(c, leg, to);
    }
    if (err == L1T_OK)
        err = add_cuts(c, leg, to);
    if (err == L1T_OK && to->kind == L1T_GT_COMB) {
        err = check_comb(c, leg, to);
        if (to->cuts.which == 0)
            to->pair = 0;
    }
    if (function == L1T_GT_F_MASS_TRV || function == L1T_GT_F_MASS_TRV_ORM)
        to->cuts.which = (to->cuts.which & ~(uint32_t)L1T_GT_CUT_MASS) | L1T_GT_CUT_MASS_T;
    return err;
}

enum l1t_err l1t_gt_make_condition(struct l1t_gt_compiler *c, struct l1t_gt_condition *to)
{
    const struct l1t_gt_expr *const expr = c->expr;
    const bool word = expr->function == L1T_GT_F_EXTERNAL || expr->function == L1T_GT_F_SIGNAL ||
                      expr->function == L1T_GT_F_NETWORK;
    unsigned which = 0;
    memset(to, 0, sizeof *to);
    if (!word)
        return make_objects(c, to);
    if (expr->n_objects != 1)
        return L1T_GT_REFUSE(c, "%zu objects where one is expected", expr->n_objects);
    const struct l1t_gt_object_def *const object = &expr->object[0];
    const enum l1t_gt_word kind = l1t_gt_word_of(c->menu, object->type, &which);
    to->bx = (int8_t)object->bx;
    if (object->bx < -L1T_GT_BX_REACH || object->bx > L1T_GT_BX_REACH)
        return L1T_GT_REFUSE(c, "%s: a bunch crossing %+d away; expected -2 to +2", object->type,
                             object->bx);
    if (kind == L1T_GT_W_EXTERNAL && expr->function == L1T_GT_F_EXTERNAL) {
        to->kind = L1T_GT_EXTERNAL;
        to->channel = (uint16_t)c->menu->external[which].channel;
        if (c->menu->external[which].channel >= L1T_GT_EXTERNALS)
            return L1T_GT_REFUSE(c, "%s: channel %u; expected 0 to %d", object->type,
                                 c->menu->external[which].channel, L1T_GT_EXTERNALS - 1);
    } else if (kind == L1T_GT_W_SIGNAL && expr->function == L1T_GT_F_SIGNAL) {
        to->kind = L1T_GT_SIGNAL;
        to->channel = (uint16_t)which;
    } else if (kind == L1T_GT_W_NETWORK && expr->function == L1T_GT_F_NETWORK) {
        to->kind = L1T_GT_UNSUPPORTED;
        to->channel = (uint16_t)which;
    } else
        return L1T_GT_REFUSE(c, "the menu has no signal '%s'", object->type);
    if (kind != L1T_GT_W_NETWORK && object->n_cuts != 0)
        return L1T_GT_REFUSE(c, "cut '%s' has no place on %s",
                             c->algorithm->cut[object->cut[0]].name, object->type);
    return L1T_OK;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts, objects and conditions in words, physical and as compiled.
#include "l1t/gt_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(char *to, size_t size, const char *fmt, ...) L1T_PRINTF(3, 4);
static void put(char *to, size_t size, const char *fmt, ...)
{
    const size_t n = strlen(to);
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(to + n, size - n, fmt, args);
    va_end(args);
}

static bool same(double a, double b)
{
    return !(a < b) && !(a > b);
}

// ---- physical ----

static const struct {
    const char *name, *unit;
    double most; /* a limit from here on is none */
} quantities[L1T_GT_C_TYPES] = {
    [L1T_GT_C_ETA] = {"eta", "", 0},
    [L1T_GT_C_PHI] = {"phi", "", 0},
    [L1T_GT_C_INDEX] = {"index", "", 0},
    [L1T_GT_C_ISO] = {"isolation", "", 0},
    [L1T_GT_C_QLTY] = {"quality", "", 0},
    [L1T_GT_C_IP] = {"impact", "", 0},
    [L1T_GT_C_UPT] = {"upt", " GeV", 255},
    [L1T_GT_C_CHG] = {"charge", "", 0},
    [L1T_GT_C_DISP] = {"displaced", "", 0},
    [L1T_GT_C_SLICE] = {"place", "", 0},
    [L1T_GT_C_COUNT] = {"count", "", 0},
    [L1T_GT_C_SCORE] = {"score", "", 0},
    [L1T_GT_C_MODEL] = {"model", "", 0},
    [L1T_GT_C_CSCORE] = {"score", "", 0},
    [L1T_GT_C_ASCORE] = {"score", "", 0},
    [L1T_GT_C_DETA] = {"deltaEta", "", 10},
    [L1T_GT_C_DPHI] = {"deltaPhi", "", 3.14},
    [L1T_GT_C_DR] = {"deltaR", "", 10.48},
    [L1T_GT_C_MASS] = {"mass", " GeV", 151000},
    [L1T_GT_C_MASSUPT] = {"massUpt", " GeV", 151000},
    [L1T_GT_C_MASSDR] = {"massOverDeltaR", " GeV", 0},
    [L1T_GT_C_TBPT] = {"pair pt", " GeV", 0},
    [L1T_GT_C_CHGCOR] = {"sign", "", 0},
    [L1T_GT_C_ORMDETA] = {"overlap deltaEta", "", 10},
    [L1T_GT_C_ORMDPHI] = {"overlap deltaPhi", "", 3.14},
    [L1T_GT_C_ORMDR] = {"overlap deltaR", "", 10.48},
};

static void window_text(const struct l1t_gt_cut_def *cut, char *to, size_t size)
{
    const char *name = quantities[cut->type].name, *unit = quantities[cut->type].unit;
    const double most = quantities[cut->type].most;
    if (cut->type == L1T_GT_C_ETA && same(cut->minimum, -cut->maximum))
        put(to, size, "|eta| <= %.6g", cut->maximum);
    else if (cut->minimum > cut->maximum)
        put(to, size, "%s outside %.6g..%.6g", name, cut->maximum, cut->minimum);
    else if (most > 0 && cut->maximum >= most)
        put(to, size, "%s >= %.6g%s", name, cut->minimum, unit);
    else if (most > 0 && same(cut->minimum, 0))
        put(to, size, "%s <= %.6g%s", name, cut->maximum, unit);
    else
        put(to, size, "%s %.6g..%.6g%s", name, cut->minimum, cut->maximum, unit);
}

const char *l1t_gt_cut_text(const struct l1t_gt_cut_def *cut, char *to, size_t size)
{
    const char *name = quantities[cut->type].name;
    to[0] = '\0';
    switch (cut->type) {
    case L1T_GT_C_CHGCOR:
        put(to, size, "%s sign", strcmp(cut->data, "os") == 0 ? "opposite" : "same");
        break;
    case L1T_GT_C_DISP:
        put(to, size, "%s", strcmp(cut->data, "1") == 0 ? "displaced" : "not displaced");
        break;
    case L1T_GT_C_ISO:
    case L1T_GT_C_QLTY:
    case L1T_GT_C_IP:
    case L1T_GT_C_CHG:
    case L1T_GT_C_MODEL:
        put(to, size, "%s %.60s", name, cut->data);
        break;
    case L1T_GT_C_COUNT:
    case L1T_GT_C_SCORE:
    case L1T_GT_C_CSCORE:
    case L1T_GT_C_ASCORE:
    case L1T_GT_C_MASSDR:
    case L1T_GT_C_TBPT:
        put(to, size, "%s >= %.6g%s", name, cut->minimum, quantities[cut->type].unit);
        break;
    default:
        window_text(cut, to, size);
        break;
    }
    return to;
}

static bool is_energy(const char *type)
{
    static const char *const energies[] = {"MU",  "EG",  "TAU", "JET",   "ETT",   "ETTEM",
                                           "HTT", "ETM", "HTM", "ETMHF", "HTMHF", "NETETMHF"};
    for (size_t i = 0; i < sizeof energies / sizeof energies[0]; i++)
        if (strcmp(energies[i], type) == 0)
            return true;
    return false;
}

static bool is_count(const char *type)
{
    static const char *const counts[] = {"TOWERCOUNT", "ASYMET",  "ASYMHT",  "ASYMETHF",
                                         "ASYMHTHF",   "MBT0HFP", "MBT0HFM", "MBT1HFP",
                                         "MBT1HFM",    "ZDCP",    "ZDCM"};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        if (strcmp(counts[i], type) == 0)
            return true;
    return false;
}

const char *l1t_gt_object_text(const struct l1t_gt_algorithm_def *algorithm,
                               const struct l1t_gt_object_def *object, char *to, size_t size)
{
    char cut[120];
    to[0] = '\0';
    put(to, size, "%s", object->type);
    if (is_energy(object->type) || is_count(object->type))
        put(to, size, " %s %.10g%s", object->equal ? "==" : ">=", object->threshold,
            is_energy(object->type) ? " GeV" : "");
    for (size_t i = 0; i < object->n_cuts; i++)
        put(to, size, "%s %s", i == 0 && strchr(to, ' ') == NULL ? "" : ",",
            l1t_gt_cut_text(&algorithm->cut[object->cut[i]], cut, sizeof cut));
    if (object->bx != 0)
        put(to, size, ", crossing %+d", object->bx);
    return to;
}

// ---- as compiled ----

static void put_windows(const char *name, const struct l1t_gt_window *window, unsigned n, char *to,
                        size_t size)
{
    for (unsigned i = 0; i < n; i++)
        put(to, size, "%s %d..%d", i == 0 ? name : " or", window[i].low, window[i].high);
}

const char *l1t_gt_leg_text(const struct l1t_gt_leg *leg, char *to, size_t size)
{
    const unsigned slots = l1t_gt_type_slots[leg->type];
    to[0] = '\0';
    put(to, size, "%s et %s %u", l1t_gt_type_name((enum l1t_gt_type)leg->type),
        leg->equal ? "==" : ">=", leg->threshold);
    put_windows(", eta", leg->eta, leg->n_eta, to, size);
    put_windows(", phi", leg->phi, leg->n_phi, to, size);
    put_windows(", index", leg->index, leg->n_index, to, size);
    if (leg->quality_mask != 0xffff)
        put(to, size, ", quality 0x%04x", leg->quality_mask);
    if ((leg->iso_mask & 0xf) != 0xf)
        put(to, size, ", isolation 0x%x", leg->iso_mask);
    if ((leg->ip_mask & 0xf) != 0xf)
        put(to, size, ", impact 0x%x", leg->ip_mask);
    if (leg->upt_low != 0 || leg->upt_high != 255)
        put(to, size, ", upt %u..%u", leg->upt_low, leg->upt_high);
    if (leg->charge != L1T_GT_CHARGE_ANY)
        put(to, size, ", charge %s", leg->charge == L1T_GT_CHARGE_POSITIVE ? "+" : "-");
    if (leg->displaced != L1T_GT_DISPLACED_ANY)
        put(to, size, ", displaced %d", leg->displaced == L1T_GT_DISPLACED_YES);
    if (leg->slice_first != 0 || leg->slice_last + 1u < slots)
        put(to, size, ", place %u..%u", leg->slice_first, leg->slice_last);
    if (leg->bx != 0)
        put(to, size, ", crossing %+d", leg->bx);
    return to;
}

static void put_limits(const char *name, const struct l1t_gt_limits *limits, char *to, size_t size)
{
    put(to, size, "%s%s %llu..%llu", *to != '\0' ? ", " : "", name, (unsigned long long)limits->low,
        (unsigned long long)limits->high);
}

static void put_cuts(const struct l1t_gt_cuts *cuts, const char *prefix, char *to, size_t size)
{
    char name[40];
    const struct {
        uint32_t which;
        const char *name;
        const struct l1t_gt_limits *limits;
    } windows[] = {
        {L1T_GT_CUT_DETA, "deltaEta", &cuts->deta}, {L1T_GT_CUT_DPHI, "deltaPhi", &cuts->dphi},
        {L1T_GT_CUT_DR, "deltaR^2", &cuts->dr2},    {L1T_GT_CUT_MASS, "M^2/2", &cuts->mass},
        {L1T_GT_CUT_MASS_T, "MT^2/2", &cuts->mass}, {L1T_GT_CUT_MASS_UPT, "Mupt^2/2", &cuts->mass}};
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
        if (!(cuts->which & windows[i].which))
            continue;
        (void)snprintf(name, sizeof name, "%s%s", prefix, windows[i].name);
        put_limits(name, windows[i].limits, to, size);
    }
    if (cuts->which & L1T_GT_CUT_MASS_DR)
        put(to, size, "%s(M^2/2)/deltaR^2 >= 0x%llx%016llx", *to != '\0' ? ", " : "",
            (unsigned long long)cuts->mass_dr_low[1], (unsigned long long)cuts->mass_dr_low[0]);
    if (cuts->which & L1T_GT_CUT_TBPT)
        put(to, size, "%spt^2 of the pair >= %llu", *to != '\0' ? ", " : "",
            (unsigned long long)cuts->tbpt2_low);
    if (cuts->which & L1T_GT_CUT_LIKE_SIGN)
        put(to, size, "%ssame sign", *to != '\0' ? ", " : "");
    if (cuts->which & L1T_GT_CUT_OPPOSITE_SIGN)
        put(to, size, "%sopposite sign", *to != '\0' ? ", " : "");
}

const char *l1t_gt_cuts_text(const struct l1t_gt_condition *condition, char *to, size_t size)
{
    to[0] = '\0';
    put_cuts(&condition->cuts, "", to, size);
    if (condition->overlap != L1T_GT_OVERLAP_NONE)
        put_cuts(&condition->overlap_cuts, "overlap ", to, size);
    return to;
}

size_t l1t_gt_leaves(const struct l1t_gt_expr *expr, const struct l1t_gt_expr **leaf, size_t max)
{
    size_t n = 0;
    if (expr == NULL || max == 0)
        return 0;
    if (expr->kind == L1T_GT_E_CONDITION) {
        leaf[0] = expr;
        return 1;
    }
    for (size_t i = 0; i < expr->n_args; i++)
        n += l1t_gt_leaves(expr->arg[i], leaf + n, max - n);
    return n;
}

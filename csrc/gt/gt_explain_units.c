// SPDX-License-Identifier: GPL-3.0-or-later
// Codes and integer quantities of the global trigger in words: physical value, then the integer.
#include "gt_explain.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void l1t_gt_append(char *text, size_t size, const char *fmt, ...)
{
    const size_t used = strlen(text);
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text + used, size - used, fmt, args);
    va_end(args);
}

// ---- objects ----

enum quantity { ET, ETA, PHI, UPT };

static const struct {
    const char *scale, *name, *unit;
} quantities[] = {
    [ET] = {"ET", "pt", " GeV"},
    [ETA] = {"ETA", "eta", ""},
    [PHI] = {"PHI", "phi", ""},
    [UPT] = {"UPT", "upt", " GeV"},
};

// The bin of a code; of muons' eta, which is centred, its middle.
static bool value_of(const struct l1t_gt_scales *scales, enum l1t_gt_type type, enum quantity q,
                     int code, double *value)
{
    double low, high;
    const struct l1t_gt_scale *scale =
        l1t_gt_scale_find(scales, l1t_gt_type_name(type), quantities[q].scale);
    if (scale == NULL || !l1t_gt_range_of(scale, code, &low, &high))
        return false;
    *value = type == L1T_GT_MU && q == ETA ? (low + high) / 2 : low;
    return true;
}

static void append_quantity(const struct l1t_gt_menu *menu, enum l1t_gt_type type, enum quantity q,
                            int code, char *text, size_t size)
{
    double value;
    if (value_of(&menu->scales, type, q, code, &value))
        l1t_gt_append(text, size, ", %s %.4g%s (%d)", quantities[q].name, value, quantities[q].unit,
                      code);
    else
        l1t_gt_append(text, size, ", %s code %d", quantities[q].name, code);
}

static const char *charge_word(unsigned charge)
{
    return (charge & L1T_GT_SIGN_VALID) == 0 ? "?" : charge & L1T_GT_SIGN_NEGATIVE ? "-" : "+";
}

static bool is_sum(enum l1t_gt_type type)
{
    return type >= L1T_GT_ETT && type <= L1T_GT_HTMHF;
}

const char *l1t_gt_object_words(const struct l1t_gt_menu *menu, enum l1t_gt_type type,
                                const struct l1t_gt_object *object, unsigned place, char *text,
                                size_t size)
{
    text[0] = '\0';
    if (type > L1T_GT_JET && !is_sum(type)) {
        l1t_gt_append(text, size, "%s %u", l1t_gt_type_name(type), (unsigned)object->et);
        return text;
    }
    l1t_gt_append(text, size, "%s %u", l1t_gt_type_name(type), place);
    append_quantity(menu, type, ET, object->et, text, size);
    if (!is_sum(type))
        append_quantity(menu, type, ETA, object->eta, text, size);
    if (type != L1T_GT_ETT && type != L1T_GT_HTT && type != L1T_GT_ETTEM)
        append_quantity(menu, type, PHI, object->phi, text, size);
    if (type == L1T_GT_MU) {
        l1t_gt_append(text, size, ", quality %u, charge %s, iso %u, index %u",
                      (unsigned)object->quality, charge_word(object->charge), (unsigned)object->iso,
                      (unsigned)object->index);
        append_quantity(menu, type, UPT, object->upt, text, size);
        l1t_gt_append(text, size, ", ip %u", (unsigned)object->ip);
    } else if (type == L1T_GT_EG || type == L1T_GT_TAU) {
        l1t_gt_append(text, size, ", iso %u", (unsigned)object->iso);
    } else if (type == L1T_GT_JET && object->displaced != 0) {
        l1t_gt_append(text, size, ", displaced");
    }
    return text;
}

// ---- cuts of a leg, one at a time ----

static struct l1t_gt_leg open_leg(uint8_t type)
{
    return (struct l1t_gt_leg){.type = type,
                               .slice_last = UINT8_MAX,
                               .quality_mask = 0xffff,
                               .iso_mask = 0xf,
                               .ip_mask = 0xf,
                               .upt_high = UINT8_MAX};
}

void l1t_gt_leg_failures(const struct l1t_gt_leg *leg, const struct l1t_gt_object *object,
                         unsigned place, char *text, size_t size)
{
    static const char *const names[] = {"threshold", "eta",       "phi",      "index",
                                        "quality",   "isolation", "impact",   "upt",
                                        "slice",     "charge",    "displaced"};
    enum { CUTS = sizeof names / sizeof names[0] };
    struct l1t_gt_leg one[CUTS];
    for (unsigned i = 0; i < CUTS; i++)
        one[i] = open_leg(leg->type == L1T_GT_TOWERCOUNT ? (uint8_t)L1T_GT_ETT : leg->type);
    one[0].type = leg->type;
    one[0].threshold = leg->threshold;
    one[0].equal = leg->equal;
    one[1].n_eta = leg->n_eta;
    memcpy(one[1].eta, leg->eta, sizeof leg->eta);
    one[2].n_phi = leg->n_phi;
    memcpy(one[2].phi, leg->phi, sizeof leg->phi);
    one[3].n_index = leg->n_index;
    memcpy(one[3].index, leg->index, sizeof leg->index);
    one[4].quality_mask = leg->quality_mask;
    one[5].iso_mask = leg->iso_mask;
    one[6].ip_mask = leg->ip_mask;
    one[7].upt_low = leg->upt_low;
    one[7].upt_high = leg->upt_high;
    one[8].slice_first = leg->slice_first;
    one[8].slice_last = leg->slice_last;
    one[9].charge = leg->charge;
    one[10].displaced = leg->displaced;
    text[0] = '\0';
    for (unsigned i = 0; i < CUTS; i++)
        if (!l1t_gt_leg_passes(&one[i], object, place))
            l1t_gt_append(text, size, "%s%s", text[0] != '\0' ? ", " : "", names[i]);
}

// ---- cuts between objects ----

static const struct {
    uint32_t cut;
    const char *name, *unit;
} cut_names[] = {
    {L1T_GT_CUT_DETA, "deta", ""},
    {L1T_GT_CUT_DPHI, "dphi", ""},
    {L1T_GT_CUT_DR, "deltaR", ""},
    {L1T_GT_CUT_MASS, "mass", " GeV"},
    {L1T_GT_CUT_MASS_T, "transverse mass", " GeV"},
    {L1T_GT_CUT_MASS_UPT, "mass of unconstrained pt", " GeV"},
    {L1T_GT_CUT_MASS_DR, "mass/deltaR", " GeV"},
    {L1T_GT_CUT_TBPT, "pt of the pair", " GeV"},
    {L1T_GT_CUT_LIKE_SIGN, "like sign", ""},
    {L1T_GT_CUT_OPPOSITE_SIGN, "opposite sign", ""},
    {L1T_GT_CUT_OVERLAP, "no overlap", ""},
};
enum { CUT_NAMES = sizeof cut_names / sizeof cut_names[0] };

static unsigned find_cut(uint32_t cut)
{
    unsigned i = 0;
    while (i < CUT_NAMES - 1 && cut_names[i].cut != cut)
        i++;
    return i;
}

const char *l1t_gt_cut_name(uint32_t cut)
{
    return cut_names[find_cut(cut)].name;
}

// The power of ten that a table was scaled with, from an entry and what it stands for.
static double power_of_ten(double entry, double value)
{
    return pow(10, round(log10(entry / value)));
}

static double pt_scale(const struct l1t_gt_tables *tables, unsigned type)
{
    return tables->pt[type] != NULL && tables->n_pt[type] > 201
               ? power_of_ten(tables->pt[type][201], 100)
               : 1;
}

// Integer quantity to physical value.
static double physical(const struct l1t_gt_tables *tables, unsigned pair, uint32_t cut,
                       unsigned type, double x)
{
    static const double pi = 3.14159265358979323846;
    const struct l1t_gt_pair_tables *t = &tables->pair[pair];
    const double delta = power_of_ten(t->dphi[t->n_phi - 1], pi);
    const double pt = pt_scale(tables, type), math = t->mass_t_one;
    if (cut == L1T_GT_CUT_DETA || cut == L1T_GT_CUT_DPHI)
        return x / delta;
    if (cut == L1T_GT_CUT_DR)
        return sqrt(x) / delta;
    if (cut == L1T_GT_CUT_TBPT)
        return sqrt(x / (double)t->tbpt_scale) / pt;
    if (cut == L1T_GT_CUT_MASS_UPT)
        return sqrt(2 * x / math) / power_of_ten(tables->upt[tables->n_upt - 1], tables->n_upt);
    if (cut == L1T_GT_CUT_MASS_DR) {
        const double step = 2 * pi / (pair == L1T_GT_CALO_CALO ? 144 : 288);
        return sqrt(2 * x / math / power_of_ten((double)t->inv_dr2[1], 1 / (step * step))) / pt;
    }
    return sqrt(2 * x / math) / pt;
}

struct measured {
    double x, low, high; // high < 0: none
};

static double wide(const uint64_t words[2])
{
    return ldexp((double)words[1], 64) + (double)words[0];
}

static struct measured between(struct l1t_gt_limits limits, uint64_t x)
{
    return (struct measured){(double)x, (double)limits.low,
                             limits.high == UINT64_MAX ? -1 : (double)limits.high};
}

static struct measured measure(const struct l1t_gt_tables *t, const struct l1t_gt_condition *c,
                               uint32_t cut, const struct l1t_gt_pick *p, size_t n)
{
    const struct l1t_gt_cuts *cuts = &c->cuts;
    uint64_t ratio[2];
    switch (cut) {
    case L1T_GT_CUT_DETA:
        return between(cuts->deta, l1t_gt_deta(t, c->pair, p[0], p[1]));
    case L1T_GT_CUT_DPHI:
        return between(cuts->dphi, l1t_gt_dphi(t, c->pair, p[0], p[1]));
    case L1T_GT_CUT_DR:
        return between(cuts->dr2, l1t_gt_dr2(t, c->pair, p[0], p[1]));
    case L1T_GT_CUT_MASS:
        return between(cuts->mass,
                       n == 3 ? l1t_gt_mass_3(t, c->pair, p) : l1t_gt_mass(t, c->pair, p[0], p[1]));
    case L1T_GT_CUT_MASS_T:
        return between(cuts->mass, l1t_gt_mass_t(t, c->pair, p[0], p[1]));
    case L1T_GT_CUT_MASS_UPT:
        return between(cuts->mass, l1t_gt_mass_upt(t, c->pair, p[0], p[1]));
    case L1T_GT_CUT_TBPT:
        return between((struct l1t_gt_limits){cuts->tbpt2_low, UINT64_MAX},
                       l1t_gt_tbpt2(t, c->pair, p[0], p[1]));
    default: // L1T_GT_CUT_MASS_DR
        l1t_gt_mass_dr(t, c->pair, p[0], p[1], ratio);
        return (struct measured){.x = wide(ratio), .low = wide(cuts->mass_dr_low), .high = -1};
    }
}

void l1t_gt_measure(const struct l1t_gt_code *code, const struct l1t_gt_condition *condition,
                    uint32_t cut, const struct l1t_gt_pick *picks, size_t n, char *text,
                    size_t size)
{
    const struct l1t_gt_tables *tables = &code->tables;
    const unsigned pair = condition->pair, type = picks[0].type;
    const char *unit = cut_names[find_cut(cut)].unit;
    text[0] = '\0';
    if (cut >= L1T_GT_CUT_LIKE_SIGN && cut <= L1T_GT_CUT_OPPOSITE_SIGN) {
        l1t_gt_append(text, size, "%s: charges", l1t_gt_cut_name(cut));
        for (size_t i = 0; i < n; i++)
            l1t_gt_append(text, size, " %s", charge_word(picks[i].object->charge));
        return;
    }
    l1t_gt_append(text, size, "%s", l1t_gt_cut_name(cut));
    if (cut == L1T_GT_CUT_OVERLAP || n < 2)
        return;
    const struct measured m = measure(tables, condition, cut, picks, n);
    l1t_gt_append(text, size, " %.5g%s (%.20g), limits %.5g",
                  physical(tables, pair, cut, type, m.x), unit, m.x,
                  physical(tables, pair, cut, type, m.low));
    if (m.high >= 0)
        l1t_gt_append(text, size, " to %.5g%s (%.20g to %.20g)",
                      physical(tables, pair, cut, type, m.high), unit, m.low, m.high);
    else
        l1t_gt_append(text, size, "%s and more (%.20g)", unit, m.low);
}

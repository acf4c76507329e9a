// SPDX-License-Identifier: GPL-3.0-or-later
// One object with its cuts, as the comparisons of the hardware.
#include "gt_compile.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BIT(type) (UINT32_C(1) << L1T_GT_##type)

enum {
    CALO = BIT(EG) | BIT(TAU) | BIT(JET),
    LISTS = CALO | BIT(MU),
    DIRECTED = BIT(ETM) | BIT(HTM) | BIT(ETMHF) | BIT(HTMHF),
    COUNTS = BIT(TOWERCOUNT) | BIT(ASYMET) | BIT(ASYMHT) | BIT(ASYMETHF) | BIT(ASYMHTHF) |
             BIT(MBT0HFP) | BIT(MBT0HFM) | BIT(MBT1HFP) | BIT(MBT1HFM) | BIT(ZDCP) | BIT(ZDCM)
};

// Which types a cut may be on.
static const uint32_t allowed[L1T_GT_C_TYPES] = {
    [L1T_GT_C_ETA] = LISTS,     [L1T_GT_C_PHI] = LISTS | DIRECTED,
    [L1T_GT_C_INDEX] = BIT(MU), [L1T_GT_C_ISO] = BIT(MU) | BIT(EG) | BIT(TAU),
    [L1T_GT_C_QLTY] = BIT(MU),  [L1T_GT_C_IP] = BIT(MU),
    [L1T_GT_C_UPT] = BIT(MU),   [L1T_GT_C_CHG] = BIT(MU),
    [L1T_GT_C_DISP] = BIT(JET), [L1T_GT_C_SLICE] = LISTS,
    [L1T_GT_C_COUNT] = COUNTS,  [L1T_GT_C_CSCORE] = BIT(CICADA),
};

bool l1t_gt_has_eta(unsigned type)
{
    return (LISTS >> type & 1) != 0;
}

bool l1t_gt_has_phi(unsigned type)
{
    return ((LISTS | DIRECTED) >> type & 1) != 0;
}

// ---- numbers ----

static const struct l1t_gt_scale *scale_of(struct l1t_gt_compiler *c, unsigned type,
                                           const char *name, const char *quantity)
{
    const struct l1t_gt_scale *scale = l1t_gt_scale_find(&c->menu->scales, name, quantity);
    const char *const plain = l1t_gt_type_name((enum l1t_gt_type)type);
    if (scale == NULL)
        scale = l1t_gt_scale_find(&c->menu->scales, plain, quantity);
    return scale != NULL ? scale : l1t_gt_scale_find(&c->cms, plain, quantity);
}

static enum l1t_err code(struct l1t_gt_compiler *c, const struct l1t_gt_scale *scale,
                         const char *what, double value, enum l1t_gt_edge edge, int *to)
{
    if (l1t_gt_code_of(scale, value, edge, to, NULL))
        return L1T_OK;
    return L1T_GT_REFUSE(c, "%s: %.10g is outside of the scale %s-%s, %.10g to %.10g", what, value,
                         scale->object, scale->type, scale->minimum, scale->maximum);
}

// A whole number of 0 to max, dust in the last digits allowed.
static enum l1t_err whole(struct l1t_gt_compiler *c, const char *what, double value, unsigned max,
                          unsigned *to)
{
    if (!(value > -1e-6 && value < max + 1e-6 && fabs(value - floor(value + 0.5)) < 1e-6))
        return L1T_GT_REFUSE(c, "%s: %.10g; expected an integer of 0 to %u", what, value, max);
    *to = (unsigned)floor(value + 0.5);
    return L1T_OK;
}

// "1,3" as a mask of bits 0 to max.
static enum l1t_err mask(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut, unsigned max,
                         unsigned *to)
{
    const char *at = cut->data;
    *to = 0;
    for (;;) {
        char *end = NULL;
        at += strspn(at, " ");
        const long n = *at >= '0' && *at <= '9' ? strtol(at, &end, 10) : -1;
        if (n < 0 || n > (long)max)
            break;
        *to |= 1U << n;
        at = end + strspn(end, " ");
        if (*at == '\0')
            return L1T_OK;
        if (*at++ != ',')
            break;
    }
    return L1T_GT_REFUSE(c, "cut '%s': '%.60s'; expected codes of 0 to %u with commas", cut->name,
                         cut->data, max);
}

// ---- thresholds ----

static unsigned count_max(unsigned type)
{
    if (type == L1T_GT_TOWERCOUNT)
        return (1 << 12) - 1; // the hardware compares 12 of its 13 bits
    if (type == L1T_GT_ZDCP || type == L1T_GT_ZDCM)
        return (1 << 10) - 1;
    return type >= L1T_GT_MBT0HFP && type <= L1T_GT_MBT1HFM ? (1 << 4) - 1 : (1 << 8) - 1;
}

static enum l1t_err count_threshold(struct l1t_gt_compiler *c, const char *what, double value,
                                    struct l1t_gt_leg *leg)
{
    unsigned n = 0;
    const enum l1t_err err = whole(c, what, value, count_max(leg->type), &n);
    if (leg->type == L1T_GT_TOWERCOUNT && n == 0 && !leg->equal)
        n = 1; // no towers: never, whatever the threshold
    leg->threshold = (uint16_t)n;
    return err;
}

static enum l1t_err make_threshold(struct l1t_gt_compiler *c,
                                   const struct l1t_gt_object_def *object, struct l1t_gt_leg *leg)
{
    int n = 0;
    if (leg->type == L1T_GT_CICADA)
        return L1T_OK; // by its cut
    if ((COUNTS >> leg->type & 1) != 0)
        return count_threshold(c, object->type, object->threshold, leg);
    const enum l1t_err err = code(c, scale_of(c, leg->type, object->type, "ET"), object->type,
                                  object->threshold, L1T_GT_LOW, &n);
    leg->threshold = (uint16_t)n;
    return err;
}

// ---- cuts ----

// Windows stand in order and once, so that equal legs are equal bytes.
static bool add_window(struct l1t_gt_window *window, uint8_t *n, unsigned max,
                       struct l1t_gt_window added)
{
    unsigned at = 0;
    while (at < *n && (window[at].low < added.low ||
                       (window[at].low == added.low && window[at].high < added.high)))
        at++;
    if (at < *n && window[at].low == added.low && window[at].high == added.high)
        return true;
    if (*n == max)
        return false;
    memmove(window + at + 1, window + at, (*n - at) * sizeof *window);
    window[at] = added;
    ++*n;
    return true;
}

static enum l1t_err window_cut(struct l1t_gt_compiler *c, const struct l1t_gt_object_def *object,
                               const struct l1t_gt_cut_def *cut, struct l1t_gt_leg *leg)
{
    const bool eta = cut->type == L1T_GT_C_ETA;
    const unsigned max = eta ? L1T_GT_ETA_WINDOWS : L1T_GT_PHI_WINDOWS;
    const struct l1t_gt_scale *const scale =
        scale_of(c, leg->type, object->type, eta ? "ETA" : "PHI");
    int low = 0, high = 0;
    enum l1t_err err = code(c, scale, cut->name, cut->minimum, L1T_GT_LOW, &low);
    if (err == L1T_OK)
        err = code(c, scale, cut->name, cut->maximum, L1T_GT_HIGH, &high);
    const struct l1t_gt_window window = {(int16_t)low, (int16_t)high};
    if (err == L1T_OK &&
        !add_window(eta ? leg->eta : leg->phi, eta ? &leg->n_eta : &leg->n_phi, max, window))
        return L1T_GT_REFUSE(c, "cut '%s': more than %u windows in %s", cut->name, max,
                             eta ? "eta" : "phi");
    return err;
}

static enum l1t_err index_cut(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                              struct l1t_gt_leg *leg)
{
    unsigned low = 0, high = 0;
    enum l1t_err err = whole(c, cut->name, cut->minimum, 127, &low);
    if (err == L1T_OK)
        err = whole(c, cut->name, cut->maximum, 127, &high);
    const struct l1t_gt_window window = {(int16_t)low, (int16_t)high};
    if (err == L1T_OK && low > high)
        return L1T_GT_REFUSE(c, "cut '%s': minimum %u above maximum %u", cut->name, low, high);
    if (err == L1T_OK && !add_window(leg->index, &leg->n_index, L1T_GT_INDEX_WINDOWS, window))
        return L1T_GT_REFUSE(c, "cut '%s': more than %d windows of the index", cut->name,
                             L1T_GT_INDEX_WINDOWS);
    return err;
}

static enum l1t_err slice_cut(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                              struct l1t_gt_leg *leg)
{
    const unsigned last = l1t_gt_type_slots[leg->type] - 1U;
    unsigned low = 0, high = 0;
    enum l1t_err err = whole(c, cut->name, cut->minimum, last, &low);
    if (err == L1T_OK)
        err = whole(c, cut->name, cut->maximum, last, &high);
    if (err == L1T_OK && low > high)
        return L1T_GT_REFUSE(c, "cut '%s': minimum %u above maximum %u", cut->name, low, high);
    leg->slice_first = (uint8_t)low;
    leg->slice_last = (uint8_t)high;
    return err;
}

static enum l1t_err upt_cut(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                            struct l1t_gt_leg *leg)
{
    const struct l1t_gt_scale *const scale = scale_of(c, L1T_GT_MU, "MU", "UPT");
    int low = 0, high = 0;
    enum l1t_err err = code(c, scale, cut->name, cut->minimum, L1T_GT_LOW, &low);
    if (err == L1T_OK)
        err = code(c, scale, cut->name, cut->maximum, L1T_GT_HIGH, &high);
    leg->upt_low = (uint8_t)low;
    leg->upt_high = (uint8_t)high;
    return err;
}

static enum l1t_err charge_cut(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                               struct l1t_gt_leg *leg)
{
    const char *const data = cut->data;
    const bool positive = strcmp(data, "positive") == 0 || strcmp(data, "pos") == 0;
    if (!positive && strcmp(data, "negative") != 0 && strcmp(data, "neg") != 0)
        return L1T_GT_REFUSE(c, "cut '%s': '%.40s'; expected positive or negative", cut->name,
                             data);
    leg->charge = positive ? L1T_GT_CHARGE_POSITIVE : L1T_GT_CHARGE_NEGATIVE;
    return L1T_OK;
}

static enum l1t_err displaced_cut(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                                  struct l1t_gt_leg *leg)
{
    if (strcmp(cut->data, "0") != 0 && strcmp(cut->data, "1") != 0)
        return L1T_GT_REFUSE(c, "cut '%s': '%.40s'; expected 0 or 1", cut->name, cut->data);
    leg->displaced = cut->data[0] == '1' ? L1T_GT_DISPLACED_YES : L1T_GT_DISPLACED_NO;
    return L1T_OK;
}

static enum l1t_err score_cut(struct l1t_gt_compiler *c, const struct l1t_gt_cut_def *cut,
                              struct l1t_gt_leg *leg)
{
    if (!(cut->minimum >= 0 && cut->minimum < 256))
        return L1T_GT_REFUSE(c, "cut '%s': %.10g; expected a score of 0 to 255.99", cut->name,
                             cut->minimum);
    const double score = floor(cut->minimum * 256 + 0.5);
    leg->threshold = (uint16_t)(score > UINT16_MAX ? UINT16_MAX : score);
    return L1T_OK;
}

static enum l1t_err add_cut(struct l1t_gt_compiler *c, const struct l1t_gt_object_def *object,
                            const struct l1t_gt_cut_def *cut, struct l1t_gt_leg *leg)
{
    unsigned bits = 0;
    enum l1t_err err = L1T_OK;
    switch (cut->type) {
    case L1T_GT_C_ETA:
    case L1T_GT_C_PHI:
        return window_cut(c, object, cut, leg);
    case L1T_GT_C_INDEX:
        return index_cut(c, cut, leg);
    case L1T_GT_C_SLICE:
        return slice_cut(c, cut, leg);
    case L1T_GT_C_UPT:
        return upt_cut(c, cut, leg);
    case L1T_GT_C_CHG:
        return charge_cut(c, cut, leg);
    case L1T_GT_C_DISP:
        return displaced_cut(c, cut, leg);
    case L1T_GT_C_COUNT:
        return count_threshold(c, cut->name, cut->minimum, leg);
    case L1T_GT_C_CSCORE:
        return score_cut(c, cut, leg);
    case L1T_GT_C_QLTY:
        err = mask(c, cut, 15, &bits);
        leg->quality_mask = (uint16_t)bits;
        return err;
    case L1T_GT_C_ISO:
        err = mask(c, cut, 3, &bits);
        leg->iso_mask = (uint8_t)bits;
        return err;
    default: // L1T_GT_C_IP; the table of what is allowed has no other
        err = mask(c, cut, 3, &bits);
        leg->ip_mask = (uint8_t)bits;
        return err;
    }
}

static bool is_window(enum l1t_gt_cut_type type)
{
    return type == L1T_GT_C_ETA || type == L1T_GT_C_PHI || type == L1T_GT_C_INDEX;
}

static enum l1t_err add_cuts(struct l1t_gt_compiler *c, const struct l1t_gt_object_def *object,
                             struct l1t_gt_leg *leg)
{
    const struct l1t_gt_cut_def *by_type[L1T_GT_C_TYPES] = {NULL};
    for (size_t i = 0; i < object->n_cuts; i++) {
        const struct l1t_gt_cut_def *const cut = &c->algorithm->cut[object->cut[i]];
        const struct l1t_gt_cut_def *const before = by_type[cut->type];
        if ((allowed[cut->type] >> leg->type & 1) == 0)
            return L1T_GT_REFUSE(c, "cut '%s' of type %s is not for %s", cut->name,
                                 l1t_gt_cut_type_name(cut->type), object->type);
        if (cut->object[0] != '\0' && strcmp(cut->object, object->type) != 0)
            return L1T_GT_REFUSE(c, "cut '%s' is for %s, not for %s", cut->name, cut->object,
                                 object->type);
        if (before != NULL && before != cut && !is_window(cut->type))
            return L1T_GT_REFUSE(c, "%s has two cuts of type %s, '%s' and '%s'", object->type,
                                 l1t_gt_cut_type_name(cut->type), before->name, cut->name);
        by_type[cut->type] = cut;
        const enum l1t_err err = add_cut(c, object, cut, leg);
        if (err != L1T_OK)
            return err;
    }
    if (leg->type == L1T_GT_CICADA && by_type[L1T_GT_C_CSCORE] == NULL)
        return L1T_GT_REFUSE(c, "CICADA without a cut of type CSCORE");
    return L1T_OK;
}

enum l1t_err l1t_gt_make_leg(struct l1t_gt_compiler *c, const struct l1t_gt_object_def *object,
                             struct l1t_gt_leg *leg)
{
    unsigned type = 0;
    memset(leg, 0, sizeof *leg);
    if (l1t_gt_word_of(c->menu, object->type, &type) != L1T_GT_W_OBJECT)
        return L1T_GT_REFUSE(c, "'%s' is not an object", object->type);
    if (object->bx < -L1T_GT_BX_REACH || object->bx > L1T_GT_BX_REACH)
        return L1T_GT_REFUSE(c, "%s: a bunch crossing %+d away; expected -2 to +2", object->type,
                             object->bx);
    leg->type = (uint8_t)type;
    leg->bx = (int8_t)object->bx;
    leg->equal = object->equal;
    leg->slice_last = (uint8_t)(l1t_gt_type_slots[type] - 1);
    leg->quality_mask = UINT16_MAX;
    leg->iso_mask = leg->ip_mask = 0xf;
    leg->upt_high = UINT8_MAX;
    const enum l1t_err err = make_threshold(c, object, leg);
    return err != L1T_OK ? err : add_cuts(c, object, leg);
}

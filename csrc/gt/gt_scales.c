// SPDX-License-Identifier: GPL-3.0-or-later
// Scales: from physical values to hardware codes and back; the CMS scale set.
#include "l1t/gt_menu.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Values stand on bin edges with dust in their last digits.
static const double TOLERANCE = 1e-6;

#define TWO_PI 6.283185307179586476925

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool has_sign(const struct l1t_gt_scale *scale)
{
    return is(scale->type, "ETA");
}

// Where bin 0 of an unlisted scale begins, in steps.
static double origin(const struct l1t_gt_scale *scale)
{
    if (!is(scale->object, "MU"))
        return 0;
    return is(scale->type, "ET") || is(scale->type, "UPT") ? -1 : is(scale->type, "ETA") ? -0.5 : 0;
}

static double clip(const struct l1t_gt_scale *scale, double value)
{
    return fmin(fmax(value, scale->minimum), scale->maximum);
}

// ---- bins that follow from range and step ----

static bool linear_range(const struct l1t_gt_scale *scale, int code, double *minimum,
                         double *maximum)
{
    const double from = code + origin(scale);
    const double low = from * scale->step, high = (from + 1) * scale->step;
    if (code < 0 && !has_sign(scale))
        return false;
    *minimum = clip(scale, low);
    *maximum = clip(scale, high);
    return *maximum - *minimum > TOLERANCE;
}

static bool linear_code(const struct l1t_gt_scale *scale, double value, enum l1t_gt_edge edge,
                        int *code)
{
    if (!(scale->step > 0))
        return false;
    const double from = origin(scale), t = TOLERANCE;
    const double at = value / scale->step - from, slack = t / scale->step;
    const double n = edge == L1T_GT_LOW ? floor(at + slack) : ceil(at - slack) - 1;
    if (!(fabs(n) < 1e6))
        return false;
    *code = (int)n;
    double low = 0, high = 0;
    if (!linear_range(scale, *code, &low, &high))
        return false;
    // The outermost bins end where the range does.
    return edge == L1T_GT_LOW ? low <= value + t && value + t < high
                              : low < value - t && value - t <= high;
}

// ---- bins as listed, in any order ----

static int signed_code(const struct l1t_gt_scale *scale, uint32_t number)
{
    const unsigned bits = scale->n_bits;
    if (has_sign(scale) && bits > 0 && bits < 31 && number >> (bits - 1) == 1)
        return (int)number - (1 << bits);
    return (int)number;
}

static bool listed_code(const struct l1t_gt_scale *scale, double value, enum l1t_gt_edge edge,
                        int *code)
{
    for (size_t i = 0; i < scale->n_bins; i++) {
        const struct l1t_gt_bin *bin = &scale->bin[i];
        const bool in = edge == L1T_GT_LOW
                            ? bin->minimum <= value + TOLERANCE && value + TOLERANCE < bin->maximum
                            : bin->minimum < value - TOLERANCE && value - TOLERANCE <= bin->maximum;
        if (in) {
            *code = signed_code(scale, bin->number);
            return true;
        }
    }
    return false;
}

static bool listed_range(const struct l1t_gt_scale *scale, int code, double *minimum,
                         double *maximum)
{
    for (size_t i = 0; i < scale->n_bins; i++)
        if (signed_code(scale, scale->bin[i].number) == code) {
            *minimum = scale->bin[i].minimum;
            *maximum = scale->bin[i].maximum;
            return true;
        }
    return false;
}

// ---- either ----

bool l1t_gt_range_of(const struct l1t_gt_scale *scale, int code, double *minimum, double *maximum)
{
    return scale->n_bins > 0 ? listed_range(scale, code, minimum, maximum)
                             : linear_range(scale, code, minimum, maximum);
}

bool l1t_gt_code_of(const struct l1t_gt_scale *scale, double value, enum l1t_gt_edge edge,
                    int *code, bool *on_edge)
{
    double minimum = 0, maximum = 0;
    if (!isfinite(value))
        return false;
    if (scale->n_bins > 0 ? !listed_code(scale, value, edge, code)
                          : !linear_code(scale, value, edge, code))
        return false;
    if (on_edge != NULL) {
        (void)l1t_gt_range_of(scale, *code, &minimum, &maximum);
        *on_edge = fabs(value - (edge == L1T_GT_LOW ? minimum : maximum)) <= TOLERANCE;
    }
    return true;
}

const struct l1t_gt_scale *l1t_gt_scale_find(const struct l1t_gt_scales *scales, const char *object,
                                             const char *type)
{
    for (size_t i = 0; i < scales->n; i++)
        if (is(scales->scale[i].object, object) && is(scales->scale[i].type, type))
            return &scales->scale[i];
    return NULL;
}

void l1t_gt_scales_free(struct l1t_gt_scales *scales)
{
    for (size_t i = 0; i < scales->n; i++)
        free(scales->scale[i].bin);
    free(scales->scale);
    scales->scale = NULL;
    scales->n = 0;
}

// ---- the CMS scale set ----

static const struct {
    const char *object, *type;
    double minimum, maximum, step;
    unsigned n_bits;
} cms[] = {
    {"EG", "ET", 0, 255, 0.5, 9},
    {"EG", "ETA", -5, 5, 0.0435, 8},
    {"EG", "PHI", 0, TWO_PI, TWO_PI / 144, 8},
    {"TAU", "ET", 0, 255, 0.5, 9},
    {"TAU", "ETA", -5, 5, 0.0435, 8},
    {"TAU", "PHI", 0, TWO_PI, TWO_PI / 144, 8},
    {"JET", "ET", 0, 1023, 0.5, 11},
    {"JET", "ETA", -5, 5, 0.0435, 8},
    {"JET", "PHI", 0, TWO_PI, TWO_PI / 144, 8},
    {"MU", "ET", -0.5, 255, 0.5, 9},
    {"MU", "UPT", -1, 255, 1, 8},
    {"MU", "ETA", -2.45, 2.45, 0.010875, 9},
    {"MU", "PHI", 0, TWO_PI, TWO_PI / 576, 10},
    {"MU", "INDEX", 0, 127, 1, 7},
    {"ETT", "ET", 0, 2047, 0.5, 12},
    {"ETTEM", "ET", 0, 2047, 0.5, 12},
    {"HTT", "ET", 0, 2047, 0.5, 12},
    {"ETM", "ET", 0, 2047, 0.5, 12},
    {"ETM", "PHI", 0, TWO_PI, TWO_PI / 144, 8},
    {"HTM", "ET", 0, 2047, 0.5, 12},
    {"HTM", "PHI", 0, TWO_PI, TWO_PI / 144, 8},
    {"ETMHF", "ET", 0, 2047, 0.5, 12},
    {"ETMHF", "PHI", 0, TWO_PI, TWO_PI / 144, 8},
    {"HTMHF", "ET", 0, 2047, 0.5, 12},
    {"HTMHF", "PHI", 0, TWO_PI, TWO_PI / 144, 8},
    {"MBT0HFP", "COUNT", 0, 15, 1, 4},
    {"MBT0HFM", "COUNT", 0, 15, 1, 4},
    {"MBT1HFP", "COUNT", 0, 15, 1, 4},
    {"MBT1HFM", "COUNT", 0, 15, 1, 4},
    {"TOWERCOUNT", "COUNT", 0, 8191, 1, 13},
    {"ASYMET", "COUNT", 0, 255, 1, 8},
    {"ASYMHT", "COUNT", 0, 255, 1, 8},
    {"ASYMETHF", "COUNT", 0, 255, 1, 8},
    {"ASYMHTHF", "COUNT", 0, 255, 1, 8},
    {"ZDCP", "COUNT", 0, 1023, 1, 10},
    {"ZDCM", "COUNT", 0, 1023, 1, 10},
    {"CICADA", "CSCORE", 0, 256, 0.00390625, 16},
};

// Decimal digits of the correlation arithmetic, for pairs without and with a muon.
static const struct {
    const char *what;
    unsigned digits[2];
} precisions[] = {{"Delta", {3, 3}},
                  {"Mass", {1, 1}},
                  {"MassPt", {1, 1}},
                  {"Math", {3, 4}},
                  {"TwoBodyPt", {1, 1}},
                  {"TwoBodyPtMath", {3, 4}},
                  {"InverseDeltaRMath", {5, 5}}};

static const char *const pairs[] = {
    "EG-EG",   "EG-JET",  "EG-TAU",    "EG-ETM",    "EG-HTM",    "EG-ETMHF",  "EG-HTMHF",
    "JET-JET", "JET-TAU", "JET-ETM",   "JET-HTM",   "JET-ETMHF", "JET-HTMHF", "TAU-TAU",
    "TAU-ETM", "TAU-HTM", "TAU-ETMHF", "TAU-HTMHF", "EG-MU",     "JET-MU",    "TAU-MU",
    "MU-MU",   "MU-ETM",  "MU-HTM",    "MU-ETMHF",  "MU-HTMHF"};

enum {
    N_CMS = sizeof cms / sizeof cms[0],
    N_PRECISIONS = sizeof precisions / sizeof precisions[0],
    N_PAIRS = sizeof pairs / sizeof pairs[0]
};

static bool same_type(const char *pair)
{
    const size_t half = strlen(pair) / 2;
    return pair[half] == '-' && strncmp(pair, pair + half + 1, half) == 0;
}

static size_t add_precisions(struct l1t_gt_scale *to)
{
    size_t n = 0;
    for (size_t p = 0; p < N_PAIRS; p++)
        for (size_t i = 0; i < N_PRECISIONS; i++) {
            const bool muon = strncmp(pairs[p], "MU-", 3) == 0 || strstr(pairs[p], "-MU") != NULL;
            if (is(precisions[i].what, "InverseDeltaRMath") && !same_type(pairs[p]))
                continue;
            struct l1t_gt_scale *const scale = &to[n++];
            (void)snprintf(scale->object, sizeof scale->object, "PRECISION");
            (void)snprintf(scale->type, sizeof scale->type, "%s-%s", pairs[p], precisions[i].what);
            scale->n_bits = precisions[i].digits[muon];
        }
    return n;
}

enum l1t_err l1t_gt_scales_default(struct l1t_gt_scales *scales, struct l1t_diag *diag)
{
    memset(scales, 0, sizeof *scales);
    struct l1t_gt_scale *const to = calloc(N_CMS + N_PAIRS * N_PRECISIONS, sizeof *to);
    if (to == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "scales: out of memory");
    for (size_t i = 0; i < N_CMS; i++) {
        (void)snprintf(to[i].object, sizeof to[i].object, "%s", cms[i].object);
        (void)snprintf(to[i].type, sizeof to[i].type, "%s", cms[i].type);
        to[i].minimum = cms[i].minimum;
        to[i].maximum = cms[i].maximum;
        to[i].step = cms[i].step;
        to[i].n_bits = cms[i].n_bits;
    }
    (void)snprintf(scales->name, sizeof scales->name, "scales_2024_05_15");
    scales->scale = to;
    scales->n = N_CMS + add_precisions(to + N_CMS);
    return L1T_OK;
}

// ---- overlap removal by the date of the scale set ----

// A number of n digits; false: something else stands there.
static bool digits(const char *text, unsigned n, unsigned *value)
{
    *value = 0;
    for (; n > 0; n--, text++) {
        if (*text < '0' || *text > '9')
            return false;
        *value = *value * 10 + (unsigned)(*text - '0');
    }
    return true;
}

// Year and month of the first yyyy_mm or yyyy-mm in a name, as yyyymm; 0 when there is none.
static unsigned date_in(const char *name)
{
    for (const char *p = name; *p != '\0'; p++) {
        unsigned year = 0, month = 0;
        const bool starts = p == name || p[-1] < '0' || p[-1] > '9';
        if (starts && digits(p, 4, &year) && (p[4] == '_' || p[4] == '-') &&
            digits(p + 5, 2, &month) && year / 100 == 20)
            return year * 100 + month;
    }
    return 0;
}

// "0.6" and what came before it.
static bool is_old_grammar(const char *grammar)
{
    return grammar != NULL && strncmp(grammar, "0.", 2) == 0 && grammar[2] >= '0' &&
           grammar[2] < '8' && (grammar[3] < '0' || grammar[3] > '9');
}

enum l1t_gt_overlap l1t_gt_overlap_default(const struct l1t_gt_menu *menu)
{
    const unsigned date = date_in(menu->scales.name);
    const bool old = date != 0 ? date < 202103 : is_old_grammar(menu->grammar);
    return old ? L1T_GT_OVERLAP_ALL : L1T_GT_OVERLAP_EXISTS;
}

// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tables of physical quantities. Every content is rounded half away from zero, evaluated in double
 * in the order that is written: 5 * 0.0435 * 1000 is 217.49999 and becomes 217, as in the firmware.
 */
#include "gt_compile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TWO_PI   6.283185307179586476925
#define CALO_ETA 0.0435
#define MU_ETA   0.010875
#define CALO_PHI (TWO_PI / 144)
#define MU_PHI   (TWO_PI / 576)

// ---- precisions ----

static const struct {
    const char *what;
    size_t at;
    unsigned cms[L1T_GT_PAIRS]; // what every CMS menu has, and the most that fits
} known[] = {
    {"Delta", offsetof(struct l1t_gt_digits, delta), {3, 3, 3}},
    {"Mass", offsetof(struct l1t_gt_digits, mass), {1, 1, 1}},
    {"MassPt", offsetof(struct l1t_gt_digits, mass_pt), {1, 1, 1}},
    {"Math", offsetof(struct l1t_gt_digits, math), {3, 4, 4}},
    {"TwoBodyPt", offsetof(struct l1t_gt_digits, tbpt), {1, 1, 1}},
    {"TwoBodyPtMath", offsetof(struct l1t_gt_digits, tbpt_math), {3, 4, 4}},
    {"InverseDeltaRMath", offsetof(struct l1t_gt_digits, inv), {5, 5, 5}},
    {"DeltaOverlapRemoval", offsetof(struct l1t_gt_digits, overlap), {3, 3, 3}},
};
enum { N_KNOWN = sizeof known / sizeof known[0], OVERLAP = N_KNOWN - 1 };

static unsigned *digits_at(struct l1t_gt_digits *digits, size_t k)
{
    return (unsigned *)(void *)((char *)digits + known[k].at);
}

// "EG-MU-Mass": the class of the pair and the end, or NULL.
static const char *split_precision(const char *type, enum l1t_gt_pair *pair)
{
    const char *const first = strchr(type, '-');
    const char *const second = first == NULL ? NULL : strchr(first + 1, '-');
    if (second == NULL)
        return NULL;
    const bool muon1 = first - type == 2 && strncmp(type, "MU", 2) == 0;
    const bool muon2 = second - first == 3 && strncmp(first + 1, "MU", 2) == 0;
    *pair = muon1 && muon2 ? L1T_GT_MU_MU : muon1 || muon2 ? L1T_GT_CALO_MU : L1T_GT_CALO_CALO;
    return second + 1;
}

static enum l1t_err take_precision(struct l1t_gt_compiler *c, const struct l1t_gt_scale *scale,
                                   bool seen[L1T_GT_PAIRS][N_KNOWN])
{
    enum l1t_gt_pair pair = L1T_GT_CALO_CALO;
    const struct l1t_gt_place nowhere = {0};
    const char *const what = split_precision(scale->type, &pair);
    for (size_t k = 0; what != NULL && k < N_KNOWN; k++) {
        if (strcmp(known[k].what, what) != 0)
            continue;
        unsigned *const digits = digits_at(&c->digits[pair], k);
        if (scale->n_bits > known[k].cms[pair])
            return l1t_gt_fail(c->menu, NULL, nowhere, c->diag,
                               "precision %s: %u decimal digits; expected 0 to %u", scale->type,
                               scale->n_bits, known[k].cms[pair]);
        if (seen[pair][k] && *digits != scale->n_bits)
            return l1t_gt_fail(c->menu, NULL, nowhere, c->diag,
                               "precision %s: %u decimal digits, but %u in another pair of the "
                               "same kind; they share their tables",
                               scale->type, scale->n_bits, *digits);
        *digits = scale->n_bits;
        seen[pair][k] = true;
    }
    return L1T_OK;
}

enum l1t_err l1t_gt_make_digits(struct l1t_gt_compiler *c)
{
    bool seen[L1T_GT_PAIRS][N_KNOWN] = {{false}};
    for (unsigned p = 0; p < L1T_GT_PAIRS; p++)
        for (size_t k = 0; k < N_KNOWN; k++)
            *digits_at(&c->digits[p], k) = known[k].cms[p];
    for (size_t i = 0; i < c->menu->scales.n; i++) {
        const struct l1t_gt_scale *const scale = &c->menu->scales.scale[i];
        if (strcmp(scale->object, "PRECISION") != 0)
            continue;
        const enum l1t_err err = take_precision(c, scale, seen);
        if (err != L1T_OK)
            return err;
    }
    for (unsigned p = 0; p < L1T_GT_PAIRS; p++) {
        struct l1t_gt_digits *const d = &c->digits[p];
        if (!seen[p][OVERLAP])
            d->overlap = d->delta;
        if (d->mass > 2 * d->mass_pt + d->math || d->tbpt > 2 * d->mass_pt + 2 * d->tbpt_math ||
            d->overlap > d->delta || d->mass_pt != c->digits[0].mass_pt)
            return l1t_gt_fail(c->menu, NULL, (struct l1t_gt_place){0}, c->diag,
                               "precisions that do not go together: limits have more digits than "
                               "the tables, or MassPt differs between kinds of pairs");
    }
    return L1T_OK;
}

// Tables are for the hardware's steps; a menu with other scales cannot be evaluated.
enum l1t_err l1t_gt_check_steps(struct l1t_gt_compiler *c)
{
    for (size_t i = 0; i < c->menu->scales.n; i++) {
        const struct l1t_gt_scale *const own = &c->menu->scales.scale[i];
        const struct l1t_gt_scale *const cms =
            strcmp(own->object, "PRECISION") == 0
                ? NULL
                : l1t_gt_scale_find(&c->cms, own->object, own->type);
        if (cms != NULL && strcmp(own->type, "COUNT") != 0 &&
            !(fabs(own->step - cms->step) <= 1e-9))
            return l1t_gt_fail(c->menu, NULL, (struct l1t_gt_place){0}, c->diag,
                               "scale %s-%s: step %.10g; expected the hardware's %.10g",
                               own->object, own->type, own->step, cms->step);
    }
    return L1T_OK;
}

// ---- contents ----

static double power(unsigned digits)
{
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5};
    return powers[digits];
}

// Half away from zero.
static double rounded(double x)
{
    return x < 0 ? -floor(-x + 0.5) : floor(x + 0.5);
}

enum function { DIFFERENCE, COSH, COS, COS_PHI, SIN_PHI };

static double value(enum function function, unsigned i, double step, double scale)
{
    switch (function) {
    case DIFFERENCE:
        return i * step * scale;
    case COSH:
        return cosh(i * step) * scale;
    case COS:
        return cos(i * step) * scale;
    case COS_PHI:
        return cos((i + 0.5) * step) * scale;
    case SIN_PHI:
        return sin((i + 0.5) * step) * scale;
    }
    return 0;
}

static uint32_t *unsigned_table(enum function function, unsigned n, double step, unsigned digits)
{
    uint32_t *const table = malloc(n * sizeof *table);
    for (unsigned i = 0; table != NULL && i < n; i++)
        table[i] = (uint32_t)rounded(value(function, i, step, power(digits)));
    return table;
}

static int32_t *signed_table(enum function function, unsigned n, double step, unsigned digits)
{
    int32_t *const table = malloc(n * sizeof *table);
    for (unsigned i = 0; table != NULL && i < n; i++)
        table[i] = (int32_t)rounded(value(function, i, step, power(digits)));
    return table;
}

// By differences of eta and phi; entry 0, 0 is infinite and stays 0: who reads it must not.
static uint64_t *inverse_table(unsigned n_eta, unsigned n_phi, double eta, double phi,
                               unsigned digits)
{
    uint64_t *const table = calloc((size_t)n_eta * n_phi, sizeof *table);
    for (unsigned i = 0; table != NULL && i < n_eta; i++)
        for (unsigned j = i == 0; j < n_phi; j++) {
            const double deta = i * eta, dphi = j * phi;
            const double deta2 = deta * deta, dphi2 = dphi * dphi;
            table[(size_t)i * n_phi + j] = (uint64_t)rounded(power(digits) / (deta2 + dphi2));
        }
    return table;
}

static const struct {
    unsigned n_eta, n_phi, n_inv_eta, n_inv_phi, n_trig;
    double eta, phi, inv_eta, inv_phi;
} shapes[L1T_GT_PAIRS] = {
    [L1T_GT_CALO_CALO] = {230, 73, 230, 73, 144, CALO_ETA, CALO_PHI, CALO_ETA, CALO_PHI},
    [L1T_GT_CALO_MU] = {920, 289, 0, 0, 576, MU_ETA, MU_PHI, 0, 0},
    [L1T_GT_MU_MU] = {451, 289, 226, 145, 576, MU_ETA, MU_PHI, 2 * MU_ETA, 2 * MU_PHI},
};

static bool make_pair(enum l1t_gt_pair pair, const struct l1t_gt_digits *d,
                      struct l1t_gt_pair_tables *t)
{
    const unsigned n_eta = shapes[pair].n_eta, n_phi = shapes[pair].n_phi;
    const unsigned n_trig = shapes[pair].n_trig;
    const double eta = shapes[pair].eta, phi = shapes[pair].phi;
    t->n_eta = n_eta;
    t->n_phi = n_phi;
    t->deta = unsigned_table(DIFFERENCE, n_eta, eta, d->delta);
    t->dphi = unsigned_table(DIFFERENCE, n_phi, phi, d->delta);
    t->cosh = unsigned_table(COSH, n_eta, eta, d->math);
    t->cos = signed_table(COS, n_phi, phi, d->math);
    t->mass_t_one = (uint32_t)power(d->math);
    t->n_inv_eta = shapes[pair].n_inv_eta;
    t->n_inv_phi = shapes[pair].n_inv_phi;
    if (t->n_inv_eta > 0)
        t->inv_dr2 = inverse_table(t->n_inv_eta, t->n_inv_phi, shapes[pair].inv_eta,
                                   shapes[pair].inv_phi, d->inv);
    t->tbpt_scale = (uint64_t)(power(d->tbpt_math) * power(d->tbpt_math));
    t->n_trig = n_trig;
    t->cos_phi = signed_table(COS_PHI, n_trig, phi, d->tbpt_math);
    t->sin_phi = signed_table(SIN_PHI, n_trig, phi, d->tbpt_math);
    return t->deta != NULL && t->dphi != NULL && t->cosh != NULL && t->cos != NULL &&
           (t->inv_dr2 != NULL || t->n_inv_eta == 0) && t->cos_phi != NULL && t->sin_phi != NULL;
}

// Bin centres; first is the code that begins at 0 GeV, codes below it are "none".
static uint32_t *pt_table(unsigned n, unsigned first, double step, unsigned digits)
{
    uint32_t *const table = calloc(n, sizeof *table);
    for (unsigned i = first; table != NULL && i < n; i++)
        table[i] = (uint32_t)rounded(((i - first) * step + step / 2) * power(digits));
    return table;
}

static unsigned et_codes(unsigned type)
{
    switch (type) {
    case L1T_GT_MU:
    case L1T_GT_EG:
    case L1T_GT_TAU:
        return 1 << 9;
    case L1T_GT_JET:
        return 1 << 11;
    case L1T_GT_ETM:
    case L1T_GT_HTM:
    case L1T_GT_ETMHF:
    case L1T_GT_HTMHF:
        return 1 << 12;
    default:
        return 0; // in no pair
    }
}

bool l1t_gt_make_tables(const struct l1t_gt_digits digits[L1T_GT_PAIRS],
                        struct l1t_gt_tables *tables)
{
    bool good = true;
    for (unsigned p = 0; p < L1T_GT_PAIRS; p++)
        good = make_pair((enum l1t_gt_pair)p, &digits[p], &tables->pair[p]) && good;
    for (unsigned type = 0; type < L1T_GT_TYPES; type++) {
        const unsigned n = et_codes(type);
        if (n == 0)
            continue;
        tables->n_pt[type] = n;
        tables->pt[type] = pt_table(n, type == L1T_GT_MU, 0.5, digits[0].mass_pt);
        good = good && tables->pt[type] != NULL;
    }
    tables->n_upt = 1 << 8;
    tables->upt = pt_table(tables->n_upt, 1, 1, digits[0].mass_pt);
    return good && tables->upt != NULL;
}

void l1t_gt_free_tables(struct l1t_gt_tables *tables)
{
    for (unsigned p = 0; p < L1T_GT_PAIRS; p++) {
        struct l1t_gt_pair_tables *const t = &tables->pair[p];
        free((void *)t->deta);
        free((void *)t->dphi);
        free((void *)t->cosh);
        free((void *)t->cos);
        free((void *)t->inv_dr2);
        free((void *)t->cos_phi);
        free((void *)t->sin_phi);
    }
    for (unsigned type = 0; type < L1T_GT_TYPES; type++)
        free((void *)tables->pt[type]);
    free((void *)tables->upt);
}

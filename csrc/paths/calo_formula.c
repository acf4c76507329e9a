// SPDX-License-Identifier: GPL-3.0-or-later
// The calorimeter paths' tables from formulas (docs/luts.md).
#include "l1t/calo_tables.h"

#include <math.h>
#include <string.h>

enum {
    ET_ENTRIES = 256,
    NTT_ENTRIES = 1024,   // of the taus; e/gammas have 256
    MAX_LIMIT = 255,      // largest isolation limit that is one
    ALWAYS_ISOLATED = 511 // and one that stands for "always"
};

#define UNITS_PER_GEV 2.0

// Bin of a value: the last whose lower edge is not above it.
static unsigned bin_of(const struct l1t_bins *bins, double value)
{
    unsigned k = 0;
    while (k + 1 < bins->n && value >= bins->edge[k + 1])
        k++;
    return k;
}

// The inputs that a compression puts into bin k: first <= input < end; none: first == end.
struct range {
    unsigned first, end;
};

static void ranges_16(const uint16_t *table, unsigned n, unsigned shift, struct range *range)
{
    for (unsigned i = n; i-- > 0;) {
        struct range *r = &range[table[i] >> shift & 31u];
        r->first = i;
        r->end = r->end == 0 ? i + 1 : r->end;
    }
}

static void ranges_8(const uint8_t *table, unsigned n, struct range *range)
{
    for (unsigned i = n; i-- > 0;) {
        struct range *r = &range[table[i] & 31u];
        r->first = i;
        r->end = r->end == 0 ? i + 1 : r->end;
    }
}

// Middle of a bin of ET on a logarithmic scale in GeV, as for the jets: the first and the last
// (which holds everything above) have one edge only.
static double middle_et(struct range r)
{
    const double low = r.first / UNITS_PER_GEV, high = r.end / UNITS_PER_GEV;
    if (r.end == ET_ENTRIES)
        return low * 1.25;
    return r.first == 0 ? 0.75 * high : sqrt(low * high);
}

// Middle of a bin of nTT; the last, which holds everything above, stands for its lower edge.
static double middle_ntt(struct range r, unsigned entries)
{
    return r.end == entries ? r.first : (r.first + (r.end - 1.0)) / 2;
}

static uint16_t limit_word(const struct l1t_isolation *f, unsigned eta, double et, double ntt)
{
    if (et >= f->always)
        return ALWAYS_ISOLATED;
    const double gev = f->offset + f->per_tower[eta] * ntt + f->per_et * et;
    return (uint16_t)fmin(fmax(round(gev * UNITS_PER_GEV), 0), MAX_LIMIT);
}

static enum l1t_err factor_word(double factor, unsigned unity, unsigned max, unsigned eta,
                                double et, uint16_t *word, struct l1t_diag *diag)
{
    const double units = round(factor * unity);
    if (!(units >= 0 && units <= max))
        return l1t_fail(diag, L1T_E_INPUT,
                        "factor %.4g at ring bin %u and %.4g GeV; the hardware's is 0 to %.4g",
                        factor, eta, et, (double)max / unity);
    *word = (uint16_t)units;
    return L1T_OK;
}

// ---- e/gamma ----

static unsigned count(unsigned shape, unsigned mask)
{
    unsigned n = 0;
    for (unsigned bits = shape & mask; bits != 0; bits &= bits - 1)
        n++;
    return n;
}

// Bits of a pattern.
enum { N = 1, S = 2, SIDE = 4, NORTH_CORNER = 8, SOUTH_CORNER = 16, NN = 32, SS = 64 };

void l1t_egamma_make_compress(const struct l1t_egamma_compression *f,
                              struct l1t_egamma_config *config)
{
    uint16_t *c = config->compress;
    memset(c, 0, sizeof config->compress);
    for (unsigned shape = 0; shape < 128; shape++)
        c[L1T_EGAMMA_COMPRESS_SHAPE + shape] =
            (uint16_t)f->shape[count(shape, N | S | NN | SS)]
                              [count(shape, SIDE | NORTH_CORNER | SOUTH_CORNER)];
    for (unsigned i = 0; i < ET_ENTRIES; i++) {
        c[L1T_EGAMMA_COMPRESS_ET + i] = (uint16_t)(bin_of(&f->et, i / UNITS_PER_GEV) << 4);
        c[L1T_EGAMMA_COMPRESS_NTT + i] = (uint16_t)bin_of(&f->ntt, i);
    }
    for (unsigned ring = 0; ring < 32; ring++)
        c[L1T_EGAMMA_COMPRESS_ETA + ring] = (uint16_t)(bin_of(&f->eta, ring) << 8);
}

static unsigned trim(const struct l1t_egamma_trimming *rule, unsigned shape)
{
    unsigned keep = N | S | SIDE;
    if (rule->far == L1T_TRIM_FAR_KEEP)
        keep |= NN | SS;
    if (rule->far == L1T_TRIM_FAR_ALONE)
        keep |= ((shape & S) == 0 ? NN : 0u) | ((shape & N) == 0 ? SS : 0u);
    const bool joined = rule->corner == L1T_TRIM_CORNER_JOINED && (shape & SIDE) != 0;
    if (rule->corner == L1T_TRIM_CORNER_KEEP || (joined && (shape & N) != 0))
        keep |= NORTH_CORNER;
    if (rule->corner == L1T_TRIM_CORNER_KEEP || (joined && (shape & S) != 0))
        keep |= SOUTH_CORNER;
    return shape & keep;
}

void l1t_egamma_make_trimming(const struct l1t_egamma_trimming *rule, unsigned n,
                              struct l1t_egamma_config *config)
{
    memset(config->trimming, 0, sizeof config->trimming);
    unsigned k = 0;
    for (unsigned ring = 1; ring <= L1T_CLUSTER_RINGS; ring++) {
        while (k + 1 < n && ring >= rule[k + 1].ring)
            k++;
        for (unsigned shape = 0; shape < 128; shape++)
            config->trimming[(ring - 1) << 7 | shape] = (uint8_t)trim(&rule[k], shape);
    }
}

unsigned l1t_egamma_eta_bins(const struct l1t_egamma_config *config)
{
    unsigned last = 0;
    for (unsigned ring = 1; ring <= L1T_CLUSTER_RINGS; ring++) {
        const unsigned bin = config->compress[L1T_EGAMMA_COMPRESS_ETA + ring] >> 8 & 15u;
        last = bin > last ? bin : last;
    }
    return last + 1;
}

enum l1t_err l1t_egamma_make_calibration(const struct l1t_egamma_calibration *f,
                                         struct l1t_egamma_config *config, struct l1t_diag *diag)
{
    struct range et[32] = {{0, 0}};
    ranges_16(config->compress + L1T_EGAMMA_COMPRESS_ET, ET_ENTRIES, 4, et);
    memset(config->calibration, 0, sizeof config->calibration);
    const unsigned n_eta = l1t_egamma_eta_bins(config);
    for (unsigned a = 0; a < n_eta << 8; a++) {
        const unsigned eta = a >> 8, shape = a & 15u;
        const struct range r = et[a >> 4 & 15u];
        if (r.end == 0)
            continue; // no ET comes here
        const double x = middle_et(r);
        const double factor =
            f->shape[shape] * (f->high[eta] + f->low[eta] / (1 + pow(x / f->knee, f->power)));
        const enum l1t_err err =
            factor_word(factor, 256, 511, eta, x, &config->calibration[a], diag);
        if (err != L1T_OK)
            return err;
        if (x >= f->electron_from[shape])
            config->calibration[a] |= 1u << 9;
    }
    return L1T_OK;
}

void l1t_egamma_make_isolation(const struct l1t_isolation *f, unsigned bit,
                               struct l1t_egamma_config *config)
{
    struct range et[32] = {{0, 0}}, ntt[32] = {{0, 0}};
    ranges_16(config->compress + L1T_EGAMMA_COMPRESS_ET, ET_ENTRIES, 4, et);
    ranges_16(config->compress + L1T_EGAMMA_COMPRESS_NTT, ET_ENTRIES, 0, ntt);
    uint16_t *table = config->isolation[bit];
    memset(table, 0, sizeof config->isolation[bit]);
    const unsigned n_eta = l1t_egamma_eta_bins(config);
    for (unsigned a = 0; a < n_eta << 9; a++) {
        const struct range e = et[a >> 5 & 15u], t = ntt[a & 31u];
        if (e.end != 0 && t.end != 0)
            table[a] = limit_word(f, a >> 9, middle_et(e), middle_ntt(t, ET_ENTRIES));
    }
}

// ---- taus ----

void l1t_tau_make_compress(const struct l1t_tau_compression *f, struct l1t_tau_config *config)
{
    uint8_t *c = config->compress;
    memset(c, 0, sizeof config->compress);
    for (unsigned ring = 0; ring < 32; ring++)
        c[L1T_TAU_COMPRESS_ETA + ring] = (uint8_t)bin_of(&f->eta, ring);
    for (unsigned i = 0; i < ET_ENTRIES; i++)
        c[L1T_TAU_COMPRESS_ET + i] = (uint8_t)bin_of(&f->et, i / UNITS_PER_GEV);
    for (unsigned i = 0; i < NTT_ENTRIES; i++)
        c[L1T_TAU_COMPRESS_NTT + i] = (uint8_t)bin_of(&f->ntt, i);
}

unsigned l1t_tau_eta_bins(const struct l1t_tau_config *config)
{
    unsigned last = 0;
    for (unsigned ring = 1; ring <= L1T_TAU_RINGS; ring++) {
        const unsigned bin = config->compress[L1T_TAU_COMPRESS_ETA + ring] & 3u;
        last = bin > last ? bin : last;
    }
    return last + 1;
}

enum l1t_err l1t_tau_make_calibration(const struct l1t_tau_calibration *f,
                                      struct l1t_tau_config *config, struct l1t_diag *diag)
{
    struct range et[32] = {{0, 0}};
    ranges_8(config->compress + L1T_TAU_COMPRESS_ET, ET_ENTRIES, et);
    memset(config->calibration, 0, sizeof config->calibration);
    const unsigned n_eta = l1t_tau_eta_bins(config);
    for (unsigned a = 0; a < n_eta << 7; a++) {
        const unsigned eta = a >> 7;
        const struct range r = et[a >> 2 & 31u];
        if (r.end == 0)
            continue;
        const double x = middle_et(r);
        double factor = f->high[eta] + f->low[eta] / (1 + pow(x / f->knee, f->power));
        factor *= (a & 2u) == 0 ? f->had : 1;
        factor *= (a & 1u) != 0 ? f->merged : 1;
        const enum l1t_err err =
            factor_word(factor, 512, 1023, eta, x, &config->calibration[a], diag);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

void l1t_tau_make_isolation(const struct l1t_isolation *f, struct l1t_tau_config *config)
{
    struct range et[32] = {{0, 0}}, ntt[32] = {{0, 0}};
    ranges_8(config->compress + L1T_TAU_COMPRESS_ET, ET_ENTRIES, et);
    ranges_8(config->compress + L1T_TAU_COMPRESS_NTT, NTT_ENTRIES, ntt);
    memset(config->isolation, 0, sizeof config->isolation);
    const unsigned n_eta = l1t_tau_eta_bins(config);
    for (unsigned a = 0; a < n_eta << 10; a++) {
        const struct range e = et[a >> 5 & 31u], t = ntt[a & 31u];
        if (e.end != 0 && t.end != 0)
            config->isolation[a] = limit_word(f, a >> 10, middle_et(e), middle_ntt(t, NTT_ENTRIES));
    }
}

// ---- sums ----

// Value at x on straight lines between points.
static double line_at(const double *x_of, const double *y_of, unsigned n, double x)
{
    if (x <= x_of[0])
        return y_of[0];
    for (unsigned i = 1; i < n; i++)
        if (x <= x_of[i])
            return y_of[i - 1] +
                   (y_of[i] - y_of[i - 1]) * (x - x_of[i - 1]) / (x_of[i] - x_of[i - 1]);
    return y_of[n - 1];
}

void l1t_sums_make_met_min(const struct l1t_met_threshold *f, struct l1t_sums_config *config)
{
    enum { FIRST_WITH_NTT = 13 };
    struct range ntt[32] = {{0, 0}};
    ranges_16(config->ntt_bin, 256, 0, ntt);
    memset(config->met_min, 0, sizeof config->met_min);
    for (unsigned a = 0; a < sizeof config->met_min / sizeof config->met_min[0]; a++) {
        const unsigned ring = a & 63u;
        const struct range t = ntt[a >> 6];
        if (ring < 1 || ring > L1T_RINGS || t.end == 0 || (ring < FIRST_WITH_NTT && a >= 64))
            continue;
        const double towers = ring < FIRST_WITH_NTT ? f->typical_ntt : middle_ntt(t, 256);
        const double gev = line_at(f->ring, f->offset, f->n, ring) +
                           line_at(f->ring, f->per_tower, f->n, ring) * towers;
        config->met_min[a] = (uint16_t)fmin(fmax(round(gev * UNITS_PER_GEV), 0), 511);
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Gains of the barrel track finder: for each curvature the covariance of (k, phi, phiB) is taken
// through the steps of each mask, with multiple scattering on the way and the errors of the stubs,
// and the optimal gain of each update is written down. Units are those of a track: 1.25/8192 per
// GeV and 1/4096 rad.
//
// Left out: that a muon's momentum is larger and its path longer away from eta = 0, fluctuations
// of the energy loss, and any dependence of the errors on the drift time.
#include "kbmtf_formula.h"

#include <math.h>
#include <string.h>

enum { K, PHI, PHIB, DIM };

#define LSB_RAD 4096.0          // per rad
#define LSB_K   (8192.0 / 1.25) // per 1/GeV

struct covariance {
    double at[DIM][DIM];
};

static double square(double x)
{
    return x * x;
}

// ---- steps ----

// P = F P F^T + Q
static void transport(struct covariance *p, double f[DIM][DIM], double q[DIM][DIM])
{
    struct covariance out;
    for (int i = 0; i < DIM; i++)
        for (int j = 0; j < DIM; j++) {
            out.at[i][j] = q[i][j];
            for (int a = 0; a < DIM; a++)
                for (int b = 0; b < DIM; b++)
                    out.at[i][j] += f[i][a] * p->at[a][b] * f[j][b];
        }
    *p = out;
}

// Angle of multiple scattering (Highland), in track units, of a muon with curvature k behind x0
// radiation lengths. k is 1/pt but for the scale of the momentum table.
static double scattering(const struct l1t_kbmtf_formula *f, double k, double x0)
{
    return 0.0136 * (f->pt.scale * k / LSB_K) * sqrt(x0) * (1 + 0.038 * log(x0)) * LSB_RAD;
}

// From station n (2..4) to n - 1: the transport of models/muon/l1t_kbmtf_step.c as real numbers.
// The yoke fills the way, so phi is moved by b times half the scattering angle in the mean.
static void step_inwards(const struct l1t_kbmtf_formula *formula, unsigned n, double k,
                         struct covariance *p)
{
    static const struct {
        double a, b, c, d;
    } move[3] = {{123, -1495, -1014, 19373}, {120, -1712, -1226, 19807}, {80, -1417, -1092, 19216}};
    const double b = move[n - 2].b / 8192;
    const double angle2 = square(scattering(formula, k, formula->detector.yoke[n - 2]));
    double f[DIM][DIM] = {
        {1, 0, 0}, {move[n - 2].a / 8192, 1, b}, {move[n - 2].c / 8192, 0, move[n - 2].d / 16384}};
    double q[DIM][DIM] = {
        {0, 0, 0}, {0, b * b * angle2 / 3, b * angle2 / 2}, {0, b * angle2 / 2, angle2}};
    transport(p, f, q);
}

// From station 1 to the beam line, where phiB is the impact parameter.
static void step_to_beam(const struct l1t_kbmtf_formula *f, double k, struct covariance *p)
{
    const struct l1t_kbmtf_detector *d = &f->detector;
    const double shift = f->beam.shift / 2 / square(1 + f->beam.shift_bend * k / 2);
    const double loss = 1 / square(1 + f->beam.loss * k / 2);
    const double lever = d->inner_radius / d->radius[0];
    const double angle2 = square(scattering(f, k, d->inner));
    double move[DIM][DIM] = {{loss, 0, 0}, {15908.0 / 8192, 1, 1}, {-shift, 0, -1}};
    double q[DIM][DIM] = {{0, 0, 0},
                          {0, lever * lever * angle2, -lever * lever * angle2},
                          {0, -lever * lever * angle2, lever * lever * angle2}};
    transport(p, move, q);
}

// ---- updates ----

// One measurement of component c with variance r: gain, and P = (1 - G H) P.
static void measure(struct covariance *p, int c, double r, double gain[DIM])
{
    const double s = p->at[c][c] + r;
    double row[DIM];
    memcpy(row, p->at[c], sizeof row);
    for (int i = 0; i < DIM; i++)
        gain[i] = row[i] / s;
    for (int i = 0; i < DIM; i++)
        for (int j = 0; j < DIM; j++)
            p->at[i][j] -= gain[i] * row[j];
}

// phi and phiB at once, from two measurements one after the other: the second one's residual is
// known to have moved by what the first one did.
static void measure_both(struct covariance *p, double r_phi, double r_phib, double by_phi[DIM],
                         double by_phib[DIM])
{
    double first[DIM];
    measure(p, PHI, r_phi, first);
    measure(p, PHIB, r_phib, by_phib);
    for (int i = 0; i < DIM; i++)
        by_phi[i] = first[i] - by_phib[i] * first[PHIB];
}

// ---- seeds ----

// Variance of phiB at a station among muons of curvature k that come from the beam line: an angle
// of scattering at radius r is seen as r / radius of it, because the muon's place moves as well.
static double spread_of_phib(const struct l1t_kbmtf_formula *f, unsigned station, double k)
{
    const struct l1t_kbmtf_detector *d = &f->detector;
    const double radius = d->radius[station - 1];
    double sum = square(d->phib_spread[station - 2] * LSB_RAD) +
                 square(scattering(f, k, d->inner) * d->inner_radius / radius);
    for (unsigned n = 2; n <= station; n++) {
        const double between = (d->radius[n - 2] + d->radius[n - 1]) / 2;
        sum += square(scattering(f, k, d->yoke[n - 2]) * between / radius);
    }
    return sum;
}

// A seed of high quality knows its phiB, and by it k as well as muons of one curvature agree in
// phiB; one of low quality starts with nothing but what muons are like.
static void start(const struct l1t_kbmtf_formula *f, unsigned station, int high, double k,
                  struct covariance *p)
{
    const struct l1t_kbmtf_detector *d = &f->detector;
    const double slope = f->seed.slope[station - 2];
    const double spread2 = spread_of_phib(f, station, k);
    const double error2 = square(d->phib_error[1] * LSB_RAD);
    const double k2 = square(d->k_spread * LSB_K);
    memset(p, 0, sizeof *p);
    p->at[PHI][PHI] = square(d->phi_error * LSB_RAD);
    p->at[K][K] = high ? slope * slope * (error2 + spread2) : k2;
    p->at[PHIB][PHIB] = high ? error2 : k2 / (slope * slope) + spread2;
    p->at[K][PHIB] = p->at[PHIB][K] = high ? slope * error2 : k2 / slope;
}

// ---- tables ----

static int rounded(double value, int low, int high)
{
    return value <= low ? low : value >= high ? high : (int)lround(value);
}

static int seed_of(unsigned pattern)
{
    return pattern >= 8 ? 4 : pattern >= 4 ? 3 : 2;
}

// A mask of three or four stubs at one |k|; entry is the place in the gain tables of that |k|.
// Masks with the same beginning write the same numbers.
static void walk_many(const struct l1t_kbmtf_formula *f, unsigned mask, double k, unsigned entry,
                      struct l1t_kbmtf_config *model, struct covariance *p)
{
    const int seed = seed_of(mask);
    unsigned pattern = 1u << (seed - 1);
    double gain[DIM];
    start(f, (unsigned)seed, 1, k, p);
    for (unsigned station = (unsigned)seed - 1; station >= 1; station--) {
        step_inwards(f, station + 1, k, p);
        if (!(mask >> (station - 1) & 1))
            continue;
        measure(p, PHI, square(f->detector.phi_error * LSB_RAD), gain);
        uint16_t(*to)[L1T_KBMTF_GAIN] = model->gain[l1t_kbmtf_gain_row(pattern, station)];
        to[0][entry] = (uint16_t)rounded(8 * gain[K], 0, 511);
        to[1][entry] = (uint16_t)rounded(-32 * gain[PHIB], 0, 511);
        pattern |= 1u << (station - 1);
    }
}

// A mask of two stubs, for one pair of quality classes (seed, stub).
static void walk_two(const struct l1t_kbmtf_formula *f, unsigned mask, unsigned classes, double k,
                     unsigned entry, struct l1t_kbmtf_config *model, struct covariance *p)
{
    const struct l1t_kbmtf_detector *d = &f->detector;
    const unsigned seed = (unsigned)seed_of(mask);
    double by_phi[DIM] = {0}, by_phib[DIM] = {0};
    unsigned last = 1;
    while (!(mask >> (last - 1) & 1))
        last++;
    start(f, seed, classes >> 1 & 1, k, p);
    for (unsigned station = seed - 1; station >= last; station--)
        step_inwards(f, station + 1, k, p);
    measure_both(p, square(d->phi_error * LSB_RAD), square(d->phib_error[classes & 1] * LSB_RAD),
                 by_phi, by_phib);
    for (unsigned station = last - 1; station >= 1; station--)
        step_inwards(f, station + 1, k, p);
    int16_t(*to)[L1T_KBMTF_GAIN2] = model->gain2[l1t_kbmtf_gain2_row(seed, last)][classes];
    to[0][entry] = (int16_t)rounded(16 * by_phi[K], -2048, 2047);
    to[1][entry] = (int16_t)rounded(-256 * by_phib[K], 0, 4095);
    to[2][entry] = (int16_t)rounded(-256 * by_phi[PHIB], 0, 4095);
    to[3][entry] = (int16_t)rounded(4096 * by_phib[PHIB], 0, 4095);
}

// k gains of 3 fraction bits and more are tabulated at these steps of |k|; a table entry stands for
// the middle of its step.
static double middle(unsigned entry, unsigned step)
{
    return entry * step + (step - 1) / 2.0;
}

// The constraint at the end of a pattern.
static void constrain(const struct l1t_kbmtf_formula *f, double k, unsigned entry, int row,
                      struct covariance *p, struct l1t_kbmtf_setup *setup)
{
    double gain[DIM];
    step_to_beam(f, k, p);
    // The filter's residual is 0 - dxy.
    measure(p, PHIB, square(f->detector.vertex_error * LSB_RAD), gain);
    setup->model.vertex[row][entry] = (uint16_t)rounded(-64 * gain[K], 0, 511);
    setup->phi_gain[row][entry] = (float)gain[PHI];
}

static void make_pattern(const struct l1t_kbmtf_formula *f, unsigned pattern, int row,
                         struct l1t_kbmtf_setup *setup)
{
    struct l1t_kbmtf_config *model = &setup->model;
    struct covariance p;
    const unsigned rest = pattern & (pattern - 1);
    const int two = (rest & (rest - 1)) == 0;
    if (two) {
        for (unsigned i = 0; i < L1T_KBMTF_GAIN2; i++)
            for (unsigned classes = 0; classes < 4; classes++)
                walk_two(f, pattern, classes, middle(i, 8), i, model, &p);
    } else {
        for (unsigned i = 0; i < L1T_KBMTF_GAIN; i++)
            walk_many(f, pattern, middle(i, 4), i, model, &p);
    }
    struct l1t_kbmtf_config scratch; // what the way to the beam line writes is there already
    memset(&scratch, 0, sizeof scratch);
    for (unsigned i = 0; i < L1T_KBMTF_VERTEX; i++) {
        const double k = middle(i, 2);
        if (two)
            walk_two(f, pattern, 3, k, 0, &scratch, &p);
        else
            walk_many(f, pattern, k, 0, &scratch, &p);
        constrain(f, k, i, row, &p, setup);
    }
}

void l1t_kbmtf_make_gains(const struct l1t_kbmtf_formula *f, struct l1t_kbmtf_setup *setup)
{
    for (unsigned pattern = 0; pattern < 16; pattern++) {
        const int row = l1t_kbmtf_pattern_row(pattern);
        if (row >= 0)
            make_pattern(f, pattern, row, setup);
    }
}

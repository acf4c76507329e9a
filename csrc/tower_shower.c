// SPDX-License-Identifier: GPL-3.0-or-later
// Particles into towers: a response, a resolution, and energy that leaks over the edges of the
// tower that is hit. Simple laws with round numbers of our own; docs/towers.md lists them.
#include "tower_shower.h"

#include <math.h>
#include <string.h>

enum {
    EM_WIDTH = 400,         // 1/65536: shower leaks over an edge as exp(-distance / width) / 2
    LOOSE_WIDTH = 1300,     // hadrons in the ECAL
    HAD_WIDTH = 2000,       // and in the HCAL
    HAD_HALF = 6 * L1T_GEV, // where the low-energy loss of a hadron is half of its largest
    MIP = 3 * L1T_GEV / 10  // what a hadron leaves in the ECAL when it does not shower there
};

// ---- tables ----

// |eta| of the edges of the rings: 20 of 0.087, the larger ones of the endcap up to the forward
// calorimeter, which begins where ring 29 would end.
static const double ring_edge[L1T_RINGS + 1] = {
    0,     0.087, 0.174, 0.261, 0.348, 0.435, 0.522, 0.609, 0.696, 0.783, 0.870,
    0.957, 1.044, 1.131, 1.218, 1.305, 1.392, 1.479, 1.566, 1.653, 1.740, 1.830,
    1.930, 2.043, 2.172, 2.322, 2.500, 2.650, 2.964, 3.139, 3.314, 3.489, 3.664,
    3.839, 4.013, 4.191, 4.363, 4.538, 4.716, 4.889, 5.191};

struct point {
    double eta, value;
};

// Radiation lengths before the ECAL, and the part of an electron's or photon's ET that it measures.
static const struct point material[] = {{0, 0.4},   {0.8, 0.6}, {1.2, 1.1}, {1.5, 1.8},
                                        {1.8, 1.6}, {2.2, 1.2}, {2.6, 0.9}, {3, 0.8}};
static const struct point em_response[] = {{0, 0.985},   {0.8, 0.98},  {1.2, 0.97},
                                           {1.42, 0.95}, {1.48, 0.86}, {1.54, 0.86},
                                           {1.6, 0.93},  {2.2, 0.91},  {3, 0.88}};

static double line(const struct point *p, size_t n, double eta)
{
    size_t i = 1;
    while (i + 1 < n && eta > p[i].eta)
        i++;
    const double t = fmin(1, (eta - p[i - 1].eta) / (p[i].eta - p[i - 1].eta));
    return p[i - 1].value + t * (p[i].value - p[i - 1].value);
}

static void make_row(struct l1t_shower *s, int row)
{
    const int ring = row < L1T_RINGS ? L1T_RINGS - 1 - row : row - L1T_RINGS;
    const double eta = (ring_edge[ring] + ring_edge[ring + 1]) / 2;
    // Half of 0.3 B r: 3.8 T, the ECAL at 1.29 m, its endcap at 3.17 m along the beam.
    const double radius = fmin(1.29, 3.17 / sinh(eta));
    s->bend[row] = (uint32_t)lround(0.15 * 3.8 * radius * 65536);
    s->material[row] =
        (uint32_t)lround(65536 * line(material, sizeof material / sizeof *material, eta));
    s->em_response[row] =
        (uint32_t)lround(65536 * line(em_response, sizeof em_response / sizeof *em_response, eta));
}

int l1t_shower_init(struct l1t_shower *s)
{
    double unit[L1T_UNIT_CODES];
    memset(s, 0, sizeof *s);
    for (int i = 0; i <= L1T_RINGS; i++) {
        s->edge[L1T_RINGS + i] = (int32_t)lround(ring_edge[i] * L1T_ETA_UNIT);
        s->edge[L1T_RINGS - i] = -s->edge[L1T_RINGS + i];
    }
    for (int row = 0; row < L1T_ROWS; row++)
        make_row(s, row);
    for (int i = 0; i < L1T_LEAKS; i++)
        s->leak[i] = (uint16_t)lround(32768 * exp(-(i + 0.5) / 8));
    for (int i = 0; i < L1T_RADIATES; i++)
        s->radiate[i] = (uint16_t)lround(65535 * (1 - exp(-(i + 0.5) / 32)));
    for (int k = 0; k < L1T_UNIT_CODES; k++)
        unit[k] = exp(-(double)k / L1T_UNIT_PER_MEAN);
    return l1t_alias_init(&s->exponential, unit, L1T_UNIT_CODES);
}

void l1t_shower_free(struct l1t_shower *s)
{
    l1t_alias_free(&s->exponential);
}

// ---- draws ----

int32_t l1t_draw_normal(struct l1t_draws *d)
{
    // Four bytes added: variance 4 (2^16 - 1) / 12, so a standard deviation is 147.8.
    const uint32_t w = l1t_draw(d);
    const int32_t sum = (int32_t)((w & 255) + (w >> 8 & 255) + (w >> 16 & 255) + (w >> 24));
    return (sum - 510) * 443;
}

uint32_t l1t_draw_exponential(const struct l1t_shower *s, struct l1t_draws *d)
{
    const uint32_t code = l1t_alias_draw(&s->exponential, l1t_draw(d));
    return (uint32_t)((2 * code + 1) * UINT64_C(32768) / L1T_UNIT_PER_MEAN);
}

uint32_t l1t_phi_of_rad(int64_t rad)
{
    return (uint32_t)(rad * 10430); // 2^16 / 2 pi = 10430.4
}

static uint32_t square_root(uint64_t x)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 31; bit > 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= x)
            root += bit;
    return (uint32_t)root;
}

// Resolution: (stochastic / sqrt(E in GeV) + constant) / 1000, added in quadrature.
static uint32_t smear(struct l1t_draws *d, uint32_t energy, uint32_t stochastic, uint32_t constant)
{
    const uint64_t e = energy;
    const uint64_t variance =
        (uint64_t)stochastic * stochastic * e * L1T_GEV + (uint64_t)constant * constant * e * e;
    const int64_t sigma = square_root(variance); // 1000 times too large
    const int64_t smeared = (int64_t)e + sigma * l1t_draw_normal(d) / (65536 * INT64_C(1000));
    return smeared > 0 ? (uint32_t)smeared : 0;
}

// ---- energy into towers ----

int l1t_shower_row(const struct l1t_shower *s, int32_t eta)
{
    if (eta < s->edge[0] || eta >= s->edge[L1T_ROWS])
        return -1;
    int low = 0, high = L1T_ROWS;
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        if (eta >= s->edge[middle])
            low = middle;
        else
            high = middle;
    }
    return low;
}

static uint32_t leak(const struct l1t_shower *s, uint32_t distance, uint32_t width)
{
    const uint32_t i = 8 * distance / width;
    return i < L1T_LEAKS ? s->leak[i] : 0;
}

// Parts of the energy in the tower before, in the tower itself and in the one behind it.
static void share_out(const struct l1t_shower *s, uint32_t before, uint32_t behind, uint32_t width,
                      uint32_t part[3])
{
    part[0] = leak(s, before, width);
    part[2] = leak(s, behind, width);
    part[1] = 65536 - part[0] - part[2];
}

static void spread(const struct l1t_shower *s, const struct l1t_particle *p, uint32_t energy,
                   uint32_t width, uint16_t grid[L1T_ROWS][L1T_PHIS])
{
    const int row = l1t_shower_row(s, p->eta);
    if (row < 0)
        return;
    const uint64_t turn = (uint64_t)p->phi * L1T_PHIS;
    const int column = (int)(turn >> 32);
    // 2 pi / 72 in 1/65536 rad is 5719.
    const uint32_t inside = (uint32_t)(((turn & 0xffffffff) * 5719) >> 32);
    uint32_t across[3], along[3];
    share_out(s, (uint32_t)(p->eta - s->edge[row]), (uint32_t)(s->edge[row + 1] - p->eta), width,
              across);
    share_out(s, inside, 5719 - inside, width, along);
    for (int i = 0; i < 3; i++) {
        const int r = row + i - 1;
        if (r < 0 || r >= L1T_ROWS || across[i] == 0)
            continue;
        for (int j = 0; j < 3; j++) {
            const uint64_t part = (uint64_t)across[i] * along[j];
            const int c = (column + j - 1 + L1T_PHIS) % L1T_PHIS;
            l1t_deposit(&grid[r][c], (uint32_t)((part * energy) >> 32));
        }
    }
}

void l1t_shower_em(const struct l1t_shower *s, struct l1t_draws *d, const struct l1t_particle *p,
                   struct l1t_deposits *to)
{
    const int row = l1t_shower_row(s, p->eta);
    if (row < 0)
        return;
    if (l1t_row_is_forward(row)) {
        spread(s, p, smear(d, p->pt, 1000, 80), EM_WIDTH, to->had);
        return;
    }
    const bool endcap = row < L1T_RINGS - 17 || row >= L1T_RINGS + 17;
    const uint32_t seen = (uint32_t)(((uint64_t)p->pt * s->em_response[row]) >> 16);
    spread(s, p, smear(d, seen, 100, endcap ? 35 : 20), EM_WIDTH, to->ecal[L1T_COMPACT]);
    const uint64_t behind = ((uint64_t)p->pt * l1t_draw_exponential(s, d)) >> 16;
    spread(s, p, (uint32_t)(behind * 6 / 1000), HAD_WIDTH, to->had);
}

// Where the magnetic field lets a charged particle arrive; false when it curls up before.
static bool bend(const struct l1t_shower *s, enum l1t_hadron charge, struct l1t_particle *p)
{
    const int row = l1t_shower_row(s, p->eta);
    if (row < 0 || charge == L1T_NEUTRAL)
        return row >= 0;
    const uint32_t angle = (uint32_t)((uint64_t)s->bend[row] * L1T_GEV / (p->pt + 1));
    p->phi += l1t_phi_of_rad((int64_t)charge * angle);
    return angle < 65536; // a radian: the circle hardly reaches the ECAL
}

void l1t_shower_hadron(const struct l1t_shower *s, struct l1t_draws *d,
                       const struct l1t_particle *p, enum l1t_hadron charge,
                       struct l1t_deposits *to)
{
    struct l1t_particle at = *p;
    if (!bend(s, charge, &at))
        return;
    // 0.97 - 0.4 / (1 + E / 6 GeV)
    const uint32_t lost = (uint32_t)(UINT64_C(26214) * HAD_HALF / (HAD_HALF + (uint64_t)p->pt));
    const uint32_t seen = (uint32_t)(((uint64_t)p->pt * (63570 - lost)) >> 16);
    const uint32_t energy = smear(d, seen, 900, 70);
    const uint32_t w = l1t_draw(d);
    if (l1t_row_is_forward(l1t_shower_row(s, at.eta))) {
        spread(s, &at, energy, HAD_WIDTH, to->had);
        return;
    }
    uint32_t ecal = energy < 2 * MIP ? energy / 2 : MIP;
    if ((w & 255) >= 90) // it showers in the ECAL: 10 % to 80 % stay there
        ecal = (uint32_t)(((uint64_t)energy * (6554 + (((w >> 8 & 0xffff) * 45875) >> 16))) >> 16);
    spread(s, &at, ecal, LOOSE_WIDTH, to->ecal[L1T_LOOSE]);
    spread(s, &at, energy - ecal, HAD_WIDTH, to->had);
}

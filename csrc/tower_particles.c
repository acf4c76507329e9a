// SPDX-License-Identifier: GPL-3.0-or-later
// What electrons, photons, taus and jets consist of when they reach the calorimeters.
#include "tower_parts.h"

enum { MOST_RADIATED = 2, MOST_JET_PARTICLES = 48, MOST_TAU_PARTICLES = 4 };

static uint32_t part_of(uint32_t whole, uint32_t part)
{
    return (uint32_t)(((uint64_t)whole * part) >> 16);
}

// Which way the field bends, as a factor.
static int32_t side(uint32_t word)
{
    return (word & 1) != 0 ? 1 : -1;
}

// Angle by which a charged particle of this pt is bent on its way, 1/65536 rad, at most half a rad.
static uint32_t bending(const struct l1t_shower *s, int row, uint32_t pt)
{
    const uint64_t angle = (uint64_t)s->bend[row] * L1T_GEV / (pt + 1);
    return angle < 32768 ? (uint32_t)angle : 32768;
}

// Chance, in 1/65536, that something happens in the material before the ECAL.
static uint32_t chance(const struct l1t_shower *s, int row, uint32_t material)
{
    const uint64_t x = ((uint64_t)s->material[row] * material) >> (16 + 11); // 1/32 lengths
    return s->radiate[x < L1T_RADIATES ? x : L1T_RADIATES - 1];
}

void l1t_make_electron(const struct l1t_shower *s, struct l1t_draws *d,
                       const struct l1t_particle *p, uint32_t material, struct l1t_deposits *to)
{
    const int row = l1t_shower_row(s, p->eta);
    if (row < 0)
        return;
    struct l1t_particle core = *p;
    const int32_t way = side(l1t_draw(d));
    for (int i = 0; i < MOST_RADIATED; i++) {
        const uint32_t w = l1t_draw(d), u = l1t_draw(d);
        if ((w & 0xffff) >= chance(s, row, material))
            continue;
        // Most photons are soft (the square of a uniform number); the earlier one is emitted, the
        // further from the core it arrives, because the core has still to be bent.
        const uint32_t z = part_of(part_of(u & 0xffff, u & 0xffff), 58982); // at most 0.9
        struct l1t_particle photon = {part_of(core.pt, z), p->eta, 0};
        core.pt -= photon.pt;
        const uint32_t away = part_of(bending(s, row, core.pt), w >> 16);
        photon.phi = p->phi + l1t_phi_of_rad((int64_t)way * away);
        l1t_shower_em(s, d, &photon, to);
    }
    l1t_shower_em(s, d, &core, to);
}

void l1t_make_photon(const struct l1t_shower *s, struct l1t_draws *d, const struct l1t_particle *p,
                     uint32_t material, struct l1t_deposits *to)
{
    const int row = l1t_shower_row(s, p->eta);
    const uint32_t w = l1t_draw(d), u = l1t_draw(d);
    if (row < 0)
        return;
    if ((w & 0xffff) >= part_of(chance(s, row, material), 50972)) { // 7/9 per radiation length
        l1t_shower_em(s, d, p, to);
        return;
    }
    // A pair: bent apart from where it was made, on average half of the way.
    struct l1t_particle leg[2] = {*p, *p};
    leg[0].pt = part_of(p->pt, u & 0xffff);
    leg[1].pt = p->pt - leg[0].pt;
    for (int i = 0; i < 2; i++) {
        const uint32_t away = part_of(bending(s, row, leg[i].pt), w >> 16) / 2;
        leg[i].phi += l1t_phi_of_rad((i == 0 ? 1 : -1) * (int64_t)away);
        l1t_shower_em(s, d, &leg[i], to);
    }
}

// A particle's place relative to the axis: momentum across it over its own, at most 0.28 each way.
static void turn_aside(struct l1t_draws *d, uint32_t across, struct l1t_particle *p)
{
    int64_t angle[2];
    for (int i = 0; i < 2; i++) {
        angle[i] = (int64_t)l1t_draw_normal(d) * across / ((int64_t)p->pt + 1);
        angle[i] = angle[i] > 18350 ? 18350 : angle[i] < -18350 ? -18350 : angle[i];
    }
    p->eta += (int32_t)angle[0];
    p->phi += l1t_phi_of_rad(angle[1]);
}

// ---- taus ----

struct tau_decay {
    unsigned charged, photons; // photons: of two neutral pions at most, each kept as one
};

static struct tau_decay draw_decay(struct l1t_draws *d, uint32_t three_prongs)
{
    const uint32_t w = l1t_draw(d), u = w >> 16;
    if ((w & 0xffff) < three_prongs)
        return (struct tau_decay){3, u < 21000};   // a third with a neutral pion
    return (struct tau_decay){1, u < 15700   ? 0   // 24 %
                                 : u < 51700 ? 1   // 55 %
                                             : 2}; // 21 %
}

void l1t_make_tau(const struct l1t_shower *s, struct l1t_draws *d, const struct l1t_particle *p,
                  uint32_t three_prongs, struct l1t_deposits *to)
{
    const struct tau_decay decay = draw_decay(d, three_prongs);
    const unsigned n = decay.charged + decay.photons;
    uint32_t weight[MOST_TAU_PARTICLES];
    uint64_t sum = 0;
    for (unsigned i = 0; i < n; i++)
        sum += weight[i] = l1t_draw_exponential(s, d) + 1;
    const int32_t charge = side(l1t_draw(d));
    for (unsigned i = 0; i < n; i++) {
        struct l1t_particle daughter = *p;
        daughter.pt = (uint32_t)((uint64_t)p->pt * weight[i] / sum);
        if (n > 1)
            turn_aside(d, 35 * L1T_GEV / 100, &daughter);
        if (i >= decay.charged)
            l1t_shower_em(s, d, &daughter, to);
        else // of three the one in the middle has the other sign
            l1t_shower_hadron(s, d, &daughter,
                              (i == 1) == (charge > 0) ? L1T_NEGATIVE : L1T_POSITIVE, to);
    }
}

// ---- jets ----

void l1t_make_jet(const struct l1t_shower *s, struct l1t_draws *d, const struct l1t_particle *p,
                  uint32_t photons, struct l1t_deposits *to)
{
    // Of what is not photons a sixth are neutral hadrons.
    const uint32_t neutral = (65536 - photons) / 6;
    uint32_t left = p->pt;
    for (int i = 0; i < MOST_JET_PARTICLES && left > 4 * L1T_GEV / 10; i++) {
        const uint32_t w = l1t_draw(d), kind = w & 0xffff;
        struct l1t_particle one = *p;
        one.pt = part_of(left, part_of(w >> 16, 29491)); // at most 45 % of what is left
        left -= one.pt;
        turn_aside(d, 6 * L1T_GEV / 10 + one.pt * 3 / 100, &one);
        if (kind < photons)
            l1t_shower_em(s, d, &one, to);
        else
            l1t_shower_hadron(s, d, &one,
                              kind < photons + neutral ? L1T_NEUTRAL
                              : (kind & 1) != 0        ? L1T_POSITIVE
                                                       : L1T_NEGATIVE,
                              to);
    }
}

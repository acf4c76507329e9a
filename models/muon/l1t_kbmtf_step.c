// SPDX-License-Identifier: Apache-2.0
// One step of the filter between stations: propagate the state inwards, add a stub.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

// Straight-line transport in fixed point, 13 fraction bits (d: 14).
static const struct {
    int16_t a, b, c, d;
} transport[3] = {
    {123, -1495, -1014, 19373}, {120, -1712, -1226, 19807}, {80, -1417, -1092, 19216}};

void l1t_kbmtf_propagate(unsigned n, struct l1t_kbmtf_state *state)
{
    const int a = transport[n - 2].a, b = transport[n - 2].b;
    const int c = transport[n - 2].c, d = transport[n - 2].d;
    const int phi =
        state->phi + wrap(shr(a * state->k, 13), 14) + wrap(shr(b * state->phib, 13), 13);
    const int phib = wrap(shr(c * state->k, 13), 14) + wrap(shr(d * state->phib, 14), 14);
    state->phi = wrap(phi, 12);
    state->phib = wrap(phib, 13);
}

// ---- rows of the tables ----

int l1t_kbmtf_gain_row(unsigned pattern, unsigned station)
{
    static const struct {
        uint8_t pattern, station;
    } rows[L1T_KBMTF_GAINS] = {{4, 2}, {6, 1}, {8, 3}, {8, 2}, {10, 1}, {12, 2}, {12, 1}, {14, 1}};
    for (int i = 0; i < L1T_KBMTF_GAINS; i++)
        if (rows[i].pattern == pattern && rows[i].station == station)
            return i;
    return -1;
}

int l1t_kbmtf_gain2_row(unsigned seed_station, unsigned station)
{
    return (int)((seed_station - 1) * (seed_station - 2) / 2 + station - 1);
}

// ---- update ----

// Tracks of three and four stubs are corrected by phi alone.
static void update_by_phi(const struct l1t_kbmtf_config *config, unsigned station, int r,
                          struct l1t_kbmtf_state *state)
{
    const int row = l1t_kbmtf_gain_row(state->pattern, station);
    const unsigned at = (unsigned)at_most(magnitude(state->k), 4095) / 4;
    const int g0 = config->gain[row][0][at], g4 = config->gain[row][1][at];
    state->k += shr(g0 * r, 3);
    state->phib += shr(-g4 * r, 5);
}

// Tracks of two stubs by phi and phiB.
static void update_by_both(const struct l1t_kbmtf_config *config, unsigned station,
                           unsigned classes, int r, int rb, struct l1t_kbmtf_state *state)
{
    const unsigned seed = state->pattern == 8 ? 4 : state->pattern == 4 ? 3 : 2;
    const int row = l1t_kbmtf_gain2_row(seed, station);
    const int16_t(*g)[L1T_KBMTF_GAIN2] = config->gain2[row][classes];
    const unsigned at = (unsigned)at_most(magnitude(state->k), 4095) / 8;
    state->k += wrap(shr(g[0][at] * r, 4), 19) - wrap(shr(g[1][at] * rb, 8), 17);
    state->phib += shr(g[3][at] * rb, 12) - wrap(shr(g[2][at] * r, 8), 17);
}

static unsigned is_high(const struct l1t_kbmtf_stub *stub)
{
    return stub->quality >= 4;
}

int l1t_kbmtf_update(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                     const struct l1t_kbmtf_hits *hits, unsigned mask, unsigned station,
                     struct l1t_kbmtf_state *state)
{
    const struct l1t_kbmtf_stub *seed = &event->stub[hits->place[hits->seed - 1]];
    const struct l1t_kbmtf_stub *stub = &event->stub[hits->place[station - 1]];
    const int phi = hits->phi[station - 1];
    const int r = wrap(phi - state->phi, 13);
    const int rb = wrap(8 * stub->phib - state->phib, 14);
    const unsigned without_seed = mask & ~(1u << (hits->seed - 1));
    if ((without_seed & (without_seed - 1)) == 0)
        update_by_both(config, station, 2 * is_high(seed) + is_high(stub), r, rb, state);
    else
        update_by_phi(config, station, r, state);
    state->phi = phi;
    state->pattern |= 1u << (station - 1);
    return magnitude(state->k) < 8191 && magnitude(state->phib) < 4095;
}

// SPDX-License-Identifier: Apache-2.0
// What is read off at station 1, before the muon goes on to the beam line.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

// Where the muon crosses station 2: there is the global muon trigger's phi.
static int phi_at_2(const struct l1t_kbmtf_hits *hits, const struct l1t_kbmtf_state *state)
{
    if (state->pattern >> 1 & 1)
        return hits->phi[1];
    const int phi = (8192 * state->phi + 1304 * state->phib) / 8192; // towards zero
    return phi > 4095 ? 4095 : phi < -4096 ? -4096 : phi;
}

// How well the directions of the stubs (phi + phiB) agree with that of the track, in 16 units of
// phi, summed and clipped.
static unsigned chi_of(const struct l1t_kbmtf_event *event, const struct l1t_kbmtf_hits *hits,
                       const struct l1t_kbmtf_state *state)
{
    static const int8_t bending[L1T_KBMTF_STATIONS] = {0, -28, -60, -92};
    const int track = wrap(shr(state->phi + state->phib, 4), 10);
    int chi = 0;
    for (unsigned i = 0; i < L1T_KBMTF_STATIONS; i++) {
        if (!(state->pattern >> i & 1))
            continue;
        const int phib = event->stub[hits->place[i]].phib;
        const int stub = wrap(shr(hits->phi[i], 4) + shr(phib, 1), 10);
        const int bend = wrap(shr(bending[i] * shr(state->k, 4), 8), 9);
        chi += magnitude(wrap(stub - track, 11) + bend);
    }
    return (unsigned)at_most(chi, 127);
}

// Low momentum tracks of three and four stubs bend too much for chi to mean anything.
static int is_good(unsigned chi, const struct l1t_kbmtf_state *state)
{
    const unsigned p = state->pattern;
    const int many = p == 7 || p == 11 || p >= 13;
    return !many || chi <= 126 || magnitude(state->k) >= 2500;
}

int l1t_kbmtf_measure(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                      const struct l1t_kbmtf_hits *hits, const struct l1t_kbmtf_state *state,
                      struct l1t_kbmtf_track *track)
{
    const unsigned chi = chi_of(event, hits, state);
    if (!is_good(chi, state))
        return 0;
    track->wheel = hits->wheel;
    track->sector = hits->sector;
    track->seed = hits->seed;
    track->pattern = (uint8_t)state->pattern;
    track->n = 0;
    for (unsigned i = 0; i < L1T_KBMTF_STATIONS; i++) {
        const unsigned has = state->pattern >> i & 1;
        track->place[i] = has ? hits->place[i] : L1T_KBMTF_NO_PLACE;
        track->n = (uint8_t)(track->n + has);
    }
    track->k = (int16_t)state->k;
    track->phib = (int16_t)state->phib;
    track->phi = (int16_t)phi_at_2(hits, state);
    track->chi = (uint8_t)chi;
    l1t_kbmtf_eta(config, event, track);
    return 1;
}

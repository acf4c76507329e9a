// SPDX-License-Identifier: Apache-2.0
// From station 1 to the beam line: energy loss, impact parameter, and the constraint that the muon
// comes from the beam line, which makes the curvature several times more precise.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

enum { A = 15908, B = 8192 }; // transport, 13 fraction bits

int l1t_kbmtf_pattern_row(unsigned pattern)
{
    static const int8_t rows[16] = {-1, -1, -1, 0, -1, 1, 2, 3, -1, 4, 5, 6, 7, 8, 9, 10};
    return rows[pattern & 15];
}

static void to_beam_line(const struct l1t_kbmtf_config *config, struct l1t_kbmtf_state *state)
{
    const int k = state->k;
    const unsigned half = (unsigned)at_most(magnitude(k), 4095) / 2;
    const int loss = config->loss[half], shift = config->shift[half];
    const int phi = state->phi + wrap(shr(A * k, 13), 14) + wrap(shr(B * state->phib, 13), 13);
    state->phi = wrap(phi, 12);
    state->phib = wrap((k > 1 ? -shift : shift) - state->phib, 13);
    state->k = k > 0 ? k - loss : k + loss;
}

void l1t_kbmtf_vertex(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_state *state,
                      struct l1t_kbmtf_track *track)
{
    struct l1t_kbmtf_state at = *state;
    to_beam_line(config, &at);
    const unsigned half = (unsigned)at_most(magnitude(at.k), 2047) / 2;
    const int gain = config->vertex[l1t_kbmtf_pattern_row(at.pattern)][half];
    track->dxy = (int16_t)at.phib;
    track->k_loss = (int16_t)at.k;
    track->phi0 = (int16_t)at.phi;
    track->kv = (int16_t)wrap(at.k + wrap(shr(gain * at.phib, 6), 14), 14);
}

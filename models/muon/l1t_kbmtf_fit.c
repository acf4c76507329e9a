// SPDX-License-Identifier: Apache-2.0
// The fit of one seed with one mask: from the seed's station inwards to the beam line.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

// The bending angle is as much as there is to know of the curvature; from a stub without
// confirmation (low quality) not even that.
static void start(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                  const struct l1t_kbmtf_hits *hits, struct l1t_kbmtf_state *state)
{
    static const int16_t limit[3] = {127, 30, 15}; // stations 2, 3, 4
    const struct l1t_kbmtf_stub *stub = &event->stub[hits->place[hits->seed - 1]];
    const unsigned row = hits->seed - 2u;
    const int k = config->seed_k[row][at_most(magnitude(stub->phib), limit[row])];
    const int high = stub->quality >= 4;
    state->k = !high ? 0 : stub->phib < 0 ? -k : k;
    state->phi = stub->phi;
    state->phib = high ? 8 * stub->phib : 0;
    state->pattern = 1u << (hits->seed - 1);
}

int l1t_kbmtf_fit(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                  const struct l1t_kbmtf_hits *hits, unsigned mask, struct l1t_kbmtf_track *track)
{
    struct l1t_kbmtf_state state;
    start(config, event, hits, &state);
    for (unsigned station = hits->seed - 1u; station >= 1; station--) {
        l1t_kbmtf_propagate(station + 1, &state);
        if ((mask >> (station - 1) & 1) &&
            !l1t_kbmtf_update(config, event, hits, mask, station, &state))
            return 0;
    }
    if (!l1t_kbmtf_measure(config, event, hits, &state, track))
        return 0;
    l1t_kbmtf_vertex(config, &state, track);
    l1t_kbmtf_rank(config, event, track);
    return 1;
}

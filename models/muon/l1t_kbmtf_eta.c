// SPDX-License-Identifier: Apache-2.0
// eta of a track: from the wheels its stubs are on (coarse), or the mean of theta hits (fine).
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

static int coarse_eta(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_track *track)
{
    unsigned others = 0, i = 0; // bit i: stub i, the seed first, is on another wheel than the seed
    for (unsigned station = track->seed; station >= 1; station--) {
        const unsigned place = track->place[station - 1];
        if (place == L1T_KBMTF_NO_PLACE)
            continue;
        if (l1t_kbmtf_place_wheel(place) != track->wheel)
            others |= 1u << i;
        i++;
    }
    const unsigned at = (unsigned)magnitude(track->wheel) << i | others;
    const int eta = config->coarse_eta[l1t_kbmtf_pattern_row(track->pattern)][at];
    return track->wheel < 0 ? -eta : track->wheel > 0 ? eta : 0;
}

// sum / weight, by the multiplications that the hardware has; weight is at most 6 (three stations
// with theta views).
static int mean(int sum, int weight)
{
    const int a = magnitude(sum);
    int value = 0;
    switch (weight) {
    case 1:
        value = a;
        break;
    case 2:
        value = a >> 1;
        break;
    case 3:
        value = a == 0 ? 0 : (340 * a - 1) >> 10;
        break;
    case 4:
        value = a >> 2;
        break;
    case 5:
        value = 204 * a >> 10;
        break;
    default:
        value = 168 * a >> 10;
        break;
    }
    return sum < 0 ? -value : value;
}

static int fine_eta(const struct l1t_kbmtf_event *event, const struct l1t_kbmtf_track *track)
{
    int sum = 0, weight = 0;
    for (unsigned i = 0; i < L1T_KBMTF_STATIONS; i++) {
        if (track->place[i] == L1T_KBMTF_NO_PLACE)
            continue;
        const struct l1t_kbmtf_stub *stub = &event->stub[track->place[i]];
        if (stub->qeta[0] == 0 || stub->qeta[1] != 0) // none, or one of two: ambiguous
            continue;
        sum += stub->qeta[0] * stub->eta[0];
        weight += stub->qeta[0];
    }
    return weight == 0 ? L1T_KBMTF_NO_ETA : mean(sum, weight);
}

void l1t_kbmtf_eta(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                   struct l1t_kbmtf_track *track)
{
    track->coarse_eta = (int16_t)coarse_eta(config, track);
    track->fine_eta = (int16_t)fine_eta(event, track);
}

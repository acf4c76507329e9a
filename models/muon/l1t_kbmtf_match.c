// SPDX-License-Identifier: Apache-2.0
// Which stubs go with a seed. The search looks at the seed's phi, not at the filter's, so it is
// made once for all masks.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

enum { SECTOR_STEP = 2144, NEXT_BELOW = -112, PREVIOUS_ABOVE = 111 };

// Where a region may take stubs from: the sector before, its own, the one after.
enum { PREVIOUS, OWN, NEXT };

// phi of a stub relative to the region's sector; 0 if it is too far in the other sector.
static int corrected_phi(int phi, unsigned where, int *corrected)
{
    if ((where == NEXT && phi >= NEXT_BELOW) || (where == PREVIOUS && phi <= PREVIOUS_ABOVE))
        return 0;
    *corrected = where == NEXT ? phi + SECTOR_STEP : where == PREVIOUS ? phi - SECTOR_STEP : phi;
    return 1;
}

// The stub of a station that is nearest to the seed. The hardware's tree of comparators gives
// equal distances to the later candidate: sector before, own, after; own wheel, inner; tag 0, 1.
static void nearest(const struct l1t_kbmtf_event *event, unsigned station, int seed_phi,
                    struct l1t_kbmtf_hits *hits)
{
    const int inner = hits->wheel > 0 ? hits->wheel - 1 : hits->wheel + 1;
    const unsigned wheels = hits->wheel == 0 ? 1 : 2;
    int best = 1 << 11;
    for (unsigned where = PREVIOUS; where <= NEXT; where++) {
        const unsigned sector = (hits->sector + where + L1T_KBMTF_SECTORS - 1) % L1T_KBMTF_SECTORS;
        for (unsigned w = 0; w < wheels; w++) {
            const int wheel = w == 0 ? hits->wheel : inner;
            const unsigned have = event->have[wheel + 2][sector] >> (2 * (station - 1)) & 3u;
            for (unsigned tag = 0; have >> tag != 0; tag++) {
                const unsigned place = l1t_kbmtf_place(wheel, sector, station, tag);
                int phi;
                if (!(have >> tag & 1) || !corrected_phi(event->stub[place].phi, where, &phi))
                    continue;
                const int distance = magnitude(wrap(shr(seed_phi - phi, 3), 11));
                if (distance > best)
                    continue;
                best = distance;
                hits->place[station - 1] = (uint16_t)place;
                hits->phi[station - 1] = (int16_t)phi;
                hits->found |= (uint8_t)(1u << (station - 1));
            }
        }
    }
}

void l1t_kbmtf_match(const struct l1t_kbmtf_event *event, unsigned seed_place,
                     struct l1t_kbmtf_hits *hits)
{
    const int phi = event->stub[seed_place].phi;
    hits->wheel = (int8_t)l1t_kbmtf_place_wheel(seed_place);
    hits->sector = (uint8_t)l1t_kbmtf_place_sector(seed_place);
    hits->seed = (uint8_t)l1t_kbmtf_place_station(seed_place);
    hits->tag = (uint8_t)l1t_kbmtf_place_tag(seed_place);
    hits->found = (uint8_t)(1u << (hits->seed - 1));
    hits->place[hits->seed - 1] = (uint16_t)seed_place;
    hits->phi[hits->seed - 1] = (int16_t)phi;
    for (unsigned station = 1; station < hits->seed; station++)
        nearest(event, station, phi, hits);
}

// SPDX-License-Identifier: Apache-2.0
// One sector: the tracks of its five wheels, without those that a neighbouring wheel has better,
// through a sorting network to at most three.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

#include <stddef.h>

enum { SLOTS = 2 * L1T_KBMTF_WHEELS };

// Some track of a neighbouring wheel has a stub in common and is better.
static int is_beaten(const struct l1t_kbmtf_track *track, const struct l1t_kbmtf_region *other)
{
    for (unsigned i = 0; i < other->n_tracks; i++) {
        const struct l1t_kbmtf_track *b = &other->track[i];
        const int outer = magnitude(b->wheel) > magnitude(track->wheel);
        if (l1t_kbmtf_overlap(track, b) &&
            (b->rank > track->rank || (b->rank == track->rank && outer)))
            return 1;
    }
    return 0;
}

// A single track sits in the place of its seed's tag, two in their order.
static void place_tracks(const struct l1t_kbmtf_sector *sector,
                         const struct l1t_kbmtf_track *slot[SLOTS])
{
    for (size_t w = 0; w < L1T_KBMTF_WHEELS; w++) {
        const struct l1t_kbmtf_region *region = &sector->region[w];
        const struct l1t_kbmtf_track *kept[L1T_KBMTF_REGION_TRACKS];
        unsigned n = 0;
        for (unsigned i = 0; i < region->n_tracks; i++) {
            const struct l1t_kbmtf_track *track = &region->track[i];
            if ((w == 0 || !is_beaten(track, region - 1)) &&
                (w + 1 == L1T_KBMTF_WHEELS || !is_beaten(track, region + 1)))
                kept[n++] = track;
        }
        if (n == 2) {
            slot[2 * w] = kept[0];
            slot[2 * w + 1] = kept[1];
        } else if (n == 1) {
            slot[2 * w + l1t_kbmtf_place_tag(kept[0]->place[kept[0]->seed - 1])] = kept[0];
        }
    }
}

// The network decides the order of equal pt, so it is written out: pairs of slots that are
// exchanged when the right one is strictly higher.
static void sort_slots(const struct l1t_kbmtf_track *slot[SLOTS])
{
    static const uint8_t network[][2] = {{0, 5}, {1, 6}, {2, 7}, {3, 8}, {4, 9}, {0, 3}, {1, 4},
                                         {5, 8}, {6, 9}, {0, 2}, {3, 6}, {7, 9}, {0, 1}, {2, 4},
                                         {5, 7}, {8, 9}, {1, 2}, {3, 5}, {4, 6}, {7, 8}, {1, 3},
                                         {2, 5}, {4, 7}, {6, 8}, {2, 3}};
    for (size_t i = 0; i < sizeof network / sizeof network[0]; i++) {
        const struct l1t_kbmtf_track **left = &slot[network[i][0]], **right = &slot[network[i][1]];
        const struct l1t_kbmtf_track *l = *left, *r = *right;
        if (r != NULL && (l == NULL || r->pt > l->pt)) {
            *left = r;
            *right = l;
        }
    }
}

void l1t_kbmtf_wedge(struct l1t_kbmtf_sector *sector)
{
    const struct l1t_kbmtf_track *slot[SLOTS] = {NULL};
    sector->n_tracks = 0;
    place_tracks(sector, slot);
    sort_slots(slot);
    for (unsigned i = 0; i < L1T_KBMTF_SECTOR_TRACKS; i++)
        if (slot[i] != NULL)
            sector->track[sector->n_tracks++] = *slot[i];
}

// SPDX-License-Identifier: Apache-2.0
// One wheel of one sector: all seeds with all masks, then at most two tracks that share no stub.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

#include <stddef.h>

// Masks of a seed station, in the order of their fits.
static const struct {
    uint8_t n, mask[7];
} masks_of[3] = {{1, {3}}, {3, {5, 6, 7}}, {7, {9, 10, 11, 12, 13, 14, 15}}};

// ---- fits ----

static void fit_seed(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                     unsigned place, struct l1t_kbmtf_region *region, struct l1t_kbmtf_list best[3])
{
    struct l1t_kbmtf_hits hits;
    const struct l1t_kbmtf_track *fit_of[16] = {NULL};
    unsigned fitted = 0;
    l1t_kbmtf_match(event, place, &hits);
    const unsigned row = hits.seed - 2u;
    for (unsigned i = 0; i < masks_of[row].n; i++) {
        const unsigned mask = masks_of[row].mask[i];
        struct l1t_kbmtf_track *track = &region->fit[region->n_fits];
        if ((mask & ~hits.found) != 0 || !l1t_kbmtf_fit(config, event, &hits, mask, track))
            continue;
        fitted |= 1u << mask;
        fit_of[mask] = track;
        region->n_fits++;
    }
    const unsigned mask = l1t_kbmtf_best_mask(hits.seed, fitted, fit_of);
    if (mask != 0)
        best[row].track[best[row].n++] = fit_of[mask];
}

// ---- cleaning ----

int l1t_kbmtf_overlap(const struct l1t_kbmtf_track *a, const struct l1t_kbmtf_track *b)
{
    for (unsigned i = 0; i < L1T_KBMTF_STATIONS; i++)
        if (a->place[i] == b->place[i] && a->place[i] != L1T_KBMTF_NO_PLACE)
            return 1;
    return 0;
}

static unsigned seed_tag(const struct l1t_kbmtf_track *track)
{
    return l1t_kbmtf_place_tag(track->place[track->seed - 1]);
}

// Among the tracks of one seed station: of two that overlap the higher rank, then tag 0.
static struct l1t_kbmtf_list clean_station(const struct l1t_kbmtf_list *in)
{
    struct l1t_kbmtf_list out = {0};
    for (unsigned i = 0; i < in->n; i++) {
        const struct l1t_kbmtf_track *a = in->track[i];
        int keep = 1;
        for (unsigned j = 0; j < in->n; j++) {
            const struct l1t_kbmtf_track *b = in->track[j];
            const int wins = b->rank > a->rank || (b->rank == a->rank && seed_tag(b) == 0);
            if (i != j && l1t_kbmtf_overlap(a, b) && wins)
                keep = 0;
        }
        if (keep)
            out.track[out.n++] = a;
    }
    return out;
}

// Append the tracks of a list that no overlapping one of the others beats; equal_loses says what
// equal rank means.
static void append_unbeaten(const struct l1t_kbmtf_list *list, const struct l1t_kbmtf_list *others,
                            int equal_loses, struct l1t_kbmtf_list *out)
{
    for (unsigned i = 0; i < list->n; i++) {
        const struct l1t_kbmtf_track *a = list->track[i];
        int keep = 1;
        for (unsigned j = 0; j < others->n; j++) {
            const struct l1t_kbmtf_track *b = others->track[j];
            if (l1t_kbmtf_overlap(a, b) &&
                (b->rank > a->rank || (equal_loses && b->rank == a->rank)))
                keep = 0;
        }
        if (keep)
            out->track[out->n++] = a;
    }
}

// Of two entries, the left one (by its number) on equal pt.
static unsigned higher(const struct l1t_kbmtf_list *in, unsigned left, unsigned right)
{
    return in->track[left]->pt >= in->track[right]->pt ? left : right;
}

void l1t_kbmtf_sort4(const struct l1t_kbmtf_list *in, struct l1t_kbmtf_list *out)
{
    struct l1t_kbmtf_list sorted = *in;
    if (in->n > 2) {
        const unsigned h1 = higher(in, 2, 0), l1 = 2 - h1;
        unsigned first = h1, second = higher(in, l1, 1);
        if (in->n > 3) {
            const unsigned h2 = higher(in, 3, 1), l2 = 4 - h2;
            first = higher(in, l2, h1);
            second = higher(in, l1, h2);
        }
        sorted.n = 2;
        sorted.track[0] = in->track[first];
        sorted.track[1] = in->track[second];
    }
    *out = sorted;
}

void l1t_kbmtf_clean(const struct l1t_kbmtf_list best[3], struct l1t_kbmtf_list *out)
{
    const struct l1t_kbmtf_list p2 = clean_station(&best[0]);
    const struct l1t_kbmtf_list p3 = clean_station(&best[1]);
    const struct l1t_kbmtf_list p4 = clean_station(&best[2]);
    struct l1t_kbmtf_list inner = {0}, all = {0};
    append_unbeaten(&p3, &best[0], 0, &inner);
    append_unbeaten(&p2, &best[1], 1, &inner);
    l1t_kbmtf_sort4(&inner, &inner);
    append_unbeaten(&p4, &inner, 0, &all);
    append_unbeaten(&inner, &best[2], 1, &all);
    l1t_kbmtf_sort4(&all, out);
}

// ---- the region ----

void l1t_kbmtf_fit_region(const struct l1t_kbmtf_config *config,
                          const struct l1t_kbmtf_event *event, int wheel, unsigned sector,
                          struct l1t_kbmtf_region *region)
{
    struct l1t_kbmtf_list best[3] = {{0}, {0}, {0}}, tracks;
    region->n_fits = 0;
    region->n_tracks = 0;
    const unsigned seeds = event->have[wheel + 2][sector] & ~3u; // not from station 1
    if (seeds == 0)
        return;
    for (unsigned tag = 0; tag < L1T_KBMTF_TAGS; tag++)
        for (unsigned station = 2; station <= L1T_KBMTF_STATIONS; station++)
            if (seeds >> (2 * (station - 1) + tag) & 1)
                fit_seed(config, event, l1t_kbmtf_place(wheel, sector, station, tag), region, best);
    l1t_kbmtf_clean(best, &tracks);
    region->n_tracks = tracks.n;
    for (unsigned i = 0; i < tracks.n; i++)
        region->track[i] = *tracks.track[i];
}

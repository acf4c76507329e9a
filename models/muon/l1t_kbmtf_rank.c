// SPDX-License-Identifier: Apache-2.0
// How good a track is, and its pt.
// Twin: none; docs/muon.md says why
#include "l1t_kbmtf_internal.h"

enum { LOWEST_PT = 8191, STRAIGHT = 34, MAX_ERRORS = 15 };

unsigned l1t_kbmtf_pt(const struct l1t_kbmtf_config *config, int k)
{
    return config->pt[k < 0][at_most(magnitude(k), L1T_KBMTF_PT - 1)];
}

static unsigned rank_of(const struct l1t_kbmtf_track *track)
{
    if (track->pattern == 12) // stations 3 and 4 alone are far from the beam line
        return 60;
    return 160 + 20 * (unsigned)track->n - track->chi;
}

// The stub of a two-stub track whose bending angle is compared with the curvature: the inner one,
// unless the seed is of better quality.
static unsigned judged_station(const struct l1t_kbmtf_event *event,
                               const struct l1t_kbmtf_track *track)
{
    unsigned inner = 1;
    while (track->place[inner - 1] == L1T_KBMTF_NO_PLACE)
        inner++;
    const uint8_t seed_quality = event->stub[track->place[track->seed - 1]].quality;
    const uint8_t inner_quality = event->stub[track->place[inner - 1]].quality;
    return seed_quality > inner_quality ? track->seed : inner;
}

// A two-stub track that claims a high momentum which its own bending angle denies is not trusted:
// it gets the lowest pt.
static void check_compatibility(const struct l1t_kbmtf_event *event, struct l1t_kbmtf_track *track)
{
    static const int8_t slope[L1T_KBMTF_STATIONS] = {28, 20, 10, 4};
    static const int8_t error[L1T_KBMTF_STATIONS] = {7, 7, 7, 10};
    const unsigned i = judged_station(event, track) - 1;
    const int k = shr(track->kv, 4);
    const int abs_k = magnitude(k) & 511;
    const int phib = event->stub[track->place[i]].phib;
    const int diff = magnitude(wrap(shr(16 * phib - slope[i] * k, 4), 12));
    const int err = 2 + (error[i] * abs_k >> 5);
    const unsigned limit = track->pattern == 3 ? 40 : track->pattern == 6 ? 60 : 126;
    track->comp = (uint8_t)at_most(diff / err, 255);
    if (abs_k < STRAIGHT && (track->chi > limit || diff > MAX_ERRORS * err))
        track->kv = LOWEST_PT;
}

void l1t_kbmtf_rank(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                    struct l1t_kbmtf_track *track)
{
    track->rank = (uint8_t)rank_of(track);
    track->comp = 0;
    if (track->n == 2)
        check_compatibility(event, track);
    track->pt = (uint16_t)l1t_kbmtf_pt(config, track->kv);
    track->pt_free = (uint16_t)(l1t_kbmtf_pt(config, track->k) / 2);
}

// ---- the best mask of a seed ----

// The left one on equal rank; a mask that is not there (rank -1) loses.
static unsigned better(unsigned left, unsigned right, unsigned fitted,
                       const struct l1t_kbmtf_track *const fit_of[16])
{
    const int l = fitted >> left & 1 ? fit_of[left]->rank : -1;
    const int r = fitted >> right & 1 ? fit_of[right]->rank : -1;
    return l >= r ? left : right;
}

unsigned l1t_kbmtf_best_mask(unsigned seed_station, unsigned fitted,
                             const struct l1t_kbmtf_track *const fit_of[16])
{
#define BETTER(left, right) better(left, right, fitted, fit_of)
    const unsigned best =
        seed_station == 4
            ? BETTER(15, BETTER(BETTER(11, 13), BETTER(BETTER(10, 12), BETTER(14, 9))))
        : seed_station == 3 ? BETTER(7, BETTER(5, 6))
                            : 3;
#undef BETTER
    return fitted >> best & 1 ? best : 0;
}

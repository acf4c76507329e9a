/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the barrel track finder share. */
#ifndef L1T_KBMTF_INTERNAL_H
#define L1T_KBMTF_INTERNAL_H

#include "l1t_kbmtf.h"

#include "../l1t_fixed.h"

/* Keep the low bits as two's complement, width 1..31. */
static inline int wrap(int64_t value, unsigned width)
{
    const int64_t half = (int64_t)1 << (width - 1);
    return (int)((int64_t)l1t_wrap_u(value + half, width) - half);
}

/* Arithmetic shift right. */
static inline int shr(int value, unsigned bits)
{
    return (int)l1t_shr(value, bits);
}

static inline int magnitude(int value)
{
    return value < 0 ? -value : value;
}

static inline int at_most(int value, int max)
{
    return value < max ? value : max;
}

/* What the filter knows at a station. */
struct l1t_kbmtf_state {
    int k, phi, phib;
    unsigned pattern; /* stubs added */
};

/* From station n (2..4) to n - 1. */
void l1t_kbmtf_propagate(unsigned n, struct l1t_kbmtf_state *state);

/* Add the stub of a station (1..3), for a fit with this mask; 0 if k or phiB run out of range. */
int l1t_kbmtf_update(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                     const struct l1t_kbmtf_hits *hits, unsigned mask, unsigned station,
                     struct l1t_kbmtf_state *state);

/* State at station 1 into the track: k, phib, phi at station 2, chi, etas. 0 if chi is too bad. */
int l1t_kbmtf_measure(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                      const struct l1t_kbmtf_hits *hits, const struct l1t_kbmtf_state *state,
                      struct l1t_kbmtf_track *track);

/* From station 1 to the beam line, and the constraint to come from it. */
void l1t_kbmtf_vertex(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_state *state,
                      struct l1t_kbmtf_track *track);

/* Coarse and fine eta of a track whose stubs are known. */
void l1t_kbmtf_eta(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                   struct l1t_kbmtf_track *track);

#endif

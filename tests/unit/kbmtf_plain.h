/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The barrel track finder once more, as plainly as possible: every seed with every mask looks
 * through all stubs of the event and fits from the start, tracks are compared by the list of their
 * stubs, choices are written as ordered lists instead of comparators. Made from the description in
 * docs/muon.md, not from models/muon.
 */
#ifndef KBMTF_PLAIN_H
#define KBMTF_PLAIN_H

#include "muon/l1t_kbmtf.h"

#include <stdbool.h>
#include <stdint.h>

void kbmtf_plain(const struct l1t_kbmtf_config *config, const struct l1t_kbmtf_event *event,
                 struct l1t_kbmtf_result *result);

/* All tracks and words of both are the same, field by field; what[size] says where not. */
bool kbmtf_same(const struct l1t_kbmtf_result *a, const struct l1t_kbmtf_result *b, char *what,
                unsigned size);

/* ---- events ---- */

/* Put a stub in its place. */
void kbmtf_put(struct l1t_kbmtf_event *event, int wheel, unsigned sector, unsigned station,
               unsigned tag, int phi, int phib, unsigned quality);

/*
 * Muon of curvature k (after the energy loss) from the beam line, at phi (sector-relative, 1/4096
 * rad) of station 1: its stubs in all four stations of a wheel, without errors but for rounding.
 */
void kbmtf_put_muon(struct l1t_kbmtf_event *event, const struct l1t_kbmtf_config *config, int wheel,
                    unsigned sector, unsigned tag, int k, int phi);

/* Muons and noise with coarse numbers, so that ties are common; from the seed alone. */
void kbmtf_random_event(uint64_t seed, const struct l1t_kbmtf_config *config,
                        struct l1t_kbmtf_event *event);

/* Random tables of the right widths; pt falls with |k|. */
void kbmtf_random_config(uint64_t seed, struct l1t_kbmtf_config *config);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Segments ("stubs") that the muons of l1t/muon_gen.h leave in the barrel: the barrel track
 * finder's own transport run outwards from the beam line, so what it measures is known. Event e has
 * the same muons as the muon generator of that seed gives. Integers, once tables are made;
 * docs/muon.md.
 */
#ifndef L1T_STUB_GEN_H
#define L1T_STUB_GEN_H

#include "l1t/kbmtf_config.h"
#include "l1t/muon_gen.h"

enum { L1T_STUB_GEN_TEXT = 600 };

/* One line that names every parameter, for digests and headings; returns text. */
const char *l1t_stub_gen_text(const struct l1t_stub_params *params, char *text, size_t size);

struct l1t_stub_gen;
/* muons and setup stay the caller's and are kept as long as the generator lives. */
enum l1t_err l1t_stub_gen_new(const struct l1t_muon_gen *muons, const struct l1t_kbmtf_setup *setup,
                              uint64_t seed, struct l1t_stub_gen **gen,
                              struct l1t_diag *diag) L1T_MUST_USE;
void l1t_stub_gen_free(struct l1t_stub_gen *gen); /* accepts NULL */

/* Make one event; thread-safe. truth may be NULL; its candidates are numbers of stubs as events
 * list them. The number of particles. */
size_t l1t_stub_gen_event(const struct l1t_stub_gen *gen, uint64_t event,
                          struct l1t_kbmtf_event *out, struct l1t_muon_truth *truth);

#endif

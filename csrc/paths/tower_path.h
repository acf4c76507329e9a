/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all twins that are fed with towers share (members of struct l1t_twin). The input of the
 * hardware is struct l1t_towers as it lies in memory: two towers a word, the lower phi in the low
 * half, as on the links; side 0's rings, then side 1's.
 */
#ifndef L1T_TOWER_PATH_H
#define L1T_TOWER_PATH_H

#include "l1t/err.h"
#include "l1t/tower_gen.h"
#include "l1t/towers.h"

#include "calo/l1t_towers.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { L1T_TOWER_WORDS = L1T_SIDES * L1T_RINGS * L1T_PHIS / 2, L1T_PHI_SLOTS = 18 };

/* Members of struct l1t_twin that are the same for all of them. */
#define L1T_TOWER_PATH_MEMBERS                                                                     \
    .in_rows = L1T_RINGS, .in_words = L1T_TOWER_WORDS, .config_free = free,                        \
    .source_next = l1t_tower_source_next, .source_skip = l1t_tower_source_skip,                    \
    .source_close = l1t_tower_source_close, .source_name = l1t_tower_source_name,                  \
    .write_begin = l1t_towers_begin, .write_event = l1t_tower_write_event,                         \
    .write_end = l1t_towers_end

void l1t_towers_to_words(const struct l1t_towers *towers, uint32_t in[L1T_TOWER_WORDS]);
void l1t_words_to_towers(const uint32_t in[L1T_TOWER_WORDS], struct l1t_towers *towers);

/* Events of a file ("-" stdin) or, for "generator", made with these parameters. */
enum l1t_err l1t_tower_source_open(const struct l1t_tower_gen_params *generator, const char *spec,
                                   uint64_t seed, void **source,
                                   struct l1t_diag *diag) L1T_MUST_USE;
int l1t_tower_source_next(void *source, uint32_t *in, uint64_t *event_id, struct l1t_diag *diag);
enum l1t_err l1t_tower_source_skip(void *source, uint64_t n, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_tower_source_close(void *source); /* accepts NULL */
const char *l1t_tower_source_name(const void *source);

enum l1t_err l1t_tower_write_event(FILE *out, const uint32_t *in, uint64_t event_id,
                                   const char *name, struct l1t_diag *diag) L1T_MUST_USE;

/* "ieta +12, iphi 33-36": towers of a row (ring - 1), and those of a lane, side * 18 + phi slot. */
void l1t_place_towers(unsigned row, unsigned side, unsigned first, unsigned last, char *text,
                      size_t size);
void l1t_place_slot(unsigned row, unsigned lane, char *text, size_t size);

#endif

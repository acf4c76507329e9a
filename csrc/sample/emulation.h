/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Generated crossings as the global trigger sees them: towers through the calorimeter models, track
 * finders' candidates through the muon model. Crossing e depends on the configurations, the means,
 * the seed and e only.
 */
#ifndef L1T_SAMPLE_EMULATION_H
#define L1T_SAMPLE_EMULATION_H

#include "gt/l1t_gt_event.h"
#include "l1t/err.h"

#include <stdint.h>

struct l1t_emulation;

/* YAML of the paths; muons NULL: none. Means of a crossing, < 0: as the file says. */
enum l1t_err l1t_emulation_open(const char *calorimeter, const char *muons, double jets_mean,
                                double muons_mean, uint64_t seed, struct l1t_emulation **emulation,
                                struct l1t_diag *diag) L1T_MUST_USE;
void l1t_emulation_close(struct l1t_emulation *emulation); /* accepts NULL */
/* Of all that decides the paths' results, hexadecimal; of muons NULL when there are none. */
const char *l1t_emulation_calo_digest(const struct l1t_emulation *emulation);
const char *l1t_emulation_muon_digest(const struct l1t_emulation *emulation);

/* What one thread needs; too large for a stack. NULL: out of memory. */
struct l1t_emulation_bench;
struct l1t_emulation_bench *l1t_emulation_bench(void);
void l1t_emulation_bench_free(struct l1t_emulation_bench *bench); /* accepts NULL */

/* Words of one crossing, without externals. */
void l1t_emulation_words(const struct l1t_emulation *emulation, struct l1t_emulation_bench *bench,
                         uint64_t crossing, struct l1t_gt_words *words);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events of track finder muons, one crossing each, for the global muon trigger. Three forms,
 * told apart by the first line that is not blank or a comment. As text:
 *
 *     E <id> [<name>]
 *     C <1008 characters>
 *     I <group> <processor> <slot> <word>
 *
 * id decimal; name any text, for people. C, at most once: calorimeter sums, character i is region
 * eta i / 36, phi i % 36; 0-9a-v stand for 0 to 31; all are 0 without it. group E+, O+, B, O- or
 * E-, processor 0..5 (B: 0..11), slot 0..2, word 16 hex digits (muon_in of l1t_formats.def); each
 * slot at most once, others are empty. Blank lines and lines that start with '#' are skipped.
 *
 * Or as a test vector, a line a crossing, without sums: the id of at least four digits and 108
 * words of 16 hex digits, slot after slot, link after link, one blank before each:
 *
 *     0012 0000000000000000 ... 0000000000000000
 *
 * Or an MP7 buffer file (l1t/mp7.h): muons on links 36 to 71, sums on links 8 to 35; the number of
 * the crossing is the id. Both plain or gzip.
 */
#ifndef L1T_MUONS_H
#define L1T_MUONS_H

#include "l1t/err.h"

#include "muon/l1t_ugmt.h"

#include <stdint.h>
#include <stdio.h>

struct l1t_muon_reader;
enum l1t_err l1t_muon_reader_open(const char *path, struct l1t_muon_reader **reader,
                                  struct l1t_diag *diag) L1T_MUST_USE;

/* Next event: 1; 0 at the end of the file; -1 on error, with "file:line: ..." in diag. */
int l1t_muon_reader_next(struct l1t_muon_reader *reader, struct l1t_ugmt_event *event, uint64_t *id,
                         struct l1t_diag *diag);
void l1t_muon_reader_close(struct l1t_muon_reader *reader); /* accepts NULL */

/* Write one event as text; words that are 0 and sums that are all 0 are left out. */
enum l1t_err l1t_muons_write(FILE *out, const struct l1t_ugmt_event *event, uint64_t id,
                             const char *name, struct l1t_diag *diag) L1T_MUST_USE;

/* "E+", "O+", "B", "O-", "E-". */
extern const char *const l1t_muon_groups[L1T_UGMT_GROUPS];

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events of calorimeter towers as text, one after the other:
 *
 *     E <id> <name>
 *     R <ieta> <iphi>:<word> <iphi>:<word> ...
 *
 * id decimal; name any text, for people. One R line per ring that has a non-zero word: ieta
 * -41..41 without 0 and +-29, iphi 1..72 ascending, word the 16-bit tower word in hex. Towers not
 * listed are 0. Blank lines and lines that start with '#' are skipped. Plain or gzip.
 *
 * Events written by this program stand between a line '# l1twin towers VERSION' and a line
 * '# end N events'; where the first is, the second must follow, with the right number, so that a
 * file cut short is refused. Files without them are read as they are.
 */
#ifndef L1T_TOWERS_TEXT_H
#define L1T_TOWERS_TEXT_H

#include "l1t/err.h"

#include "calo/l1t_towers.h"

#include <stdint.h>
#include <stdio.h>

enum { L1T_TOWERS_NAME = 64 };

struct l1t_tower_reader;
enum l1t_err l1t_tower_reader_open(const char *path, struct l1t_tower_reader **reader,
                                   struct l1t_diag *diag) L1T_MUST_USE;

/*
 * Next event: 1; 0 at the end of the file; -1 on error, with "file:line: ..." in diag. name may be
 * NULL; a longer name is cut.
 */
int l1t_tower_reader_next(struct l1t_tower_reader *reader, struct l1t_towers *towers, uint64_t *id,
                          char name[L1T_TOWERS_NAME], struct l1t_diag *diag);
void l1t_tower_reader_close(struct l1t_tower_reader *reader); /* accepts NULL */

/* The comment lines around the events; streams are checked by whoever closes them. */
void l1t_towers_begin(FILE *out, const char *config_digest, const uint64_t *seed);
void l1t_towers_end(FILE *out, uint64_t n);

/* Write one event; empty rings are left out, rings in ascending ieta. */
enum l1t_err l1t_towers_write(FILE *out, const struct l1t_towers *towers, uint64_t id,
                              const char *name, struct l1t_diag *diag) L1T_MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events of the sorter path: configs/paths/sort.yaml, the generator, and the text form
 *
 *     E <id>
 *     R <row> <slot>:<key>:<payload> ...
 *
 * all decimal: row 1..40 and slot 0..17 ascending, key and payload 0..65535. Rows and slots that
 * are not named are empty; '#' starts a comment line.
 */
#ifndef L1T_SORT_EVENTS_H
#define L1T_SORT_EVENTS_H

#include "l1t/err.h"

#include "l1t_sort.h"

#include <stdio.h>

struct l1t_sort_setup {
    long long keys;   /* distinct keys of an event, at most */
    double occupancy; /* of a slot, 0..1 */
    double corners;   /* share of events, 0..1, that are hard on purpose */
    char digest[65];
};

/* NULL: sort.yaml as l1t_config_path finds it. */
enum l1t_err l1t_sort_setup_load(const char *yaml, struct l1t_sort_setup *setup,
                                 struct l1t_diag *diag) L1T_MUST_USE;

/* Words sort_slot of one event, from (setup, seed, event) only. */
void l1t_sort_generate(const struct l1t_sort_setup *setup, uint64_t seed, uint64_t event,
                       uint32_t in[L1T_SORT_IN_WORDS]);

struct l1t_sort_reader;
enum l1t_err l1t_sort_reader_open(const char *path, struct l1t_sort_reader **reader,
                                  struct l1t_diag *diag) L1T_MUST_USE;
/* 1: an event; 0: end of the file; -1: error. */
int l1t_sort_reader_next(struct l1t_sort_reader *reader, uint32_t in[L1T_SORT_IN_WORDS],
                         uint64_t *id, struct l1t_diag *diag);
void l1t_sort_reader_close(struct l1t_sort_reader *reader); /* accepts NULL */

enum l1t_err l1t_sort_write(FILE *out, const uint32_t in[L1T_SORT_IN_WORDS], uint64_t id,
                            struct l1t_diag *diag) L1T_MUST_USE;

#endif

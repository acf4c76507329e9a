/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events of the barrel track finder as text, and its answers.
 *
 *     E <event> <mode>
 *     S <id> <wheel> <sector> <station> <tag> <phi> <phiB> <quality> <eta1> <qeta1> <eta2> <qeta2>
 *
 * all decimal, between single blanks: event any number, mode a word for people (may be missing),
 * id 0, 1, 2 ... in each event, wheel -2..2, sector 0..11, station 1..4, tag 0..1, phi 12 and phiB
 * 10 bits with sign, quality 0..7, eta -105..105 or 255, qeta 0..2 (0 at station 4, which has no
 * theta view). Stubs ascend by wheel, sector, station, tag. Blank lines and lines that start with
 * '#' are skipped. Plain or gzip.
 */
#ifndef L1T_KBMTF_TEXT_H
#define L1T_KBMTF_TEXT_H

#include "l1t/err.h"
#include "l1t/kbmtf_config.h"

#include <stdint.h>
#include <stdio.h>

enum { L1T_KBMTF_MODE = 32 };

struct l1t_kbmtf_reader;
enum l1t_err l1t_kbmtf_reader_open(const char *path, struct l1t_kbmtf_reader **reader,
                                   struct l1t_diag *diag) L1T_MUST_USE;
/* 1: an event; 0: end of the file; -1: error, "file:line: ..." in diag. mode is "" if missing. */
int l1t_kbmtf_reader_next(struct l1t_kbmtf_reader *reader, struct l1t_kbmtf_event *event,
                          uint64_t *id, char mode[L1T_KBMTF_MODE], struct l1t_diag *diag);
void l1t_kbmtf_reader_close(struct l1t_kbmtf_reader *reader); /* accepts NULL */

/* Write one event in the same form; mode may be "". */
enum l1t_err l1t_kbmtf_write_event(FILE *out, const struct l1t_kbmtf_event *event, uint64_t id,
                                   const char *mode, struct l1t_diag *diag) L1T_MUST_USE;

/*
 * The answers of one event as lines, sector after sector: "p" every fit (when fits is set), "r"
 * tracks of a wheel, "t" tracks of the sector, best first, each followed by its link word "w".
 *
 *     p <sector> <wheel> <pattern> <n> <ids of the stubs> km= phim= phibm= kv= phiv= dxy= chi=
 * comp= rank= ceta= feta= pt2= w <sector> <n> <word, 16 hex digits> pt= phi= eta= sign= sv= qual=
 * ptu= dxy= hf=
 *
 * Units as in models/muon/l1t_kbmtf.h; feta=999: no fine eta.
 */
void l1t_kbmtf_write_records(FILE *out, const struct l1t_kbmtf_setup *setup,
                             const struct l1t_kbmtf_event *event,
                             const struct l1t_kbmtf_result *result, int fits);

/* The muons of one event as a table for people: GeV, eta, phi in rad of the whole detector. */
void l1t_kbmtf_write_decoded(FILE *out, const struct l1t_kbmtf_result *result);

#endif

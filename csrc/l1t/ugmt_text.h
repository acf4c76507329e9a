/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers of the global muon trigger as text, in the form of the reference data and in hardware
 * units:
 *
 *     c  idx phi cancel dEta dPhi rank           every muon, in the order of links and slots
 *     m  group idx ...                           survivors of the first sort, best first
 *     o  n word64(hex) etaWord(hex) pt= eta= phi= qual= sign= sv= iso= idx= etav= phiv= ptu= dxy=
 * sum= rank= ceta= cphi=                       final muons, best first
 *
 * etaWord is the muon's own part of muon_eta_pair. Or as a table for people, with who cancelled
 * whom. Streams are checked by whoever closes them.
 */
#ifndef L1T_UGMT_TEXT_H
#define L1T_UGMT_TEXT_H

#include "muon/l1t_ugmt.h"

#include <stddef.h>
#include <stdio.h>

void l1t_ugmt_write_records(FILE *out, const struct l1t_ugmt_result *result);
void l1t_ugmt_write_decoded(FILE *out, const struct l1t_ugmt_result *result);

/* The first columns of the global trigger's test vectors: the crossing's number, of four digits at
 * least, and its eight muons of 16 hex digits; 0: none. */
void l1t_ugmt_write_words(FILE *out, uint64_t event, const struct l1t_ugmt_result *result);

/* "O- 5, slot 0 (link 65)"; returns text. */
const char *l1t_ugmt_where(unsigned index, char *text, size_t size);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers of the jet path as text, in the form of the reference data:
 *
 *     J0  ieta iphi raw seed pile-up ET ET-calibrated [four flaps, ascending; chunky donut only]
 *     J1  ieta iphi ET                   main-processor output, + side first
 *     J2  ET eta phi word(hex)           global-trigger jets as sent
 *
 * in hardware units. J0: + side then - side; in each, rings 1,5,9,... then 2,6,... 3,7,... 4,8,...;
 * phi ascending; jets removed by pile-up subtraction are left out, ET-calibrated is the HT copy.
 */
#ifndef L1T_JET_TEXT_H
#define L1T_JET_TEXT_H

#include "l1t/err.h"

#include "calo/l1t_jet.h"

#include <stdio.h>

/* Streams are checked by whoever closes them. */
void l1t_jet_write_records(FILE *out, enum l1t_jet_pus pus, const struct l1t_jet_result *result);

/* The global-trigger jets for people: pt, eta, phi in physical units and the word. */
void l1t_jet_write_decoded(FILE *out, const struct l1t_jet_result *result);

#endif

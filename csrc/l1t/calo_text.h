/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers of the e/gamma, tau and sum paths as text, in the form of the reference data and in
 * hardware units:
 *
 *     NT  nTT
 *     CL  ieta iphi ET flags(hex) em had fgEta fgPhi hoe fg
 *     G0  ieta iphi raw ET quality(hex) iso(2 bits) isoET footprint shape(hex) eta phi
 *     T0  ieta iphi raw ET merged hasEM iso isoET eta phi
 *     G1  T1  ieta iphi ET iso               main-processor output, + side first
 *     G2  T2  ET eta phi iso word(hex)       global-trigger objects as sent
 *     S1  side ETT ETx ETy ETTHF ETxHF ETyHF ETTem MB0 MB1 HT HTx HTy HTHF HTxHF HTyHF
 *     S2  the demultiplexer's sums and its six words(hex)
 *
 * CL, G0 and T0 in the order ieta -28..-1, 1..28, phi ascending. Streams are checked by whoever
 * closes them. The jets' answers are in l1t/jet_text.h.
 */
#ifndef L1T_CALO_TEXT_H
#define L1T_CALO_TEXT_H

#include "calo/l1t_calo.h"

#include <stdio.h>

void l1t_ntt_write_record(FILE *out, unsigned ntt);
void l1t_cluster_write_records(FILE *out, const struct l1t_cluster_result *clusters);
void l1t_egamma_write_records(FILE *out, const struct l1t_cluster_result *clusters,
                              const struct l1t_egamma_result *egamma);
void l1t_tau_write_records(FILE *out, const struct l1t_cluster_result *clusters,
                           const struct l1t_tau_result *tau);
void l1t_sums_write_records(FILE *out, const struct l1t_sums_result *sums);
void l1t_sums_write_decoded(FILE *out, const struct l1t_sums_result *sums); /* GeV, rad */

/* The global-trigger objects for people: pt, eta, phi in physical units, iso and the word. */
void l1t_egtau_write_decoded(FILE *out, const char *what, const struct l1t_egtau_result *result);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files of the plain calorimeter models. */
#ifndef CALO_PLAIN_INTERNAL_H
#define CALO_PLAIN_INTERNAL_H

#include "calo/l1t_calo.h"

#include <stdbool.h>

struct tower {
    unsigned et;
    int ratio;
    bool zero, em, feature, fine;
    int e, h; /* parts of et, modulo 256 */
};

/* ieta without 0 and 29, any iphi; nothing beyond the detector. */
struct tower tower_at(const struct l1t_towers *towers, int ie, int ip);
int step_ie(int ie, int d);

/* Sorter and demultiplexer of e/gamma and tau; word k belongs to cluster k, 0 is none. */
void output_plain(const struct l1t_cluster_result *clusters, const uint32_t word[L1T_CLUSTER_MAX],
                  uint32_t quality, struct l1t_egtau_result *out);

void sums_plain(const struct l1t_sums_config *config, const struct l1t_towers *towers, unsigned ntt,
                const struct l1t_jet_result *jets, struct l1t_sums_result *sums);

#endif

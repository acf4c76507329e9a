/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the twins egamma and tau share: the same first stages, and the same five of them. */
#ifndef L1T_EGTAU_PATH_H
#define L1T_EGTAU_PATH_H

#include "l1t/calo_config.h"

#include "calo/l1t_cluster.h"
#include "calo/l1t_grid.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What both algorithms begin with. */
struct l1t_egtau_input {
    unsigned ntt;
    struct l1t_grid grid;
    struct l1t_cluster_result clusters;
};
void l1t_egtau_input(const struct l1t_calo_config *config, const uint32_t *in,
                     struct l1t_egtau_input *input);
/* Its records in hardware units. */
void l1t_egtau_write_input(FILE *out, const struct l1t_egtau_input *input);

/* .place: stages are numbered alike; what: "e/gamma". */
void l1t_egtau_place(const char *what, unsigned stage, unsigned row, unsigned lane, char *text,
                     size_t size);

#endif

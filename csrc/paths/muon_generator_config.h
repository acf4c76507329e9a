/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The section "generator:" of the global muon trigger's YAML files. */
#ifndef L1T_MUON_GENERATOR_CONFIG_H
#define L1T_MUON_GENERATOR_CONFIG_H

#include "l1t/muon_gen.h"
#include "l1t/provenance.h"
#include "l1t/yaml.h"

/*
 * Read the section over the defaults of l1t/muon_gen.h; map NULL: the defaults alone. helix is the
 * section of the extrapolation's helix, whose numbers hold here too, or NULL.
 */
enum l1t_err l1t_muon_generator_config_read(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                            const struct l1t_node *helix,
                                            struct l1t_muon_gen_params *params,
                                            struct l1t_diag *diag) L1T_MUST_USE;

/* Add all that decides its events to a digest. */
void l1t_muon_generator_config_digest(const struct l1t_muon_gen_params *params,
                                      struct l1t_digest *digest);

#endif

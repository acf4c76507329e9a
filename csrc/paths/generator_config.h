/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The section "generator:" of the calorimeter paths' YAML files. */
#ifndef L1T_GENERATOR_CONFIG_H
#define L1T_GENERATOR_CONFIG_H

#include "l1t/provenance.h"
#include "l1t/tower_gen.h"
#include "l1t/yaml.h"

/* Read the section over what params holds already; map NULL: nothing to read. */
enum l1t_err l1t_generator_config_read(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                       struct l1t_tower_gen_params *params,
                                       struct l1t_diag *diag) L1T_MUST_USE;

/* Add all that decides its events to a digest. */
void l1t_generator_config_digest(const struct l1t_tower_gen_params *params,
                                 struct l1t_digest *digest);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formulas of configs/paths/calo.yaml. */
#ifndef L1T_CALO_FORMULA_CONFIG_H
#define L1T_CALO_FORMULA_CONFIG_H

#include "l1t/calo_tables.h"
#include "l1t/yaml.h"

/* Fill one table from its section; those that it depends on come before it (enum l1t_calo_lut). */
enum l1t_err l1t_calo_formula_make(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                   enum l1t_calo_lut lut, struct l1t_calo_config *model,
                                   struct l1t_diag *diag) L1T_MUST_USE;

#endif

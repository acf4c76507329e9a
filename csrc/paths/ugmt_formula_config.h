/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formulas of the global muon trigger's tables as configs/paths/ugmt.yaml writes them. */
#ifndef L1T_UGMT_FORMULA_CONFIG_H
#define L1T_UGMT_FORMULA_CONFIG_H

#include "l1t/ugmt_tables.h"
#include "l1t/yaml.h"

/* One table from the section that holds its formula; the extrapolation's bits are in config. */
enum l1t_err l1t_ugmt_formula_make(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                   enum l1t_ugmt_lut lut, struct l1t_ugmt_config *config,
                                   struct l1t_diag *diag) L1T_MUST_USE;

/* A section "helix": the field, and where it and the stations are. */
enum l1t_err l1t_ugmt_helix_read(const struct l1t_yaml *yaml, const struct l1t_node *section,
                                 struct l1t_ugmt_helix *f, struct l1t_diag *diag) L1T_MUST_USE;

#endif

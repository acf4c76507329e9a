/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `l1twin budget` is made of: tables of the answer. */
#ifndef L1T_BUDGET_CMD_H
#define L1T_BUDGET_CMD_H

#include "cmd/physics.h"
#include "rate/budget_setup.h"

enum l1t_err l1t_budget_print(struct l1t_physics *p, const struct l1t_budget_found *found);

#endif

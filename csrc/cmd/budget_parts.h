/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `l1twin budget` is made of: the answer and its tables. */
#ifndef L1T_BUDGET_CMD_H
#define L1T_BUDGET_CMD_H

#include "cmd/physics.h"
#include "rate/budget_setup.h"

struct l1t_budget_found {
    struct l1t_budget_setup *setup;
    struct l1t_budget_answer answer;
    struct l1t_budget_account before, after; /* the study's menu, the written one */
};

enum l1t_err l1t_budget_print(struct l1t_physics *p, const struct l1t_budget_found *found);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `l1twin scan` is made of: the tables of scans. */
#ifndef L1T_SCAN_CMD_H
#define L1T_SCAN_CMD_H

#include "cmd/physics.h"
#include "rate/scan_study.h"

/* All tables to the output. people: fewer columns of a grid, so that it fits a terminal. */
enum l1t_err l1t_scan_print(struct l1t_physics *p, const struct l1t_scans *scans, bool people);

#endif

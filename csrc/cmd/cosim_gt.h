/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef L1T_COSIM_GT_CMD_H
#define L1T_COSIM_GT_CMD_H

/* `l1twin cosim gt`; argv[0] is "cosim". */
int l1t_cosim_gt(int argc, char **argv);

#endif

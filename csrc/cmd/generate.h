/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Second words of `l1twin generate`; argv[0] is the second word. Each returns an exit code. */
#ifndef L1T_CMD_GENERATE_H
#define L1T_CMD_GENERATE_H

struct l1t_cmd;

/* "towers": text events of the tower generator. Messages speak for cmd. */
int l1t_generate_towers(const struct l1t_cmd *cmd, int argc, char **argv);

/* Lines for the usage text of `generate`, and its option words. */
#define L1T_GENERATE_TOWERS_USAGE                                                                  \
    "       l1twin generate towers --n N [--seed S] [--skip K] [--config YAML] [--luts DIR]\n"     \
    "                              [--corners PERCENT] [--path PATH] [-o FILE]\n"
#define L1T_GENERATE_TOWERS_OPTIONS "--n --seed --skip --config --luts --corners --path --output -o"

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Second words of `l1twin generate`; argv[0] is the second word. Each returns an exit code. */
#ifndef L1T_CMD_GENERATE_H
#define L1T_CMD_GENERATE_H

struct l1t_cmd;

/* "towers": text events of the tower generator. Messages speak for cmd. */
int l1t_generate_towers(const struct l1t_cmd *cmd, int argc, char **argv);

/* "muons", "stubs": text events of the muon generator, or of segments. */
int l1t_generate_muons(const struct l1t_cmd *cmd, int argc, char **argv);

/* Lines for the usage text of `generate`, and its option words. */
#define L1T_GENERATE_TOWERS_USAGE                                                                  \
    "       l1twin generate towers --n N [--seed S] [--skip K] [--config YAML] [--luts DIR]\n"     \
    "                              [--corners PERCENT] [--path PATH] [-o FILE]\n"                  \
    "                              [--inject KINDS] [--truth FILE] ...\n"
#define L1T_GENERATE_TOWERS_OPTIONS                                                                \
    "--n --seed --skip --config --luts --corners --path --output -o --truth " L1T_INJECT_OPTIONS

#define L1T_GENERATE_MUONS_USAGE                                                                   \
    "       l1twin generate muons [OUT] [--n N] [--seed S] [--skip K] [--config YAML]\n"           \
    "                              [--truth FILE] [--from CSV [--smear]] ...\n"                    \
    "       l1twin generate stubs [OUT] [--stubs-config YAML] [--stubs-luts DIR] ...\n"
#define L1T_GENERATE_MUONS_OPTIONS                                                                 \
    "--n --seed --skip --threads --config --luts --corners --output -o --truth --per-event --pt "  \
    "--eta --spectrum --spectra --punch-through --from --columns --smear "                         \
    "--stubs-config --stubs-luts"

/* Of csrc/cmd/inject.h. */
#define L1T_INJECT_OPTIONS                                                                         \
    "--inject --per-event --pt --eta --spectrum --spectra --from --columns --pile-up --jets"
#define L1T_INJECT_USAGE                                                                           \
    "  --per-event N      of each kind (default 1)\n"                                              \
    "  --pt LOW:HIGH      GeV; --eta MAX: up to this |eta| (default: as configured)\n"             \
    "  --spectrum S       flat (default), fitted (slope of the published single-object rates,\n"   \
    "                     --spectra FILE) or a slope in 1/GeV\n"                                   \
    "  --from FILE        objects of real events from CSV, an event a line, instead of drawn "     \
    "ones\n"                                                                                       \
    "  --columns NAMES    of that file, by threes: pt,eta,phi or px,py,pz (default: found)\n"      \
    "  --pile-up N        mean number of interactions; --jets N: of the crossing's own jets\n"

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * configs/paths/calo.yaml as the program holds it: the e/gamma, tau, jet and sum paths together,
 * tables of hardware units for the models and the RTL, and what the tower generator needs.
 */
#ifndef L1T_CALO_CONFIG_H
#define L1T_CALO_CONFIG_H

#include "l1t/calo_tables.h"
#include "l1t/err.h"
#include "l1t/tower_gen.h"

#include "calo/l1t_calo.h"

/* About 80 KiB: let the caller keep it, not a stack. */
struct l1t_calo_setup {
    struct l1t_calo_config model;
    struct l1t_tower_gen_params generator;
    char digest[65];                         /* of everything that decides results */
    struct l1t_lut_note luts[L1T_CALO_LUTS]; /* slots are those of l1t_calo_luts */
};

/*
 * Read a YAML file (NULL: calo.yaml of the installation, else of the source tree) and the jet file
 * it names. Table files that they name are looked for in luts_dir, or beside the YAML when luts_dir
 * is NULL. With a luts_dir, a file that names no tables takes all of them from there, by the names
 * "l1twin lut make" uses.
 */
enum l1t_err l1t_calo_setup_load(const char *yaml, const char *luts_dir,
                                 struct l1t_calo_setup *setup, struct l1t_diag *diag) L1T_MUST_USE;

/* Write the memory images that the RTL loads: l1t_NAME.mem of each of l1t_calo_luts. */
enum l1t_err l1t_calo_tables_write_mem(const struct l1t_calo_setup *setup, const char *dir,
                                       struct l1t_diag *diag) L1T_MUST_USE;

#endif

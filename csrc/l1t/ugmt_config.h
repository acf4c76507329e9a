/* SPDX-License-Identifier: GPL-3.0-or-later */
/* configs/paths/ugmt.yaml as the program holds it: settings and tables of the global muon trigger,
 * and what the muon generator needs. */
#ifndef L1T_UGMT_CONFIG_H
#define L1T_UGMT_CONFIG_H

#include "l1t/err.h"
#include "l1t/muon_gen.h"
#include "l1t/ugmt_tables.h"

/* About 80 KiB: let the caller keep it, not a stack. */
struct l1t_ugmt_setup {
    struct l1t_ugmt_config model;
    struct l1t_muon_gen_params generator;
    char digest[65];                         /* of everything that decides results */
    struct l1t_lut_note luts[L1T_UGMT_LUTS]; /* slots are those of l1t_ugmt_luts */
};

/*
 * Read a YAML file (NULL: ugmt.yaml of the installation, else of the source tree). Table files that
 * it names are looked for in luts_dir, or beside the YAML when luts_dir is NULL. With a luts_dir, a
 * file that names no tables takes all of them from there, NAME.txt of each of l1t_ugmt_luts.
 */
enum l1t_err l1t_ugmt_setup_load(const char *yaml, const char *luts_dir,
                                 struct l1t_ugmt_setup *setup, struct l1t_diag *diag) L1T_MUST_USE;

/* Write the memory images that the RTL loads: l1t_NAME.mem of each of l1t_ugmt_luts. */
enum l1t_err l1t_ugmt_tables_write_mem(const struct l1t_ugmt_setup *setup, const char *dir,
                                       struct l1t_diag *diag) L1T_MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * configs/paths/jet.yaml as the program holds it: physical units in the file, tables of
 * hardware units for the model and the RTL, and what the tower generator needs.
 */
#ifndef L1T_JET_CONFIG_H
#define L1T_JET_CONFIG_H

#include "l1t/err.h"
#include "l1t/lut_set.h"
#include "l1t/tower_gen.h"

#include "calo/l1t_jet.h"

enum { L1T_JET_BINS = 16 };

/*
 * Calibration by formula. In eta bin k a jet of pt (after pile-up subtraction) is multiplied by
 *
 *     high[k] + low[k] / (1 + (pt / knee)^power)
 *
 * evaluated at the middle of each pt bin, and offset[k] is added.
 */
struct l1t_jet_formula {
    unsigned n_pt, n_eta;
    double pt_edge_gev[L1T_JET_BINS]; /* lower edges, the first 0 */
    unsigned eta_edge[L1T_JET_BINS];  /* first compact ring |m| of each bin, the first 1 */
    double knee_gev, power;
    double high[L1T_JET_BINS], low[L1T_JET_BINS], offset_gev[L1T_JET_BINS];
};

/* The path's tables, as parts of struct l1t_jet_config. */
enum { L1T_JET_LUT_PT, L1T_JET_LUT_ETA, L1T_JET_LUT_CALIBRATION, L1T_JET_LUTS };
extern const struct l1t_lut_slot l1t_jet_luts[L1T_JET_LUTS];

struct l1t_jet_setup {
    struct l1t_jet_config model;
    struct l1t_tower_gen_params generator;
    char digest[65];
    struct l1t_lut_note luts[L1T_JET_LUTS];
};

/*
 * Read a YAML file (NULL: jet.yaml of the installation, else of the source tree). Table files that
 * it names are looked for in luts_dir, or beside the YAML when luts_dir is NULL. With a luts_dir, a
 * file that has formulas takes the tables from there too, by the names "l1twin lut make" uses.
 */
enum l1t_err l1t_jet_setup_load(const char *yaml, const char *luts_dir, struct l1t_jet_setup *setup,
                                struct l1t_diag *diag) L1T_MUST_USE;

/* The three tables from the formula; refuses values that do not fit the hardware. */
enum l1t_err l1t_jet_tables_make(const struct l1t_jet_formula *formula,
                                 struct l1t_jet_config *config, struct l1t_diag *diag) L1T_MUST_USE;

/* Write the memory images that the RTL loads. */
enum l1t_err l1t_jet_tables_write_mem(const struct l1t_jet_setup *setup, const char *dir,
                                      struct l1t_diag *diag) L1T_MUST_USE;

#endif

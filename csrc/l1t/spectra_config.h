/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * configs/spectra/NAME.yaml: the toy spectra of the share mode and the processes of the
 * physical mode; and the small menu files predictions are made for.
 */
#ifndef L1T_SPECTRA_CONFIG_H
#define L1T_SPECTRA_CONFIG_H

#include "l1t/generate.h"
#include "l1t/predict.h"
#include "l1t/processes.h"
#include "l1t/provenance.h"
#include "l1t/spectrum.h"

#include <stdbool.h>

struct l1t_share_object {
    char curve_path[1024]; /* as found from the working directory */
    struct l1t_curve curve;
    double threshold_gev;
    double share;    /* of the menu's rate, 0..1 */
    double from_gev; /* lower limit of the integral; 0 unless the file says otherwise */
    double lambda;   /* 1/GeV; NAN to be fitted, else as given */
};

enum { L1T_MAX_POINTS = 64 };

/* A process as the file has it, and its fit. */
struct l1t_process_config {
    struct l1t_process_spec spec;
    bool fitted; /* from points; otherwise rate and slopes are given */
    size_t n_points;
    struct l1t_rate_point point[L1T_MAX_POINTS];
    struct l1t_rate_fit fit; /* pair: of both legs at one threshold, the softer decides */
};

struct l1t_spectra {
    bool has_share, has_physical;
    enum l1t_tail tail;
    enum l1t_below below;
    struct l1t_share_object object[L1T_OBJECTS];
    struct l1t_outcome outcome[L1T_MAX_OUTCOMES];
    size_t n_outcomes;
    struct l1t_beam beam;
    struct l1t_process_config process[L1T_MAX_PROCESSES];
    size_t n_processes;
};

/* Every file read is added to digest (may be NULL). Free with l1t_spectra_free, also the curves. */
enum l1t_err l1t_spectra_load(struct l1t_spectra *spectra, const char *path,
                              struct l1t_digest *digest, struct l1t_diag *diag) L1T_MUST_USE;
void l1t_spectra_free(struct l1t_spectra *spectra);

/* l1t_curve_load with the text added to digest (may be NULL), read once. */
enum l1t_err l1t_curve_load_digest(struct l1t_curve *curve, const char *path,
                                   struct l1t_digest *digest, struct l1t_diag *diag) L1T_MUST_USE;

/* One object's slope in the share mode, by the file's tail and limits; fit may be NULL. A slope
 * given in the file is taken as it is (fit then has no roots). */
enum l1t_err l1t_spectra_slope(const struct l1t_spectra *spectra, enum l1t_object object,
                               struct l1t_slope_fit *fit, double *lambda,
                               struct l1t_diag *diag) L1T_MUST_USE;

/* The whole share mode as a law for l1t_generator_init; its curves belong to spectra. */
enum l1t_err l1t_spectra_law(const struct l1t_spectra *spectra, struct l1t_law *law,
                             struct l1t_diag *diag) L1T_MUST_USE;

/* The whole physical mode, ready to generate. Free with l1t_processes_free. */
enum l1t_err l1t_spectra_processes(const struct l1t_spectra *spectra,
                                   struct l1t_processes *processes,
                                   struct l1t_diag *diag) L1T_MUST_USE;

/* configs/menus/NAME.yaml of single and double seeds. */
enum l1t_err l1t_menu_load(struct l1t_menu *menu, const char *path, struct l1t_digest *digest,
                           struct l1t_diag *diag) L1T_MUST_USE;

#endif

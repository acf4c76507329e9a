/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of l1t_run(), one file each. */
#ifndef L1T_RUN_PARTS_H
#define L1T_RUN_PARTS_H

#include "l1t/generate.h"
#include "l1t/run.h"

/* csrc/run_load.c: spectra, menu and the list of inputs. */
enum l1t_err l1t_run_load(struct l1t_run *run, struct l1t_diag *diag) L1T_MUST_USE;
/* Adds the twin's configuration to the inputs, by the digest of all that decides its results. */
void l1t_run_note_twin(struct l1t_run *run, const char *name, const char *digest);
/* Adds a file by its digest. */
enum l1t_err l1t_run_note_file(struct l1t_run *run, const char *role, const char *path,
                               struct l1t_diag *diag) L1T_MUST_USE;
/* Adds a configuration by the digest of all that decides its results. */
void l1t_run_note_config(struct l1t_run *run, const char *role, const char *path,
                         const char *digest);
/* Adds its tables, each by its own digest. */
struct l1t_lut_note;
void l1t_run_note_luts(struct l1t_run *run, const struct l1t_lut_note *notes, size_t n);

/* csrc/run_predict.c */
enum l1t_err l1t_run_predict(struct l1t_run *run, const struct l1t_run_options *options,
                             struct l1t_diag *diag) L1T_MUST_USE;

/* csrc/run_scores.c */
enum l1t_err l1t_run_make_scores(struct l1t_run *run, const struct l1t_generator *generator,
                                 unsigned threads, struct l1t_diag *diag) L1T_MUST_USE;

/* csrc/run_event.c */
enum l1t_err l1t_run_make_event(struct l1t_run *run, struct l1t_diag *diag) L1T_MUST_USE;

/* csrc/run_efficiency.c */
enum l1t_err l1t_run_measure(struct l1t_run *run, const struct l1t_run_options *options,
                             struct l1t_diag *diag) L1T_MUST_USE;

/* csrc/run_gt.c */
enum l1t_err l1t_run_global_trigger(struct l1t_run *run, const struct l1t_run_options *options,
                                    struct l1t_diag *diag) L1T_MUST_USE;

/* csrc/run_costs.c: nothing when the study has no `rates:`. */
enum l1t_err l1t_run_cost(struct l1t_run *run, const struct l1t_run_options *options,
                          struct l1t_diag *diag) L1T_MUST_USE;
void l1t_run_cost_free(struct l1t_run *run);

/* csrc/run_cosim.c */
enum l1t_err l1t_run_cosimulate(struct l1t_run *run, const struct l1t_run_options *options,
                                struct l1t_diag *diag) L1T_MUST_USE;

#endif

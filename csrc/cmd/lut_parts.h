/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of `l1twin lut`. */
#ifndef L1T_CMD_LUT_PARTS_H
#define L1T_CMD_LUT_PARTS_H

#include "cmd/physics.h"
#include "l1t/calo_config.h"
#include "l1t/lut_forms.h"

#include <stdbool.h>

struct l1t_lut_arguments {
    struct l1t_physics p;
    const char *config, *luts; /* NULL: calo.yaml; beside it */
    const char *table;         /* --for, or NULL */
    const char *out;           /* -o, or NULL */
    enum l1t_lut_form form;    /* --form: of what is written by make, of what is read by others */
    bool has_form;
    uint64_t data_bits; /* 0: as the file says */
    uint64_t first, last;
    bool all;
    char **file;
    int n_files;
};

/* Each returns L1T_OK or fails with a->p.diag. */
enum l1t_err l1t_lut_cmd_make(struct l1t_lut_arguments *a) L1T_MUST_USE;
enum l1t_err l1t_lut_cmd_show(struct l1t_lut_arguments *a) L1T_MUST_USE;
enum l1t_err l1t_lut_cmd_check(struct l1t_lut_arguments *a) L1T_MUST_USE;
enum l1t_err l1t_lut_cmd_convert(struct l1t_lut_arguments *a) L1T_MUST_USE;

/* The configuration that --config and --luts name; free with free(). */
enum l1t_err l1t_lut_cmd_setup(struct l1t_lut_arguments *a,
                               struct l1t_calo_setup **setup) L1T_MUST_USE;

/* The table that a file holds: --for, else by the file's name; NULL when neither tells. */
const struct l1t_lut_slot *l1t_lut_cmd_slot(const struct l1t_lut_arguments *a, const char *file);

/* Read a file in the form of --form, else of its name's ending, else as text. */
enum l1t_err l1t_lut_cmd_read(const struct l1t_lut_arguments *a, const char *file,
                              struct l1t_lut *lut, struct l1t_diag *diag) L1T_MUST_USE;

/* "dir/name.txt.gz" -> "name" */
const char *l1t_lut_cmd_stem(const char *path, char *name, size_t size);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of `l1twin lut`. */
#ifndef L1T_CMD_LUT_PARTS_H
#define L1T_CMD_LUT_PARTS_H

#include "cmd/physics.h"
#include "l1t/lut_forms.h"
#include "l1t/lut_set.h"
#include "l1t/twin.h"

#include <stdbool.h>

/* A path and its tables. */
struct l1t_lut_path {
    const char *name; /* of the twin, which loads them */
    const struct l1t_lut_slot *slots;
    size_t n;
};
enum { L1T_LUT_CALO, L1T_LUT_UGMT, L1T_LUT_KBMTF, L1T_LUT_PATHS };
extern const struct l1t_lut_path l1t_lut_paths[L1T_LUT_PATHS];

/* A configuration with its tables. */
struct l1t_lut_setup {
    const struct l1t_lut_path *path;
    const struct l1t_twin *twin;
    void *config;
    const void *model; /* what the slots are parts of */
    const struct l1t_lut_note *luts;
    char digest[65];
};

struct l1t_lut_arguments {
    struct l1t_physics p;
    const char *config, *luts; /* NULL: that of the path; beside it */
    int path;                  /* --path, or -1 */
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

/* The configuration of a path that --config and --luts name; free with l1t_lut_cmd_free(), which
 * accepts an empty one. */
enum l1t_err l1t_lut_cmd_setup(struct l1t_lut_arguments *a, const struct l1t_lut_path *path,
                               struct l1t_lut_setup *setup) L1T_MUST_USE;
void l1t_lut_cmd_free(struct l1t_lut_setup *setup);

/* The bits are the table's; phi extrapolations of 2016 have a data bit less. */
bool l1t_lut_cmd_has_shape(const struct l1t_lut_slot *slot, const struct l1t_lut *lut);

/* The table of that name, and the path that has it; NULL for none. With --path of that path only.
 */
const struct l1t_lut_slot *l1t_lut_cmd_find(const struct l1t_lut_arguments *a, const char *name,
                                            const struct l1t_lut_path **path);

/* The table that a file holds: --for, else by the file's name; NULL when neither tells. */
const struct l1t_lut_slot *l1t_lut_cmd_slot(const struct l1t_lut_arguments *a, const char *file,
                                            const struct l1t_lut_path **path);

/* Read a file in the form of --form, else of its name's ending, else as text. */
enum l1t_err l1t_lut_cmd_read(const struct l1t_lut_arguments *a, const char *file,
                              struct l1t_lut *lut, struct l1t_diag *diag) L1T_MUST_USE;

/* "dir/name.txt.gz" -> "name" */
const char *l1t_lut_cmd_stem(const char *path, char *name, size_t size);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands about spectra and rates share: seed, threads, format, output, provenance. */
#ifndef L1T_PHYSICS_CMD_H
#define L1T_PHYSICS_CMD_H

#include "cmd/cmd.h"
#include "l1t/provenance.h"
#include "l1t/spectra_config.h"

#include <stddef.h>

/* For help texts; found as l1t_config_path does. */
#define L1T_DEFAULT_SPECTRA "configs/spectra/run2.yaml"

struct l1t_physics {
    const struct l1t_cmd *cmd;
    enum l1t_format format;
    uint64_t seed;       /* 1 */
    uint64_t threads;    /* one for each processor */
    const char *out;     /* "-" */
    const char *spectra; /* NULL: the default ones */
    uint64_t n, n_min, n_max;
    struct l1t_digest *digest;
    struct l1t_provenance provenance;
    struct l1t_diag diag;
};

/*
 * 0, or an exit code after printing what is wrong. The caller has set n and its limits, if it has
 * the option, and all else to zero.
 */
int l1t_physics_start(struct l1t_physics *p, const struct l1t_cmd *cmd, int argc, char **argv);

/*
 * Options 's' seed, 't' threads, 'f' format, 'o' output, 'n' n, 'S' spectra: 0 or an exit code. Any
 * other: what l1t_cmd_bad_option returns.
 */
int l1t_physics_option(struct l1t_physics *p, int opt, char **argv);

/* The spectra of a file, or the default ones for NULL; digest may be NULL. Free with
 * l1t_spectra_free. */
enum l1t_err l1t_cmd_spectra(const char *path, struct l1t_spectra *spectra,
                             struct l1t_digest *digest, struct l1t_diag *diag) L1T_MUST_USE;
/* The same of those asked for. */
enum l1t_err l1t_physics_spectra(struct l1t_physics *p, struct l1t_spectra *spectra);

/* The end of a command: prints err, if any; frees; returns the exit code. */
int l1t_physics_end(struct l1t_physics *p, enum l1t_err err);

/* Print tables to the chosen output, whole or not at all. */
enum l1t_err l1t_physics_print(struct l1t_physics *p, struct l1t_table *const *tables, size_t n);

/* l1t_table_new, or NULL with the message for out of memory set. */
struct l1t_table *l1t_physics_table(struct l1t_physics *p, const char *title,
                                    const struct l1t_column *columns, size_t n);

#define L1T_PHYSICS_OPTIONS                                                                        \
    {"seed", required_argument, NULL, 's'}, {"threads", required_argument, NULL, 't'},             \
        {"format", required_argument, NULL, 'f'}, {"n", required_argument, NULL, 'n'},             \
        {"spectra", required_argument, NULL, 'S'},                                                 \
    {                                                                                              \
        "output", required_argument, NULL, 'o'                                                     \
    }

#define L1T_PHYSICS_USAGE                                                                          \
    "  --threads T        results do not depend on it (default: one for each processor)\n"         \
    "  --format F         table, tsv, csv or json (default: table on a terminal, else tsv)\n"      \
    "  -o, --output FILE  instead of standard output\n"

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the reader of configs/spectra/: one section a file. */
#ifndef L1T_SPECTRA_CONFIG_INTERNAL_H
#define L1T_SPECTRA_CONFIG_INTERNAL_H

#include "l1t/spectra_config.h"
#include "l1t/yaml.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct l1t_spectra_reader {
    const struct l1t_yaml *yaml;
    struct l1t_spectra *out;
    struct l1t_digest *digest; /* may be NULL */
    struct l1t_diag *diag;
};

enum l1t_err l1t_read_share(struct l1t_spectra_reader *r, const struct l1t_node *map) L1T_MUST_USE;
enum l1t_err l1t_read_physical(struct l1t_spectra_reader *r,
                               const struct l1t_node *map) L1T_MUST_USE;

/*
 * Files are read once and digested from memory: a pipe has no second reading. digest may be NULL.
 * The digest is that of the text, unpacked.
 */
enum l1t_err l1t_yaml_load_digest(const char *role, const char *path, struct l1t_digest *digest,
                                  struct l1t_yaml **yaml, struct l1t_diag *diag) L1T_MUST_USE;

/* A name of at most L1T_NAME_SIZE - 1 characters into a fixed array. */
enum l1t_err l1t_read_name(const struct l1t_yaml *yaml, const struct l1t_node *map, const char *key,
                           const char *text, char name[L1T_NAME_SIZE],
                           struct l1t_diag *diag) L1T_MUST_USE;

#endif

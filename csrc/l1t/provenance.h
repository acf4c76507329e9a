/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every result carries what made it: program version, digest of the configuration
 * (SHA-256 over the bytes of every file read, in order, with their roles), seed.
 */
#ifndef L1T_PROVENANCE_H
#define L1T_PROVENANCE_H

#include "l1t/err.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct l1t_digest;                       /* SHA-256 in progress */
struct l1t_digest *l1t_digest_new(void); /* NULL when out of memory */
void l1t_digest_add(struct l1t_digest *digest, const char *role, const void *data, size_t size);
void l1t_digest_hex(const struct l1t_digest *digest,
                    char hex[65]); /* may be called more than once */
void l1t_digest_free(struct l1t_digest *digest);
/* Read a file as it is on disk (not unpacked) and add it. */
enum l1t_err l1t_digest_add_file(struct l1t_digest *digest, const char *role, const char *path,
                                 struct l1t_diag *diag) L1T_MUST_USE;

struct l1t_provenance {
    const char *version; /* l1t_version() */
    char config[65];     /* hex digest, "" when no configuration was read */
    uint64_t seed;
    char command[200]; /* how it was called; "..." at its end when cut */
    int no_seed;       /* nothing here is random: seed is not printed */
};

/* The same as comment lines of a text file: "# l1twin WHAT VERSION", config, seed unless NULL. */
void l1t_provenance_comment(FILE *out, const char *what, const char *config, const uint64_t *seed);

const char *l1t_version(void); /* "0.1.0-12-gabcdef0" */

#endif

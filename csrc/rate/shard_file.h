/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shard files: decided blocks of a range, in HDF5. Accounting is not in them, so that prescales may
 * change between deciding and merging. docs/rates.md, "Shard files", lists what is where.
 */
#ifndef L1T_SHARD_FILE_H
#define L1T_SHARD_FILE_H

#include <hdf5.h>

#include "rate_internal.h"

enum { SHARD_VERSION = 1, SHARDS_MAX = 100000, SHARD_TEXT = 512 };

struct shard_head {
    char program[128], configuration[65];
    char study[SHARD_TEXT], menu[SHARD_TEXT], sample[L1T_SAMPLE_NAME]; /* as asked for; "" no */
    char decides[RATE_MENUS][65];
    long long seed;
    unsigned shard, shards;   /* 1..shards */
    uint64_t first, n, total; /* blocks: of this file, of all */
    size_t n_menus, n_samples, n_signals;
    struct shard_sample {
        char name[L1T_SAMPLE_NAME];
        struct l1t_sample_info info;
    } sample_info[2 * L1T_STUDY_SAMPLES];
};

/* ---- shard_write.c ---- */

/* Digest of all of a head: attributes have no checksum of HDF5's. */
enum l1t_err shard_head_digest(const struct shard_head *head, char hex[65],
                               struct l1t_diag *diag) L1T_MUST_USE;

struct shard_writer;
enum l1t_err shard_create(const char *path, const struct shard_head *head,
                          struct shard_writer **writer, struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err shard_append(struct shard_writer *writer, const struct rate_block *block,
                          struct l1t_diag *diag) L1T_MUST_USE;
enum l1t_err shard_commit(struct shard_writer *writer, struct l1t_diag *diag) L1T_MUST_USE;
void shard_abort(struct shard_writer *writer); /* accepts NULL; frees */

/* ---- shard_read.c ---- */

struct shard_file;
/* Head and tables of blocks; what is wrong with the file is said. */
enum l1t_err shard_open(const char *path, struct shard_file **file,
                        struct l1t_diag *diag) L1T_MUST_USE;
void shard_close(struct shard_file *file); /* accepts NULL */
const struct shard_head *shard_head(const struct shard_file *file);
const char *shard_path(const struct shard_file *file);
/* Block `number` of the file, of a sample's block of n crossings from `first` on. */
enum l1t_err shard_read(struct shard_file *file, uint64_t number, uint64_t first, size_t n,
                        bool head_only, struct rate_block *block,
                        struct l1t_diag *diag) L1T_MUST_USE;

/* ---- both: columns of the file ---- */

enum shard_column {
    SHARD_FIRED, /* [blocks]: of the menu; two menus: two columns */
    SHARD_FIRED2,
    SHARD_BINS,     /* [blocks]: of pile-up */
    SHARD_HEAVIEST, /* [blocks] */
    SHARD_PILEUP,   /* [bins] */
    SHARD_COUNT,
    SHARD_WEIGHT,
    SHARD_WEIGHT2_LOW,
    SHARD_WEIGHT2_HIGH,
    SHARD_MENU, /* [fired]: five columns a menu */
    SHARD_MENU_COLUMNS = 5,
    SHARD_COLUMNS = SHARD_MENU + RATE_MENUS * SHARD_MENU_COLUMNS
};
enum { SHARD_OFFSET, SHARD_FIRED_WEIGHT, SHARD_FIRED_PILEUP, SHARD_CROSSING, SHARD_BITS };

/* Name in the file, kind of number and how many a row; false: not in a file of so many menus. */
struct shard_layout {
    char name[32];
    unsigned size; /* bytes of a number: 1, 2, 4, 8 */
    bool is_signed;
    unsigned width; /* numbers a row */
};
bool shard_layout(unsigned column, size_t n_menus, struct shard_layout *layout);
hid_t shard_native(const struct shard_layout *layout); /* its type in memory */

#endif

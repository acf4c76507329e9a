/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that was opened and found good: what its readers use, and what checking it takes. */
#ifndef L1T_SAMPLE_STORE_READ_H
#define L1T_SAMPLE_STORE_READ_H

#include "sample_internal.h"
#include "store.h"

struct l1t_store_source {
    bool present;
    hid_t id;
    /*
     * Chunks as l1t_store_write makes them: taken as they lie in the file and unpacked by the
     * thread. Else HDF5 itself reads rows, one thread at a time.
     */
    bool raw;
    unsigned shuffle_bit, deflate_bit; /* of the chunk's filter mask; 0: has no such filter */
};

struct l1t_store {
    char *path;
    hid_t file;
    double weight_unit;
    struct l1t_store_source source[L1T_STORE_DATASETS];
    uint32_t *checksum; /* by chunk; NULL: none */
};

/* Finds and checks all datasets, fills source[] and *n; locks. */
enum l1t_err l1t_store_check(struct l1t_store *store, const struct l1t_gt_scales *scales,
                             uint64_t *n, struct l1t_diag *diag) L1T_MUST_USE;

#endif

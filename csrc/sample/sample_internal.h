/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kinds of samples have in common: one table of functions each, and a reader's memory. */
#ifndef L1T_SAMPLE_INTERNAL_H
#define L1T_SAMPLE_INTERNAL_H

#include "l1t/provenance.h"
#include "l1t/sample.h"

struct l1t_sample_ops;

struct l1t_sample {
    const struct l1t_sample_ops *ops;
    struct l1t_sample_info info;
    struct l1t_gt_event empty; /* no objects; the externals that are on in every crossing */
    void *data;                /* the kind's own */
    struct l1t_sample_factors factors;
};

enum { L1T_SAMPLE_MEMORY = L1T_SAMPLE_BLOCK + 2 * L1T_GT_BX_REACH };

struct l1t_sample_reader {
    const struct l1t_sample *sample;
    struct l1t_gt_event *memory; /* [L1T_SAMPLE_MEMORY], at first all as sample->empty */
    int64_t *weight;
    uint8_t *pileup;
    uint32_t *section;
    uint16_t *crossing;
    void *data; /* the kind's own */
};

struct l1t_sample_ops {
    const char *origin;
    /* Fills info (but origin, digest), the digest's contents and data; on failure close is called.
     */
    enum l1t_err (*open)(const struct l1t_sample_spec *spec, struct l1t_sample *sample,
                         struct l1t_digest *digest, struct l1t_diag *diag);
    void (*close)(struct l1t_sample *sample); /* data may be NULL */
    enum l1t_err (*reader_open)(struct l1t_sample_reader *reader, struct l1t_diag *diag); /* NULL */
    void (*reader_close)(struct l1t_sample_reader *reader);                               /* NULL */
    /* Crossings first .. first + n - 1 into event[n], which lies in the reader's memory. */
    enum l1t_err (*events)(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                           struct l1t_gt_event *event, struct l1t_diag *diag);
    /* The columns that the info says it has, into the reader's; others are filled. Or NULL. */
    enum l1t_err (*columns)(struct l1t_sample_reader *reader, uint64_t first, size_t n,
                            struct l1t_diag *diag);
};

extern const struct l1t_sample_ops l1t_sample_store, l1t_sample_vectors, l1t_sample_csv,
    l1t_sample_spectra, l1t_sample_emulation;

/* The finest power of two by which weights up to the largest are whole numbers below 2^32. */
double l1t_sample_weight_unit(double largest);

#endif

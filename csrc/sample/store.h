/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The event store as writer and reader share it: its datasets, how a chunk is packed, what codes
 * are worth. docs/samples.md has the format for readers of other programs.
 */
#ifndef L1T_SAMPLE_STORE_H
#define L1T_SAMPLE_STORE_H

#include "columns.h"
#include "h5.h"
#include "l1t/gt_menu.h"

#include <libdeflate.h>

enum {
    L1T_STORE_VERSION = 1,
    L1T_STORE_ROWS = 4096, /* crossings of a chunk */
    L1T_STORE_SLOTS_MAX = 12,
    L1T_STORE_SIZE_MAX = 8 /* bytes of a number */
};
/* Crossings that are believed; 10^10 are a quarter of an hour of the LHC. */
#define L1T_STORE_MAX UINT64_C(10000000000)

#define L1T_STORE_FORMAT "l1twin sample"

/* Datasets that hold no objects, behind l1t_store_column[] in every array over datasets. */
enum l1t_store_extra {
    L1T_STORE_WEIGHT = L1T_STORE_COLUMNS,
    L1T_STORE_PILEUP,
    L1T_STORE_SECTION,
    L1T_STORE_CROSSING,
    L1T_STORE_EXTERNAL,
    L1T_STORE_SIGNAL,
    L1T_STORE_DATASETS
};

struct l1t_store_dataset {
    const char *group, *name; /* group "" : at the root */
    unsigned slots;           /* 1 at the root but for externals */
    size_t size;              /* bytes of a number */
    const char *number;       /* "uint16", for messages */
};
struct l1t_store_dataset l1t_store_dataset(unsigned i);
/* "muon/pt"; of the text given. */
const char *l1t_store_path(unsigned i, char *text, size_t size);
/* What HDF5 calls its numbers; between lock and unlock. */
hid_t l1t_store_type(unsigned i);

/* ---- scales (store_scales.c) ---- */

/* Code c of a column begins at offset + c * step in this set; false: the set does not say. */
bool l1t_store_scale(const struct l1t_store_column *column, const struct l1t_gt_scales *scales,
                     double *step, double *offset);

/* ---- chunks (store_pack.c) ---- */

/* HDF5's shuffle filter: byte b of all numbers, then byte b + 1 of all numbers. */
void l1t_store_shuffle(size_t size, size_t n, const void *from, void *to);
void l1t_store_unshuffle(size_t size, size_t n, const void *from, void *to);

enum { L1T_STORE_LEVEL = 4 }; /* of deflate */

/* Room that packing bytes may need. */
size_t l1t_store_packed_max(size_t bytes);
/* One a thread, of libdeflate. NULL: out of memory. */
struct libdeflate_compressor *l1t_store_compressor(void);
/* Deflate; 0 when that saves less than is worth the time to undo it: numbers then stay as they are.
 */
size_t l1t_store_deflate(struct libdeflate_compressor *compressor, const void *from, size_t bytes,
                         void *to, size_t room);
/* false: not deflate, or not of this many bytes. */
bool l1t_store_inflate(struct libdeflate_decompressor *decompressor, const void *from, size_t bytes,
                       void *to, size_t expected);

#endif

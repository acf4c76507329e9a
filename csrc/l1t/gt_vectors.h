/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Test-vector files of the CMS global trigger: text, one line a crossing, columns between single
 * blanks; inputs, the 512 algorithm bits and the final OR that were decided for them. Two layouts:
 *
 *     columns               v1 (2015, 2016)  v2 (since 2016)  digits
 *     number of the crossing       1               1          4 decimal
 *     muons                        8               8          16 hexadecimal
 *     e/gamma, tau, jets        12, 8, 12       12, 12, 12    8
 *     sums                         4               6          8
 *     link 11                      -               6          8
 *     externals                    1               1          64
 *     algorithms                   1               1          128
 *     final OR                     1               1          1
 *
 * The layout is the first line's, and all lines'. Lines before it that do not start with four
 * digits are titles, as are later ones that start with "BX"; blank lines are skipped. LF or CRLF,
 * plain or gzip.
 */
#ifndef L1T_GT_VECTORS_H
#define L1T_GT_VECTORS_H

#include "gt/l1t_gt.h"
#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum l1t_gt_layout { L1T_GT_LAYOUT_V1, L1T_GT_LAYOUT_V2 };

struct l1t_gt_vector {
    uint16_t crossing; /* 0 .. L1T_GT_ORBIT - 1 */
    struct l1t_gt_words words;
    uint64_t bits[L1T_GT_WORDS]; /* algorithm b: bit b % 64 of word b / 64 */
    bool finor;
};

/* ---- one line at a time ---- */

struct l1t_gt_vector_reader;
enum l1t_err l1t_gt_vectors_open(const char *path, struct l1t_gt_vector_reader **reader,
                                 struct l1t_diag *diag) L1T_MUST_USE;
/* Next crossing: 1; 0 at the end; -1 on error, with "file:line: ..." in diag. */
int l1t_gt_vectors_next(struct l1t_gt_vector_reader *reader, struct l1t_gt_vector *vector,
                        struct l1t_diag *diag);
/* Of the last crossing: layout of the file, number of its line. */
enum l1t_gt_layout l1t_gt_vectors_layout(const struct l1t_gt_vector_reader *reader);
size_t l1t_gt_vectors_line(const struct l1t_gt_vector_reader *reader);
void l1t_gt_vectors_close(struct l1t_gt_vector_reader *reader); /* accepts NULL */

/* Write one line; v1 leaves out what it has no columns for. */
void l1t_gt_vectors_write(FILE *out, enum l1t_gt_layout layout, const struct l1t_gt_vector *vector);

/* ---- a whole file, for conditions that look at neighbours ---- */

enum { L1T_GT_VECTORS_MAX = 1 << 20 }; /* crossings of a file that is held at once */

struct l1t_gt_vectors {
    enum l1t_gt_layout layout;
    size_t n;
    struct l1t_gt_vector *vector;
    size_t *line; /* of the file, by crossing */
    struct l1t_gt_event *event;
};

/* At least one crossing, decoded; free with l1t_gt_vectors_free() whatever is returned. */
enum l1t_err l1t_gt_vectors_load(const char *path, struct l1t_gt_vectors *vectors,
                                 struct l1t_diag *diag) L1T_MUST_USE;
void l1t_gt_vectors_free(struct l1t_gt_vectors *vectors);

/*
 * The crossings around crossing i. The file is a closed orbit: before the first is the last. Of
 * independent crossings (recorded events, whose neighbours are not in the file) the neighbours have
 * no objects; signals that are not objects are as in the crossing itself, and lone, the caller's,
 * holds them.
 */
void l1t_gt_vectors_around(const struct l1t_gt_vectors *vectors, size_t i,
                           struct l1t_gt_event *lone, struct l1t_gt_around *around);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of a file, gzip unpacked on the way: what io_read.c and io_lines.c have in common. */
#ifndef L1T_IO_SOURCE_H
#define L1T_IO_SOURCE_H

#include "l1t/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <zlib.h>

enum { L1T_SOURCE_BLOCK = 65536 };

struct l1t_source {
    const char *name; /* for messages: the path, or "stdin"; not copied */
    int fd;
    bool gzip, end;   /* end: nothing more comes from fd */
    bool in_member;   /* inside a gzip member: end of file now means truncation */
    size_t size_hint; /* of a plain regular file, else 0 */
    size_t at, n;     /* unread part of block */
    z_stream z;
    unsigned char block[L1T_SOURCE_BLOCK];
};

/* path "-" is stdin. unpack: recognise gzip by its magic bytes. NULL on failure. */
enum l1t_err l1t_source_open(const char *path, bool unpack, struct l1t_source **source,
                             struct l1t_diag *diag) L1T_MUST_USE;
/* Bytes put into data (at most size, at least 1), 0 at the end, -1 on error (*err and diag set). */
ssize_t l1t_source_read(struct l1t_source *source, void *data, size_t size, enum l1t_err *err,
                        struct l1t_diag *diag);
void l1t_source_close(struct l1t_source *source); /* accepts NULL */

/* A wrong name is bad input; anything else that keeps a file from opening is the environment. */
enum l1t_err l1t_io_fail(struct l1t_diag *diag, const char *name, int error);

#endif

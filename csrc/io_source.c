// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a file. zlib's gz* layer is not used: it passes plain data through silently and
// reports truncation only at close, and we want both said at once.
#include "io_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum l1t_err l1t_io_fail(struct l1t_diag *diag, const char *name, int error)
{
    const bool wrong_name = error == ENOENT || error == ENOTDIR || error == EISDIR ||
                            error == ELOOP || error == ENAMETOOLONG;
    if (error == EISDIR)
        return l1t_fail(diag, L1T_E_INPUT, "%s: is a directory; expected a file", name);
    return l1t_fail(diag, wrong_name ? L1T_E_INPUT : L1T_E_IO, "%s: %s", name, strerror(error));
}

// Refill the block; false on error.
static bool fill(struct l1t_source *source, enum l1t_err *err, struct l1t_diag *diag)
{
    ssize_t got = 0;
    do
        got = read(source->fd, source->block, sizeof source->block);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        *err = l1t_io_fail(diag, source->name, errno);
        return false;
    }
    source->at = 0;
    source->n = (size_t)got;
    source->end = got == 0;
    return true;
}

// A pipe may deliver a single byte first, and the magic number has two.
static bool fill_two(struct l1t_source *source, enum l1t_err *err, struct l1t_diag *diag)
{
    if (!fill(source, err, diag))
        return false;
    while (source->n == 1 && !source->end) {
        const ssize_t got = read(source->fd, source->block + 1, sizeof source->block - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *err = l1t_io_fail(diag, source->name, errno);
            return false;
        }
        source->end = got == 0;
        source->n += (size_t)got;
    }
    return true;
}

static bool is_gzip(const struct l1t_source *source)
{
    return source->n - source->at >= 2 && source->block[source->at] == 0x1f &&
           source->block[source->at + 1] == 0x8b;
}

static enum l1t_err start(struct l1t_source *source, const char *path, bool unpack,
                          struct l1t_diag *diag)
{
    struct stat st;
    enum l1t_err err = L1T_OK;
    if (source->fd < 0 && (source->fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return l1t_io_fail(diag, source->name, errno);
    if (fstat(source->fd, &st) != 0)
        return l1t_io_fail(diag, source->name, errno);
    if (S_ISDIR(st.st_mode))
        return l1t_io_fail(diag, source->name, EISDIR);
    if (!fill_two(source, &err, diag))
        return err;
    if (!unpack || !is_gzip(source)) {
        source->size_hint = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 0;
        return L1T_OK;
    }
    if (inflateInit2(&source->z, 16 + MAX_WBITS) != Z_OK)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", source->name);
    source->gzip = source->in_member = true;
    return L1T_OK;
}

enum l1t_err l1t_source_open(const char *path, bool unpack, struct l1t_source **source,
                             struct l1t_diag *diag)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    *source = calloc(1, sizeof **source);
    if (*source == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    (*source)->name = is_stdin ? "stdin" : path;
    (*source)->fd = is_stdin ? STDIN_FILENO : -1;
    const enum l1t_err err = start(*source, path, unpack, diag);
    if (err != L1T_OK) {
        l1t_source_close(*source);
        *source = NULL;
    }
    return err;
}

static ssize_t read_plain(struct l1t_source *source, void *data, size_t size, enum l1t_err *err,
                          struct l1t_diag *diag)
{
    if (source->at == source->n && !source->end && !fill(source, err, diag))
        return -1;
    const size_t left = source->n - source->at;
    const size_t n = left < size ? left : size;
    memcpy(data, source->block + source->at, n);
    source->at += n;
    return (ssize_t)n;
}

// Between members: another member, zero padding (tapes, block devices) or the end; nothing else.
static bool next_member(struct l1t_source *source, enum l1t_err *err, struct l1t_diag *diag)
{
    for (;;) {
        while (source->at < source->n && source->block[source->at] == 0)
            source->at++;
        if (source->at < source->n)
            break;
        if (source->end || !fill(source, err, diag) || source->end)
            return *err == L1T_OK;
    }
    // The first byte decides; inflate refuses a bad rest of the header.
    if (source->block[source->at] != 0x1f || inflateReset(&source->z) != Z_OK) {
        *err = l1t_fail(diag, L1T_E_INPUT, "%s: garbage after the gzip data", source->name);
        return false;
    }
    source->in_member = true;
    return true;
}

static ssize_t inflate_failed(const struct l1t_source *source, int status, enum l1t_err *err,
                              struct l1t_diag *diag)
{
    if (status == Z_MEM_ERROR)
        *err = l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", source->name);
    else
        *err = l1t_fail(diag, L1T_E_INPUT, "%s: corrupt gzip data (%s)", source->name,
                        source->z.msg != NULL ? source->z.msg : "unexpected contents");
    return -1;
}

static ssize_t read_gzip(struct l1t_source *source, void *data, size_t size, enum l1t_err *err,
                         struct l1t_diag *diag)
{
    z_stream *z = &source->z;
    const uInt room = size < 1u << 30 ? (uInt)size : 1u << 30;
    z->next_out = data;
    z->avail_out = room;
    while (z->avail_out == room) {
        if (!source->in_member && !next_member(source, err, diag))
            return -1;
        if (!source->in_member)
            return 0;
        if (source->at == source->n && !source->end && !fill(source, err, diag))
            return -1;
        if (source->at == source->n) {
            *err = l1t_fail(diag, L1T_E_INPUT, "%s: truncated gzip data", source->name);
            return -1;
        }
        z->next_in = source->block + source->at;
        z->avail_in = (uInt)(source->n - source->at);
        const int status = inflate(z, Z_NO_FLUSH);
        source->at = source->n - z->avail_in;
        if (status == Z_STREAM_END)
            source->in_member = false;
        else if (status != Z_OK && status != Z_BUF_ERROR)
            return inflate_failed(source, status, err, diag);
    }
    return (ssize_t)(room - z->avail_out);
}

ssize_t l1t_source_read(struct l1t_source *source, void *data, size_t size, enum l1t_err *err,
                        struct l1t_diag *diag)
{
    *err = L1T_OK;
    return source->gzip ? read_gzip(source, data, size, err, diag)
                        : read_plain(source, data, size, err, diag);
}

void l1t_source_close(struct l1t_source *source)
{
    if (source == NULL)
        return;
    if (source->gzip)
        (void)inflateEnd(&source->z);
    if (source->fd > STDIN_FILENO)
        (void)close(source->fd);
    free(source);
}

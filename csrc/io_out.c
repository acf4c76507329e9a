// SPDX-License-Identifier: GPL-3.0-or-later
// Output files: written under a hidden name in the same folder, renamed when complete.
// Pending names stand in a list that the program's signal handler may remove: the one global here.
#define _XOPEN_SOURCE 700 // realpath
#include "io_source.h"
#include "l1t/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_PENDING = 64 };
static _Atomic(const char *) pending[MAX_PENDING];

void l1t_out_remember(const char *name)
{
    for (size_t i = 0; i < MAX_PENDING; i++) {
        const char *none = NULL;
        if (atomic_compare_exchange_strong(&pending[i], &none, name))
            return;
    }
}

void l1t_out_forget(const char *name)
{
    for (size_t i = 0; i < MAX_PENDING; i++) {
        const char *expected = name;
        if (atomic_compare_exchange_strong(&pending[i], &expected, NULL))
            return;
    }
}

void l1t_out_remove_pending(void)
{
    // Files first: folders go when they are empty.
    for (size_t i = 0; i < MAX_PENDING; i++) {
        const char *name = atomic_load(&pending[i]);
        if (name != NULL)
            (void)unlink(name);
    }
    for (size_t i = 0; i < MAX_PENDING; i++) {
        const char *name = atomic_exchange(&pending[i], NULL);
        if (name != NULL)
            (void)rmdir(name);
    }
}

static char *copy(const char *text)
{
    const size_t n = strlen(text) + 1;
    char *to = malloc(n);
    return to == NULL ? NULL : memcpy(to, text, n);
}

// "dir/.base.l1twin-PID-N"
static char *temporary_name(const char *path, unsigned attempt)
{
    const char *slash = strrchr(path, '/');
    const int dir = slash == NULL ? 0 : (int)(slash - path) + 1;
    const size_t size = strlen(path) + 48;
    char *name = malloc(size);
    if (name != NULL)
        (void)snprintf(name, size, "%.*s.%s.l1twin-%ld-%u", dir, path, path + dir, (long)getpid(),
                       attempt);
    return name;
}

static enum l1t_err release(struct l1t_out *out, enum l1t_err err)
{
    if (out->temporary != NULL)
        l1t_out_forget(out->temporary);
    free(out->temporary);
    free(out->path);
    *out = (struct l1t_out){NULL, NULL, NULL};
    return err;
}

static enum l1t_err no_memory(struct l1t_out *out, const char *path, struct l1t_diag *diag)
{
    return release(out, l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path));
}

static enum l1t_err open_temporary(struct l1t_out *out, mode_t keep_mode, struct l1t_diag *diag)
{
    int fd = -1;
    for (unsigned attempt = 0; fd < 0 && attempt < 1000; attempt++) {
        free(out->temporary);
        out->temporary = temporary_name(out->path, attempt);
        if (out->temporary == NULL)
            return no_memory(out, out->path, diag);
        fd = open(out->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST)
            break;
    }
    if (fd < 0) {
        const int error = errno;
        const enum l1t_err err = l1t_io_fail(diag, out->path, error);
        return release(out, err);
    }
    l1t_out_remember(out->temporary);
    if (keep_mode != 0)
        (void)fchmod(fd, keep_mode);
    out->file = fdopen(fd, "w");
    if (out->file == NULL) {
        (void)close(fd);
        (void)unlink(out->temporary);
        return no_memory(out, out->path, diag);
    }
    return L1T_OK;
}

enum l1t_err l1t_out_open(struct l1t_out *out, const char *path, struct l1t_diag *diag)
{
    *out = (struct l1t_out){NULL, NULL, NULL};
    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0) {
        out->file = stdout;
        return L1T_OK;
    }
    if (*path == '\0')
        return l1t_fail(diag, L1T_E_INPUT, "empty file name for output");
    struct stat st;
    const bool exists = stat(path, &st) == 0;
    if (exists && S_ISDIR(st.st_mode))
        return l1t_io_fail(diag, path, EISDIR);
    if (exists && access(path, W_OK) != 0)
        return l1t_io_fail(diag, path, errno);
    // A link keeps being a link: what it points to is replaced.
    out->path = exists ? realpath(path, NULL) : copy(path);
    if (out->path == NULL)
        return no_memory(out, path, diag);
    if (!exists || S_ISREG(st.st_mode))
        return open_temporary(out, exists ? st.st_mode & 07777 : 0, diag);
    // Devices and pipes cannot be renamed over.
    out->file = fopen(path, "w");
    if (out->file == NULL) {
        const int error = errno;
        return release(out, l1t_io_fail(diag, path, error));
    }
    return L1T_OK;
}

enum l1t_err l1t_out_commit(struct l1t_out *out, struct l1t_diag *diag)
{
    const char *name = out->path != NULL ? out->path : "standard output";
    int error = 0;
    bool failed = ferror(out->file) != 0;
    if (fflush(out->file) != 0) {
        failed = true;
        error = errno;
    }
    if (out->path != NULL && fclose(out->file) != 0 && !failed) {
        failed = true;
        error = errno;
    }
    if (!failed && out->temporary != NULL && rename(out->temporary, out->path) != 0) {
        failed = true;
        error = errno;
    }
    if (!failed)
        return release(out, L1T_OK);
    if (out->temporary != NULL)
        (void)unlink(out->temporary);
    l1t_fail(diag, L1T_E_IO, "%s: %s", name, error != 0 ? strerror(error) : "writing failed");
    return release(out, L1T_E_IO);
}

void l1t_out_abort(struct l1t_out *out)
{
    if (out->file != NULL && out->path != NULL)
        (void)fclose(out->file);
    if (out->temporary != NULL)
        (void)unlink(out->temporary);
    (void)release(out, L1T_OK);
}

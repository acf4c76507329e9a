// SPDX-License-Identifier: GPL-3.0-or-later
// A temporary folder that leaves nothing behind, and file names in quotes for a shell.
#define _XOPEN_SOURCE 700 // mkdtemp
#include "l1t/io.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct l1t_temporary {
    char *dir;
    char **file; // "dir/name", NULL-terminated
};

static char *join(const char *dir, const char *name)
{
    const size_t size = strlen(dir) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL)
        (void)snprintf(path, size, "%s/%s", dir, name);
    return path;
}

static enum l1t_err no_memory(struct l1t_temporary *t, struct l1t_diag *diag)
{
    l1t_temporary_remove(t);
    return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

enum l1t_err l1t_temporary_make(const char *const *files, struct l1t_temporary **temporary,
                                struct l1t_diag *diag)
{
    const char *tmp = getenv("TMPDIR");
    size_t n = 0;
    while (files != NULL && files[n] != NULL)
        n++;
    struct l1t_temporary *t = calloc(1, sizeof *t);
    char *dir = join(tmp != NULL && *tmp != '\0' ? tmp : "/tmp", "l1twin-XXXXXX");
    if (t == NULL || dir == NULL || (t->file = calloc(n + 1, sizeof *t->file)) == NULL) {
        free(dir);
        return no_memory(t, diag);
    }
    if (mkdtemp(dir) == NULL) {
        (void)l1t_fail(diag, L1T_E_IO, "%s: cannot make a temporary folder", dir);
        free(dir);
        l1t_temporary_remove(t);
        return L1T_E_IO;
    }
    t->dir = dir;
    l1t_out_remember(dir);
    for (size_t i = 0; i < n; i++) {
        t->file[i] = join(dir, files[i]);
        if (t->file[i] == NULL)
            return no_memory(t, diag);
        l1t_out_remember(t->file[i]);
    }
    *temporary = t;
    return L1T_OK;
}

const char *l1t_temporary_dir(const struct l1t_temporary *temporary)
{
    return temporary->dir;
}

void l1t_temporary_remove(struct l1t_temporary *temporary)
{
    if (temporary == NULL)
        return;
    for (size_t i = 0; temporary->file != NULL && temporary->file[i] != NULL; i++) {
        (void)unlink(temporary->file[i]);
        l1t_out_forget(temporary->file[i]);
        free(temporary->file[i]);
    }
    if (temporary->dir != NULL) {
        (void)rmdir(temporary->dir);
        l1t_out_forget(temporary->dir);
    }
    free(temporary->dir);
    free(temporary->file);
    free(temporary);
}

const char *l1t_shell_word(const char *text, char *to, size_t size)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./,:=@%+";
    if (*text != '\0' && strspn(text, plain) == strlen(text)) {
        (void)snprintf(to, size, "%s", text);
        return to;
    }
    size_t n = (size_t)snprintf(to, size, "'");
    for (; *text != '\0' && n < size; text++)
        n += (size_t)snprintf(to + n, size - n, *text == '\'' ? "'\\''" : "%c", *text);
    if (n < size)
        (void)snprintf(to + n, size - n, "'");
    return to;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Names of files and folders.
#include "l1t/io.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Made by the build; a compiler called by hand does without.
#ifdef __has_include
#if __has_include("l1t_version.h")
#include "l1t_version.h"
#endif
#endif
#ifndef L1T_DATADIR
#define L1T_DATADIR "configs"
#endif

static bool is_dir(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static enum l1t_err make_one(const char *path, struct l1t_diag *diag)
{
    if (mkdir(path, 0777) == 0)
        return L1T_OK;
    const int error = errno;
    if (is_dir(path))
        return L1T_OK;
    if (error == EEXIST || error == ENOTDIR)
        return l1t_fail(diag, L1T_E_INPUT, "%s: a file is in the way; expected a directory", path);
    return l1t_fail(diag, L1T_E_IO, "%s: %s", path, strerror(error));
}

enum l1t_err l1t_make_dir(const char *path, struct l1t_diag *diag)
{
    const size_t n = strlen(path) + 1;
    char *part = malloc(n);
    if (part == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", path);
    memcpy(part, path, n);
    enum l1t_err err = n > 1 ? L1T_OK : l1t_fail(diag, L1T_E_INPUT, "empty directory name");
    for (char *slash = part; err == L1T_OK && (slash = strchr(slash + 1, '/')) != NULL;) {
        *slash = '\0';
        err = make_one(part, diag);
        *slash = '/';
    }
    if (err == L1T_OK)
        err = make_one(part, diag);
    free(part);
    return err;
}

static char *join(const char *dir, const char *name)
{
    const size_t n = strlen(dir) + strlen(name) + 2;
    char *path = malloc(n);
    if (path != NULL)
        (void)snprintf(path, n, "%s/%s", dir, name);
    return path;
}

enum l1t_err l1t_config_path(const char *name, char **path, struct l1t_diag *diag)
{
    static const char *const places[] = {"configs", L1T_DATADIR};
    for (int i = 0; i < 2; i++) {
        *path = join(places[i], name);
        if (*path == NULL)
            return l1t_fail(diag, L1T_E_NOMEM, "%s: out of memory", name);
        if (access(*path, F_OK) == 0)
            return L1T_OK;
        free(*path);
        *path = NULL;
    }
    return l1t_fail(diag, L1T_E_INPUT, "%s: neither in 'configs' here nor in '%s'", name,
                    L1T_DATADIR);
}

char *l1t_path_beside(const char *base, const char *name)
{
    const char *slash = *name == '/' ? NULL : strrchr(base, '/');
    const size_t dir = slash == NULL ? 0 : (size_t)(slash - base) + 1;
    const size_t n = strlen(name) + 1;
    char *path = malloc(dir + n);
    if (path == NULL)
        return NULL;
    memcpy(path, base, dir);
    memcpy(path + dir, name, n);
    return path;
}

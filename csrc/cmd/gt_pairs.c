// SPDX-License-Identifier: GPL-3.0-or-later
// Menus and test vectors that belong together, from arguments or found in folders.
#include "cmd/gt_parts.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 4, MAX_NAMES = 10000 };

struct names {
    size_t n;
    char **name; // paths
};

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool ends_with(const char *name, const char *const *endings)
{
    const size_t n = strlen(name);
    for (; *endings != NULL; endings++) {
        const size_t e = strlen(*endings);
        if (n > e && strcmp(name + n - e, *endings) == 0)
            return true;
    }
    return false;
}

static const char *const menu_endings[] = {".xml", ".xml.gz", ".yaml", ".yml", NULL};
static const char *const vector_endings[] = {".txt", ".txt.gz", NULL};

static void free_names(struct names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->name[i]);
    free(names->name);
    memset(names, 0, sizeof *names);
}

static bool add_name(struct names *names, const char *folder, const char *name)
{
    const size_t size = strlen(folder) + strlen(name) + 2;
    char **more = realloc(names->name, (names->n + 1) * sizeof *more);
    if (more == NULL)
        return false;
    names->name = more;
    char *path = malloc(size);
    if (path == NULL)
        return false;
    (void)snprintf(path, size, "%s/%s", folder, name);
    names->name[names->n++] = path;
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// Entries of a folder by their endings (NULL: folders), sorted; none when it is not there.
static enum l1t_err list(const char *folder, const char *const *endings, struct names *names,
                         struct l1t_diag *diag)
{
    DIR *dir = opendir(folder);
    bool good = true;
    for (struct dirent *e = NULL; good && dir != NULL && (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] == '.' || (endings != NULL && !ends_with(e->d_name, endings)))
            continue;
        good = names->n < MAX_NAMES && add_name(names, folder, e->d_name);
        if (good && is_folder(names->name[names->n - 1]) != (endings == NULL))
            free(names->name[--names->n]);
    }
    if (dir != NULL)
        (void)closedir(dir);
    if (names->n > 1)
        qsort(names->name, names->n, sizeof *names->name, by_text);
    return good ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "%s: too many files", folder);
}

static enum l1t_err list_with(const char *folder, const char *inner, const char *const *endings,
                              struct names *names, struct l1t_diag *diag)
{
    char path[4096];
    enum l1t_err err = list(folder, endings, names, diag);
    const int n = snprintf(path, sizeof path, "%s/%s", folder, inner);
    if (err == L1T_OK && n > 0 && (size_t)n < sizeof path)
        err = list(path, endings, names, diag);
    return err;
}

static enum l1t_err add_pair(struct l1t_gt_pairs *pairs, const char *menu, const char *vectors,
                             struct l1t_diag *diag)
{
    struct l1t_gt_pair_of_files *more = realloc(pairs->pair, (pairs->n + 1) * sizeof *more);
    if (more == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    pairs->pair = more;
    struct l1t_gt_pair_of_files *pair = &pairs->pair[pairs->n];
    pair->menu = strdup(menu);
    pair->vectors = strdup(vectors);
    pairs->n++;
    return pair->menu != NULL && pair->vectors != NULL
               ? L1T_OK
               : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static enum l1t_err search(struct l1t_gt_pairs *pairs, const char *folder, int depth,
                           struct l1t_diag *diag);

// NOLINTNEXTLINE(misc-no-recursion)
static enum l1t_err search_inside(struct l1t_gt_pairs *pairs, const char *folder, int depth,
                                  struct l1t_diag *diag)
{
    struct names inner = {0};
    enum l1t_err err = depth < MAX_DEPTH ? list(folder, NULL, &inner, diag) : L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < inner.n; i++)
        err = search(pairs, inner.name[i], depth + 1, diag);
    free_names(&inner);
    return err;
}

// NOLINTNEXTLINE(misc-no-recursion)
static enum l1t_err search(struct l1t_gt_pairs *pairs, const char *folder, int depth,
                           struct l1t_diag *diag)
{
    struct names menus = {0}, vectors = {0};
    enum l1t_err err = list_with(folder, "xml", menu_endings, &menus, diag);
    if (err == L1T_OK)
        err = list_with(folder, "testvectors", vector_endings, &vectors, diag);
    if (err == L1T_OK && menus.n > 1 && vectors.n > 0)
        err = l1t_fail(diag, L1T_E_INPUT, "%s: %zu menus beside test vectors; name the files",
                       folder, menus.n);
    else if (err == L1T_OK && menus.n == 1 && vectors.n > 0)
        for (size_t i = 0; err == L1T_OK && i < vectors.n; i++)
            err = add_pair(pairs, menus.name[0], vectors.name[i], diag);
    else if (err == L1T_OK)
        err = search_inside(pairs, folder, depth, diag);
    free_names(&menus);
    free_names(&vectors);
    return err;
}

enum l1t_err l1t_gt_pairs_find(struct l1t_gt_pairs *pairs, char **arguments, int n,
                               struct l1t_diag *diag)
{
    memset(pairs, 0, sizeof *pairs);
    for (int i = 0; i < n; i++) {
        const size_t before = pairs->n;
        enum l1t_err err;
        if (is_folder(arguments[i])) {
            err = search(pairs, arguments[i], 0, diag);
            if (err == L1T_OK && pairs->n == before)
                err = l1t_fail(diag, L1T_E_INPUT,
                               "%s: no folder in it has a menu (.xml, .yaml) and test vectors "
                               "(.txt)",
                               arguments[i]);
        } else if (i + 1 == n) {
            err = l1t_fail(diag, L1T_E_USAGE, "'%.200s' is a menu without its test vectors",
                           arguments[i]);
        } else {
            err = add_pair(pairs, arguments[i], arguments[i + 1], diag);
            i++;
        }
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

void l1t_gt_pairs_free(struct l1t_gt_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) {
        free(pairs->pair[i].menu);
        free(pairs->pair[i].vectors);
    }
    free(pairs->pair);
    memset(pairs, 0, sizeof *pairs);
}

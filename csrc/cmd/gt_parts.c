// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands about the global trigger share.
#include "cmd/gt_parts.h"

#include "l1t/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum l1t_err l1t_gt_loaded_open(struct l1t_gt_loaded *loaded, const char *path,
                                struct l1t_digest *digest, struct l1t_diag *diag)
{
    memset(loaded, 0, sizeof *loaded);
    enum l1t_err err = l1t_gt_menu_load(path, &loaded->menu, diag);
    if (err == L1T_OK)
        err = l1t_gt_compile(loaded->menu, &loaded->code, diag);
    if (err == L1T_OK && digest != NULL && strcmp(path, "-") != 0)
        err = l1t_digest_add_file(digest, "menu", path, diag);
    return err;
}

void l1t_gt_loaded_free(struct l1t_gt_loaded *loaded)
{
    l1t_gt_code_free(loaded->code);
    l1t_gt_menu_free(loaded->menu);
    memset(loaded, 0, sizeof *loaded);
}

const struct l1t_gt_algorithm_def *l1t_gt_loaded_bit(const struct l1t_gt_loaded *loaded,
                                                     unsigned bit)
{
    for (size_t i = 0; i < loaded->menu->n; i++)
        if (loaded->menu->algorithm[i].bit == bit)
            return &loaded->menu->algorithm[i];
    return NULL;
}

static enum l1t_err unknown(const struct l1t_gt_loaded *loaded, const char *name,
                            struct l1t_diag *diag)
{
    const struct l1t_gt_menu *menu = loaded->menu;
    const char **names = calloc(menu->n + 1, sizeof *names);
    if (names == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < menu->n; i++)
        names[i] = menu->algorithm[i].name;
    const char *nearest = l1t_nearest(name, names, menu->n);
    const enum l1t_err err =
        nearest != NULL
            ? l1t_fail(diag, L1T_E_USAGE, "no algorithm '%.100s'; did you mean '%s'?", name,
                       nearest)
            : l1t_fail(diag, L1T_E_USAGE, "no algorithm '%.100s' among the %zu of menu %s", name,
                       menu->n, menu->name);
    free(names);
    return err;
}

enum l1t_err l1t_gt_loaded_find(const struct l1t_gt_loaded *loaded, const char *name,
                                const struct l1t_gt_algorithm_def **algorithm,
                                struct l1t_diag *diag)
{
    char *end;
    *algorithm = NULL;
    for (size_t i = 0; i < loaded->menu->n; i++)
        if (strcmp(loaded->menu->algorithm[i].name, name) == 0)
            *algorithm = &loaded->menu->algorithm[i];
    const unsigned long bit = strtoul(name, &end, 10);
    if (*algorithm == NULL && name[0] >= '0' && name[0] <= '9' && *end == '\0' &&
        bit < L1T_GT_ALGORITHMS)
        *algorithm = l1t_gt_loaded_bit(loaded, (unsigned)bit);
    return *algorithm != NULL ? L1T_OK : unknown(loaded, name, diag);
}

enum l1t_err l1t_gt_loaded_decide(const struct l1t_gt_loaded *loaded,
                                  const struct l1t_gt_vectors *vectors,
                                  const struct l1t_gt_run_options *options,
                                  uint64_t (**bits)[L1T_GT_WORDS], struct l1t_diag *diag)
{
    *bits = calloc(vectors->n, sizeof **bits);
    if (*bits == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    return l1t_gt_run(loaded->code, vectors, options, *bits, diag);
}

const char *l1t_gt_loaded_why(const struct l1t_gt_loaded *loaded,
                              const struct l1t_gt_vectors *vectors, size_t i, bool independent,
                              const struct l1t_gt_algorithm_def *algorithm, char *text, size_t size)
{
    struct l1t_gt_event lone;
    struct l1t_gt_around around;
    const struct l1t_gt_question question = {loaded->menu, loaded->code, algorithm, &around};
    l1t_gt_vectors_around(vectors, i, independent ? &lone : NULL, &around);
    return l1t_gt_why(&question, text, size);
}

bool l1t_gt_for_people(const struct l1t_physics *p)
{
    return p->format == L1T_FORMAT_TABLE ||
           (p->format == L1T_FORMAT_AUTO && strcmp(p->out, "-") == 0 && isatty(STDOUT_FILENO));
}

static int take_engine(const struct l1t_cmd *cmd, struct l1t_gt_run_options *run)
{
    static const char *const names[] = {
        [L1T_GT_BATCH_ENGINE] = "batch", [L1T_GT_REFERENCE] = "reference"};
    int index = 0;
    const int code =
        l1t_cmd_choice(cmd, "--engine", optarg, names, sizeof names / sizeof names[0], &index);
    run->engine = (enum l1t_gt_engine_kind)index;
    return code;
}

int l1t_gt_option(struct l1t_physics *p, struct l1t_gt_choice *choice, int opt, char **argv)
{
    switch (opt) {
    case 'm':
        choice->menu = optarg;
        return 0;
    case 'e':
        return take_engine(p->cmd, &choice->run);
    case 'i':
        choice->run.independent = true;
        return 0;
    default:
        return l1t_physics_option(p, opt, argv);
    }
}

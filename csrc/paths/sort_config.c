// SPDX-License-Identifier: GPL-3.0-or-later
// configs/paths/sort.yaml: the sorter itself has nothing to configure, its generator has.
#include "sort_events.h"

#include "l1t/provenance.h"
#include "l1t/yaml.h"

#include <stdio.h>

struct top {
    const struct l1t_node *generator;
};

static const struct l1t_key top_keys[] = {
    {"generator", L1T_MAP, offsetof(struct top, generator), true, 0, 0, NULL},
};

static const struct l1t_key generator_keys[] = {
    {"keys", L1T_INT, offsetof(struct l1t_sort_setup, keys), true, 1, 65535, NULL},
    {"occupancy", L1T_PERCENT, offsetof(struct l1t_sort_setup, occupancy), true, 0, 1, NULL},
    {"corners", L1T_PERCENT, offsetof(struct l1t_sort_setup, corners), true, 0, 1, NULL},
};

static enum l1t_err make_digest(struct l1t_sort_setup *setup, struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    char text[100];
    const int n = snprintf(text, sizeof text, "%lld %.17g %.17g", setup->keys, setup->occupancy,
                           setup->corners);
    l1t_digest_add(digest, "sort", text, (size_t)n);
    l1t_digest_hex(digest, setup->digest);
    l1t_digest_free(digest);
    return L1T_OK;
}

static enum l1t_err read_setup(const struct l1t_yaml *yaml, struct l1t_sort_setup *setup,
                               struct l1t_diag *diag)
{
    struct top top;
    enum l1t_err err = l1t_yaml_bind(yaml, l1t_yaml_root(yaml), top_keys, 1, &top, diag);
    if (err == L1T_OK)
        err = l1t_yaml_bind(yaml, top.generator, generator_keys, 3, setup, diag);
    return err == L1T_OK ? make_digest(setup, diag) : err;
}

enum l1t_err l1t_sort_setup_load(const char *yaml, struct l1t_sort_setup *setup,
                                 struct l1t_diag *diag)
{
    struct l1t_yaml *file;
    enum l1t_err err = l1t_yaml_load_or(yaml, "paths/sort.yaml", &file, diag);
    if (err != L1T_OK)
        return err;
    err = read_setup(file, setup, diag);
    l1t_yaml_free(file);
    return err;
}

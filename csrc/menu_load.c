// SPDX-License-Identifier: GPL-3.0-or-later
// configs/menus/NAME.yaml: seeds of one or two objects, each with threshold and prescale.
#include "spectra_config.h"

#include <string.h>

struct menu {
    const char *name;
    double budget_hz;
    const struct l1t_node *seeds;
};

static const struct l1t_key menu_keys[] = {
    {"menu", L1T_STRING, offsetof(struct menu, name), true, 0, 0, NULL},
    {"budget", L1T_RATE, offsetof(struct menu, budget_hz), false, 1, 40e6, NULL},
    {"seeds", L1T_LIST, offsetof(struct menu, seeds), true, 0, 0, NULL},
};

struct seed {
    const char *name, *group;
    long long bit;
    double prescale;
    const struct l1t_node *legs;
};

static const struct l1t_key seed_keys[] = {
    {"name", L1T_STRING, offsetof(struct seed, name), true, 0, 0, NULL},
    {"bit", L1T_INT, offsetof(struct seed, bit), false, 0, 511, NULL},
    {"legs", L1T_LIST, offsetof(struct seed, legs), true, 0, 0, NULL},
    {"prescale", L1T_NUMBER, offsetof(struct seed, prescale), false, 0, 4e7, NULL},
    {"group", L1T_STRING, offsetof(struct seed, group), false, 0, 0, NULL},
};

struct leg {
    int object;
    double threshold;
};

static const struct l1t_key leg_keys[] = {
    {"object", L1T_CHOICE, offsetof(struct leg, object), true, 0, 0, l1t_object_names},
    {"threshold", L1T_ENERGY, offsetof(struct leg, threshold), true, 0.5, 1023.5, NULL},
};

static enum l1t_err read_legs(const struct l1t_yaml *yaml, const struct l1t_node *list,
                              struct l1t_seed *out, struct l1t_diag *diag)
{
    out->n_legs = l1t_node_len(list);
    if (out->n_legs < 1 || out->n_legs > 2)
        return l1t_yaml_fail(yaml, list, diag, "%zu legs; expected 1 or 2", out->n_legs);
    for (size_t i = 0; i < out->n_legs; i++) {
        const struct l1t_node *item = l1t_node_at(list, i);
        struct leg v = {0, 0};
        const enum l1t_err err = l1t_yaml_bind(yaml, item, leg_keys, COUNT(leg_keys), &v, diag);
        if (err != L1T_OK)
            return err;
        const enum l1t_object o = (enum l1t_object)v.object;
        if (v.threshold > 0.5 * l1t_object_full_scale(o))
            return l1t_yaml_fail(yaml, l1t_node_get(item, "threshold"), diag,
                                 "%g GeV is above full scale; %s reach %g GeV", v.threshold,
                                 l1t_object_names[o], 0.5 * l1t_object_full_scale(o));
        out->leg[i] = (struct l1t_seed_leg){o, v.threshold};
    }
    return L1T_OK;
}

static enum l1t_err check_unique(const struct l1t_yaml *yaml, const struct l1t_node *map,
                                 const struct l1t_menu *menu, const struct l1t_seed *seed,
                                 struct l1t_diag *diag)
{
    for (size_t i = 0; i < menu->n; i++) {
        if (strcmp(menu->seed[i].name, seed->name) == 0)
            return l1t_yaml_fail(yaml, l1t_node_get(map, "name"), diag, "'%s' is there already",
                                 seed->name);
        if (seed->bit >= 0 && menu->seed[i].bit == seed->bit)
            return l1t_yaml_fail(yaml, l1t_node_get(map, "bit"), diag, "bit %lld is that of %s",
                                 seed->bit, menu->seed[i].name);
    }
    return L1T_OK;
}

static enum l1t_err read_seed(const struct l1t_yaml *yaml, const struct l1t_node *map,
                              struct l1t_menu *menu, struct l1t_diag *diag)
{
    struct seed v = {NULL, "", -1, 1, NULL};
    if (menu->n == L1T_MAX_SEEDS)
        return l1t_yaml_fail(yaml, map, diag, "more than %d seeds", L1T_MAX_SEEDS);
    enum l1t_err err = l1t_yaml_bind(yaml, map, seed_keys, COUNT(seed_keys), &v, diag);
    if (err != L1T_OK)
        return err;
    if (v.prescale > 0 && v.prescale < 1)
        return l1t_yaml_fail(yaml, l1t_node_get(map, "prescale"), diag,
                             "%g is no prescale; 0 (off), or 1 and more", v.prescale);
    struct l1t_seed seed = {.bit = v.bit, .prescale = v.prescale};
    err = l1t_read_name(yaml, map, "name", v.name, seed.name, diag);
    if (err == L1T_OK && v.group[0] != '\0')
        err = l1t_read_name(yaml, map, "group", v.group, seed.group, diag);
    if (err == L1T_OK)
        err = read_legs(yaml, v.legs, &seed, diag);
    if (err == L1T_OK)
        err = check_unique(yaml, map, menu, &seed, diag);
    if (err == L1T_OK)
        menu->seed[menu->n++] = seed;
    return err;
}

static enum l1t_err read_menu(const struct l1t_yaml *yaml, struct l1t_menu *menu,
                              struct l1t_diag *diag)
{
    const struct l1t_node *root = l1t_yaml_root(yaml);
    struct menu v = {NULL, 0, NULL};
    enum l1t_err err = l1t_yaml_bind(yaml, root, menu_keys, COUNT(menu_keys), &v, diag);
    if (err == L1T_OK)
        err = l1t_read_name(yaml, root, "menu", v.name, menu->name, diag);
    menu->budget_khz = v.budget_hz / 1e3;
    for (size_t i = 0; err == L1T_OK && i < l1t_node_len(v.seeds); i++)
        err = read_seed(yaml, l1t_node_at(v.seeds, i), menu, diag);
    if (err == L1T_OK && menu->n == 0)
        err = l1t_yaml_fail(yaml, v.seeds, diag, "a menu needs at least one seed");
    return err;
}

enum l1t_err l1t_menu_load(struct l1t_menu *menu, const char *path, struct l1t_digest *digest,
                           struct l1t_diag *diag)
{
    struct l1t_yaml *yaml = NULL;
    *menu = (struct l1t_menu){0};
    enum l1t_err err = l1t_yaml_load_digest("menu", path, digest, &yaml, diag);
    if (err == L1T_OK)
        err = read_menu(yaml, menu, diag);
    l1t_yaml_free(yaml);
    return err;
}

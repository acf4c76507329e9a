// SPDX-License-Identifier: GPL-3.0-or-later
// The section `share` of a spectra file: curve, threshold and share of each object, and the
// exclusive outcomes.
#include "spectra_config.h"

#include "l1t/io.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct share {
    int tail, below;
    const struct l1t_node *objects, *outcomes;
};

static const char *const tails[] = {"flat", "none", NULL};          // order of enum l1t_tail
static const char *const belows[] = {"clamp", "extrapolate", NULL}; // order of enum l1t_below

static const struct l1t_key share_keys[] = {
    {"tail", L1T_CHOICE, offsetof(struct share, tail), false, 0, 0, tails},
    {"below", L1T_CHOICE, offsetof(struct share, below), false, 0, 0, belows},
    {"objects", L1T_MAP, offsetof(struct share, objects), true, 0, 0, NULL},
    {"outcomes", L1T_LIST, offsetof(struct share, outcomes), false, 0, 0, NULL},
};

static const struct l1t_key by_object[] = {
    {"jet", L1T_MAP, L1T_JET * sizeof(void *), true, 0, 0, NULL},
    {"muon", L1T_MAP, L1T_MUON * sizeof(void *), true, 0, 0, NULL},
    {"egamma", L1T_MAP, L1T_EGAMMA * sizeof(void *), true, 0, 0, NULL},
    {"tau", L1T_MAP, L1T_TAU * sizeof(void *), true, 0, 0, NULL},
};

struct object {
    const char *curve;
    double threshold, share, from, lambda;
};

static const struct l1t_key object_keys[] = {
    {"curve", L1T_STRING, offsetof(struct object, curve), true, 0, 0, NULL},
    {"threshold", L1T_ENERGY, offsetof(struct object, threshold), true, 0.5, 1023, NULL},
    {"share", L1T_PERCENT, offsetof(struct object, share), true, 1e-6, 1 - 1e-6, NULL},
    {"from", L1T_ENERGY, offsetof(struct object, from), false, 0, 1e5, NULL},
    {"lambda", L1T_NUMBER, offsetof(struct object, lambda), false, 1e-6, 100, NULL},
};

struct outcome {
    double share;
    const struct l1t_node *objects;
};

static const struct l1t_key outcome_keys[] = {
    {"share", L1T_PERCENT, offsetof(struct outcome, share), true, 0, 1, NULL},
    {"objects", L1T_LIST, offsetof(struct outcome, objects), true, 0, 0, NULL},
};

static enum l1t_err read_curve(struct l1t_spectra_reader *r, const char *name,
                               struct l1t_share_object *out)
{
    char *path = l1t_path_beside(l1t_yaml_path(r->yaml), name);
    if (path == NULL || strlen(path) >= sizeof out->curve_path) {
        free(path);
        return l1t_fail(r->diag, L1T_E_INPUT, "path of curve '%s' is too long", name);
    }
    memcpy(out->curve_path, path, strlen(path) + 1);
    free(path);
    return l1t_curve_load_digest(&out->curve, out->curve_path, r->digest, r->diag);
}

static enum l1t_err read_object(struct l1t_spectra_reader *r, const struct l1t_node *map,
                                enum l1t_object o)
{
    struct l1t_share_object *out = &r->out->object[o];
    struct object v = {NULL, 0, 0, 0, NAN};
    enum l1t_err err = l1t_yaml_bind(r->yaml, map, object_keys, COUNT(object_keys), &v, r->diag);
    if (err == L1T_OK && v.threshold >= 0.5 * l1t_object_full_scale(o))
        return l1t_yaml_fail(r->yaml, l1t_node_get(map, "threshold"), r->diag,
                             "%g GeV is above full scale; %s reach %g GeV", v.threshold,
                             l1t_object_names[o], 0.5 * l1t_object_full_scale(o));
    if (err != L1T_OK)
        return err;
    out->threshold_gev = v.threshold;
    out->share = v.share;
    out->from_gev = v.from;
    out->lambda = v.lambda;
    return read_curve(r, v.curve, out);
}

static enum l1t_err read_outcome(struct l1t_spectra_reader *r, const struct l1t_node *map)
{
    static const struct l1t_key name = {"objects", L1T_CHOICE, 0, true, 0, 0, l1t_object_names};
    struct outcome v = {0, NULL};
    enum l1t_err err = l1t_yaml_bind(r->yaml, map, outcome_keys, COUNT(outcome_keys), &v, r->diag);
    if (err != L1T_OK)
        return err;
    if (r->out->n_outcomes == L1T_MAX_OUTCOMES)
        return l1t_yaml_fail(r->yaml, map, r->diag, "more than %d outcomes", L1T_MAX_OUTCOMES);
    if (l1t_node_len(v.objects) == 0)
        return l1t_yaml_fail(r->yaml, v.objects, r->diag, "an outcome needs at least one object");
    struct l1t_outcome *out = &r->out->outcome[r->out->n_outcomes++];
    *out = (struct l1t_outcome){v.share, 0};
    for (size_t i = 0; i < l1t_node_len(v.objects); i++) {
        const struct l1t_node *item = l1t_node_at(v.objects, i);
        int o = 0;
        err = l1t_yaml_value(r->yaml, item, &name, &o, r->diag);
        if (err != L1T_OK)
            return err;
        if (out->objects >> o & 1)
            return l1t_yaml_fail(r->yaml, item, r->diag, "%s is listed twice", l1t_object_names[o]);
        out->objects |= 1U << o;
    }
    return L1T_OK;
}

enum l1t_err l1t_read_share(struct l1t_spectra_reader *r, const struct l1t_node *map)
{
    struct share v = {0, 0, NULL, NULL};
    const struct l1t_node *object[L1T_OBJECTS];
    enum l1t_err err = l1t_yaml_bind(r->yaml, map, share_keys, COUNT(share_keys), &v, r->diag);
    if (err == L1T_OK)
        err = l1t_yaml_bind(r->yaml, v.objects, by_object, COUNT(by_object), object, r->diag);
    for (int o = 0; o < L1T_OBJECTS && err == L1T_OK; o++)
        err = read_object(r, object[o], (enum l1t_object)o);
    for (size_t i = 0; err == L1T_OK && v.outcomes != NULL && i < l1t_node_len(v.outcomes); i++)
        err = read_outcome(r, l1t_node_at(v.outcomes, i));
    r->out->tail = (enum l1t_tail)v.tail;
    r->out->below = (enum l1t_below)v.below;
    r->out->has_share = err == L1T_OK;
    return err;
}

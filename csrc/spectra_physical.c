// SPDX-License-Identifier: GPL-3.0-or-later
// The section `physical` of a spectra file: beam and processes. A process is calibrated by points
// (rate against threshold) or by one rate with given slopes.
#include "spectra_config.h"

#include <string.h>

struct physical {
    const struct l1t_node *beam, *processes;
};

static const struct l1t_key physical_keys[] = {
    {"beam", L1T_MAP, offsetof(struct physical, beam), true, 0, 0, NULL},
    {"processes", L1T_LIST, offsetof(struct physical, processes), true, 0, 0, NULL},
};

static const struct l1t_key beam_keys[] = {
    {"luminosity", L1T_LUMI, offsetof(struct l1t_beam, luminosity), true, 1e20, 1e40, NULL},
    {"bunches", L1T_INT, offsetof(struct l1t_beam, bunches), true, 1, 3564, NULL},
    {"pileup", L1T_NUMBER, offsetof(struct l1t_beam, pileup), true, 0, 1000, NULL},
    {"revolution", L1T_RATE, offsetof(struct l1t_beam, revolution_hz), true, 1, 1e6, NULL},
};

struct process {
    const char *name;
    const struct l1t_node *objects, *points, *thresholds, *slopes, *includes;
    double rate_hz, error_hz;
};

static const struct l1t_key process_keys[] = {
    {"name", L1T_STRING, offsetof(struct process, name), true, 0, 0, NULL},
    {"objects", L1T_LIST, offsetof(struct process, objects), true, 0, 0, NULL},
    {"points", L1T_LIST, offsetof(struct process, points), false, 0, 0, NULL},
    {"thresholds", L1T_LIST, offsetof(struct process, thresholds), false, 0, 0, NULL},
    {"slopes", L1T_LIST, offsetof(struct process, slopes), false, 0, 0, NULL},
    {"rate", L1T_RATE, offsetof(struct process, rate_hz), false, 1e-3, 40e6, NULL},
    {"rate_error", L1T_RATE, offsetof(struct process, error_hz), false, 0, 40e6, NULL},
    {"includes", L1T_LIST, offsetof(struct process, includes), false, 0, 0, NULL},
};

struct point {
    double threshold, rate_hz, counts;
};

static const struct l1t_key point_keys[] = {
    {"threshold", L1T_ENERGY, offsetof(struct point, threshold), true, 0.5, 1023.5, NULL},
    {"rate", L1T_RATE, offsetof(struct point, rate_hz), true, 1e-3, 40e6, NULL},
    {"counts", L1T_NUMBER, offsetof(struct point, counts), true, 1, 1e15, NULL},
};

// A list of exactly n scalars of one kind; size is that of one value.
static enum l1t_err read_list(struct l1t_spectra_reader *r, const struct l1t_node *list,
                              const struct l1t_key *key, size_t n, void *out, size_t size)
{
    if (l1t_node_len(list) != n)
        return l1t_yaml_fail(r->yaml, list, r->diag, "%zu values; expected %zu, one an object",
                             l1t_node_len(list), n);
    for (size_t i = 0; i < n; i++) {
        const enum l1t_err err =
            l1t_yaml_value(r->yaml, l1t_node_at(list, i), key, (char *)out + i * size, r->diag);
        if (err != L1T_OK)
            return err;
    }
    return L1T_OK;
}

static enum l1t_err read_objects(struct l1t_spectra_reader *r, const struct l1t_node *list,
                                 struct l1t_process_spec *spec)
{
    static const struct l1t_key key = {"objects", L1T_CHOICE, 0, true, 0, 0, l1t_object_names};
    int object[2] = {0, 0};
    const size_t n = l1t_node_len(list);
    if (n < 1 || n > 2)
        return l1t_yaml_fail(r->yaml, list, r->diag, "%zu objects; expected 1 or 2", n);
    const enum l1t_err err = read_list(r, list, &key, n, object, sizeof object[0]);
    spec->n_legs = n;
    for (size_t i = 0; i < n; i++)
        spec->leg[i].object = (enum l1t_object)object[i];
    return err;
}

static enum l1t_err read_points(struct l1t_spectra_reader *r, const struct l1t_node *list,
                                struct l1t_process_config *p)
{
    for (size_t i = 0; i < l1t_node_len(list); i++) {
        struct point v = {0, 0, 0};
        const struct l1t_node *item = l1t_node_at(list, i);
        if (p->n_points == L1T_MAX_POINTS)
            return l1t_yaml_fail(r->yaml, item, r->diag, "more than %d points", L1T_MAX_POINTS);
        const enum l1t_err err =
            l1t_yaml_bind(r->yaml, item, point_keys, COUNT(point_keys), &v, r->diag);
        if (err != L1T_OK)
            return err;
        p->point[p->n_points++] = (struct l1t_rate_point){v.threshold, v.rate_hz / 1e3, v.counts};
    }
    struct l1t_diag why = {""};
    if (l1t_fit_rates(p->point, p->n_points, &p->fit, &why) != L1T_OK)
        return l1t_yaml_fail(r->yaml, list, r->diag, "%s", why.text);
    p->fitted = true;
    p->spec.rate_khz = p->fit.rate_khz;
    p->spec.rate_err = p->fit.rate_err;
    // Two independent legs above one threshold: the rate falls with the sum of their slopes.
    for (size_t i = 0; i < p->spec.n_legs; i++) {
        p->spec.leg[i].from_gev = p->fit.from_gev;
        p->spec.leg[i].to_gev = p->fit.to_gev;
        p->spec.leg[i].lambda = p->fit.lambda / (double)p->spec.n_legs;
    }
    return L1T_OK;
}

static enum l1t_err read_given(struct l1t_spectra_reader *r, const struct l1t_node *map,
                               const struct process *v, struct l1t_process_config *p)
{
    static const struct l1t_key energy = {"thresholds", L1T_ENERGY, 0, true, 0.5, 1023.5, NULL};
    static const struct l1t_key number = {"slopes", L1T_NUMBER, 0, true, 1e-6, 100, NULL};
    double threshold[2] = {0, 0};
    double slope[2] = {0, 0};
    if (v->thresholds == NULL || v->slopes == NULL || !(v->rate_hz > 0))
        return l1t_yaml_fail(r->yaml, map, r->diag,
                             "needs 'points', or all of 'thresholds', 'slopes' and 'rate'");
    const size_t n = p->spec.n_legs;
    enum l1t_err err = read_list(r, v->thresholds, &energy, n, threshold, sizeof threshold[0]);
    if (err == L1T_OK)
        err = read_list(r, v->slopes, &number, n, slope, sizeof slope[0]);
    p->spec.rate_khz = v->rate_hz / 1e3;
    p->spec.rate_err = v->error_hz / 1e3;
    for (size_t i = 0; i < n && i < 2; i++) {
        p->spec.leg[i].from_gev = p->spec.leg[i].to_gev = threshold[i];
        p->spec.leg[i].lambda = slope[i];
    }
    return err;
}

static enum l1t_err read_includes(struct l1t_spectra_reader *r, const struct l1t_node *list,
                                  struct l1t_process_spec *spec)
{
    static const struct l1t_key key = {"includes", L1T_STRING, 0, true, 0, 0, NULL};
    for (size_t i = 0; i < l1t_node_len(list); i++) {
        const char *name = "";
        const enum l1t_err err =
            l1t_yaml_value(r->yaml, l1t_node_at(list, i), &key, &name, r->diag);
        if (err != L1T_OK)
            return err;
        size_t k = 0;
        while (k < r->out->n_processes && strcmp(r->out->process[k].spec.name, name) != 0)
            k++;
        if (k == r->out->n_processes)
            return l1t_yaml_fail(r->yaml, l1t_node_at(list, i), r->diag,
                                 "no process '%s' stands before this one", name);
        spec->includes |= UINT32_C(1) << k;
    }
    return L1T_OK;
}

static enum l1t_err read_process(struct l1t_spectra_reader *r, const struct l1t_node *map)
{
    struct process v = {0};
    if (r->out->n_processes == L1T_MAX_PROCESSES)
        return l1t_yaml_fail(r->yaml, map, r->diag, "more than %d processes", L1T_MAX_PROCESSES);
    struct l1t_process_config *p = &r->out->process[r->out->n_processes];
    enum l1t_err err = l1t_yaml_bind(r->yaml, map, process_keys, COUNT(process_keys), &v, r->diag);
    if (err == L1T_OK)
        err = l1t_read_name(r->yaml, map, "name", v.name, p->spec.name, r->diag);
    if (err == L1T_OK)
        err = read_objects(r, v.objects, &p->spec);
    if (err == L1T_OK && v.points != NULL &&
        (v.thresholds != NULL || v.slopes != NULL || v.rate_hz > 0))
        err = l1t_yaml_fail(r->yaml, map, r->diag,
                            "'points' leave no room for 'thresholds', 'slopes' or 'rate'");
    if (err == L1T_OK)
        err = v.points != NULL ? read_points(r, v.points, p) : read_given(r, map, &v, p);
    if (err == L1T_OK && v.includes != NULL)
        err = read_includes(r, v.includes, &p->spec);
    r->out->n_processes++;
    return err;
}

enum l1t_err l1t_read_physical(struct l1t_spectra_reader *r, const struct l1t_node *map)
{
    struct physical v = {NULL, NULL};
    enum l1t_err err =
        l1t_yaml_bind(r->yaml, map, physical_keys, COUNT(physical_keys), &v, r->diag);
    if (err == L1T_OK)
        err = l1t_yaml_bind(r->yaml, v.beam, beam_keys, COUNT(beam_keys), &r->out->beam, r->diag);
    for (size_t i = 0; err == L1T_OK && i < l1t_node_len(v.processes); i++)
        err = read_process(r, l1t_node_at(v.processes, i));
    r->out->has_physical = err == L1T_OK;
    return err;
}

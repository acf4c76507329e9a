// SPDX-License-Identifier: GPL-3.0-or-later
// configs/spectra/NAME.yaml: the file as a whole, and what is made of it.
#include "spectra_config.h"

#include <math.h>
#include <string.h>

struct sections {
    const struct l1t_node *share, *physical;
};

static const struct l1t_key keys[] = {
    {"share", L1T_MAP, offsetof(struct sections, share), false, 0, 0, NULL},
    {"physical", L1T_MAP, offsetof(struct sections, physical), false, 0, 0, NULL},
};

enum l1t_err l1t_read_name(const struct l1t_yaml *yaml, const struct l1t_node *map, const char *key,
                           const char *text, char name[L1T_NAME_SIZE], struct l1t_diag *diag)
{
    const size_t n = strlen(text);
    if (n >= L1T_NAME_SIZE)
        return l1t_yaml_fail(yaml, l1t_node_get(map, key), diag,
                             "name of %zu characters; at most %d", n, L1T_NAME_SIZE - 1);
    memcpy(name, text, n + 1);
    return L1T_OK;
}

static enum l1t_err read_sections(struct l1t_spectra_reader *r)
{
    struct sections s = {NULL, NULL};
    const struct l1t_node *root = l1t_yaml_root(r->yaml);
    enum l1t_err err = l1t_yaml_bind(r->yaml, root, keys, COUNT(keys), &s, r->diag);
    if (err == L1T_OK && s.share == NULL && s.physical == NULL)
        err = l1t_yaml_fail(r->yaml, root, r->diag, "expected a section: share, physical or both");
    if (err == L1T_OK && s.share != NULL)
        err = l1t_read_share(r, s.share);
    if (err == L1T_OK && s.physical != NULL)
        err = l1t_read_physical(r, s.physical);
    return err;
}

enum l1t_err l1t_spectra_load(struct l1t_spectra *spectra, const char *path,
                              struct l1t_digest *digest, struct l1t_diag *diag)
{
    struct l1t_yaml *yaml = NULL;
    *spectra = (struct l1t_spectra){0};
    enum l1t_err err = l1t_yaml_load_digest("spectra", path, digest, &yaml, diag);
    if (err == L1T_OK) {
        struct l1t_spectra_reader r = {yaml, spectra, digest, diag};
        err = read_sections(&r);
    }
    l1t_yaml_free(yaml);
    if (err != L1T_OK)
        l1t_spectra_free(spectra);
    return err;
}

void l1t_spectra_free(struct l1t_spectra *spectra)
{
    for (int o = 0; o < L1T_OBJECTS; o++)
        l1t_curve_free(&spectra->object[o].curve);
    *spectra = (struct l1t_spectra){0};
}

enum l1t_err l1t_spectra_slope(const struct l1t_spectra *spectra, enum l1t_object object,
                               struct l1t_slope_fit *fit, double *lambda, struct l1t_diag *diag)
{
    const struct l1t_share_object *o = &spectra->object[object];
    const struct l1t_acceptance_options options = {spectra->tail, spectra->below, o->from_gev};
    struct l1t_slope_fit mine = {0};
    fit = fit != NULL ? fit : &mine;
    *fit = (struct l1t_slope_fit){.share = o->share, .lambda = o->lambda};
    if (!spectra->has_share)
        return l1t_fail(diag, L1T_E_INPUT, "the spectra have no section 'share'");
    *lambda = o->lambda;
    if (!isnan(o->lambda))
        return L1T_OK;
    struct l1t_acceptance acceptance;
    enum l1t_err err = l1t_acceptance_init(&acceptance, &o->curve, &options, diag);
    if (err == L1T_OK)
        err = l1t_fit_slope(&acceptance, o->share, fit, diag);
    l1t_acceptance_free(&acceptance);
    *lambda = fit->lambda;
    return err == L1T_OK ? L1T_OK : l1t_fail_at(diag, err, "%s", l1t_object_names[object]);
}

enum l1t_err l1t_spectra_law(const struct l1t_spectra *spectra, struct l1t_law *law,
                             struct l1t_diag *diag)
{
    *law = (struct l1t_law){.n_outcomes = spectra->n_outcomes};
    memcpy(law->outcome, spectra->outcome, sizeof law->outcome);
    enum l1t_err err = L1T_OK;
    for (int o = 0; o < L1T_OBJECTS && err == L1T_OK; o++) {
        law->threshold_gev[o] = spectra->object[o].threshold_gev;
        law->curve[o] = &spectra->object[o].curve;
        err = l1t_spectra_slope(spectra, (enum l1t_object)o, NULL, &law->lambda[o], diag);
    }
    return err;
}

enum l1t_err l1t_spectra_processes(const struct l1t_spectra *spectra,
                                   struct l1t_processes *processes, struct l1t_diag *diag)
{
    struct l1t_process_spec spec[L1T_MAX_PROCESSES];
    if (!spectra->has_physical) {
        *processes = (struct l1t_processes){0};
        return l1t_fail(diag, L1T_E_INPUT, "the spectra have no section 'physical'");
    }
    for (size_t k = 0; k < spectra->n_processes; k++)
        spec[k] = spectra->process[k].spec;
    return l1t_processes_init(processes, &spectra->beam, spec, spectra->n_processes, diag);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmd/inject.h"
#include "cmd/physics.h"

#include "l1t/spectra_config.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void l1t_inject_defaults(struct l1t_inject_options *o)
{
    *o = (struct l1t_inject_options){.pt_min_gev = NAN,
                                     .pt_max_gev = NAN,
                                     .eta_max = NAN,
                                     .pile_up = NAN,
                                     .jets = NAN,
                                     .slope = NAN};
    for (int k = 0; k < L1T_INJECTED; k++)
        o->per_event[k] = NAN;
}

void l1t_inject_free(struct l1t_inject_options *o)
{
    l1t_real_events_free(&o->real);
}

// "electron,tau"
static int parse_inject(const struct l1t_cmd *cmd, const char *list, struct l1t_inject_options *o)
{
    char one[32];
    while (l1t_cmd_next_word(&list, one, sizeof one)) {
        int kind = 0;
        const int code = l1t_cmd_choice(cmd, "--inject", one, l1t_truth_names, L1T_INJECTED, &kind);
        if (code != 0)
            return code;
        o->on[kind] = true;
    }
    return 0;
}

int l1t_inject_range(const struct l1t_cmd *cmd, const char *text, double min, double *low,
                     double *high)
{
    char one[32];
    const char *colon = strchr(text, ':');
    if (colon == NULL || (size_t)(colon - text) >= sizeof one)
        return l1t_cmd_usage(cmd, "--pt: '%.40s' is not a range in GeV, like '20:100'", text);
    (void)snprintf(one, sizeof one, "%.*s", (int)(colon - text), text);
    int code = l1t_cmd_double(cmd, "--pt", one, min, 1000, low);
    if (code == 0)
        code = l1t_cmd_double(cmd, "--pt", colon + 1, min, 1000, high);
    if (code == 0 && *high < *low)
        return l1t_cmd_usage(cmd, "--pt: '%.40s': the lower end comes first", text);
    return code;
}

static int parse_spectrum(const struct l1t_cmd *cmd, const char *text, double *slope)
{
    if (strcmp(text, "flat") == 0 || strcmp(text, "fitted") == 0) {
        *slope = text[1] == 'l' ? 0 : -1;
        return 0;
    }
    if (strspn(text, "0123456789.") == 0)
        return l1t_cmd_usage(cmd, "--spectrum: '%.40s' is not flat, fitted or a slope in 1/GeV",
                             text);
    return l1t_cmd_double(cmd, "--spectrum", text, 0, 10, slope);
}

static int parse_per_event(const struct l1t_cmd *cmd, const char *text,
                           struct l1t_inject_options *o)
{
    uint64_t n = 0;
    const int code = l1t_cmd_u64(cmd, "--per-event", text, 1, L1T_TOWER_GEN_PER_EVENT, &n);
    for (int k = 0; k < L1T_INJECTED && code == 0; k++)
        o->per_event[k] = (double)n;
    return code;
}

int l1t_inject_option(const struct l1t_cmd *cmd, int opt, struct l1t_inject_options *o)
{
    switch (opt) {
    case 1001:
        return parse_inject(cmd, optarg, o);
    case 1002:
        return parse_per_event(cmd, optarg, o);
    case 1003:
        return l1t_inject_range(cmd, optarg, 0.5, &o->pt_min_gev, &o->pt_max_gev);
    case 1004:
        return l1t_cmd_double(cmd, "--eta", optarg, 0, 5, &o->eta_max);
    case 1005:
        return parse_spectrum(cmd, optarg, &o->slope);
    case 1006:
        o->spectra = optarg;
        return 0;
    case 1007:
        o->from = optarg;
        return 0;
    case 1008:
        o->columns = optarg;
        return 0;
    case 1009:
        return l1t_cmd_double(cmd, "--pile-up", optarg, 0, 1000, &o->pile_up);
    case 1010:
        return l1t_cmd_double(cmd, "--jets", optarg, 0, 10, &o->jets);
    default:
        return -1;
    }
}

int l1t_inject_check(const struct l1t_cmd *cmd, const struct l1t_inject_options *o)
{
    bool drawn = !isnan(o->pt_min_gev) || !isnan(o->slope);
    for (int k = 0; k < L1T_INJECTED; k++)
        drawn = drawn || !isnan(o->per_event[k]);
    if (o->from != NULL && drawn)
        return l1t_cmd_usage(cmd, "--from: its objects are not drawn; leave out --per-event, --pt "
                                  "and --spectrum");
    return 0;
}

// ---- into the generator's parameters ----

static double or_else(double asked, double configured)
{
    return isnan(asked) ? configured : asked;
}

// The slope fitted to the published rates of single objects.
static enum l1t_err fitted_slope(const struct l1t_spectra *s, enum l1t_truth_kind kind,
                                 double *slope, struct l1t_diag *diag)
{
    static const enum l1t_object object[L1T_INJECTED] = {L1T_EGAMMA, L1T_EGAMMA, L1T_TAU, L1T_JET};
    for (size_t k = 0; s->has_physical && k < s->n_processes; k++) {
        const struct l1t_process_config *p = &s->process[k];
        if (p->fitted && p->spec.n_legs == 1 && p->spec.leg[0].object == object[kind]) {
            *slope = p->fit.lambda;
            return L1T_OK;
        }
    }
    return l1t_fail(diag, L1T_E_INPUT, "the spectra have no fitted rates of a single %s",
                    l1t_object_names[object[kind]]);
}

static enum l1t_err apply_slopes(const struct l1t_inject_options *o,
                                 struct l1t_tower_gen_params *params, struct l1t_digest *digest,
                                 struct l1t_diag *diag)
{
    if (o->slope >= 0 || isnan(o->slope)) {
        for (int k = 0; k < L1T_INJECTED; k++)
            params->inject[k].slope = or_else(o->slope, params->inject[k].slope);
        return L1T_OK;
    }
    struct l1t_spectra *s = malloc(sizeof *s);
    if (s == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = l1t_cmd_spectra(o->spectra, s, digest, diag);
    if (err == L1T_OK) {
        for (int k = 0; k < L1T_INJECTED && err == L1T_OK; k++)
            if (o->on[k])
                err = fitted_slope(s, (enum l1t_truth_kind)k, &params->inject[k].slope, diag);
        l1t_spectra_free(s);
    }
    free(s);
    return err;
}

enum l1t_err l1t_inject_digest_file(struct l1t_digest *digest, const char *role, const char *path,
                                    struct l1t_diag *diag)
{
    struct stat st;
    const bool again = strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
    return again ? l1t_digest_add_file(digest, role, path, diag) : L1T_OK;
}

static enum l1t_err apply_real(struct l1t_inject_options *o, struct l1t_tower_gen_params *params,
                               struct l1t_digest *digest, struct l1t_diag *diag)
{
    int kinds = 0;
    params->real_kind = L1T_TRUTH_ELECTRON;
    for (int k = 0; k < L1T_INJECTED; k++)
        if (o->on[k]) {
            params->real_kind = (enum l1t_truth_kind)k;
            kinds++;
        }
    if (kinds > 1)
        return l1t_fail(diag, L1T_E_USAGE,
                        "--from: the objects of a file are of one kind; --inject "
                        "names %d",
                        kinds);
    enum l1t_err err = l1t_real_events_load(&o->real, o->from, o->columns, diag);
    if (err == L1T_OK && digest != NULL)
        err = l1t_inject_digest_file(digest, "from", o->from, diag);
    if (err == L1T_OK)
        params->real = &o->real;
    return err;
}

enum l1t_err l1t_inject_apply(struct l1t_inject_options *o, struct l1t_tower_gen_params *params,
                              struct l1t_digest *digest, struct l1t_diag *diag)
{
    params->pile_up = or_else(o->pile_up, params->pile_up);
    params->jets = or_else(o->jets, params->jets);
    for (int k = 0; k < L1T_INJECTED; k++) {
        struct l1t_inject *in = &params->inject[k];
        in->pt_min_gev = or_else(o->pt_min_gev, in->pt_min_gev);
        in->pt_max_gev = or_else(o->pt_max_gev, in->pt_max_gev);
        in->eta_max = or_else(o->eta_max, in->eta_max);
        if (o->on[k])
            in->per_event = or_else(o->per_event[k], fmax(1, in->per_event));
    }
    if (o->columns != NULL && o->from == NULL)
        return l1t_fail(diag, L1T_E_USAGE, "--columns: goes with --from");
    if (o->spectra != NULL && !(o->slope < 0))
        return l1t_fail(diag, L1T_E_USAGE, "--spectra: goes with --spectrum fitted");
    if (o->from != NULL)
        return apply_real(o, params, digest, diag);
    return apply_slopes(o, params, digest, diag);
}

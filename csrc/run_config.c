// SPDX-License-Identifier: GPL-3.0-or-later
// The study file: bound to struct l1t_study by tables of keys, paths made relative to the file.
#include "l1t/io.h"
#include "l1t/rng.h"
#include "l1t/run.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct file_values {
    struct l1t_study study;
    const char *spectra, *menu;
    const struct l1t_node *cosim, *event, *efficiency, *gt, *budget;
};

struct cosim_values {
    const char *twin, *config;
    long long events, resets;
    int gaps;
};

static const char *const gap_choices[] = {"none", "between", "inside", "all",
                                          NULL}; // enum l1t_cosim_gaps

#define STUDY(member) offsetof(struct file_values, study.member)
static const struct l1t_key study_keys[] = {
    {"study", L1T_STRING, STUDY(name), true, 0, 0, NULL},
    {"title", L1T_STRING, STUDY(title), false, 0, 0, NULL},
    {"seed", L1T_INT, STUDY(seed), true, 0, (double)L1T_SEED_MAX, NULL},
    {"threads", L1T_INT, STUDY(threads), false, 0, 1024, NULL},
    {"spectra", L1T_STRING, offsetof(struct file_values, spectra), false, 0, 0, NULL},
    {"menu", L1T_STRING, offsetof(struct file_values, menu), false, 0, 0, NULL},
    {"events", L1T_INT, STUDY(events), false, 1000, 1e12, NULL},
    {"scores", L1T_INT, STUDY(scores), false, 100, 1e7, NULL},
    {"budget", L1T_NODE, offsetof(struct file_values, budget), false, 0, 0, NULL},
    {"cosim", L1T_MAP, offsetof(struct file_values, cosim), false, 0, 0, NULL},
    {"event", L1T_MAP, offsetof(struct file_values, event), false, 0, 0, NULL},
    {"efficiency", L1T_MAP, offsetof(struct file_values, efficiency), false, 0, 0, NULL},
    {"gt", L1T_MAP, offsetof(struct file_values, gt), false, 0, 0, NULL},
    {"rates", L1T_MAP, STUDY(sections.rates), false, 0, 0, NULL},
    {"signals", L1T_MAP, STUDY(sections.signals), false, 0, 0, NULL},
    {"scans", L1T_LIST, STUDY(sections.scans), false, 0, 0, NULL},
};

static const struct l1t_key cosim_keys[] = {
    {"twin", L1T_STRING, offsetof(struct cosim_values, twin), true, 0, 0, NULL},
    {"config", L1T_STRING, offsetof(struct cosim_values, config), false, 0, 0, NULL},
    {"events", L1T_INT, offsetof(struct cosim_values, events), true, 1, 1e9, NULL},
    {"resets", L1T_INT, offsetof(struct cosim_values, resets), false, 0, 1e6, NULL},
    {"gaps", L1T_CHOICE, offsetof(struct cosim_values, gaps), false, 0, 0, gap_choices},
};

struct event_values {
    const char *config;
    long long number, inject[L1T_INJECTED];
};

#define INJECT(kind)                                                                               \
    L1T_INT, offsetof(struct event_values, inject) + (kind) * sizeof(long long), false, 0, 16, NULL
static const struct l1t_key event_keys[] = {
    {"config", L1T_STRING, offsetof(struct event_values, config), true, 0, 0, NULL},
    {"number", L1T_INT, offsetof(struct event_values, number), true, 0, 1e9, NULL},
    {"electrons", INJECT(L1T_TRUTH_ELECTRON)},
    {"photons", INJECT(L1T_TRUTH_PHOTON)},
    {"taus", INJECT(L1T_TRUTH_TAU)},
    {"jets", INJECT(L1T_TRUTH_JET)},
};

struct efficiency_values {
    const char *config;
    long long events;
};

static const struct l1t_key efficiency_keys[] = {
    {"config", L1T_STRING, offsetof(struct efficiency_values, config), true, 0, 0, NULL},
    {"events", L1T_INT, offsetof(struct efficiency_values, events), true, 100, 1e9, NULL},
};

struct gt_values {
    const char *menu, *calorimeter, *muons, *column;
    const struct l1t_node *externals;
    double jets, mean_muons;
    long long events;
};

static const struct l1t_key gt_keys[] = {
    {"menu", L1T_STRING, offsetof(struct gt_values, menu), true, 0, 0, NULL},
    {"calorimeter", L1T_STRING, offsetof(struct gt_values, calorimeter), true, 0, 0, NULL},
    {"muons", L1T_STRING, offsetof(struct gt_values, muons), false, 0, 0, NULL},
    {"column", L1T_STRING, offsetof(struct gt_values, column), false, 0, 0, NULL},
    {"externals", L1T_LIST, offsetof(struct gt_values, externals), false, 0, 0, NULL},
    {"jets_a_crossing", L1T_NUMBER, offsetof(struct gt_values, jets), false, 0, 8, NULL},
    {"muons_a_crossing", L1T_NUMBER, offsetof(struct gt_values, mean_muons), false, 0, 8, NULL},
    {"events", L1T_INT, offsetof(struct gt_values, events), true, 1, 1e6, NULL},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static enum l1t_err bind_cosim(struct l1t_study *study, const struct l1t_node *map,
                               struct l1t_diag *diag)
{
    struct cosim_values values = {.gaps = L1T_GAPS_ALL};
    const enum l1t_err err =
        l1t_yaml_bind(study->yaml, map, cosim_keys, COUNT(cosim_keys), &values, diag);
    if (err != L1T_OK)
        return err;
    study->cosim.on = true;
    study->cosim.twin = values.twin;
    study->cosim.events = values.events;
    study->cosim.resets = values.resets;
    study->cosim.gaps = (enum l1t_cosim_gaps)values.gaps;
    if (values.config == NULL)
        return L1T_OK;
    study->cosim.config = l1t_path_beside(study->path, values.config);
    return study->cosim.config != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static enum l1t_err bind_event(struct l1t_study *study, const struct l1t_node *map,
                               struct l1t_diag *diag)
{
    struct event_values values = {0};
    const enum l1t_err err =
        l1t_yaml_bind(study->yaml, map, event_keys, COUNT(event_keys), &values, diag);
    if (err != L1T_OK)
        return err;
    study->event.on = true;
    study->event.number = values.number;
    memcpy(study->event.inject, values.inject, sizeof study->event.inject);
    study->event.config = l1t_path_beside(study->path, values.config);
    return study->event.config != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static enum l1t_err bind_efficiency(struct l1t_study *study, const struct l1t_node *map,
                                    struct l1t_diag *diag)
{
    struct efficiency_values values = {0};
    const enum l1t_err err =
        l1t_yaml_bind(study->yaml, map, efficiency_keys, COUNT(efficiency_keys), &values, diag);
    if (err != L1T_OK)
        return err;
    study->efficiency.on = true;
    study->efficiency.events = values.events;
    study->efficiency.config = l1t_path_beside(study->path, values.config);
    return study->efficiency.config != NULL ? L1T_OK : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

static enum l1t_err bind_gt(struct l1t_study *study, const struct l1t_node *map,
                            struct l1t_diag *diag)
{
    struct gt_values values = {.jets = -1, .mean_muons = -1};
    const enum l1t_err err =
        l1t_yaml_bind(study->yaml, map, gt_keys, COUNT(gt_keys), &values, diag);
    if (err != L1T_OK)
        return err;
    study->gt.on = true;
    study->gt.column = values.column;
    study->gt.externals = values.externals;
    study->gt.events = values.events;
    study->gt.jets_mean = values.jets;
    study->gt.muons_mean = values.mean_muons;
    study->gt.menu = l1t_path_beside(study->path, values.menu);
    study->gt.calorimeter = l1t_path_beside(study->path, values.calorimeter);
    if (values.muons != NULL)
        study->gt.muons = l1t_path_beside(study->path, values.muons);
    return study->gt.menu != NULL && study->gt.calorimeter != NULL &&
                   (values.muons == NULL || study->gt.muons != NULL)
               ? L1T_OK
               : l1t_fail(diag, L1T_E_NOMEM, "out of memory");
}

// "budget: 100 kHz" is the limit of the menu's page; with keys it is the solver's section.
static enum l1t_err bind_budget(struct l1t_study *study, const struct l1t_node *node,
                                struct l1t_diag *diag)
{
    static const struct l1t_key key = {"budget", L1T_RATE, 0, false, 1, 40e6, NULL};
    if (l1t_node_kind(node) != L1T_NODE_MAP)
        return l1t_yaml_value(study->yaml, node, &key, &study->budget_hz, diag);
    study->sections.budget = node;
    return L1T_OK;
}

// The name becomes a folder under build/, so it may only hold what is harmless there.
static enum l1t_err check_name(const struct l1t_study *study, struct l1t_diag *diag)
{
    bool good = isalnum((unsigned char)study->name[0]) != 0 && strlen(study->name) <= 60;
    for (const char *c = study->name; *c != '\0'; c++)
        good = good && (isalnum((unsigned char)*c) || *c == '_' || *c == '-' || *c == '.');
    if (good)
        return L1T_OK;
    return l1t_yaml_fail(study->yaml, l1t_node_get(l1t_yaml_root(study->yaml), "study"), diag,
                         "'%s' is not a study name; use up to 60 letters, digits, '_', '-', '.'",
                         study->name);
}

static enum l1t_err bind_study(struct l1t_study *study, struct l1t_yaml *yaml, const char *path,
                               struct l1t_diag *diag)
{
    struct file_values values = {.study = {.title = "", .scores = 10000}};
    enum l1t_err err =
        l1t_yaml_bind(yaml, l1t_yaml_root(yaml), study_keys, COUNT(study_keys), &values, diag);
    *study = values.study;
    study->yaml = yaml;
    if (err != L1T_OK)
        return err;
    err = check_name(study, diag);
    if (err != L1T_OK)
        return err;
    if (study->title[0] == '\0')
        study->title = study->name;
    const size_t size = strlen(path) + 1;
    study->path = malloc(size);
    if (study->path != NULL)
        memcpy(study->path, path, size);
    if (values.spectra != NULL)
        study->spectra = l1t_path_beside(path, values.spectra);
    if (values.menu != NULL)
        study->menu = l1t_path_beside(path, values.menu);
    if (study->path == NULL || (values.spectra != NULL && study->spectra == NULL) ||
        (values.menu != NULL && study->menu == NULL))
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    if (values.budget != NULL)
        err = bind_budget(study, values.budget, diag);
    if (err != L1T_OK)
        return err;
    if (values.cosim != NULL)
        err = bind_cosim(study, values.cosim, diag);
    if (err == L1T_OK && values.event != NULL)
        err = bind_event(study, values.event, diag);
    if (err == L1T_OK && values.efficiency != NULL)
        err = bind_efficiency(study, values.efficiency, diag);
    if (err == L1T_OK && values.gt != NULL)
        err = bind_gt(study, values.gt, diag);
    return err;
}

enum l1t_err l1t_study_check_run(const struct l1t_study *study, struct l1t_diag *diag)
{
    const char *missing = study->spectra == NULL ? "spectra"
                          : study->menu == NULL  ? "menu"
                          : study->events == 0   ? "events"
                                                 : NULL;
    if (missing == NULL)
        return L1T_OK;
    return l1t_yaml_fail(
        study->yaml, l1t_yaml_root(study->yaml), diag, "%s: needed by 'l1twin run' and missing%s",
        missing,
        study->sections.rates != NULL ? "; for a study of 'rates' alone use 'l1twin rate'" : "");
}

static enum l1t_err finish(struct l1t_study *study, struct l1t_yaml *yaml, const char *path,
                           struct l1t_diag *diag)
{
    const enum l1t_err err = bind_study(study, yaml, path, diag);
    if (err != L1T_OK)
        l1t_study_free(study);
    return err;
}

enum l1t_err l1t_study_load(struct l1t_study *study, const char *path, struct l1t_diag *diag)
{
    struct l1t_yaml *yaml = NULL;
    memset(study, 0, sizeof *study);
    const enum l1t_err err = l1t_yaml_load(path, &yaml, diag);
    return err == L1T_OK ? finish(study, yaml, path, diag) : err;
}

enum l1t_err l1t_study_parse(struct l1t_study *study, const char *name, const char *text,
                             size_t size, struct l1t_diag *diag)
{
    struct l1t_yaml *yaml = NULL;
    memset(study, 0, sizeof *study);
    const enum l1t_err err = l1t_yaml_parse(name, text, size, &yaml, diag);
    return err == L1T_OK ? finish(study, yaml, name, diag) : err;
}

void l1t_study_free(struct l1t_study *study)
{
    free(study->path);
    free(study->spectra);
    free(study->menu);
    free(study->cosim.config);
    free(study->event.config);
    free(study->efficiency.config);
    free(study->gt.menu);
    free(study->gt.calorimeter);
    free(study->gt.muons);
    l1t_yaml_free(study->yaml);
    memset(study, 0, sizeof *study);
}

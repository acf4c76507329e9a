// SPDX-License-Identifier: GPL-3.0-or-later
// What scans and budgets of a study file need.
#include "study_open.h"

#include "scan_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum l1t_err open_samples(const struct l1t_study_sample *from, size_t n,
                                 struct l1t_sample **to, struct l1t_digest *digest,
                                 struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (size_t i = 0; err == L1T_OK && i < n; i++) {
        err = l1t_sample_open(&from[i].spec, &to[i], diag);
        if (err != L1T_OK)
            return err;
        const struct l1t_sample_info *const info = l1t_sample_info(to[i]);
        l1t_digest_add(digest, from[i].name, info->digest, strlen(info->digest));
    }
    return err;
}

static enum l1t_err open_menu(struct l1t_study_opened *o, struct l1t_digest *digest,
                              struct l1t_diag *diag)
{
    enum l1t_err err = l1t_gt_menu_load(o->rate.rates.menu, &o->menu, diag);
    if (err == L1T_OK)
        err = l1t_digest_add_file(digest, "menu", o->rate.rates.menu, diag);
    if (err == L1T_OK)
        err = l1t_gt_compile(o->menu, &o->code, diag);
    if (err == L1T_OK)
        err = l1t_rate_study_column(&o->rate, o->menu, &o->column, diag);
    if (err == L1T_OK)
        err = l1t_gate_open(o->menu, o->column, &o->gate, diag);
    if (err == L1T_OK)
        err = l1t_rate_study_use_menu(&o->rate, o->menu, diag);
    return err;
}

enum l1t_err l1t_study_opened_load(struct l1t_study_opened *o, const char *path,
                                   const long long *seed, unsigned threads,
                                   struct l1t_digest *digest, struct l1t_diag *diag)
{
    memset(o, 0, sizeof *o);
    enum l1t_err err = l1t_study_load(&o->study, path, diag);
    if (err != L1T_OK) {
        memset(o, 0, sizeof *o);
        return err;
    }
    if (seed != NULL)
        o->study.seed = *seed;
    err = l1t_rate_study_bind(&o->rate, &o->study, diag);
    if (err == L1T_OK)
        err = l1t_rate_study_check(&o->rate, diag);
    if (err == L1T_OK)
        err = l1t_digest_add_file(digest, "study", path, diag);
    if (err == L1T_OK)
        err = open_menu(o, digest, diag);
    if (err == L1T_OK)
        err = open_samples(o->rate.rates.sample, o->rate.rates.n_samples, o->sample, digest, diag);
    if (err == L1T_OK)
        err = open_samples(o->rate.signal, o->rate.n_signals, o->signal, digest, diag);
    for (size_t i = 0; err == L1T_OK && i < o->rate.rates.n_samples; i++)
        err = l1t_study_reweight(o, i, threads, diag);
    return err;
}

void l1t_study_opened_close(struct l1t_study_opened *o)
{
    for (size_t i = 0; i < L1T_STUDY_SAMPLES; i++) {
        l1t_sample_close(o->sample[i]);
        l1t_sample_close(o->signal[i]);
    }
    l1t_gate_close(&o->gate);
    l1t_gt_code_free(o->code);
    l1t_gt_menu_free(o->menu);
    if (o->rate.study != NULL)
        l1t_rate_study_free(&o->rate);
    if (o->study.path != NULL)
        l1t_study_free(&o->study);
    memset(o, 0, sizeof *o);
}

static enum l1t_err fail_at(const struct l1t_study_opened *o, const struct l1t_node *node,
                            struct l1t_diag *diag, const char *text)
{
    return node != NULL ? l1t_yaml_fail(o->study.yaml, node, diag, "%s", text)
                        : l1t_fail(diag, L1T_E_USAGE, "%s", text);
}

enum l1t_err l1t_study_opened_find(const struct l1t_study_opened *o, const char *algorithm,
                                   const struct l1t_node *node, size_t *index,
                                   struct l1t_diag *diag)
{
    char text[400];
    for (*index = 0; *index < o->menu->n; ++*index)
        if (strcmp(o->menu->algorithm[*index].name, algorithm) == 0)
            return L1T_OK;
    const char **const names = calloc(o->menu->n + 1, sizeof *names);
    if (names == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    for (size_t i = 0; i < o->menu->n; i++)
        names[i] = o->menu->algorithm[i].name;
    const char *const nearest = l1t_nearest(algorithm, names, o->menu->n);
    (void)snprintf(text, sizeof text, "menu %.60s has no algorithm '%.80s'%s%.80s%s", o->menu->name,
                   algorithm, nearest != NULL ? "; did you mean '" : "",
                   nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
    free(names);
    return fail_at(o, node, diag, text);
}

// ---- thresholds ----

static bool code_of(const struct l1t_gt_scale *scale, double value, int *code, bool *on_edge)
{
    if (scale != NULL)
        return l1t_gt_code_of(scale, value, L1T_GT_LOW, code, on_edge);
    *code = (int)lround(value);
    *on_edge = fabs(value - *code) < 1e-6;
    return value >= 0 && value < L1T_SCAN_CODES;
}

double l1t_study_gev(const struct l1t_study_opened *o, enum l1t_gt_type type, unsigned code)
{
    const struct l1t_gt_scale *const scale = l1t_scan_scale(o->menu, type);
    double low = NAN, high;
    if (scale == NULL)
        return code;
    return l1t_gt_range_of(scale, (int)code, &low, &high) ? low : NAN;
}

enum l1t_err l1t_study_axis(const struct l1t_study_opened *o, const char *algorithm, double from,
                            double to, double step, const struct l1t_node *node,
                            struct l1t_scan_axis *axis, struct l1t_diag *diag)
{
    const struct l1t_gt_scale *const scale = l1t_scan_scale(o->menu, axis->type);
    char text[400];
    int first = 0, code = 0, width = 0;
    size_t n = 0;
    for (double at = from; at <= to + 1e-9; at = from + (double)++n * step) {
        bool on_edge = false;
        if (!code_of(scale, at, &code, &on_edge)) {
            (void)snprintf(text, sizeof text, "%.100s: threshold %g is outside of the scale of %s",
                           algorithm, at, l1t_gt_type_name(axis->type));
            return fail_at(o, node, diag, text);
        }
        width = n == 1 ? code - first : width;
        first = n == 0 ? code : first;
        if (!on_edge || code != first + (int)n * width || (n == 1 && width == 0)) {
            (void)snprintf(text, sizeof text,
                           "%.100s: threshold %g is within a bin of the scale of %s%s%g%s",
                           algorithm, at, l1t_gt_type_name(axis->type),
                           scale != NULL ? "; take multiples of " : " ",
                           scale != NULL ? scale->step : 1, scale != NULL ? " GeV" : "");
            return fail_at(o, node, diag, text);
        }
    }
    axis->from = (uint16_t)first;
    axis->to = (uint16_t)code;
    axis->step = (uint16_t)(width > 0 ? width : 1);
    return L1T_OK;
}

// ---- rates ----

enum l1t_err l1t_study_scale(const struct l1t_study_opened *o, size_t sample,
                             const struct l1t_sum *all, double *hz, struct l1t_diag *diag)
{
    const struct l1t_study_sample *const s = &o->rate.rates.sample[sample];
    const enum l1t_err err = l1t_norm_scale(&s->norm, &o->rate.rates.beam, all, hz, diag);
    if (err != L1T_OK)
        return l1t_fail_at(diag, err, "%s: sample %s", o->study.path, s->name);
    *hz *= s->weight;
    return L1T_OK;
}

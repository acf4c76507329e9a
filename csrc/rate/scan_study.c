// SPDX-License-Identifier: GPL-3.0-or-later
// Scans of a study on its samples.
#include "scan_study.h"

#include "rates_add.h"

#include <stdlib.h>
#include <string.h>

enum l1t_err l1t_scans_ask(struct l1t_scans *scans, const struct l1t_study_scan *scan,
                           struct l1t_diag *diag)
{
    struct l1t_scan_asked *const to = &scans->asked[scans->n];
    const struct l1t_study_opened *const o = scans->opened;
    if (scans->n == L1T_SCAN_RUN_MAX)
        return l1t_fail(diag, L1T_E_INPUT, "more than %d scans", (int)L1T_SCAN_RUN_MAX);
    to->n_axes = scan->n_axes;
    enum l1t_err err = l1t_study_opened_find(o, scan->algorithm, scan->node, &to->algorithm, diag);
    for (size_t i = 0; err == L1T_OK && i < to->n_axes; i++) {
        err = l1t_scan_axis_of(o->menu, to->algorithm, scan->leg[i], &to->axis[i], diag);
        if (err == L1T_OK)
            err = l1t_study_axis(o, scan->algorithm, scan->from[i], scan->to[i], scan->step[i],
                                 scan->node, &to->axis[i], diag);
    }
    if (err == L1T_OK)
        err = l1t_scan_make(o->menu, to->algorithm, to->axis, to->n_axes, &to->scan, diag);
    scans->n += err == L1T_OK;
    return err;
}

enum l1t_err l1t_scans_run(struct l1t_scans *scans, unsigned threads, struct l1t_diag *diag)
{
    const struct l1t_study_opened *const o = scans->opened;
    struct l1t_scan_job job = {
        .menu = o->code, .gate = &o->gate, .n = scans->n, .threads = threads};
    for (size_t s = 0; s < scans->n; s++) {
        job.scan[s] = scans->asked[s].scan;
        job.n_axes[s] = scans->asked[s].n_axes;
        memcpy(job.axis[s], scans->asked[s].axis, sizeof job.axis[s]);
        job.bit[s] = (uint16_t)o->menu->algorithm[scans->asked[s].algorithm].bit;
    }
    enum l1t_err err = L1T_OK;
    for (size_t k = 0; err == L1T_OK && k < o->rate.rates.n_samples; k++) {
        err = l1t_scan_run(&job, o->sample[k], &scans->background[k], diag);
        if (err == L1T_OK)
            err = l1t_study_scale(o, k, &scans->background[k].all, &scans->scale[k], diag);
    }
    for (size_t k = 0; err == L1T_OK && k < o->rate.n_signals; k++)
        err = l1t_scan_run(&job, o->signal[k], &scans->signal[k], diag);
    return err;
}

void l1t_scans_close(struct l1t_scans *scans)
{
    for (size_t s = 0; s < L1T_SCAN_RUN_MAX; s++)
        l1t_scan_free(scans->asked[s].scan);
    for (size_t k = 0; k < L1T_STUDY_SAMPLES; k++) {
        l1t_scan_counts_free(&scans->background[k]);
        l1t_scan_counts_free(&scans->signal[k]);
    }
    if (scans->spectra != NULL)
        l1t_spectra_free(scans->spectra);
    free(scans->spectra);
}

struct l1t_rate l1t_scans_rate(const struct l1t_scans *scans, size_t scan, size_t i, size_t j,
                               bool alone)
{
    struct l1t_rate rate = l1t_rates_none();
    for (size_t k = 0; k < scans->opened->rate.rates.n_samples; k++) {
        const struct l1t_scan_counts *const c = &scans->background[k];
        const struct l1t_sum sum =
            alone ? l1t_scan_sums_at(c->alone[scan], i, j, c->unit / L1T_SCAN_SHARE)
                  : l1t_scan_sums_at(c->fired[scan], i, j, c->unit);
        const struct l1t_sum all = l1t_norm_all(&scans->opened->rate.rates.sample[k].norm, &c->all);
        const struct l1t_rate one = l1t_rate_of(&sum, &all, scans->scale[k]);
        l1t_rates_add(&rate, &one);
    }
    return rate;
}

struct l1t_fraction l1t_scans_efficiency(const struct l1t_scans *scans, size_t signal, size_t scan,
                                         size_t i, size_t j)
{
    const struct l1t_scan_counts *const c = &scans->signal[signal];
    const struct l1t_sum sum = l1t_scan_sums_at(c->fired[scan], i, j, c->unit);
    return l1t_fraction_of(&sum, &c->all);
}

double l1t_scans_threshold(const struct l1t_scans *scans, size_t scan, size_t axis, size_t point)
{
    const struct l1t_scan_axis *const a = &scans->asked[scan].axis[axis];
    return l1t_study_gev(scans->opened, a->type, (unsigned)(a->from + point * a->step));
}

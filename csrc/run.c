// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a study, one after the other; each is timed, none prints.
#include "l1t/run.h"
#include "l1t/clock.h"

#include "run_parts.h"

#include <stdlib.h>
#include <string.h>

static void report(const struct l1t_run_options *options, const char *what, double done)
{
    if (options->progress != NULL)
        options->progress(options->user, what, done, 1);
}

// The slope in use follows the file's options (efficiency held at its last value above the curve).
// The one that stops the integral there, as the founding notebook does, is found for comparison and
// may not exist.
static enum l1t_err fit_object(struct l1t_run *run, enum l1t_object o, struct l1t_diag *diag)
{
    struct l1t_run_object *object = &run->object[o];
    struct l1t_acceptance_options whole = {run->spectra.tail, run->spectra.below,
                                           run->spectra.object[o].from_gev};
    struct l1t_acceptance_options cut = {L1T_TAIL_NONE, run->spectra.below,
                                         run->spectra.object[o].from_gev};
    enum l1t_err err = l1t_acceptance_init(&object->acceptance, object->curve, &whole, diag);
    if (err == L1T_OK)
        err = l1t_acceptance_init(&object->cut, object->curve, &cut, diag);
    if (err == L1T_OK)
        err = l1t_spectra_slope(&run->spectra, o, &object->fit, &object->lambda, diag);
    if (err != L1T_OK)
        return l1t_fail_at(diag, err, "spectrum of %s", object->name);
    err = l1t_fit_slope(&object->cut, object->share, &object->cut_fit, diag);
    return err == L1T_E_NOSOLUTION ? L1T_OK : err;
}

static enum l1t_err fit_spectra(struct l1t_run *run, struct l1t_diag *diag)
{
    enum l1t_err err = L1T_OK;
    for (int o = 0; o < L1T_OBJECTS && err == L1T_OK; o++)
        err = fit_object(run, (enum l1t_object)o, diag);
    return err;
}

static enum l1t_err score_events(struct l1t_run *run, unsigned threads, struct l1t_diag *diag)
{
    struct l1t_law law;
    struct l1t_generator generator;
    enum l1t_err err = l1t_spectra_law(&run->spectra, &law, diag);
    if (err == L1T_OK)
        err = l1t_generator_init(&generator, &law, diag);
    if (err != L1T_OK)
        return err;
    err = l1t_run_make_scores(run, &generator, threads, diag);
    l1t_generator_free(&generator);
    return err;
}

enum l1t_err l1t_run(struct l1t_run *run, const struct l1t_run_options *options,
                     struct l1t_diag *diag)
{
    double start = l1t_seconds();
    enum l1t_err err = l1t_run_load(run, diag);
    if (err == L1T_OK)
        err = fit_spectra(run, diag);
    if (err != L1T_OK)
        return err;
    run->timing.fits = l1t_seconds() - start;

    start = l1t_seconds();
    report(options, "event scores", 0);
    err = score_events(run, options->threads, diag);
    if (err != L1T_OK)
        return err;
    run->timing.scores = l1t_seconds() - start;

    start = l1t_seconds();
    err = l1t_run_predict(run, options, diag);
    if (err != L1T_OK)
        return err;
    run->timing.rates = l1t_seconds() - start;

    if (run->study.event.on)
        err = l1t_run_make_event(run, diag);
    if (err != L1T_OK)
        return err;

    start = l1t_seconds();
    if (run->study.efficiency.on)
        err = l1t_run_measure(run, options, diag);
    if (err != L1T_OK)
        return err;
    run->timing.efficiency = l1t_seconds() - start;

    start = l1t_seconds();
    if (run->study.gt.on)
        err = l1t_run_global_trigger(run, options, diag);
    if (err != L1T_OK)
        return err;
    run->timing.gt = l1t_seconds() - start;

    start = l1t_seconds();
    err = l1t_run_cost(run, options, diag);
    if (err != L1T_OK)
        return err;
    run->timing.costs = l1t_seconds() - start;

    start = l1t_seconds();
    if (run->study.cosim.on)
        err = l1t_run_cosimulate(run, options, diag);
    run->timing.cosim = l1t_seconds() - start;
    return err;
}

void l1t_run_free(struct l1t_run *run)
{
    for (int o = 0; o < L1T_OBJECTS; o++) {
        l1t_acceptance_free(&run->object[o].acceptance);
        l1t_acceptance_free(&run->object[o].cut);
    }
    l1t_prediction_free(&run->prediction);
    l1t_processes_free(&run->processes);
    l1t_cosim_result_fini(&run->cosim.result);
    free(run->event.towers);
    free(run->event.answer);
    l1t_gt_menu_free(run->gt.menu);
    l1t_run_cost_free(run); // before the study, which it reads
    l1t_spectra_free(&run->spectra);
    l1t_study_free(&run->study);
    memset(run, 0, sizeof *run);
}

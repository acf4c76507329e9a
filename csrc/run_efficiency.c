// SPDX-License-Identifier: GPL-3.0-or-later
// Turn-on curves of the emulator: objects put into pile-up, at the thresholds of the published
// curves.
#include "run_parts.h"

#include "l1t/calo_config.h"

#include <math.h>
#include <stdlib.h>

struct kind {
    enum l1t_object object;
    enum l1t_efficiency_object counted;
    enum l1t_truth_kind truth;
    unsigned iso, per_event;
};

// The published tau curve is that of isolated taus.
static const struct kind kinds[L1T_RUN_TURN_ONS] = {
    {L1T_EGAMMA, L1T_EFFICIENCY_EGAMMA, L1T_TRUTH_ELECTRON, 0, 4},
    {L1T_TAU, L1T_EFFICIENCY_TAU, L1T_TRUTH_TAU, 1, 4},
    {L1T_JET, L1T_EFFICIENCY_JET, L1T_TRUTH_JET, 0, 3}};

struct work {
    struct l1t_calo_setup setup;
    struct l1t_efficiency_counts counts;
};

struct reporter {
    const struct l1t_run_options *options;
    unsigned kind;
};

static void report(void *user, double done, double total)
{
    const struct reporter *r = user;
    if (r->options->progress != NULL)
        r->options->progress(r->options->user, "turn-on curves", r->kind + done / total,
                             L1T_RUN_TURN_ONS);
}

// Objects of one kind, flat in pt from a quarter of the threshold to four times it, in pile-up and
// nothing else.
static void choose_events(const struct kind *kind, double threshold,
                          struct l1t_tower_gen_params *params)
{
    params->corners = 0;
    params->jets = 0;
    for (int k = 0; k < L1T_INJECTED; k++)
        params->inject[k].per_event = 0;
    struct l1t_inject *inject = &params->inject[kind->truth];
    inject->per_event = kind->per_event;
    inject->slope = 0;
    inject->pt_min_gev = fmax(0.5, threshold / 4);
    inject->pt_max_gev = fmin(1000, threshold * 4);
}

static void keep(const struct l1t_efficiency_counts *counts, struct l1t_run_turn_on *to)
{
    to->truth = counts->truth;
    to->matched = counts->matched;
    l1t_turn_on_make(&to->spec, counts, 0, &to->curve);
    for (unsigned pt = 0; pt < L1T_RESPONSE_PT_BINS; pt++) {
        struct l1t_response *r = &to->response[to->n_response];
        if (l1t_response_make(&to->spec, counts, pt, L1T_RESPONSE_ETA_BINS, r) && r->n > 1)
            to->n_response++;
    }
}

static enum l1t_err measure(struct l1t_run *run, const struct kind *kind, struct work *work,
                            const struct l1t_run_options *options, struct l1t_diag *diag)
{
    struct l1t_run_turn_on *to = &run->turn_on[run->n_turn_ons];
    const double threshold = run->object[kind->object].threshold_gev;
    struct reporter reporter = {options, (unsigned)run->n_turn_ons};
    struct l1t_tower_gen *gen = NULL;
    choose_events(kind, threshold, &work->setup.generator);
    to->object = kind->object;
    to->spec = (struct l1t_efficiency_spec){
        .object = kind->counted,
        .n_thresholds = 1,
        .threshold_gev = {round(2 * threshold) / 2},
        .iso = kind->iso,
        .eta_max = work->setup.generator.inject[kind->truth].eta_max,
    };
    enum l1t_err err =
        l1t_tower_gen_new(&work->setup.generator, (uint64_t)run->study.seed, &gen, diag);
    if (err != L1T_OK)
        return err;
    const struct l1t_efficiency_source source = {.generator = gen,
                                                 .n = (uint64_t)run->study.efficiency.events};
    err = l1t_efficiency_run(&to->spec, &work->setup.model, &source, options->threads, report,
                             &reporter, &work->counts, diag);
    l1t_tower_gen_free(gen);
    if (err != L1T_OK)
        return l1t_fail_at(diag, err, "turn-on curve of %s", l1t_efficiency_names[kind->counted]);
    keep(&work->counts, to);
    run->n_turn_ons++;
    return L1T_OK;
}

enum l1t_err l1t_run_measure(struct l1t_run *run, const struct l1t_run_options *options,
                             struct l1t_diag *diag)
{
    struct work *work = calloc(1, sizeof *work);
    if (work == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    enum l1t_err err = l1t_calo_setup_load(run->study.efficiency.config, NULL, &work->setup, diag);
    if (err == L1T_OK)
        l1t_run_note_twin(run, "efficiency", work->setup.digest);
    for (size_t i = 0; i < L1T_RUN_TURN_ONS && err == L1T_OK; i++)
        err = measure(run, &kinds[i], work, options, diag);
    free(work);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The crossing that the report shows: generated, with objects put in, and emulated.
#include "run_parts.h"

#include "l1t/calo_config.h"

#include <stdlib.h>

static enum l1t_err emulate(struct l1t_run *run, struct l1t_calo_setup *setup,
                            struct l1t_diag *diag)
{
    struct l1t_run_event *event = &run->event;
    struct l1t_tower_gen *gen = NULL;
    setup->generator.corners = 0; // an event of the kind that nature makes
    for (int k = 0; k < L1T_INJECTED; k++)
        setup->generator.inject[k].per_event = (double)run->study.event.inject[k];
    const enum l1t_err err =
        l1t_tower_gen_new(&setup->generator, (uint64_t)run->study.seed, &gen, diag);
    if (err != L1T_OK)
        return err;
    event->n_truth = l1t_tower_gen_event_truth(gen, (uint64_t)run->study.event.number,
                                               event->towers, event->truth);
    l1t_calo(&setup->model, event->towers, event->answer);
    l1t_tower_gen_free(gen);
    return L1T_OK;
}

enum l1t_err l1t_run_make_event(struct l1t_run *run, struct l1t_diag *diag)
{
    struct l1t_calo_setup *setup = calloc(1, sizeof *setup);
    run->event.towers = calloc(1, sizeof *run->event.towers);
    run->event.answer = calloc(1, sizeof *run->event.answer);
    enum l1t_err err = L1T_OK;
    if (setup == NULL || run->event.towers == NULL || run->event.answer == NULL)
        err = l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    if (err == L1T_OK)
        err = l1t_calo_setup_load(run->study.event.config, NULL, setup, diag);
    if (err == L1T_OK) {
        l1t_run_note_twin(run, "event", setup->digest);
        err = emulate(run, setup, diag);
    }
    free(setup);
    return err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// What the global trigger's menu costs: the study's `rates:` on its samples.
#include "run_parts.h"

#include "l1t/rates.h"

#include <stdlib.h>

struct l1t_run_costs {
    struct l1t_rate_study study;
    struct l1t_rates rates;
};

enum l1t_err l1t_run_cost(struct l1t_run *run, const struct l1t_run_options *options,
                          struct l1t_diag *diag)
{
    struct l1t_run_costs *work = calloc(1, sizeof *work);
    if (work == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    run->cost_work = work;
    enum l1t_err err = l1t_rate_study_bind(&work->study, &run->study, diag);
    if (err != L1T_OK || !work->study.rates.on)
        return err;
    const struct l1t_rates_options how = {.threads = options->threads,
                                          .overlap = true,
                                          .progress = options->progress,
                                          .user = options->user};
    err = l1t_rates_compute(&work->study, &how, &work->rates, diag);
    if (err != L1T_OK)
        return err;
    run->costs = &work->rates;
    l1t_run_note_config(run, "menu costs", run->study.path, work->rates.config);
    return L1T_OK;
}

void l1t_run_cost_free(struct l1t_run *run)
{
    if (run->cost_work == NULL)
        return;
    l1t_rates_free(&run->cost_work->rates);
    l1t_rate_study_free(&run->cost_work->study);
    free(run->cost_work);
    run->cost_work = NULL;
    run->costs = NULL;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// What the global trigger's menu costs: the study's rates, scans and budget on its samples.
#include "run_parts.h"

#include "l1t/rates.h"
#include "rate/budget_setup.h"
#include "rate/scan_study.h"

#include <stdlib.h>

struct l1t_run_costs {
    struct l1t_rate_study study;
    struct l1t_rates rates;
    struct l1t_study_opened opened; // for scans and budget
    struct l1t_digest *digest;
    struct l1t_scans scans;
    struct l1t_budget_setup setup;
    struct l1t_budget_found found;
};

static enum l1t_err scan_all(struct l1t_run *run, unsigned threads, struct l1t_diag *diag)
{
    struct l1t_scans *scans = &run->cost_work->scans;
    const struct l1t_rate_study *study = &run->cost_work->study;
    enum l1t_err err = L1T_OK;
    scans->opened = &run->cost_work->opened;
    for (size_t i = 0; err == L1T_OK && i < study->n_scans; i++)
        err = l1t_scans_ask(scans, &scans->opened->rate.scan[i], diag);
    if (err == L1T_OK)
        err = l1t_scans_run(scans, threads, diag);
    if (err == L1T_OK)
        run->scans = scans;
    return err;
}

// A budget that nothing meets is an answer too, of another kind: the run stops with it.
static enum l1t_err find_budget(struct l1t_run *run, unsigned threads, struct l1t_diag *diag)
{
    struct l1t_run_costs *work = run->cost_work;
    char *text = NULL;
    size_t size = 0;
    work->found.setup = &work->setup;
    enum l1t_err err = l1t_budget_setup_make(&work->setup, &work->opened, threads, diag);
    if (err == L1T_OK)
        err = l1t_budget_find(&work->found, "the budget's menu", &text, &size, diag);
    free(text);
    if (err == L1T_OK)
        run->budget = &work->found;
    return err == L1T_E_NOSOLUTION ? l1t_fail_at(diag, err, "%s", run->study.path) : err;
}

static enum l1t_err open_study(struct l1t_run *run, unsigned threads, struct l1t_diag *diag)
{
    struct l1t_run_costs *work = run->cost_work;
    work->digest = l1t_digest_new();
    if (work->digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    return l1t_study_opened_load(&work->opened, run->study.path, &run->study.seed, threads,
                                 work->digest, diag);
}

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
    if (work->study.n_scans > 0 || work->study.budget.on)
        err = open_study(run, options->threads, diag);
    if (err == L1T_OK && work->study.n_scans > 0)
        err = scan_all(run, options->threads, diag);
    if (err == L1T_OK && work->study.budget.on)
        err = find_budget(run, options->threads, diag);
    return err;
}

void l1t_run_cost_free(struct l1t_run *run)
{
    struct l1t_run_costs *work = run->cost_work;
    if (work == NULL)
        return;
    l1t_budget_found_free(&work->found);
    l1t_budget_setup_free(&work->setup);
    l1t_scans_close(&work->scans);
    l1t_study_opened_close(&work->opened);
    l1t_digest_free(work->digest);
    l1t_rates_free(&work->rates);
    l1t_rate_study_free(&work->study);
    free(work);
    run->cost_work = NULL;
    run->costs = NULL;
    run->scans = NULL;
    run->budget = NULL;
}

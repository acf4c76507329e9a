// SPDX-License-Identifier: GPL-3.0-or-later
// The menu's rates: the study's budget goes into the menu, crossings are generated and counted.
#include "run_parts.h"

static void forward(void *user, double done, double total)
{
    const struct l1t_run_options *options = user;
    if (options->progress != NULL)
        options->progress(options->user, "rates", done, total);
}

enum l1t_err l1t_run_predict(struct l1t_run *run, const struct l1t_run_options *options,
                             struct l1t_diag *diag)
{
    const uint64_t crossings = (uint64_t)run->study.events;
    struct l1t_run_options copy = *options; // the callback's user is not const
    const struct l1t_predict_progress progress = {forward, &copy};
    forward(&copy, 0, (double)crossings);
    if (run->study.budget_hz > 0)
        run->menu.budget_khz = run->study.budget_hz / 1e3;
    enum l1t_err err = l1t_menu_check(&run->menu, &run->processes, diag);
    if (err == L1T_OK)
        err = l1t_predict(&run->menu, &run->processes, (uint64_t)run->study.seed, crossings,
                          options->threads, &progress, &run->prediction, diag);
    return err;
}

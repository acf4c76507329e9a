// SPDX-License-Identifier: GPL-3.0-or-later
// The co-simulation of a study: generated events through both twins, every stage compared.
#include "run_parts.h"

#include "l1t/io.h"
#include "l1t/lut_set.h"
#include "l1t/table.h"

#include <stdio.h>
#include <string.h>

struct reporter {
    const struct l1t_run_options *options;
    double total;
};

static void report_progress(void *user, uint64_t done)
{
    const struct reporter *reporter = user;
    if (reporter->options->progress != NULL)
        reporter->options->progress(reporter->options->user, "co-simulation", (double)done,
                                    reporter->total);
}

static enum l1t_err find_twin(struct l1t_run *run, const struct l1t_run_options *options,
                              const struct l1t_dut_ops **dut, struct l1t_diag *diag)
{
    const char *name = run->study.cosim.twin;
    const struct l1t_node *section = l1t_node_get(l1t_yaml_root(run->study.yaml), "cosim");
    run->cosim.twin = l1t_twin_find(name);
    *dut = options->duts != NULL ? l1t_dut_find(options->duts, name) : NULL;
    if (run->cosim.twin == NULL || *dut == NULL) {
        (void)l1t_yaml_fail(run->study.yaml, l1t_node_get(section, "twin"), diag,
                            "'%s' has no %s in this program", name,
                            run->cosim.twin == NULL ? "C model" : "Verilated RTL");
        return L1T_E_INPUT;
    }
    run->cosim.simulator = (*dut)->simulator;
    return L1T_OK;
}

// What the report's commands need besides the events.
static void name_config(const char *config, char *more, size_t size)
{
    *more = '\0';
    if (config != NULL) {
        char word[4096];
        snprintf(more, size, " --config %s", l1t_shell_word(config, word, sizeof word));
    }
}

// A difference is a result, not a failure to run: the report still is written, the caller looks.
enum l1t_err l1t_run_cosimulate(struct l1t_run *run, const struct l1t_run_options *options,
                                struct l1t_diag *diag)
{
    const struct l1t_dut_ops *dut = NULL;
    void *config = NULL;
    char mem_dir[4096];
    char reproducer[4096];
    char more[4200];
    enum l1t_err err = find_twin(run, options, &dut, diag);
    if (err != L1T_OK)
        return err;
    snprintf(mem_dir, sizeof mem_dir, "%s/mem", options->work_dir);
    snprintf(reproducer, sizeof reproducer, "%s/difference.txt", options->work_dir);
    err = run->cosim.twin->config_load(run->study.cosim.config, NULL, &config, diag);
    if (err != L1T_OK)
        return err;
    char digest[65];
    run->cosim.twin->config_digest(config, digest);
    l1t_run_note_twin(run, run->study.cosim.twin, digest);
    size_t n_luts = 0;
    if (run->cosim.twin->config_luts != NULL) {
        const struct l1t_lut_note *luts = run->cosim.twin->config_luts(config, &n_luts);
        l1t_run_note_luts(run, luts, n_luts);
    }
    struct reporter reporter = {options, (double)run->study.cosim.events};
    struct l1t_cosim_options wanted;
    l1t_cosim_defaults(&wanted);
    wanted.events = "generator";
    wanted.n = (uint64_t)run->study.cosim.events;
    wanted.seed = (uint64_t)run->study.seed;
    wanted.gaps = run->study.cosim.gaps;
    if (run->study.cosim.resets > 0)
        wanted.reset_every = (wanted.n - 1) / ((uint64_t)run->study.cosim.resets + 1) + 1;
    run->cosim.reset_every = wanted.reset_every;
    run->cosim.fault = options->fault;
    name_config(run->study.cosim.config, more, sizeof more);
    wanted.more_options = more;
    wanted.keep_going = true;
    wanted.mem_dir = mem_dir;
    wanted.reproducer = reproducer;
    wanted.fault = options->fault;
    wanted.progress = report_progress;
    wanted.progress_user = &reporter;
    err = l1t_make_dir(mem_dir, diag);
    if (err == L1T_OK)
        err = l1t_cosim_run(run->cosim.twin, dut, config, &wanted, &run->cosim.result, diag);
    run->cosim.ran = err == L1T_OK || err == L1T_E_DIFF;
    run->cosim.twin->config_free(config);
    return err == L1T_E_DIFF ? L1T_OK : err;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// What a study reads: spectra with their curves, the menu, and a digest of every file.
#include "run_parts.h"

#include "l1t/lut_set.h"
#include "l1t/provenance.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
// libmd after sys/types.h
#include <sha2.h>

static void set_input(struct l1t_run *run, const char *role, const char *path, const char *sha256)
{
    const char *slash = strrchr(path, '/');
    if (run->n_inputs == L1T_RUN_INPUTS)
        return;
    struct l1t_run_input *input = &run->input[run->n_inputs++];
    snprintf(input->role, sizeof input->role, "%.31s", role);
    snprintf(input->name, sizeof input->name, "%.159s", slash != NULL ? slash + 1 : path);
    snprintf(input->sha256, sizeof input->sha256, "%.64s", sha256);
}

static enum l1t_err add_file(struct l1t_run *run, const char *role, const char *path,
                             struct l1t_diag *diag)
{
    char hex[SHA256_DIGEST_STRING_LENGTH];
    if (SHA256File(path, hex) == NULL)
        return l1t_fail(diag, L1T_E_IO, "%s: %s", path, strerror(errno));
    set_input(run, role, path, hex);
    return L1T_OK;
}

static enum l1t_err add_inputs(struct l1t_run *run, struct l1t_diag *diag)
{
    char role[40];
    enum l1t_err err = add_file(run, "study", run->study.path, diag);
    if (err == L1T_OK)
        err = add_file(run, "spectra", run->study.spectra, diag);
    for (int o = 0; o < L1T_OBJECTS && err == L1T_OK; o++) {
        snprintf(role, sizeof role, "curve of %s", l1t_object_names[o]);
        err = add_file(run, role, run->spectra.object[o].curve_path, diag);
    }
    if (err == L1T_OK)
        err = add_file(run, "menu", run->study.menu, diag);
    return err;
}

// "jet + muon": the objects of a slice.
static void name_outcome(struct l1t_run_outcome *outcome)
{
    static const char *const names[L1T_OBJECTS] = {"jet", "muon", "e/γ", "tau"};
    size_t used = 0;
    for (unsigned o = 0; o < L1T_OBJECTS; o++)
        if ((outcome->objects >> o & 1) != 0)
            used += (size_t)snprintf(outcome->label + used, sizeof outcome->label - used, "%s%s",
                                     used > 0 ? " + " : "", names[o]);
}

static void take_share(struct l1t_run *run)
{
    const struct l1t_spectra *spectra = &run->spectra;
    double sum = 0;
    for (int o = 0; o < L1T_OBJECTS; o++) {
        run->object[o].name = l1t_object_names[o];
        run->object[o].curve = &spectra->object[o].curve;
        run->object[o].threshold_gev = spectra->object[o].threshold_gev;
        run->object[o].share = spectra->object[o].share;
    }
    for (size_t i = 0; i < spectra->n_outcomes; i++)
        sum += spectra->outcome[i].share;
    run->n_outcomes = spectra->n_outcomes;
    for (size_t i = 0; i < run->n_outcomes; i++) {
        run->outcome[i].share = sum > 0 ? spectra->outcome[i].share / sum : 0;
        run->outcome[i].objects = spectra->outcome[i].objects;
        name_outcome(&run->outcome[i]);
    }
}

// Double e/γ, say: loosely isolated pairs are part of all pairs.
static bool is_part(const struct l1t_spectra *spectra, size_t number)
{
    const struct l1t_process_spec *spec = &spectra->process[number].spec;
    for (size_t i = number + 1; i < spectra->n_processes; i++) {
        const struct l1t_process_spec *other = &spectra->process[i].spec;
        bool same = other->n_legs == spec->n_legs && (other->includes >> number & 1) != 0;
        for (size_t k = 0; k < spec->n_legs && same; k++)
            same = other->leg[k].object == spec->leg[k].object;
        if (same)
            return true;
    }
    return false;
}

static void take_laws(struct l1t_run *run)
{
    for (size_t i = 0; i < run->spectra.n_processes; i++) {
        const struct l1t_process_config *process = &run->spectra.process[i];
        if (!process->fitted)
            continue;
        struct l1t_run_law *law = &run->law[run->n_laws++];
        snprintf(law->name, sizeof law->name, "%s", process->spec.name);
        law->object = process->spec.leg[0].object;
        law->n_legs = process->spec.n_legs;
        law->is_part = is_part(&run->spectra, i);
        law->point = process->point;
        law->n = process->n_points;
        law->fit = process->fit;
    }
}

static enum l1t_err load(struct l1t_run *run, struct l1t_digest *digest, struct l1t_diag *diag)
{
    enum l1t_err err = l1t_study_check_run(&run->study, diag);
    if (err == L1T_OK)
        err = l1t_digest_add_file(digest, "study", run->study.path, diag);
    if (err == L1T_OK)
        err = l1t_spectra_load(&run->spectra, run->study.spectra, digest, diag);
    if (err == L1T_OK && (!run->spectra.has_share || !run->spectra.has_physical))
        err = l1t_fail(diag, L1T_E_INPUT, "%s: a study needs both share and physical spectra",
                       run->study.spectra);
    if (err == L1T_OK)
        err = l1t_menu_load(&run->menu, run->study.menu, digest, diag);
    if (err == L1T_OK)
        err = add_inputs(run, diag);
    if (err == L1T_OK)
        err = l1t_spectra_processes(&run->spectra, &run->processes, diag);
    if (err == L1T_OK) {
        take_share(run);
        take_laws(run);
        l1t_digest_hex(digest, run->config);
    }
    return err;
}

enum l1t_err l1t_run_load(struct l1t_run *run, struct l1t_diag *diag)
{
    struct l1t_digest *digest = l1t_digest_new();
    if (digest == NULL)
        return l1t_fail(diag, L1T_E_NOMEM, "out of memory");
    const enum l1t_err err = load(run, digest, diag);
    l1t_digest_free(digest);
    return err;
}

void l1t_run_note_twin(struct l1t_run *run, const char *name, const char *digest)
{
    char role[40];
    snprintf(role, sizeof role, "twin %s with tables", name);
    set_input(run, role, run->study.cosim.config != NULL ? run->study.cosim.config : "built-in",
              digest);
}

enum l1t_err l1t_run_note_file(struct l1t_run *run, const char *role, const char *path,
                               struct l1t_diag *diag)
{
    return add_file(run, role, path, diag);
}

void l1t_run_note_config(struct l1t_run *run, const char *role, const char *path,
                         const char *digest)
{
    set_input(run, role, path, digest);
}

void l1t_run_note_luts(struct l1t_run *run, const struct l1t_lut_note *notes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char role[40];
        snprintf(role, sizeof role, "table %s", notes[i].slot->name);
        set_input(run, role, notes[i].source, notes[i].digest);
    }
}

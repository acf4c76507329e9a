// SPDX-License-Identifier: GPL-3.0-or-later
// Study files.
#include "fuzz.h"
#include "l1t/run.h"

static const char *const seeds[] = {
    "study: run2\ntitle: Run 2\nseed: 20260725\nspectra: ../spectra/run2.yaml\n"
    "menu: ../menus/run2_small.yaml\nevents: 20_000_000\nscores: 10_000\nbudget: 100 kHz\n"
    "cosim:\n  twin: jet\n  config: ../paths/jet.yaml\n  events: 20_000\n  resets: 5\n"
    "  gaps: all\n",
    "study: s\ntitle: t\nseed: 1\nspectra: a.yaml\nmenu: /b.yaml\nevents: 1e6\nbudget: 1 MHz\n",
    NULL};

L1T_FUZZ(study, seeds)
{
    struct l1t_study study;
    struct l1t_diag diag = {""};
    const enum l1t_err err =
        l1t_study_parse(&study, "dir/fuzz.yaml", (const char *)data, size, &diag);
    if (err != L1T_OK)
        return l1t_fuzz_refused(&diag);
    l1t_study_free(&study);
    return 1;
}

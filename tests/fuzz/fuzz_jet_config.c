// SPDX-License-Identifier: GPL-3.0-or-later
// The jet path's configuration; whatever is accepted fits the hardware's tables.
#include "fuzz.h"
#include "l1t/jet_config.h"

#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {
    "seed_threshold: 4 GeV\npile_up: chunky_donut\npt_bins: [0 GeV, 5 GeV, 50 GeV]\n"
    "eta_bins: [1, 15, 29]\ncalibration:\n  knee: 22 GeV\n  power: 1.6\n"
    "  high: [1.05, 1.12, 1.02]\n  low: [0.62, 0.85, 0.3]\n  offset: [1 GeV, 1.5 GeV, 0 GeV]\n"
    "generator:\n  pile_up: 50\n  rings: [1, 29, 40]\n  hits: [0.0045, 0.0055, 0.016]\n"
    "  mean_et: [0.6 GeV, 1.0 GeV, 1.6 GeV]\n  jets: 3\n  jet_threshold: 15 GeV\n"
    "  jet_scale: 25 GeV\n  corners: 25 %\n",
    "seed_threshold: 4 GeV\npile_up: phi_ring\nluts: {pt: a, eta: b, calibration: c}\n"
    "generator:\n  corners: 25 %\n  inject:\n    electron: {per_event: 2, pt: [5 GeV, 100 GeV], "
    "slope: 0.1, eta: 2.5, material: 1.2}\n    tau: {three_prongs: 30 %}\n    jet: {photons: 27 "
    "%}\n",
    NULL};

L1T_FUZZ(jet_config, seeds)
{
    static struct l1t_jet_setup setup;
    struct l1t_diag diag = {""};
    if (l1t_jet_setup_load(l1t_fuzz_file(data, size), NULL, &setup, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    if (strlen(setup.digest) != 64)
        abort();
    return 1;
}

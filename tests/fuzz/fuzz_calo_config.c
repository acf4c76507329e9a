// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration of all calorimeter paths; whatever is accepted fits the hardware's tables. The
// jets' file that the seeds name is a file without a name, open under a known number.
#include "fuzz.h"
#include "l1t/calo_config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char jets[] =
    "seed_threshold: 4 GeV\npile_up: chunky_donut\npt_bins: [0 GeV, 50 GeV]\neta_bins: [1, 29]\n"
    "calibration: {knee: 22 GeV, power: 1.6, high: [1, 1], low: [0, 0], offset: [0 GeV, 0 GeV]}\n";

enum { JETS = 100 };
#define JETS_FILE "/proc/self/fd/100"

static void provide_jets(void)
{
    static FILE *file;
    if (file != NULL)
        return;
    file = tmpfile();
    if (file == NULL || fputs(jets, file) == EOF || fflush(file) != 0 ||
        dup2(fileno(file), JETS) != JETS) {
        perror("jets");
        exit(3);
    }
}

static const char *const seeds[] = {
    "cluster: {seed_threshold: 2 GeV, member_threshold: 1 GeV, hoe_barrel: 3, hoe_endcap: 4}\n"
    "jet: " JETS_FILE "\nsums:\n  jet_threshold: 30 GeV\n"
    "  met_threshold: {rings: [1, 40], offset: [1 GeV, 2 GeV], per_tower: [5 MeV, 9 MeV],\n"
    "                  typical_ntt: 90}\n"
    "egamma:\n  hoe_tower_threshold: 5 GeV\n  no_id_threshold: 128 GeV\n"
    "  compression: {et_edges: [0 GeV, 9.5 GeV], eta_edges: [1, 17], ntt_edges: [0, 80],\n"
    "    shape_classes: [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12, 13, 14, 15],\n"
    "                    [12, 13, 14, 15]]}\n"
    "  trimming:\n    - {ring: 1, far: alone, corners: joined}\n"
    "    - {ring: 20, far: drop, corners: keep}\n"
    "  calibration: {knee: 12 GeV, power: 1.5, high: [1, 1], low: [0.1, 0.2],\n"
    "    shape: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],\n"
    "    electron_from: [0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV,\n"
    "                    0 GeV, 0 GeV, 0 GeV, 0 GeV, 0 GeV, 9 GeV]}\n"
    "  isolation_tight: {offset: 2 GeV, per_tower: [90 MeV, 100 MeV], per_et: 0.05,\n"
    "                    always_from: 60 GeV}\n"
    "  isolation_loose: {offset: 4 GeV, per_tower: [90 MeV, 100 MeV], per_et: 0.1,\n"
    "                    always_from: 40 GeV}\n"
    "tau:\n  compression: {et_edges: [0 GeV, 20 GeV], eta_edges: [1], ntt_edges: [0, 300]}\n"
    "  calibration: {knee: 25 GeV, power: 1.5, high: [1.05], low: [0.3], had: 1.1, merged: 0.9}\n"
    "  isolation: {offset: 3 GeV, per_tower: [90 MeV], per_et: 0, always_from: 70 GeV}\n",
    NULL};

L1T_FUZZ(calo_config, seeds)
{
    static struct l1t_calo_setup setup;
    struct l1t_diag diag = {""};
    provide_jets();
    if (l1t_calo_setup_load(l1t_fuzz_file(data, size), NULL, &setup, &diag) == L1T_OK) {
        if (strlen(setup.digest) != 64)
            abort();
        return 1;
    }
    for (unsigned i = 0; i < L1T_LUT_JET; i++) {
        static uint32_t entry[1 << 13];
        l1t_lut_slot_get(&l1t_calo_luts[i], &setup.model, entry);
        for (size_t k = 0; k < (size_t)1 << l1t_calo_luts[i].address_bits; k++)
            if (entry[k] >> l1t_calo_luts[i].data_bits != 0)
                abort();
    }
    return l1t_fuzz_refused(&diag);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Configuration of the global muon trigger; accepted, it runs on any crossing.
#include "fuzz.h"
#include "l1t/ugmt_config.h"

#include <stdlib.h>
#include <string.h>

#define HEAD   "barrel_word: run3\nbarrel_cancel: run2\nendcap_cancel: addresses\noutput: 2017\n"
#define WINDOW "{radius: 0.1, eta_fine: 1, eta_coarse: 2, phi: 3}"

static struct l1t_ugmt_setup setup;

static const char *const seeds[] = {
    HEAD
    "match_windows:\n  barrel_overlap: " WINDOW "\n  overlap_endcap: " WINDOW "\n  overlap: " WINDOW
    "\n  endcap: " WINDOW "\nrank: {pt: 1, quality: 4}\n"
    "extrapolation:\n  pt_bits: 7\n  phi_shift: 2\n  helix:\n    field: 3.8\n"
    "    coil: {radius: 3.0, z: 5.5}\n    barrel: {radius: 4.9, z: 6.6}\n"
    "    overlap: {radius: 4.9, z: 6.8}\n    endcap: {radius: 7.0, z: 8.3}\n"
    "regions: {eta_width: 0.174, phi_offset: 2 deg}\nisolation: {absolute: 3, relative: 1.5}\n",
    HEAD "extrapolation: {pt_bits: 6, phi_shift: 3, phi_data_bits: 3, in_eta: false}\n"
         "luts: {ugmt_rank: absent.txt}\n",
    HEAD
    "extrapolation: {pt_bits: 7, phi_shift: 2, in_eta: false}\nluts: {ugmt_rank: absent.txt}\n"
    "generator:\n  muons: 2\n  pt: [2 GeV, 60 GeV]\n  slope: 0\n  eta: 2\n  segment: 50 %\n"
    "  barrel: {eta: [0, 1], reach: 0 GeV, border: 0.25 rad, twice: 1, quality: {0: 1, 15: 50 %}}\n"
    "  punch_through: {number: 8, pt: [1 GeV, 1 GeV], error: 100 %}\n  corners: 10 %\n",
    HEAD
    "match_windows:\n  barrel_overlap: " WINDOW "\n  overlap_endcap: " WINDOW "\n  overlap: " WINDOW
    "\n  endcap: " WINDOW "\nrank: {pt: 1, quality: 4}\n"
    "extrapolation:\n  pt_bits: 7\n  phi_shift: 2\n  helix:\n    field: 3.8\n"
    "    coil: {radius: 3.0, z: 5.5}\n    barrel: {radius: 4.9, z: 6.6}\n"
    "    overlap: {radius: 4.9, z: 6.8}\n    endcap: {radius: 7.0, z: 8.3}\n"
    "regions: {eta_width: 0.174, phi_offset: 2 deg}\nisolation: {absolute: 3, relative: 1.5}\n"
    "generator:\n  muons: 8\n  pt: [1 GeV, 1 GeV]\n  mistaken: 1\n"
    "  endcap: {eta: [0, 2.5], reach: 0 GeV, border: 0.25 rad, twice: 1, pt_error: 100 %,\n"
    "    straight_error: 0.1, phi_error: 0.1 rad, eta_error: 0.2, eta_error_coarse: 0.2, fine: 0}\n"
    "  overlap: {eta: [0, 2.5], efficiency: 1, twice: 1}\n  barrel: {eta: [0, 2.5], raise: 0.5}\n",
    NULL};

// Whatever the section "generator" says, its events are those of links.
static void generate(void)
{
    struct l1t_muon_gen *gen = NULL;
    struct l1t_muon_truth truth[L1T_MUON_TRUTH_MAX];
    struct l1t_ugmt_event event;
    struct l1t_diag diag = {""};
    if (l1t_muon_gen_new(&setup.generator, 1, &gen, &diag) != L1T_OK)
        abort(); // what was read is within the generator's limits
    for (uint64_t e = 0; e < 3; e++) {
        if (l1t_muon_gen_event(gen, e, &event, truth) > L1T_MUON_TRUTH_MAX)
            abort();
        for (unsigned i = 0; i < L1T_UGMT_IN; i++)
            if ((event.muon[i] & UINT64_C(0x8000000080000000)) != 0)
                abort();
    }
    l1t_muon_gen_free(gen);
}

L1T_FUZZ(ugmt_config, seeds)
{
    static struct l1t_ugmt_event event;
    static struct l1t_ugmt_result result;
    struct l1t_diag diag = {""};
    if (l1t_ugmt_setup_load(l1t_fuzz_file(data, size), NULL, &setup, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    for (unsigned i = 0; i < L1T_UGMT_IN; i++)
        event.muon[i] = UINT64_C(0x9e3779b97f4a7c15) * (i + 1) | 1;
    l1t_ugmt(&setup.model, &event, &result);
    if (result.n_final > L1T_UGMT_OUT || result.n != L1T_UGMT_IN)
        abort();
    generate();
    return 1;
}

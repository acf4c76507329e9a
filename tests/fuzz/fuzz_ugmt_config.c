// SPDX-License-Identifier: GPL-3.0-or-later
// Configuration of the global muon trigger; accepted, it runs on any crossing.
#include "fuzz.h"
#include "l1t/ugmt_config.h"

#include <stdlib.h>
#include <string.h>

#define HEAD   "barrel_word: run3\nbarrel_cancel: run2\nendcap_cancel: addresses\noutput: 2017\n"
#define WINDOW "{radius: 0.1, eta_fine: 1, eta_coarse: 2, phi: 3}"

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
    NULL};

L1T_FUZZ(ugmt_config, seeds)
{
    static struct l1t_ugmt_setup setup;
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
    return 1;
}

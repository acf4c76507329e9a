// SPDX-License-Identifier: GPL-3.0-or-later
// Spectra, with the fits that reading them makes and the processes they give.
#include "fuzz.h"
#include "l1t/spectra_config.h"

static const char *const seeds[] = {
    "physical:\n"
    "  beam: {luminosity: 2.0e34 cm-2 s-1, bunches: 2544, pileup: 52, revolution: 11245.6 Hz}\n"
    "  processes:\n"
    "    - name: DoubleMu_15_7\n      objects: [muon, muon]\n      thresholds: [15 GeV, 7 GeV]\n"
    "      rate: 0.806 kHz\n      rate_error: 0.360 kHz\n      slopes: [0.0686, 0.0686]\n"
    "    - name: SingleMu\n      objects: [muon]\n      includes: [DoubleMu_15_7]\n      points:\n"
    "        - {threshold: 20 GeV, rate: 7.6303 kHz, counts: 46348}\n"
    "        - {threshold: 21 GeV, rate: 7.1723 kHz, counts: 43566}\n"
    "        - {threshold: 22 GeV, rate: 6.9231 kHz, counts: 42052}\n",
    "physical:\n"
    "  beam: {luminosity: 2.0e34 cm-2 s-1, bunches: 2544, pileup: 52, revolution: 11245.6 Hz}\n"
    "  processes:\n"
    "    - {name: a, objects: [jet], thresholds: [30 GeV], rate: 1 kHz, slopes: [0.05]}\n",
    "share:\n  tail: flat\n  below: clamp\n  objects:\n"
    "    jet: {curve: absent.csv, threshold: 320 GeV, share: 28.2 %}\n"
    "  outcomes:\n    - {share: 100 %, objects: [jet]}\n",
    NULL};

L1T_FUZZ(spectra, seeds)
{
    static struct l1t_spectra spectra;
    static struct l1t_processes processes;
    struct l1t_diag diag = {""};
    if (l1t_spectra_load(&spectra, l1t_fuzz_file(data, size), NULL, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    if (spectra.has_physical) {
        if (l1t_spectra_processes(&spectra, &processes, &diag) == L1T_OK)
            l1t_processes_free(&processes);
        else
            (void)l1t_fuzz_refused(&diag);
    }
    l1t_spectra_free(&spectra);
    return 1;
}

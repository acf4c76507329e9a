// SPDX-License-Identifier: GPL-3.0-or-later
// Trigger menus.
#include "fuzz.h"
#include "l1t/spectra_config.h"

static const char *const seeds[] = {
    "menu: m\nbudget: 100 kHz\nseeds:\n"
    "  - {name: L1_SingleMu22, bit: 0, legs: [{object: muon, threshold: 22 GeV}], prescale: 1,\n"
    "     group: muon}\n"
    "  - name: L1_Mu20_EG10\n    bit: 9\n    legs: [{object: muon, threshold: 20 GeV}, "
    "{object: egamma, threshold: 10 GeV}]\n    prescale: 27.5\n    group: cross\n",
    NULL};

L1T_FUZZ(menu, seeds)
{
    static struct l1t_menu menu;
    struct l1t_diag diag = {""};
    if (l1t_menu_load(&menu, l1t_fuzz_file(data, size), NULL, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    return 1;
}

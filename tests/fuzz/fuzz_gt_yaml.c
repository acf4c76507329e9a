// SPDX-License-Identifier: GPL-3.0-or-later
// Menus of the global trigger in YAML: reading, compiling, and what is written reads again.
#include "fuzz.h"
#include "l1t/gt_yaml.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const seeds[] = {
    "menu: m\ncolumns: [a, b]\nexternals: {X.v0-1: {system: s, cable: 1, channel: 2}, Y: 9}\n"
    "cuts: {MU-ETA_a: [-1.5, 1.5], DR_a: {max: 1.4}, odd: {object: EG, type: ISO, data: '1,3'},\n"
    "       CHGCOR_a: os, MASSDR_a: 2}\n"
    "algorithms:\n"
    "  A: {bit: 3, expression: 'dist{MU3[MU-ETA_a, MU-QLTY_SNGL], MU3-1}[DR_a, CHGCOR_a]',\n"
    "      prescale: [0, 2.5], closed: [1, [4, 9]], labels: [x], cuts: {DR_a: [0, 1]}}\n"
    "  B: {bit: 4, expression: 'NOT (EXT_Y OR EXT_X.v0-1-1) AND EG7p5[odd] XOR CENT3 OR AXO'}\n",
    "menu: m\noverlap: all\nalgorithms:\n  A:\n    bit: 5\n    legs:\n"
    "      a: {object: jet, threshold: 35 GeV, eta: [[-5, -3], [3, 5]], displaced: true}\n"
    "      b: {object: jet, threshold: 30.5 GeV, phi: [5, 1], slice: [0, 3]}\n"
    "      c: {object: tau, threshold: 45 GeV, isolation: isolated}\n"
    "    cross: ['mass(a, b) in 7..18 GeV', no overlap with c in deltaR < 0.2]\n"
    "    and: NOT MU3\n    prescale: {default: 3}\n",
    "menu: m\nalgorithms:\n  A:\n    bit: 5\n    legs:\n"
    "      - {object: muon, threshold: 3 GeV, quality: open, upt: 4, charge: negative, times: 1}\n"
    "      - {object: muon, threshold: 0 GeV, quality: [3], impact: [1], track_finder: endcap}\n"
    "    cross: [opposite sign, 'leg1.deltaR(leg2) < 1.4', 'massUpt(leg1, leg2) < 9 GeV']\n",
    "menu: m\nscales: {scales: s, objects: {MU: {ET: {bits: 9, step: 0.5, range: [-0.5, 255], "
    "bins: [[1, 0, 0.5], [2, 0.5, 1]]}}}, precision: {MU-MU: {Delta: 3, Mass: 1}}}\n"
    "algorithms: {A: {bit: 1, expression: MU0p5}}\n",
    NULL};

static void write_again(const struct l1t_gt_menu *menu)
{
    struct l1t_diag diag = {""};
    struct l1t_gt_menu *again = NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL || l1t_gt_menu_write_yaml(menu, out, &diag) != L1T_OK || fclose(out) != 0)
        abort();
    if (l1t_gt_menu_load_yaml(l1t_fuzz_file((const uint8_t *)text, size), &again, &diag) !=
        L1T_OK) {
        fprintf(stderr, "%s\n%s\n", diag.text, text);
        abort();
    }
    l1t_gt_menu_free(again);
    free(text);
}

L1T_FUZZ(gt_yaml, seeds)
{
    struct l1t_gt_menu *menu = NULL;
    struct l1t_gt_code *code = NULL;
    struct l1t_diag diag = {""};
    if (l1t_gt_menu_load_yaml(l1t_fuzz_file(data, size), &menu, &diag) != L1T_OK)
        return l1t_fuzz_refused(&diag);
    write_again(menu);
    const enum l1t_err err = l1t_gt_compile(menu, &code, &diag);
    l1t_gt_code_free(code);
    l1t_gt_menu_free(menu);
    return err == L1T_OK ? 1 : l1t_fuzz_refused(&diag);
}

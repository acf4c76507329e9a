// SPDX-License-Identifier: GPL-3.0-or-later
// Run settings of the global trigger, put into a menu.
#include "fuzz.h"
#include "l1t/gt_yaml.h"

#include <stdlib.h>

static const char *const seeds[] = {
    "<run-settings><context id=\"uGtProcessor\"><param id=\"prescales\" type=\"table\">"
    "<columns>algo/prescale-index,0,1</columns><types>string,double,double</types><rows>"
    "<row>L1_A, 2, 1.5</row><row>4,0,100</row></rows></param>"
    "<param id=\"finorMask\" type=\"table\"><columns>algo,mask</columns><rows><row>all,1</row>"
    "<row>L1_B,0</row></rows></param></context></run-settings>",
    "<r><param id=\"vetoMask\" type=\"table\" delimiter=\"|\"><columns>algo|veto</columns>"
    "<row>L1_A|1</row></param><param id=\"algorithmBxMask\" type=\"table\">"
    "<columns>algo,range,mask</columns><row>all,all,1</row><row>L1_A,3-99,0</row>"
    "<row>L1_A,50,1</row></param></r>",
    "<r><param id=\"algorithmBxMask\" type=\"table\"><columns>bx/algo,1,L1_B</columns>"
    "<row>0,0,1</row><row>3563,1,0</row></param></r>",
    NULL};

// The menu that settings are for.
static struct l1t_gt_menu *menu(void)
{
    static const char text[] = "menu: m\ncolumns: [x]\nalgorithms:\n"
                               "  L1_A: {bit: 1, expression: MU3, closed: [7]}\n"
                               "  L1_B: {bit: 4, expression: EG5, prescale: 3}\n";
    struct l1t_gt_menu *made = NULL;
    struct l1t_diag diag = {""};
    const char *path = l1t_fuzz_file((const uint8_t *)text, sizeof text - 1);
    if (l1t_gt_menu_load_yaml(path, &made, &diag) != L1T_OK)
        abort();
    return made;
}

// What settings make of a menu is a menu still.
static void check(const struct l1t_gt_menu *changed)
{
    struct l1t_diag diag = {""};
    struct l1t_gt_menu *again = NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL || l1t_gt_menu_write_yaml(changed, out, &diag) != L1T_OK || fclose(out) != 0)
        abort();
    const char *path = l1t_fuzz_file((const uint8_t *)text, size);
    if (l1t_gt_menu_load_yaml(path, &again, &diag) != L1T_OK || again->n != 2)
        abort();
    l1t_gt_menu_free(again);
    free(text);
}

L1T_FUZZ(gt_settings, seeds)
{
    struct l1t_diag diag = {""};
    struct l1t_gt_menu *const made = menu();
    const enum l1t_err err = l1t_gt_settings_apply(l1t_fuzz_file(data, size), made, &diag);
    if (err == L1T_OK)
        check(made);
    l1t_gt_menu_free(made);
    return err == L1T_OK ? 1 : l1t_fuzz_refused(&diag);
}

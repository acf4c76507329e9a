// SPDX-License-Identifier: GPL-3.0-or-later
#include "gt_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The double after 1.4 is what the CMS editor writes.
const struct gt_cut gt_build_cuts[] = {
    {"MU-QLTY_OPEN", "MU", "QLTY", 0, 0, "4,5,6,7,8,9,10,11,12,13,14,15"},
    {"MU-QLTY_SNGL", "MU", "QLTY", 0, 0, "12,13, 14 ,15"},
    {"MU-ETA_BMTF", "MU", "ETA", -0.8, 0.8, NULL},
    {"MU-ETA_2p1", "MU", "ETA", -2.1043125, 2.1043125, NULL},
    {"MU-ETA_SWAPPED", "MU", "ETA", 1.2, -1.2, NULL},
    {"EG-ETA_2p13", "EG", "ETA", -2.1315, 2.1315, NULL},
    {"MU-PHI_TOP", "MU", "PHI", 0, 3.1415926535897931, NULL},
    {"MU-PHI_WRAP", "MU", "PHI", 5.7595865315812871, 0.52359877559829882, NULL},
    {"ETM-PHI_x", "ETM", "PHI", 0, 3.1415926535897931, NULL},
    {"MU-INDEX_1", "MU", "INDEX", 36, 71, NULL},
    {"MU-INDEX_2", "MU", "INDEX", 0, 17, NULL},
    {"EG-ISO_0xA", "EG", "ISO", 0, 0, "1,3"},
    {"MU-IP_123", "MU", "IP", 0, 0, "1,2,3"},
    {"MU-UPT_10", "MU", "UPT", 10, 255, NULL},
    {"MU-CHG_POS", "MU", "CHG", 0, 0, "positive"},
    {"MU-CHG_NEG", "MU", "CHG", 0, 0, "neg"},
    {"JET-DISP_1", "JET", "DISP", 0, 0, "1"},
    {"JET-DISP_0", "JET", "DISP", 0, 0, "0"},
    {"MU-SLICE_0_3", "MU", "SLICE", 0, 3, NULL},
    {"MBT0HFP-COUNT_3", "MBT0HFP", "COUNT", 3, 0, NULL},
    {"CICADA-CSCORE_113", "CICADA", "CSCORE", 113.5, 0, NULL},
    {"AXO-SCORE_1", "AXO", "SCORE", 389, 0, NULL},
    {"DETA_MAX_1p8", "DETA", "DETA", 0, 1.8, NULL},
    {"DPHI_2p618", "DPHI", "DPHI", 2.618, 3.142, NULL},
    {"DR_1p4", "DR", "DR", 0, 1.4 + 0x1p-52, NULL},
    {"DR_0p5", "DR", "DR", 0, 0.5, NULL},
    {"MASS_7to18", "MASS", "MASS", 7, 18, NULL},
    {"MASS_MIN_620", "MASS", "MASS", 620, 14000, NULL},
    {"MASSUPT_1", "MASSUPT", "MASSUPT", 1, 18, NULL},
    {"MASSDR_0p6", "MASSDR", "MASSDR", 0.6, 0, NULL},
    {"TBPT_25", "TBPT", "TBPT", 25, 0, NULL},
    {"CHGCOR_OS", "CHGCOR", "CHGCOR", 0, 0, "os"},
    {"CHGCOR_LS", "CHGCOR", "CHGCOR", 0, 0, "ls"},
    {"ORMDR_0p2", "ORMDR", "ORMDR", 0, 0.2, NULL},
    {"ORMDETA_0p3", "ORMDETA", "ORMDETA", 0, 0.3, NULL},
    // what is wrong in itself
    {"BAD-QLTY", "MU", "QLTY", 0, 0, "12,16"},
    {"BAD-ISO", "EG", "ISO", 0, 0, "1;2"},
    {"BAD-IP", "MU", "IP", 0, 0, ""},
    {"BAD-CHG", "MU", "CHG", 0, 0, "plus"},
    {"BAD-DISP", "JET", "DISP", 0, 0, "2"},
    {"BAD-ETA", "MU", "ETA", -2.5, 2.5, NULL},
    {"BAD-INDEX", "MU", "INDEX", 20, 10, NULL},
    {"BAD-INDEX2", "MU", "INDEX", 0.5, 10, NULL},
    {"BAD-SLICE", "MU", "SLICE", 0, 8, NULL},
    {"BAD-UPT", "MU", "UPT", 10, 256, NULL},
    {"BAD-CHGCOR", "CHGCOR", "CHGCOR", 0, 0, "xx"},
    {"BAD-CSCORE", "CICADA", "CSCORE", 256, 0, NULL},
    {NULL, NULL, NULL, 0, 0, NULL}};

static void *memory(void *got)
{
    if (got == NULL) {
        perror("gt_build");
        exit(3);
    }
    return got;
}

static char *copy(const char *text)
{
    char *const to = memory(malloc(strlen(text) + 1));
    return memcpy(to, text, strlen(text) + 1);
}

struct l1t_gt_menu *gt_build_menu(void)
{
    struct l1t_gt_menu *const menu = memory(calloc(1, sizeof *menu));
    menu->path = copy("f.xml");
    menu->external = memory(calloc(2, sizeof *menu->external));
    menu->n_externals = 2;
    menu->external[0] = (struct l1t_gt_external){copy("BPTX_plus_AND_minus.v0"), copy("BPTX"), 9};
    menu->external[1] = (struct l1t_gt_external){copy("ZeroBias"), copy(""), 70};
    if (l1t_gt_scales_default(&menu->scales, NULL) != L1T_OK)
        (void)memory(NULL);
    return menu;
}

enum l1t_err gt_build_add(struct l1t_gt_menu *menu, unsigned bit, const char *expression,
                          const struct gt_cut *cuts, struct l1t_diag *diag)
{
    char name[32];
    size_t n = 0;
    (void)snprintf(name, sizeof name, "L1_%u", bit);
    menu->algorithm = memory(realloc(menu->algorithm, (menu->n + 1) * sizeof *menu->algorithm));
    struct l1t_gt_algorithm_def *const a = &menu->algorithm[menu->n++];
    memset(a, 0, sizeof *a);
    a->name = copy(name);
    a->bit = bit;
    a->expression = copy(expression);
    a->expression_place = (struct l1t_gt_place){3, 5};
    while (cuts != NULL && cuts[n].name != NULL)
        n++;
    a->cut = memory(calloc(n + 1, sizeof *a->cut));
    a->n_cuts = n;
    for (size_t i = 0; i < n; i++) {
        struct l1t_gt_cut_def *const cut = &a->cut[i];
        cut->name = copy(cuts[i].name);
        cut->object = copy(cuts[i].object);
        cut->data = copy(cuts[i].data != NULL ? cuts[i].data : "");
        cut->minimum = cuts[i].minimum;
        cut->maximum = cuts[i].maximum;
        if (!l1t_gt_cut_type_find(cuts[i].type, &cut->type))
            (void)memory(NULL);
    }
    return l1t_gt_parse(menu, a, diag);
}

enum l1t_err gt_build_code(const char *expression, const struct gt_cut *cuts,
                           struct l1t_gt_code **code, struct l1t_diag *diag)
{
    struct l1t_gt_menu *const menu = gt_build_menu();
    *code = NULL;
    enum l1t_err err = gt_build_add(menu, 0, expression, cuts, diag);
    if (err == L1T_OK)
        err = l1t_gt_compile(menu, code, diag);
    l1t_gt_menu_free(menu);
    return err;
}

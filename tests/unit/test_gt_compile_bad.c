// SPDX-License-Identifier: GPL-3.0-or-later
// Menus that the compiler must refuse, word for word.
#include "gt_build.h"
#include "l1t_test.h"

static struct l1t_diag diag;

// ---- what must be refused; after "f.xml:3:5: L1_0: " ----

static const struct {
    const char *text, *message;
} bad[] = {
    // objects
    {"EG255", "EG: 255 is outside of the scale EG-ET, 0 to 255"},
    {"MBT0HFP1p5", "MBT0HFP: 1.5; expected an integer of 0 to 15"},
    {"MBT0HFP16", "MBT0HFP: 16; expected an integer of 0 to 15"},
    {"TOWERCOUNT4096", "TOWERCOUNT: 4096; expected an integer of 0 to 4095"},
    {"ZDCP1024", "ZDCP: 1024; expected an integer of 0 to 1023"},
    {"ASYMET256", "ASYMET: 256; expected an integer of 0 to 255"},
    {"CICADA", "CICADA without a cut of type CSCORE"},
    {"CICADA[BAD-CSCORE]", "cut 'BAD-CSCORE': 256; expected a score of 0 to 255.99"},
    {"EG3[MU-QLTY_OPEN]", "cut 'MU-QLTY_OPEN' of type QLTY is not for EG"},
    {"TAU3[EG-ETA_2p13]", "cut 'EG-ETA_2p13' is for EG, not for TAU"},
    {"ETM3[EG-ETA_2p13]", "cut 'EG-ETA_2p13' of type ETA is not for ETM"},
    {"EG3[JET-DISP_1]", "cut 'JET-DISP_1' of type DISP is not for EG"},
    {"MU3[DR_1p4]", "cut 'DR_1p4' of type DR is not for MU"},
    {"MU3[AXO-SCORE_1]", "cut 'AXO-SCORE_1' of type SCORE is not for MU"},
    {"MU3[MU-QLTY_OPEN, MU-QLTY_SNGL]",
     "MU has two cuts of type QLTY, 'MU-QLTY_OPEN' and 'MU-QLTY_SNGL'"},
    {"MU3[BAD-QLTY]", "cut 'BAD-QLTY': '12,16'; expected codes of 0 to 15 with commas"},
    {"EG3[BAD-ISO]", "cut 'BAD-ISO': '1;2'; expected codes of 0 to 3 with commas"},
    {"MU3[BAD-IP]", "cut 'BAD-IP': ''; expected codes of 0 to 3 with commas"},
    {"MU3[BAD-CHG]", "cut 'BAD-CHG': 'plus'; expected positive or negative"},
    {"JET3[BAD-DISP]", "cut 'BAD-DISP': '2'; expected 0 or 1"},
    {"MU3[BAD-ETA]", "BAD-ETA: -2.5 is outside of the scale MU-ETA, -2.45 to 2.45"},
    {"MU3[BAD-INDEX]", "cut 'BAD-INDEX': minimum 20 above maximum 10"},
    {"MU3[BAD-INDEX2]", "BAD-INDEX2: 0.5; expected an integer of 0 to 127"},
    {"MU3[BAD-SLICE]", "BAD-SLICE: 8; expected an integer of 0 to 7"},
    {"MU3[BAD-UPT]", "BAD-UPT: 256 is outside of the scale MU-UPT, -1 to 255"},
    {"EXT_ZeroBias[MU-QLTY_OPEN]", "cut 'MU-QLTY_OPEN' has no place on EXT_ZeroBias"},
    {"CENT1[MU-QLTY_OPEN]", "cut 'MU-QLTY_OPEN' has no place on CENT1"},
    // functions
    {"comb{MU3, EG3}", "comb: objects of one type and bunch crossing expected"},
    {"comb{MU3, MU3+1}", "comb: objects of one type and bunch crossing expected"},
    {"comb{MU3, MU3, MU3, MU3, MU3}", "comb of 5 objects; more than 4 only of EG, TAU, JET"},
    {"comb{ETM3, ETM3}", "comb of 2 objects; there is 1"},
    {"comb{JET3, JET3, JET3, JET3, JET4}",
     "comb of more than 4 objects: one threshold and no cuts expected"},
    {"comb{MU3}[CHGCOR_OS]", "a charge correlation of one muon"},
    {"comb{EG3, EG3}[CHGCOR_OS]", "cut 'CHGCOR_OS' of type CHGCOR is between muons, not EG and EG"},
    {"comb{MU3, MU3}[DR_1p4]", "cut 'DR_1p4' of type DR has no place in comb"},
    {"comb{MU3, MU3, MU3}[TBPT_25]", "a cut of type TBPT is between 2 objects, not 3"},
    {"dist{MU3}[DR_1p4]", "dist of 1 objects; expected 2 to 2"},
    {"dist{MU3, MU3}", "dist without its cut between the objects"},
    {"dist{MU3, MU3}[DR_1p4, DR_0p5]", "a second cut of type DR between the objects, 'DR_0p5'"},
    {"dist{MU3, MU3}[MASS_7to18]", "cut 'MASS_7to18' of type MASS has no place in dist"},
    {"dist{MU3, MU3}[MU-QLTY_OPEN]", "cut 'MU-QLTY_OPEN' of type QLTY has no place in dist"},
    {"dist{MU3, MU3}[BAD-CHGCOR]",
     "cut 'BAD-CHGCOR': 'xx'; expected ls (like sign) or os (opposite sign)"},
    {"dist{MU3, ETM3}[DR_1p4]", "cut 'DR_1p4' of type DR: ETM has no eta"},
    {"dist{HTT3, MU3}[DPHI_2p618]", "cut 'DPHI_2p618': HTT has no direction"},
    {"mass_inv{MU3, MU3}[DR_1p4]", "mass_inv without its cut of type MASS"},
    {"mass_inv{MU3, ETM3}[MASS_7to18]", "cut 'MASS_7to18' of type MASS: ETM has no eta"},
    {"mass_trv{MU3, HTT3}[MASS_7to18]", "cut 'MASS_7to18': HTT has no direction"},
    {"mass_inv_upt{MU3, MU3}[MASS_7to18]",
     "cut 'MASS_7to18' of type MASS has no place in mass_inv_upt"},
    {"mass_inv_upt{EG3, EG3}[MASSUPT_1]",
     "cut 'MASSUPT_1' of type MASSUPT is between muons, not EG and EG"},
    {"mass_inv_dr{EG3, JET3}[MASSDR_0p6]",
     "mass_inv_dr: objects of one type and bunch crossing expected"},
    {"mass_inv_3{MU3, MU3}[MASS_7to18]", "mass_inv_3 of 2 objects; expected 3 to 3"},
    {"mass_inv_3{MU3, MU3, MU3}[MASS_7to18, DR_1p4]",
     "cut 'DR_1p4' of type DR has no place in mass_inv_3"},
    {"comb_orm{TAU3, TAU3, JET3}", "comb_orm without its cut of type ORMDETA, ORMDPHI or ORMDR"},
    {"comb_orm{MU3, MU3, JET3}[ORMDR_0p2]",
     "comb_orm: overlap removal is for EG, TAU and JET only, not for MU"},
    {"comb_orm{TAU3, EG3, JET3}[ORMDR_0p2]",
     "comb_orm: objects of one type and bunch crossing expected"},
    {"mass_inv_orm{TAU3, EG3, JET3}[ORMDR_0p2]", "mass_inv_orm without its cut of type MASS"},
    {"dist{MU3, MU3}[ORMDR_0p2]", "cut 'ORMDR_0p2' of type ORMDR has no place in dist"},
    {"MU3 AND dist{MU3, MU3}", "dist without its cut between the objects"},
};

static void refuses(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char expected[300];
        struct l1t_gt_code *code = NULL;
        const bool second = strncmp(bad[i].text, "MU3 AND ", 8) == 0;
        (void)snprintf(expected, sizeof expected, "f.xml:3:%d: L1_0: %s", second ? 13 : 5,
                       bad[i].message);
        diag.text[0] = '\0';
        const enum l1t_err err = gt_build_code(bad[i].text, gt_build_cuts, &code, &diag);
        L1T_CHECK(err == L1T_E_INPUT && code == NULL && strcmp(diag.text, expected) == 0,
                  "'%s': \"%s\", expected \"%s\"", bad[i].text, diag.text, expected);
        l1t_gt_code_free(code);
    }
}

// A menu whose scales or precisions are not the hardware's cannot be evaluated.
static void refuses_other_scales(void)
{
    static const struct {
        const char *object, *type;
        double step;
        unsigned n_bits;
        const char *message;
    } cases[] = {
        {"JET", "ETA", 0.087, 8,
         "f.xml: scale JET-ETA: step 0.087; expected the hardware's 0.0435"},
        {"MU", "ET", 1, 9, "f.xml: scale MU-ET: step 1; expected the hardware's 0.5"},
        {"MU", "ET", NAN, 9, "f.xml: scale MU-ET: step nan; expected the hardware's 0.5"},
        {"PRECISION", "MU-MU-Math", 0, 5,
         "f.xml: precision MU-MU-Math: 5 decimal digits; expected 0 to 4"},
        {"PRECISION", "EG-EG-Math", 0, 2,
         "f.xml: precision EG-JET-Math: 3 decimal digits, but 2 in another pair of the same kind; "
         "they share their tables"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_gt_menu *const menu = gt_build_menu();
        struct l1t_gt_code *code = NULL;
        L1T_ASSERT_OK(gt_build_add(menu, 0, "MU3", gt_build_cuts, &diag), diag);
        for (size_t k = 0; k < menu->scales.n; k++) {
            struct l1t_gt_scale *const scale = &menu->scales.scale[k];
            if (strcmp(scale->object, cases[i].object) == 0 &&
                strcmp(scale->type, cases[i].type) == 0) {
                scale->step = cases[i].step;
                scale->n_bits = cases[i].n_bits;
            }
        }
        CU_ASSERT(l1t_gt_compile(menu, &code, &diag) == L1T_E_INPUT);
        L1T_ASSERT_DIAG(diag, cases[i].message);
        CU_ASSERT_PTR_NULL(code);
        l1t_gt_menu_free(menu);
    }
}

// The deepest stack of the postfix form is known before anything runs.
static void refuses_a_deep_stack(void)
{
    char text[4096] = "MU3";
    struct l1t_gt_code *code = NULL;
    for (int i = 0; i < 35; i++) { // each level holds two values on the stack
        char next[4096];
        (void)snprintf(next, sizeof next, "MU1 OR MU2 AND (%.4000s)", text);
        (void)snprintf(text, sizeof text, "%.4000s", next);
    }
    CU_ASSERT(gt_build_code(text, gt_build_cuts, &code, &diag) == L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "L1_0: an expression that needs a stack of more than 64");
}

L1T_TEST_MAIN("gt_compile_bad", {"refuses", refuses},
              {"refuses other scales", refuses_other_scales},
              {"refuses a deep stack", refuses_a_deep_stack})

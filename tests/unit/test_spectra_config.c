// SPDX-License-Identifier: GPL-3.0-or-later
// Readers of configs/spectra, configs/menus and configs/curves: the committed files, and wrong
// ones.
#include "l1t/spectra_config.h"

#include "l1t/jet_config.h"
#include "l1t/parametric.h"
#include "l1t_test.h"

static void reads_the_run2_spectra(void)
{
    static struct l1t_spectra s;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_spectra_load(&s, "configs/spectra/run2.yaml", NULL, &diag), diag);
    CU_ASSERT_TRUE(s.has_share && s.has_physical && s.tail == L1T_TAIL_FLAT);
    CU_ASSERT_TRUE(s.n_outcomes == 12 && s.n_processes == 11 && s.beam.bunches == 2544);
    double share[L1T_OBJECTS] = {0}, all = 0;
    for (size_t i = 0; i < s.n_outcomes; i++) {
        all += s.outcome[i].share;
        for (int o = 0; o < L1T_OBJECTS; o++)
            share[o] += s.outcome[i].objects >> o & 1 ? s.outcome[i].share : 0;
    }
    L1T_ASSERT_NEAR(all, 1, 1e-12);
    for (int o = 0; o < L1T_OBJECTS; o++) // inclusive shares follow from the exclusive ones
        L1T_ASSERT_NEAR(share[o], s.object[o].share, 1e-12);
    L1T_ASSERT_NEAR(s.process[7].fit.lambda, 0.06865, 1e-4);             // SingleMu
    L1T_ASSERT_NEAR(s.process[1].spec.leg[0].lambda, 0.07359 / 2, 1e-4); // DoubleIsoTau
    CU_ASSERT_EQUAL(s.process[7].spec.includes, 1 << 2 | 1 << 4 | 1 << 5);
    l1t_spectra_free(&s);
}

// Slopes of our own curves lie within 1 % of those of the curves they were fitted to.
static void parametric_curves_give_nearly_the_published_slopes(void)
{
    static struct l1t_spectra s;
    static const double want[] = {0.0044569, 0.0555727, 0.0258262, 0.0460786};
    struct l1t_law law;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_spectra_load(&s, "configs/spectra/run2.yaml", NULL, &diag), diag);
    L1T_ASSERT_OK(l1t_spectra_law(&s, &law, &diag), diag);
    for (int o = 0; o < L1T_OBJECTS; o++)
        L1T_ASSERT_NEAR(law.lambda[o], want[o], 2e-4); // of the formula itself, not of its table
    l1t_spectra_free(&s);
}

static void committed_curves_are_what_the_command_makes(void)
{
    static const char *const names[] = {"egamma30", "muon22", "jet320", "isotau38"};
    for (int i = 0; i < 4; i++) {
        struct l1t_parametric curve;
        struct l1t_diag diag = {""};
        char path[200], made[16384], there[16384];
        snprintf(path, sizeof path, "configs/curves/%s.csv", names[i]);
        L1T_ASSERT_OK(
            l1t_parametric_load(&curve, "configs/curves/parametric.yaml", names[i], &diag), diag);
        FILE *out = fmemopen(made, sizeof made, "w");
        l1t_parametric_write(out, names[i], &curve);
        fclose(out);
        FILE *in = fopen(path, "r");
        CU_ASSERT_PTR_NOT_NULL_FATAL(in);
        there[fread(there, 1, sizeof there - 1, in)] = '\0';
        fclose(in);
        L1T_CHECK(strcmp(made, there) == 0, "%s differs: run l1twin curve make again", path);
    }
}

#define BEAM                                                                                       \
    "  beam: {luminosity: 2e34 cm-2 s-1, bunches: 2544, pileup: 52, revolution: 11245.6 Hz}\n"
#define PAIR "    - {name: P, objects: [muon, tau], thresholds: [18 GeV, 24 GeV], rate: 4 kHz, "

static void wrong_spectra_are_refused_with_their_place_bad(void)
{
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"shares: 1\n",
         ":1:1: shares: unknown key; did you mean 'share'? (allowed: share, physical)"},
        {"{}\n", ":1:1: expected a section: share, physical or both"},
        {"physical:\n  processes: []\n", ":2:3: physical.beam: required key is missing"},
        {"physical:\n" BEAM "  processes:\n" PAIR "slopes: [0.07]}\n",
         ":4:90: physical.processes[0].slopes: 1 values; expected 2, one an object"},
        {"physical:\n" BEAM "  processes:\n" PAIR "points: []}\n",
         ":4:7: physical.processes[0]: 'points' leave no room for 'thresholds', 'slopes' or "
         "'rate'"},
        {"physical:\n" BEAM "  processes:\n    - {name: P, objects: [muon]}\n",
         ":4:7: physical.processes[0]: needs 'points', or all of 'thresholds', 'slopes' and "
         "'rate'"},
        {"physical:\n" BEAM "  processes:\n    - {name: P, objects: [muom]}\n",
         ":4:27: physical.processes[0].objects[0]: 'muom' is not one of"},
        {"physical:\n" BEAM "  processes:\n" PAIR "slopes: [0.07, 0.04], includes: [Q]}\n",
         ":4:115: physical.processes[0].includes[0]: no process 'Q' stands before this one"},
        {"physical:\n" BEAM
         "  processes:\n    - {name: P, objects: [muon], points: [{threshold: 20 "
         "GeV, rate: 5 kHz, counts: 100}]}\n",
         ": 1 rate point; a slope needs at least 2"},
    };
    static struct l1t_spectra s;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_diag diag = {""};
        const char *path = l1t_test_write_text("spectra.yaml", bad[i].text);
        CU_ASSERT_EQUAL(l1t_spectra_load(&s, path, NULL, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].message);
    }
}

#define MU(pt) "legs: [{object: muon, threshold: " pt "}]"

static void wrong_menus_are_refused_with_their_place_bad(void)
{
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"menu: m\nseeds: []\n", ":2:8: seeds: a menu needs at least one seed"},
        {"menu: m\nseeds:\n  - {name: A, " MU("22 GeVV") "}\n",
         ":3:48: seeds[0].legs[0].threshold: '22 GeVV' is not an energy; write it like '22 GeV'"},
        {"menu: m\nseeds:\n  - {name: A, " MU("300 GeV") "}\n",
         ":3:48: seeds[0].legs[0].threshold: 300 GeV is above full scale; muon reach 255.5 GeV"},
        {"menu: m\nseeds:\n  - {name: A, prescale: 0.5, " MU("22 GeV") "}\n",
         ":3:25: seeds[0].prescale: 0.5 is no prescale; 0 (off), or 1 and more"},
        {"menu: m\nseeds:\n  - {name: A, " MU("22 GeV") "}\n  - {name: A, " MU("22 GeV") "}\n",
         ":4:12: seeds[1].name: 'A' is there already"},
        {"menu: m\nseeds:\n  - {name: A, legs: []}\n",
         ":3:21: seeds[0].legs: 0 legs; expected 1 or 2"},
    };
    static struct l1t_menu menu;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_diag diag = {""};
        const char *path = l1t_test_write_text("menu.yaml", bad[i].text);
        CU_ASSERT_EQUAL(l1t_menu_load(&menu, path, NULL, &diag), L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].message);
    }
}

// The towers' jets fall as the published single-jet rates do, to the digits of the YAML file.
static void tower_jets_have_the_fitted_slope(void)
{
    static struct l1t_spectra s;
    static struct l1t_jet_setup setup;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_spectra_load(&s, "configs/spectra/run2.yaml", NULL, &diag), diag);
    L1T_ASSERT_OK(l1t_jet_setup_load("configs/paths/jet.yaml", NULL, &setup, &diag), diag);
    size_t i = 0;
    while (i < s.n_processes && strcmp(s.process[i].spec.name, "SingleJet") != 0)
        i++;
    CU_ASSERT_FATAL(i < s.n_processes);
    L1T_ASSERT_NEAR(setup.generator.jet_scale_gev, 1 / s.process[i].fit.lambda, 2e-3);
    l1t_spectra_free(&s);
}

L1T_TEST_MAIN("spectra_config", {"reads_the_run2_spectra", reads_the_run2_spectra},
              {"parametric_curves_give_nearly_the_published_slopes",
               parametric_curves_give_nearly_the_published_slopes},
              {"committed_curves_are_what_the_command_makes",
               committed_curves_are_what_the_command_makes},
              {"wrong_spectra_are_refused_with_their_place_bad",
               wrong_spectra_are_refused_with_their_place_bad},
              {"wrong_menus_are_refused_with_their_place_bad",
               wrong_menus_are_refused_with_their_place_bad},
              {"tower_jets_have_the_fitted_slope", tower_jets_have_the_fitted_slope})

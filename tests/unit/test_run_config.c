// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/run.h"
#include "l1t_test.h"

#define GOOD "study: s1\nseed: 7\nspectra: a.yaml\nmenu: ../m.yaml\nevents: 2_000_000\n"

static enum l1t_err parse(const char *text, struct l1t_study *study, struct l1t_diag *diag)
{
    return l1t_study_parse(study, "dir/s.yaml", text, strlen(text), diag);
}

static void defaults_and_relative_paths(void)
{
    struct l1t_study study;
    struct l1t_diag diag = {""};
    const enum l1t_err err = parse(GOOD, &study, &diag);
    L1T_CHECK(err == L1T_OK, "%s", diag.text);
    if (err != L1T_OK)
        return;
    L1T_ASSERT_TEXT(study.name, "s1");
    L1T_ASSERT_TEXT(study.title, "s1");
    L1T_ASSERT_TEXT(study.spectra, "dir/a.yaml");
    L1T_ASSERT_TEXT(study.menu, "dir/../m.yaml");
    L1T_ASSERT_INT(study.events, 2000000);
    L1T_ASSERT_INT(study.scores, 10000);
    L1T_ASSERT_NEAR(study.budget_hz, 0, 0);
    CU_ASSERT_FALSE(study.cosim.on);
    l1t_study_free(&study);
}

static void cosim_section(void)
{
    struct l1t_study study;
    struct l1t_diag diag = {""};
    const enum l1t_err err = parse(GOOD "budget: 97.5 kHz\ncosim: {twin: jet, config: j.yaml, "
                                        "events: 500, gaps: none, resets: 3}\n",
                                   &study, &diag);
    L1T_CHECK(err == L1T_OK, "%s", diag.text);
    if (err != L1T_OK)
        return;
    CU_ASSERT(study.cosim.on);
    CU_ASSERT_EQUAL(study.cosim.gaps, L1T_GAPS_NONE);
    L1T_ASSERT_TEXT(study.cosim.config, "dir/j.yaml");
    L1T_ASSERT_INT(study.cosim.resets, 3);
    L1T_ASSERT_NEAR(study.budget_hz, 97.5e3, 1e-15);
    l1t_study_free(&study);
}

static void global_trigger_section(void)
{
    struct l1t_study study;
    struct l1t_diag diag = {""};
    enum l1t_err err = parse(GOOD "gt: {menu: ../r.yaml, calorimeter: c.yaml, events: 40, "
                                  "column: x, jets_a_crossing: 0.5, externals: [a, b]}\n",
                             &study, &diag);
    L1T_CHECK(err == L1T_OK, "%s", diag.text);
    if (err != L1T_OK)
        return;
    CU_ASSERT_TRUE(study.gt.on);
    L1T_ASSERT_TEXT(study.gt.menu, "dir/../r.yaml");
    L1T_ASSERT_TEXT(study.gt.calorimeter, "dir/c.yaml");
    CU_ASSERT_PTR_NULL(study.gt.muons);
    L1T_ASSERT_TEXT(study.gt.column, "x");
    L1T_ASSERT_NEAR(study.gt.jets_mean, 0.5, 0);
    L1T_CHECK(study.gt.muons_mean < 0, "%g", study.gt.muons_mean);
    L1T_ASSERT_INT(l1t_node_len(study.gt.externals), 2);
    l1t_study_free(&study);
    CU_ASSERT_NOT_EQUAL(parse(GOOD "gt: {menu: a, calorimeter: c}\n", &study, &diag), L1T_OK);
    L1T_ASSERT_DIAG_CONTAINS(diag, "gt.events: required key is missing");
    CU_ASSERT_NOT_EQUAL(
        parse(GOOD "gt: {menu: a, calorimeter: c, events: 4, muon: u}\n", &study, &diag), L1T_OK);
    L1T_ASSERT_DIAG_CONTAINS(diag, "did you mean 'muons'?");
}

static void says_where_and_what_is_wrong_bad(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "dir/s.yaml"},
        {"study: s1\n", "seed"},
        {GOOD "evnts: 3\n", "did you mean 'events'"},
        {GOOD "budget: 100 GeV\n", "dir/s.yaml:6:9"},
        {GOOD "threads: -1\n", "dir/s.yaml:6:10"},
        {GOOD "cosim: {twin: jet}\n", "events"},
        {GOOD "cosim: {twin: jet, events: 5, gaps: some}\n", "dir/s.yaml:6"},
        {GOOD "cosim: jet\n", "dir/s.yaml:6:8"},
        {GOOD "events: 5\n", "events"},
        {"study: ../up\nseed: 7\nspectra: a\nmenu: b\nevents: 5000\n", "is not a study name"},
        {"study: x\nseed: 1.5\nspectra: a\nmenu: b\nevents: 5000\n", "dir/s.yaml:2:7"},
        {"study: x\nseed: 1\nspectra: a\nmenu: b\nevents: 5\n", "dir/s.yaml:5:9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_study study;
        struct l1t_diag diag = {""};
        const enum l1t_err err = parse(cases[i].text, &study, &diag);
        L1T_CHECK(err == L1T_E_INPUT, "case %zu: error %d", i, (int)err);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].says);
        l1t_study_free(&study); // harmless after a failure
    }
}

// A study of rates alone is legal; what the older pages need is asked for by l1t_run().
static void rates_alone(void)
{
    struct l1t_study study;
    struct l1t_diag diag = {""};
    enum l1t_err err =
        parse("study: r\nseed: 1\nrates: {menu: m}\nbudget: {total: 1 kHz}\n", &study, &diag);
    L1T_CHECK(err == L1T_OK, "%s", diag.text);
    if (err != L1T_OK)
        return;
    CU_ASSERT_PTR_NULL(study.spectra);
    CU_ASSERT_PTR_NULL(study.menu);
    CU_ASSERT_PTR_NOT_NULL(study.sections.rates);
    CU_ASSERT_PTR_NOT_NULL(study.sections.budget);
    CU_ASSERT_PTR_NULL(study.sections.signals);
    CU_ASSERT_EQUAL(l1t_study_check_run(&study, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG_CONTAINS(diag, "dir/s.yaml:1:1: spectra: needed by 'l1twin run' and missing");
    L1T_ASSERT_DIAG_CONTAINS(diag, "use 'l1twin rate'");
    l1t_study_free(&study);
    err = parse(GOOD, &study, &diag);
    CU_ASSERT_EQUAL(err, L1T_OK);
    CU_ASSERT_EQUAL(l1t_study_check_run(&study, &diag), L1T_OK);
    l1t_study_free(&study);
}

static void missing_file_bad(void)
{
    struct l1t_study study;
    struct l1t_diag diag = {""};
    CU_ASSERT_NOT_EQUAL(l1t_study_load(&study, "no/such/study.yaml", &diag), L1T_OK);
    L1T_ASSERT_DIAG_CONTAINS(diag, "no/such/study.yaml");
    l1t_study_free(&study);
}

L1T_TEST_MAIN("run_config", {"defaults and relative paths", defaults_and_relative_paths},
              {"cosim section", cosim_section}, {"global trigger section", global_trigger_section},
              {"says where and what is wrong", says_where_and_what_is_wrong_bad},
              {"rates alone", rates_alone}, {"missing file", missing_file_bad})

// SPDX-License-Identifier: GPL-3.0-or-later
#include "l1t/rate_study.h"
#include "l1t_test.h"

#define TOP    "study: s\nseed: 7\n"
#define BEAM   "  beam: {luminosity: 2.0e34 cm-2 s-1, bunches: 2544, pileup: 52}\n"
#define RATES  TOP "rates:\n  menu: ../m.yaml\n" BEAM
#define SAMPLE "  samples:\n    a: {file: a.h5}\n"

static enum l1t_err parse(const char *text, struct l1t_study *study, struct l1t_rate_study *rate,
                          struct l1t_diag *diag)
{
    const enum l1t_err err = l1t_study_parse(study, "dir/s.yaml", text, strlen(text), diag);
    return err == L1T_OK ? l1t_rate_study_bind(rate, study, diag) : err;
}

// false: it does not bind, and that is a failure.
static bool good(const char *text, struct l1t_study *study, struct l1t_rate_study *rate)
{
    struct l1t_diag diag = {""};
    const enum l1t_err err = parse(text, study, rate, &diag);
    L1T_CHECK(err == L1T_OK, "%s", diag.text);
    return err == L1T_OK;
}

static void samples_and_what_they_stand_for(void)
{
    struct l1t_study study;
    struct l1t_rate_study rate;
    if (!good(RATES "  samples:\n    a: {file: a.h5}\n"
                    "    b: {csv: b.csv, cross_section: 1.2 ub, weight: 0.5}\n"
                    "    c: {vectors: c.txt, sections: 36, prescale: 1100, fraction: 50 %}\n"
                    "    d: {spectra: d.yaml, events: 1_000}\n"
                    "signals:\n  z: {file: z.h5, weight: 2}\n",
              &study, &rate))
        return;
    const struct l1t_study_sample *s = rate.rates.sample;
    L1T_ASSERT_TEXT(rate.rates.menu, "dir/../m.yaml");
    L1T_ASSERT_INT(rate.rates.n_samples, 4);
    L1T_ASSERT_TEXT(s[0].spec.path, "dir/a.h5");
    L1T_ASSERT_INT(s[0].norm.kind, L1T_NORM_ZERO_BIAS);
    L1T_ASSERT_INT(s[1].spec.kind, L1T_SAMPLE_CSV);
    L1T_ASSERT_INT(s[1].norm.kind, L1T_NORM_CROSS_SECTION);
    L1T_ASSERT_NEAR(s[1].norm.cross_section_mb, 1.2e-3, 1e-12);
    L1T_ASSERT_NEAR(s[1].weight, 0.5, 0);
    L1T_ASSERT_INT(s[2].norm.kind, L1T_NORM_SECTIONS);
    L1T_ASSERT_NEAR(s[2].norm.fraction, 0.5, 1e-12);
    L1T_ASSERT_INT(s[3].spec.events, 1000);
    CU_ASSERT_NOT_EQUAL(s[3].spec.seed, s[2].spec.seed); // not the same crossings twice
    L1T_ASSERT_INT(rate.n_signals, 1);
    L1T_ASSERT_NEAR(rate.signal[0].weight, 2, 0);
    l1t_rate_study_free(&rate);
    l1t_study_free(&study);
}

static void other_beams_follow_from_the_first(void)
{
    struct l1t_study study;
    struct l1t_rate_study rate;
    if (!good(RATES SAMPLE "  extrapolate:\n    - {luminosity: 2.2e34 cm-2 s-1}\n"
                           "    - {bunches: 2748}\n    - {pileup: 26, bunches: 1272}\n",
              &study, &rate))
        return;
    const struct l1t_rate_beam *to = rate.rates.to;
    L1T_ASSERT_INT(rate.rates.n_beams, 3);
    L1T_ASSERT_NEAR(to[0].pileup, 52 * 1.1, 1e-12);
    L1T_ASSERT_NEAR(to[0].bunches, 2544, 0);
    L1T_ASSERT_NEAR(to[1].pileup, 52, 1e-12);
    L1T_ASSERT_NEAR(to[1].luminosity, 2e34 * 2748 / 2544, 1e-12);
    L1T_ASSERT_NEAR(to[2].luminosity, 0.5e34, 1e-12);
    l1t_rate_study_free(&rate);
    l1t_study_free(&study);
}

static void scans_and_budget(void)
{
    struct l1t_study study;
    struct l1t_rate_study rate;
    if (!good(RATES SAMPLE
              "scans:\n  - {algorithm: A, from: 10 GeV, to: 40 GeV, step: 1 GeV}\n"
              "  - {algorithm: B, legs: [x, y], from: [1 GeV, 2 GeV], to: 9 GeV, step: 500 MeV}\n"
              "signals:\n  z: {file: z.h5}\n"
              "budget:\n  total: 100 kHz\n  groups: {egamma: 31 kHz}\n  margin: 1\n"
              "  objective: efficiency\n  vary:\n"
              "    - {algorithm: A, threshold: {from: 20 GeV, to: 26 GeV, step: 0.5 GeV}}\n"
              "    - {algorithm: C, prescale: {from: 1, to: 5000}}\n",
              &study, &rate))
        return;
    L1T_ASSERT_INT(rate.n_scans, 2);
    L1T_ASSERT_INT(rate.scan[1].n_axes, 2);
    L1T_ASSERT_NEAR(rate.scan[1].from[1], 2, 0);
    L1T_ASSERT_NEAR(rate.scan[1].to[1], 9, 0);
    L1T_ASSERT_NEAR(rate.scan[1].step[0], 0.5, 1e-12);
    CU_ASSERT_TRUE(rate.budget.on);
    L1T_ASSERT_NEAR(rate.budget.total_hz, 1e5, 1e-12);
    L1T_ASSERT_TEXT(rate.budget.group[0].name, "egamma");
    L1T_ASSERT_INT(rate.budget.n_moves, 2);
    CU_ASSERT_FALSE(rate.budget.move[0].prescale);
    CU_ASSERT_TRUE(rate.budget.move[1].prescale);
    L1T_ASSERT_INT(rate.budget.objective, L1T_OBJECTIVE_EFFICIENCY);
    l1t_rate_study_free(&rate);
    l1t_study_free(&study);
}

static void says_where_and_what_is_wrong_bad(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {TOP "rates: {menu: m}\n", "dir/s.yaml:3:8: rates.beam: required key is missing"},
        {TOP "rates:\n  menu: m\n  beam: {pileup: 50}\n" SAMPLE, "bunches: required key"},
        {TOP "rates:\n  menu: m\n  beam: {bunches: 2.5}\n" SAMPLE, "not a number of bunches"},
        {RATES "  samples: {}\n", "0 samples; allowed 1 to 16"},
        {RATES "  samples: {a: {file: x, csv: y}}\n", "says twice where"},
        {RATES "  samples: {a: {file: x, sections: 2, cross_section: 1 mb}}\n", "not both"},
        {RATES "  samples: {a: {file: x, weight: -1}}\n", "dir/s.yaml:6:"},
        {RATES SAMPLE "  pileup: {target: \"gaus(52,4)\"}\n",
         "dir/s.yaml:8:20: rates.pileup.target"},
        {RATES SAMPLE "  pileup: {target: \"52\", method: bins}\n",
         "is not one of: binned, reweight"},
        {RATES SAMPLE "  dead_time: {rules: [[1, 3, 4]]}\n", "dir/s.yaml:8:"},
        {RATES SAMPLE "  dead_time: {filling: \"48x7\"}\n", "rates.dead_time.filling"},
        {RATES SAMPLE "signals:\n  z: {file: z, cross_section: 1 mb}\n", "a signal is for"},
        {RATES SAMPLE "scans:\n  - {algorithm: A, from: 4 GeV, to: 2 GeV, step: 1 GeV}\n",
         "below 'from'"},
        {RATES SAMPLE "scans:\n  - {algorithm: A, from: 4 GeV, to: 9 GeV, step: 0 GeV}\n",
         "dir/s.yaml:9:"},
        {RATES SAMPLE "budget: {total: 1 kHz, objective: efficiency, vary: [{algorithm: A, "
                      "prescale: {from: 1, to: 2}}]}\n",
         "there is no section 'signals'"},
        {RATES SAMPLE "budget: {total: 1 kHz, vary: [{algorithm: A}]}\n",
         "either 'threshold' or 'prescale'"},
        {RATES SAMPLE "budget: {total: 1 kHz, vary: []}\n", "allowed 1 to 64"},
        {RATES SAMPLE
         "budget: {total: 1 kHz, vary: [{algorithm: A, prescale: {from: 1, to: 160000, "
         "step: 0.01}}]}\n",
         "more than 10000 steps"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct l1t_study study;
        struct l1t_rate_study rate;
        struct l1t_diag diag = {""};
        const enum l1t_err err = parse(cases[i].text, &study, &rate, &diag);
        L1T_CHECK(err == L1T_E_INPUT, "case %zu: error %d", i, (int)err);
        L1T_ASSERT_DIAG_CONTAINS(diag, cases[i].says);
        l1t_study_free(&study);
    }
}

L1T_TEST_MAIN("rate_study", {"samples and what they stand for", samples_and_what_they_stand_for},
              {"other beams follow from the first", other_beams_follow_from_the_first},
              {"scans and budget", scans_and_budget},
              {"says where and what is wrong", says_where_and_what_is_wrong_bad})

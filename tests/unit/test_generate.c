// SPDX-License-Identifier: GPL-3.0-or-later
// Four-object events: laws, thread independence, and the statistics of the founding notebook.
// Statistical tests have fixed seeds; the stated false-alarm probabilities are those of a random
// one.
#include "l1t/generate.h"

#include "events004.h"
#include "l1t_test.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

// Plain ramps around each threshold: for what needs no published curve.
static void ramps(struct l1t_generator *g)
{
    struct l1t_law law = notebook;
    for (int o = 0; o < L1T_OBJECTS; o++) {
        const double t = law.threshold_gev[o];
        const double x[] = {0.5 * t, t, 2.5 * t}, y[] = {0.01, 0.6, 0.98};
        CU_ASSERT_EQUAL_FATAL(l1t_curve_init(&curves[o], x, y, 3, NULL), L1T_OK);
        law.curve[o] = &curves[o];
    }
    CU_ASSERT_EQUAL_FATAL(l1t_generator_init(g, &law, NULL), L1T_OK);
}

enum { events = 1000000 };
static double pt_of[L1T_OBJECTS][events], score[events];
static double *const pt[] = {pt_of[0], pt_of[1], pt_of[2], pt_of[3]};
static uint16_t code_of[L1T_OBJECTS][events], other_of[L1T_OBJECTS][events];
static uint16_t *const code[] = {code_of[0], code_of[1], code_of[2], code_of[3]};
static uint16_t *const other[] = {other_of[0], other_of[1], other_of[2], other_of[3]};

static void moments(const double *v, size_t n, double *mean, double *std)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    *mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (v[i] - *mean) * (v[i] - *mean);
    *std = sqrt(squares / (double)(n - 1));
}

static void scores_have_the_notebooks_mean_and_spread(void)
{
    struct l1t_generator g;
    double mean, std;
    if (!published_generator(&g))
        return;
    CU_ASSERT_EQUAL(l1t_generate_gev(&g, L1T_KIND_NULL, 20240601, 0, events, 2, pt, NULL), L1T_OK);
    size_t clamped = l1t_scores(&g, (const double *const *)pt, events, score);
    moments(score, events, &mean, &std);
    printf("null: mean %.5f std %.5f, %zu look-ups clamped\n", mean, std, clamped);
    L1T_CHECK(fabs(mean - 0.2667) < 0.001, "null mean %.5f", mean);
    L1T_CHECK(fabs(std - 0.2943) < 0.002, "null std %.5f", std);
    CU_ASSERT_EQUAL(l1t_generate_gev(&g, L1T_KIND_POSITIVE, 20240601, 0, events, 2, pt, NULL),
                    L1T_OK);
    clamped = l1t_scores(&g, (const double *const *)pt, events, score);
    moments(score, events, &mean, &std);
    printf("positive: mean %.5f std %.5f, %zu look-ups clamped\n", mean, std, clamped);
    L1T_CHECK(fabs(mean - 1.3664) < 0.003, "positive mean %.5f", mean);
    CU_ASSERT_TRUE(clamped > 0);
    for (size_t i = 0; i < events; i++)
        CU_ASSERT_TRUE_FATAL(score[i] >= 0 && score[i] <= 4);
    free_generator(&g);
}

static void null_events_are_all_below_their_thresholds(void)
{
    struct l1t_generator g;
    ramps(&g);
    CU_ASSERT_EQUAL(l1t_generate_gev(&g, L1T_KIND_NULL, 1, 0, events, 1, pt, NULL), L1T_OK);
    CU_ASSERT_EQUAL(l1t_generate_hw(&g, L1T_KIND_NULL, 1, 0, events, 1, code, NULL), L1T_OK);
    for (int o = 0; o < L1T_OBJECTS; o++)
        for (size_t i = 0; i < events; i++)
            CU_ASSERT_TRUE_FATAL(pt[o][i] > 0 && pt[o][i] < notebook.threshold_gev[o] &&
                                 code[o][i] < 2 * notebook.threshold_gev[o]);
    free_generator(&g);
}

// Chi-square of the twelve slices, merged to the eight that differ in their objects; false alarm
// 1e-6.
static void positive_events_follow_the_outcome_table(void)
{
    struct l1t_generator g;
    ramps(&g);
    for (int hw = 0; hw < 2; hw++) {
        double seen[16] = {0}, want[16] = {0}, chi2 = 0;
        int cells = 0;
        CU_ASSERT_EQUAL(l1t_generate_gev(&g, L1T_KIND_POSITIVE, 7, 0, events, 2, pt, NULL), 0);
        CU_ASSERT_EQUAL(l1t_generate_hw(&g, L1T_KIND_POSITIVE, 7, 0, events, 2, code, NULL), 0);
        for (size_t i = 0; i < events; i++) {
            unsigned objects = 0;
            for (int o = 0; o < L1T_OBJECTS; o++) {
                const double x = hw ? 0.5 * code[o][i] : pt[o][i];
                objects |= (unsigned)(x >= notebook.threshold_gev[o]) << o;
            }
            seen[objects]++;
        }
        for (size_t k = 0; k < 12; k++)
            want[notebook.outcome[k].objects] += notebook.outcome[k].share * events / 100;
        for (int k = 0; k < 16; k++) {
            CU_ASSERT_TRUE(want[k] > 0 || seen[k] == 0);
            if (want[k] > 0) {
                chi2 += (seen[k] - want[k]) * (seen[k] - want[k]) / want[k];
                cells++;
            }
        }
        L1T_CHECK(gsl_cdf_chisq_Q(chi2, cells - 1) > 1e-6, "chi2 %g of %d cells", chi2, cells);
    }
    free_generator(&g);
}

static double chi2_of_codes(const uint16_t *v, size_t n, const double *p, size_t top, int *cells)
{
    static double seen[2048];
    memset(seen, 0, sizeof seen);
    for (size_t i = 0; i < n; i++)
        seen[v[i]]++;
    double chi2 = 0, want = 0, got = 0;
    *cells = 0;
    for (size_t c = 0; c <= top; c++) { // cells of at least 10 expected
        want += p[c] * (double)n;
        got += seen[c];
        if (want >= 10) {
            chi2 += (got - want) * (got - want) / want;
            want = got = 0;
            ++*cells;
        }
    }
    return chi2;
}

// False alarm 1e-6 for each of the twelve.
static void codes_follow_their_exact_probabilities(void)
{
    struct l1t_generator g;
    ramps(&g);
    for (int o = 0; o < L1T_OBJECTS; o++) {
        int cells;
        CU_ASSERT_EQUAL(l1t_generate_hw(&g, L1T_KIND_INCLUSIVE, 3, 0, events, 2, code, NULL), 0);
        double chi2 = chi2_of_codes(code[o], events, g.pmf[L1T_PART_ACCEPTED][o],
                                    l1t_object_full_scale((enum l1t_object)o), &cells);
        L1T_CHECK(gsl_cdf_chisq_Q(chi2, cells - 1) > 1e-6, "%s: chi2 %g of %d cells",
                  l1t_object_names[o], chi2, cells);
        CU_ASSERT_EQUAL(l1t_generate_hw(&g, L1T_KIND_NULL, 3, 0, events, 2, code, NULL), 0);
        chi2 = chi2_of_codes(code[o], events, g.pmf[L1T_PART_BELOW][o],
                             l1t_object_full_scale((enum l1t_object)o), &cells);
        L1T_CHECK(gsl_cdf_chisq_Q(chi2, cells - 1) > 1e-6, "%s below: chi2 %g of %d cells",
                  l1t_object_names[o], chi2, cells);
    }
    free_generator(&g);
}

// The same events in GeV, accepted one by one and rounded down, have the law of the codes.
static void codes_have_the_law_of_accepted_events_in_gev(void)
{
    struct l1t_generator g;
    ramps(&g);
    CU_ASSERT_EQUAL(l1t_generate_gev(&g, L1T_KIND_INCLUSIVE, 5, 0, events, 2, pt, NULL), 0);
    for (int o = 0; o < L1T_OBJECTS; o++) {
        const unsigned top = l1t_object_full_scale((enum l1t_object)o);
        for (size_t i = 0; i < events; i++) {
            uint32_t w[4];
            l1t_rng_words(9, L1T_STREAM_TEST, i, (uint32_t)o, w);
            const int accepted = l1t_rng_uniform(w[0], w[1]) < l1t_curve_eval(&curves[o], pt[o][i]);
            const double c = fmin(floor(2 * pt[o][i]), top);
            code[o][i] = accepted ? (uint16_t)c : 0;
        }
        int cells;
        const double chi2 =
            chi2_of_codes(code[o], events, g.pmf[L1T_PART_ACCEPTED][o], top, &cells);
        L1T_CHECK(gsl_cdf_chisq_Q(chi2, cells - 1) > 1e-6, "%s: chi2 %g of %d cells",
                  l1t_object_names[o], chi2, cells);
    }
    free_generator(&g);
}

static void accepted_codes_add_up_to_the_accepted_fraction(void)
{
    struct l1t_generator g;
    ramps(&g);
    for (int o = 0; o < L1T_OBJECTS; o++) {
        struct l1t_acceptance a;
        CU_ASSERT_EQUAL_FATAL(l1t_acceptance_init(&a, &curves[o], NULL, NULL), L1T_OK);
        const double *p = g.pmf[L1T_PART_ACCEPTED][o];
        const double l = notebook.lambda[o];
        double sum = 0.01 * -expm1(-l * 0.5); // what of code 0 is accepted: the ramps begin at 0.01
        for (unsigned c = 1; c <= l1t_object_full_scale((enum l1t_object)o); c++)
            sum += p[c];
        L1T_ASSERT_NEAR(sum, l1t_acceptance_at(&a, l, NULL), 1e-12);
        l1t_acceptance_free(&a);
    }
    free_generator(&g);
}

static void bytes_are_the_same_for_any_threads_and_any_range(void)
{
    struct l1t_generator g;
    ramps(&g);
    enum { n = 10007, skip = 4321 };
    static double again[L1T_OBJECTS][n];
    double *const to[] = {again[0], again[1], again[2], again[3]};
    for (enum l1t_kind kind = L1T_KIND_INCLUSIVE; kind <= L1T_KIND_POSITIVE; kind++) {
        CU_ASSERT_EQUAL(l1t_generate_gev(&g, kind, 11, 0, n, 1, pt, NULL), L1T_OK);
        CU_ASSERT_EQUAL(l1t_generate_hw(&g, kind, 11, 0, n, 1, code, NULL), L1T_OK);
        for (unsigned threads = 2; threads <= 3; threads++) {
            CU_ASSERT_EQUAL(l1t_generate_gev(&g, kind, 11, 0, n, threads, to, NULL), L1T_OK);
            CU_ASSERT_EQUAL(l1t_generate_hw(&g, kind, 11, 0, n, threads, other, NULL), L1T_OK);
            for (int o = 0; o < L1T_OBJECTS; o++) {
                CU_ASSERT_EQUAL(memcmp(pt[o], to[o], sizeof again[o]), 0);
                CU_ASSERT_EQUAL(memcmp(code[o], other[o], n * sizeof(uint16_t)), 0);
            }
        }
        CU_ASSERT_EQUAL(l1t_generate_gev(&g, kind, 11, skip, n - skip, 2, to, NULL), L1T_OK);
        CU_ASSERT_EQUAL(l1t_generate_hw(&g, kind, 11, skip, n - skip, 2, other, NULL), L1T_OK);
        for (int o = 0; o < L1T_OBJECTS; o++) {
            CU_ASSERT_EQUAL(memcmp(pt[o] + skip, to[o], (n - skip) * sizeof(double)), 0);
            CU_ASSERT_EQUAL(memcmp(code[o] + skip, other[o], (n - skip) * sizeof(uint16_t)), 0);
        }
    }
    free_generator(&g);
}

static void refuses_a_law_that_is_none_bad(void)
{
    struct l1t_generator g;
    struct l1t_diag diag = {""};
    struct l1t_law law = notebook;
    law.lambda[1] = 0;
    CU_ASSERT_EQUAL(l1t_generator_init(&g, &law, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "muon: lambda 0/GeV must be positive");
    law = notebook;
    law.threshold_gev[3] = 300;
    CU_ASSERT_EQUAL(l1t_generator_init(&g, &law, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "tau: threshold 300 GeV must be above 0 and below full scale, 255.5 GeV");
    law = notebook;
    law.outcome[2].objects = 0;
    CU_ASSERT_EQUAL(l1t_generator_init(&g, &law, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "outcome 2: needs a share of at least 0 and at least one object");
    ramps(&g);
    g.law.n_outcomes = 0;
    CU_ASSERT_EQUAL(l1t_generate_gev(&g, L1T_KIND_POSITIVE, 0, 0, 1, 1, pt, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "positive events need a list of outcomes");
    free_generator(&g);
}

L1T_TEST_MAIN(
    "generate",
    {"scores_have_the_notebooks_mean_and_spread", scores_have_the_notebooks_mean_and_spread},
    {"null_events_are_all_below_their_thresholds", null_events_are_all_below_their_thresholds},
    {"positive_events_follow_the_outcome_table", positive_events_follow_the_outcome_table},
    {"codes_follow_their_exact_probabilities", codes_follow_their_exact_probabilities},
    {"codes_have_the_law_of_accepted_events_in_gev", codes_have_the_law_of_accepted_events_in_gev},
    {"accepted_codes_add_up_to_the_accepted_fraction",
     accepted_codes_add_up_to_the_accepted_fraction},
    {"bytes_are_the_same_for_any_threads_and_any_range",
     bytes_are_the_same_for_any_threads_and_any_range},
    {"refuses_a_law_that_is_none_bad", refuses_a_law_that_is_none_bad})

// SPDX-License-Identifier: GPL-3.0-or-later
// Classifier and statistics against the founding notebook and against brute force.
#include "l1t/classify.h"

#include "events004.h"

#include <math.h>
#include <string.h>

enum { half = 10000 };
static double pt_of[L1T_OBJECTS][2 * half], score[2 * half];

// The first half positive, the second null, as the classifier wants them.
static int sample(uint64_t seed)
{
    struct l1t_generator g;
    if (!published_generator(&g))
        return 0;
    double *first[L1T_OBJECTS], *second[L1T_OBJECTS];
    for (int o = 0; o < L1T_OBJECTS; o++) {
        first[o] = pt_of[o];
        second[o] = pt_of[o] + half;
    }
    CU_ASSERT_EQUAL(l1t_generate_gev(&g, L1T_KIND_POSITIVE, seed, 0, half, 2, first, NULL), 0);
    CU_ASSERT_EQUAL(l1t_generate_gev(&g, L1T_KIND_NULL, seed, 0, half, 2, second, NULL), 0);
    l1t_scores(&g, (const double *const *)first, half, score);
    l1t_scores(&g, (const double *const *)second, half, score + half);
    free_generator(&g);
    return 1;
}

// Accuracy 0.946 +- 0.003, cut z > 0.769, best cut 0.9577 at 0.868, P(positive above null) 0.98203.
static void separates_as_the_notebook_does(void)
{
    if (!sample(20240601))
        return;
    struct l1t_svm svm;
    struct l1t_separation s;
    const double *const z[] = {score};
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_svm_train(z, 1, half, 2 * half, &svm, &diag), diag);
    L1T_ASSERT_OK(l1t_separate(score, half, score + half, half, &s, &diag), diag);
    printf("accuracy %.5f cut %.5f auc %.5f best %.5f at %.4f\n", svm.accuracy, svm.cut, s.auc,
           s.best_accuracy, s.best_cut);
    L1T_CHECK(fabs(svm.accuracy - 0.946) < 0.003, "accuracy %.5f", svm.accuracy);
    L1T_CHECK(fabs(svm.cut - 0.769) < 0.01, "cut %.5f", svm.cut);
    L1T_CHECK(fabs(s.auc - 0.982) < 0.003, "auc %.5f", s.auc);
    L1T_CHECK(fabs(s.best_accuracy - 0.9577) < 0.005, "best %.5f", s.best_accuracy);
    const double *const four[] = {pt_of[0], pt_of[1], pt_of[2], pt_of[3]};
    L1T_ASSERT_OK(l1t_svm_train(four, 4, half, 2 * half, &svm, &diag), diag);
    printf("four inputs: accuracy %.5f\n", svm.accuracy);
    CU_ASSERT_TRUE(svm.accuracy > 0.6 && isnan(svm.cut));
}

static void bootstrap_error_is_std_over_root_n(void)
{
    if (!sample(20240601))
        return;
    struct l1t_bootstrap b;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_bootstrap_mean(score + half, half, 9999, 0.95, 1, 2, &b, &diag), diag);
    printf("null mean %.5f +- %.6f [%.5f, %.5f]\n", b.mean, b.standard_error, b.low, b.high);
    double squares = 0;
    for (int i = half; i < 2 * half; i++)
        squares += (score[i] - b.mean) * (score[i] - b.mean);
    const double want = sqrt(squares / half / half);
    // The spread of 9999 means is known to 0.7 %: 4 standard deviations.
    L1T_ASSERT_NEAR(b.standard_error, want, 0.03);
    L1T_CHECK(fabs(want - 0.00293) < 0.0001, "standard error %.6f", want);
    L1T_ASSERT_NEAR(b.high - b.low, 2 * 1.96 * want, 0.05);
    CU_ASSERT_TRUE(b.low < b.mean && b.mean < b.high);
}

static void bootstrap_is_the_same_for_any_threads(void)
{
    enum { n = 1003 };
    static double v[n];
    for (int i = 0; i < n; i++)
        v[i] = sin(i);
    struct l1t_bootstrap b[3];
    for (unsigned t = 1; t <= 3; t++)
        CU_ASSERT_EQUAL(l1t_bootstrap_mean(v, n, 501, 0.68, 5, t, &b[t - 1], NULL), L1T_OK);
    CU_ASSERT_EQUAL(memcmp(&b[0], &b[1], sizeof b[0]), 0);
    CU_ASSERT_EQUAL(memcmp(&b[0], &b[2], sizeof b[0]), 0);
}

static void ranks_agree_with_counting_pairs(void)
{
    double p[60], q[45];
    for (int i = 0; i < 60; i++)
        p[i] = (i * 7 % 13) + 2; // many ties
    for (int i = 0; i < 45; i++)
        q[i] = i * 5 % 11;
    double pairs = 0, best = 0;
    for (int i = 0; i < 60; i++)
        for (int j = 0; j < 45; j++)
            pairs += p[i] > q[j] ? 1 : p[i] == q[j] ? 0.5 : 0;
    for (double cut = -1; cut < 20; cut++) {
        double right = 0;
        for (int i = 0; i < 60; i++)
            right += p[i] > cut;
        for (int j = 0; j < 45; j++)
            right += !(q[j] > cut);
        best = fmax(best, right);
    }
    struct l1t_separation s;
    CU_ASSERT_EQUAL(l1t_separate(p, 60, q, 45, &s, NULL), L1T_OK);
    L1T_ASSERT_NEAR(s.auc, pairs / (60 * 45), 1e-15);
    L1T_ASSERT_NEAR(s.best_accuracy, best / 105, 1e-15);
}

// liblinear also shrinks the bias, so the cut is not quite in the middle.
static void separable_points_are_separated(void)
{
    const double x[] = {13, 14, 15, 7, 6, 5};
    const double *const f[] = {x};
    struct l1t_svm svm;
    CU_ASSERT_EQUAL(l1t_svm_train(f, 1, 3, 6, &svm, NULL), L1T_OK);
    CU_ASSERT_TRUE(svm.accuracy == 1 && svm.weight[0] > 0 && svm.cut > 7 && svm.cut < 13);
}

static void refuses_one_class_and_nonsense_bad(void)
{
    const double x[] = {1, 2, NAN};
    const double *const f[] = {x};
    struct l1t_svm svm;
    struct l1t_separation s;
    struct l1t_bootstrap b;
    struct l1t_diag diag = {""};
    CU_ASSERT_EQUAL(l1t_svm_train(f, 1, 2, 2, &svm, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "2 positive of 2 events; both classes are needed, at most 1e8 in all");
    CU_ASSERT_EQUAL(l1t_svm_train(f, 9, 1, 2, &svm, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "9 features; 1 to 8");
    CU_ASSERT_EQUAL(l1t_separate(x, 3, x, 1, &s, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "ranking needs values of both classes, none NaN");
    CU_ASSERT_EQUAL(l1t_bootstrap_mean(x, 1, 10, 0.9, 0, 1, &b, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "bootstrap of 1 values, 10 resamples, level 0.9: needs 2 or more of both "
                          "and a level within (0, 1)");
}

L1T_TEST_MAIN("classify", {"separates_as_the_notebook_does", separates_as_the_notebook_does},
              {"bootstrap_error_is_std_over_root_n", bootstrap_error_is_std_over_root_n},
              {"bootstrap_is_the_same_for_any_threads", bootstrap_is_the_same_for_any_threads},
              {"ranks_agree_with_counting_pairs", ranks_agree_with_counting_pairs},
              {"separable_points_are_separated", separable_points_are_separated},
              {"refuses_one_class_and_nonsense_bad", refuses_one_class_and_nonsense_bad})

// SPDX-License-Identifier: GPL-3.0-or-later
// Targets of pile-up, the binned method, reweighting, and fits of the rate against pile-up.
#include "l1t/beam.h"

#include "l1t/rng.h"
#include "l1t_test.h"

enum { bins = L1T_TALLY_PILEUPS };

static struct l1t_pileup_target target_of(const char *text)
{
    struct l1t_pileup_target target;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_pileup_target_parse(text, NULL, &target, &diag), diag);
    double sum = 0;
    for (unsigned k = 0; k < bins; k++)
        sum += target.share[k];
    L1T_ASSERT_NEAR(sum, 1, 1e-12);
    CU_ASSERT(target.share[0] == 0);
    return target;
}

static double mean(const struct l1t_pileup_target *target, double *width)
{
    double sum = 0, squares = 0;
    for (unsigned k = 0; k < bins; k++) {
        sum += k * target->share[k];
        squares += (double)k * k * target->share[k];
    }
    *width = sqrt(squares - sum * sum);
    return sum;
}

static void targets_are_distributions(void)
{
    double width;
    struct l1t_pileup_target t = target_of("gauss(52,4)");
    L1T_ASSERT_NEAR(mean(&t, &width), 52, 1e-9);
    L1T_ASSERT_NEAR(width, sqrt(16 + 1.0 / 12), 1e-6); // of bins of 1
    L1T_ASSERT_NEAR(t.share[52], erf(0.125 / sqrt(2)), 1e-12);
    t = target_of("gauss(30.2, 1e-3)");
    L1T_ASSERT_NEAR(t.share[30], 1, 1e-12);
    t = target_of("poisson(52)");
    L1T_ASSERT_NEAR(mean(&t, &width), 52, 1e-9);
    L1T_ASSERT_NEAR(width, sqrt(52), 1e-9);
    L1T_ASSERT_NEAR(t.share[53] / t.share[52], 52.0 / 53, 1e-12);
    t = target_of("flat(40,60)");
    CU_ASSERT(t.share[39] == 0 && t.share[61] == 0);
    L1T_ASSERT_NEAR(t.share[40], 1.0 / 21, 1e-12);
    L1T_ASSERT_NEAR(t.share[60], 1.0 / 21, 1e-12);
    t = target_of("52");
    CU_ASSERT(t.share[52] == 1);
    t = target_of("51.75");
    CU_ASSERT(t.share[51] == 0.25 && t.share[52] == 0.75);
    CU_ASSERT(target_of("255").share[255] == 1 && target_of("1").share[1] == 1);
}

static void targets_come_from_files(void)
{
    const char *path = l1t_test_write_text(
        "target.csv", "# measured\npileup,share\n\n 30 , 1\r\n31,2.5e0\n40,0\n255,0.5\n");
    struct l1t_pileup_target t = target_of(path);
    CU_ASSERT(t.share[30] == 0.25 && t.share[31] == 0.625 && t.share[255] == 0.125);
    CU_ASSERT(t.share[40] == 0);
    // Beside a study file
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_pileup_target_parse("target.csv", l1t_test_path("study.yaml"), &t, &diag),
                  diag);
    CU_ASSERT(t.share[30] == 0.25);
}

static void bad_targets_say_what_they_want(void)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"", "want gauss(MEAN,WIDTH)"},
        {"gaus(52,4)", "'gaus(52,4)': want gauss"},
        {"gauss(52)", "want gauss"},
        {"gauss(52,4", "want gauss"},
        {"gauss(52,4,1)", "want gauss"},
        {"gauss(,4)", "'' is not a number"},
        {"gauss(52,x)", "'x' is not a number"},
        {"gauss(nan,4)", "'nan' is not a number"},
        {"gauss(52,0)", "want more than 0"},
        {"gauss(52,-4)", "want more than 0"},
        {"gauss(252,10)", "outside of 1..255"},
        {"gauss(1e300,1)", "outside of 1..255"},
        {"poisson(0)", "want more than 0"},
        {"poisson(0.5)", "outside of 1..255"},
        {"poisson(1e300)", "outside of 1..255"},
        {"flat(0,60)", "FROM <= TO within 1..255"},
        {"flat(60,40)", "FROM <= TO"},
        {"flat(40,256)", "FROM <= TO"},
        {"flat(40.5,60)", "whole numbers"},
        {"0", "outside of 1..255"},
        {"255.5", "outside of 1..255"},
        {"-3", "outside of 1..255"},
        {"inf", "want gauss"},
        {"52;rm", "want gauss"},
        {"/nowhere/t.csv", "/nowhere/t.csv"},
    };
    struct l1t_pileup_target target;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct l1t_diag diag = {""};
        CU_ASSERT(l1t_err_exit(l1t_pileup_target_parse(bad[i].text, NULL, &target, &diag)) >= 2);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].says);
    }
    static const struct {
        const char *content, *says;
    } files[] = {
        {"", "add up to 0"},
        {"pileup,share\n", "add up to 0"},
        {"30,0\n", "add up to 0"},
        {"30,1e308\n31,1e308\n", "add up to inf"},
        {"30\n", "bad.csv:1: want two numbers"},
        {"30,1,2\n", "bad.csv:1: want two numbers"},
        {"30,1\npileup,share\n", "bad.csv:2: want two numbers"},
        {"# x\n30,-1\n", "bad.csv:2: share -1 is negative"},
        {"30,1\n30,1\n", "bad.csv:2: pile-up 30 a second time"},
        {"0,1\n", "bad.csv:1: pile-up 0 is not"},
        {"256,1\n", "bad.csv:1: pile-up 256 is not"},
        {"30.5,1\n", "bad.csv:1: pile-up 30.5 is not"},
        {"1e300,1\n", "bad.csv:1: pile-up 1e+300 is not"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct l1t_diag diag = {""};
        const char *path = l1t_test_write_text("bad.csv", files[i].content);
        CU_ASSERT(l1t_err_exit(l1t_pileup_target_parse(path, NULL, &target, &diag)) == 2);
        L1T_ASSERT_DIAG_CONTAINS(diag, files[i].says);
    }
}

// ---- binned and reweighted ----

static struct l1t_sum counts(double n)
{
    return (struct l1t_sum){(uint64_t)n, n, n};
}

static void bins_are_added_by_the_target(void)
{
    struct l1t_sum fired[bins] = {{0}}, all[bins] = {{0}};
    double missing;
    all[40] = counts(1000), fired[40] = counts(100);
    all[50] = counts(200), fired[50] = counts(60);
    struct l1t_pileup_target target = {{0}};
    target.share[40] = 0.25, target.share[50] = 0.75;
    struct l1t_rate r = l1t_pileup_binned(fired, all, &target, 1e6, &missing);
    CU_ASSERT(missing == 0);
    L1T_ASSERT_NEAR(r.hz, 1e6 * (0.25 * 0.1 + 0.75 * 0.3), 1e-14);
    L1T_ASSERT_NEAR(r.err, 1e6 * sqrt(0.0625 * 0.1 * 0.9 / 999 + 0.5625 * 0.3 * 0.7 / 199), 1e-13);
    // A fifth of the target is where the sample has nothing: the rest counts for all.
    target = (struct l1t_pileup_target){{0}};
    target.share[40] = 0.6, target.share[50] = 0.2, target.share[60] = 0.2;
    r = l1t_pileup_binned(fired, all, &target, 1e6, &missing);
    L1T_ASSERT_NEAR(missing, 0.2, 1e-15);
    L1T_ASSERT_NEAR(r.hz, 1e6 * (0.75 * 0.1 + 0.25 * 0.3), 1e-14);
    // Nothing in common
    target = (struct l1t_pileup_target){{0}};
    target.share[60] = 1;
    r = l1t_pileup_binned(fired, all, &target, 1e6, &missing);
    CU_ASSERT(isnan(r.hz) && missing == 1);
    // Nothing fired: a limit as of 1 / (0.0625 / 1000 + 0.5625 / 200) = 347.8 crossings
    const struct l1t_sum none[bins] = {{0}};
    target = (struct l1t_pileup_target){{0}};
    target.share[40] = 0.25, target.share[50] = 0.75;
    r = l1t_pileup_binned(none, all, &target, 1e6, &missing);
    CU_ASSERT(r.hz == 0 && isnan(r.err));
    L1T_ASSERT_NEAR(r.upper95, 2.995732273553991e6 / 347.82608695652175, 1e-13);
}

// Crossings that come one a bin show no spread inside of bins, yet they have an error.
static void sparse_bins_keep_their_error(void)
{
    struct l1t_sum fired[bins] = {{0}}, all[bins] = {{0}};
    struct l1t_pileup_target target = {{0}};
    double missing;
    for (unsigned k = 1; k <= 100; k++) {
        all[k] = counts(1), fired[k] = counts(k % 4 == 0);
        target.share[k] = 0.01;
    }
    const struct l1t_rate r = l1t_pileup_binned(fired, all, &target, 1, &missing);
    L1T_ASSERT_NEAR(r.hz, 0.25, 1e-13);
    L1T_ASSERT_NEAR(r.err, 0.05, 1e-13); // Poisson: sqrt(25) / 100
}

static void weights_turn_the_sample_into_the_target(void)
{
    struct l1t_sum fired[bins] = {{0}}, all[bins] = {{0}};
    struct l1t_pileup_target target = {{0}};
    double weight[bins], missing, other, sum = 0, rate = 0, shares = 0;
    for (unsigned k = 30; k < 60; k++) {
        all[k] = counts(1000 + 10.0 * k), fired[k] = counts(3.0 * k);
        target.share[k] = k * k / 1e5;
        shares += target.share[k];
    }
    for (unsigned k = 30; k < 60; k++)
        target.share[k] /= shares;
    all[0] = counts(500), fired[0] = counts(500); // pile-up not known: left out
    l1t_pileup_weights(all, &target, weight, &missing);
    CU_ASSERT(missing == 0 && weight[0] == 0 && weight[29] == 0);
    for (unsigned k = 0; k < bins; k++) {
        sum += weight[k] * all[k].w;
        rate += weight[k] * fired[k].w;
    }
    const struct l1t_rate binned = l1t_pileup_binned(fired, all, &target, 1, &other);
    L1T_ASSERT_NEAR(rate / sum, binned.hz, 1e-13);
    for (unsigned k = 30; k < 60; k++)
        L1T_ASSERT_NEAR(weight[k] * all[k].w / sum, target.share[k], 1e-13);
    // Bins without weight are missing; so are those that negative weights have eaten up.
    all[31].n = 0;
    all[32].w = -1;
    l1t_pileup_weights(all, &target, weight, &missing);
    L1T_ASSERT_NEAR(missing, target.share[31] + target.share[32], 1e-13);
    CU_ASSERT(weight[31] == 0 && weight[32] == 0);
}

// ---- fits ----

static struct l1t_pileup_fit fit_of(const struct l1t_sum *fired, const struct l1t_sum *all,
                                    int degree, double from, double to)
{
    struct l1t_pileup_fit fit;
    struct l1t_diag diag = {""};
    L1T_ASSERT_OK(l1t_pileup_fit(fired, all, 28e6, degree, from, to, &fit, &diag), diag);
    return fit;
}

// Points on a polynomial of the fit's degree come back exactly.
static void exact_points_give_their_polynomial(void)
{
    static const double c[L1T_PILEUP_FIT_MAX] = {2e-5, 3e-6, 1e-8};
    for (int degree = 1; degree <= L1T_PILEUP_FIT_MAX; degree++) {
        struct l1t_sum fired[bins] = {{0}}, all[bins] = {{0}};
        for (unsigned k = 20; k <= 70; k++) {
            double e = 0;
            for (int j = 0; j < degree; j++)
                e += c[j] * pow(k, j + 1);
            all[k] = counts(1e6);
            fired[k] = (struct l1t_sum){1, e * 1e6, e * 1e6};
        }
        fired[10] = all[10] = counts(5); // outside of the range
        const struct l1t_pileup_fit f = fit_of(fired, all, degree, 20, 70);
        L1T_ASSERT_INT(f.degree, degree);
        L1T_ASSERT_INT(f.ndf, 51 - degree);
        CU_ASSERT(f.from == 20 && f.to == 70 && f.chi2 < 1e-9);
        double e = 0, err;
        for (int j = 0; j < degree; j++) {
            L1T_ASSERT_NEAR(f.coefficient[j], 28e6 * c[j], 1e-6);
            CU_ASSERT(f.error[j] > 0);
            e += 28e6 * c[j] * pow(50, j + 1);
        }
        L1T_ASSERT_NEAR(l1t_pileup_fit_at(&f, 50, &err), e, 1e-9);
        CU_ASSERT(err > 0 && err < 0.01 * e);
    }
}

// With one parameter the best slope and its error are sums: a = sum w x y / sum w x^2.
static void the_error_of_a_slope_is_the_textbook_s(void)
{
    struct l1t_sum fired[bins] = {{0}}, all[bins] = {{0}};
    const double n[3] = {1e6, 2e6, 5e5}, x[3] = {30, 40, 50}, slope = 1e-4;
    double information = 0;
    for (int i = 0; i < 3; i++) {
        const double e = slope * x[i];
        all[(int)x[i]] = counts(n[i]);
        fired[(int)x[i]] = (struct l1t_sum){1, n[i] * e, n[i] * e};
        information += x[i] * x[i] * n[i] / (e * (1 - e));
    }
    const struct l1t_pileup_fit f = fit_of(fired, all, 1, 1, 255);
    L1T_ASSERT_NEAR(f.coefficient[0], 28e6 * slope, 1e-12);
    L1T_ASSERT_NEAR(f.error[0], 28e6 / sqrt(information), 1e-9);
    L1T_ASSERT_INT(f.ndf, 2);
}

// Of a curve: the inverse of the information matrix with the weights of the curve itself, which a
// first guess that is straight does not have.
static void the_errors_of_a_curve_are_its_own(void)
{
    struct l1t_sum fired[bins] = {{0}}, all[bins] = {{0}};
    double m[2][2] = {{0}};
    for (unsigned k = 20; k <= 70; k += 5) {
        const double e = 3e-5 * k + 2e-5 * k * k, n = 1e6;
        all[k] = counts(n);
        fired[k] = (struct l1t_sum){1, n * e, n * e};
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                m[i][j] += pow(k, i + j + 2) * n / (e * (1 - e));
    }
    const double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    const struct l1t_pileup_fit f = fit_of(fired, all, 2, 1, 255);
    L1T_ASSERT_NEAR(f.error[0], 28e6 * sqrt(m[1][1] / determinant), 1e-6);
    L1T_ASSERT_NEAR(f.error[1], 28e6 * sqrt(m[0][0] / determinant), 1e-6);
    L1T_ASSERT_NEAR(f.covariance[0][1], -28e6 * 28e6 * m[0][1] / determinant, 1e-6);
}

// Uniform numbers of this file's own stream.
static double uniform(uint64_t event, uint32_t block)
{
    uint32_t w[4];
    l1t_rng_words(20260725, L1T_STREAM_TEST, event, block, w);
    return l1t_rng_uniform(w[0], w[1]);
}

// 400 samples of few counts: the mean of the fits is the truth, their spread is the error that they
// state, and chi2 is as large as ndf. Bounds of 4 standard deviations: false alarm 2e-4.
static void fits_of_few_counts_are_unbiased(void)
{
    enum { samples = 400, crossings = 300 };
    const double slope = 2e-4; // 1 % at pile-up 50: three counts a bin
    double sum = 0, pulls = 0, chi2 = 0;
    int ndf = 0;
    for (unsigned s = 0; s < samples; s++) {
        struct l1t_sum fired[bins] = {{0}}, all[bins] = {{0}};
        for (unsigned k = 30; k < 70; k++) {
            unsigned n = 0;
            for (unsigned i = 0; i < crossings; i++)
                n += uniform((uint64_t)s * 1000 + k, i) < slope * k;
            all[k] = counts(crossings), fired[k] = counts(n);
        }
        const struct l1t_pileup_fit f = fit_of(fired, all, 1, 1, 255);
        const double pull = (f.coefficient[0] - 28e6 * slope) / f.error[0];
        sum += f.coefficient[0] / (28e6 * slope) - 1;
        pulls += pull * pull;
        chi2 += f.chi2;
        ndf += f.ndf;
    }
    // One sample: sqrt of 40 * 300 * 0.01 = 120 counts, 9 %.
    L1T_CHECK(fabs(sum / samples) < 4 * 0.0913 / sqrt(samples), "bias %g", sum / samples);
    L1T_CHECK(fabs(pulls / samples - 1) < 4 * sqrt(2.0 / samples), "pulls %g", pulls / samples);
    L1T_CHECK(fabs(chi2 / ndf - 1) < 4 * sqrt(2.4 / ndf), "chi2 %g for %d", chi2, ndf);
}

static void there_may_be_no_fit(void)
{
    struct l1t_sum fired[bins] = {{0}}, all[bins] = {{0}};
    struct l1t_pileup_fit fit;
    struct l1t_diag diag = {""};
    CU_ASSERT(fit_of(fired, all, 1, 1, 255).degree == 0); // no bins
    for (unsigned k = 40; k < 42; k++)
        all[k] = counts(100);
    CU_ASSERT(fit_of(fired, all, 1, 1, 255).degree == 0); // nothing fired
    for (unsigned k = 40; k < 42; k++)
        fired[k] = counts(k - 30.0);
    CU_ASSERT(fit_of(fired, all, 3, 1, 255).degree == 0); // two bins
    CU_ASSERT(fit_of(fired, all, 2, 1, 255).degree == 2);
    CU_ASSERT(isnan(l1t_pileup_fit_at(&(struct l1t_pileup_fit){0}, 50, NULL)));
    // All fired: still a fit, with finite errors.
    for (unsigned k = 40; k < 60; k++)
        fired[k] = all[k] = counts(100);
    CU_ASSERT(isfinite(fit_of(fired, all, 2, 1, 255).error[0]));
    // Negative weights that leave less than nothing
    for (unsigned k = 40; k < 60; k++)
        fired[k].w = -1;
    CU_ASSERT(fit_of(fired, all, 1, 1, 255).degree == 0);
    static const struct {
        int degree;
        double from, to;
        const char *says;
    } bad[] = {{0, 1, 255, "degree 0 against pile-up; want 1..3"},
               {4, 1, 255, "degree 4"},
               {1, 0, 255, "want 1 <= FROM"},
               {1, 60, 40, "60 to 40"},
               {1, 1, 256, "TO <= 255"},
               {1, NAN, 255, "want 1 <= FROM"}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        L1T_ASSERT_INT(
            l1t_pileup_fit(fired, all, 1, bad[i].degree, bad[i].from, bad[i].to, &fit, &diag),
            L1T_E_INPUT);
        L1T_ASSERT_DIAG_CONTAINS(diag, bad[i].says);
    }
}

L1T_TEST_MAIN("pile-up", {"targets are distributions", targets_are_distributions},
              {"targets come from files", targets_come_from_files},
              {"bad targets say what they want", bad_targets_say_what_they_want},
              {"bins are added by the target", bins_are_added_by_the_target},
              {"sparse bins keep their error", sparse_bins_keep_their_error},
              {"weights turn the sample into the target", weights_turn_the_sample_into_the_target},
              {"exact points give their polynomial", exact_points_give_their_polynomial},
              {"the error of a slope is the textbook's", the_error_of_a_slope_is_the_textbook_s},
              {"the errors of a curve are its own", the_errors_of_a_curve_are_its_own},
              {"fits of few counts are unbiased", fits_of_few_counts_are_unbiased},
              {"there may be no fit", there_may_be_no_fit})

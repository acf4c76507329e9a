// SPDX-License-Identifier: GPL-3.0-or-later
// Slopes against the reference values of the founding notebook and against closed forms.
#include "l1t/spectrum.h"

#include "curves.h"
#include "l1t_test.h"

#include <math.h>
#include <string.h>

static const struct reference {
    const char *curve;
    double share, threshold, from; // GeV; the notebook's integral begins here
    double notebook;               // its slope, accurate to its minimiser's tolerance
    double root[2];                // exact, integral cut off at the last point
    double with_tail;              // exact, flat tail
    double reachable;              // largest accepted fraction, cut off; published from a grid
    double percentile;             // fraction below the threshold at the notebook's slope
} references[] = {
    {"jet_energy",
     0.282,
     320,
     0,
     0.0034652456666858103,
     {0.00129985849446, 0.00346772367934},
     0.0044596,
     0.314999,
     0.67007127},
    {"single_muon",
     0.364,
     22,
     0,
     0.05513620525526383,
     {0.00719877926812, 0.0551371067425},
     0.0557190,
     0.533014,
     0.70269494},
    {"egamma",
     0.444,
     30,
     1,
     0.02585292794736181,
     {0.000801136918483, 0.0258517126099},
     0.0258517,
     0.832766,
     0.53956696},
    {"isolated_tau",
     0.18,
     38,
     0,
     0.04457408261926413,
     {0.00384798723478, 0.0445740830303},
     0.0463489,
     0.339087,
     0.81618310},
};
enum { n_references = 4 };

static int prepare(const struct reference *r, const struct l1t_acceptance_options *options,
                   struct l1t_curve *curve, struct l1t_acceptance *acceptance)
{
    if (!open_published_curve(r->curve, curve))
        return 0;
    struct l1t_diag diag = {""};
    CU_ASSERT_EQUAL_FATAL(l1t_acceptance_init(acceptance, curve, options, &diag), L1T_OK);
    return 1;
}

static void finds_both_roots_of_the_notebooks_equation(void)
{
    for (size_t i = 0; i < n_references; i++) {
        const struct reference *r = &references[i];
        const struct l1t_acceptance_options notebook = {L1T_TAIL_NONE, L1T_BELOW_EXTRAPOLATE,
                                                        r->from};
        struct l1t_curve curve;
        struct l1t_acceptance a;
        struct l1t_slope_fit fit;
        if (!prepare(r, &notebook, &curve, &a))
            return;
        CU_ASSERT_EQUAL(l1t_fit_slope(&a, r->share, &fit, NULL), L1T_OK);
        CU_ASSERT_EQUAL_FATAL(fit.n_roots, 2);
        for (int k = 0; k < 2; k++)
            CU_ASSERT_TRUE(fabs(fit.root[k] / r->root[k] - 1) < 1e-9);
        CU_ASSERT_EQUAL(fit.lambda, fit.root[1]);
        CU_ASSERT_TRUE(fabs(fit.lambda / r->notebook - 1) < 1e-3);
        CU_ASSERT_TRUE(fabs(fit.residual) < 1e-14);
        CU_ASSERT_TRUE(fit.max_accepted >= r->reachable - 1e-6);
        CU_ASSERT_TRUE(fabs(fit.max_accepted - r->reachable) < 3e-5);
        l1t_acceptance_free(&a);
        l1t_curve_free(&curve);
    }
}

static void a_flat_tail_leaves_one_root(void)
{
    for (size_t i = 0; i < n_references; i++) {
        const struct reference *r = &references[i];
        struct l1t_curve curve;
        struct l1t_acceptance a;
        struct l1t_slope_fit fit;
        if (!prepare(r, NULL, &curve, &a))
            return;
        CU_ASSERT_EQUAL(l1t_fit_slope(&a, r->share, &fit, NULL), L1T_OK);
        CU_ASSERT_EQUAL(fit.n_roots, 1);
        CU_ASSERT_TRUE(fabs(fit.lambda - r->with_tail) < 0.6e-7);
        l1t_acceptance_free(&a);
        l1t_curve_free(&curve);
    }
}

static void percentiles_below_threshold_are_the_notebooks(void)
{
    for (size_t i = 0; i < n_references; i++) {
        const struct reference *r = &references[i];
        CU_ASSERT_TRUE(fabs(l1t_fraction_below(r->notebook, r->threshold) - r->percentile) < 5e-9);
    }
}

// A straight rise from 0 at a to 1 at b: F = (exp(-la) - exp(-lb)) / (l (b - a)) with a flat tail.
static void agrees_with_the_closed_form_of_a_ramp(void)
{
    const double a = 3, b = 50;
    struct l1t_curve curve;
    struct l1t_acceptance acceptance;
    CU_ASSERT_EQUAL_FATAL(l1t_curve_init(&curve, (double[]){a, b}, (double[]){0, 1}, 2, NULL),
                          L1T_OK);
    CU_ASSERT_EQUAL_FATAL(l1t_acceptance_init(&acceptance, &curve, NULL, NULL), L1T_OK);
    for (double l = 1e-6; l < 2; l *= 1.3) {
        const double want = exp(-l * a) * -expm1(-l * (b - a)) / (l * (b - a));
        double slope;
        CU_ASSERT_TRUE(fabs(l1t_acceptance_at(&acceptance, l, &slope) / want - 1) < 1e-11);
        const double h = 1e-4 * l;
        const double difference = l1t_acceptance_at(&acceptance, l + h, NULL) -
                                  l1t_acceptance_at(&acceptance, l - h, NULL);
        CU_ASSERT_TRUE(fabs(slope - difference / (2 * h)) < 1e-6 * fabs(slope) + 1e-9);
    }
    l1t_acceptance_free(&acceptance);
    l1t_curve_free(&curve);
}

static void a_share_out_of_reach_is_refused_with_the_maximum_bad(void)
{
    struct l1t_curve curve;
    struct l1t_acceptance a;
    // A box from 10 to 20 GeV: the most is 1/4, at exp(-10 l) = 1/2.
    CU_ASSERT_EQUAL_FATAL(l1t_curve_init(&curve, (double[]){10, 20}, (double[]){1, 1}, 2, NULL),
                          L1T_OK);
    CU_ASSERT_EQUAL_FATAL(
        l1t_acceptance_init(
            &a, &curve, &(struct l1t_acceptance_options){L1T_TAIL_NONE, L1T_BELOW_CLAMP, 10}, NULL),
        L1T_OK);
    struct l1t_slope_fit fit;
    struct l1t_diag diag = {""};
    CU_ASSERT_EQUAL(l1t_fit_slope(&a, 0.26, &fit, &diag), L1T_E_NOSOLUTION);
    L1T_ASSERT_DIAG(diag, "share 0.26 is out of reach: no exponential spectrum has "
                          "more than 0.25 of itself accepted by this curve (at lambda "
                          "0.06931/GeV)");
    CU_ASSERT_TRUE(isnan(fit.lambda) && fit.n_roots == 0);
    CU_ASSERT_EQUAL(l1t_fit_slope(&a, 0.24, &fit, &diag), L1T_OK);
    CU_ASSERT_EQUAL(fit.n_roots, 2);
    CU_ASSERT_EQUAL(l1t_fit_slope(&a, 0, &fit, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "share 0 must be within (0, 1)");
    CU_ASSERT_EQUAL(l1t_fit_slope(&a, NAN, &fit, &diag), L1T_E_INPUT);
    l1t_acceptance_free(&a);
    l1t_curve_free(&curve);
}

static void refuses_a_limit_beyond_the_curve_and_a_dead_curve_bad(void)
{
    struct l1t_curve curve;
    struct l1t_acceptance a;
    struct l1t_diag diag = {""};
    CU_ASSERT_EQUAL_FATAL(l1t_curve_init(&curve, (double[]){1, 2}, (double[]){0, 0}, 2, NULL),
                          L1T_OK);
    CU_ASSERT_EQUAL(l1t_acceptance_init(&a, &curve, NULL, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "the curve is zero everywhere");
    const struct l1t_acceptance_options far = {L1T_TAIL_FLAT, L1T_BELOW_CLAMP, 2};
    CU_ASSERT_EQUAL(l1t_acceptance_init(&a, &curve, &far, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "integral from 2 GeV; must be at least 0 and below the "
                          "curve's last point, 2 GeV");
    l1t_curve_free(&curve);
}

// Rates of 2018 data at a pile-up of 52 (docs/spectra.md names the source); slope and error by an
// independent fit.
static const struct l1t_rate_point muons[] = {
    {20, 7.6303, 46348}, {21, 7.1723, 43566}, {22, 6.9231, 42052}, {23, 6.4705, 39303},
    {24, 6.0489, 36742}, {25, 5.6836, 34523}, {26, 4.9580, 30116}, {27, 4.6523, 28259},
};
static const struct l1t_rate_point electrons[] = {
    {32, 18.587, 112899}, {33, 17.183, 104374}, {34, 15.727, 95531},
    {35, 14.332, 87057},  {36, 13.089, 79504},  {37, 12.002, 72904},
    {38, 11.000, 66818},  {39, 10.063, 61126},  {40, 9.206, 55919},
};

static void fits_published_rates(void)
{
    struct l1t_rate_fit fit;
    CU_ASSERT_EQUAL(l1t_fit_rates(muons, 8, &fit, NULL), L1T_OK);
    CU_ASSERT_TRUE(fabs(fit.lambda - 0.06865) < 6e-6 && fabs(fit.lambda_err - 0.00051) < 1.1e-5);
    CU_ASSERT_TRUE(fit.rate_khz == 7.6303 && fabs(fit.rate_err - 0.0354) < 1e-4);
    CU_ASSERT_TRUE(fit.ndf == 6 && fit.scale > 10); // kinks: seeds not in the menu of the time
    CU_ASSERT_EQUAL(l1t_fit_rates(electrons, 9, &fit, NULL), L1T_OK);
    CU_ASSERT_TRUE(fabs(fit.lambda - 0.08749) < 6e-6 && fabs(fit.lambda_err - 0.00037) < 6e-6);
    double rate;
    double err;
    CU_ASSERT_EQUAL(l1t_rate_at(&fit, 36, 0, &rate, &err, NULL), L1T_OK);
    CU_ASSERT_TRUE(fabs(rate - 18.587 * exp(-4 * fit.lambda)) < 1e-12 && err > 0.03 && err < 0.1);
}

static void recovers_an_exact_exponential(void)
{
    struct l1t_rate_point p[6];
    for (int i = 0; i < 6; i++) {
        const double t = 10 + 2 * i * i;
        p[i] = (struct l1t_rate_point){t, 5 * exp(-0.05 * (t - 10)), 1e5 * exp(-0.05 * (t - 10))};
    }
    struct l1t_rate_fit fit;
    CU_ASSERT_EQUAL(l1t_fit_rates(p, 6, &fit, NULL), L1T_OK);
    CU_ASSERT_TRUE(fabs(fit.lambda / 0.05 - 1) < 1e-12 && fit.chi2 < 1e-12 && fit.scale == 1);
    CU_ASSERT_EQUAL(l1t_fit_rates(p, 2, &fit, NULL), L1T_OK);
    CU_ASSERT_TRUE(fabs(fit.lambda / 0.05 - 1) < 1e-12 && fit.ndf == 0);
}

static void refuses_to_extrapolate_unless_asked_bad(void)
{
    struct l1t_rate_fit fit;
    struct l1t_diag diag = {""};
    double rate;
    CU_ASSERT_EQUAL(l1t_fit_rates(muons, 8, &fit, NULL), L1T_OK);
    CU_ASSERT_EQUAL(l1t_rate_at(&fit, 19.5, 0, &rate, NULL, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "threshold 19.5 GeV is outside the calibrated range 20..27 GeV");
    CU_ASSERT_EQUAL(l1t_rate_at(&fit, 30, 0, &rate, NULL, &diag), L1T_E_INPUT);
    CU_ASSERT_EQUAL(l1t_rate_at(&fit, 30, 1, &rate, NULL, &diag), L1T_OK);
}

static void refuses_points_that_are_no_nested_counts_bad(void)
{
    struct l1t_rate_fit fit;
    struct l1t_diag diag = {""};
    CU_ASSERT_EQUAL(l1t_fit_rates(muons, 1, &fit, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "1 rate point; a slope needs at least 2");
    const struct l1t_rate_point falling[] = {{20, 2, 200}, {19, 1, 100}};
    CU_ASSERT_EQUAL(l1t_fit_rates(falling, 2, &fit, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "threshold 19 GeV after 20 GeV; must increase");
    const struct l1t_rate_point rising[] = {{20, 1, 100}, {21, 2, 200}};
    CU_ASSERT_EQUAL(l1t_fit_rates(rising, 2, &fit, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "200 counts above 21 GeV but 100 above 20 GeV; the counts "
                          "are nested and cannot rise");
    const struct l1t_rate_point mixed[] = {{20, 2, 200}, {21, 1, 50}};
    CU_ASSERT_EQUAL(l1t_fit_rates(mixed, 2, &fit, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "point at 21 GeV: rate over counts is 2 times that of the "
                          "first point; all must come from one sample");
    const struct l1t_rate_point flat[] = {{20, 2, 200}, {21, 2, 200}};
    CU_ASSERT_EQUAL(l1t_fit_rates(flat, 2, &fit, &diag), L1T_E_NOSOLUTION);
    L1T_ASSERT_DIAG(diag, "the rate does not fall with the threshold");
    const struct l1t_rate_point zero[] = {{20, 2, 200}, {21, 0, 0}};
    CU_ASSERT_EQUAL(l1t_fit_rates(zero, 2, &fit, &diag), L1T_E_INPUT);
    L1T_ASSERT_DIAG(diag, "point at 21 GeV: rate and counts must be positive");
}

// R(T) = R_tot F(lambda): through the curve and back.
static void total_rate_gives_the_rate_back(void)
{
    struct l1t_curve curve;
    struct l1t_acceptance a;
    struct l1t_rate_fit fit;
    double total;
    CU_ASSERT_EQUAL_FATAL(
        l1t_curve_init(&curve, (double[]){10, 22, 30}, (double[]){0, 0.5, 1}, 3, NULL), L1T_OK);
    CU_ASSERT_EQUAL_FATAL(l1t_acceptance_init(&a, &curve, NULL, NULL), L1T_OK);
    CU_ASSERT_EQUAL(l1t_fit_rates(muons, 8, &fit, NULL), L1T_OK);
    CU_ASSERT_EQUAL(l1t_total_rate(&fit, &a, 22, 0, &total, NULL), L1T_OK);
    double rate;
    CU_ASSERT_EQUAL(l1t_rate_at(&fit, 22, 0, &rate, NULL, NULL), L1T_OK);
    CU_ASSERT_TRUE(fabs(total * l1t_acceptance_at(&a, fit.lambda, NULL) / rate - 1) < 1e-14);
    CU_ASSERT_EQUAL(l1t_total_rate(&fit, &a, 38, 0, &total, NULL), L1T_E_INPUT);
    l1t_acceptance_free(&a);
    l1t_curve_free(&curve);
}

L1T_TEST_MAIN("spectrum",
              {"finds_both_roots_of_the_notebooks_equation",
               finds_both_roots_of_the_notebooks_equation},
              {"a_flat_tail_leaves_one_root", a_flat_tail_leaves_one_root},
              {"percentiles_below_threshold_are_the_notebooks",
               percentiles_below_threshold_are_the_notebooks},
              {"agrees_with_the_closed_form_of_a_ramp", agrees_with_the_closed_form_of_a_ramp},
              {"a_share_out_of_reach_is_refused_with_the_maximum_bad",
               a_share_out_of_reach_is_refused_with_the_maximum_bad},
              {"refuses_a_limit_beyond_the_curve_and_a_dead_curve_bad",
               refuses_a_limit_beyond_the_curve_and_a_dead_curve_bad},
              {"fits_published_rates", fits_published_rates},
              {"recovers_an_exact_exponential", recovers_an_exact_exponential},
              {"refuses_to_extrapolate_unless_asked_bad", refuses_to_extrapolate_unless_asked_bad},
              {"refuses_points_that_are_no_nested_counts_bad",
               refuses_points_that_are_no_nested_counts_bad},
              {"total_rate_gives_the_rate_back", total_rate_gives_the_rate_back})
